/*
 * Rules about the fields of a certificate: version, serial, algorithm,
 * validity, key.
 */
#include "pki/lint_rules.h"

#include "base/clock.h"
#include "base/enum.h"
#include "pki/key.h"
#include "pki/signing.h"

#define SERIAL_OCTETS_MIN 8
#define SERIAL_OCTETS_MAX 20

/* TS 119 312: RSA of 1900 to 2999 bits, no new ones after 2026-12-31, and
 * those there are end by 2028-12-31. */
#define RSA_TINY_BITS 1900
#define RSA_SMALL_BITS 3000
#define RSA_SMALL_LAST_ISSUE INT64_C(1798761599000) /* 2026-12-31T23:59:59Z */
#define RSA_SMALL_LAST_DAY INT64_C(1861919999000)   /* 2028-12-31T23:59:59Z */

void
rule_version(struct lint *l)
{
	if (l->certificate.version != 2)
		lint_object(l, "version %llu",
		    (unsigned long long)l->certificate.version + 1);
}

static bool
is_zero(struct span number)
{
	return number.size == 1 && number.data[0] == 0;
}

void
rule_serial(struct lint *l)
{
	struct span serial = l->certificate.serial;

	if (serial.data[0] & 0x80)
		lint_object(l, "negative");
	else if (is_zero(serial))
		lint_object(l, "zero");
	else if (serial.size > SERIAL_OCTETS_MAX)
		lint_object(l, "%zu octets", serial.size);
}

void
rule_serial_random(struct lint *l)
{
	if (l->certificate.serial.size < SERIAL_OCTETS_MIN)
		lint_object(l, "%zu octets", l->certificate.serial.size);
}

/* N14 */
void
rule_serial_unique(struct lint *l)
{
	const struct lint_registry *r = l->context->registry;

	if (r && r->serial_is_used &&
	    r->serial_is_used(r->data, l->certificate.serial))
		lint_object(l, "used");
}

void
rule_algorithm(struct lint *l)
{
	const struct certificate *c = &l->certificate;

	if (c->algorithm.size > 0 &&
	    !span_equal(c->algorithm, c->inner_algorithm))
		lint_object(l, "inside and outside differ");
}

void
rule_algorithm_accepted(struct lint *l)
{
	if (signature_algorithm_find(l->certificate.inner_algorithm) ==
	    SIGNATURE_ALGORITHM_COUNT)
		lint_object(l, "none of ECDSA with SHA-256 or SHA-384, "
			       "RSA or RSA-PSS with SHA-256");
}

/* By MD2, MD5 and SHA-1. */
void
rule_algorithm_weak(struct lint *l)
{
	static const char *const weak[] = {"1.2.840.113549.1.1.2",
	    "1.2.840.113549.1.1.4", "1.2.840.113549.1.1.5", "1.2.840.10045.4.1",
	    "1.2.840.10040.4.3"};
	struct span algorithm = l->certificate.inner_algorithm, rest, oid;

	if (der_take(&algorithm, DER_SEQUENCE, &rest) != OK ||
	    der_take(&rest, DER_OID, &oid) != OK) {
		lint_object_if(l, ERR_INVALID);
		return;
	}
	for (size_t i = 0; i < COUNT_OF(weak); i++)
		if (der_oid_is(oid, weak[i]))
			lint_object(l, "%s", weak[i]);
}

/* The digest is as long as the curve is; the kind of key as named. */
static bool
fits(enum signature_algorithm algorithm, enum key_kind key)
{
	switch (algorithm) {
	case ECDSA_SHA256:
		return key == KEY_p256;
	case ECDSA_SHA384:
		return key == KEY_p384;
	case RSA_SHA256:
	case RSA_PSS_SHA256:
		return key == KEY_rsa3072 || key == KEY_rsa4096;
	case SIGNATURE_ALGORITHM_COUNT:
		break;
	}
	return true; /* algorithm_accepted objects */
}

void
rule_algorithm_fits(struct lint *l)
{
	enum signature_algorithm algorithm =
	    signature_algorithm_find(l->certificate.inner_algorithm);
	enum key_kind key;

	if (!l->issuer_known)
		return;
	if (public_key_judge(l->issuer.public_key, &key) != KEY_accepted)
		err_clear(); /* of another's issuer: nothing to compare */
	else if (!fits(algorithm, key))
		lint_object(l, "issuer's key is %s", key_kind_name(key));
}

void
rule_validity(struct lint *l)
{
	if (l->certificate.not_after <= l->certificate.not_before)
		lint_object(l, "ends before it begins");
}

/* UTCTime up to 2049, GeneralizedTime from 2050. */
static bool
wrong_form(uint8_t tag, int64_t ms)
{
	int year, month, day;

	clock_date(ms, &year, &month, &day);
	return (tag == DER_UTC_TIME) != (year < 2050);
}

void
rule_time_form(struct lint *l)
{
	const struct certificate *c = &l->certificate;

	if (wrong_form(c->not_before_tag, c->not_before))
		lint_object(l, "notBefore");
	if (wrong_form(c->not_after_tag, c->not_after))
		lint_object(l, "notAfter");
}

void
rule_validity_length(struct lint *l)
{
	const struct certificate *c = &l->certificate;

	if (c->not_after - c->not_before >= l->profile->longest_days * DAY)
		lint_object(l, "longer than %lld days",
		    (long long)l->profile->longest_days);
}

void
rule_validity_within_issuer(struct lint *l)
{
	if (!l->issuer_known)
		return;
	if (l->certificate.not_after > l->issuer.not_after ||
	    l->certificate.not_before < l->issuer.not_before)
		lint_object(l, "outside the issuer's validity");
}

void
rule_unique_ids(struct lint *l)
{
	if (l->certificate.unique_ids)
		lint_object(l, "present");
}

/* N11 */
void
rule_rsa_end(struct lint *l)
{
	const struct certificate *c = &l->certificate;
	int bits = 0;

	if (public_key_rsa_bits(c->public_key, &bits) != OK) {
		err_clear(); /* public_key objects */
		return;
	}
	if (bits == 0 || bits >= RSA_SMALL_BITS)
		return;
	if (bits < RSA_TINY_BITS)
		lint_object(l, "%d bits", bits);
	if (c->not_before > RSA_SMALL_LAST_ISSUE)
		lint_object(l, "%d bits, issued after 2026", bits);
	if (c->not_after > RSA_SMALL_LAST_DAY)
		lint_object(l, "%d bits, valid after 2028", bits);
}

void
rule_public_key(struct lint *l)
{
	enum key_kind kind;

	if (public_key_judge(l->certificate.public_key, &kind) == KEY_broken)
		lint_object_if(l, ERR_INVALID);
	err_clear();
}

/* A larger RSA key is what a smaller one is asked for. */
void
rule_key_kind(struct lint *l)
{
	unsigned accepted = l->profile->keys;
	enum key_kind kind;

	if (accepted & KEY_BIT(rsa3072))
		accepted |= KEY_BIT(rsa4096);
	if (public_key_judge(l->certificate.public_key, &kind) != KEY_accepted)
		lint_object_if(l, ERR_INVALID);
	else if (!(accepted & 1u << kind))
		lint_object(l, "%s", key_kind_name(kind));
}

void
rule_key_of_another(struct lint *l)
{
	const struct lint_registry *r = l->context->registry;
	struct digest key = public_key_digest(l->certificate.public_key);

	if (r && r->another_has_key && r->another_has_key(r->data, &key))
		lint_object(l, "taken");
}
