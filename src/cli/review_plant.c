/*
 * paraph review plant-dossier: a known case out of a folder, handed in as a
 * participant would, piece by piece as the instance reads it.
 */
#include "cli/review_plant.h"

#include <time.h>
#include <unistd.h>

#include "cli/review_folder.h"
#include "flow/journey.h"

#define WAIT_MS 250
#define WAIT_MINUTES 15 /* two recordings behind a queue of others */

struct planting {
	struct admin *a;
	struct arena round; /* of what is looked at while waiting, r too */
	const char *id; /* NULL: nothing was made yet */
	struct review_folder folder;
	struct registration r;
};

static void
progress(const char *what)
{
	if (isatty(STDERR_FILENO))
		fprintf(stderr, "%s\n", what);
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

/* None: a passport's back; else handing in tells. */
static RESULT
give_picture(struct planting *p, const char *side, const char *kind,
    const struct buf *bytes)
{
	struct evidence e;

	if (span_of_buf(bytes).size == 0)
		return OK;
	progress(side);
	TRY(journey_picture(&p->a->flow, &p->a->arena, p->id, side,
	    span_of_buf(bytes), &e));
	return wait_for_reading(p, kind);
}

static RESULT
give_recording(struct planting *p, enum part part)
{
	progress(part == PART_FACE ? "recording of the face"
				   : "recording of the document");
	TRY(plant_recording(&p->a->flow, &p->a->arena, p->id,
	    &p->folder.films[part]));
	return wait_for_reading(p, take_evidence_kind(part));
}

static RESULT
give_all(struct planting *p, bool with_films)
{
	TRY(give_picture(p, "front", "document_front", &p->folder.front));
	TRY(give_picture(p, "back", "document_back", &p->folder.back));
	for (enum part part = 0; with_films && part < PART_COUNT; part++)
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
begin(struct planting *p, struct plant *plant)
{
	const struct review_folder *folder = &p->folder;
	struct workspace w;

	TRY(plant_check_picture(&p->a->flow, span_of_buf(&folder->front)));
	TRY(plant_check_picture(&p->a->flow, span_of_buf(&folder->back)));
	TRY(admin_workspace(p->a, plant->workspace, &w));
	plant->workspace = w.id;
	plant->fullname = folder->fullname;
	plant->country = folder->country;
	plant->kind = folder->kind;
	TRY(plant_begin(&p->a->flow, &p->a->arena, &admin_actor, plant,
	    &p->r));
	p->id = p->r.id;
	return OK;
}

static RESULT
plant_folder(struct planting *p, const char *folder, struct plant *plant)
{
	const struct level *level = level_find(plant->level);
	bool with_films = level && level->proof_of_life;

	TRY(review_folder_read(&p->a->arena, folder, with_films, &p->folder));
	TRY(begin(p, plant));
	TRY(give_all(p, with_films));
	return hand_in(p);
}

/* Nobody has the link of what was begun. */
static int
fail(const struct planting *p)
{
	int status = admin_fail("cannot plant it");

	if (p->id)
		fprintf(stderr, "paraph: %s was begun: unless the instance "
		    "still goes on with it, it ends by itself\n", p->id);
	return status;
}

int
cmd_plant_dossier(int argc, char **argv)
{
	const char *arguments[2];
	struct plant plant = {.level = "qcp", .reason = ""};
	const struct word_option options[] = {
	    {"--workspace", &plant.workspace, false},
	    {"--reason", &plant.reason, false},
	    {"--level", &plant.level, false}};
	struct planting p = {0};
	struct admin a;
	int status = 0;

	admin_options(argc, argv, options, COUNT_OF(options), arguments, 2, 2);
	if (!plant.workspace)
		words_wrong("--workspace is missing");
	if (!admin_open(&a))
		return 1;
	p.a = &a;
	plant.truth = arguments[1];
	arena_init(&p.round, (size_t)1 << 20);
	if (plant_folder(&p, arguments[0], &plant) != OK)
		status = fail(&p);
	else
		admin_tell(&a, "id", p.id);
	review_folder_clear(&p.folder);
	arena_clear(&p.round);
	admin_close(&a);
	return status;
}
