/*
 * Known cases out of a folder.
 */
#include "flow/plant.h"

#include "flow/take_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#define F &b->f, &b->a
#define ASKED "0 2100 4300 6500 8700"

static const struct plant known = {.workspace = "wsp_a",
    .level = "qcp",
    .fullname = BENCH_NAME,
    .country = "FRA",
    .kind = "passport",
    .truth = "fraud",
    .reason = "wrong_person"};

static const struct plant_film film = {.part = PART_FACE,
    .media_type = TAKING_WEBM,
    .prompts = "look_ahead turn_left look_up turn_right open_mouth",
    .asked = ASKED,
    .shown = ASKED,
    .bytes = {(const uint8_t *)TAKING_FIRST, sizeof(TAKING_FIRST) - 1}};

static struct registration
planted(struct bench *b)
{
	struct registration r;

	bench_test_workspace(b, true, "on_doubt");
	assert_int_equal(plant_begin(F, &bench_platform, &known, &r), OK);
	return r;
}

static void
a_known_case_stands_where_a_participant_would(void **state)
{
	struct bench *b = *state;
	struct planted_case p;
	struct registration r = planted(b);

	assert_string_equal(r.state, "collecting");
	assert_string_equal(r.country, "FRA");
	assert_string_equal(r.fullname, BENCH_NAME);
	for (enum step_name s = STEP_name; s <= STEP_agreement; s++)
		assert_string_equal(bench_step(b, r.id, s), "done");
	assert_int_equal(planted_load(b->f.store, &b->a, r.id, &p), OK);
	assert_string_equal(p.truth, "fraud");
	assert_string_equal(p.reason, "wrong_person");
}

static void
nobody_gets_a_message_of_it(void **state)
{
	struct bench *b = *state;
	struct registration r = planted(b);

	clock_set(BENCH_NOW + 30 * DAY);
	assert_int_equal(registration_current(F, r.id, &r), OK);
	assert_string_equal(r.state, "expired");
	assert_int_equal(bench_mails(b, r.id, "expired"), 0);
	/* of another's that ends so, somebody does */
	struct registration other = bench_opened(b);
	clock_set(BENCH_NOW + 60 * DAY);
	assert_int_equal(registration_current(F, other.id, &other), OK);
	assert_int_equal(bench_mails(b, other.id, "expired"), 1);
}

static void
refused(struct bench *b, struct plant p, enum err wanted, const char *field)
{
	const struct registration_filter all = {.workspace = "",
	    .state = "", .level = "", .query = "", .query_phone = "",
	    .sort = "created_at", .cursor = "", .limit = 1};
	struct registration *rows, r;
	const char *next;
	size_t count;

	assert_int_equal(plant_begin(F, &bench_platform, &p, &r), wanted);
	assert_string_equal(err_field(), field);
	assert_int_equal(registration_list(b->f.store, &b->a, &all, &rows,
			     &count, &next),
	    OK);
	assert_int_equal(count, 0);
}

static void
what_would_reach_no_operator_is_not_made(void **state)
{
	struct bench *b = *state;
	struct plant p = known;

	bench_test_workspace(b, false, "always");
	refused(b, p, ERR_WRONG_STATE, "");
	bench_test_workspace(b, true, "on_doubt");
	p.level = "lcp";
	refused(b, p, ERR_WRONG_STATE, "");
	p = known;
	p.truth = "perhaps";
	refused(b, p, ERR_INVALID, "truth");
	p = known;
	p.level = "qcp-n";
	refused(b, p, ERR_INVALID, "level");
	p = known;
	p.kind = "library_card";
	refused(b, p, ERR_INVALID, "kind");
	p = known;
	p.fullname = "";
	refused(b, p, ERR_INVALID, "fullname");
	p.fullname = "12";
	refused(b, p, ERR_INVALID, "fullname");
}

static void
its_recording_was_asked_what_the_film_shows(void **state)
{
	struct bench *b = *state;
	struct findings good = bench_good_findings();
	struct registration r = planted(b);
	char remarks[TAKE_REMARKS_MAX];
	struct take *takes;
	size_t count;

	bench_picture(b, r.id, &good);
	assert_int_equal(plant_recording(F, r.id, &film), OK);
	assert_int_equal(take_list(b->f.store, &b->a, r.id, &takes, &count),
	    OK);
	assert_int_equal(count, 1);
	assert_string_equal(takes[0].state, take_state_text(TAKE_SENT));
	assert_string_equal(takes[0].prompts, film.prompts);
	assert_string_equal(takes[0].asked, ASKED);
	assert_true(bench_has_job(b, "inspect", takes[0].evidence));
	take_remarks(&takes[0], NULL, remarks);
	assert_string_equal(remarks, "");
}

static void
a_film_comes_after_the_pictures_and_with_its_times(void **state)
{
	struct bench *b = *state;
	struct findings good = bench_good_findings();
	struct registration r = planted(b);
	struct plant_film other = film;

	assert_int_equal(plant_recording(F, r.id, &film), ERR_WRONG_STATE);
	bench_picture(b, r.id, &good);
	other.asked = "0 2100";
	assert_int_equal(plant_recording(F, r.id, &other), ERR_INVALID);
	other = film;
	other.prompts = "look_ahead show_back look_up turn_right open_mouth";
	assert_int_equal(plant_recording(F, r.id, &other), ERR_INVALID);
	other = film;
	other.shown = "0 2100";
	assert_int_equal(plant_recording(F, r.id, &other), ERR_INVALID);
	other.shown = "0 2100 4300 8700 6500";
	assert_int_equal(plant_check_film(&other), ERR_INVALID);
	assert_int_equal(plant_check_film(&film), OK);
	other = film;
	other.media_type = "video/quicktime";
	assert_int_equal(plant_recording(F, r.id, &other), ERR_MEDIA_TYPE);
}

/* Who is known again by it would be shown beside the second. */
static void
a_picture_is_planted_once(void **state)
{
	static const uint8_t other[] = "\xff\xd8\xff\xe0 of somebody else";
	static const uint8_t own[] = "\xff\xd8\xff\xe0 of this one";
	struct span bytes = SPAN(own, sizeof(own));
	struct bench *b = *state;
	struct registration r = planted(b);
	struct evidence e;

	assert_int_equal(journey_picture(F, r.id, "front", bytes, &e), OK);
	/* what was turned back is tried again */
	assert_int_equal(plant_check_picture(&b->f, bytes), OK);
	assert_int_equal(imprint_save(b->f.store, r.id, "picture_front", "0",
			     BENCH_NOW),
	    OK);
	assert_int_equal(plant_check_picture(&b->f, bytes), ERR_CONFLICT);
	assert_int_equal(plant_check_picture(&b->f,
			     SPAN(other, sizeof(other))),
	    OK);
}

static void
nobody_elses_challenge_is_chosen(void **state)
{
	struct bench *b = *state;
	struct registration r = taking_photographed(b);

	assert_int_equal(plant_recording(F, r.id, &film), ERR_NOT_FOUND);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    BENCH(a_known_case_stands_where_a_participant_would),
	    BENCH(nobody_gets_a_message_of_it),
	    BENCH(what_would_reach_no_operator_is_not_made),
	    BENCH(its_recording_was_asked_what_the_film_shows),
	    BENCH(a_film_comes_after_the_pictures_and_with_its_times),
	    BENCH(a_picture_is_planted_once),
	    BENCH(nobody_elses_challenge_is_chosen),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
