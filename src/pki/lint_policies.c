/*
 * Rules about what a certificate is for: policies and purposes.
 */
#include "pki/lint_rules.h"

#include "pki/oids.h"

#define POLICIES_MAX 16
#define QUALIFIED_ARC "0.4.0.194112.1."
#define NORMAL_ARC "0.4.0.2042.1."

struct policies {
	char oids[POLICIES_MAX][DER_OID_TEXT_SIZE];
	size_t count;
	bool qualifier;
};

static RESULT
read_policies(struct span value, struct policies *out)
{
	struct span list, policy, oid;

	out->count = 0;
	out->qualifier = false;
	TRY(der_take(&value, DER_SEQUENCE, &list));
	TRY(der_end(value));
	while (list.size > 0) {
		if (out->count == POLICIES_MAX)
			return FAIL(ERR_TOO_LARGE, "too many policies");
		TRY(der_take(&list, DER_SEQUENCE, &policy));
		TRY(der_take(&policy, DER_OID, &oid));
		TRY(der_oid_format(oid, out->oids[out->count++]));
		out->qualifier |= policy.size > 0;
	}
	return out->count ? OK : FAIL(ERR_INVALID, "no policy");
}

/* False when they are absent, or cannot be read: policies_once objects. */
static bool
policies_of(const struct lint *l, struct policies *out)
{
	struct span value = lint_value(l, OID_POLICIES);

	if (value.size > 0 && read_policies(value, out) == OK)
		return true;
	err_clear();
	return false;
}

void
rule_policies_absent(struct lint *l)
{
	if (!certificate_extension(&l->certificate, OID_POLICIES))
		lint_object(l, "absent");
}

void
rule_policies_critical(struct lint *l)
{
	const struct extension *e =
	    certificate_extension(&l->certificate, OID_POLICIES);

	if (e && e->critical)
		lint_object(l, "critical");
}

void
rule_policies_once(struct lint *l)
{
	struct policies p;

	if (!certificate_extension(&l->certificate, OID_POLICIES))
		return;
	if (read_policies(lint_value(l, OID_POLICIES), &p) != OK) {
		lint_object_if(l, ERR_INVALID);
		return;
	}
	for (size_t i = 0; i < p.count; i++)
		for (size_t j = 0; j < i; j++)
			if (strcmp(p.oids[i], p.oids[j]) == 0)
				lint_object(l, "%.60s twice", p.oids[i]);
}

static size_t
count_arc(const struct policies *p, const char *arc)
{
	size_t count = 0;

	for (size_t i = 0; i < p->count; i++)
		count += strncmp(p->oids[i], arc, strlen(arc)) == 0;
	return count;
}

/*
 * A certificate of one level says no other: two qualified policies, or a
 * qualified one beside LCP or NCP, leave it to the reader what it is.
 */
void
rule_policies_type(struct lint *l)
{
	const char *mine = l->profile->policies[0];
	struct policies p;
	size_t qualified, normal;

	if (!policies_of(l, &p))
		return;
	qualified = count_arc(&p, QUALIFIED_ARC);
	normal = count_arc(&p, NORMAL_ARC);
	if (qualified > 1 || (qualified && normal))
		lint_object(l, "policies of several levels");
	if (qualified && !profile_is_qualified(l->profile))
		lint_object(l, "a qualified policy");
	if (normal && profile_is_qualified(l->profile))
		lint_object(l, "a policy that is not qualified");
	if (qualified == 1 && profile_is_qualified(l->profile) &&
	    count_arc(&p, mine) != 1)
		lint_object(l, "not %s", mine);
}

void
rule_policies_qualifier(struct lint *l)
{
	struct policies p;

	if (policies_of(l, &p) && p.qualifier)
		lint_object(l, "present");
}

static const char *
own_policy(const struct lint *l)
{
	const char *own = l->context->own_policy;

	return l->profile->own_policy && own && own[0] ? own : NULL;
}

/* The own policy first, then the profile's, and nothing else. */
static bool
as_expected(const struct lint *l, const struct policies *p)
{
	const char *const *expected = l->profile->policies;
	const char *own = own_policy(l);
	size_t at = 0;

	if (own && (at == p->count || strcmp(p->oids[at++], own) != 0))
		return false;
	for (size_t i = 0; i < PROFILE_LIST_MAX && expected[i]; i++)
		if (at == p->count || strcmp(p->oids[at++], expected[i]) != 0)
			return false;
	return at == p->count;
}

void
rule_policies(struct lint *l)
{
	struct policies p = {0};
	bool expected = own_policy(l) || l->profile->policies[0];
	bool present = certificate_extension(&l->certificate, OID_POLICIES);

	if (present != expected) {
		lint_object(l, present ? "present" : "absent");
		return;
	}
	if (!present || !policies_of(l, &p))
		return;
	if (p.qualifier)
		lint_object(l, "qualifier");
	if (!as_expected(l, &p))
		lint_object(l, "other policies");
}

void
rule_purposes_responder(struct lint *l)
{
	static const char expected[] = "\x30\x0a\x06\x08\x2b\x06\x01\x05\x05"
				       "\x07\x03\x09";

	if (!span_equal(lint_value(l, OID_PURPOSES),
		SPAN(expected, sizeof(expected) - 1)))
		lint_object(l, "not OCSPSigning alone");
}

static RESULT
check_no_authority(struct span value)
{
	struct span list, oid;

	TRY(der_take(&value, DER_SEQUENCE, &list));
	TRY(der_end(value));
	do {
		TRY(der_take(&list, DER_OID, &oid));
		if (profile_purpose_is_authority(oid))
			return FAIL(ERR_INVALID, "a purpose of authorities");
	} while (list.size > 0);
	return OK;
}

/* Whatever was chosen: a relying party would take this person's word for the
 * status of everybody whom the same authority certified. */
void
rule_purposes_authority(struct lint *l)
{
	if (certificate_extension(&l->certificate, OID_PURPOSES))
		lint_object_if(
		    l, check_no_authority(lint_value(l, OID_PURPOSES)));
}

static RESULT
check_purposes(
    const struct profile *p, const struct profile_options *o, struct span value)
{
	struct span list, oid;
	const char *expected;

	TRY(der_take(&value, DER_SEQUENCE, &list));
	TRY(der_end(value));
	for (size_t i = 0; (expected = profile_purpose(p, o, i)); i++) {
		TRY(der_take(&list, DER_OID, &oid));
		if (!der_oid_is(oid, expected))
			return FAIL(
			    ERR_INVALID, "other purpose than %s", expected);
	}
	return der_end(list);
}

/* Where it is not known what was chosen, a person's may be any or none. */
void
rule_purposes(struct lint *l)
{
	const struct profile_options *o = l->context->options;
	bool present = certificate_extension(&l->certificate, OID_PURPOSES);

	if (l->profile->kind == KIND_person && !o)
		return;
	o = o ? o : &profile_defaults;
	bool expected = profile_purpose(l->profile, o, 0) != NULL;
	if (present != expected)
		lint_object(l, present ? "present" : "absent");
	else if (present)
		lint_object_if(l,
		    check_purposes(l->profile, o, lint_value(l, OID_PURPOSES)));
}
