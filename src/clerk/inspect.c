/*
 * Readings: a document out of the vault, into a sealed memory file, to a
 * process of its own that answers on a socket of its own.
 *
 * Up to INSPECTIONS_MAX run at once. A reading that does not answer, or whose
 * process dies, is a picture that cannot be read: the participant is asked
 * for another one, and nothing else is disturbed.
 */
#include "clerk/clerk.h"

#include "base/clock.h"
#include "base/log.h"
#include "flow/decide.h"
#include "proc/inspection.h"
#include "proc/memfile.h"

#define PICTURE_MAX ((size_t)16 << 20)
#define STILL_MAX ((size_t)4 << 20)
#define READING_MS (20 * SECOND)
#define PATIENCE (READING_MS + 5 * SECOND)
#define ARENA_MAX ((size_t)8 << 20)

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

static enum err
open_picture(struct clerk *c, const struct evidence *e, int *out)
{
	AUTO(buf_wipe) struct buf content;

	buf_init(&content, PICTURE_MAX);
	TRY(vault_read(conf_text(c->program.conf, CONF_store_vault), e->id,
	    e->sealed_key, &c->keys.vault, &content));
	return memfile_make(span_of_buf(&content), out);
}

static enum err
send_picture(struct clerk *c, const struct evidence *e, int *reply)
{
	AUTO(close) int picture = -1;
	AUTO(close) int theirs = -1;
	AUTO(close) int ours = -1;
	AUTO(buf_clear) struct buf body;
	struct inspection_request request = {
	    .kind = strcmp(e->kind, "document_back") == 0 ?
		INSPECTION_back : INSPECTION_front,
	    .wall_ms = (uint32_t)READING_MS,
	};
	int pair[2];

	buf_init(&body, WIRE_MAX);
	TRY(open_picture(c, e, &picture));
	TRY(channel_pair(pair));
	ours = pair[0];
	theirs = pair[1];
	TRY(inspection_request_put(&body, &request));
	const int fds[] = {picture, theirs};
	TRY(channel_send(&c->program.peers[ROLE_inspector], MESSAGE_inspect, 0,
	    span_of_buf(&body), fds, 2));
	*reply = STEAL_FD(ours);
	return OK;
}

static void
remember(struct inspection *place, const struct job *job,
    const struct evidence *e, int reply)
{
	snprintf(place->job, ID_SIZE, "%s", job->id);
	snprintf(place->evidence, ID_SIZE, "%s", e->id);
	snprintf(place->registration, ID_SIZE, "%s", e->registration);
	place->reply = (struct channel){.fd = reply, .self = ROLE_clerk,
	    .peer = ROLE_inspector, .started = true};
	place->deadline = clock_ticks() + PATIENCE;
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
	if (strcmp(e.state, "received") != 0)
		return job_done(c->store, job->id);
	TRY(send_picture(c, &e, &reply));
	remember(place, job, &e, reply);
	return OK;
}

static enum err
keep_still(struct clerk *c, struct arena *a, const struct inspection *place,
    const struct message *m, struct evidence *out)
{
	AUTO(memfile_clear) struct memfile still = {0};
	char id[ID_SIZE], sha256[DIGEST_TEXT_SIZE];
	uint8_t *sealed = arena_get(a, VAULT_SEALED_SIZE);
	struct evidence original;

	TRY(evidence_load(c->store, a, place->evidence, &original));
	TRY(memfile_map(m->fds[0], STILL_MAX, &still));
	id_make("evd", id);
	TRY(vault_write(conf_text(c->program.conf, CONF_store_vault), id,
	    still.bytes, c->keys.vault_public, sealed));
	struct digest d = digest_sha256(still.bytes);
	digest_format(&d, sha256);
	*out = (struct evidence){
	    .id = arena_text(a, id),
	    .registration = original.registration,
	    .kind = strcmp(original.kind, "document_back") == 0 ?
		"still_back" : "still_front",
	    .state = "kept",
	    .reasons = "",
	    .media_type = "image/jpeg",
	    .sha256 = arena_text(a, sha256),
	    .attempt = original.attempt,
	    .size = (int64_t)still.bytes.size,
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
	struct evidence still;

	TRY(findings_get(span_of_buf(&m->body), findings));
	TRY(keep_still(c, a, place, m, &still));
	return decide_picture(&c->flow, a, place->evidence, findings, &still);
}

/* What came back, or did not: anything but findings is "unreadable". */
static enum err
conclude(struct clerk *c, struct arena *a, struct inspection *place,
    bool answered)
{
	AUTO(message_clear) struct message m = {0};

	if (!answered || channel_receive(&place->reply, 0, &m) != OK) {
		log_warn("inspection.lost registration=%s evidence=%s why=%s",
		    place->registration, place->evidence,
		    answered ? "died" : "late");
		return decide_picture(&c->flow, a, place->evidence, NULL, NULL);
	}
	if (m.type == MESSAGE_unreadable)
		return decide_picture(&c->flow, a, place->evidence, NULL, NULL);
	enum err kept = keep_findings(c, a, place, &m);
	if (kept != ERR_INVALID && kept != ERR_TOO_LARGE)
		return kept;
	/* the inspector may have been subverted: its word is not taken */
	log_warn("inspection.refused registration=%s why=\"%s\"",
	    place->registration, err_explanation());
	return decide_picture(&c->flow, a, place->evidence, NULL, NULL);
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
		log_error("inspection.failed registration=%s why=\"%s\"",
		    place->registration, err_explanation());
	channel_close(&place->reply);
	*place = (struct inspection){.reply = {.fd = -1}};
}
