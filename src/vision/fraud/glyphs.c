/*
 * The drawings (ocrb.def) are 16 pixels to the pitch; cells are cut larger, so
 * that a drawing can be moved over them.
 */
#include "vision/fraud/glyphs.h"

#include <math.h>
#include <string.h>

#include "base/enum.h"

#define WIDE GLYPH_WIDE
#define HIGH GLYPH_HIGH
#define FINER 2 /* samples a pixel, each way */

static const struct {
	char character;
	const char *ink;
} drawings[] = {
#define LETTER(character, ink) {character, ink},
#include "vision/fraud/ocrb.def"
#undef LETTER
};

static float
hex(char c)
{
	return (float)(c <= '9' ? c - '0' : c - 'a' + 10);
}

static void
soften(float *level)
{
	float copy[HIGH * WIDE];
	memcpy(copy, level, sizeof(copy));
	for (int y = 0; y < HIGH; y++)
		for (int x = 0; x < WIDE; x++) {
			float sum = 0;
			for (int dy = -1; dy <= 1; dy++)
				for (int dx = -1; dx <= 1; dx++) {
					int yy = y + dy, xx = x + dx;
					if (yy >= 0 && yy < HIGH && xx >= 0 &&
					    xx < WIDE)
						sum += copy[yy * WIDE + xx];
				}
			level[y * WIDE + x] = sum / 9;
		}
}

static void
unit(float *level, size_t count)
{
	float sum = 0, squares = 0;
	for (size_t i = 0; i < count; i++)
		sum += level[i];
	for (size_t i = 0; i < count; i++) {
		level[i] -= sum / (float)count;
		squares += level[i] * level[i];
	}
	float length = fmaxf(sqrtf(squares), 1e-6f);
	for (size_t i = 0; i < count; i++)
		level[i] /= length;
}

bool
glyph_draw(char character, struct glyph *out)
{
	for (size_t i = 0; i < COUNT_OF(drawings); i++) {
		if (drawings[i].character != character)
			continue;
		float level[HIGH * WIDE];
		for (size_t k = 0; k < COUNT_OF(level); k++)
			level[k] = hex(drawings[i].ink[k]);
		for (int blur = 0; blur < GLYPH_BLURS; blur++) {
			memcpy(out->level[blur], level, sizeof(level));
			unit(out->level[blur], HIGH * WIDE);
			soften(level);
			if (blur > 0)
				soften(level);
		}
		return true;
	}
	return false;
}

void
glyph_cut(const struct raster *grey, const struct seat *at, int aside,
    int above, float *out)
{
	int wide = WIDE + 2 * aside, high = HIGH + 2 * above;
	for (int y = 0; y < high; y++)
		for (int x = 0; x < wide; x++, out++) {
			float sum = 0;
			for (int k = 0; k < FINER * FINER; k++) {
				float u = ((float)x + (float)(k % FINER) /
				    FINER + 0.25f - (float)wide / 2) / WIDE;
				float v = ((float)y + (float)(k / FINER) /
				    FINER + 0.25f - (float)high / 2) / WIDE;
				sum += raster_at(grey,
				    at->x + u * at->sx + v * at->dx,
				    at->y + u * at->sy + v * at->dy);
			}
			*out = 255 - sum / (FINER * FINER);
		}
}

float
glyph_correlate(const float *cell, int wide, int left, int top,
    const float *drawing)
{
	float sum = 0, squares = 0, product = 0;
	for (int y = 0; y < HIGH; y++) {
		const float *row = cell + (y + top) * wide + left;
		for (int x = 0; x < WIDE; x++) {
			sum += row[x];
			squares += row[x] * row[x];
			product += row[x] * drawing[y * WIDE + x];
		}
	}
	float spread = squares - sum * sum / (HIGH * WIDE);
	return product / sqrtf(fmaxf(spread, 1));
}
