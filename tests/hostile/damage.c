/*
 * Ways to damage a file. Where a format holds its pieces against sums, as
 * PNG does, the sums are made right again: else a reader would stop at the
 * first of them and nothing behind it were tried.
 */
#include "damage.h"

#include "base/enum.h"

#include <zlib.h>

#define HEAD 1024 /* where formats tell of themselves */

static uint64_t
draw(uint64_t *seed, uint64_t below)
{
	uint64_t z = *seed += 0x9e3779b97f4a7c15u;
	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return below ? (z ^ z >> 31) % below : 0;
}

static void
flip(struct buf *b, uint64_t *seed, size_t within)
{
	for (uint64_t i = (uint64_t)1 << draw(seed, 7); i > 0; i--)
		b->data[draw(seed, within)] ^= (uint8_t)(1 << draw(seed, 8));
}

static void
flip_anywhere(struct buf *b, struct span other, uint64_t *seed)
{
	(void)other;
	flip(b, seed, b->size);
}

static void
flip_in_head(struct buf *b, struct span other, uint64_t *seed)
{
	(void)other;
	flip(b, seed, b->size < HEAD ? b->size : HEAD);
}

/* To what lengths and counts break at. */
static void
set(struct buf *b, struct span other, uint64_t *seed)
{
	static const uint8_t edges[] = {0, 1, 127, 128, 254, 255};
	size_t within = draw(seed, 2) && b->size > HEAD ? HEAD : b->size;
	(void)other;
	for (uint64_t i = 1 + draw(seed, 8); i > 0; i--)
		b->data[draw(seed, within)] = edges[draw(seed,
		    COUNT_OF(edges))];
}

static void
cut(struct buf *b, struct span other, uint64_t *seed)
{
	(void)other;
	b->size = draw(seed, b->size);
}

static void
leave_out(struct buf *b, struct span other, uint64_t *seed)
{
	size_t from = draw(seed, b->size);
	size_t size = draw(seed, b->size - from < 4096 ? b->size - from : 4096);
	(void)other;
	memmove(b->data + from, b->data + from + size, b->size - from - size);
	b->size -= size;
}

/* A piece of another file over one of this, or of itself. */
static void
paste(struct buf *b, struct span other, uint64_t *seed)
{
	struct span of = draw(seed, 2) ? other : span_of_buf(b);
	size_t from = draw(seed, of.size), to = draw(seed, b->size);
	size_t most = of.size - from < b->size - to ? of.size - from :
	    b->size - to;
	size_t size = draw(seed, most < 65536 ? most : 65536);
	memmove(b->data + to, of.data + from, size);
}

/* What follows a marker of JPEG: a segment's length, or its first bytes. */
static void
after_marker(struct buf *b, struct span other, uint64_t *seed)
{
	size_t from = draw(seed, b->size);
	for (size_t i = 0; i + 6 < b->size; i++) {
		size_t at = (from + i) % (b->size - 6);
		if (b->data[at] != 0xff || b->data[at + 1] < 0xc0)
			continue;
		b->data[at + 1 + draw(seed, 5)] = (uint8_t)draw(seed, 256);
		return;
	}
	flip_anywhere(b, other, seed);
}

/* A number written in digits, as PDF has them, becomes another. */
static void
other_number(struct buf *b, struct span other, uint64_t *seed)
{
	size_t from = draw(seed, b->size);
	for (size_t i = 0; i < b->size; i++) {
		size_t at = (from + i) % b->size;
		if (b->data[at] < '0' || b->data[at] > '9')
			continue;
		b->data[at] = (uint8_t)('0' + draw(seed, 10));
		if (draw(seed, 4) == 0)
			return;
	}
	(void)other;
}

static uint32_t
big_endian(const uint8_t *at)
{
	return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 |
	    (uint32_t)at[2] << 8 | at[3];
}

static void
make_sums_right(struct buf *b)
{
	size_t at = 8;
	if (b->size < 8 || memcmp(b->data, "\x89PNG", 4) != 0)
		return;
	while (b->size - at >= 12) {
		size_t size = big_endian(b->data + at);
		if (size > b->size - at - 12)
			return;
		uint32_t sum = (uint32_t)crc32(0, b->data + at + 4,
		    (uInt)size + 4);
		for (int i = 0; i < 4; i++)
			b->data[at + 8 + size + (size_t)i] =
			    (uint8_t)(sum >> (24 - 8 * i));
		at += 12 + size;
	}
}

static void (*const ways[])(struct buf *b, struct span other,
    uint64_t *seed) = {flip_anywhere, flip_in_head, set, cut, leave_out,
    paste, after_marker, other_number};

RESULT
damage(struct span file, struct span other, uint64_t seed, struct buf *out)
{
	TRY(buf_add_span(out, file));
	for (uint64_t times = 1 + draw(&seed, 2); times > 0 && out->size > 0 &&
	    other.size > 0; times--)
		ways[draw(&seed, COUNT_OF(ways))](out, other, &seed);
	make_sums_right(out);
	return OK;
}
