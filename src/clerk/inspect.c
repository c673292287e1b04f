/*
 * Readings: evidence out of the vault, into a sealed memory file, to a
 * process of its own that answers on a socket of its own.
 *
 * Up to INSPECTIONS_MAX run at once, one of them a recording. A reading that
 * does not answer, or whose process dies, is begun again: the machine may have
 * had too much to do. The third time it is evidence that cannot be read: the
 * participant is asked for it again, and nothing else is disturbed.
 */
#include "clerk/clerk.h"

#include "base/clock.h"
#include "base/enum.h"
#include "base/log.h"
#include "clerk/compare.h"
#include "flow/decide.h"
#include "flow/take.h"
#include "flow/take_seal.h"
#include "ident/film.h"
#include "proc/memfile.h"

#define EVIDENCE_MAX ((size_t)48 << 20)
#define ANSWER_SLACK (5 * SECOND)
#define ANOTHER_TRY 500 /* ms, while another recording is looked at */
#define READINGS_MOST 3 /* of one file that are lost */
#define HELD (60 * SECOND)
#define HELD_ANEW (30 * SECOND) /* before it ends */
#define ARENA_MAX ((size_t)64 << 20)

const struct inspected inspected[INSPECTED_COUNT] = {
#define INSPECTED(evidence, inspection, result, type)                          \
	{#evidence, #result, type, INSPECTION_##inspection},
#include "clerk/inspected.def"
#undef INSPECTED
};

enum inspected_kind
inspected_of(const char *evidence_kind)
{
	enum inspected_kind i = 0;

	while (i < INSPECTED_COUNT &&
	    strcmp(inspected[i].evidence, evidence_kind) != 0)
		i++;
	return i;
}

static struct inspection *
free_place(struct clerk *c)
{
	for (size_t i = 0; i < INSPECTIONS_MAX; i++)
		if (c->inspections[i].reply.fd < 0)
			return &c->inspections[i];
	return NULL;
}

bool
inspect_has_room(const struct clerk *c)
{
	for (size_t i = 0; i < INSPECTIONS_MAX; i++)
		if (c->inspections[i].reply.fd < 0)
			return true;
	return false;
}

static bool
is_waiting_for_a_long_one(const struct clerk *c)
{
	for (size_t i = 0; i < INSPECTIONS_MAX; i++)
		if (c->inspections[i].reply.fd >= 0 &&
		    inspected_is_long(c->inspections[i].kind))
			return true;
	return false;
}

static enum err
send_file(struct clerk *c, struct inspection_request *request,
    struct span content, int *reply)
{
	AUTO(close) int file = -1;
	AUTO(close) int theirs = -1;
	AUTO(close) int ours = -1;
	AUTO(buf_clear) struct buf body;
	int pair[2];

	buf_init(&body, WIRE_MAX);
	TRY(memfile_make(content, &file));
	TRY(channel_pair(pair));
	ours = pair[0];
	theirs = pair[1];
	request->wall_ms = inspection_limits(request->kind)->wall_ms;
	TRY(inspection_request_put(&body, request));
	const int fds[] = {file, theirs};
	TRY(channel_send(&c->program.peers[ROLE_inspector], MESSAGE_inspect, 0,
	    span_of_buf(&body), fds, 2));
	*reply = STEAL_FD(ours);
	return OK;
}

static void
remember(struct inspection *place, const struct job *job,
    enum inspected_kind kind, int reply)
{
	int64_t wall = inspection_limits(inspected[kind].inspection)->wall_ms;

	snprintf(place->job, ID_SIZE, "%s", job->id);
	snprintf(place->subject, ID_SIZE, "%s", job->subject);
	place->tries = job->tries;
	place->kind = kind;
	place->reply = (struct channel){.fd = reply, .self = ROLE_clerk,
	    .peer = ROLE_inspector, .started = true};
	place->deadline = clock_ticks() + wall + ANSWER_SLACK;
	place->held_until = clock_ticks() + HELD;
}

int
inspect_hold(struct clerk *c)
{
	int64_t now = clock_ticks(), next = MINUTE;

	for (size_t i = 0; i < INSPECTIONS_MAX; i++) {
		struct inspection *place = &c->inspections[i];
		if (place->reply.fd < 0)
			continue;
		if (place->held_until - now <= HELD_ANEW &&
		    job_hold(c->store, place->job, clock_now() + HELD) == OK)
			place->held_until = now + HELD;
		int64_t left = place->held_until - HELD_ANEW - now;
		next = left < next ? left : next;
	}
	/* a store that is away is asked again in a second */
	return next < SECOND ? (int)SECOND : (int)next;
}

/* The seal names the evidence by its id: whose it is and what it shows is a row
 * of its own, which somebody can change as well. */
static bool
is_as_asked(
    struct clerk *c, const struct evidence *e, const struct take *take)
{
	return take_seal_check(&c->flow, take) == OK &&
	    strcmp(take->registration, e->registration) == 0 &&
	    strcmp(take_evidence_kind(part_of_text(take->part)), e->kind) == 0;
}

/* Somebody had it asked what the recording shows: another one is made. */
static enum err
check_asked(struct clerk *c, struct arena *a, const struct evidence *e,
    const struct take *take)
{
	if (is_as_asked(c, e, take))
		return OK;
	err_clear();
	store_rollback(c->store);
	TRY(store_begin(c->store));
	TRY(audit_write(&c->flow, &clerk_actor, "evidence.challenge_changed",
	    e->registration, arena_format(a, "%s %s", e->kind, e->id),
	    e->sha256));
	TRY(store_commit(c->store));
	return FAIL(ERR_INVALID, "it is not as it was asked");
}

/* What the participant was asked to do goes with the recording. */
static enum err
add_challenge(struct clerk *c, struct arena *a, const struct evidence *e,
    struct inspection_request *request)
{
	AUTO(buf_clear) struct buf detail;
	struct challenge challenge;
	struct take take;

	buf_init(&detail, INSPECTION_DETAIL_MAX);
	TRY(take_of_evidence(c->store, a, e->id, &take));
	TRY(check_asked(c, a, e, &take));
	TRY(take_challenge(&take, &challenge));
	TRY(challenge_put(&detail, &challenge));
	memcpy(request->detail, detail.data, detail.size);
	request->detail_size = detail.size;
	return OK;
}

static enum err
send_evidence(struct clerk *c, struct arena *a, struct evidence *e,
    enum inspected_kind kind, int *reply)
{
	AUTO(buf_wipe) struct buf content;
	struct inspection_request request = {
	    .kind = inspected[kind].inspection};

	buf_init(&content, EVIDENCE_MAX);
	if (e->sealed_key.size == 0) /* it lies in chunks still */
		TRY(take_gather(&c->flow, a, e->id, e));
	TRY(evidence_open(c, e, &content));
	if (inspected_is_long(kind))
		TRY(add_challenge(c, a, e, &request));
	return send_file(c, &request, span_of_buf(&content), reply);
}

/* findings NULL: it cannot be read. */
static enum err
decide(struct clerk *c, struct arena *a, const struct inspection *place,
    const struct findings *findings, const struct evidence *result)
{
	if (place->kind == INSPECTED_comparison)
		return decide_compared(&c->flow, a, place->subject, findings,
		    result, place->compared);
	if (inspected_is_long(place->kind))
		return decide_recording(&c->flow, a, place->subject, findings,
		    result);
	return decide_picture(&c->flow, a, place->subject, findings, result);
}

/* Gone, or other bytes than were given: it would be so the next time. */
static enum err
nothing_there(struct clerk *c, struct arena *a, const struct job *job,
    enum inspected_kind kind)
{
	struct inspection place = {.kind = kind};

	log_warn("inspection.not_there what=%s subject=%s why=\"%s\"",
	    inspected[kind].evidence, job->subject, err_explanation());
	err_clear();
	snprintf(place.subject, ID_SIZE, "%s", job->subject);
	TRY(decide(c, a, &place, NULL, NULL));
	return job_done(c->store, job->id);
}

RESULT
inspect_begin(struct clerk *c, struct arena *a, const struct job *job)
{
	struct inspection *place = free_place(c);
	struct evidence e;
	int reply;

	if (!place)
		return FAIL(ERR_UNAVAILABLE, "no place for a reading");
	TRY(evidence_load(c->store, a, job->subject, &e));
	enum inspected_kind kind = inspected_of(e.kind);
	if (strcmp(e.state, "received") != 0 || kind == INSPECTED_COUNT)
		return job_done(c->store, job->id);
	if (inspected_is_long(kind) && is_waiting_for_a_long_one(c))
		return job_wait(c->store, job->id, clock_now() + ANOTHER_TRY);
	enum err sent = send_evidence(c, a, &e, kind, &reply);
	if (sent == ERR_NOT_FOUND || sent == ERR_INVALID)
		return nothing_there(c, a, job, kind);
	TRY(sent);
	remember(place, job, kind, reply);
	return OK;
}

RESULT
compare_begin(struct clerk *c, struct arena *a, const struct job *job)
{
	AUTO(buf_wipe) struct buf album;
	struct inspection_request request = {.kind = INSPECTION_comparison};
	struct inspection *place = free_place(c);
	char digest[DIGEST_TEXT_SIZE];
	struct compared from;
	bool ready;
	int reply;

	if (!place)
		return FAIL(ERR_UNAVAILABLE, "no place for a reading");
	if (is_waiting_for_a_long_one(c))
		return job_wait(c->store, job->id, clock_now() + ANOTHER_TRY);
	TRY(decide_comparable(&c->flow, a, job->subject, &from, &ready));
	if (!ready)
		return job_done(c->store, job->id);
	TRY(compared_digest(&from, digest));
	buf_init(&album, FILM_MAX);
	TRY(compare_album(c, &from, &album));
	TRY(send_file(c, &request, span_of_buf(&album), &reply));
	remember(place, job, INSPECTED_comparison, reply);
	memcpy(place->compared, digest, sizeof(digest));
	return OK;
}

/* The answer belongs to an attempt: that of its evidence, or the current. */
static enum err
belongs_to(struct clerk *c, struct arena *a, const struct inspection *place,
    struct evidence *out)
{
	struct registration r;

	if (place->kind != INSPECTED_comparison)
		return evidence_load(c->store, a, place->subject, out);
	TRY(registration_load(c->store, a, place->subject, &r));
	*out = (struct evidence){.registration = r.id, .attempt = r.attempt};
	return OK;
}

/* What is kept beside the findings: a still or a film. */
static enum err
keep_result(struct clerk *c, struct arena *a, const struct inspection *place,
    const struct message *m, struct evidence *out)
{
	AUTO(memfile_clear) struct memfile result = {0};
	char id[ID_SIZE], sha256[DIGEST_TEXT_SIZE];
	uint8_t *sealed = arena_get(a, VAULT_SEALED_SIZE);
	const struct inspected *what = &inspected[place->kind];
	struct evidence original;
	struct film film;

	TRY(belongs_to(c, a, place, &original));
	TRY(memfile_map(m->fds[0], FILM_MAX, &result));
	if (inspected_is_long(place->kind))
		TRY(film_open(result.bytes, &film));
	id_make("evd", id);
	TRY(vault_write(conf_text(c->program.conf, CONF_store_vault), id,
	    result.bytes, c->keys.vault_public, sealed));
	struct digest d = digest_sha256(result.bytes);
	digest_format(&d, sha256);
	*out = (struct evidence){
	    .id = arena_text(a, id),
	    .registration = original.registration,
	    .kind = what->result,
	    .state = "kept",
	    .reasons = "",
	    .media_type = what->media_type,
	    .sha256 = arena_text(a, sha256),
	    .attempt = original.attempt,
	    .size = (int64_t)result.bytes.size,
	    .created_at = clock_now(),
	    .sealed_key = SPAN(sealed, VAULT_SEALED_SIZE),
	};
	return OK;
}

static enum err
keep_findings(struct clerk *c, struct arena *a, const struct inspection *place,
    const struct message *m)
{
	struct findings *findings = arena_get(a, sizeof(*findings));
	struct evidence result;

	TRY(findings_get(span_of_buf(&m->body), findings));
	TRY(keep_result(c, a, place, m, &result));
	return decide(c, a, place, findings, &result);
}

static enum err
lost(struct clerk *c, struct arena *a, const struct inspection *place,
    const char *why)
{
	log_warn("inspection.lost what=%s subject=%s why=%s tries=%lld",
	    inspected[place->kind].evidence, place->subject, why,
	    (long long)place->tries);
	if (place->tries < READINGS_MOST)
		return FAIL(ERR_UNAVAILABLE, "its reading was lost");
	return decide(c, a, place, NULL, NULL);
}

/* What came back, or did not: anything but findings is "unreadable". */
static enum err
conclude(struct clerk *c, struct arena *a, struct inspection *place,
    bool answered)
{
	AUTO(message_clear) struct message m = {0};
	const char *what = inspected[place->kind].evidence;

	if (!answered || channel_receive(&place->reply, 0, &m) != OK)
		return lost(c, a, place, answered ? "died" : "late");
	if (m.type == MESSAGE_unreadable)
		return decide(c, a, place, NULL, NULL);
	enum err kept = keep_findings(c, a, place, &m);
	if (kept != ERR_INVALID && kept != ERR_TOO_LARGE)
		return kept;
	/* the inspector may have been subverted: its word is not taken */
	log_warn("inspection.refused what=%s subject=%s why=\"%s\"", what,
	    place->subject, err_explanation());
	return decide(c, a, place, NULL, NULL);
}

void
inspect_end(struct clerk *c, struct inspection *place, bool answered)
{
	AUTO(arena_clear) struct arena a;

	arena_init(&a, ARENA_MAX);
	enum err result = conclude(c, &a, place, answered);
	store_rollback(c->store);
	enum err stored = result == OK ?
	    job_done(c->store, place->job) :
	    job_again(c->store, place->job, clock_now() + SECOND);
	if (result != OK || stored != OK)
		log_error("inspection.failed subject=%s why=\"%s\"",
		    place->subject, err_explanation());
	if (inspected_is_long(place->kind) &&
	    job_wake(c->store, clock_now() + ANOTHER_TRY) != OK)
		log_error("inspection.not_woken why=\"%s\"",
		    err_explanation());
	channel_close(&place->reply);
	*place = (struct inspection){.reply = {.fd = -1}};
}
