/*
 * CRLs: a new list each time a certificate is revoked, and before half the
 * life of the last one is over, every 24 hours at least (B-15).
 *
 * The signer writes a number down before it signs, so a number whose list was
 * lost on its way here is used up (B-12): the next list steps over it.
 */
#include "clerk/clerk.h"

#include "base/clock.h"
#include "base/codec.h"
#include "base/log.h"
#include "proc/memfile.h"
#include "proc/order.h"

#define SIGNER_PATIENCE 20000 /* ms */
#define CRL_SIZE_MAX ((size_t)8 << 20)
#define STEPS_MAX 24 /* doubled each: past any number of lists lost */

static enum err
fill_entries(struct arena *a, const struct certificate *revoked, size_t count,
    struct crl_order *o)
{
	struct crl_entry *entries = arena_get(a, count * sizeof(*entries));

	if (count > CRL_ENTRIES_MAX)
		return FAIL(ERR_TOO_LARGE, "more than %d entries in a CRL",
		    CRL_ENTRIES_MAX);
	for (size_t i = 0; i < count; i++) {
		AUTO(buf_clear) struct buf serial;
		buf_init(&serial, ORDER_SERIAL_MAX);
		TRY(hex_decode(revoked[i].serial, &serial));
		memcpy(entries[i].serial, serial.data, serial.size);
		entries[i].serial_size = serial.size;
		entries[i].revoked_at = revoked[i].revoked_at;
		entries[i].reason = (uint8_t)revoked[i].reason;
	}
	o->count = count;
	o->entries = entries;
	return OK;
}

static enum err
ask_crl(struct clerk *c, const struct crl_order *o, struct crl_result *out,
    struct memfile *list, struct message *answer)
{
	AUTO(buf_clear) struct buf body;

	buf_init(&body, WIRE_MAX);
	TRY(crl_order_put(&body, o));
	TRY(channel_ask(&c->program.peers[ROLE_signer], MESSAGE_publish,
	    span_of_buf(&body), SIGNER_PATIENCE, answer));
	if (answer->type == MESSAGE_refused)
		return refusal_get(span_of_buf(&answer->body));
	if (answer->type != MESSAGE_crl)
		return FAIL(ERR_UNAVAILABLE, "the signer answered %s",
		    message_name(answer->type));
	TRY(crl_result_get(span_of_buf(&answer->body), out));
	return memfile_map(answer->fds[0], CRL_SIZE_MAX, list);
}

/* A signer that has used up the number refuses it as a conflict, and so it
 * does when its ledger and the order disagree: then every step ends so. */
static enum err
ask_next(struct clerk *c, struct crl_order *o, struct crl_result *out,
    struct memfile *list, struct message *answer)
{
	uint64_t last = o->number;

	for (unsigned i = 0; i < STEPS_MAX; i++) {
		o->number = last + (UINT64_C(1) << i);
		enum err code = ask_crl(c, o, out, list, answer);
		if (code != ERR_CONFLICT)
			return code;
		message_clear(answer);
		message_init(answer);
	}
	return FAIL(ERR_CONFLICT, "the signer takes no number: its ledger and "
	    "the database disagree");
}

/* When the last list is younger than half its life, less the hour until this
 * is looked at again, and nothing was revoked since, there is nothing to do. */
static bool
is_fresh(const struct certificate *revoked, size_t count, int64_t this_update,
    int64_t next_update)
{
	for (size_t i = 0; i < count; i++)
		if (revoked[i].revoked_at >= this_update)
			return false;
	int64_t half = (next_update - this_update) / 2;
	return clock_now() < this_update + (half < DAY ? half : DAY) - HOUR;
}

enum err
run_crl(struct clerk *c, struct arena *a, const struct job *job)
{
	AUTO(message_clear) struct message answer = {0};
	AUTO(memfile_clear) struct memfile list = {0};
	struct crl_order order = {0};
	struct crl_result result = {0};
	int64_t this_update = 0, next_update = 0;
	struct certificate *revoked;
	struct span last;
	uint64_t number = 0;
	size_t count;

	enum err found = crl_load(c->store, a, job->subject, &last, &number,
	    &this_update, &next_update);
	if (found != OK && found != ERR_NOT_FOUND)
		return found;
	TRY(certificate_revoked(c->store, a, job->subject, &revoked, &count));
	if (is_fresh(revoked, count, this_update, next_update))
		return job_again(c->store, job->id, clock_now() + HOUR);
	if (strlen(job->subject) >= sizeof(order.issuer))
		return FAIL(ERR_INTERNAL, "an issuer's name is too long");
	memcpy(order.issuer, job->subject, strlen(job->subject) + 1);
	order.number = number;
	TRY(fill_entries(a, revoked, count, &order));
	TRY(ask_next(c, &order, &result, &list, &answer));
	TRY(crl_save(c->store, job->subject, result.number, list.bytes,
	    result.this_update, result.next_update));
	log_info("crl.published issuer=%s number=%llu entries=%zu",
	    job->subject, (unsigned long long)result.number, count);
	return job_again(c->store, job->id, clock_now() + HOUR);
}
