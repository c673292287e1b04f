/*
 * Finding profiles and printing them.
 */
#include "pki/profile.h"

#include "base/enum.h"

static const struct profile *const profiles[] = {
#define PROFILE(name, level, requirement) &profile_##name,
#include "pki/profiles.def"
#undef PROFILE
};

const struct profile *
profile_find(const char *name)
{
	for (size_t i = 0; i < COUNT_OF(profiles); i++)
		if (strcmp(profiles[i]->name, name) == 0)
			return profiles[i];
	return NULL;
}

const struct profile *
profile_at(size_t index)
{
	return index < COUNT_OF(profiles) ? profiles[index] : NULL;
}

static const struct {
	unsigned bit;
	const char *name;
} usages[] = {
    {USAGE_digital_signature, "digitalSignature"},
    {USAGE_non_repudiation, "nonRepudiation"},
    {USAGE_key_cert_sign, "keyCertSign"},
    {USAGE_crl_sign, "cRLSign"},
};

static RESULT
print_usage(unsigned usage, struct buf *out)
{
	TRY(buf_add_text(out, "keyUsage              critical"));
	for (size_t i = 0; i < COUNT_OF(usages); i++)
		if (usage & usages[i].bit)
			TRY(buf_add_format(out, " %s", usages[i].name));
	return buf_add_text(out, "\n");
}

static RESULT
print_list(const char *title, const char *first, const char *const *list,
    struct buf *out)
{
	if (!first && !list[0])
		return OK;
	TRY(buf_add_text(out, title));
	if (first)
		TRY(buf_add_format(out, " %s", first));
	for (size_t i = 0; i < PROFILE_LIST_MAX && list[i]; i++)
		TRY(buf_add_format(out, " %s", list[i]));
	return buf_add_text(out, "\n");
}

static const char *
subject_form(enum profile_kind kind)
{
	if (kind == KIND_person)
		return "C surname givenName serialNumber CN";
	return "C O [organizationIdentifier] CN";
}

static RESULT
print_constraints(const struct profile *p, struct buf *out)
{
	TRY(buf_add_format(out, "basicConstraints      critical CA:%s",
	    p->ca ? "TRUE" : "FALSE"));
	if (p->path_length >= 0)
		TRY(buf_add_format(out, " pathLen:%d", p->path_length));
	return buf_add_text(out, "\n");
}

static RESULT
print_addresses(const struct profile *p, struct buf *out)
{
	if (p->ca_issuers)
		TRY(buf_add_format(out,
		    "authorityInfoAccess   caIssuers "
		    "{base}/pki/ca/%s.cer\n",
		    p->issuer));
	if (p->ocsp)
		TRY(buf_add_text(out, "authorityInfoAccess   ocsp "
				      "{base}/pki/ocsp\n"));
	if (p->crl)
		TRY(buf_add_format(out,
		    "cRLDistributionPoints "
		    "{base}/pki/crl/%s.crl\n",
		    p->issuer));
	if (p->no_check)
		TRY(buf_add_text(out, "ocsp-nocheck          NULL\n"));
	return OK;
}

RESULT
profile_print(const struct profile *p, struct buf *out)
{
	TRY(buf_add_format(out, "%s: %s\n", p->name, p->title));
	TRY(buf_add_format(out, "requirement           %s\n", p->requirement));
	TRY(buf_add_format(out, "issuer                %s\n",
	    p->issuer ? p->issuer : "itself"));
	TRY(buf_add_format(
	    out, "subject               %s\n", subject_form(p->kind)));
	TRY(buf_add_format(out, "serial                16 random octets\n"));
	TRY(buf_add_format(out, "key                   %s\n",
	    p->key == KEY_p384 ? "P-384" : "P-256"));
	TRY(buf_add_format(out, "longest               %lld days\n",
	    (long long)p->longest_days));
	if (p->authority_key)
		TRY(buf_add_text(out, "authorityKeyIdentifier key "
				      "identifier\n"));
	TRY(buf_add_text(out, "subjectKeyIdentifier  SHA-1 of the key\n"));
	TRY(print_usage(p->usage, out));
	TRY(print_list("certificatePolicies  ", p->own_policy ? "{own}" : NULL,
	    p->policies, out));
	TRY(print_constraints(p, out));
	TRY(print_list("extendedKeyUsage     ", NULL, p->purposes, out));
	return print_addresses(p, out);
}
