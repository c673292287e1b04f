/*
 * Typed bytes, big endian. A writer that would pass the buffer's ceiling
 * spoils the buffer (its ceiling becomes 0) and wire_written() says so once,
 * as wire_done() does for readers.
 */
#include "proc/wire.h"

#include "base/codec.h"

#include <math.h>

static void
put(struct buf *b, const void *data, size_t size)
{
	if (buf_add(b, data, size) != OK)
		b->ceiling = 0;
}

static void
put_big_endian(struct buf *b, uint64_t value, size_t size)
{
	uint8_t bytes[8];

	for (size_t i = 0; i < size; i++)
		bytes[i] = (uint8_t)(value >> (8 * (size - 1 - i)));
	put(b, bytes, size);
}

void
put_u8(struct buf *b, uint8_t value)
{
	put_big_endian(b, value, 1);
}

void
put_bool(struct buf *b, bool value)
{
	put_u8(b, value);
}

void
put_u32(struct buf *b, uint32_t value)
{
	put_big_endian(b, value, 4);
}

void
put_u64(struct buf *b, uint64_t value)
{
	put_big_endian(b, value, 8);
}

void
put_i64(struct buf *b, int64_t value)
{
	put_u64(b, (uint64_t)value);
}

void
put_double(struct buf *b, double value)
{
	uint64_t bits;

	memcpy(&bits, &value, sizeof(bits));
	put_u64(b, bits);
}

void
put_bytes(struct buf *b, struct span bytes)
{
	if (bytes.size > WIRE_MAX) {
		b->ceiling = 0;
		return;
	}
	put_u32(b, (uint32_t)bytes.size);
	put(b, bytes.data, bytes.size);
}

void
put_text(struct buf *b, const char *text)
{
	put_bytes(b, span_of_text(text));
}

RESULT
wire_written(const struct buf *b)
{
	if (b->ceiling == 0)
		return FAIL(ERR_TOO_LARGE, "the message passes its ceiling");
	return OK;
}

/* The next size bytes, or NULL and the reader has failed. */
static const uint8_t *
take(struct wire_reader *r, size_t size)
{
	if (r->failed || size > r->rest.size) {
		r->failed = true;
		return NULL;
	}
	const uint8_t *taken = r->rest.data;
	if (size > 0)
		r->rest = SPAN(taken + size, r->rest.size - size);
	return taken;
}

static uint64_t
get_big_endian(struct wire_reader *r, size_t size)
{
	const uint8_t *bytes = take(r, size);
	uint64_t value = 0;

	for (size_t i = 0; bytes && i < size; i++)
		value = value << 8 | bytes[i];
	return value;
}

uint8_t
get_u8(struct wire_reader *r)
{
	return (uint8_t)get_big_endian(r, 1);
}

bool
get_bool(struct wire_reader *r)
{
	uint8_t value = get_u8(r);

	if (value > 1)
		r->failed = true;
	return value == 1;
}

uint32_t
get_u32(struct wire_reader *r)
{
	return (uint32_t)get_big_endian(r, 4);
}

uint64_t
get_u64(struct wire_reader *r)
{
	return get_big_endian(r, 8);
}

int64_t
get_i64(struct wire_reader *r)
{
	return (int64_t)get_u64(r);
}

double
get_double(struct wire_reader *r)
{
	uint64_t bits = get_u64(r);
	double value;

	memcpy(&value, &bits, sizeof(value));
	if (isfinite(value))
		return value;
	r->failed = true;
	return 0;
}

struct span
get_bytes(struct wire_reader *r, size_t max)
{
	size_t size = get_u32(r);

	if (size > max)
		r->failed = true;
	const uint8_t *bytes = take(r, size);
	return r->failed ? SPAN(NULL, 0) : SPAN(bytes, size);
}

void
get_text(struct wire_reader *r, char *out, size_t size)
{
	struct span bytes = get_bytes(r, size - 1);

	out[0] = '\0';
	if (!utf8_is_clean(bytes))
		r->failed = true;
	if (r->failed || bytes.size == 0)
		return;
	memcpy(out, bytes.data, bytes.size);
	out[bytes.size] = '\0';
}

size_t
get_octets(struct wire_reader *r, uint8_t *out, size_t size)
{
	struct span bytes = get_bytes(r, size);

	if (bytes.size > 0)
		memcpy(out, bytes.data, bytes.size);
	return bytes.size;
}

RESULT
wire_done(const struct wire_reader *r)
{
	if (r->failed)
		return FAIL(ERR_INVALID, "a message is malformed");
	if (r->rest.size > 0)
		return FAIL(ERR_INVALID, "a message is longer than it says");
	return OK;
}
