/*
 * The participant's pictures in, the participant's certificate out.
 *
 * A picture is counted, sniffed, sealed and handed on; what is in it only
 * the inspector learns. The answer waits a little for the reading, because
 * "hold it still and try again" helps while the document is in the hand.
 */
#include "base/clock.h"
#include "web/route.h"
#include "web/certificate_json.h"
#include "web/session_json.h"
#include "web/wake.h"

#define READING_WAIT_MS (2 * SECOND)
#define READING_LOOK_MS 10

static RESULT
answer(struct request *q, struct flow *f, int status,
    const struct registration *r)
{
	struct json j = reply_json(q, status);

	return session_write(q, f, &j, r);
}

RESULT
handle_session_document(struct request *q)
{
	struct registration r;
	struct flow *f;

	TRY(request_flow(q, &f));
	TRY(journey_document(f, &q->arena, param(q),
	    text(q, FIELD_document_country), text(q, FIELD_document_kind),
	    &r));
	return answer(q, f, 200, &r);
}

/* Whether it has been read by the end of the wait. No connection to the
 * store is held between two looks. */
static RESULT
wait_for_reading(struct request *q, const char *evidence, bool *read)
{
	const struct timespec pause = {.tv_nsec = READING_LOOK_MS * 1000000L};
	int64_t until = clock_ticks() + READING_WAIT_MS;
	struct evidence e;
	struct flow *f;

	*read = false;
	while (!*read && clock_ticks() < until) {
		request_release(q);
		nanosleep(&pause, NULL);
		TRY(request_flow(q, &f));
		TRY(evidence_load(f->store, &q->arena, evidence, &e));
		*read = strcmp(e.state, "received") != 0;
	}
	return OK;
}

/* Above the lowest level the page sends what its camera gave, as it is; a
 * form with a file is how files are chosen. */
static RESULT
require_no_form(struct request *q, struct flow *f)
{
	const char *type = request_header(q, "Content-Type");
	struct registration r;

	TRY(registration_load(f->store, &q->arena, param(q), &r));
	if (level_find(r.level)->proof_of_life &&
	    strncasecmp(type, "image/jpeg", 10) != 0)
		return err_set_field(ERR_MEDIA_TYPE, "file",
		    "is a file, and at this level a picture is taken");
	return OK;
}

RESULT
handle_session_picture(struct request *q)
{
	const char *side = q->params[1];
	struct registration r;
	struct evidence e;
	struct flow *f;
	bool read;

	if (strcmp(side, "front") != 0 && strcmp(side, "back") != 0)
		return FAIL(ERR_NOT_FOUND, "no such side");
	TRY(request_flow(q, &f));
	TRY(require_no_form(q, f));
	TRY(journey_picture(f, &q->arena, param(q), side, q->fields.file, &e));
	buf_wipe(&q->body); /* sealed: no copy is needed any more */
	wake_clerk(q->web);
	TRY(wait_for_reading(q, e.id, &read));
	TRY(request_flow(q, &f));
	TRY(registration_current(f, &q->arena, param(q), &r));
	return answer(q, f, read ? 200 : 202, &r);
}

/* the certificate */

static RESULT
load_certificate(struct request *q, struct flow **f, struct certificate *out)
{
	TRY(request_flow(q, f));
	return certificate_of((*f)->store, &q->arena, param(q), out);
}

RESULT
handle_session_certificate_der(struct request *q)
{
	struct certificate c;
	struct flow *f;

	TRY(load_certificate(q, &f, &c));
	reply_file(q, "certificate.cer");
	return reply_bytes(q, "application/pkix-cert", c.der);
}

RESULT
handle_session_certificate_pem(struct request *q)
{
	struct certificate c;
	struct flow *f;

	TRY(load_certificate(q, &f, &c));
	reply_file(q, "certificate.pem");
	TRY(reply_bytes(q, "application/x-pem-file", SPAN("", 0)));
	return certificate_pem(&c, &q->reply.body);
}

RESULT
handle_session_chain(struct request *q)
{
	struct certificate c;
	struct flow *f;

	TRY(load_certificate(q, &f, &c));
	reply_file(q, "chain.pem");
	TRY(reply_bytes(q, "application/x-pem-file", SPAN("", 0)));
	return certificate_chain_pem(q, f, &c, &q->reply.body);
}
