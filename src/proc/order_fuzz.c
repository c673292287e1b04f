/*
 * Bodies of messages: the first octet chooses the reader. What a reader takes,
 * its writer must write again, octet for octet: there is one spelling of
 * every message.
 */
#include "proc/order.h"

#include "base/fuzz.h"
#include "proc/control.h"
#include "proc/inspection.h"
#include "proc/pin.h"
#include "proc/seal.h"

#define CROSS(name, type)                                                      \
	static enum err cross_##name(struct span in, struct buf *out)          \
	{                                                                      \
		static struct type body;                                       \
		TRY(name##_get(in, &body));                                    \
		return name##_put(out, &body);                                 \
	}

CROSS(order, order)
CROSS(issue_result, issue_result)
CROSS(status_order, status_order)
CROSS(status_result, status_result)
CROSS(crl_order, crl_order)
CROSS(crl_result, crl_result)
CROSS(withdrawal, withdrawal)
CROSS(withdrawing, withdrawing)
CROSS(weighing, weighing)
CROSS(pin_order, pin_order)
CROSS(pin_result, pin_result)
CROSS(ledger_question, ledger_question)
CROSS(ledger_changes, ledger_changes)
CROSS(inspection_request, inspection_request)
CROSS(still_request, still_request)
CROSS(seal_order, seal_order)
CROSS(seal_result, seal_result)

/* The order, or the entries beside it. */
static enum err
cross_crl_entries(struct span in, struct buf *out)
{
	struct crl_entry e;

	while (in.size > 0) {
		TRY(crl_entry_get(&in, &e));
		TRY(crl_entry_put(out, &e));
	}
	return OK;
}

static enum err
cross_refusal(struct span in, struct buf *out)
{
	enum err code = refusal_get(in);

	/* an unreadable one reads as ERR_INTERNAL and is not written again */
	if (code == ERR_INTERNAL)
		return code;
	return refusal_put(out, code, err_explanation());
}

static enum err
cross_weighed(struct span in, struct buf *out)
{
	uint32_t operators;

	TRY(weighed_get(in, &operators));
	return weighed_put(out, operators);
}

static enum err
cross_peer(struct span in, struct buf *out)
{
	enum role peer;

	TRY(peer_get(in, &peer));
	return peer_put(out, peer);
}

static enum err
cross_ready(struct span in, struct buf *out)
{
	char missing[CONTROL_MISSING_MAX];

	TRY(ready_get(in, missing));
	return ready_put(out, missing);
}

static enum err
cross_programs(struct span in, struct buf *out)
{
	struct program_state states[ROLE_COUNT];
	size_t count;

	TRY(programs_get(in, states, &count));
	return programs_put(out, states, count);
}

static enum err (*const crossings[])(struct span, struct buf *) = {cross_order,
    cross_issue_result, cross_status_order, cross_status_result,
    cross_crl_order, cross_crl_result, cross_refusal, cross_peer, cross_ready,
    cross_programs, cross_inspection_request, cross_still_request,
    cross_pin_order, cross_pin_result, cross_withdrawal, cross_weighing,
    cross_weighed, cross_withdrawing, cross_ledger_question, cross_ledger_changes,
    cross_crl_entries, cross_seal_order, cross_seal_result};

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO(buf_clear) struct buf out;

	buf_init(&out, WIRE_MAX);
	if (size == 0)
		return 0;
	struct span in = SPAN(data + 1, size - 1);
	size_t count = sizeof(crossings) / sizeof(crossings[0]);
	if (crossings[data[0] % count](in, &out) == OK &&
	    !span_equal(in, span_of_buf(&out)))
		abort();
	return 0;
}
