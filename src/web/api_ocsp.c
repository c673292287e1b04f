/*
 * OCSP (RFC 6960, RFC 9919) with answers that were signed in advance: this
 * program holds no key. What cannot be signed in advance is asked of the
 * signer, capped: above the cap the answer is tryLater.
 */
#include "base/clock.h"
#include "base/codec.h"
#include "base/log.h"
#include "status/answers.h"
#include "web/caching.h"
#include "web/known_issuers.h"
#include "web/limit.h"
#include "web/questions.h"
#include "web/ready.h"
#include "web/route.h"
#include "web/settled.h"

#include <stdatomic.h>
#include <stdio.h>

#define OCSP_TYPE "application/ocsp-response"
#define WAIT_MS 2000
#define NONCE_MIN 16 /* shorter ones are no protection (RFC 9654 2.1) */
#define MADE_MAX 24 /* at a time; the others come again */

/* A serial as the store keeps it: hex of the magnitude. */
static RESULT
serial_text(struct request *q, struct span serial, const char **out)
{
	AUTO(buf_clear) struct buf hex;

	buf_init(&hex, 2 * OCSP_SERIAL_MAX + 4);
	if (serial.size > 1 && serial.data[0] == 0)
		serial = SPAN(serial.data + 1, serial.size - 1);
	TRY(hex_encode(serial, &hex));
	*out = arena_text(&q->arena, buf_text(&hex));
	return OK;
}

/* ERR_NOT_FOUND when there is none that still holds. */
static RESULT
load_fresh(struct request *q, struct flow *f, const char *issuer,
    const char *serial, struct span *out, int64_t *next_update)
{
	TRY(ocsp_load(f->store, &q->arena, issuer, serial, out, next_update));
	return *next_update > clock_now()
	    ? OK
	    : FAIL(ERR_NOT_FOUND, "the answer has ended");
}

static RESULT
take_made(struct request *q, const struct message *m, struct span *out,
    int64_t *next_update)
{
	struct ocsp_made made;

	if (m->type == MESSAGE_refused)
		return refusal_get(span_of_buf(&m->body));
	if (m->type != MESSAGE_ocsp_made)
		return FAIL(ERR_UNAVAILABLE, "no answer");
	TRY(ocsp_made_get(span_of_buf(&m->body), &made));
	if (ready_age() != q->age)
		return FAIL(ERR_UNAVAILABLE, "something was revoked meanwhile");
	*out = SPAN(arena_text_of(&q->arena, made.der), made.der.size);
	*next_update = made.next_update;
	return OK;
}

/* The clerk has it signed while we wait, without a connection of the store. */
static RESULT
have_it_made(struct request *q, const struct certificate *c,
    struct span *out, int64_t *next_update)
{
	AUTO(message_clear) struct message told = {.fds = {-1, -1}};
	AUTO(buf_clear) struct buf body;
	struct ocsp_make asked = {""};

	snprintf(asked.certificate, sizeof(asked.certificate), "%s", c->id);
	buf_init(&body, WIRE_MAX);
	TRY(ocsp_make_put(&body, &asked));
	request_release(q);
	TRY(program_ask(q->web->program, ROLE_clerk, MESSAGE_ocsp_make,
	    span_of_buf(&body), WAIT_MS, &told));
	return take_made(q, &told, out, next_update);
}

/* Only so many at once, or what has to be signed waits behind them. */
static RESULT
ask_for_answer(struct request *q, const struct certificate *c,
    struct span *out, int64_t *next_update)
{
	static atomic_int waiting;

	bool room = atomic_fetch_add(&waiting, 1) < MADE_MAX;
	enum err code = room ? have_it_made(q, c, out, next_update)
			     : FAIL(ERR_UNAVAILABLE, "too many wait");
	atomic_fetch_sub(&waiting, 1);
	return code == OK ? OK : FAIL(ERR_UNAVAILABLE, "no answer yet");
}

/* ERR_NOT_FOUND: never issued, or not by us; ERR_UNAVAILABLE: issued, and its
 * answer is being made. */
static RESULT
find_answer(struct request *q, const struct ocsp_query *asked,
    struct span *out, int64_t *next_update)
{
	char issuer[ISSUER_NAME_SIZE];
	struct certificate c;
	const char *serial;
	struct flow *f;

	TRY(settled_require(q));
	TRY(known_issuer(q, asked, issuer));
	TRY(serial_text(q, asked->serial, &serial));
	TRY(request_flow(q, &f));
	enum err code = load_fresh(q, f, issuer, serial, out,
	    next_update);
	if (code != ERR_NOT_FOUND)
		return code;
	code = certificate_find_serial(f->store, &q->arena, issuer,
	    serial, &c);
	TRY(code);
	return ask_for_answer(q, &c, out, next_update);
}

static RESULT
answer_error(struct request *q, enum ocsp_error error)
{
	return reply_bytes(q, OCSP_TYPE, ocsp_error_answer(error));
}

/* Who sent a nonce may get an answer without (RFC 9654 2.1, B-36): caches on
 * the way have no part in it. */
static RESULT
answer_found(struct request *q, struct span found, int64_t next_update,
    bool nonce)
{
	int64_t produced_at;

	TRY(reply_bytes(q, OCSP_TYPE, found));
	if (nonce)
		return OK;
	if (ocsp_answer_time(found, &produced_at) == OK)
		reply_header(q, "Last-Modified",
		    http_date(&q->arena, produced_at));
	reply_keep(q, next_update);
	q->reply.ready = true;
	return OK;
}

/* on demand */

/* Whether the AlgorithmIdentifier of a CertID has parameters: they are
 * repeated, so that a client that compares bytes finds its own (B-23). */
static RESULT
has_parameters(struct span cert_id, bool *out)
{
	struct span id, algorithm, oid;

	TRY(der_take(&cert_id, DER_SEQUENCE, &id));
	TRY(der_take(&id, DER_SEQUENCE, &algorithm));
	TRY(der_take(&algorithm, DER_OID, &oid));
	*out = algorithm.size > 0;
	return OK;
}

static RESULT
fill_asked(const struct ocsp_query *query, struct ocsp_asked *out)
{
	struct span serial = query->serial;

	if (serial.size > 1 && serial.data[0] == 0)
		serial = SPAN(serial.data + 1, serial.size - 1);
	memcpy(out->serial, serial.data, serial.size);
	out->serial_size = serial.size;
	out->sha256 = query->hash == OCSP_SHA256;
	return has_parameters(query->cert_id, &out->null_parameters);
}

/* One signature has one authority behind it (B-27). */
static RESULT
fill_question(struct request *q, const struct ocsp_request *asked,
    struct ocsp_question *out)
{
	char issuer[ISSUER_NAME_SIZE];

	TRY(known_issuer(q, &asked->queries[0], out->issuer));
	for (size_t i = 0; i < asked->count; i++) {
		TRY(known_issuer(q, &asked->queries[i], issuer));
		if (strcmp(issuer, out->issuer) != 0)
			return FAIL(ERR_NOT_FOUND, "not of one of our issuers");
		TRY(fill_asked(&asked->queries[i], &out->asked[i]));
	}
	out->count = asked->count;
	memcpy(out->nonce, asked->nonce.data, asked->nonce.size);
	out->nonce_size = asked->nonce.size;
	request_release(q);
	return OK;
}

/* B-33: such a question comes from a scanner, a typing error, or somebody who
 * holds a certificate made with a stolen key. */
static void
note_never_issued(
    const struct ocsp_question *question, const struct question_told *told)
{
	if (told->never_issued > 0)
		log_warn("ocsp.never_issued issuer=%s count=%zu",
		    question->issuer, told->never_issued);
}

/* Never kept by anybody: it was made for who asked. Where a certificate was
 * revoked while it was made, it may tell what is no longer so. */
static RESULT
answer_on_demand(struct request *q, const struct ocsp_request *asked)
{
	struct ocsp_question *question =
	    arena_get(&q->arena, sizeof(*question));
	AUTO(question_told_clear) struct question_told told;

	TRY(fill_question(q, asked, question));
	TRY(limit_count(q->web->limits, LIMIT_ocsp, q->address, clock_now(),
	    &q->reply.wait));
	TRY(questions_ask(q->web->program, question, &told));
	if (ready_age() != q->age)
		return FAIL(ERR_UNAVAILABLE, "something was revoked meanwhile");
	note_never_issued(question, &told);
	return reply_bytes(q, OCSP_TYPE, span_of_buf(&told.answer));
}

/* What was signed before serves who asks about one certificate. */
static RESULT
answer_ready(struct request *q, const struct ocsp_request *asked)
{
	bool nonce = asked->nonce.size > 0;
	int64_t next_update;
	struct span found;

	if (asked->count != 1)
		return FAIL(ERR_NOT_FOUND, "about several");
	TRY(find_answer(q, &asked->queries[0], &found, &next_update));
	return answer_found(q, found, next_update, nonce);
}

/* Who sent a nonce gets it back when there is time (B-35). */
static RESULT
answer_nonce(struct request *q, const struct ocsp_request *asked)
{
	TRY(settled_require(q));
	return answer_on_demand(q, asked);
}

/* Made for who asks, or made before; whichever there is. */
static RESULT
answer_any(struct request *q, const struct ocsp_request *asked)
{
	bool nonce = asked->count == 1 && asked->nonce.size >= NONCE_MIN;
	enum err made = nonce ? answer_nonce(q, asked) : ERR_NOT_FOUND;

	if (made == OK)
		return OK;
	buf_clear(&q->reply.body);
	err_clear();
	enum err ready = answer_ready(q, asked);
	if (ready != ERR_NOT_FOUND)
		return ready;
	return nonce ? made : answer_on_demand(q, asked);
}

static RESULT
answer_ocsp(struct request *q, struct span der)
{
	struct ocsp_request asked;

	if (ocsp_request_parse(der, &asked) != OK)
		return answer_error(q, OCSP_MALFORMED);
	enum err code = answer_any(q, &asked);
	q->reply.wait = 0;
	q->reply.bare = true;
	q->reply.unlogged = code == OK;
	if (code == OK)
		return OK;
	return answer_error(q, code == ERR_NOT_FOUND ? OCSP_UNAUTHORISED
						     : OCSP_TRY_LATER);
}

/* Parameters say nothing of a type that defines none (RFC 9110 8.3.1). */
static bool
is_ocsp_request(const char *type)
{
	static const char name[] = "application/ocsp-request";
	size_t size = strcspn(type, "; \t");

	return size == sizeof(name) - 1 && strncasecmp(type, name, size) == 0 &&
	       strchr("; \t", type[size]);
}

RESULT
handle_pki_ocsp_post(struct request *q)
{
	if (!is_ocsp_request(request_header(q, "Content-Type")))
		return FAIL(ERR_MEDIA_TYPE, "not an OCSP request");
	if (q->fields.file.size > OCSP_REQUEST_MAX)
		return answer_error(q, OCSP_MALFORMED);
	return answer_ocsp(q, q->fields.file);
}

RESULT
handle_pki_ocsp_get(struct request *q)
{
	AUTO(buf_clear) struct buf der;

	buf_init(&der, OCSP_REQUEST_MAX);
	if (ocsp_request_from_path(param(q), &der) != OK)
		return answer_error(q, OCSP_MALFORMED);
	return answer_ocsp(q, span_of_buf(&der));
}
