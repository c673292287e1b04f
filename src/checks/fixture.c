/*
 * Dossiers for tests.
 */
#include "checks/fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#define LINE_SIZE 64

static const struct box nowhere;

void
fixture_remove(struct findings *f, enum finding_name name)
{
	size_t kept = 0;

	for (size_t i = 0; i < f->count; i++)
		if (f->items[i].name != name)
			f->items[kept++] = f->items[i];
	f->count = kept;
}

void
fixture_text(struct findings *f, enum finding_name name, const char *text,
    double confidence)
{
	fixture_remove(f, name);
	assert_int_equal(findings_add_text(f, name, text, confidence, nowhere),
	    OK);
}

void
fixture_number(struct findings *f, enum finding_name name, double value)
{
	fixture_remove(f, name);
	assert_int_equal(findings_add_number(f, name, value, nowhere), OK);
}

static void
good_picture(struct findings *f)
{
	fixture_number(f, FINDING_colour_chroma, 0.14);
	fixture_number(f, FINDING_document_found, 1);
	fixture_number(f, FINDING_network_print, 0.04);
	fixture_number(f, FINDING_network_screen, 0.03);
	fixture_number(f, FINDING_pattern_beyond, 3.6);
	fixture_number(f, FINDING_pattern_fringe, 2.4);
	fixture_number(f, FINDING_pattern_grid, 3.5);
	fixture_number(f, FINDING_pattern_grid_turn, 21);
	fixture_number(f, FINDING_quality_blur, 0.09);
	fixture_number(f, FINDING_quality_brightness, 0.6);
	fixture_number(f, FINDING_quality_glare, 0.01);
	fixture_text(f, FINDING_trace_tables, "standard 85", 1);
	fixture_number(f, FINDING_trace_resaved, 0.01);
}

/* What the looks for forgeries find on an honest document. */
static void
good_make(struct findings *f)
{
	fixture_number(f, FINDING_copied_closeness, 1.5);
	fixture_number(f, FINDING_field_outlier, 2);
	fixture_number(f, FINDING_ghost_there, 0.9);
	fixture_number(f, FINDING_ghost_likeness, 0.97);
	fixture_number(f, FINDING_ghost_inner, 0.96);
	fixture_number(f, FINDING_portrait_turned, 0.25);
}

static void
good_zone(struct findings *f)
{
	fixture_number(f, FINDING_mrz_confidence, 0.997);
	fixture_number(f, FINDING_mrz_ink_step, 0.2);
	fixture_number(f, FINDING_mrz_least, 0.94);
	fixture_number(f, FINDING_mrz_likeness, 0.95);
	fixture_number(f, FINDING_mrz_pitch_off, 0.01);
	fixture_number(f, FINDING_mrz_repaired, 0);
	fixture_number(f, FINDING_mrz_rival, 6.5);
	fixture_number(f, FINDING_mrz_unevenness, 0.04);
	fixture_number(f, FINDING_quality_pitch, 24);
}

static void
good_print(struct findings *f)
{
	fixture_text(f, FINDING_printed_surname, "LINDQVIST", 0.93);
	fixture_text(f, FINDING_printed_given_names, "Zoé Åsa", 0.91);
	fixture_text(f, FINDING_printed_number, "24AB12345", 0.95);
	fixture_text(f, FINDING_printed_birth_date, "1990-07-13", 0.95);
	fixture_text(f, FINDING_printed_expiry, "2030-02-11", 0.95);
}

static void
begin(struct fixture *f, const char *kind)
{
	*f = (struct fixture){.dossier = {.now = FIXTURE_NOW, .level = 'l',
	    .minimum_age = 18, .seen = {.looked = true},
	    .declared_name = "Zoé Åsa Lindqvist",
	    .country = "FRA", .kind = kind}};
	f->dossier.sides[0] = &f->front;
	good_picture(&f->front);
	good_make(&f->front);
}

/* The text and its check digit, so that zones of tests are right. */
static void
with_digit(const char *text, char *out)
{
	size_t length = strlen(text);

	memcpy(out, text, length);
	out[length] = mrz_check_digit(text, length);
	out[length + 1] = '\0';
}

static void
pad(char *line, size_t width)
{
	size_t length = strlen(line);

	assert_true(length <= width);
	memset(line + length, '<', width - length);
	line[width] = '\0';
}

void
fixture_zone(struct fixture *f, const char *issuer, const char *number,
    const char *birth, const char *expiry, const char *name)
{
	char one[LINE_SIZE], two[LINE_SIZE], all[3 * LINE_SIZE];
	char n[LINE_SIZE], b[LINE_SIZE], e[LINE_SIZE];

	snprintf(one, sizeof(one), "P<%.3s%.39s", issuer, name);
	pad(one, 44);
	with_digit(number, n);
	with_digit(birth, b);
	with_digit(expiry, e);
	snprintf(all, sizeof(all), "%.10s%.7s%.7s<<<<<<<<<<<<<<0", n, b,
	    e);
	snprintf(two, sizeof(two), "%.10s%.3s%.7sF%.7s<<<<<<<<<<<<<<0%c", n,
	    issuer, b, e, mrz_check_digit(all, strlen(all)));
	fixture_text(&f->front, FINDING_mrz_line_1, one, 1);
	fixture_text(&f->front, FINDING_mrz_line_2, two, 1);
}

/* Both sides, each taken for what it is. */
static void
of_a_card(struct fixture *f)
{
	f->dossier.sides[1] = &f->back;
	good_picture(&f->back);
	fixture_text(&f->front, FINDING_kind_seen, "card_front", 0.98);
	fixture_text(&f->back, FINDING_kind_seen, "card_back", 0.98);
}

void
fixture_passport(struct fixture *f)
{
	begin(f, "passport");
	fixture_text(&f->front, FINDING_kind_seen, "passport_page", 0.98);
	good_zone(&f->front);
	good_print(&f->front);
	fixture_zone(f, "FRA", "24AB12345", "900713", "300211",
	    "LINDQVIST<<ZOE<ASA");
}

void
fixture_card(struct fixture *f)
{
	begin(f, "identity_card");
	of_a_card(f);
	good_print(&f->front);
	fixture_text(&f->front, FINDING_printed_number, "X4RTBPFW4", 0.95);
	good_zone(&f->back);
	fixture_text(&f->back, FINDING_mrz_line_1,
	    "IDFRAX4RTBPFW46<<<<<<<<<<<<<<<", 1);
	fixture_text(&f->back, FINDING_mrz_line_2,
	    "9007138F3002119FRA<<<<<<<<<<<6", 1);
	fixture_text(&f->back, FINDING_mrz_line_3,
	    "LINDQVIST<<ZOE<ASA<<<<<<<<<<<<", 1);
}

void
fixture_no_events(struct fixture *f)
{
	fixture_remove(&f->face, FINDING_event);
}

void
fixture_event(struct fixture *f, enum prompt_name name, unsigned from,
    unsigned to)
{
	char text[80];

	snprintf(text, sizeof(text), "%s %u %u 1", prompt_text(name), from, to);
	assert_int_equal(findings_add_text(&f->face, FINDING_event, text, 1,
	    nowhere), OK);
}

static void
good_face(struct findings *f)
{
	fixture_number(f, FINDING_cover_eyes, 0.1);
	fixture_number(f, FINDING_cover_lips, 0.25);
	fixture_number(f, FINDING_cover_mouth, 0.9);
	fixture_number(f, FINDING_cover_nose, 0.08);
	fixture_number(f, FINDING_cover_sight, 0.9);
	fixture_number(f, FINDING_face_blur, 0.4);
	fixture_number(f, FINDING_face_jaw, 0.25);
	fixture_number(f, FINDING_face_light, 0.45);
	fixture_number(f, FINDING_face_points, 1);
	fixture_number(f, FINDING_face_rested, 1);
	fixture_number(f, FINDING_face_second, 0);
	fixture_number(f, FINDING_face_seen, 1);
	fixture_number(f, FINDING_face_apart, 1.2);
	fixture_number(f, FINDING_face_changed, 1);
	fixture_number(f, FINDING_face_fit, 2);
	fixture_number(f, FINDING_face_flat, 0.05);
	fixture_number(f, FINDING_face_ground, 0.4);
	fixture_number(f, FINDING_face_shade, 0.2);
	fixture_number(f, FINDING_face_tilted, 1);
	fixture_number(f, FINDING_film_cut, 3.5);
	fixture_number(f, FINDING_film_freeze, 0.04);
	fixture_number(f, FINDING_film_gap, 0.1);
	fixture_number(f, FINDING_film_grid, 3.5);
	fixture_number(f, FINDING_film_loop, 0.8);
	fixture_number(f, FINDING_film_stands, 0.1);
	fixture_number(f, FINDING_film_unevenness, 5);
	fixture_number(f, FINDING_light_seen, CHALLENGE_LIGHTS);
	fixture_number(f, FINDING_light_change, 0.06);
	fixture_number(f, FINDING_light_trembles, 0.004);
	fixture_number(f, FINDING_light_likeness, 0.97);
	fixture_number(f, FINDING_light_another, 0.7);
	fixture_text(f, FINDING_recording_writer, "Chrome", 1);
	fixture_number(f, FINDING_recording_rate, 29.8);
	fixture_number(f, FINDING_recording_seconds, 20);
}

static void
good_challenge(struct fixture *f)
{
	static const enum prompt_name names[] = {PROMPT_look_ahead,
	    PROMPT_turn_left, PROMPT_open_mouth, PROMPT_turn_right,
	    PROMPT_come_closer, PROMPT_light_blue, PROMPT_light_amber,
	    PROMPT_light_green, PROMPT_light_violet};

	f->challenge = (struct challenge){.part = PART_FACE};
	for (unsigned i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		uint32_t when = i < 5 ? 3000 * i + 200 : 1000 * i + 10200;
		f->challenge.prompts[f->challenge.count++] =
		    (struct prompt){names[i], when + 40, when};
		if (i > 0 && !prompt_is_light(names[i]))
			fixture_event(f, names[i], when + 700, when + 1900);
	}
}

/* The document as photographed, read once more in the recording. */
static void
good_shown(struct fixture *f)
{
	static const enum finding_name names[] = {FINDING_mrz_line_1,
	    FINDING_mrz_line_2, FINDING_mrz_line_3, FINDING_printed_number,
	    FINDING_printed_birth_date};
	const struct findings *zone = findings_find(&f->front,
	    FINDING_mrz_line_1) ? &f->front : &f->back;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const struct findings *from = i < 3 ? zone : &f->front;
		const struct finding *at = findings_find(from, names[i]);
		if (at)
			fixture_text(&f->shown, names[i], at->text, 0.95);
	}
	fixture_number(&f->shown, FINDING_mrz_confidence, 0.98);
	fixture_number(&f->shown, FINDING_tilt_change, 14);
	fixture_number(&f->shown, FINDING_tilt_turned, 1.3);
	fixture_number(&f->compared, FINDING_front_likeness, 0.9);
	fixture_number(&f->compared, FINDING_portrait_likeness, 0.9);
	fixture_number(&f->compared, FINDING_faces_model, 1);
	fixture_number(&f->compared, FINDING_faces_score, 0.7);
	fixture_number(&f->compared, FINDING_faces_same_from, 0.5);
	fixture_number(&f->compared, FINDING_faces_other_below, 0.3);
}

void
fixture_live(struct fixture *f)
{
	good_shown(f);
	f->dossier.level = 'q';
	f->dossier.face = &f->face;
	f->dossier.shown = &f->shown;
	f->dossier.compared = &f->compared;
	f->dossier.challenge = &f->challenge;
	good_face(&f->face);
	good_challenge(f);
}

void
fixture_proof(struct fixture *f)
{
	fixture_passport(f);
	fixture_live(f);
}

void
fixture_french(struct fixture *f, const char *issued, const char *birth)
{
	char one[LINE_SIZE] = "IDFRALINDQVIST", two[LINE_SIZE];
	char number[LINE_SIZE], born[LINE_SIZE], all[3 * LINE_SIZE];

	begin(f, "identity_card");
	of_a_card(f);
	good_zone(&f->front);
	pad(one, 36);
	snprintf(two, sizeof(two), "%.4s75100042", issued);
	with_digit(two, number);
	with_digit(birth, born);
	snprintf(two, sizeof(two), "%.13sZOE<<ASA<<<<<<%.7sF", number, born);
	snprintf(all, sizeof(all), "%.36s%.35s", one, two);
	two[35] = mrz_check_digit(all, strlen(all));
	two[36] = '\0';
	fixture_text(&f->front, FINDING_mrz_line_1, one, 1);
	fixture_text(&f->front, FINDING_mrz_line_2, two, 1);
}

struct result
fixture_run(struct fixture *f, enum check_name check)
{
	struct result results[CHECK_COUNT];

	dossier_read_mrz(&f->dossier);
	size_t count = checks_run(&f->dossier, results);
	for (size_t i = 0; i < count; i++)
		if (results[i].check == check)
			return results[i];
	fail_msg("the check did not run");
	return results[0];
}

void
fixture_expect(struct fixture *f, enum check_name check,
    enum verdict verdict, const char *reason)
{
	struct result r = fixture_run(f, check);

	if (r.verdict != verdict)
		print_message("%s: %s\n", verdict_text(r.verdict),
		    r.explanation);
	assert_int_equal(r.verdict, verdict);
	assert_string_not_equal(r.explanation, "");
	if (reason)
		assert_string_equal(r.reason, reason);
}
