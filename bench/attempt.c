/*
 * A recording as an attempt is judged, as one line of JSON: that of a face, or
 * that of a document with the pictures that were taken before it. Each file is
 * read in the cage, like a stranger's. bench/faces.py asks this.
 *
 *     bench_attempt MODELS CHALLENGE RECORDING                 a face
 *     bench_attempt MODELS CHALLENGE RECORDING FRONT [BACK]    a document
 *     ... FRONT [BACK] / FRONT [BACK]    also against the pictures of others
 *
 * CHALLENGE: "look_ahead@40 turn_left@2100 ...", with when each was shown.
 * A face is also held against every other challenge with as many actions and
 * the same times ("others"), as if it were played again for that: "replayed"
 * are those that it would follow, "doubted" those for which an operator would
 * be asked.
 */
#include "checks/check.h"
#include "ident/film.h"
#include "vision/inspect.h"
#include "vision/still/still.h"

#include "base/clock.h"
#include "base/enum.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const enum check_name of_face[] = {CHECK_face_present,
    CHECK_face_uncovered, CHECK_one_person, CHECK_challenge_followed,
    CHECK_not_flat, CHECK_film_whole, CHECK_same_face, CHECK_film_live,
    CHECK_film_not_screen, CHECK_face_shaded,
    CHECK_light_followed};
static const enum check_name of_document[] = {CHECK_document_shown,
    CHECK_document_moves};
static const enum prompt_name actions[] = {PROMPT_turn_left,
    PROMPT_turn_right, PROMPT_look_up, PROMPT_open_mouth, PROMPT_come_closer};

struct attempt {
	struct inspector tools;
	struct inspect_result sides[2], shown, compared;
	struct challenge asked;
	struct buf album;
	int count; /* of pictures; 0: a face */
};

static RESULT
read_challenge(const char *text, enum part part, struct challenge *out)
{
	char copy[512], *rest = copy, *word;
	*out = (struct challenge){.part = part};
	snprintf(copy, sizeof(copy), "%s", text);
	while ((word = strsep(&rest, " ")) && out->count < CHALLENGE_MAX) {
		struct prompt *p = &out->prompts[out->count++];
		char *at = strchr(word, '@');
		if (!at)
			return FAIL(ERR_INVALID, "no time in '%s'", word);
		*at = '\0';
		p->name = prompt_of_text(word);
		p->shown_ms = p->asked_ms = (uint32_t)strtoul(at + 1, NULL,
		    10);
	}
	return OK;
}

static RESULT
inspect(const struct attempt *a, const char *path, enum inspection_kind kind,
    struct inspect_result *out)
{
	AUTO(buf_clear) struct buf bytes, detail;
	buf_init(&detail, INSPECTION_DETAIL_MAX);
	buf_init(&bytes, inspect_file_max(kind));
	TRY(buf_add_file(&bytes, path));
	if (kind != INSPECTION_front && kind != INSPECTION_back)
		TRY(challenge_put(&detail, &a->asked));
	struct inspect_wish wish = {.kind = kind, .picture = true,
	    .detail = span_of_buf(&detail)};
	inspect_file(&a->tools, span_of_buf(&bytes), &wish, out);
	return out->code == OK ? OK : FAIL(out->code, "%s",
	    out->explanation);
}

/* Both stills, and the best pictures of the recording. */
static RESULT
fill_album(struct attempt *a)
{
	static const enum film_mark marks[] = {FILM_STILL_FRONT,
	    FILM_STILL_BACK};
	struct film film;
	struct film_picture p;
	TRY(film_begin(&a->album));
	for (int i = 0; i < 2; i++) {
		AUTO(buf_clear) struct buf jpeg;
		if (!a->sides[i].picture.data)
			continue;
		buf_init(&jpeg, STILL_CLEAN_MAX);
		TRY(still_encode(&a->sides[i].picture, &jpeg));
		TRY(film_add(&a->album, &(struct film_picture){
		    .mark = marks[i], .jpeg = span_of_buf(&jpeg)}));
	}
	TRY(film_open(span_of_buf(&a->shown.film), &film));
	while (film_next(&film, &p))
		if (p.mark != FILM_FRAME)
			TRY(film_add(&a->album, &p));
	struct inspect_wish wish = {.kind = INSPECTION_comparison};
	inspect_file(&a->tools, span_of_buf(&a->album), &wish, &a->compared);
	return a->compared.code == OK ? OK : FAIL(a->compared.code, "%s",
	    a->compared.explanation);
}

static void
dossier_of(const struct attempt *a, struct dossier *d)
{
	*d = (struct dossier){.now = clock_now(), .level = 'q', .test = true,
	    .minimum_age = 18, .declared_name = "", .country = "",
	    .kind = "", .mrz_side = -1, .challenge = &a->asked};
	for (int i = 0; i < a->count; i++)
		d->sides[i] = &a->sides[i].findings;
	if (a->count == 0) {
		d->face = &a->shown.findings;
		return;
	}
	d->shown = &a->shown.findings;
	d->compared = &a->compared.findings;
	dossier_read_mrz(d);
}

static void
tell_checks(const struct dossier *d, const enum check_name *judged,
    size_t count)
{
	struct result all[CHECK_COUNT];
	const char *comma = "";
	size_t made = checks_run(d, all);
	printf("{\"checks\": [");
	for (size_t i = 0; i < made; i++)
		for (size_t k = 0; k < count; k++) {
			if (all[i].check != judged[k])
				continue;
			printf("%s{\"name\": \"%s\", \"verdict\": \"%s\", "
			    "\"explanation\": \"%s\"}", comma,
			    check_name_text(all[i].check),
			    verdict_text(all[i].verdict), all[i].explanation);
			comma = ", ";
		}
	printf("]");
}

/* Of the check that asks whether what was asked was done. */
static enum verdict
followed(const struct dossier *d, const struct challenge *c)
{
	struct result all[CHECK_COUNT];
	struct dossier other = *d;
	other.challenge = c;
	size_t made = checks_run(&other, all);
	for (size_t i = 0; i < made; i++)
		if (all[i].check == CHECK_challenge_followed)
			return all[i].verdict;
	return VERDICT_FAIL;
}

struct replays {
	int others, replayed, doubted;
};

/* All sequences of actions in which nothing comes twice in a row, but the own
 * one. */
static void
replay(const struct dossier *d, struct challenge *c, size_t at,
    struct replays *out)
{
	bool own = at == c->count;
	for (size_t i = 1; own && i < c->count; i++)
		own = c->prompts[i].name == d->challenge->prompts[i].name;
	if (own)
		return;
	if (at == c->count) {
		enum verdict verdict = followed(d, c);
		out->others++;
		out->replayed += verdict == VERDICT_PASS;
		out->doubted += verdict == VERDICT_UNSURE;
		return;
	}
	for (size_t i = 0; i < COUNT_OF(actions); i++) {
		if (c->prompts[at - 1].name == actions[i])
			continue;
		c->prompts[at].name = actions[i];
		replay(d, c, at + 1, out);
	}
}

static void
tell(const struct attempt *a)
{
	struct dossier d;
	struct challenge c = a->asked;
	struct replays all = {0};
	dossier_of(a, &d);
	if (a->count == 0) {
		tell_checks(&d, of_face, COUNT_OF(of_face));
		while (c.count > 0 &&
		    prompt_is_light(c.prompts[c.count - 1].name))
			c.count--;
		replay(&d, &c, 1, &all);
		printf(", \"others\": %d, \"replayed\": %d, "
		    "\"doubted\": %d}\n", all.others, all.replayed,
		    all.doubted);
		return;
	}
	tell_checks(&d, of_document, COUNT_OF(of_document));
	printf(", \"front_likeness\": %.3f, \"portrait_likeness\": %.3f, "
	    "\"tilt_change\": %.2f, \"tilt_turned\": %.3f}\n",
	    findings_number(d.compared, FINDING_front_likeness, -2),
	    findings_number(d.compared, FINDING_portrait_likeness, -2),
	    findings_number(d.shown, FINDING_tilt_change, -1),
	    findings_number(d.shown, FINDING_tilt_turned, -1));
}

/* Against one or two pictures, to the end or to a stroke. */
static RESULT
judge_pictures(struct attempt *a, char **files)
{
	static const enum inspection_kind sides[] = {INSPECTION_front,
	    INSPECTION_back};
	for (int i = 0; i < 2; i++)
		inspect_result_clear(&a->sides[i]);
	inspect_result_clear(&a->compared);
	buf_clear(&a->album);
	buf_init(&a->album, FILM_MAX);
	a->count = 0;
	while (files[a->count] && strcmp(files[a->count], "/") != 0) {
		if (a->count == 2)
			return FAIL(ERR_INVALID, "a document has two sides");
		TRY(inspect(a, files[a->count], sides[a->count],
		    &a->sides[a->count]));
		a->count++;
	}
	TRY(fill_album(a));
	tell(a);
	return OK;
}

static RESULT
judge(struct attempt *a, char **argv)
{
	bool face = a->count == 0;
	TRY(inspector_load(argv[1], &a->tools));
	TRY(inspector_load_faces(INSPECT_LANDMARKS, "", &a->tools));
	TRY(read_challenge(argv[2], face ? PART_FACE : PART_DOCUMENT,
	    &a->asked));
	TRY(inspect(a, argv[3], face ? INSPECTION_face :
	    INSPECTION_document_shown, &a->shown));
	if (face)
		tell(a);
	for (char **at = argv + 4; !face; at += a->count + 1) {
		TRY(judge_pictures(a, at));
		if (!at[a->count])
			break;
	}
	return OK;
}

int
main(int argc, char **argv)
{
	static struct attempt a = {.tools = {.nowhere = -1}};
	if (argc < 4) {
		fprintf(stderr, "usage: bench_attempt MODELS CHALLENGE "
		    "RECORDING [FRONT [BACK] [/ ...]]\n");
		return 2;
	}
	a.count = argc - 4;
	buf_init(&a.album, FILM_MAX);
	if (judge(&a, argv) == OK)
		return 0;
	fprintf(stderr, "%s\n", err_explanation());
	return 1;
}
