/*
 * The reader of DER. Definite lengths in their shortest form, low tag
 * numbers, one form for each value.
 */
#include "base/der.h"

#include "base/clock.h"

#include <stdio.h>

static RESULT
read_length(struct span *rest, size_t *out)
{
	if (rest->size == 0)
		return FAIL(ERR_INVALID, "DER cut short");
	uint8_t first = rest->data[0];
	size_t count = first & 0x7f, length = 0;
	*rest = SPAN(rest->data + 1, rest->size - 1);
	if (first < 0x80) {
		*out = first;
		return OK;
	}
	if (count == 0 || count > 4 || count > rest->size || rest->data[0] == 0)
		return FAIL(ERR_INVALID, "length not in DER's form");
	for (size_t i = 0; i < count; i++)
		length = length << 8 | rest->data[i];
	if (length < 0x80)
		return FAIL(ERR_INVALID, "length not in DER's form");
	*rest = SPAN(rest->data + count, rest->size - count);
	*out = length;
	return OK;
}

RESULT
der_next(struct span *rest, struct der_item *out)
{
	struct span at = *rest;
	size_t length;

	if (at.size == 0)
		return FAIL(ERR_INVALID, "DER cut short");
	uint8_t tag = at.data[0];
	if ((tag & 0x1f) == 0x1f || tag == 0)
		return FAIL(ERR_INVALID, "unexpected tag");
	at = SPAN(at.data + 1, at.size - 1);
	TRY(read_length(&at, &length));
	if (length > at.size)
		return FAIL(ERR_INVALID, "DER cut short");
	out->tag = tag;
	out->content = SPAN(at.data, length);
	out->whole = SPAN(rest->data, (size_t)(at.data - rest->data) + length);
	*rest = SPAN(at.data + length, at.size - length);
	return OK;
}

RESULT
der_take(struct span *rest, uint8_t tag, struct span *out)
{
	struct span at = *rest;
	struct der_item item;

	TRY(der_next(&at, &item));
	if (item.tag != tag)
		return FAIL(
		    ERR_INVALID, "tag %02x where %02x belongs", item.tag, tag);
	*rest = at;
	*out = item.content;
	return OK;
}

RESULT
der_take_if(struct span *rest, uint8_t tag, bool *present, struct span *out)
{
	*present = rest->size > 0 && rest->data[0] == tag;
	if (!*present)
		return OK;
	return der_take(rest, tag, out);
}

RESULT
der_end(struct span rest)
{
	if (rest.size > 0)
		return FAIL(ERR_INVALID, "%zu bytes too many", rest.size);
	return OK;
}

RESULT
der_get_bool(struct span content, bool *out)
{
	if (content.size != 1 ||
	    (content.data[0] != 0x00 && content.data[0] != 0xff))
		return FAIL(ERR_INVALID, "BOOLEAN not in DER's form");
	*out = content.data[0] == 0xff;
	return OK;
}

RESULT
der_check_integer(struct span content)
{
	if (content.size == 0)
		return FAIL(ERR_INVALID, "INTEGER without octets");
	if (content.size == 1)
		return OK;
	uint8_t first = content.data[0], next = content.data[1] & 0x80;
	if ((first == 0x00 && !next) || (first == 0xff && next))
		return FAIL(ERR_INVALID, "INTEGER not in its shortest form");
	return OK;
}

RESULT
der_get_number(struct span content, uint64_t *out)
{
	uint64_t value = 0;

	TRY(der_check_integer(content));
	if (content.data[0] & 0x80)
		return FAIL(ERR_INVALID, "INTEGER is negative");
	if (content.size > 9 || (content.size == 9 && content.data[0] != 0))
		return FAIL(ERR_TOO_LARGE, "INTEGER too large");
	for (size_t i = 0; i < content.size; i++)
		value = value << 8 | content.data[i];
	*out = value;
	return OK;
}

RESULT
der_check_oid(struct span content)
{
	bool starts = true;

	if (content.size == 0 || content.data[content.size - 1] & 0x80)
		return FAIL(ERR_INVALID, "object identifier cut short");
	for (size_t i = 0; i < content.size; i++) {
		if (starts && content.data[i] == 0x80)
			return FAIL(ERR_INVALID, "arc not in DER's form");
		starts = !(content.data[i] & 0x80);
	}
	return OK;
}

RESULT
der_get_octet_bits(struct span content, struct span *out)
{
	if (content.size < 1 || content.data[0] != 0)
		return FAIL(ERR_INVALID, "BIT STRING is not whole octets");
	*out = SPAN(content.data + 1, content.size - 1);
	return OK;
}

/* YYYYMMDDHHMMSSZ as the clock reads it. */
static RESULT
time_from_digits(const char *t, int64_t *out)
{
	char text[CLOCK_TEXT_SIZE];

	snprintf(text, sizeof(text), "%.4s-%.2s-%.2sT%.2s:%.2s:%.2sZ", t, t + 4,
	    t + 6, t + 8, t + 10, t + 12);
	return clock_parse(text, out);
}

RESULT
der_get_time(uint8_t tag, struct span content, int64_t *out)
{
	char digits[16] = "";
	size_t century = tag == DER_UTC_TIME ? 2 : 0;
	int64_t ms;

	if ((tag != DER_UTC_TIME && tag != DER_GENERALIZED_TIME) ||
	    content.size != 15 - century || content.data[14 - century] != 'Z')
		return FAIL(ERR_INVALID, "not a time");
	memcpy(digits + century, content.data, content.size);
	if (century)
		memcpy(digits, digits[2] >= '5' ? "19" : "20", 2);
	for (size_t i = 0; i < 14; i++)
		if (digits[i] < '0' || digits[i] > '9')
			return FAIL(ERR_INVALID, "not a time");
	TRY(time_from_digits(digits, &ms));
	*out = ms;
	return OK;
}

/* Digits by hand: every extension and attribute comes through here. */
static RESULT
format_arc(char *out, size_t *at, uint64_t arc)
{
	char digits[24];
	size_t count = 0;

	do
		digits[count++] = (char)('0' + arc % 10);
	while ((arc /= 10) > 0);
	if (*at > 0)
		digits[count++] = '.';
	if (*at + count >= DER_OID_TEXT_SIZE)
		return FAIL(ERR_TOO_LARGE, "object identifier too long");
	while (count > 0)
		out[(*at)++] = digits[--count];
	out[*at] = '\0';
	return OK;
}

RESULT
der_oid_format(struct span content, char out[DER_OID_TEXT_SIZE])
{
	size_t at = 0;
	uint64_t arc = 0;

	TRY(der_check_oid(content));
	for (size_t i = 0; i < content.size; i++) {
		if (arc >> 56)
			return FAIL(ERR_TOO_LARGE, "arc too large");
		arc = arc << 7 | (content.data[i] & 0x7f);
		if (content.data[i] & 0x80)
			continue;
		if (at == 0) {
			uint64_t top = arc < 80 ? arc / 40 : 2;
			TRY(format_arc(out, &at, top));
			arc -= top * 40;
		}
		TRY(format_arc(out, &at, arc));
		arc = 0;
	}
	return OK;
}

bool
der_oid_is(struct span content, const char *dotted)
{
	char text[DER_OID_TEXT_SIZE];

	if (der_oid_format(content, text) != OK) {
		err_clear();
		return false;
	}
	return strcmp(text, dotted) == 0;
}
