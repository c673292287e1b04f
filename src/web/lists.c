/*
 * An authority that issues and has no list at all is late.
 */
#include "web/lists.h"

#include "base/clock.h"

static RESULT
read_one(struct request *q, struct flow *f, struct list_state *out,
    bool *present)
{
	struct span der;
	enum err code = ca_certificate_load(f->store, &q->arena,
	    authority_name(out->authority), &der);

	*present = code == OK;
	if (code == ERR_NOT_FOUND)
		return OK;
	TRY(code);
	code = authority_list(q, f, out->authority, &out->list);
	if (code != OK && code != ERR_NOT_FOUND)
		return code;
	out->late = code != OK ||
	    crl_is_late(&out->list, authority_issues(out->authority),
		clock_now());
	return OK;
}

RESULT
ledger_read_seen(struct request *q, struct ledger_seen *out)
{
	struct flow *f;

	TRY(request_flow(q, &f));
	return ledger_seen_load(f->store, &q->arena, out);
}

RESULT
signer_read_met(struct request *q, struct signer_met *out)
{
	struct flow *f;

	TRY(request_flow(q, &f));
	return signer_met_load(f->store, &q->arena, out);
}

RESULT
retention_read_waiting(struct request *q, struct retention_due *out)
{
	struct retention_waiting *rows;
	struct flow *f;
	size_t count;

	TRY(request_flow(q, &f));
	TRY(retention_waiting_list(f->store, &q->arena, &rows, &count));
	for (size_t i = 0; i < count; i++) {
		out->pieces += (size_t)rows[i].pieces;
		if (rows[i].pieces > 0 &&
		    (!out->since || rows[i].since < out->since))
			out->since = rows[i].since;
	}
	return OK;
}

RESULT
lists_read(struct request *q, struct list_state *out, size_t *count)
{
	struct flow *f;
	size_t used = 0;

	TRY(request_flow(q, &f));
	for (unsigned i = 0; i < AUTHORITY_COUNT; i++) {
		bool present;

		out[used] = (struct list_state){.authority = i};
		TRY(read_one(q, f, &out[used], &present));
		used += present;
	}
	err_clear();
	*count = used;
	return OK;
}
