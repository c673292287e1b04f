/*
 * Profiles as text: one line a field, so that an auditor reads the table and
 * a golden file shows every change of it.
 */
#include "pki/profile.h"

#include "base/enum.h"

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
    const char *last, struct buf *out)
{
	if (!first && !list[0])
		return OK;
	TRY(buf_add_text(out, title));
	if (first)
		TRY(buf_add_format(out, " %s", first));
	for (size_t i = 0; i < PROFILE_LIST_MAX && list[i]; i++)
		TRY(buf_add_format(out, " %s", list[i]));
	return buf_add_format(out, "%s\n", last);
}

static RESULT
print_keys(const struct profile *p, struct buf *out)
{
	const char *before = "; or";

	TRY(buf_add_format(
	    out, "key                   %s", key_kind_name(p->key)));
	for (unsigned i = 0; i < KEY_KIND_COUNT; i++) {
		if (!(p->keys & 1u << i) || i == (unsigned)p->key)
			continue;
		TRY(buf_add_format(
		    out, "%s %s", before, key_kind_name((enum key_kind)i)));
		before = ",";
	}
	return buf_add_text(out, "\n");
}

static const char *
subject_form(enum profile_kind kind)
{
	if (kind == KIND_person)
		return "C (surname and givenName | pseudonym) serialNumber CN";
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

/* "[QcX]": where an option asks for it. */
static RESULT
print_statements(const struct profile *p, struct buf *out)
{
	if (!p->statements && !p->permitted)
		return OK;
	TRY(buf_add_text(out, "qcStatements         "));
	for (unsigned i = 0; i < QC_COUNT; i++) {
		const char *title = qc_title((enum qc_id)i);

		if (p->statements & 1u << i)
			TRY(buf_add_format(out, " %s", title));
		else if (p->permitted & 1u << i)
			TRY(buf_add_format(out, " [%s]", title));
		if (i == QC_type && p->statements & QC_BIT(type))
			TRY(buf_add_text(out, "=esign"));
	}
	return buf_add_text(out, "\n");
}

static RESULT
print_addresses(const struct profile *p, struct buf *out)
{
	if (p->statements & QC_BIT(pds))
		TRY(buf_add_text(out, "QcPDS                 "
				      "{https base}/pki/pds/{en,fr}\n"));
	if (p->ocsp)
		TRY(buf_add_text(out, "authorityInfoAccess   ocsp "
				      "{base}/pki/ocsp\n"));
	if (p->ca_issuers)
		TRY(buf_add_format(out,
		    "authorityInfoAccess   caIssuers "
		    "{base}/pki/ca/%s.cer\n",
		    p->issuer));
	if (p->crl)
		TRY(buf_add_format(out,
		    "cRLDistributionPoints "
		    "{base}/pki/crl/%s.crl\n",
		    p->issuer));
	if (p->no_check)
		TRY(buf_add_text(out, "ocsp-nocheck          NULL\n"));
	if (p->short_term)
		TRY(buf_add_text(out, "short term            validity assured, "
				      "noRevAvail\n"));
	if (p->kind == KIND_person)
		TRY(buf_add_text(out,
		    "short-term option     validity assured, noRevAvail, "
		    "neither ocsp nor CRL, at most 1 day\n"));
	return OK;
}

static RESULT
print_head(const struct profile *p, struct buf *out)
{
	TRY(buf_add_format(out, "%s: %s\n", p->name, p->title));
	TRY(buf_add_format(out, "requirement           %s\n", p->requirement));
	TRY(buf_add_format(out, "issuer                %s\n",
	    p->issuer ? p->issuer : "itself"));
	TRY(buf_add_format(
	    out, "subject               %s\n", subject_form(p->kind)));
	TRY(buf_add_format(out, "serial                16 random octets\n"));
	TRY(print_keys(p, out));
	return buf_add_format(out, "longest               %lld days\n",
	    (long long)p->longest_days);
}

RESULT
profile_print(const struct profile *p, struct buf *out)
{
	TRY(print_head(p, out));
	if (p->authority_key)
		TRY(buf_add_text(out, "authorityKeyIdentifier key "
				      "identifier\n"));
	TRY(buf_add_text(out, "subjectKeyIdentifier  SHA-1 of the key\n"));
	TRY(print_usage(p->usage, out));
	TRY(print_list("certificatePolicies  ", p->own_policy ? "{own}" : NULL,
	    p->policies, "", out));
	TRY(print_constraints(p, out));
	TRY(print_list("extendedKeyUsage     ", NULL, p->purposes,
	    p->kind == KIND_person ? " (or as chosen)" : "", out));
	TRY(print_statements(p, out));
	return print_addresses(p, out);
}
