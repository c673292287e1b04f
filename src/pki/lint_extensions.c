/*
 * Rules about extensions. Each reads its extension by itself instead of
 * asking the builder what it would have written: a mistake in the builder
 * must not be its own excuse.
 */
#include "pki/lint_rules.h"

#include "base/enum.h"
#include "pki/oids.h"
#include "pki/tbs.h"

#include <openssl/sha.h>
#include <stdio.h>

#define URL_SIZE 512

/* NULL with an objection when it is absent or its criticality is wrong. */
static const struct extension *
require_extension(struct lint *l, const char *oid, bool critical)
{
	const struct extension *e = certificate_extension(&l->certificate, oid);

	if (!e) {
		lint_object(l, "absent");
		return NULL;
	}
	if (e->critical != critical) {
		lint_object(l, critical ? "not critical" : "critical");
		return NULL;
	}
	return e;
}

/* For an extension that the profile has not: whether it is really absent. */
static void
forbid_extension(struct lint *l, const char *oid)
{
	if (certificate_extension(&l->certificate, oid))
		lint_object(l, "present");
}

static void
object_if(struct lint *l, enum err result)
{
	if (result == OK)
		return;
	lint_object(l, "%s", err_explanation());
	err_clear();
}

void
rule_extensions(struct lint *l)
{
	static const char *const known[] = {OID_SUBJECT_KEY, OID_KEY_USAGE,
	    OID_BASIC_CONSTRAINTS, OID_CRL_POINTS, OID_POLICIES,
	    OID_AUTHORITY_KEY, OID_PURPOSES, OID_AUTHORITY_INFO,
	    OID_OCSP_NO_CHECK};
	const struct certificate *c = &l->certificate;

	for (size_t i = 0; i < c->extension_count; i++) {
		const struct extension *e = &c->extensions[i];

		if (enum_find(known, COUNT_OF(known), e->oid) ==
		    COUNT_OF(known))
			lint_object(l, "%.60s", e->oid);
		if (certificate_extension(c, e->oid) != e)
			lint_object(l, "%.60s twice", e->oid);
	}
}

static RESULT
key_id_of(const struct certificate *c, struct span *out)
{
	const struct extension *e = certificate_extension(c, OID_SUBJECT_KEY);

	if (!e)
		return FAIL(ERR_INVALID, "issuer without key identifier");
	struct span value = e->value;
	TRY(der_take(&value, DER_OCTETS, out));
	return der_end(value);
}

static RESULT
check_authority_key(struct lint *l, struct span value)
{
	struct span rest, key, expected;

	TRY(der_take(&value, DER_SEQUENCE, &rest));
	TRY(der_end(value));
	TRY(der_take(&rest, DER_CONTEXT(0), &key));
	TRY(der_end(rest));
	if (!l->issuer_known)
		return OK;
	TRY(key_id_of(&l->issuer, &expected));
	if (!span_equal(key, expected))
		return FAIL(ERR_INVALID, "not the issuer's");
	return OK;
}

void
rule_authority_key(struct lint *l)
{
	const struct extension *e =
	    require_extension(l, OID_AUTHORITY_KEY, false);

	if (e)
		object_if(l, check_authority_key(l, e->value));
}

void
rule_subject_key(struct lint *l)
{
	uint8_t expected[SHA_DIGEST_LENGTH];
	const struct extension *e =
	    require_extension(l, OID_SUBJECT_KEY, false);
	struct span bits = l->certificate.key_bits, found;

	if (!e)
		return;
	SHA1(bits.data, bits.size, expected);
	if (key_id_of(&l->certificate, &found) != OK) {
		object_if(l, ERR_INVALID);
		return;
	}
	if (!span_equal(found, SPAN(expected, sizeof(expected))))
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
	if (bits.size != 2 || bits.data[0] > 7)
		return FAIL(ERR_INVALID, "more bits than any profile has");
	for (unsigned bit = 0; bit < 8; bit++)
		if (bits.data[1] & 0x80u >> bit)
			usage |= 1u << bit;
	if (bits.data[1] == 0 ||
	    (bits.data[1] & -bits.data[1]) != 1 << bits.data[0])
		return FAIL(ERR_INVALID, "not in DER's form");
	*out = usage;
	return OK;
}

void
rule_key_usage(struct lint *l)
{
	const struct extension *e = require_extension(l, OID_KEY_USAGE, true);
	unsigned usage = 0;

	if (!e)
		return;
	if (read_usage(e->value, &usage) != OK)
		object_if(l, ERR_INVALID);
	else if (usage != l->profile->usage)
		lint_object(l, "bits %02x", usage);
}

static RESULT
check_policy(struct span *list, const char *expected)
{
	struct span policy, oid;

	TRY(der_take(list, DER_SEQUENCE, &policy));
	TRY(der_take(&policy, DER_OID, &oid));
	if (!der_oid_is(oid, expected))
		return FAIL(ERR_INVALID, "other policy than %s", expected);
	if (policy.size > 0)
		return FAIL(ERR_INVALID, "policy qualifier");
	return OK;
}

static const char *
own_policy(const struct lint *l)
{
	const char *own = l->context->own_policy;

	return l->profile->own_policy && own && own[0] ? own : NULL;
}

static RESULT
check_policies(struct lint *l, struct span value)
{
	const char *const *expected = l->profile->policies;
	const char *own = own_policy(l);
	struct span list;

	TRY(der_take(&value, DER_SEQUENCE, &list));
	TRY(der_end(value));
	if (own)
		TRY(check_policy(&list, own));
	for (size_t i = 0; i < PROFILE_LIST_MAX && expected[i]; i++)
		TRY(check_policy(&list, expected[i]));
	return der_end(list);
}

void
rule_policies(struct lint *l)
{
	if (!own_policy(l) && !l->profile->policies[0]) {
		forbid_extension(l, OID_POLICIES);
		return;
	}
	const struct extension *e = require_extension(l, OID_POLICIES, false);
	if (e)
		object_if(l, check_policies(l, e->value));
}

static RESULT
check_constraints(const struct profile *p, struct span value)
{
	struct span rest, flag, number;
	bool present, ca = false;
	uint64_t length = 0;

	TRY(der_take(&value, DER_SEQUENCE, &rest));
	TRY(der_end(value));
	TRY(der_take_if(&rest, DER_BOOLEAN, &present, &flag));
	if (present)
		TRY(der_get_bool(flag, &ca));
	if (present != ca || ca != p->ca)
		return FAIL(ERR_INVALID, "CA is %s", ca ? "TRUE" : "FALSE");
	TRY(der_take_if(&rest, DER_INTEGER, &present, &number));
	if (present)
		TRY(der_get_number(number, &length));
	if (present != (p->path_length >= 0) ||
	    (present && length != (uint64_t)p->path_length))
		return FAIL(ERR_INVALID, "pathLen differs");
	return der_end(rest);
}

void
rule_basic_constraints(struct lint *l)
{
	const struct extension *e =
	    require_extension(l, OID_BASIC_CONSTRAINTS, true);

	if (e)
		object_if(l, check_constraints(l->profile, e->value));
}

static RESULT
check_purposes(const char *const *expected, struct span value)
{
	struct span list, oid;

	TRY(der_take(&value, DER_SEQUENCE, &list));
	TRY(der_end(value));
	for (size_t i = 0; i < PROFILE_LIST_MAX && expected[i]; i++) {
		TRY(der_take(&list, DER_OID, &oid));
		if (!der_oid_is(oid, expected[i]))
			return FAIL(
			    ERR_INVALID, "other purpose than %s", expected[i]);
	}
	return der_end(list);
}

void
rule_purposes(struct lint *l)
{
	if (!l->profile->purposes[0]) {
		forbid_extension(l, OID_PURPOSES);
		return;
	}
	const struct extension *e = require_extension(l, OID_PURPOSES, false);
	if (e)
		object_if(l, check_purposes(l->profile->purposes, e->value));
}

/* Takes a URI, [6] IA5String, and compares it where the base is known. */
static RESULT
check_url(const struct lint *l, struct span *rest, const char *folder,
    const char *name, const char *ending)
{
	char expected[URL_SIZE];
	const char *base = l->context->base_url;
	struct span url;

	TRY(der_take(rest, DER_CONTEXT(6), &url));
	if (!base) {
		if (url.size < 8 || memcmp(url.data, "http", 4) != 0)
			return FAIL(ERR_INVALID, "not an http address");
		return OK;
	}
	snprintf(expected, sizeof(expected), "%s/pki/%s%s%s", base, folder,
	    name, ending);
	if (!span_equal(url, span_of_text(expected)))
		return FAIL(ERR_INVALID, "other address than its own");
	return OK;
}

static RESULT
take_access(struct span *list, const char *method, struct span *out)
{
	struct span description, oid;

	TRY(der_take(list, DER_SEQUENCE, &description));
	TRY(der_take(&description, DER_OID, &oid));
	if (!der_oid_is(oid, method))
		return FAIL(ERR_INVALID, "other method than %s", method);
	*out = description;
	return OK;
}

static RESULT
check_access(const struct lint *l, struct span value)
{
	struct span list, at;

	TRY(der_take(&value, DER_SEQUENCE, &list));
	TRY(der_end(value));
	if (l->profile->ocsp) {
		TRY(take_access(&list, OID_ACCESS_OCSP, &at));
		TRY(check_url(l, &at, "ocsp", "", ""));
		TRY(der_end(at));
	}
	if (l->profile->ca_issuers) {
		TRY(take_access(&list, OID_ACCESS_CA_ISSUERS, &at));
		TRY(check_url(l, &at, "ca/", l->profile->issuer, ".cer"));
		TRY(der_end(at));
	}
	return der_end(list);
}

void
rule_authority_info(struct lint *l)
{
	if (!l->profile->ocsp && !l->profile->ca_issuers) {
		forbid_extension(l, OID_AUTHORITY_INFO);
		return;
	}
	const struct extension *e =
	    require_extension(l, OID_AUTHORITY_INFO, false);
	if (e)
		object_if(l, check_access(l, e->value));
}

static RESULT
check_crl_points(const struct lint *l, struct span value)
{
	struct span list, point, name, full;

	TRY(der_take(&value, DER_SEQUENCE, &list));
	TRY(der_end(value));
	TRY(der_take(&list, DER_SEQUENCE, &point));
	TRY(der_end(list));
	TRY(der_take(&point, DER_CONTEXT_OF(0), &name));
	TRY(der_end(point));
	TRY(der_take(&name, DER_CONTEXT_OF(0), &full));
	TRY(der_end(name));
	TRY(check_url(l, &full, "crl/", l->profile->issuer, ".crl"));
	return der_end(full);
}

void
rule_crl_points(struct lint *l)
{
	if (!l->profile->crl) {
		forbid_extension(l, OID_CRL_POINTS);
		return;
	}
	const struct extension *e = require_extension(l, OID_CRL_POINTS, false);
	if (e)
		object_if(l, check_crl_points(l, e->value));
}

void
rule_qc_statements(struct lint *l)
{
	forbid_extension(l, OID_QC_STATEMENTS);
}

void
rule_no_check(struct lint *l)
{
	struct span null;

	if (!l->profile->no_check) {
		forbid_extension(l, OID_OCSP_NO_CHECK);
		return;
	}
	const struct extension *e =
	    require_extension(l, OID_OCSP_NO_CHECK, false);
	if (!e)
		return;
	struct span value = e->value;
	if (der_take(&value, DER_NULL, &null) != OK || null.size > 0 ||
	    value.size > 0) {
		err_clear();
		lint_object(l, "not NULL");
	}
}
