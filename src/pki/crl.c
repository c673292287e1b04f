/*
 * Writing revocation lists.
 */
#include "pki/crl.h"

#include "base/clock.h"
#include "base/enum.h"
#include "pki/certificate.h"
#include "pki/oids.h"

/* An entry: serial 22, time 17, reason 12, and the lengths around them. */
#define ENTRY_MAX ((size_t)64)
#define FRAME_MAX ((size_t)4096)

static const bool reasons[] = {
    true,  /* unspecified */
    true,  /* keyCompromise */
    false, /* cACompromise */
    true,  /* affiliationChanged */
    true,  /* superseded */
    true,  /* cessationOfOperation */
    false, /* certificateHold */
    false, /* (unused) */
    false, /* removeFromCRL */
    true,  /* privilegeWithdrawn */
    false, /* aACompromise */
};

bool
crl_reason_allowed(uint8_t reason)
{
	return reason < COUNT_OF(reasons) && reasons[reason];
}

size_t
crl_size_max(size_t count)
{
	return FRAME_MAX + count * ENTRY_MAX;
}

static void
put_extension(struct der *d, const char *oid, struct span value)
{
	der_open(d, DER_SEQUENCE);
	der_put_oid(d, oid);
	der_put(d, DER_OCTETS, value);
	der_close(d);
}

static void
put_item(struct der *d, const struct crl_item *item)
{
	uint8_t reason[] = {DER_ENUMERATED, 1, item->reason};

	der_open(d, DER_SEQUENCE);
	der_put_unsigned(d, DER_INTEGER, item->serial);
	der_put_time(d, item->revoked_at);
	if (item->reason != 0) {
		der_open(d, DER_SEQUENCE);
		put_extension(d, OID_REASON, SPAN(reason, sizeof(reason)));
		der_close(d);
	}
	der_close(d);
}

static RESULT
put_extensions(
    struct der *d, const struct crl_facts *f, const struct certificate *issuer)
{
	const struct extension *key =
	    certificate_extension(issuer, OID_SUBJECT_KEY);
	AUTO(der_clear) struct der value;
	struct span id, ski = key ? key->value : SPAN(NULL, 0);

	der_init(&value, 256);
	TRY(der_take(&ski, DER_OCTETS, &id));
	der_open(&value, DER_SEQUENCE);
	der_put(&value, DER_CONTEXT(0), id);
	der_close(&value);
	size_t number_at = value.bytes.size;
	der_put_number(&value, DER_INTEGER, f->number);
	size_t expired_at = value.bytes.size;
	der_put_generalized(&value, DER_GENERALIZED_TIME, issuer->not_before);
	TRY(der_done(&value));
	const uint8_t *at = value.bytes.data;
	der_open(d, DER_CONTEXT_OF(0));
	der_open(d, DER_SEQUENCE);
	put_extension(d, OID_AUTHORITY_KEY, SPAN(at, number_at));
	put_extension(
	    d, OID_CRL_NUMBER, SPAN(at + number_at, expired_at - number_at));
	if (f->keeps_expired)
		put_extension(d, OID_EXPIRED_ON_CRL,
		    SPAN(at + expired_at, value.bytes.size - expired_at));
	der_close(d);
	der_close(d);
	return OK;
}

static RESULT
check_facts(const struct crl_facts *f)
{
	if (f->next_update <= f->this_update || f->this_update % SECOND ||
	    f->next_update % SECOND)
		return FAIL(ERR_INTERNAL, "list with wrong times");
	if (f->entries && f->entries->latest > f->this_update)
		return FAIL(ERR_INVALID, "revoked in the future");
	return OK;
}

RESULT
crl_entries_add(
    struct crl_entries *e, const struct crl_item *items, size_t count)
{
	AUTO(der_clear) struct der d;

	der_init(&d, count * ENTRY_MAX);
	for (size_t i = 0; i < count; i++)
		put_item(&d, &items[i]);
	TRY(der_done(&d));
	e->der.ceiling = e->der.size + d.bytes.size;
	TRY(buf_add_span(&e->der, span_of_buf(&d.bytes)));
	e->count += count;
	for (size_t i = 0; i < count; i++)
		if (items[i].revoked_at > e->latest)
			e->latest = items[i].revoked_at;
	return OK;
}

void
crl_entries_clear(struct crl_entries *e)
{
	buf_clear(&e->der);
	*e = (struct crl_entries){.count = 0};
}

RESULT
crl_build(
    const struct crl_facts *f, const struct signing_key *key, struct buf *out)
{
	struct certificate issuer;
	struct span entries =
	    f->entries ? span_of_buf(&f->entries->der) : SPAN(NULL, 0);
	AUTO(der_clear) struct der d;

	der_init(&d, FRAME_MAX + entries.size);
	TRY(check_facts(f));
	TRY(certificate_parse(f->issuer_certificate, &issuer));
	der_open(&d, DER_SEQUENCE);
	der_put_number(&d, DER_INTEGER, 1); /* v2 */
	der_put_raw(&d, signature_algorithm_der(key->algorithm));
	der_put_raw(&d, issuer.subject.der);
	der_put_time(&d, f->this_update);
	der_put_time(&d, f->next_update);
	if (entries.size > 0) /* an empty list is left out (B-11) */
		der_put(&d, DER_SEQUENCE, entries);
	TRY(put_extensions(&d, f, &issuer));
	der_close(&d);
	TRY(der_done(&d));
	return signed_object(span_of_buf(&d.bytes), key, out);
}

static RESULT
count_items(struct span list, size_t *out)
{
	struct span item;
	size_t count = 0;

	for (; list.size > 0; count++)
		TRY(der_take(&list, DER_SEQUENCE, &item));
	*out = count;
	return OK;
}

static RESULT
read_number(struct span wrapped, uint64_t *out)
{
	struct span list, one, oid, flag, value, number;
	bool present;

	TRY(der_take(&wrapped, DER_SEQUENCE, &list));
	while (list.size > 0) {
		TRY(der_take(&list, DER_SEQUENCE, &one));
		TRY(der_take(&one, DER_OID, &oid));
		TRY(der_take_if(&one, DER_BOOLEAN, &present, &flag));
		TRY(der_take(&one, DER_OCTETS, &value));
		if (!der_oid_is(oid, OID_CRL_NUMBER))
			continue;
		TRY(der_take(&value, DER_INTEGER, &number));
		return der_get_number(number, out);
	}
	return FAIL(ERR_INVALID, "list without a number");
}

static RESULT
read_times(struct span *tbs, struct crl_outline *out)
{
	struct der_item item;

	TRY(der_next(tbs, &item));
	TRY(der_get_time(item.tag, item.content, &out->this_update));
	TRY(der_next(tbs, &item));
	return der_get_time(item.tag, item.content, &out->next_update);
}

/* list: the revoked certificates, empty when there are none. */
static RESULT
take_apart(struct span der, struct crl_outline *out, struct span *list)
{
	struct crl_outline found = {0};
	struct span whole, tbs, skipped, wrapped;
	struct der_item issuer;
	bool present;

	*list = SPAN(NULL, 0);
	TRY(der_take(&der, DER_SEQUENCE, &whole));
	TRY(der_end(der));
	TRY(der_take(&whole, DER_SEQUENCE, &tbs));
	TRY(der_take(&tbs, DER_INTEGER, &skipped));
	TRY(der_take(&tbs, DER_SEQUENCE, &skipped));
	TRY(der_next(&tbs, &issuer));
	found.issuer = issuer.whole;
	TRY(read_times(&tbs, &found));
	TRY(der_take_if(&tbs, DER_SEQUENCE, &present, list));
	if (present)
		TRY(count_items(*list, &found.count));
	TRY(der_take(&tbs, DER_CONTEXT_OF(0), &wrapped));
	TRY(read_number(wrapped, &found.number));
	*out = found;
	return OK;
}

RESULT
crl_outline(struct span der, struct crl_outline *out)
{
	struct span list;

	return take_apart(der, out, &list);
}

RESULT
crl_names(struct span der, struct span serial, bool *out)
{
	struct crl_outline all;
	struct span list, item, found;

	TRY(take_apart(der, &all, &list));
	*out = false;
	while (list.size > 0 && !*out) {
		TRY(der_take(&list, DER_SEQUENCE, &item));
		TRY(der_take(&item, DER_INTEGER, &found));
		*out = span_equal(found, serial);
	}
	return OK;
}

/* Of an entry's extensions; none: unspecified. */
static RESULT
read_reason(struct span extensions, uint8_t *out)
{
	struct span one, oid, flag, value, reason;
	bool present;

	while (extensions.size > 0) {
		TRY(der_take(&extensions, DER_SEQUENCE, &one));
		TRY(der_take(&one, DER_OID, &oid));
		TRY(der_take_if(&one, DER_BOOLEAN, &present, &flag));
		TRY(der_take(&one, DER_OCTETS, &value));
		if (!der_oid_is(oid, OID_REASON))
			continue;
		TRY(der_take(&value, DER_ENUMERATED, &reason));
		if (reason.size != 1)
			return FAIL(ERR_INVALID, "a reason of a list");
		*out = reason.data[0];
	}
	return OK;
}

static RESULT
read_item(struct span item, struct crl_item *out)
{
	struct span extensions;
	struct der_item time;
	bool present;

	*out = (struct crl_item){0};
	TRY(der_take(&item, DER_INTEGER, &out->serial));
	TRY(der_next(&item, &time));
	TRY(der_get_time(time.tag, time.content, &out->revoked_at));
	TRY(der_take_if(&item, DER_SEQUENCE, &present, &extensions));
	if (present)
		TRY(read_reason(extensions, &out->reason));
	return der_end(item);
}

RESULT
crl_items(struct span der, struct crl_item *items, size_t room, size_t *count)
{
	struct crl_outline all;
	struct span list, item;
	size_t n = 0;

	TRY(take_apart(der, &all, &list));
	while (list.size > 0) {
		TRY(der_take(&list, DER_SEQUENCE, &item));
		if (n == room)
			return FAIL(ERR_TOO_MANY, "entries of a list");
		TRY(read_item(item, &items[n++]));
	}
	*count = n;
	return OK;
}

RESULT
crl_verify(struct span der, struct span public_key)
{
	struct span whole, bits, signature;
	struct der_item tbs, algorithm;

	TRY(der_take(&der, DER_SEQUENCE, &whole));
	TRY(der_end(der));
	TRY(der_next(&whole, &tbs));
	TRY(der_next(&whole, &algorithm));
	TRY(der_take(&whole, DER_BITS, &bits));
	TRY(der_end(whole));
	TRY(der_get_octet_bits(bits, &signature));
	return signature_verify(
	    public_key, algorithm.whole, tbs.whole, signature);
}
