/*
 * Rows of a picture on their way to a reduced one, so that nothing large but
 * its brightness is ever whole in memory.
 */
#include "vision/codecs.h"

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

static uint8_t
level(int value)
{
	return (uint8_t)(value < 0 ? 0 : value > 255 ? 255 : value);
}

/* ITU-T T.871, in 64ths: never half a level away from it. */
void
planes_row(const uint8_t *luma, const uint8_t *blue, const uint8_t *red,
    int width, uint8_t *rgb)
{
	for (int x = 0; x < width; x++, rgb += 3) {
		int y = luma[x], b = blue[x] - 128, r = red[x] - 128;
		rgb[0] = level(y + ((r * 90 + 32) >> 6));
		rgb[1] = level(y - ((b * 22 + r * 46 + 32) >> 6));
		rgb[2] = level(y + ((b * 113 + 32) >> 6));
	}
}
