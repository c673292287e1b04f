/*
 * Certificates of authorities that a root revoked, in its own ledger and in the
 * signer's. There are few of them ever.
 */
#include "signer/records_parts.h"

#include "base/clock.h"

static const struct withdrawn *
find(const struct records *r, enum authority root, struct span serial)
{
	for (size_t i = 0; i < r->withdrawn_count; i++) {
		const struct withdrawn *w = &r->withdrawn[i];

		if (w->root == root &&
		    span_equal(SPAN(w->serial, w->serial_size), serial))
			return w;
	}
	return NULL;
}

enum err
learn_authority_revoked(struct records *r, const struct ledger_entry *e)
{
	struct wire_reader w = wire_read(e->body);
	struct withdrawn found = {.root = records_get_authority(&w)};

	found.serial_size = get_octets(&w, found.serial, sizeof(found.serial));
	found.at = (int64_t)get_u64(&w);
	found.reason = get_u8(&w);
	TRY(wire_done(&w));
	if (r->withdrawn_count == RECORDS_WITHDRAWN_MAX)
		return FAIL(ERR_TOO_MANY, "ledger: revoked authorities");
	r->withdrawn[r->withdrawn_count++] = found;
	return OK;
}

RESULT
records_revoke_authority(struct records *r, enum authority root, struct span serial,
    uint8_t reason, int64_t at, int64_t now)
{
	AUTO(buf_clear) struct buf body;

	buf_init(&body, LEDGER_BODY_MAX);
	if (find(r, root, serial))
		return FAIL(ERR_CONFLICT, "revoked before");
	if (r->withdrawn_count == RECORDS_WITHDRAWN_MAX ||
	    serial.size > ORDER_SERIAL_MAX)
		return FAIL(ERR_TOO_MANY, "revoked authorities");
	put_text(&body, authority_name(root));
	put_bytes(&body, serial);
	put_u64(&body, (uint64_t)(at / SECOND * SECOND));
	put_u8(&body, reason);
	return records_append(r, ENTRY_authority_revoked, &body, now);
}

RESULT
records_recall_list(struct records *r, enum authority root, struct span list,
    int64_t now, size_t *recalled)
{
	struct crl_item items[RECORDS_WITHDRAWN_MAX];
	size_t count;

	*recalled = 0;
	TRY(crl_items(list, items, RECORDS_WITHDRAWN_MAX, &count));
	for (size_t i = 0; i < count; i++) {
		if (find(r, root, items[i].serial))
			continue;
		TRY(records_revoke_authority(r, root, items[i].serial,
		    items[i].reason, items[i].revoked_at, now));
		(*recalled)++;
	}
	return OK;
}

bool
records_withdrawn(
    const struct records *r, enum authority root, struct span serial)
{
	return find(r, root, serial);
}

size_t
records_withdrawn_items(const struct records *r, enum authority root,
    struct crl_item items[RECORDS_WITHDRAWN_MAX])
{
	size_t count = 0;

	for (size_t i = 0; i < r->withdrawn_count; i++) {
		const struct withdrawn *w = &r->withdrawn[i];

		if (w->root == root)
			items[count++] = (struct crl_item){
			    SPAN(w->serial, w->serial_size), w->at, w->reason};
	}
	return count;
}
