/*
 * Rules about the fields of a certificate: version, serial, algorithm,
 * validity, key.
 */
#include "pki/lint_rules.h"

#include "base/clock.h"
#include "pki/csr.h"
#include "pki/signing.h"

#define SERIAL_OCTETS_MIN 8
#define SERIAL_OCTETS_MAX 20

void
rule_version(struct lint *l)
{
	if (l->certificate.version != 2)
		lint_object(l, "version %llu",
		    (unsigned long long)l->certificate.version + 1);
}

void
rule_serial(struct lint *l)
{
	struct span serial = l->certificate.serial;

	if (serial.data[0] & 0x80)
		lint_object(l, "negative");
	else if (serial.size > SERIAL_OCTETS_MAX ||
		 serial.size < SERIAL_OCTETS_MIN)
		lint_object(l, "%zu octets", serial.size);
}

void
rule_algorithm(struct lint *l)
{
	const struct certificate *c = &l->certificate;
	bool known = false;

	for (unsigned i = 0; i < SIGNATURE_ALGORITHM_COUNT; i++)
		known |= span_equal(c->inner_algorithm,
			     signature_algorithm_der(
				 (enum signature_algorithm)i)) != 0;
	if (!known)
		lint_object(l, "not an accepted algorithm");
	if (c->algorithm.size > 0 &&
	    !span_equal(c->algorithm, c->inner_algorithm))
		lint_object(l, "inside and outside differ");
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
rule_validity(struct lint *l)
{
	const struct certificate *c = &l->certificate;

	if (c->not_after <= c->not_before)
		lint_object(l, "ends before it begins");
	else if (c->not_after - c->not_before >= l->profile->longest_days * DAY)
		lint_object(l, "longer than %lld days",
		    (long long)l->profile->longest_days);
	if (wrong_form(c->not_before_tag, c->not_before) ||
	    wrong_form(c->not_after_tag, c->not_after))
		lint_object(l, "wrong form of time");
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

void
rule_public_key(struct lint *l)
{
	if (public_key_check(l->certificate.public_key) == OK)
		return;
	lint_object(l, "%s", err_explanation());
	err_clear();
}
