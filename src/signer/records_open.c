/*
 * Opening the ledger's records, and what can be asked of all of them.
 */
#include "signer/records_parts.h"

#include "base/enum.h"
#include "pki/profile.h"

RESULT
records_settle(struct records *r, int64_t now, size_t *repaired)
{
	size_t count = r->count, settled = 0;

	for (size_t i = 0; i < count; i++) {
		char registration[ID_SIZE];

		if (r->all[i].state != RECORD_intended)
			continue;
		memcpy(registration, r->all[i].registration, ID_SIZE);
		TRY(records_give_up(r, registration, now));
		settled++;
	}
	*repaired += settled;
	return settled ? records_sync(r) : OK;
}

RESULT
records_read(const char *dir, struct records **out, size_t *repaired)
{
	AUTO(records_close) struct records *r = calloc(1, sizeof(*r));
	bool dropped;

	if (!r)
		abort();
	TRY(ledger_open(dir, records_learn, r, &r->ledger, &dropped));
	*repaired = dropped;
	*out = STEAL(r);
	return OK;
}

RESULT
records_open(
    const char *dir, int64_t now, struct records **out, size_t *repaired)
{
	AUTO(records_close) struct records *r = NULL;

	TRY(records_read(dir, &r, repaired));
	TRY(records_settle(r, now, repaired));
	*out = STEAL(r);
	return OK;
}

RESULT
records_look(const char *dir, struct records **out, bool *unfinished)
{
	AUTO(records_close) struct records *r = calloc(1, sizeof(*r));

	if (!r)
		abort();
	TRY(ledger_open_shared(dir, records_learn, r, &r->ledger, unfinished));
	*out = STEAL(r);
	return OK;
}

void
records_close(struct records *r)
{
	if (!r)
		return;
	ledger_close(r->ledger);
	free(r->all);
	free(r->by_registration.slots);
	free(r->by_serial.slots);
	free(r->pins);
	free(r->brought);
	records_free_answerers(r);
	free(r->by_pin.slots);
	free(r->standings);
	free(r->steps);
	for (size_t i = 0; i < AUTHORITY_COUNT; i++)
		free(r->revoked[i]);
	free(r->by_standing.slots);
	free(r);
}

bool
record_was_put_back(const struct record *record)
{
	static const struct digest none;

	return memcmp(record->order.bytes, none.bytes, DIGEST_SIZE) == 0;
}

bool
record_in_token(const struct record *record)
{
	const struct profile *p = profile_find(record->profile);

	return p && profile_in_device(p);
}

RESULT
records_each_abandoned(struct records *r,
    enum err (*visit)(void *data, const struct record *record), void *data)
{
	for (size_t i = 0; i < r->count; i++)
		if (r->all[i].state == RECORD_not_issued &&
		    !records_find_registration(r, r->all[i].registration))
			TRY(visit(data, &r->all[i]));
	return OK;
}

int64_t
records_last_time(const struct records *r)
{
	return ledger_last_time(r->ledger);
}

size_t
records_count(const struct records *r)
{
	return r->count;
}

size_t
records_place(const struct records *r, const struct record *record)
{
	return (size_t)(record - r->all);
}

size_t
records_revoked_count(const struct records *r, enum authority authority)
{
	return r->revoked_count[authority];
}

RESULT
records_each_issued(const struct records *r,
    enum err (*visit)(void *data, const struct record *record), void *data)
{
	for (size_t i = 0; i < r->count; i++)
		if (r->all[i].state == RECORD_issued)
			TRY(visit(data, &r->all[i]));
	return OK;
}

const struct record *
records_revoked(const struct records *r, enum authority authority, size_t number)
{
	return number < r->revoked_count[authority]
		   ? &r->all[r->revoked[authority][number]]
		   : NULL;
}

void
records_summary(const struct records *r, struct records_summary *out)
{
	*out = (struct records_summary){0};
	out->entries = ledger_head(r->ledger, &out->head);
	for (size_t i = 0; i < r->count; i++) {
		out->issued += r->all[i].state == RECORD_issued;
		out->not_issued += r->all[i].state == RECORD_not_issued;
		out->revoked += r->all[i].revoked_at != 0;
	}
}
