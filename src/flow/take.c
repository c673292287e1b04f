/*
 * Takes: begun, asked, and where they stand.
 *
 * How long a prompt stays is drawn as well, by a key that the page has not:
 * who has prepared all movements still does not know when each is asked for.
 */
#include "flow/take_act.h"

#include "base/codec.h"
#include "base/enum.h"
#include "flow/journey_act.h"
#include "flow/take_seal.h"
#include "ident/document.h"

static const char *const states[] = {"recording", "sent", "gathered",
    "superseded"};

static const char *const kinds[PART_COUNT] = {
    [PART_FACE] = "face_video",
    [PART_DOCUMENT] = "document_video",
};

/* How long a prompt stays at least, and how much longer at most. Lights change
 * once a second: nowhere near the three flashes of WCAG 2.3.1. */
struct hold {
	uint32_t least, more;
};
static const struct hold holds[PART_COUNT] = {
    [PART_FACE] = {1800, 1400},
    [PART_DOCUMENT] = {3500, 1500},
};
static const struct hold hold_of_light = {950, 250};

const char *
take_state_text(enum take_state s)
{
	return s < TAKE_STATE_COUNT ? states[s] : "";
}

enum take_state
take_state_of(const char *text)
{
	return (enum take_state)enum_find(states, TAKE_STATE_COUNT, text);
}

const char *
take_evidence_kind(enum part part)
{
	return part < PART_COUNT ? kinds[part] : "";
}

RESULT
take_set(struct flow *f, struct take *t, enum take_state state)
{
	t->state = states[state];
	return take_save(f->store, t);
}

/* beginning */

/* What a browser may record, and what it is stored as. */
static RESULT
check_media_type(const char *given, const char **out)
{
	static const char *const types[] = {"video/webm", "video/x-matroska",
	    "video/mp4"};
	size_t size = strcspn(given, "; ");

	for (size_t i = 0; i < COUNT_OF(types); i++) {
		if (strlen(types[i]) != size ||
		    memcmp(types[i], given, size) != 0)
			continue;
		*out = types[i];
		return OK;
	}
	return err_set_field(ERR_MEDIA_TYPE, "media_type",
	    "is neither video/webm nor video/x-matroska nor video/mp4");
}

static RESULT
require_step(struct act *t)
{
	struct step *steps;
	size_t count;

	if (!level_find(t->r.level)->proof_of_life)
		return FAIL(ERR_WRONG_STATE, "no recording at this level");
	TRY(act_require(t, TAKING));
	TRY(act_steps(t, &steps, &count));
	if (!step_is(steps, count, STEP_proof_of_life, "todo") &&
	    !step_is(steps, count, STEP_proof_of_life, "doing"))
		return FAIL(ERR_WRONG_STATE, "it is done");
	return journey_require_pictures(t);
}

/* One that is still recording ends, and its chunks go. */
static RESULT
end_others(struct act *t, enum part part)
{
	struct take *takes;
	size_t count;

	TRY(take_list(t->f->store, t->a, t->r.id, &takes, &count));
	for (size_t i = 0; i < count; i++) {
		if (part_of_text(takes[i].part) != part ||
		    take_state_of(takes[i].state) != TAKE_RECORDING)
			continue;
		TRY(take_set(t->f, &takes[i], TAKE_SUPERSEDED));
		TRY(act_job(t, "sweep", takes[i].id));
	}
	return OK;
}

static RESULT
draw(struct act *t, enum part part, const char **prompts)
{
	char text[CHALLENGE_TEXT_MAX];
	uint8_t random[CHALLENGE_MAX];
	struct challenge c;

	random_bytes(random, sizeof(random));
	challenge_draw(part, document_sides(t->r.country, t->r.kind), random,
	    &c);
	TRY(challenge_format(&c, text));
	*prompts = arena_text(t->a, text);
	return OK;
}

static RESULT
make_take(struct act *t, enum part part, struct take *out)
{
	char id[ID_SIZE], chain[DIGEST_TEXT_SIZE];

	id_make("tak", id);
	take_chain_begin(id, chain);
	out->id = arena_text(t->a, id);
	out->registration = t->r.id;
	out->attempt = t->r.attempt;
	out->part = part_text(part);
	out->state = states[TAKE_RECORDING];
	out->asked = out->shown = out->evidence = out->seal = "";
	out->chain = arena_text(t->a, chain);
	out->created_at = t->now;
	out->expires_at = t->now + TAKE_BEGIN;
	return out->prompts ? OK : draw(t, part, &out->prompts);
}

static RESULT
check_hints(const char *hints)
{
	return strlen(hints) > TAKE_HINTS_MAX
	    ? err_set_field(ERR_INVALID, "hints", "are too long")
	    : OK;
}

RESULT
take_begin(struct flow *f, struct arena *a, const char *id, enum part part,
    const char *media_type, const char *hints, struct take *out)
{
	return take_begin_asking(f, a, id, part, NULL, media_type, hints, out);
}

RESULT
take_begin_asking(struct flow *f, struct arena *a, const char *id,
    enum part part, const char *prompts, const char *media_type,
    const char *hints, struct take *out)
{
	AUTO(act_end) struct act t = {0};
	struct take take = {.prompts = prompts};
	struct take_counts before;

	if (part >= PART_COUNT)
		return err_set_field(ERR_INVALID, "part", "is no part");
	TRY(check_media_type(media_type, &take.media_type));
	TRY(check_hints(hints));
	TRY(act_begin_participant(f, a, id, &t));
	TRY(require_step(&t));
	TRY(end_others(&t, part));
	TRY(take_count(f, a, t.r.id, part, &before));
	if (before.begun >= TAKES_MAX || before.told >= TAKES_TOLD_MAX)
		return FAIL(ERR_TOO_MANY, "too many recordings were begun");
	TRY(make_take(&t, part, &take));
	take.hints = arena_format(a, "{\"begin\":%s}", *hints ? hints : "{}");
	TRY(take_seal_save(f, a, &take));
	TRY(act_step(&t, STEP_proof_of_life, "doing", ""));
	TRY(take_note(f, a, &take, TAKE_BEGUN));
	TRY(job_add(f->store, "sweep", take.id,
	    t.now + TAKE_BEGIN + TAKE_LIFE + TAKE_GRACE + MINUTE));
	TRY(act_commit(&t, NULL));
	*out = take;
	return OK;
}

/* going on */

RESULT
take_find(struct flow *f, struct arena *a, const char *id, const char *take,
    struct take *out)
{
	struct take t;

	if (!id_is("tak", take))
		return FAIL(ERR_NOT_FOUND, "no such take");
	TRY(take_load(f->store, a, take, &t));
	if (strcmp(t.registration, id) != 0)
		return FAIL(ERR_NOT_FOUND, "another registration's take");
	*out = t;
	return OK;
}

RESULT
take_open(struct flow *f, struct arena *a, const char *id, const char *take,
    struct take *out)
{
	struct registration r;
	struct take t;

	TRY(take_find(f, a, id, take, &t));
	TRY(registration_load(f->store, a, id, &r));
	if (clock_now() >= registration_deadline(f, &r))
		return FAIL(ERR_EXPIRED, "its time is over");
	if (!(TAKING & (1u << state_of(r.state))))
		return FAIL(ERR_WRONG_STATE, "not possible when %s", r.state);
	if (t.attempt != r.attempt)
		return FAIL(ERR_WRONG_STATE, "of another attempt");
	if (take_state_of(t.state) != TAKE_RECORDING)
		return FAIL(ERR_WRONG_STATE, "not possible when %s", t.state);
	TRY(take_seal_check(f, &t));
	*out = t;
	return OK;
}

RESULT
take_require_running(const struct take *t, int64_t now)
{
	if (now >= t->expires_at + (t->started_at ? TAKE_GRACE : 0))
		return FAIL(ERR_EXPIRED, "its time is over");
	if (!t->started_at)
		return FAIL(ERR_WRONG_STATE, "nothing was asked yet");
	return OK;
}

/* prompts */

static int64_t
hold_of(const struct keys *k, const struct take *t, size_t position)
{
	uint8_t place = (uint8_t)position;
	const struct span parts[] = {span_of_text("paraph hold"),
	    span_of_text(t->id), SPAN(&place, 1)};
	struct digest d = digest_keyed(span_of_secret(&k->link), parts, 3);
	enum part part = part_of_text(t->part);
	struct challenge c = {0};

	if (challenge_parse(part, t->prompts, &c) != OK)
		err_clear();
	const struct hold *h = position < c.count &&
	    prompt_is_light(c.prompts[position].name) ? &hold_of_light :
	    &holds[part];
	uint32_t drawn = (uint32_t)d.bytes[0] << 8 | d.bytes[1];
	return h->least + drawn % h->more;
}

static int64_t
wait_of(const struct keys *k, const struct take *t,
    const uint32_t asked[CHALLENGE_MAX], size_t count, int64_t now)
{
	if (count == 0)
		return 0;
	int64_t due = t->started_at + asked[count - 1] +
	    hold_of(k, t, count - 1);
	return due > now ? due - now : 0;
}

int64_t
take_wait(const struct keys *k, const struct take *t, int64_t now)
{
	uint32_t asked[CHALLENGE_MAX];
	size_t count;

	if (take_times_parse(t->asked, asked, &count) != OK) {
		err_clear();
		return 0;
	}
	return wait_of(k, t, asked, count, now);
}

/* Notes when it was asked; the first begins the recording. */
static RESULT
ask(struct flow *f, struct arena *a, struct take *t, size_t count,
    int64_t now)
{
	if (count == 0) {
		t->started_at = now;
		t->expires_at = now + TAKE_LIFE;
	}
	t->asked = arena_format(a, "%s%s%lld", t->asked, count ? " " : "",
	    (long long)(now - t->started_at));
	if (count == 1)
		TRY(take_note(f, a, t, TAKE_TOLD));
	return take_seal_save(f, a, t);
}

static RESULT
require_next(const struct flow *f, const struct take *t,
    const struct challenge *c, const uint32_t asked[CHALLENGE_MAX],
    size_t count, int64_t position, int64_t now)
{
	if (position != (int64_t)count || count >= c->count)
		return err_set_field(ERR_WRONG_STATE, "position",
		    "is not the next one");
	if (wait_of(f->keys, t, asked, count, now) > 0)
		return err_set_field(ERR_WRONG_STATE, "position",
		    "is asked too soon");
	return OK;
}

static RESULT
reveal(struct flow *f, struct arena *a, struct take *t, int64_t position,
    struct take_prompt *out)
{
	uint32_t asked[CHALLENGE_MAX] = {0};
	int64_t now = clock_now();
	struct challenge c;
	size_t count;

	if (now >= t->expires_at)
		return FAIL(ERR_EXPIRED, "its time is over");
	TRY(challenge_parse(part_of_text(t->part), t->prompts, &c));
	TRY(take_times_parse(t->asked, asked, &count));
	if (count == 0 || position != (int64_t)count - 1) {
		TRY(require_next(f, t, &c, asked, count, position, now));
		TRY(ask(f, a, t, count, now));
		asked[count] = (uint32_t)(now - t->started_at);
	}
	*out = (struct take_prompt){
	    .name = c.prompts[position].name,
	    .position = position,
	    .asked_ms = asked[position],
	    .hold_ms = hold_of(f->keys, t, (size_t)position),
	    .expires_at = t->expires_at,
	    .last = position == (int64_t)c.count - 1,
	};
	return OK;
}

RESULT
take_prompt(struct flow *f, struct arena *a, const char *id, const char *take,
    int64_t position, struct take_prompt *out)
{
	AUTO(store_rollback) struct store *s = f->store;
	struct take_prompt p;
	struct take t;

	TRY(store_begin(s));
	TRY(take_open(f, a, id, take, &t));
	TRY(reveal(f, a, &t, position, &p));
	TRY(store_commit(s));
	*out = p;
	return OK;
}

/* where things stand */

static RESULT
part_of_evidence(struct flow *f, struct arena *a,
    const struct registration *r, enum part part, struct take_part *out)
{
	struct evidence e;
	enum err found = evidence_find(f->store, a, r->id, r->attempt,
	    kinds[part], &e);

	*out = (struct take_part){.state = "todo", .reasons = "",
	    .evidence = ""};
	if (found == ERR_NOT_FOUND) {
		err_clear();
		return OK;
	}
	TRY(found);
	bool settled = strcmp(e.state, "read") == 0 ||
	    strcmp(e.state, "retake") == 0;
	*out = (struct take_part){.state = settled ? e.state : "sent",
	    .reasons = e.reasons, .evidence = e.id};
	return OK;
}

RESULT
take_parts(struct flow *f, struct arena *a, const struct registration *r,
    struct take_part out[PART_COUNT])
{
	struct take_part parts[PART_COUNT];
	struct take_counts before;

	for (enum part p = 0; p < PART_COUNT; p++) {
		TRY(part_of_evidence(f, a, r, p, &parts[p]));
		TRY(take_count(f, a, r->id, p, &before));
		parts[p].takes_left = TAKES_MAX - before.begun;
		if (TAKES_TOLD_MAX - before.told < parts[p].takes_left)
			parts[p].takes_left = TAKES_TOLD_MAX - before.told;
	}
	memcpy(out, parts, sizeof(parts));
	return OK;
}
