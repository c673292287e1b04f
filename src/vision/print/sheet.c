/*
 * A page, read.
 */
#include "vision/print/sheet.h"

#include <math.h>
#include <string.h>

#include "base/enum.h"
#include "vision/print/accents.h"
#include "vision/print/sheet_labels.h"

#define PER_MM 12.0f
#define WHOLE_SIDE 1400.0f /* of the largest page read */
#define ZONE_MM 3.2f       /* above the middle of its first line */
#define EVEN_MM 4.0f       /* radius over which light is evened */
#define THIN_MM 1.2f       /* wider than values' strokes, not than words' across */
#define INK_SIDE_MM 3.5f
#define INK_DARKER 26      /* levels of 230: real ink, not its ground */
#define INK_LEAST 5        /* pixels */
#define INK_SHARE 0.5f /* of a piece's darkness: paler is no ink of it */
#define INK_SPOTS 4        /* a piece with fewer tells nothing of its ink */
#define INK_EVEN 0.5f
#define ABOVE_MAX 16
#define ABOVE 1.4f  /* capitals from its foot that a piece reaches up ... */
#define BELOW 0.4f  /* ... and down */
#define WITHIN 0.6f /* feet nearer than that are of one line */
#define INK_MOST_MM 6.5f
#define COLUMNS_MOST 7000  /* read in all, two pixels each */
/* Read to see which end is up: a strip, and more when that does not tell. Of
 * 66 tuning pages none had more than 77 letters upside down, for which a label
 * counts as so many; the right way had half as many again in all of them. */
#define TRIAL_COLUMNS 440
#define TRIAL_CLEAR 100
#define TRIAL_FEW 60
#define TRIAL_LONGER 900
#define LABEL_WORTH 30
#define SURE 0.8f
#define FILLERS 3         /* of a zone's line */

/* How far down the print goes: the zone is read elsewhere. */
static float
print_height(const struct mrz *zone, const struct page *page)
{
	if (!zone || page->zone_apart)
		return page->height;
	float zone_mm = zone->format == MRZ_TD1 ? 17.0f :
	    zone->format == MRZ_TD3 ? 15.8f : 13.6f;
	return page->height - zone_mm - ZONE_MM + 2.0f;
}

static RESULT
cut(const struct raster *grey, const struct mrz *zone, struct sheet *s)
{
	AUTO(raster_clear) struct raster whole = {0};
	AUTO(raster_clear) struct raster part = {0};
	TRY(page_cut(grey, s->page, s->per_mm, &whole));
	int height = (int)(print_height(zone, s->page) * s->per_mm);
	if (height > whole.height)
		height = whole.height;
	TRY(raster_cut(&whole, 0, 0, whole.width, height, &part));
	raster_clear(&s->pixels);
	if (s->through)
		return opencv_even(&part, (int)(THIN_MM * s->per_mm),
		    &s->pixels);
	return opencv_flatten(&part, (int)(EVEN_MM * s->per_mm),
	    &s->pixels);
}

static bool
is_print(const struct piece *p)
{
	return p->spots >= INK_SPOTS && p->even >= INK_EVEN;
}

static float
foot_at(const struct piece *p, float x)
{
	return p->y + (x - p->x) * p->slope;
}

/* Pieces above p that its accents' room may reach into. */
struct above {
	size_t count;
	const struct piece *at[ABOVE_MAX];
};

static void
find_above(const struct pieces *all, const struct piece *p,
    struct above *out)
{
	out->count = 0;
	for (size_t i = 0; i < all->count && out->count < ABOVE_MAX; i++) {
		const struct piece *q = &all->at[i];
		float x = fmaxf(p->x, q->x);
		float up = foot_at(p, x) - foot_at(q, x);
		if (q != p && is_print(q) &&
		    q->x - q->capital < p->x + p->length + p->capital &&
		    p->x - p->capital < q->x + q->length + q->capital &&
		    up > WITHIN * p->capital && up < ABOVE * p->capital +
			BELOW * q->capital)
			out->at[out->count++] = q;
	}
}

/* How far up a piece reaches in that column: over its accents, but not into
 * the label that stands tight above it, whose ink is paler. */
static float
top_at(const struct above *above, const struct piece *p, float x)
{
	float top = foot_at(p, x) - ABOVE * p->capital;
	for (size_t i = 0; i < above->count; i++) {
		const struct piece *q = above->at[i];
		float edge = foot_at(q, x) + BELOW * q->capital;
		if (x > q->x - q->capital &&
		    x < q->x + q->length + q->capital)
			top = fmaxf(top, edge);
	}
	return top;
}

/* Lines of the ground touch letters and pass for such: about a piece only
 * what is nearly as dark as most of it is ink. */
static void
limit_about(const struct pieces *all, const struct piece *p,
    struct raster *limits)
{
	int level = (int)(INK_SHARE * p->dark);
	int left = (int)(p->x - p->capital);
	int right = (int)(p->x + p->length + p->capital);
	struct above above;
	if (!is_print(p) || level <= INK_DARKER)
		return;
	find_above(all, p, &above);
	left = left < 0 ? 0 : left;
	right = right < limits->width ? right : limits->width;
	for (int x = left; x < right; x++) {
		int top = (int)top_at(&above, p, (float)x);
		int bottom = (int)(foot_at(p, (float)x) + BELOW * p->capital);
		top = top < 0 ? 0 : top;
		bottom = bottom < limits->height ? bottom : limits->height;
		for (int y = top; y < bottom; y++) {
			uint8_t *at = raster_row(limits, y) + x;
			*at = *at == INK_DARKER || *at > level ?
			    (uint8_t)level : *at;
		}
	}
}

static RESULT
find_pieces(const struct sheet *s, struct pieces *out)
{
	AUTO(free) struct spots *spots = malloc(sizeof(*spots));
	AUTO(raster_clear) struct raster limits = {0};
	int side = (int)(INK_SIDE_MM * s->per_mm);
	int most = (int)(INK_MOST_MM * s->per_mm);
	if (!spots)
		return FAIL(ERR_TOO_LARGE, "no memory");
	TRY(raster_make(s->pixels.width, s->pixels.height, 1, &limits));
	memset(limits.data, INK_DARKER, (size_t)limits.width *
	    (size_t)limits.height);
	TRY(ink_spots(&s->pixels, side, INK_DARKER, INK_LEAST, most, spots));
	pieces_of(spots, s->per_mm, out);
	for (size_t i = 0; i < out->count; i++)
		limit_about(out, &out->at[i], &limits);
	TRY(ink_spots_above(&s->pixels, side, &limits, INK_LEAST, most,
	    spots));
	pieces_of(spots, s->per_mm, out);
	return OK;
}

/* Letters in pieces that were read with some certainty. */
static size_t
legible(const struct prints *prints)
{
	size_t letters = 0;
	for (size_t i = 0; i < prints->count; i++)
		if (prints->at[i].sure > SURE && prints->at[i].count >= 3)
			letters += strlen(prints->at[i].plain);
	return letters;
}

static RESULT
read_part(const struct sheet *s, const struct pieces *pieces,
    enum print_way way, int columns, size_t *letters)
{
	AUTO(free) struct prints *trial = calloc(1, sizeof(*trial));
	if (!trial)
		return FAIL(ERR_TOO_LARGE, "no memory");
	enum err code = prints_read(s->tools->nets[MODEL_print], &s->pixels,
	    pieces, way, columns, trial);
	*letters = legible(trial) + LABEL_WORTH * sheet_count_labels(trial);
	prints_clear(trial);
	return code;
}

/* Some of the print is read one way, and the other when that is not clear.
 * Where neither way has a letter, there is none: tiled marks, stones, noise. */
static RESULT
find_up(const struct sheet *s, struct pieces *pieces, bool *reversed)
{
	size_t up = 0, down = 0;
	TRY(read_part(s, pieces, PRINT_UPRIGHT, TRIAL_COLUMNS, &up));
	*reversed = false;
	if (up >= TRIAL_CLEAR)
		return OK;
	TRY(read_part(s, pieces, PRINT_REVERSED, TRIAL_COLUMNS, &down));
	*reversed = down > up;
	size_t more = up > down ? up : down, less = up + down - more;
	if (more >= TRIAL_FEW && 2 * more >= 3 * less)
		return OK;
	TRY(read_part(s, pieces, PRINT_UPRIGHT, TRIAL_LONGER, &up));
	TRY(read_part(s, pieces, PRINT_REVERSED, TRIAL_LONGER, &down));
	*reversed = down > up;
	if (up + down == 0)
		pieces->count = 0;
	return OK;
}

static RESULT
stand_up(const struct raster *grey, struct sheet *s, struct pieces *pieces)
{
	bool reversed = false;
	if (s->page->upright)
		return OK;
	TRY(find_up(s, pieces, &reversed));
	if (!reversed)
		return OK;
	page_turn(s->page);
	TRY(cut(grey, NULL, s));
	return find_pieces(s, pieces);
}

/* Zones call Germany D. */
const char *
sheet_country(const struct mrz *zone)
{
	return strcmp(zone->issuer, "D") == 0 ? "DEU" : zone->issuer;
}

/* A zone read elsewhere, or one that was not found: no line of print has its
 * fillers, and its names would pass for printed ones. */
static void
drop_zone(struct prints *prints)
{
	size_t kept = 0;
	for (size_t i = 0; i < prints->count; i++) {
		int fillers = 0;
		for (int k = 0; k < prints->at[i].count; k++)
			fillers += strcmp(glyph_text(
			    prints->at[i].at[k].glyph), "<") == 0;
		if (fillers < FILLERS)
			prints->at[kept++] = prints->at[i];
	}
	prints->count = kept;
}

RESULT
sheet_read(const struct inspector *tools, const struct raster *grey,
    const struct mrz *zone, struct page *page, struct sheet *s)
{
	AUTO(free) struct pieces *pieces = malloc(sizeof(*pieces));
	if (!pieces)
		return FAIL(ERR_TOO_LARGE, "no memory");
	s->tools = tools;
	s->page = page;
	s->per_mm = fminf(PER_MM, WHOLE_SIDE / page->width);
	TRY(cut(grey, zone, s));
	TRY(find_pieces(s, pieces));
	TRY(stand_up(grey, s, pieces));
	TRY(prints_read(tools->nets[MODEL_print], &s->pixels, pieces,
	    PRINT_UPRIGHT, COLUMNS_MOST, &s->prints));
	drop_zone(&s->prints);
	s->letters = legible(&s->prints);
	page->upright = page->upright || s->letters >= 20;
	sheet_find_labels(s);
	accents_settle(&s->prints, zone ? sheet_country(zone) : s->country);
	return OK;
}

void
sheet_clear(struct sheet *s)
{
	raster_clear(&s->pixels);
	prints_clear(&s->prints);
}

struct piece
sheet_part(const struct print *p, int from, int to)
{
	struct piece part = p->where;
	float left = p->start + p->step * (float)p->at[from].from;
	float right = p->start + p->step * (float)(p->at[to - 1].to + 1);
	left = fminf(fmaxf(left, 0), part.length);
	right = fminf(fmaxf(right, left), part.length);
	part.x += left;
	part.y += left * part.slope;
	part.length = right - left;
	return part;
}

void
sheet_corners(const struct sheet *s, const struct print *p, int from, int to,
    float corners[8])
{
	float box[4];
	print_box(p, from, to, box);
	const float at[4][2] = {{box[0], box[1]}, {box[0] + box[2], box[1]},
	    {box[0] + box[2], box[1] + box[3]}, {box[0], box[1] + box[3]}};
	for (int i = 0; i < 4; i++)
		page_point(s->page, at[i][0] / s->per_mm,
		    at[i][1] / s->per_mm, &corners[2 * i],
		    &corners[2 * i + 1]);
}
