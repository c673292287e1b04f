/*
 * Reading CA certificates as far as OCSP needs it.
 */
#include "status/issuer.h"

#include "base/enum.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/sha.h>
#include <stdio.h>
#include <unistd.h>

static const struct {
	const char *name, *responder, *profile;
	enum authority family;
	unsigned generation;
} authorities[AUTHORITY_COUNT] = {
#define AUTHORITY(symbol, name, responder, family, generation)                 \
	{name, responder, #family, AUTHORITY_##family, generation},
#include "status/authorities.def"
#undef AUTHORITY
};

const char *
authority_name(enum authority authority)
{
	return authorities[authority].name;
}

enum authority
authority_find(const char *name)
{
	for (unsigned i = 0; i < AUTHORITY_COUNT; i++)
		if (strcmp(authorities[i].name, name) == 0)
			return (enum authority)i;
	return AUTHORITY_COUNT;
}

const char *
authority_responder(enum authority authority)
{
	return authorities[authority].responder;
}

bool
authority_issues(enum authority authority)
{
	return authorities[authority].responder[0];
}

enum authority
authority_family(enum authority authority)
{
	return authorities[authority].family;
}

unsigned
authority_generation(enum authority authority)
{
	return authorities[authority].generation;
}

const char *
authority_profile(enum authority authority)
{
	return authorities[authority].profile;
}

static RESULT
take_whole(struct span *rest, uint8_t tag, struct span *out)
{
	struct der_item item;

	TRY(der_next(rest, &item));
	if (item.tag != tag)
		return FAIL(ERR_INVALID, "not a certificate");
	*out = item.whole;
	return OK;
}

static RESULT
read_validity(struct span validity, struct certificate_outline *out)
{
	struct der_item item;

	TRY(der_next(&validity, &item));
	TRY(der_get_time(item.tag, item.content, &out->not_before));
	TRY(der_next(&validity, &item));
	TRY(der_get_time(item.tag, item.content, &out->not_after));
	return der_end(validity);
}

static RESULT
read_key_bits(struct span public_key, struct span *out)
{
	struct span rest, algorithm, bits;

	TRY(der_take(&public_key, DER_SEQUENCE, &rest));
	TRY(der_take(&rest, DER_SEQUENCE, &algorithm));
	TRY(der_take(&rest, DER_BITS, &bits));
	TRY(der_get_octet_bits(bits, out));
	return der_end(rest);
}

RESULT
certificate_outline(struct span der, struct certificate_outline *out)
{
	struct certificate_outline found;
	struct span whole, tbs, skipped, validity;

	TRY(der_take(&der, DER_SEQUENCE, &whole));
	TRY(der_end(der));
	TRY(der_take(&whole, DER_SEQUENCE, &tbs));
	TRY(der_take(&tbs, DER_CONTEXT_OF(0), &skipped)); /* version */
	TRY(der_take(&tbs, DER_INTEGER, &found.serial));
	TRY(der_check_integer(found.serial));
	TRY(der_take(&tbs, DER_SEQUENCE, &skipped)); /* algorithm */
	TRY(take_whole(&tbs, DER_SEQUENCE, &found.issuer));
	TRY(der_take(&tbs, DER_SEQUENCE, &validity));
	TRY(read_validity(validity, &found));
	TRY(take_whole(&tbs, DER_SEQUENCE, &found.subject));
	TRY(take_whole(&tbs, DER_SEQUENCE, &found.public_key));
	TRY(read_key_bits(found.public_key, &found.key_bits));
	*out = found;
	return OK;
}

RESULT
issuer_init(const char *name, struct span certificate, struct issuer *out)
{
	struct certificate_outline c;

	if (strlen(name) >= ISSUER_NAME_SIZE ||
	    certificate.size > ISSUER_CERTIFICATE_MAX)
		return FAIL(ERR_TOO_LARGE, "CA certificate too large");
	TRY(certificate_outline(certificate, &c));
	memset(out, 0, sizeof(*out));
	memcpy(out->name, name, strlen(name) + 1);
	memcpy(out->certificate, certificate.data, certificate.size);
	out->certificate_size = certificate.size;
	SHA1(c.subject.data, c.subject.size, out->name_sha1);
	SHA1(c.key_bits.data, c.key_bits.size, out->key_sha1);
	out->name_sha256 = digest_sha256(c.subject);
	out->key_sha256 = digest_sha256(c.key_bits);
	out->not_before = c.not_before;
	out->not_after = c.not_after;
	return OK;
}

static RESULT
load_one(const char *dir, const char *name, struct issuer *out)
{
	uint8_t bytes[ISSUER_CERTIFICATE_MAX + 1];
	AUTO(free) char *path = NULL;

	if (asprintf(&path, "%s/%s.cer", dir, name) < 0)
		abort();
	AUTO(fclose) FILE *file = fopen(path, "rbe");
	if (!file && errno == ENOENT)
		return OK;
	if (!file)
		return FAIL(ERR_UNAVAILABLE, "%s.cer cannot be read", name);
	size_t size = fread(bytes, 1, sizeof(bytes), file);
	return issuer_init(name, SPAN(bytes, size), out);
}

RESULT
issuers_load(const char *dir, struct issuers *out)
{
	memset(out, 0, sizeof(*out));
	for (unsigned i = 0; i < AUTHORITY_COUNT; i++)
		TRY(load_one(dir, authorities[i].name, &out->of[i]));
	return OK;
}

static bool
matches(const struct issuer *i, const struct ocsp_query *q)
{
	bool old = q->hash == OCSP_SHA1;
	struct span name = old ? SPAN(i->name_sha1, SHA1_SIZE)
			       : SPAN(i->name_sha256.bytes, DIGEST_SIZE);
	struct span key = old ? SPAN(i->key_sha1, SHA1_SIZE)
			      : SPAN(i->key_sha256.bytes, DIGEST_SIZE);

	return span_equal(name, q->issuer_name_hash) &&
	       span_equal(key, q->issuer_key_hash);
}

const struct issuer *
issuers_match(const struct issuers *all, const struct ocsp_query *query)
{
	if (query->hash == OCSP_OTHER_HASH)
		return NULL;
	for (size_t i = 0; i < AUTHORITY_COUNT; i++)
		if (all->of[i].certificate_size > 0 &&
		    matches(&all->of[i], query))
			return &all->of[i];
	return NULL;
}
