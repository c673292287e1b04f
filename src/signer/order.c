/*
 * Messages from the clerk. What cannot be read is refused; so is everything
 * that the handlers refuse, with the reason.
 *
 * ISSUE orders that are waiting are taken together, so that one sync of the
 * ledger serves them all, and turn by turn while more come.
 */
#include "signer/signer.h"

#include "base/clock.h"
#include "base/log.h"
#include "proc/memfile.h"
#include "signer/approve.h"
#include "signer/pins.h"
#include "signer/weigh.h"
#include "signer/respond.h"
#include "signer/seal.h"

#include <openssl/crypto.h>

#define BATCH_MAX 32
#define TURNS_MAX 64
#define ORDER_SUBJECT_MAX ((size_t)2048)

static void
reply(struct channel *clerk, enum message_type type, uint32_t request,
    const struct buf *body, const int *fds, size_t fd_count)
{
	if (channel_send(
		clerk, type, request, span_of_buf(body), fds, fd_count) != OK)
		log_warn("signer.reply_lost message=%s why=\"%s\"",
		    message_name(type), err_explanation());
}

static void
refuse(struct channel *clerk, uint32_t request, enum err code,
    const char *explanation)
{
	AUTO(buf_clear) struct buf body;

	buf_init(&body, WIRE_MAX);
	log_warn("signer.refused code=%s why=\"%s\"", err_api_name(code),
	    explanation);
	if (refusal_put(&body, code, explanation) == OK)
		reply(clerk, MESSAGE_refused, request, &body, NULL, 0);
}

/* An order of the batch, with room for what it asks and gets. */
struct place {
	uint32_t request;
	struct order order;
	struct issue_result result;
};

static void
answer_issue(
    struct channel *clerk, const struct place *p, const struct issue_work *w)
{
	AUTO(buf_clear) struct buf body;

	buf_init(&body, WIRE_MAX);
	if (w->outcome != OK) {
		refuse(clerk, p->request, w->outcome, w->explanation);
		return;
	}
	if (issue_result_put(&body, &p->result) != OK) {
		refuse(clerk, p->request, ERR_INTERNAL, err_explanation());
		return;
	}
	log_info("signer.issued registration=%s repeated=%d",
	    p->result.registration, !w->fresh);
	reply(clerk, MESSAGE_issued, p->request, &body, NULL, 0);
}

/* False, and refused, when it cannot be read. */
static bool
take_order(struct channel *clerk, const struct message *m, struct place *p,
    struct issue_work *w)
{
	p->request = m->request;
	if (order_get(span_of_buf(&m->body), &p->order) != OK) {
		refuse(clerk, m->request, ERR_INVALID, "unreadable order");
		return false;
	}
	*w = (struct issue_work){.order = &p->order, .result = &p->result};
	return true;
}

/* Orders that wait on the channel, in turns. */
struct waiting {
	struct channel *clerk;
	struct message *first; /* NULL: taken */
	struct message other;  /* of another kind: it ends the stream */
	size_t turns;
	struct place places[ISSUE_TURNS][BATCH_MAX];
	struct issue_work works[ISSUE_TURNS][BATCH_MAX];
};

/* The next order; false: none waits. A message of another kind is left in
 * other. */
static bool
next_order(struct waiting *w, struct message *out)
{
	if (w->first) {
		*out = *w->first;
		*w->first = (struct message){.fds = {-1, -1}};
		w->first = NULL;
		return true;
	}
	if (w->other.type != MESSAGE_NONE)
		return false;
	if (channel_receive(w->clerk, 0, out) != OK) {
		err_clear();
		return false;
	}
	if (out->type == MESSAGE_issue)
		return true;
	w->other = *out;
	*out = (struct message){.fds = {-1, -1}};
	return false;
}

/* After some turns others are listened to, however many wait here. */
static bool
take_turn(void *data, size_t slot, struct issue_turn *out)
{
	struct waiting *w = data;

	if (w->turns == TURNS_MAX)
		return false;
	out->works = w->works[slot];
	while (out->count < BATCH_MAX) {
		AUTO(message_clear) struct message m = {.fds = {-1, -1}};

		if (!next_order(w, &m))
			break;
		out->count += take_order(w->clerk, &m,
		    &w->places[slot][out->count], &out->works[out->count]);
	}
	w->turns += out->count > 0;
	return out->count > 0;
}

static void
give_turn(void *data, size_t slot, const struct issue_turn *turn)
{
	struct waiting *w = data;

	for (size_t i = 0; i < turn->count; i++)
		answer_issue(
		    w->clerk, &w->places[slot][i], &turn->works[i]);
}

static void
handle_issue(struct signer *s, struct channel *clerk, struct message *first)
{
	AUTO(free) struct waiting *w = calloc(1, sizeof(*w));

	if (!w)
		abort();
	w->clerk = clerk;
	w->first = first;
	w->other = (struct message){.fds = {-1, -1}};
	const struct issue_stream stream = {take_turn, give_turn, w};
	signer_issue_stream(s, &stream);
	if (w->other.type != MESSAGE_NONE)
		order_handle(s, clerk, &w->other);
	message_clear(&w->other);
}

static RESULT
make_status(struct signer *s, const struct message *m, struct buf *body)
{
	struct status_order order;
	struct status_result result = {0};

	TRY(status_order_get(span_of_buf(&m->body), &order));
	if (m->type == MESSAGE_revoke)
		TRY(signer_revoke(s, &order, &result));
	else
		TRY(signer_answer(s, &order, &result));
	return status_result_put(body, &result);
}

static void
handle_status(struct signer *s, struct channel *clerk, const struct message *m)
{
	AUTO(buf_clear) struct buf body;
	bool revoke = m->type == MESSAGE_revoke;

	buf_init(&body, WIRE_MAX);
	enum err result = make_status(s, m, &body);
	if (result != OK) {
		refuse(clerk, m->request, result, err_explanation());
		return;
	}
	reply(clerk, revoke ? MESSAGE_revoked : MESSAGE_ocsp_signed, m->request,
	    &body, NULL, 0);
}

static RESULT
make_told(struct signer *s, const struct message *m, struct buf *body)
{
	static struct ocsp_ask ask; /* one loop, no threads */

	TRY(ocsp_ask_get(span_of_buf(&m->body), &ask));
	return signer_tell(s, &ask, body);
}

static void
handle_ask(struct signer *s, struct channel *clerk, const struct message *m)
{
	AUTO(buf_clear) struct buf body;

	buf_init(&body, WIRE_MAX);
	enum err result = make_told(s, m, &body);
	if (result != OK) {
		refuse(clerk, m->request, result, err_explanation());
		return;
	}
	reply(clerk, MESSAGE_ocsp_told, m->request, &body, NULL, 0);
}

static RESULT
make_list(struct signer *s, const struct message *m, struct buf *body, int *fd)
{
	AUTO(memfile_clear) struct memfile entries = {0};
	AUTO(buf_clear) struct buf list;
	struct crl_order order;
	struct crl_result result;

	buf_init(&list, 0);
	TRY(crl_order_get(span_of_buf(&m->body), &order));
	TRY(memfile_map(m->fds[0], order.count * CRL_ENTRY_SIZE_MAX, &entries));
	order.entries = entries.bytes;
	TRY(signer_publish(s, &order, &list, &result));
	TRY(crl_result_put(body, &result));
	return memfile_make(span_of_buf(&list), fd);
}

static void
handle_publish(struct signer *s, struct channel *clerk, const struct message *m)
{
	AUTO(buf_clear) struct buf body;
	AUTO(close) int fd = -1;

	buf_init(&body, WIRE_MAX);
	enum err result = make_list(s, m, &body, &fd);
	if (result != OK) {
		refuse(clerk, m->request, result, err_explanation());
		return;
	}
	reply(clerk, MESSAGE_crl, m->request, &body, &fd, 1);
}

static RESULT
make_changes(struct signer *s, const struct message *m, struct buf *body)
{
	static struct ledger_changes changes; /* one loop, no threads */
	struct ledger_question q;

	TRY(ledger_question_get(span_of_buf(&m->body), &q));
	TRY(records_changes(s->records, &q, &changes));
	return ledger_changes_put(body, &changes);
}

static void
handle_changes(struct signer *s, struct channel *clerk, const struct message *m)
{
	AUTO(buf_clear) struct buf body;

	buf_init(&body, WIRE_MAX);
	enum err result = make_changes(s, m, &body);
	if (result != OK) {
		refuse(clerk, m->request, result, err_explanation());
		return;
	}
	reply(clerk, MESSAGE_changed, m->request, &body, NULL, 0);
}

/* The first end among the authorities, and among their responders. */
static void
soonest(const struct issuing *i, struct signer_state *out)
{
	if (i->certificate.size == 0)
		return;
	if (i->not_after < out->issuing_not_after)
		out->issuing_not_after = i->not_after;
	if (i->responder_not_after < out->responder_not_after)
		out->responder_not_after = i->responder_not_after;
}

static RESULT
make_pin_reply(struct signer *s, const struct message *m, struct buf *body)
{
	struct pin_order order;
	struct pin_result result = {0};

	enum err outcome = pin_order_get(span_of_buf(&m->body), &order);
	if (outcome == OK)
		outcome = m->type == MESSAGE_pin_set
			      ? pins_set(s, &order, &result)
			      : pins_change(s, &order, &result);
	OPENSSL_cleanse(&order, sizeof(order));
	TRY(outcome);
	return pin_result_put(body, &result);
}

static void
handle_pin(struct signer *s, struct channel *clerk, struct message *m)
{
	AUTO(buf_clear) struct buf body;

	buf_init(&body, WIRE_MAX);
	enum err result = make_pin_reply(s, m, &body);
	buf_wipe(&m->body);
	if (result != OK) {
		refuse(clerk, m->request, result, err_explanation());
		return;
	}
	reply(clerk, MESSAGE_pin_reply, m->request, &body, NULL, 0);
}

static RESULT
withdraw(struct signer *s, const struct message *m, struct buf *body)
{
	struct withdrawn_mark mark;
	struct withdrawal w;

	TRY(withdrawal_get(span_of_buf(&m->body), &w));
	TRY(weigh_withdraw(s, &w, &mark));
	return withdrawn_put(body, &mark);
}

static void
handle_withdraw(struct signer *s, struct channel *clerk, const struct message *m)
{
	AUTO(buf_clear) struct buf body;

	buf_init(&body, WIRE_MAX);
	enum err result = withdraw(s, m, &body);
	if (result != OK) {
		refuse(clerk, m->request, result, err_explanation());
		return;
	}
	reply(clerk, MESSAGE_withdrawn, m->request, &body, NULL, 0);
}

static RESULT
make_weighed(struct signer *s, const struct message *m, struct buf *body)
{
	AUTO(buf_clear) struct buf subject;
	struct order order;
	uint32_t operators;

	buf_init(&subject, ORDER_SUBJECT_MAX);
	TRY(order_get(span_of_buf(&m->body), &order));
	/* nobody approves what can never be certified */
	TRY(signer_check_subject(&order, &subject));
	TRY(approve_weigh(s, &order, &operators));
	return weighed_put(body, operators);
}

static void
handle_weigh(struct signer *s, struct channel *clerk, const struct message *m)
{
	AUTO(buf_clear) struct buf body;

	buf_init(&body, WIRE_MAX);
	enum err result = make_weighed(s, m, &body);
	if (result != OK) {
		refuse(clerk, m->request, result, err_explanation());
		return;
	}
	reply(clerk, MESSAGE_weighed, m->request, &body, NULL, 0);
}

static RESULT
make_seal(struct signer *s, const struct message *m, struct buf *body)
{
	static struct seal_result result; /* one loop, no threads */
	struct seal_order order;

	TRY(seal_order_get(span_of_buf(&m->body), &order));
	TRY(signer_seal(s, &order, &result));
	return seal_result_put(body, &result);
}

static void
handle_seal(struct signer *s, struct channel *clerk, const struct message *m)
{
	AUTO(buf_clear) struct buf body;

	buf_init(&body, WIRE_MAX);
	enum err result = make_seal(s, m, &body);
	if (result != OK) {
		refuse(clerk, m->request, result, err_explanation());
		return;
	}
	reply(clerk, MESSAGE_sealed, m->request, &body, NULL, 0);
}

static void
handle_state(struct signer *s, struct channel *clerk, const struct message *m)
{
	AUTO(buf_clear) struct buf body;
	struct records_summary sum;

	buf_init(&body, WIRE_MAX);
	records_summary(s->records, &sum);
	struct signer_state state = {sum.entries, sum.head, sum.issued,
	    sum.revoked, sum.not_issued, INT64_MAX, INT64_MAX};
	for (size_t i = 0; i < AUTHORITY_COUNT; i++)
		soonest(&s->issuing[i], &state);
	if (signer_state_put(&body, &state) != OK) {
		refuse(clerk, m->request, ERR_INTERNAL, err_explanation());
		return;
	}
	reply(clerk, MESSAGE_status_reply, m->request, &body, NULL, 0);
}

void
order_handle(struct signer *s, struct channel *clerk, struct message *m)
{
	/* what was written down and did not become durable is still known
	 * here: told on, it would be gone after the next start */
	if (!records_are_sound(s->records)) {
		refuse(clerk, m->request, ERR_LEDGER,
		    "ledger: a write failed before");
		return;
	}
	switch ((int)m->type) {
	case MESSAGE_issue:
		handle_issue(s, clerk, m);
		return;
	case MESSAGE_revoke:
	case MESSAGE_ocsp_sign:
		handle_status(s, clerk, m);
		return;
	case MESSAGE_ocsp_ask:
		handle_ask(s, clerk, m);
		return;
	case MESSAGE_publish:
		handle_publish(s, clerk, m);
		return;
	case MESSAGE_pin_set:
	case MESSAGE_pin_change:
		handle_pin(s, clerk, m);
		return;
	case MESSAGE_withdraw:
		handle_withdraw(s, clerk, m);
		return;
	case MESSAGE_weigh:
		handle_weigh(s, clerk, m);
		return;
	case MESSAGE_seal:
		handle_seal(s, clerk, m);
		return;
	case MESSAGE_changes:
		handle_changes(s, clerk, m);
		return;
	case MESSAGE_status:
		handle_state(s, clerk, m);
		return;
	default: /* messages.def lets nothing else pass */
		refuse(clerk, m->request, ERR_INVALID, "not an order");
	}
}
