/*
 * Writing the to-be-signed part. What stands in a certificate is decided by
 * its profile; this file only knows how each thing is written.
 */
#include "pki/tbs.h"

#include "base/clock.h"
#include "base/digest.h"
#include "pki/oids.h"

#include <openssl/sha.h>

#define TBS_MAX ((size_t)6144)
#define URL_MAX ((size_t)512)

void
serial_make(uint8_t out[SERIAL_SIZE])
{
	random_bytes(out, SERIAL_SIZE);
	out[0] = (uint8_t)((out[0] & 0x3f) | 0x40);
}

RESULT
key_identifier(struct span public_key, uint8_t out[KEY_IDENTIFIER_SIZE])
{
	struct span rest, algorithm, bits, octets;

	TRY(der_take(&public_key, DER_SEQUENCE, &rest));
	TRY(der_take(&rest, DER_SEQUENCE, &algorithm));
	TRY(der_take(&rest, DER_BITS, &bits));
	TRY(der_get_octet_bits(bits, &octets));
	SHA1(octets.data, octets.size, out);
	return OK;
}

RESULT
public_key_from_point(enum key_kind kind, struct span point, struct buf *out)
{
	AUTO(der_clear) struct der d;

	der_init(&d, 256);
	der_open(&d, DER_SEQUENCE);
	der_open(&d, DER_SEQUENCE);
	der_put_oid(&d, OID_EC_PUBLIC_KEY);
	der_put_oid(&d, kind == KEY_p384 ? OID_P384 : OID_P256);
	der_close(&d);
	der_put_bits(&d, point, 0);
	der_close(&d);
	TRY(der_done(&d));
	return buf_add_span(out, span_of_buf(&d.bytes));
}

static RESULT
put_rsa(struct der *d, struct span modulus, struct span exponent)
{
	der_open(d, DER_SEQUENCE);
	der_put_unsigned(d, DER_INTEGER, modulus);
	der_put_unsigned(d, DER_INTEGER, exponent);
	der_close(d);
	return der_done(d);
}

RESULT
public_key_from_rsa(struct span modulus, struct span exponent, struct buf *out)
{
	AUTO(der_clear) struct der pair;
	AUTO(der_clear) struct der d;

	der_init(&pair, 2048);
	der_init(&d, 2048);
	TRY(put_rsa(&pair, modulus, exponent));
	der_open(&d, DER_SEQUENCE);
	der_open(&d, DER_SEQUENCE);
	der_put_oid(&d, OID_RSA);
	der_put_null(&d);
	der_close(&d);
	der_put_bits(&d, span_of_buf(&pair.bytes), 0);
	der_close(&d);
	TRY(der_done(&d));
	return buf_add_span(out, span_of_buf(&d.bytes));
}

/* Opens an extension up to its value; close_extension ends it. */
static void
open_extension(struct der *d, const char *oid, bool critical)
{
	der_open(d, DER_SEQUENCE);
	der_put_oid(d, oid);
	if (critical)
		der_put_bool(d, true);
	der_open(d, DER_OCTETS);
}

static void
close_extension(struct der *d)
{
	der_close(d);
	der_close(d);
}

static void
put_authority_key(struct der *d, struct span key)
{
	open_extension(d, OID_AUTHORITY_KEY, false);
	der_open(d, DER_SEQUENCE);
	der_put(d, DER_CONTEXT(0), key);
	der_close(d);
	close_extension(d);
}

static RESULT
put_subject_key(struct der *d, struct span public_key)
{
	uint8_t id[KEY_IDENTIFIER_SIZE];

	TRY(key_identifier(public_key, id));
	open_extension(d, OID_SUBJECT_KEY, false);
	der_put(d, DER_OCTETS, SPAN(id, sizeof(id)));
	close_extension(d);
	return OK;
}

/* Bit 0 of keyUsage is the highest bit of the first octet. */
static void
put_usage(struct der *d, unsigned usage)
{
	uint8_t octet = 0, unused = 7;

	for (unsigned bit = 0; bit < 8; bit++)
		if (usage & 1u << bit) {
			octet |= (uint8_t)(0x80u >> bit);
			unused = (uint8_t)(7 - bit);
		}
	open_extension(d, OID_KEY_USAGE, true);
	der_put_bits(d, SPAN(&octet, 1), unused);
	close_extension(d);
}

static void
put_policy(struct der *d, const char *oid)
{
	der_open(d, DER_SEQUENCE);
	der_put_oid(d, oid);
	der_close(d);
}

static void
put_policies(struct der *d, const struct profile *p, const char *own)
{
	bool with_own = p->own_policy && own && own[0];

	if (!with_own && !p->policies[0])
		return;
	open_extension(d, OID_POLICIES, false);
	der_open(d, DER_SEQUENCE);
	if (with_own)
		put_policy(d, own);
	for (size_t i = 0; i < PROFILE_LIST_MAX && p->policies[i]; i++)
		put_policy(d, p->policies[i]);
	der_close(d);
	close_extension(d);
}

static void
put_constraints(struct der *d, const struct profile *p)
{
	open_extension(d, OID_BASIC_CONSTRAINTS, true);
	der_open(d, DER_SEQUENCE);
	if (p->ca)
		der_put_bool(d, true);
	if (p->path_length >= 0)
		der_put_number(d, DER_INTEGER, (uint64_t)p->path_length);
	der_close(d);
	close_extension(d);
}

static void
put_purposes(
    struct der *d, const struct profile *p, const struct profile_options *o)
{
	const char *purpose = profile_purpose(p, o, 0);

	if (!purpose)
		return;
	open_extension(d, OID_PURPOSES, false);
	der_open(d, DER_SEQUENCE);
	for (size_t i = 0; (purpose = profile_purpose(p, o, i)); i++)
		der_put_oid(d, purpose);
	der_close(d);
	close_extension(d);
}

static RESULT
put_statements(
    struct der *d, const struct tbs_facts *f, const struct profile_options *o)
{
	AUTO(buf_clear) struct buf pds;
	struct qc_facts facts = {
	    .statements = profile_statements(f->profile, o),
	    .retention_years = o->retention_years,
	    .ident_method = o->ident_method,
	};

	if (facts.statements == 0)
		return OK;
	buf_init(&pds, QC_URL_MAX);
	TRY(profile_pds_url(o, f->base_url, &pds));
	facts.pds_url = buf_text(&pds);
	memcpy(facts.languages, profile_languages, sizeof(facts.languages));
	open_extension(d, OID_QC_STATEMENTS, false);
	TRY(qc_put(d, &facts));
	close_extension(d);
	return OK;
}

/* uniformResourceIdentifier [6]: {base}/pki/{folder}{name}{ending} */
static RESULT
put_url(struct der *d, const char *base, const char *folder, const char *name,
    const char *ending)
{
	AUTO(buf_clear) struct buf url;

	buf_init(&url, URL_MAX);
	TRY(buf_add_format(&url, "%s/pki/%s%s%s", base, folder, name, ending));
	der_put(d, DER_CONTEXT(6), span_of_buf(&url));
	return OK;
}

static const char *
issuer_file(const struct tbs_facts *f)
{
	return f->issuer_file ? f->issuer_file : f->profile->issuer;
}

static RESULT
put_access(struct der *d, const struct tbs_facts *f, bool short_term)
{
	const struct profile *p = f->profile;
	bool ocsp = p->ocsp && !short_term; /* RFC 9608 4 */

	if (!p->ca_issuers && !ocsp)
		return OK;
	open_extension(d, OID_AUTHORITY_INFO, false);
	der_open(d, DER_SEQUENCE);
	if (ocsp) {
		der_open(d, DER_SEQUENCE);
		der_put_oid(d, OID_ACCESS_OCSP);
		TRY(put_url(d, f->base_url, "ocsp", "", ""));
		der_close(d);
	}
	if (p->ca_issuers) {
		der_open(d, DER_SEQUENCE);
		der_put_oid(d, OID_ACCESS_CA_ISSUERS);
		TRY(put_url(d, f->base_url, "ca/", issuer_file(f), ".cer"));
		der_close(d);
	}
	der_close(d);
	close_extension(d);
	return OK;
}

static RESULT
put_crl_points(struct der *d, const struct tbs_facts *f)
{
	if (!f->profile->crl)
		return OK;
	open_extension(d, OID_CRL_POINTS, false);
	der_open(d, DER_SEQUENCE);
	der_open(d, DER_SEQUENCE);
	der_open(d, DER_CONTEXT_OF(0)); /* distributionPoint */
	der_open(d, DER_CONTEXT_OF(0)); /* fullName */
	TRY(put_url(d, f->base_url, "crl/", issuer_file(f), ".crl"));
	der_close(d);
	der_close(d);
	der_close(d);
	der_close(d);
	close_extension(d);
	return OK;
}

/* An extension whose presence says all. */
static void
put_null_if(struct der *d, bool present, const char *oid)
{
	if (!present)
		return;
	open_extension(d, oid, false);
	der_put_null(d);
	close_extension(d);
}

static RESULT
put_extensions(struct der *d, const struct tbs_facts *f)
{
	const struct profile *p = f->profile;
	const struct profile_options *o =
	    f->options ? f->options : &profile_defaults;
	bool short_term = p->short_term ||
	    (p->kind == KIND_person && o->short_term);

	der_open(d, DER_CONTEXT_OF(3));
	der_open(d, DER_SEQUENCE);
	if (p->authority_key)
		put_authority_key(d, f->issuer_key);
	TRY(put_subject_key(d, f->public_key));
	put_usage(d, p->usage);
	put_policies(d, p, f->own_policy);
	put_constraints(d, p);
	put_purposes(d, p, o);
	TRY(put_statements(d, f, o));
	TRY(put_access(d, f, short_term));
	if (!short_term)
		TRY(put_crl_points(d, f));
	put_null_if(d, p->no_check, OID_OCSP_NO_CHECK);
	put_null_if(d, short_term, OID_VALIDITY_ASSURED);
	put_null_if(d, short_term, OID_NO_REVOCATION);
	der_close(d);
	der_close(d);
	return OK;
}

static RESULT
check_facts(const struct tbs_facts *f)
{
	if (f->serial.size == 0 || f->serial.size > 20 ||
	    f->serial.data[0] & 0x80)
		return FAIL(ERR_INTERNAL, "serial of a wrong form"); /* N14 */
	if (f->not_before % SECOND || f->not_after % SECOND ||
	    f->not_after <= f->not_before)
		return FAIL(ERR_INTERNAL, "validity of a wrong form");
	return OK;
}

RESULT
tbs_build(const struct tbs_facts *f, struct buf *out)
{
	AUTO(der_clear) struct der d;

	der_init(&d, TBS_MAX);
	TRY(check_facts(f));
	der_open(&d, DER_SEQUENCE);
	der_open(&d, DER_CONTEXT_OF(0));
	der_put_number(&d, DER_INTEGER, 2); /* v3 */
	der_close(&d);
	der_put_unsigned(&d, DER_INTEGER, f->serial);
	der_put_raw(&d, signature_algorithm_der(f->algorithm));
	der_put_raw(&d, f->issuer_name);
	der_open(&d, DER_SEQUENCE);
	der_put_time(&d, f->not_before);
	der_put_time(&d, f->not_after);
	der_close(&d);
	der_put_raw(&d, f->subject);
	der_put_raw(&d, f->public_key);
	TRY(put_extensions(&d, f));
	der_close(&d);
	TRY(der_done(&d));
	return buf_add_span(out, span_of_buf(&d.bytes));
}
