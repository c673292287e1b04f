/*
 * Rows of a picture on their way to a reduced one, so that nothing large but
 * its brightness is ever whole in memory.
 */
#include "vision/still/codecs.h"
#include "vision/still/wide.h"

#define PART 64

RESULT
rows_begin(struct still *to, struct rows *out)
{
	*out = (struct rows){.to = to};
	out->sums = calloc((size_t)to->colour.width * 3, sizeof(*out->sums));
	if (!out->sums)
		return FAIL(ERR_TOO_LARGE, "no memory");
	return OK;
}

void
rows_clear(struct rows *r)
{
	free(r->sums);
	*r = (struct rows){0};
}

static void
keep_native(const struct rows *r, const uint8_t *rgb)
{
	uint8_t *out = raster_row(&r->to->native, r->next);
	for (int x = 0; x < r->to->width; x++, rgb += 3)
		out[x] = (uint8_t)((rgb[0] * 77 + rgb[1] * 151 +
		    rgb[2] * 28 + 128) >> 8);
}

static void
add_up(struct rows *r, const uint8_t *rgb)
{
	int reduction = r->to->reduction;
	uint16_t *sums = r->sums;
	for (int x = 0; x < r->to->colour.width; x++, sums += 3)
		for (int i = 0; i < reduction; i++, rgb += 3) {
			sums[0] = (uint16_t)(sums[0] + rgb[0]);
			sums[1] = (uint16_t)(sums[1] + rgb[1]);
			sums[2] = (uint16_t)(sums[2] + rgb[2]);
		}
}

static void
write_mean(struct rows *r, uint8_t *out)
{
	unsigned area = (unsigned)(r->to->reduction * r->to->reduction);
	size_t count = (size_t)r->to->colour.width * 3;
	for (size_t i = 0; i < count; i++)
		out[i] = (uint8_t)((r->sums[i] + area / 2) / area);
	memset(r->sums, 0, count * sizeof(*r->sums));
}

void
rows_add(struct rows *r, const uint8_t *rgb)
{
	int reduction = r->to->reduction, row = r->next / reduction;
	bool inside = row < r->to->colour.height;
	if (reduction == 1) {
		memcpy(raster_row(&r->to->colour, r->next++), rgb,
		    (size_t)r->to->width * 3);
		return;
	}
	keep_native(r, rgb);
	if (inside)
		add_up(r, rgb);
	if (++r->next % reduction == 0 && inside)
		write_mean(r, raster_row(&r->to->colour, row));
}

static int16_t
level(int value)
{
	return (int16_t)(value < 0 ? 0 : value > 255 ? 255 : value);
}

/* ITU-T T.871, in 64ths: never more than half a level away from it. */
WIDE static void
planes_part(const uint8_t *luma, const uint8_t *blue, const uint8_t *red,
    uint8_t *rgb)
{
	for (int x = 0; x < PART; x++) {
		int16_t y = luma[x];
		int16_t b = (int16_t)(blue[x] - 128);
		int16_t r = (int16_t)(red[x] - 128);
		int16_t to_r = (int16_t)((int16_t)(r * 90 + 32) >> 6);
		int16_t to_g = (int16_t)((int16_t)(b * 22 + r * 46 + 32) >>
		    6);
		int16_t to_b = (int16_t)((int16_t)(b * 113 + 32) >> 6);
		rgb[3 * x] = (uint8_t)level(y + to_r);
		rgb[3 * x + 1] = (uint8_t)level(y - to_g);
		rgb[3 * x + 2] = (uint8_t)level(y + to_b);
	}
}

void
planes_row(const uint8_t *luma, const uint8_t *blue, const uint8_t *red,
    int width, uint8_t *rgb)
{
	int x = 0;
	for (; x + PART <= width; x += PART)
		planes_part(luma + x, blue + x, red + x, rgb + 3 * x);
	if (x == width)
		return;
	uint8_t in[3][PART] = {{0}}, out[3 * PART];
	size_t rest = (size_t)(width - x);
	memcpy(in[0], luma + x, rest);
	memcpy(in[1], blue + x, rest);
	memcpy(in[2], red + x, rest);
	planes_part(in[0], in[1], in[2], out);
	memcpy(rgb + 3 * x, out, 3 * rest);
}
