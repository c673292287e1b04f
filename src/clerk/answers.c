/*
 * Revocations, and OCSP answers that are kept and made anew for who waits.
 */
#include "clerk/answers.h"

#include "base/codec.h"
#include "base/log.h"
#include "flow/decide.h"
#include "proc/order.h"

static enum err
fill_status(const struct certificate *crt, struct status_order *out)
{
	AUTO(buf_clear) struct buf serial;

	buf_init(&serial, ORDER_SERIAL_MAX);
	if (strlen(crt->issuer) >= sizeof(out->issuer))
		return FAIL(ERR_TOO_LARGE, "an issuer is too long");
	memcpy(out->issuer, crt->issuer, strlen(crt->issuer) + 1);
	TRY(hex_decode(crt->serial, &serial));
	memcpy(out->serial, serial.data, serial.size);
	out->serial_size = serial.size;
	out->revoked_at = crt->revoked_at;
	out->reason = (uint8_t)crt->reason;
	return OK;
}

enum err
answers_ask(struct clerk *c, struct errand *e, const struct certificate *crt,
    errand_step *step)
{
	AUTO(buf_clear) struct buf body;
	struct status_order order = {0};
	bool revoked = crt->revoked_at != 0;

	buf_init(&body, WIRE_MAX);
	TRY(fill_status(crt, &order));
	TRY(agree_known(c, &e->arena, &order.known));
	TRY(status_order_put(&body, &order));
	return errand_ask(e, revoked ? MESSAGE_revoke : MESSAGE_ocsp_sign,
	    span_of_buf(&body), false,
	    revoked ? MESSAGE_revoked : MESSAGE_ocsp_signed, step);
}

static enum err
keep_revoked(struct clerk *c, struct errand *e, const struct message *answer)
{
	struct status_result *r = arena_get(&e->arena, sizeof(*r));
	const struct certificate *crt = e->data;

	TRY(status_result_get(span_of_buf(&answer->body), r));
	const struct ledger_point seen =
	    agree_point(c, &e->arena, &r->mark);
	TRY(decide_revoked(&c->flow, &e->arena, crt->id,
	    SPAN(r->ocsp, r->ocsp_size), r->ocsp_next_update, &seen));
	log_info("certificate.revoked certificate=%s%s", crt->id,
	    r->ocsp_size > 0 ? "" : " answer=none why=\"its authority "
				    "has ended\"");
	return OK;
}

static enum err
revoked(struct clerk *c, struct errand *e, enum err outcome,
    const struct message *answer)
{
	TRY(outcome);
	enum err kept = keep_revoked(c, e, answer);
	if (kept != OK)
		agree_doubt(c);
	return kept;
}

enum err
run_revoke(struct clerk *c, struct errand *e)
{
	struct certificate *crt = e->data = arena_get(&e->arena, sizeof(*crt));

	TRY(certificate_load(c->store, &e->arena, e->job.subject, crt));
	return answers_ask(c, e, crt, revoked);
}

/* Unless it was revoked while the signer signed: then "good" must not come
 * back, and the revocation's own job brings the answer. */
static enum err
keep_one(struct store *s, struct arena *a, const struct certificate *asked,
    const struct status_result *r)
{
	struct certificate now;

	if (r->ocsp_size == 0)
		return OK;
	TRY(certificate_load(s, a, asked->id, &now));
	if (now.revoked_at != asked->revoked_at)
		return OK;
	return ocsp_save(s, asked->issuer, asked->serial,
	    SPAN(r->ocsp, r->ocsp_size), r->ocsp_next_update);
}

enum err
answers_keep(struct clerk *c, struct arena *a, const struct certificate *asked,
    const struct message *answer)
{
	AUTO(store_rollback) struct store *s = c->store;
	struct status_result *r = arena_get(a, sizeof(*r));

	TRY(status_result_get(span_of_buf(&answer->body), r));
	TRY(store_begin(s));
	TRY(keep_one(s, a, asked, r));
	return store_commit(s);
}
