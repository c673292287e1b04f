/*
 * paraph review plant-dossier: a known case out of a folder, handed in as a
 * participant would, piece by piece as the instance reads it.
 *
 * The folder tells about itself in truth.json, of which this reads
 *
 *   pictures.NAME   file, country, document, side (front, back or page),
 *                   fields.given.text and fields.surname.text
 *   face, document  file, and of each of prompts: name, asked_ms, shown_ms
 */
#include "cli/review_plant.h"

#include <time.h>
#include <unistd.h>

#include <jansson.h>

#include "flow/journey.h"
#include "flow/plant.h"

#define TRUTH_MAX ((size_t)4 << 20)
#define PATH_TEXT_MAX 1024
#define WAIT_MS 250
#define WAIT_MINUTES 15 /* two recordings behind a queue of others */

struct planting {
	struct admin *a;
	struct arena round; /* of what is looked at while waiting, r too */
	const char *id;
	const char *folder, *truth;
	json_t *told;
	struct registration r;
};

static void
progress(const char *what)
{
	if (isatty(STDERR_FILENO))
		fprintf(stderr, "%s\n", what);
}

/* files */

static RESULT
read_file(const struct planting *p, const char *name, size_t most,
    struct buf *out)
{
	char path[PATH_TEXT_MAX];

	buf_init(out, most);
	if (!*name || strchr(name, '/') ||
	    snprintf(path, sizeof(path), "%s/%s", p->folder, name) >=
		(int)sizeof(path))
		return err_set_field(ERR_INVALID, "file",
		    "is not a name in the folder");
	enum err found = buf_add_file(out, path);
	return found == ERR_TOO_LARGE
	    ? FAIL(ERR_TOO_LARGE, "%s is too large", name)
	    : found;
}

static RESULT
read_truth(struct planting *p)
{
	AUTO(buf_clear) struct buf text;
	json_error_t error;

	TRY(read_file(p, "truth.json", TRUTH_MAX, &text));
	struct span all = span_of_buf(&text);
	p->told = json_loadb((const char *)all.data, all.size,
	    JSON_REJECT_DUPLICATES, &error);
	return p->told ? OK
		       : FAIL(ERR_INVALID, "truth.json, line %d: %s",
			     error.line, error.text);
}

static const char *
text_of(const json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));

	return text ? text : "";
}

/* "page" is a passport's front. NULL: there is none. */
static const json_t *
picture_of(const struct planting *p, const char *side)
{
	json_t *all = json_object_get(p->told, "pictures"), *one;
	const char *name;

	json_object_foreach(all, name, one) {
		const char *given = text_of(one, "side");
		if (strcmp(given, side) == 0 ||
		    (strcmp(side, "front") == 0 && strcmp(given, "page") == 0))
			return one;
	}
	return NULL;
}

static const char *
name_on(struct planting *p, const json_t *picture)
{
	const json_t *fields = json_object_get(picture, "fields");
	const char *given = text_of(json_object_get(fields, "given"), "text");
	const char *surname =
	    text_of(json_object_get(fields, "surname"), "text");

	return arena_format(&p->a->arena, "%s%s%s", given,
	    *given && *surname ? " " : "", surname);
}

/* waiting for the instance */

static void
pause_a_little(void)
{
	const struct timespec t = {.tv_nsec = WAIT_MS * 1000000L};

	nanosleep(&t, NULL);
}

static RESULT
wait_for_reading(struct planting *p, const char *kind)
{
	int64_t until = clock_now() + WAIT_MINUTES * MINUTE;

	while (clock_now() < until) {
		struct evidence e;

		arena_clear(&p->round);
		TRY(evidence_find(p->a->store, &p->round, p->id,
		    p->r.attempt, kind, &e));
		if (strcmp(e.state, "read") == 0)
			return OK;
		if (strcmp(e.state, "received") != 0)
			return FAIL(ERR_INVALID,
			    "%s was turned back: %s", kind, e.reasons);
		pause_a_little();
	}
	return FAIL(ERR_UNAVAILABLE, "%s was not read: is the instance "
	    "running?", kind);
}

static RESULT
wait_for_decision(struct planting *p)
{
	int64_t until = clock_now() + WAIT_MINUTES * MINUTE;

	while (clock_now() < until) {
		arena_clear(&p->round);
		TRY(registration_load(p->a->store, &p->round, p->id,
		    &p->r));
		if (state_of(p->r.state) != STATE_checking)
			return OK;
		pause_a_little();
	}
	return FAIL(ERR_UNAVAILABLE, "it was not checked: is the instance "
	    "running?");
}

/* what a participant gives */

static RESULT
give_picture(struct planting *p, const char *side, const char *kind)
{
	const json_t *picture = picture_of(p, side);
	AUTO(buf_clear) struct buf bytes = {0};
	struct evidence e;

	if (!picture)
		return OK; /* a passport's back; else handing in tells */
	progress(side);
	TRY(read_file(p, text_of(picture, "file"), PICTURE_MAX, &bytes));
	TRY(journey_picture(&p->a->flow, &p->a->arena, p->id, side,
	    span_of_buf(&bytes), &e));
	return wait_for_reading(p, kind);
}

static const char *
times_of(struct planting *p, const json_t *prompts, const char *what)
{
	const char *text = "";
	size_t i;
	json_t *one;

	json_array_foreach(prompts, i, one)
		text = arena_format(&p->a->arena, "%s%s%lld", text,
		    i ? " " : "", (long long)json_integer_value(
			json_object_get(one, what)));
	return text;
}

static const char *
names_of(struct planting *p, const json_t *prompts)
{
	const char *text = "";
	size_t i;
	json_t *one;

	json_array_foreach(prompts, i, one)
		text = arena_format(&p->a->arena, "%s%s%s", text, i ? " " : "",
		    text_of(one, "name"));
	return text;
}

static const char *
media_type_of(const char *file)
{
	const char *ending = strrchr(file, '.');

	return ending && strcmp(ending, ".mp4") == 0 ? "video/mp4"
	    : ending && strcmp(ending, ".mkv") == 0  ? "video/x-matroska"
						     : "video/webm";
}

static RESULT
give_recording(struct planting *p, enum part part)
{
	const json_t *told = json_object_get(p->told, part_text(part));
	const json_t *prompts = json_object_get(told, "prompts");
	AUTO(buf_clear) struct buf bytes = {0};

	progress(part == PART_FACE ? "recording of the face"
				   : "recording of the document");
	TRY(read_file(p, text_of(told, "file"), TAKE_MAX, &bytes));
	const struct plant_film film = {.part = part,
	    .media_type = media_type_of(text_of(told, "file")),
	    .prompts = names_of(p, prompts),
	    .asked = times_of(p, prompts, "asked_ms"),
	    .shown = times_of(p, prompts, "shown_ms"),
	    .bytes = span_of_buf(&bytes)};
	TRY(plant_recording(&p->a->flow, &p->a->arena, p->id, &film));
	return wait_for_reading(p, take_evidence_kind(part));
}

static RESULT
give_all(struct planting *p)
{
	TRY(give_picture(p, "front", "document_front"));
	TRY(give_picture(p, "back", "document_back"));
	for (enum part part = 0;
	     level_find(p->r.level)->proof_of_life && part < PART_COUNT; part++)
		TRY(give_recording(p, part));
	return OK;
}

/* Who is refused by the machine asks for a person. */
static RESULT
hand_in(struct planting *p)
{
	struct flow *f = &p->a->flow;

	progress("checks");
	TRY(journey_complete(f, &p->a->arena, p->id, &p->r));
	TRY(wait_for_decision(p));
	if (state_of(p->r.state) == STATE_refused)
		TRY(journey_ask_a_person(f, &p->a->arena, p->id, &p->r));
	if (state_of(p->r.state) != STATE_in_review)
		return FAIL(ERR_INVALID, "no operator gets it: it is %s",
		    p->r.state);
	return OK;
}

static RESULT
begin(struct planting *p, const char *workspace, const char *level)
{
	const json_t *front = picture_of(p, "front");
	struct workspace w;

	if (!front)
		return FAIL(ERR_INVALID, "truth.json names no front");
	TRY(admin_workspace(p->a, workspace, &w));
	const struct plant plant = {.workspace = w.id,
	    .level = level,
	    .fullname = name_on(p, front),
	    .country = text_of(front, "country"),
	    .kind = text_of(front, "document"),
	    .truth = p->truth};
	TRY(plant_begin(&p->a->flow, &p->a->arena, &admin_actor, &plant,
	    &p->r));
	p->id = p->r.id;
	return OK;
}

static RESULT
plant(struct planting *p, const char *workspace, const char *level)
{
	TRY(read_truth(p));
	TRY(begin(p, workspace, level));
	TRY(give_all(p));
	return hand_in(p);
}

int
cmd_plant_dossier(int argc, char **argv)
{
	const char *arguments[2], *workspace = NULL, *level = "qcp";
	const struct word_option options[] = {
	    {"--workspace", &workspace, false}, {"--level", &level, false}};
	struct planting p = {0};
	struct admin a;
	int status = 0;

	admin_options(argc, argv, options, COUNT_OF(options), arguments, 2, 2);
	if (!workspace)
		words_wrong("--workspace is missing");
	if (!admin_open(&a))
		return 1;
	p = (struct planting){.a = &a, .folder = arguments[0],
	    .truth = arguments[1]};
	arena_init(&p.round, (size_t)1 << 20);
	if (plant(&p, workspace, level) != OK)
		status = admin_fail("cannot plant it");
	else
		admin_tell(&a, "id", p.id);
	json_decref(p.told);
	arena_clear(&p.round);
	admin_close(&a);
	return status;
}
