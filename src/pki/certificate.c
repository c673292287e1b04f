/*
 * Taking certificates apart (RFC 5280 4.1).
 */
#include "pki/certificate.h"

#include "pki/oids.h"

static RESULT
take_item(struct span *rest, uint8_t tag, struct der_item *out)
{
	TRY(der_next(rest, out));
	if (out->tag != tag)
		return FAIL(
		    ERR_INVALID, "tag %02x where %02x belongs", out->tag, tag);
	return OK;
}

static RESULT
read_attribute(struct span set, struct attribute *out)
{
	struct span pair, oid;
	struct der_item value;

	TRY(der_take(&set, DER_SEQUENCE, &pair));
	TRY(der_end(set)); /* one attribute an RDN */
	TRY(der_take(&pair, DER_OID, &oid));
	TRY(der_oid_format(oid, out->oid));
	TRY(der_next(&pair, &value));
	out->tag = value.tag;
	out->value = value.content;
	return der_end(pair);
}

static RESULT
read_name(struct span *rest, struct name *out)
{
	struct der_item item;
	struct span set;

	TRY(take_item(rest, DER_SEQUENCE, &item));
	out->der = item.whole;
	out->count = 0;
	while (item.content.size > 0) {
		if (out->count == CERTIFICATE_ATTRIBUTES_MAX)
			return FAIL(ERR_TOO_LARGE, "name of too many parts");
		TRY(der_take(&item.content, DER_SET, &set));
		TRY(read_attribute(set, &out->attributes[out->count]));
		out->count++;
	}
	return OK;
}

static RESULT
read_validity(struct span *rest, struct certificate *out)
{
	struct der_item item;
	struct span validity;

	TRY(der_take(rest, DER_SEQUENCE, &validity));
	TRY(der_next(&validity, &item));
	out->not_before_tag = item.tag;
	TRY(der_get_time(item.tag, item.content, &out->not_before));
	TRY(der_next(&validity, &item));
	out->not_after_tag = item.tag;
	TRY(der_get_time(item.tag, item.content, &out->not_after));
	return der_end(validity);
}

static RESULT
read_key(struct span *rest, struct certificate *out)
{
	struct der_item item, skipped;
	struct span bits;

	TRY(take_item(rest, DER_SEQUENCE, &item));
	out->public_key = item.whole;
	TRY(take_item(&item.content, DER_SEQUENCE, &skipped));
	TRY(der_take(&item.content, DER_BITS, &bits));
	TRY(der_get_octet_bits(bits, &out->key_bits));
	return der_end(item.content);
}

static RESULT
read_extension(struct span pair, struct extension *out)
{
	struct span oid, flag;
	bool present;

	TRY(der_take(&pair, DER_OID, &oid));
	TRY(der_oid_format(oid, out->oid));
	out->critical = false;
	TRY(der_take_if(&pair, DER_BOOLEAN, &present, &flag));
	if (present)
		TRY(der_get_bool(flag, &out->critical));
	if (present && !out->critical)
		return FAIL(ERR_INVALID, "FALSE written out"); /* DEFAULT */
	TRY(der_take(&pair, DER_OCTETS, &out->value));
	return der_end(pair);
}

static RESULT
read_extensions(struct span wrapped, struct certificate *out)
{
	struct span list, pair;

	TRY(der_take(&wrapped, DER_SEQUENCE, &list));
	TRY(der_end(wrapped));
	while (list.size > 0) {
		if (out->extension_count == CERTIFICATE_EXTENSIONS_MAX)
			return FAIL(ERR_TOO_LARGE, "too many extensions");
		TRY(der_take(&list, DER_SEQUENCE, &pair));
		TRY(read_extension(
		    pair, &out->extensions[out->extension_count]));
		out->extension_count++;
	}
	return OK;
}

static RESULT
read_optional_parts(struct span rest, struct certificate *out)
{
	struct span part;
	bool first, second, present;

	TRY(der_take_if(&rest, DER_CONTEXT(1), &first, &part));
	TRY(der_take_if(&rest, DER_CONTEXT(2), &second, &part));
	out->unique_ids = first || second;
	TRY(der_take_if(&rest, DER_CONTEXT_OF(3), &present, &part));
	TRY(der_end(rest));
	return present ? read_extensions(part, out) : OK;
}

static RESULT
read_version(struct span *rest, uint64_t *out)
{
	struct span wrapped, version;
	bool present;

	*out = 0;
	TRY(der_take_if(rest, DER_CONTEXT_OF(0), &present, &wrapped));
	if (!present)
		return OK;
	TRY(der_take(&wrapped, DER_INTEGER, &version));
	TRY(der_end(wrapped));
	return der_get_number(version, out);
}

static RESULT
read_tbs(struct span rest, struct certificate *out)
{
	struct der_item algorithm;

	TRY(read_version(&rest, &out->version));
	TRY(der_take(&rest, DER_INTEGER, &out->serial));
	TRY(der_check_integer(out->serial));
	TRY(take_item(&rest, DER_SEQUENCE, &algorithm));
	out->inner_algorithm = algorithm.whole;
	TRY(read_name(&rest, &out->issuer));
	TRY(read_validity(&rest, out));
	TRY(read_name(&rest, &out->subject));
	TRY(read_key(&rest, out));
	return read_optional_parts(rest, out);
}

RESULT
certificate_parse_tbs(struct span der, struct certificate *out)
{
	struct der_item tbs;

	memset(out, 0, sizeof(*out));
	TRY(take_item(&der, DER_SEQUENCE, &tbs));
	TRY(der_end(der));
	out->tbs = tbs.whole;
	return read_tbs(tbs.content, out);
}

RESULT
certificate_parse(struct span der, struct certificate *out)
{
	struct der_item tbs, algorithm;
	struct span rest, bits;

	TRY(der_take(&der, DER_SEQUENCE, &rest));
	TRY(der_end(der));
	TRY(take_item(&rest, DER_SEQUENCE, &tbs));
	TRY(certificate_parse_tbs(tbs.whole, out));
	TRY(take_item(&rest, DER_SEQUENCE, &algorithm));
	out->algorithm = algorithm.whole;
	TRY(der_take(&rest, DER_BITS, &bits));
	TRY(der_get_octet_bits(bits, &out->signature));
	return der_end(rest);
}

const struct extension *
certificate_extension(const struct certificate *c, const char *oid)
{
	for (size_t i = 0; i < c->extension_count; i++)
		if (strcmp(c->extensions[i].oid, oid) == 0)
			return &c->extensions[i];
	return NULL;
}

const struct attribute *
name_attribute(const struct name *n, const char *oid)
{
	for (size_t i = 0; i < n->count; i++)
		if (strcmp(n->attributes[i].oid, oid) == 0)
			return &n->attributes[i];
	return NULL;
}

/* A word of its own: what is called LATEST is no test. */
bool
attribute_says_test(const struct attribute *a)
{
	struct span rest = a ? a->value : SPAN(NULL, 0);
	bool at_start = true;

	for (; rest.size >= 4; rest = SPAN(rest.data + 1, rest.size - 1)) {
		if (at_start && memcmp(rest.data, "TEST", 4) == 0 &&
		    (rest.size == 4 || rest.data[4] == ' '))
			return true;
		at_start = rest.data[0] == ' ';
	}
	return false;
}

bool
name_is_test(const struct name *n)
{
	return attribute_says_test(name_attribute(n, OID_ORGANISATION)) &&
	       attribute_says_test(name_attribute(n, OID_COMMON_NAME));
}
