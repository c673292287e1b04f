/*
 * Reading revocation lists as far as their dates and number (RFC 5280 5.1).
 */
#include "status/crl_outline.h"

#include "base/clock.h"

#define OID_CRL_NUMBER "2.5.29.20"

static RESULT
take_time(struct span *rest, int64_t *out)
{
	struct der_item item;

	TRY(der_next(rest, &item));
	return der_get_time(item.tag, item.content, out);
}

static RESULT
count_entries(struct span list, size_t *out)
{
	struct span entry;
	size_t count = 0;

	while (list.size > 0) {
		TRY(der_take(&list, DER_SEQUENCE, &entry));
		count++;
	}
	*out = count;
	return OK;
}

static RESULT
read_number(struct span extensions, uint64_t *out)
{
	struct span one, oid, flag, value, number;
	bool present;

	while (extensions.size > 0) {
		TRY(der_take(&extensions, DER_SEQUENCE, &one));
		TRY(der_take(&one, DER_OID, &oid));
		TRY(der_take_if(&one, DER_BOOLEAN, &present, &flag));
		TRY(der_take(&one, DER_OCTETS, &value));
		if (!der_oid_is(oid, OID_CRL_NUMBER))
			continue;
		TRY(der_take(&value, DER_INTEGER, &number));
		TRY(der_get_number(number, out));
	}
	return OK;
}

static RESULT
read_tbs(struct span tbs, struct crl_outline *out)
{
	struct span skipped, entries, wrapped, extensions;
	bool present;

	TRY(der_take(&tbs, DER_INTEGER, &skipped));  /* version 2 */
	TRY(der_take(&tbs, DER_SEQUENCE, &skipped)); /* algorithm */
	TRY(der_take(&tbs, DER_SEQUENCE, &skipped)); /* issuer */
	TRY(take_time(&tbs, &out->this_update));
	TRY(take_time(&tbs, &out->next_update));
	TRY(der_take_if(&tbs, DER_SEQUENCE, &present, &entries));
	if (present)
		TRY(count_entries(entries, &out->entries));
	TRY(der_take_if(&tbs, DER_CONTEXT_OF(0), &present, &wrapped));
	if (present) {
		TRY(der_take(&wrapped, DER_SEQUENCE, &extensions));
		TRY(read_number(extensions, &out->number));
	}
	return der_end(tbs);
}

RESULT
crl_outline(struct span der, struct crl_outline *out)
{
	struct crl_outline found = {0};
	struct span whole, tbs;

	TRY(der_take(&der, DER_SEQUENCE, &whole));
	TRY(der_end(der));
	TRY(der_take(&whole, DER_SEQUENCE, &tbs));
	TRY(read_tbs(tbs, &found));
	*out = found;
	return OK;
}

bool
crl_is_late(const struct crl_outline *list, bool issues, int64_t now)
{
	int64_t half = (list->next_update - list->this_update) / 2;

	if (list->next_update == CLOCK_FOREVER)
		return false;
	if (!issues)
		return now >= list->next_update - 7 * DAY;
	half = half < DAY ? half : DAY;
	return now >= list->this_update + half + HOUR ||
	    now >= list->next_update;
}
