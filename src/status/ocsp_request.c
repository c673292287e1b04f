/*
 * The request, field by field as RFC 6960 4.1.1 lists them.
 */
#include "status/ocsp_request.h"

#include "base/codec.h"

#define OID_SHA1 "1.3.14.3.2.26"
#define OID_SHA256 "2.16.840.1.101.3.4.2.1"
#define OID_NONCE "1.3.6.1.5.5.7.48.1.2"

static RESULT
read_hash(struct span algorithm, struct ocsp_query *out)
{
	struct span oid, parameters;
	bool present;

	TRY(der_take(&algorithm, DER_OID, &oid));
	TRY(der_check_oid(oid));
	TRY(der_take_if(&algorithm, DER_NULL, &present, &parameters));
	TRY(der_end(algorithm));
	if (present)
		TRY(der_end(parameters));
	out->hash = der_oid_is(oid, OID_SHA1)	  ? OCSP_SHA1
		    : der_oid_is(oid, OID_SHA256) ? OCSP_SHA256
						  : OCSP_OTHER_HASH;
	return OK;
}

static RESULT
check_sizes(const struct ocsp_query *q)
{
	size_t size = q->hash == OCSP_SHA1 ? 20 : 32;

	if (q->serial.size > OCSP_SERIAL_MAX)
		return FAIL(ERR_TOO_LARGE, "serial number too long");
	if (q->hash == OCSP_OTHER_HASH)
		return OK;
	if (q->issuer_name_hash.size != size || q->issuer_key_hash.size != size)
		return FAIL(ERR_INVALID, "digest of a wrong length");
	return OK;
}

static RESULT
read_cert_id(struct der_item item, struct ocsp_query *out)
{
	struct span rest = item.content, algorithm;

	if (item.tag != DER_SEQUENCE)
		return FAIL(ERR_INVALID, "no CertID");
	out->cert_id = item.whole;
	TRY(der_take(&rest, DER_SEQUENCE, &algorithm));
	TRY(read_hash(algorithm, out));
	TRY(der_take(&rest, DER_OCTETS, &out->issuer_name_hash));
	TRY(der_take(&rest, DER_OCTETS, &out->issuer_key_hash));
	TRY(der_take(&rest, DER_INTEGER, &out->serial));
	TRY(der_check_integer(out->serial));
	TRY(der_end(rest));
	return check_sizes(out);
}

/* An unknown extension may be passed over unless it is critical. */
static RESULT
read_extension(struct span extension, struct span *nonce)
{
	struct span oid, flag, value, inner;
	bool present, critical = false;

	TRY(der_take(&extension, DER_OID, &oid));
	TRY(der_take_if(&extension, DER_BOOLEAN, &present, &flag));
	if (present)
		TRY(der_get_bool(flag, &critical));
	TRY(der_take(&extension, DER_OCTETS, &value));
	TRY(der_end(extension));
	if (!nonce || !der_oid_is(oid, OID_NONCE)) {
		if (critical)
			return FAIL(ERR_INVALID, "unknown critical extension");
		return der_check_oid(oid);
	}
	TRY(der_take(&value, DER_OCTETS, &inner));
	TRY(der_end(value));
	if (inner.size < 1 || inner.size > OCSP_NONCE_MAX || nonce->size > 0)
		return FAIL(ERR_INVALID, "nonce of a wrong length"); /* B-35 */
	*nonce = inner;
	return OK;
}

static RESULT
read_extensions(struct span wrapped, struct span *nonce)
{
	struct span list, one;

	TRY(der_take(&wrapped, DER_SEQUENCE, &list));
	TRY(der_end(wrapped));
	do {
		TRY(der_take(&list, DER_SEQUENCE, &one));
		TRY(read_extension(one, nonce));
	} while (list.size > 0);
	return OK;
}

static RESULT
read_query(struct span request, struct ocsp_query *out)
{
	struct der_item cert_id;
	struct span extensions;
	bool present;

	TRY(der_next(&request, &cert_id));
	TRY(read_cert_id(cert_id, out));
	TRY(der_take_if(&request, DER_CONTEXT_OF(0), &present, &extensions));
	if (present)
		TRY(read_extensions(extensions, NULL));
	return der_end(request);
}

static RESULT
read_queries(struct span list, struct ocsp_request *out)
{
	struct span one;

	do {
		if (out->count == OCSP_QUERIES_MAX)
			return FAIL(ERR_TOO_LARGE, "too many requests in one");
		TRY(der_take(&list, DER_SEQUENCE, &one));
		TRY(read_query(one, &out->queries[out->count]));
		out->count++;
	} while (list.size > 0);
	return OK;
}

static RESULT
read_version(struct span *tbs)
{
	struct span wrapped, version;
	uint64_t number;
	bool present;

	TRY(der_take_if(tbs, DER_CONTEXT_OF(0), &present, &wrapped));
	if (!present)
		return OK;
	TRY(der_take(&wrapped, DER_INTEGER, &version));
	TRY(der_end(wrapped));
	TRY(der_get_number(version, &number));
	if (number != 0)
		return FAIL(ERR_INVALID, "unknown version");
	return OK;
}

static RESULT
read_tbs(struct span tbs, struct ocsp_request *out)
{
	struct span skipped, list, extensions;
	bool present;

	TRY(read_version(&tbs));
	TRY(der_take_if(&tbs, DER_CONTEXT_OF(1), &present, &skipped));
	TRY(der_take(&tbs, DER_SEQUENCE, &list));
	TRY(read_queries(list, out));
	TRY(der_take_if(&tbs, DER_CONTEXT_OF(2), &present, &extensions));
	if (present)
		TRY(read_extensions(extensions, &out->nonce));
	return der_end(tbs);
}

RESULT
ocsp_request_parse(struct span der, struct ocsp_request *out)
{
	struct ocsp_request found = {0};
	struct span request, tbs, signature;
	bool present;

	if (der.size > OCSP_REQUEST_MAX)
		return FAIL(ERR_TOO_LARGE, "OCSP request too large");
	TRY(der_take(&der, DER_SEQUENCE, &request));
	TRY(der_end(der));
	TRY(der_take(&request, DER_SEQUENCE, &tbs));
	TRY(read_tbs(tbs, &found));
	TRY(der_take_if(&request, DER_CONTEXT_OF(0), &present, &signature));
	TRY(der_end(request));
	*out = found;
	return OK;
}

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

static RESULT
percent_decode(const char *path, struct buf *out)
{
	for (; *path; path++) {
		uint8_t octet = (uint8_t)*path;

		if (octet == '%') {
			int high = hex_digit(path[1]);
			int low = high < 0 ? -1 : hex_digit(path[2]);
			if (low < 0)
				return FAIL(ERR_INVALID, "stray percent sign");
			octet = (uint8_t)(high << 4 | low);
			path += 2;
		}
		TRY(buf_add_byte(out, octet));
	}
	return OK;
}

RESULT
ocsp_request_from_path(const char *path, struct buf *out)
{
	AUTO(buf_clear) struct buf text;

	buf_init(&text, OCSP_REQUEST_MAX * 2);
	while (*path == '/') /* no DER SEQUENCE begins with "/" in base64 */
		path++;
	TRY(percent_decode(path, &text));
	while (text.size % 4) /* padding that a client left out */
		TRY(buf_add_byte(&text, '='));
	return base64_decode(span_of_buf(&text), out);
}
