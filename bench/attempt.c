/*
 * A document's recording against the pictures that were taken before it, as
 * an attempt is judged: what the checks of documents say, and what it cost,
 * as one line of JSON. Each file is read in the cage, like a stranger's;
 * bench/faces.py asks this for dossiers.
 *
 *     bench_attempt MODELS CHALLENGE RECORDING FRONT [BACK]
 *
 * CHALLENGE: "show_front@40 tilt_sideways@4100 ...", with when each was shown.
 */
#include "checks/check.h"
#include "ident/film.h"
#include "vision/inspect.h"
#include "vision/still.h"

#include "base/clock.h"
#include "base/enum.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const enum check_name judged[] = {CHECK_document_shown,
    CHECK_document_moves};

struct attempt {
	struct inspector tools;
	struct inspect_result sides[2], shown, compared;
	struct challenge asked;
	struct buf album;
};

static RESULT
read_file(const char *path, size_t most, struct buf *out)
{
	AUTO(fclose) FILE *file = fopen(path, "rbe");
	uint8_t part[65536];
	size_t size;
	buf_init(out, most);
	if (!file)
		return FAIL(ERR_NOT_FOUND, "no file '%s'", path);
	while ((size = fread(part, 1, sizeof(part), file)) > 0)
		TRY(buf_add(out, part, size));
	return OK;
}

static RESULT
read_challenge(const char *text, struct challenge *out)
{
	char copy[512], *rest = copy, *word;
	*out = (struct challenge){.part = PART_DOCUMENT};
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
	TRY(read_file(path, inspect_file_max(kind), &bytes));
	if (kind == INSPECTION_document_shown)
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
tell(const struct attempt *a, bool back)
{
	struct result all[CHECK_COUNT];
	struct dossier d = {.now = clock_now(), .level = 'q', .test = true,
	    .minimum_age = 18, .declared_name = "", .country = "",
	    .kind = "", .mrz_side = -1, .sides = {&a->sides[0].findings,
	    back ? &a->sides[1].findings : NULL},
	    .shown = &a->shown.findings, .compared = &a->compared.findings};
	const char *comma = "";
	dossier_read_mrz(&d);
	size_t count = checks_run(&d, all);
	printf("{\"checks\": [");
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < COUNT_OF(judged); k++) {
			if (all[i].check != judged[k])
				continue;
			printf("%s{\"name\": \"%s\", \"verdict\": \"%s\", "
			    "\"explanation\": \"%s\"}", comma,
			    check_name_text(all[i].check),
			    verdict_text(all[i].verdict), all[i].explanation);
			comma = ", ";
		}
	printf("], \"front_likeness\": %.3f, \"portrait_likeness\": %.3f, "
	    "\"tilt_change\": %.2f, \"tilt_turned\": %.3f}\n",
	    findings_number(d.compared, FINDING_front_likeness, -2),
	    findings_number(d.compared, FINDING_portrait_likeness, -2),
	    findings_number(d.shown, FINDING_tilt_change, -1),
	    findings_number(d.shown, FINDING_tilt_turned, -1));
}

static RESULT
judge(struct attempt *a, int argc, char **argv)
{
	TRY(inspector_load(argv[1], &a->tools));
	TRY(inspector_load_faces(INSPECT_LANDMARKS, "", &a->tools));
	TRY(read_challenge(argv[2], &a->asked));
	TRY(inspect(a, argv[3], INSPECTION_document_shown, &a->shown));
	TRY(inspect(a, argv[4], INSPECTION_front, &a->sides[0]));
	if (argc > 5)
		TRY(inspect(a, argv[5], INSPECTION_back, &a->sides[1]));
	TRY(fill_album(a));
	tell(a, argc > 5);
	return OK;
}

int
main(int argc, char **argv)
{
	static struct attempt a = {.tools = {.nowhere = -1}};
	if (argc < 5 || argc > 6) {
		fprintf(stderr, "usage: bench_attempt MODELS CHALLENGE "
		    "RECORDING FRONT [BACK]\n");
		return 2;
	}
	buf_init(&a.album, FILM_MAX);
	if (judge(&a, argc, argv) == OK)
		return 0;
	fprintf(stderr, "%s\n", err_explanation());
	return 1;
}
