/*
 * The writer. A length is only known when its content is complete, so close
 * moves the content up to make room for it; certificates are small.
 */
#include "base/der.h"

#include "base/clock.h"

#include <stdlib.h>

void
der_init(struct der *d, size_t ceiling)
{
	*d = (struct der){0};
	buf_init(&d->bytes, ceiling);
}

void
der_clear(struct der *d)
{
	buf_clear(&d->bytes);
}

static void
keep(struct der *d, enum err result)
{
	if (d->failure == OK)
		d->failure = result;
}

static void
add(struct der *d, const void *data, size_t size)
{
	if (d->failure == OK)
		keep(d, buf_add(&d->bytes, data, size));
}

static void
add_byte(struct der *d, uint8_t byte)
{
	add(d, &byte, 1);
}

/* The octets of a length; out has room for 5. */
static size_t
length_octets(size_t length, uint8_t out[5])
{
	size_t count = 0;

	if (length < 0x80) {
		out[0] = (uint8_t)length;
		return 1;
	}
	for (size_t rest = length; rest > 0; rest >>= 8)
		count++;
	out[0] = (uint8_t)(0x80 | count);
	for (size_t i = 0; i < count; i++)
		out[1 + i] = (uint8_t)(length >> 8 * (count - 1 - i));
	return 1 + count;
}

void
der_open(struct der *d, uint8_t tag)
{
	add_byte(d, tag);
	if (d->failure == OK && d->depth == DER_DEPTH_MAX)
		keep(d, FAIL(ERR_INTERNAL, "DER nested too deeply"));
	if (d->failure == OK)
		d->open[d->depth++] = d->bytes.size;
}

void
der_close(struct der *d)
{
	uint8_t octets[5], *place;

	if (d->failure == OK && d->depth == 0)
		keep(d, FAIL(ERR_INTERNAL, "DER closed twice"));
	if (d->failure != OK)
		return;
	size_t start = d->open[--d->depth];
	size_t length = d->bytes.size - start;
	if (length > 0xffffffff) {
		keep(d, FAIL(ERR_TOO_LARGE, "DER content too long"));
		return;
	}
	size_t count = length_octets(length, octets);
	keep(d, buf_extend(&d->bytes, count, &place));
	if (d->failure != OK)
		return;
	uint8_t *content = d->bytes.data + start;
	memmove(content + count, content, length);
	memcpy(content, octets, count);
}

void
der_put(struct der *d, uint8_t tag, struct span content)
{
	uint8_t octets[5];

	if (content.size > 0xffffffff) {
		keep(d, FAIL(ERR_TOO_LARGE, "DER content too long"));
		return;
	}
	add_byte(d, tag);
	add(d, octets, length_octets(content.size, octets));
	add(d, content.data, content.size);
}

void
der_put_raw(struct der *d, struct span der)
{
	add(d, der.data, der.size);
}

/* One arc in base 128, high bit on all octets but the last. */
static void
put_arc(struct der *d, uint64_t arc)
{
	unsigned shift = 0;

	while (shift < 63 && arc >> shift >= 0x80)
		shift += 7;
	for (; shift > 0; shift -= 7)
		add_byte(d, (uint8_t)(0x80 | (arc >> shift & 0x7f)));
	add_byte(d, (uint8_t)(arc & 0x7f));
}

static RESULT
read_arc(const char **text, bool last_allowed, uint64_t *out)
{
	const char *at = *text;
	uint64_t value = 0;

	if (*at < '0' || *at > '9' || (*at == '0' && at[1] >= '0'))
		return FAIL(ERR_INVALID, "not an object identifier");
	for (; *at >= '0' && *at <= '9'; at++) {
		if (value > (uint64_t)1 << 50)
			return FAIL(ERR_INVALID, "object identifier too large");
		value = value * 10 + (uint64_t)(*at - '0');
	}
	if (*at == '.' && at[1])
		at++;
	else if (*at || !last_allowed)
		return FAIL(ERR_INVALID, "not an object identifier");
	*text = at;
	*out = value;
	return OK;
}

static RESULT
put_arcs(struct der *d, const char *dotted)
{
	uint64_t first, second, arc;

	TRY(read_arc(&dotted, false, &first));
	TRY(read_arc(&dotted, true, &second));
	if (first > 2 || (first < 2 && second > 39))
		return FAIL(ERR_INVALID, "not an object identifier");
	put_arc(d, first * 40 + second);
	while (*dotted) {
		TRY(read_arc(&dotted, true, &arc));
		put_arc(d, arc);
	}
	return OK;
}

void
der_put_oid(struct der *d, const char *dotted)
{
	der_open(d, DER_OID);
	if (d->failure == OK)
		keep(d, put_arcs(d, dotted));
	der_close(d);
}

void
der_put_bool(struct der *d, bool value)
{
	uint8_t octet = value ? 0xff : 0x00;

	der_put(d, DER_BOOLEAN, SPAN(&octet, 1));
}

void
der_put_null(struct der *d)
{
	der_put(d, DER_NULL, SPAN(NULL, 0));
}

void
der_put_unsigned(struct der *d, uint8_t tag, struct span magnitude)
{
	while (magnitude.size > 1 && magnitude.data[0] == 0)
		magnitude = SPAN(magnitude.data + 1, magnitude.size - 1);
	der_open(d, tag);
	if (magnitude.size == 0 || magnitude.data[0] & 0x80)
		add_byte(d, 0);
	add(d, magnitude.data, magnitude.size);
	der_close(d);
}

void
der_put_number(struct der *d, uint8_t tag, uint64_t value)
{
	uint8_t octets[8];

	for (size_t i = 0; i < 8; i++)
		octets[i] = (uint8_t)(value >> (56 - 8 * i));
	der_put_unsigned(d, tag, SPAN(octets, 8));
}

void
der_put_bits(struct der *d, struct span octets, uint8_t unused)
{
	der_open(d, DER_BITS);
	add_byte(d, unused);
	add(d, octets.data, octets.size);
	der_close(d);
}

void
der_put_text(struct der *d, uint8_t tag, const char *text)
{
	der_put(d, tag, span_of_text(text));
}

/* The digits of YYYYMMDDHHMMSSZ out of 2026-11-23T09:30:00.000Z. */
static void
time_digits(int64_t ms, char out[16])
{
	char text[CLOCK_TEXT_SIZE];
	size_t count = 0;

	clock_format(ms, text);
	for (size_t i = 0; i < 19; i++)
		if (text[i] >= '0' && text[i] <= '9')
			out[count++] = text[i];
	out[count++] = 'Z';
	out[count] = '\0';
}

void
der_put_generalized(struct der *d, uint8_t tag, int64_t ms)
{
	char digits[16];

	time_digits(ms, digits);
	der_put_text(d, tag, digits);
}

void
der_put_time(struct der *d, int64_t ms)
{
	char digits[16];

	time_digits(ms, digits);
	if (strncmp(digits, "1950", 4) >= 0 && strncmp(digits, "2050", 4) < 0)
		der_put_text(d, DER_UTC_TIME, digits + 2);
	else
		der_put_text(d, DER_GENERALIZED_TIME, digits);
}

RESULT
der_done(struct der *d)
{
	if (d->failure != OK)
		return d->failure;
	if (d->depth != 0)
		return FAIL(ERR_INTERNAL, "DER left open");
	return OK;
}
