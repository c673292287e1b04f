/*
 * PKCS#10 (RFC 2986).
 */
#include "pki/csr.h"

#include "base/codec.h"
#include "base/enum.h"
#include "pki/oids.h"
#include "pki/profile.h"
#include "pki/signing.h"

/* keyCertSign and cRLSign, bits 5 and 6, in the first octet of keyUsage. */
#define AUTHORITY_USAGES 0x06

static const char *const authority_extensions[] = {OID_NAME_CONSTRAINTS,
    OID_POLICY_MAPPINGS, OID_POLICY_CONSTRAINTS, OID_INHIBIT_ANY_POLICY,
    OID_OCSP_NO_CHECK};

static RESULT
refuse_authority(void)
{
	return FAIL(ERR_INVALID, "asks for the rights of an authority");
}

static RESULT
check_constraints(struct span value)
{
	struct span rest, flag;
	bool present, ca = false;

	TRY(der_take(&value, DER_SEQUENCE, &rest));
	TRY(der_end(value));
	TRY(der_take_if(&rest, DER_BOOLEAN, &present, &flag));
	if (present)
		TRY(der_get_bool(flag, &ca));
	return ca ? refuse_authority() : OK;
}

static RESULT
check_usage(struct span value)
{
	struct span bits;

	TRY(der_take(&value, DER_BITS, &bits));
	TRY(der_end(value));
	if (bits.size >= 2 && bits.data[1] & AUTHORITY_USAGES)
		return refuse_authority();
	return OK;
}

static RESULT
check_purposes(struct span value)
{
	struct span list, oid;

	TRY(der_take(&value, DER_SEQUENCE, &list));
	TRY(der_end(value));
	while (list.size > 0) {
		TRY(der_take(&list, DER_OID, &oid));
		if (profile_purpose_is_authority(oid))
			return refuse_authority();
	}
	return OK;
}

static RESULT
check_requested(struct span extension)
{
	struct span oid, flag, value;
	bool present;

	TRY(der_take(&extension, DER_OID, &oid));
	TRY(der_take_if(&extension, DER_BOOLEAN, &present, &flag));
	TRY(der_take(&extension, DER_OCTETS, &value));
	TRY(der_end(extension));
	for (size_t i = 0; i < COUNT_OF(authority_extensions); i++)
		if (der_oid_is(oid, authority_extensions[i]))
			return refuse_authority();
	if (der_oid_is(oid, OID_BASIC_CONSTRAINTS))
		return check_constraints(value);
	if (der_oid_is(oid, OID_KEY_USAGE))
		return check_usage(value);
	if (der_oid_is(oid, OID_PURPOSES))
		return check_purposes(value);
	return OK;
}

static RESULT
check_attribute(struct span attribute)
{
	struct span oid, values, list, extension;

	TRY(der_take(&attribute, DER_OID, &oid));
	TRY(der_take(&attribute, DER_SET, &values));
	TRY(der_end(attribute));
	if (!der_oid_is(oid, OID_EXTENSION_REQUEST) &&
	    !der_oid_is(oid, OID_EXTENSION_REQUEST_MICROSOFT))
		return OK;
	TRY(der_take(&values, DER_SEQUENCE, &list));
	TRY(der_end(values));
	while (list.size > 0) {
		TRY(der_take(&list, DER_SEQUENCE, &extension));
		TRY(check_requested(extension));
	}
	return OK;
}

static RESULT
read_info(struct span info, struct csr *out)
{
	struct der_item subject, key;
	struct span version, attributes, one;
	uint64_t number;

	TRY(der_take(&info, DER_INTEGER, &version));
	TRY(der_get_number(version, &number));
	if (number != 0)
		return FAIL(ERR_INVALID, "unknown version of request");
	TRY(der_next(&info, &subject));
	TRY(der_next(&info, &key));
	out->subject = subject.whole;
	out->public_key = key.whole;
	TRY(der_take(&info, DER_CONTEXT_OF(0), &attributes));
	TRY(der_end(info));
	while (attributes.size > 0) {
		TRY(der_take(&attributes, DER_SEQUENCE, &one));
		TRY(check_attribute(one));
	}
	return OK;
}

/* What a request is made of; what is signed, and how. */
struct parts {
	struct span signed_part, algorithm, signature;
};

static RESULT
read_request(struct span der, struct parts *parts, struct csr *out)
{
	struct der_item info, algorithm;
	struct span rest, bits;

	if (der.size > CSR_MAX)
		return FAIL(ERR_TOO_LARGE, "certificate request too large");
	TRY(der_take(&der, DER_SEQUENCE, &rest));
	TRY(der_end(der));
	TRY(der_next(&rest, &info));
	TRY(der_next(&rest, &algorithm));
	TRY(der_take(&rest, DER_BITS, &bits));
	TRY(der_end(rest));
	TRY(der_get_octet_bits(bits, &parts->signature));
	if (info.tag != DER_SEQUENCE)
		return FAIL(ERR_INVALID, "not a certificate request");
	parts->signed_part = info.whole;
	parts->algorithm = algorithm.whole;
	return read_info(info.content, out);
}

RESULT
csr_look(struct span der, struct csr *out)
{
	struct csr found = {0};
	struct parts parts;

	TRY(read_request(der, &parts, &found));
	found.key = public_key_digest(found.public_key);
	*out = found;
	return OK;
}

RESULT
csr_parse(struct span der, struct csr *out)
{
	struct csr found = {0};
	struct parts p;

	TRY(read_request(der, &p, &found));
	TRY(public_key_check(found.public_key));
	TRY(signature_verify(
	    found.public_key, p.algorithm, p.signed_part, p.signature));
	/* the costly part for those alone who hold the key */
	TRY(public_key_examine(found.public_key));
	found.key = public_key_digest(found.public_key);
	*out = found;
	return OK;
}

/* Between the two lines; text after the second is nobody's business. */
static bool
find_pem(struct span sent, const char *label, struct span *out)
{
	char begin[64], end[64];

	snprintf(begin, sizeof(begin), "-----BEGIN %s-----", label);
	snprintf(end, sizeof(end), "-----END %s-----", label);
	const uint8_t *from =
	    memmem(sent.data, sent.size, begin, strlen(begin));
	if (!from)
		return false;
	from += strlen(begin);
	size_t left = sent.size - (size_t)(from - sent.data);
	const uint8_t *to = memmem(from, left, end, strlen(end));
	if (!to)
		return false;
	*out = SPAN(from, (size_t)(to - from));
	return true;
}

RESULT
csr_bytes(struct span sent, struct buf *out)
{
	AUTO(buf_clear) struct buf text;
	struct span body;

	if (sent.size > 0 && sent.data[0] == DER_SEQUENCE)
		return buf_add_span(out, sent);
	if (sent.size == 0 ||
	    (!find_pem(sent, "CERTIFICATE REQUEST", &body) &&
		!find_pem(sent, "NEW CERTIFICATE REQUEST", &body)))
		return FAIL(ERR_INVALID, "neither DER nor PEM of a request");
	buf_init(&text, body.size + 1);
	for (size_t i = 0; i < body.size; i++)
		if (!strchr("\r\n\t ", body.data[i]) || body.data[i] == 0)
			TRY(buf_add(&text, &body.data[i], 1));
	return base64_decode(span_of_buf(&text), out);
}

RESULT
csr_build(struct span subject, struct span public_key,
    const struct signing_key *key, struct buf *out)
{
	AUTO(der_clear) struct der d;

	der_init(&d, CSR_MAX);
	der_open(&d, DER_SEQUENCE);
	der_put_number(&d, DER_INTEGER, 0); /* v1 */
	der_put_raw(&d, subject);
	der_put_raw(&d, public_key);
	der_open(&d, DER_CONTEXT_OF(0)); /* attributes: none */
	der_close(&d);
	der_close(&d);
	TRY(der_done(&d));
	return signed_object(span_of_buf(&d.bytes), key, out);
}
