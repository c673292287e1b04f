/*
 * The end of a take: it becomes one piece of evidence, which the clerk puts
 * together and has looked at.
 */
#include "flow/take_act.h"

#include "flow/take_seal.h"

/* Sent before, and asked again because the answer was lost. */
static bool
is_same(const struct take *t, const struct take_end *e)
{
	enum take_state s = take_state_of(t->state);

	return (s == TAKE_SENT || s == TAKE_GATHERED) &&
	    t->chunks == e->chunks && strcmp(t->chain, e->mac) == 0;
}

static RESULT
require_whole(const struct take *t, const struct take_end *e)
{
	if (e->chunks != t->chunks)
		return err_set_field(ERR_CONFLICT, "chunks",
		    "are not as many as came");
	if (t->chunks == 0)
		return err_set_field(ERR_INVALID, "chunks", "there are none");
	if (!span_equal(span_of_text(e->mac), span_of_text(t->chain)))
		return err_set_field(ERR_INVALID, "mac",
		    "is not that of the last chunk");
	return OK;
}

/* Every prompt was asked, and shown. drift: by how much the two clocks
 * disagree at worst; a page that made its times up would have to know ours. */
static RESULT
check_shown(const struct take *t, const char *shown_text, int64_t *drift)
{
	uint32_t asked[CHALLENGE_MAX], shown[CHALLENGE_MAX];
	size_t asked_count, shown_count;
	struct challenge c;

	TRY(challenge_parse(part_of_text(t->part), t->prompts, &c));
	TRY(take_times_parse(t->asked, asked, &asked_count));
	if (asked_count < c.count)
		return FAIL(ERR_WRONG_STATE, "not everything was asked");
	if (take_times_parse(shown_text, shown, &shown_count) != OK ||
	    shown_count != c.count)
		return err_set_field(ERR_INVALID, "shown",
		    "is not one moment for each prompt");
	*drift = 0;
	for (size_t i = 0; i < c.count; i++) {
		int64_t apart = ((int64_t)shown[i] - shown[0]) -
		    ((int64_t)asked[i] - asked[0]);
		apart = apart < 0 ? -apart : apart;
		*drift = apart > *drift ? apart : *drift;
	}
	return OK;
}

/* By how much a chunk came later than what is in it was recorded, at worst.
 * The recorder cuts equal times, so that of n chunks the first i hold i parts
 * in n of the whole, which ended when the last one came, or before. */
static int64_t
latest_of(const struct take *t, const struct chunk *chunks, size_t count)
{
	int64_t whole = chunks[count - 1].created_at - t->started_at;
	int64_t latest = 0;

	for (size_t i = 0; i < count; i++) {
		int64_t due = whole * (int64_t)(i + 1) / (int64_t)count;
		int64_t late = chunks[i].created_at - t->started_at - due;

		latest = late > latest ? late : latest;
	}
	return latest;
}

/* The page's hints of begin and end, and what we saw of the sending. */
static RESULT
join_hints(struct act *t, const struct take *take, const char *end,
    int64_t drift, const char **out)
{
	struct chunk *chunks;
	size_t count;

	TRY(chunk_list(t->f->store, t->a, take->id, &chunks, &count));
	if (count == 0 || strlen(take->hints) < 2)
		return FAIL(ERR_INTERNAL, "a take without its chunks");
	*out = arena_format(t->a,
	    "%.*s,\"end\":%s,\"first_chunk_ms\":%lld,\"last_chunk_ms\":%lld,"
	    "\"late_ms\":%lld,\"drift_ms\":%lld}",
	    (int)(strlen(take->hints) - 1), take->hints, *end ? end : "{}",
	    (long long)(chunks[0].created_at - take->started_at),
	    (long long)(chunks[count - 1].created_at - take->started_at),
	    (long long)latest_of(take, chunks, count),
	    (long long)drift);
	return OK;
}

/* What was sent of this part in this attempt before. */
static RESULT
supersede_sent(struct act *t, const struct take *take)
{
	struct take *takes;
	size_t count;

	TRY(take_list(t->f->store, t->a, t->r.id, &takes, &count));
	for (size_t i = 0; i < count; i++) {
		if (strcmp(takes[i].part, take->part) != 0 ||
		    strcmp(takes[i].id, take->id) == 0 ||
		    take_state_of(takes[i].state) == TAKE_SUPERSEDED)
			continue;
		TRY(take_set(t->f, &takes[i], TAKE_SUPERSEDED));
		TRY(act_job(t, "sweep", takes[i].id));
	}
	return OK;
}

static const char *const films[PART_COUNT] = {
    [PART_FACE] = "film_face",
    [PART_DOCUMENT] = "film_document",
};

/* The film goes with its recording: where the next one cannot be read there
 * is none, and nobody is shown the one before in its place. */
static RESULT
supersede_evidence(struct act *t, enum part part)
{
	const char *kind = take_evidence_kind(part);
	struct evidence *rows;
	size_t count;

	TRY(evidence_list(t->f->store, t->a, t->r.id, &rows, &count));
	for (size_t i = 0; i < count; i++) {
		bool own = strcmp(rows[i].kind, kind) == 0 ||
		    strcmp(rows[i].kind, films[part]) == 0;
		if (rows[i].attempt != t->r.attempt || !own ||
		    strcmp(rows[i].state, "superseded") == 0)
			continue;
		rows[i].state = "superseded";
		TRY(evidence_save(t->f->store, &rows[i]));
	}
	return OK;
}

/* The row without its bytes: they are gathered later. */
static RESULT
make_evidence(struct act *t, struct take *take, enum part part)
{
	char id[ID_SIZE];

	id_make("evd", id);
	const struct evidence e = {
	    .id = arena_text(t->a, id),
	    .registration = t->r.id,
	    .kind = take_evidence_kind(part),
	    .state = "received",
	    .reasons = "",
	    .media_type = take->media_type,
	    .sha256 = "",
	    .attempt = t->r.attempt,
	    .size = take->size,
	    .created_at = t->now,
	};
	TRY(supersede_evidence(t, part));
	TRY(evidence_save(t->f->store, &e));
	take->evidence = e.id;
	return OK;
}

static RESULT
finish(struct act *t, struct take *take, const struct take_end *e)
{
	int64_t drift;

	TRY(act_require(t, TAKING));
	if (take->attempt != t->r.attempt)
		return FAIL(ERR_WRONG_STATE, "of another attempt");
	if (take_state_of(take->state) != TAKE_RECORDING)
		return FAIL(ERR_WRONG_STATE, "not possible when %s",
		    take->state);
	TRY(take_seal_check(t->f, take));
	TRY(take_require_running(take, t->now));
	TRY(require_whole(take, e));
	TRY(check_shown(take, e->shown, &drift));
	TRY(join_hints(t, take, e->hints, drift, &take->hints));
	TRY(supersede_sent(t, take));
	TRY(make_evidence(t, take, part_of_text(take->part)));
	take->shown = e->shown;
	take->state = take_state_text(TAKE_SENT);
	TRY(take_seal_save(t->f, t->a, take));
	TRY(act_note(t, "participant.take_finished",
	    arena_format(t->a, "%s %s %lld chunks", take->part, take->id,
		(long long)take->chunks),
	    take->chain));
	TRY(act_job(t, "inspect", take->evidence));
	return act_commit(t, NULL);
}

RESULT
take_finish(struct flow *f, struct arena *a, const char *id, const char *take,
    const struct take_end *e, struct take *out)
{
	AUTO(act_end) struct act t = {0};
	struct take found;

	if (strlen(e->hints) > TAKE_HINTS_MAX)
		return err_set_field(ERR_INVALID, "hints", "are too long");
	TRY(act_begin_participant(f, a, id, &t));
	TRY(take_find(f, a, id, take, &found));
	if (!is_same(&found, e))
		TRY(finish(&t, &found, e));
	*out = found;
	return OK;
}
