/*
 * Names as RFC 4514 writes them, but in the order of the certificate's end:
 * the common name first, because that is what a person looks for.
 */
#include "web/authority.h"

#include "base/codec.h"

#include <openssl/sha.h>

#define NAME_TEXT_MAX 1024
#define PARTS_MAX 16

static const struct {
	const char *oid, *word;
} words[] = {
    {"2.5.4.3", "CN"},	 {"2.5.4.4", "SN"},	 {"2.5.4.5", "serialNumber"},
    {"2.5.4.6", "C"},	 {"2.5.4.10", "O"},	 {"2.5.4.11", "OU"},
    {"2.5.4.42", "GN"}, {"2.5.4.97", "organizationIdentifier"},
};

static const struct {
	const char *oid, *word;
} curves[] = {
    {"1.2.840.10045.3.1.7", "P-256"},
    {"1.3.132.0.34", "P-384"},
    {"1.3.132.0.35", "P-521"},
};

static RESULT
attribute_text(struct arena *a, struct span set, const char **out)
{
	char dotted[DER_OID_TEXT_SIZE];
	struct span pair, oid;
	struct der_item value;

	TRY(der_take(&set, DER_SEQUENCE, &pair));
	TRY(der_take(&pair, DER_OID, &oid));
	TRY(der_next(&pair, &value));
	TRY(der_oid_format(oid, dotted));
	const char *word = dotted;
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (strcmp(words[i].oid, dotted) == 0)
			word = words[i].word;
	if (!utf8_is_clean(value.content))
		return FAIL(ERR_INVALID, "a name that is no text");
	*out = arena_format(a, "%s=%s", word, arena_text_of(a, value.content));
	return OK;
}

static RESULT
name_text(struct arena *a, struct span name, const char **out)
{
	struct span sets, set;
	const char *text = "";

	TRY(der_take(&name, DER_SEQUENCE, &sets));
	for (int i = 0; sets.size > 0; i++) {
		const char *part;

		if (i == PARTS_MAX)
			return FAIL(ERR_TOO_LARGE, "a name of too many parts");
		TRY(der_take(&sets, DER_SET, &set));
		TRY(attribute_text(a, set, &part));
		text = arena_format(a, "%s%s%s", part, *text ? ", " : "",
		    text);
	}
	*out = text;
	return OK;
}

static RESULT
rsa_text(struct arena *a, struct span key, const char **out)
{
	struct span numbers, modulus;

	TRY(der_take(&key, DER_SEQUENCE, &numbers));
	TRY(der_take(&numbers, DER_INTEGER, &modulus));
	if (modulus.size > 1 && modulus.data[0] == 0)
		modulus = SPAN(modulus.data + 1, modulus.size - 1);
	*out = arena_format(a, "RSA %zu", modulus.size * 8);
	return OK;
}

static RESULT
key_text(struct arena *a, const struct certificate_outline *c,
    const char **out)
{
	struct span whole, algorithm, oid, curve;
	struct span rest = c->public_key;

	TRY(der_take(&rest, DER_SEQUENCE, &whole));
	TRY(der_take(&whole, DER_SEQUENCE, &algorithm));
	TRY(der_take(&algorithm, DER_OID, &oid));
	if (der_oid_is(oid, "1.2.840.113549.1.1.1"))
		return rsa_text(a, c->key_bits, out);
	TRY(der_take(&algorithm, DER_OID, &curve));
	*out = "";
	for (size_t i = 0; i < sizeof(curves) / sizeof(*curves); i++)
		if (der_oid_is(curve, curves[i].oid))
			*out = curves[i].word;
	return OK;
}

static RESULT
hex_text(struct arena *a, struct span bytes, const char **out)
{
	AUTO(buf_clear) struct buf hex;

	buf_init(&hex, 2 * bytes.size + 1);
	TRY(hex_encode(bytes, &hex));
	*out = arena_text(a, buf_text(&hex));
	return OK;
}

static RESULT
read_certificate(struct arena *a, struct authority_facts *out)
{
	struct digest sha256 = digest_sha256(out->der);
	struct certificate_outline c;
	uint8_t sha1[SHA1_SIZE];

	TRY(certificate_outline(out->der, &c));
	TRY(name_text(a, c.subject, &out->subject));
	TRY(name_text(a, c.issuer, &out->issuer));
	TRY(key_text(a, &c, &out->key));
	SHA1(out->der.data, out->der.size, sha1);
	TRY(hex_text(a, SPAN(sha256.bytes, DIGEST_SIZE), &out->sha256));
	TRY(hex_text(a, SPAN(sha1, SHA1_SIZE), &out->sha1));
	if (c.serial.size > 1 && c.serial.data[0] == 0)
		c.serial = SPAN(c.serial.data + 1, c.serial.size - 1);
	out->not_before = c.not_before;
	out->not_after = c.not_after;
	return hex_text(a, c.serial, &out->serial);
}

RESULT
authority_list(struct request *q, struct flow *f, enum authority a,
    struct crl_outline *out)
{
	int64_t this_update, next_update;
	uint64_t number;
	struct span der;

	TRY(crl_load(f->store, &q->arena, authority_name(a), &der, &number,
	    &this_update, &next_update));
	return crl_outline(der, out);
}

RESULT
authority_load(struct request *q, struct flow *f, enum authority a,
    struct authority_facts *out)
{
	struct authority_facts found = {.name = authority_name(a),
	    .issues = authority_issues(a)};

	TRY(ca_certificate_load(f->store, &q->arena, found.name, &found.der));
	TRY(read_certificate(&q->arena, &found));
	enum err code = authority_list(q, f, a, &found.list);
	if (code != OK && code != ERR_NOT_FOUND)
		return code;
	found.has_list = code == OK;
	err_clear();
	*out = found;
	return OK;
}

RESULT
authority_root_of(struct request *q, struct flow *f, struct span issuing,
    struct span *root)
{
	struct certificate_outline below, above;
	struct span der;

	TRY(certificate_outline(issuing, &below));
	for (unsigned i = 0; i < AUTHORITY_COUNT; i++) {
		enum authority a = (enum authority)i;

		if (authority_issues(a))
			continue;
		enum err code = ca_certificate_load(
		    f->store, &q->arena, authority_name(a), &der);
		if (code == ERR_NOT_FOUND)
			continue;
		TRY(code);
		TRY(certificate_outline(der, &above));
		if (!span_equal(above.subject, below.issuer))
			continue;
		*root = der;
		return OK;
	}
	return FAIL(ERR_NOT_FOUND, "no root of this name");
}
