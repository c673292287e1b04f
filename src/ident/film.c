/*
 * Writing and reading films. A film is checked as a whole when it is opened,
 * so that walking through it cannot fail.
 */
#include "ident/film.h"

#include "proc/wire.h"

#include <stdbool.h>
#include <string.h>

#define HEAD_SIZE 9
#define PICTURE_HEAD 17 /* mark, time, width, height, size */
#define VERSION 1
#define SIDE_MAX 4096

static const uint8_t magic[4] = {'P', 'F', 'L', 'M'};

RESULT
film_begin(struct buf *b)
{
	TRY(buf_add(b, magic, sizeof(magic)));
	TRY(buf_add_byte(b, VERSION));
	put_u32(b, 0);
	return wire_written(b);
}

static uint32_t
read_u32(const uint8_t *at)
{
	return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 |
	    (uint32_t)at[2] << 8 | at[3];
}

static void
write_u32(uint8_t *at, uint32_t value)
{
	at[0] = (uint8_t)(value >> 24);
	at[1] = (uint8_t)(value >> 16);
	at[2] = (uint8_t)(value >> 8);
	at[3] = (uint8_t)value;
}

RESULT
film_add(struct buf *b, const struct film_picture *p)
{
	uint32_t count = b->size >= HEAD_SIZE ? read_u32(b->data + 5) : 0;

	if (b->size < HEAD_SIZE || count >= FILM_PICTURES_MAX ||
	    b->ceiling - b->size < PICTURE_HEAD ||
	    b->ceiling - b->size - PICTURE_HEAD < p->jpeg.size)
		return FAIL(ERR_TOO_LARGE, "a film is full");
	put_u8(b, (uint8_t)p->mark);
	put_u32(b, p->time_ms);
	put_u32(b, p->width);
	put_u32(b, p->height);
	put_u32(b, (uint32_t)p->jpeg.size);
	TRY(wire_written(b));
	TRY(buf_add_span(b, p->jpeg));
	write_u32(b->data + 5, count + 1);
	return OK;
}

static bool
take(struct wire_reader *r, struct film_picture *out)
{
	uint8_t mark = get_u8(r);

	*out = (struct film_picture){.mark = mark < FILM_MARK_COUNT ?
		(enum film_mark)mark : FILM_FRAME};
	out->time_ms = get_u32(r);
	out->width = get_u32(r);
	out->height = get_u32(r);
	out->jpeg = get_bytes(r, FILM_MAX);
	return !r->failed && mark < FILM_MARK_COUNT && out->jpeg.size > 0 &&
	    out->width <= SIDE_MAX && out->height <= SIDE_MAX;
}

RESULT
film_open(struct span bytes, struct film *out)
{
	struct film_picture picture;

	if (bytes.size < HEAD_SIZE || bytes.size > FILM_MAX ||
	    memcmp(bytes.data, magic, sizeof(magic)) != 0 ||
	    bytes.data[4] != VERSION)
		return FAIL(ERR_INVALID, "not a film");
	struct film f = {.bytes = bytes, .count = read_u32(bytes.data + 5),
	    .rest = SPAN(bytes.data + HEAD_SIZE, bytes.size - HEAD_SIZE)};
	struct wire_reader r = wire_read(f.rest);
	if (f.count > FILM_PICTURES_MAX)
		return FAIL(ERR_INVALID, "too many pictures");
	for (size_t i = 0; i < f.count; i++)
		if (!take(&r, &picture))
			return FAIL(ERR_INVALID, "a film is damaged");
	TRY(wire_done(&r));
	*out = f;
	return OK;
}

bool
film_next(struct film *f, struct film_picture *out)
{
	struct wire_reader r = wire_read(f->rest);

	if (f->position == f->count || !take(&r, out))
		return false;
	f->position++;
	f->rest = r.rest;
	return true;
}
