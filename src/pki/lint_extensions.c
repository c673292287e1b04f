/*
 * Rules about extensions: keys and usages, constraints, and which extensions
 * there may be at all. Each reads its extension by itself instead of asking
 * the builder what it would have written: a mistake in the builder must not
 * be its own excuse.
 */
#include "pki/lint_rules.h"

#include "base/enum.h"
#include "pki/oids.h"

#include <openssl/sha.h>

#define NO_BITS 0x200 /* no keyUsage has this */

void
rule_extensions(struct lint *l)
{
	static const char *const known[] = {OID_SUBJECT_KEY, OID_KEY_USAGE,
	    OID_BASIC_CONSTRAINTS, OID_CRL_POINTS, OID_POLICIES,
	    OID_AUTHORITY_KEY, OID_PURPOSES, OID_AUTHORITY_INFO,
	    OID_OCSP_NO_CHECK, OID_QC_STATEMENTS, OID_VALIDITY_ASSURED,
	    OID_NO_REVOCATION};
	const struct certificate *c = &l->certificate;

	for (size_t i = 0; i < c->extension_count; i++)
		if (enum_find(known, COUNT_OF(known), c->extensions[i].oid) ==
		    COUNT_OF(known))
			lint_object(l, "%.60s", c->extensions[i].oid);
}

void
rule_extensions_once(struct lint *l)
{
	const struct certificate *c = &l->certificate;

	for (size_t i = 0; i < c->extension_count; i++) {
		const struct extension *e = &c->extensions[i];

		if (certificate_extension(c, e->oid) != e)
			lint_object(l, "%.60s twice", e->oid);
	}
}

void
rule_extensions_forbidden(struct lint *l)
{
	static const char *const forbidden[] = {OID_POLICY_MAPPINGS,
	    OID_NAME_CONSTRAINTS, OID_POLICY_CONSTRAINTS,
	    OID_INHIBIT_ANY_POLICY};

	for (size_t i = 0; i < COUNT_OF(forbidden); i++)
		if (certificate_extension(&l->certificate, forbidden[i]))
			lint_object(l, "%s", forbidden[i]);
}

/* N7 */
void
rule_not_critical(struct lint *l)
{
	static const char *const never[] = {OID_AUTHORITY_KEY, OID_SUBJECT_KEY,
	    OID_AUTHORITY_INFO, OID_CRL_POINTS, OID_QC_STATEMENTS,
	    OID_ALTERNATIVE_NAME, OID_ISSUER_ALTERNATIVE_NAME, OID_PURPOSES,
	    OID_DIRECTORY_ATTRIBUTES, OID_FRESHEST_CRL, OID_KEY_PERIOD,
	    OID_OCSP_NO_CHECK, OID_VALIDITY_ASSURED, OID_NO_REVOCATION};
	const struct certificate *c = &l->certificate;

	for (size_t i = 0; i < c->extension_count; i++)
		if (c->extensions[i].critical &&
		    enum_find(never, COUNT_OF(never), c->extensions[i].oid) <
			COUNT_OF(never))
			lint_object(l, "%.60s", c->extensions[i].oid);
}

static RESULT
read_key_id(struct span value, struct span *out)
{
	TRY(der_take(&value, DER_OCTETS, out));
	return der_end(value);
}

struct authority_key {
	struct span id;
	bool alone; /* neither issuer nor serial beside it */
};

static RESULT
read_authority_key(struct span value, struct authority_key *out)
{
	struct span rest;

	TRY(der_take(&value, DER_SEQUENCE, &rest));
	TRY(der_end(value));
	TRY(der_take(&rest, DER_CONTEXT(0), &out->id));
	out->alone = rest.size == 0;
	return OK;
}

static RESULT
check_authority_key(const struct lint *l)
{
	const struct extension *mine;
	struct authority_key key;
	struct span expected;

	if (!certificate_extension(&l->certificate, OID_AUTHORITY_KEY))
		return FAIL(ERR_INVALID, "absent");
	TRY(read_authority_key(lint_value(l, OID_AUTHORITY_KEY), &key));
	if (!l->issuer_known)
		return OK;
	mine = certificate_extension(&l->issuer, OID_SUBJECT_KEY);
	if (!mine)
		return FAIL(ERR_INVALID, "issuer without key identifier");
	TRY(read_key_id(mine->value, &expected));
	if (!span_equal(key.id, expected))
		return FAIL(ERR_INVALID, "not the issuer's");
	return OK;
}

void
rule_authority_key(struct lint *l)
{
	lint_object_if(l, check_authority_key(l));
}

void
rule_authority_key_alone(struct lint *l)
{
	struct authority_key key;

	if (read_authority_key(lint_value(l, OID_AUTHORITY_KEY), &key) != OK)
		err_clear(); /* authority_key objects */
	else if (!key.alone)
		lint_object(l, "not alone");
}

void
rule_subject_key(struct lint *l)
{
	struct span value = lint_value(l, OID_SUBJECT_KEY), id;

	if (value.size > 0)
		lint_object_if(l, read_key_id(value, &id));
	else if (l->profile->ca)
		lint_object(l, "absent");
}

void
rule_subject_key_absent(struct lint *l)
{
	if (!certificate_extension(&l->certificate, OID_SUBJECT_KEY))
		lint_object(l, "absent");
}

void
rule_subject_key_value(struct lint *l)
{
	struct span bits = l->certificate.key_bits, id;
	uint8_t expected[SHA_DIGEST_LENGTH];

	SHA1(bits.data, bits.size, expected);
	if (read_key_id(lint_value(l, OID_SUBJECT_KEY), &id) != OK)
		lint_object_if(l, ERR_INVALID);
	else if (!span_equal(id, SPAN(expected, sizeof(expected))))
		lint_object(l, "not of this key");
}

/* The bits of a keyUsage, with DER's rule on trailing zeros. */
static RESULT
read_usage(struct span value, unsigned *out)
{
	struct span bits;
	unsigned usage = 0;

	TRY(der_take(&value, DER_BITS, &bits));
	TRY(der_end(value));
	if (bits.size < 2 || bits.size > 3 || bits.data[0] > 7)
		return FAIL(ERR_INVALID, "no bits, or too many");
	uint8_t last = bits.data[bits.size - 1];
	if (last == 0 || (last & -last) != 1 << bits.data[0])
		return FAIL(ERR_INVALID, "not in DER's form");
	for (unsigned bit = 0; bit < 8 * (bits.size - 1); bit++)
		if (bits.data[1 + bit / 8] & 0x80u >> bit % 8)
			usage |= 1u << bit;
	*out = usage;
	return OK;
}

/* NO_BITS when there is none that can be read. */
static unsigned
usage_of(const struct lint *l)
{
	unsigned usage;

	if (read_usage(lint_value(l, OID_KEY_USAGE), &usage) == OK)
		return usage;
	err_clear();
	return NO_BITS;
}

void
rule_key_usage_present(struct lint *l)
{
	unsigned usage;

	if (!certificate_extension(&l->certificate, OID_KEY_USAGE))
		lint_object(l, "absent");
	else
		lint_object_if(
		    l, read_usage(lint_value(l, OID_KEY_USAGE), &usage));
}

void
rule_key_usage_critical(struct lint *l)
{
	const struct extension *e =
	    certificate_extension(&l->certificate, OID_KEY_USAGE);

	if (e && !e->critical)
		lint_object(l, "not critical");
}

/* N10 */
void
rule_key_usage_authority(struct lint *l)
{
	unsigned usage = usage_of(l);
	unsigned rights = USAGE_key_cert_sign | USAGE_crl_sign;

	if (usage == NO_BITS)
		return;
	if (l->profile->ca && !(usage & USAGE_key_cert_sign))
		lint_object(l, "keyCertSign absent");
	if (!l->profile->ca && usage & rights)
		lint_object(l, "bits %03x", usage);
}

/* The types of EN 319 412-2 4.3.2; 0: none of them. */
static char
usage_type(unsigned usage)
{
	const unsigned cipher = USAGE_key_encipherment | USAGE_key_agreement;
	bool commits = usage & USAGE_non_repudiation;
	bool signs = usage & USAGE_digital_signature;
	bool enciphers = usage & cipher;

	if (usage & ~(cipher | USAGE_non_repudiation | USAGE_digital_signature))
		return 0;
	if ((usage & cipher) == cipher)
		return 0; /* one or the other */
	if (commits)
		return enciphers ? (signs ? 'F' : 0) : (signs ? 'B' : 'A');
	if (signs)
		return enciphers ? 'D' : 'C';
	return enciphers ? 'E' : 0;
}

/* N9 */
void
rule_key_usage_type(struct lint *l)
{
	unsigned usage = usage_of(l);
	char type = usage_type(usage);

	if (usage == NO_BITS)
		return;
	if (type == 0)
		lint_object(l, "bits %03x", usage);
	else if (profile_is_qualified(l->profile) &&
		 !(usage & USAGE_non_repudiation))
		lint_object(l, "type %c signs nothing", type);
}

void
rule_key_usage_mixed(struct lint *l)
{
	char type = usage_type(usage_of(l));

	if (type == 'B' || type == 'F')
		lint_object(l, "type %c", type);
}

void
rule_key_usage(struct lint *l)
{
	unsigned usage = usage_of(l);

	if (usage != NO_BITS && usage != l->profile->usage)
		lint_object(l, "bits %03x", usage);
}

struct constraints {
	bool ca;
	int64_t path_length; /* -1: none */
};

static RESULT
read_constraints(struct span value, struct constraints *out)
{
	struct span rest, flag, number;
	uint64_t length = 0;
	bool present;

	*out = (struct constraints){.path_length = -1};
	TRY(der_take(&value, DER_SEQUENCE, &rest));
	TRY(der_end(value));
	TRY(der_take_if(&rest, DER_BOOLEAN, &present, &flag));
	if (present)
		TRY(der_get_bool(flag, &out->ca));
	if (present && !out->ca)
		return FAIL(ERR_INVALID, "FALSE written out");
	TRY(der_take_if(&rest, DER_INTEGER, &present, &number));
	if (present) {
		TRY(der_get_number(number, &length));
		out->path_length = length > 64 ? 64 : (int64_t)length;
	}
	return der_end(rest);
}

static RESULT
check_constraints(const struct lint *l)
{
	struct constraints found = {.path_length = -1};

	if (certificate_extension(&l->certificate, OID_BASIC_CONSTRAINTS))
		TRY(read_constraints(
		    lint_value(l, OID_BASIC_CONSTRAINTS), &found));
	if (found.ca != l->profile->ca)
		return FAIL(
		    ERR_INVALID, "CA is %s", found.ca ? "TRUE" : "FALSE");
	if (!found.ca && found.path_length >= 0)
		return FAIL(ERR_INVALID, "path length without CA");
	return OK;
}

void
rule_basic_constraints(struct lint *l)
{
	lint_object_if(l, check_constraints(l));
}

void
rule_basic_constraints_critical(struct lint *l)
{
	const struct extension *e =
	    certificate_extension(&l->certificate, OID_BASIC_CONSTRAINTS);

	if (!e || !e->critical)
		lint_object(l, e ? "not critical" : "absent");
}

void
rule_basic_constraints_profile(struct lint *l)
{
	struct constraints found;
	const struct extension *e =
	    certificate_extension(&l->certificate, OID_BASIC_CONSTRAINTS);

	if (!e || !e->critical) {
		lint_object(l, e ? "not critical" : "absent");
		return;
	}
	if (read_constraints(e->value, &found) != OK)
		err_clear(); /* basic_constraints objects */
	else if (found.path_length != l->profile->path_length)
		lint_object(
		    l, "path length %lld", (long long)found.path_length);
}

void
rule_no_check(struct lint *l)
{
	struct span value = lint_value(l, OID_OCSP_NO_CHECK);
	bool present =
	    certificate_extension(&l->certificate, OID_OCSP_NO_CHECK);

	if (present != l->profile->no_check)
		lint_object(l, present ? "present" : "absent");
	else if (present && !span_equal(value, SPAN("\x05\x00", 2)))
		lint_object(l, "not NULL");
}
