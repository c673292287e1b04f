/*
 * The machine-readable zone: passes over the picture, and the choice of a
 * format.
 */
#include "vision/mrz_read.h"

#include <math.h>
#include <string.h>

#include "vision/locate.h"
#include "vision/zone.h"

#define SEEDS_MAX 6       /* lines tried in one pass */
#define WIDTHS 3
#define GOOD_SURE 0.97f   /* with right digits: look no further */
#define SPACING_LEAST 1.2f
#define SPACING_MOST 3.6f

static const int widths[WIDTHS] = {44, 36, 30};

/* How good a reading is: by its arithmetic first, then by its letters. */
static float
worth(const struct mrz_found *m)
{
	const struct mrz_reading *reading = &m->reading;
	if (reading->mrz.format == MRZ_NONE || m->sure < MRZ_SURE_LEAST)
		return 0;
	float bad = reading->raw.format == MRZ_NONE ? 3 :
	    (float)reading->raw.bad_digits;
	return 10 - bad - 0.5f * (float)reading->mrz.bad_digits -
	    0.5f * (float)reading->repaired +
	    2 * m->sure;
}

static bool
settled(const struct mrz_found *m)
{
	return m->reading.raw.format != MRZ_NONE &&
	    m->reading.raw.bad_digits == 0 && m->reading.repaired == 0 &&
	    m->reading.raw.flaws == 0 && m->sure >= GOOD_SURE;
}

/* The lines of the choice, cut at exact ends. */
struct cut {
	const struct zone_line *from[MRZ_LINES_MAX];
	size_t count;
	int columns;
	float start; /* of all lines, in letters of the zone's first line */
};

static RESULT
read_cut(struct reader *r, const struct zone_line *from, float start,
    int columns, struct line *line, struct ctc_text *text)
{
	float step = from->end > from->start ?
	    (from->end - from->start) / (float)(from->line.letters - 1) : 1;
	float shift = roundf((start - from->start) / step);
	*line = line_shifted(&from->line, shift);
	line->letters = columns;
	return recognise_exact(r, line, columns, text);
}

static void
note_letters(const struct ctc_text *text, struct mrz_found *m, char *out)
{
	for (int i = 0; i < text->count; i++) {
		out[i] = text->at[i].letter;
		m->least = fminf(m->least, text->at[i].sure);
	}
	out[text->count] = '\0';
	m->sure += ctc_sure(text);
}

/* Reads one choice of lines; m is filled even when it fits no format. */
static RESULT
try_cut(struct reader *r, const struct cut *c, int64_t now,
    struct mrz_found *m)
{
	char texts[MRZ_LINES_MAX][MRZ_LINE_SIZE];
	const char *lines[MRZ_LINES_MAX];
	*m = (struct mrz_found){.least = 1, .columns = c->columns};
	for (size_t i = 0; i < c->count; i++) {
		struct ctc_text text = {0};
		TRY(read_cut(r, c->from[i], c->start, c->columns,
		    &m->lines[i], &text));
		note_letters(&text, m, texts[i]);
		lines[i] = texts[i];
	}
	m->sure /= (float)c->count;
	if (mrz_repair(lines, c->count, now, &m->reading) != OK) {
		err_clear();
		m->reading.mrz.format = MRZ_NONE;
	}
	return OK;
}

static RESULT
try_starts(struct reader *r, struct cut *c, float end, int64_t now,
    struct mrz_found *best)
{
	static const float shifts[] = {0, -1, 1};
	float start = c->start;
	float over = end - start + 1 - (float)c->columns;
	for (size_t i = 0; i < COUNT_OF(shifts); i++) {
		struct mrz_found m;
		if (i > 0 && fabsf(over - shifts[i]) > 0.7f)
			continue;
		c->start = start + shifts[i];
		TRY(try_cut(r, c, now, &m));
		if (worth(&m) > worth(best))
			*best = m;
		if (settled(best))
			return OK;
	}
	return OK;
}

static float
median(float *values, size_t count)
{
	for (size_t i = 1; i < count; i++)
		for (size_t k = i; k > 0 && values[k] < values[k - 1]; k--) {
			float swap = values[k];
			values[k] = values[k - 1];
			values[k - 1] = swap;
		}
	return values[count / 2];
}

/* Do these lines, from `at` on, stand as one zone of that width would? */
static bool
fits(const struct zone *z, size_t at, struct cut *c, float *end)
{
	float starts[MRZ_LINES_MAX], ends[MRZ_LINES_MAX];
	if (at + c->count > z->count)
		return false;
	for (size_t i = 0; i < c->count; i++) {
		const struct zone_line *l = &z->lines[at + i];
		float space = i > 0 ? l->down - z->lines[at + i - 1].down : 2;
		if (space < SPACING_LEAST || space > SPACING_MOST)
			return false;
		c->from[i] = l;
		starts[i] = l->start;
		ends[i] = l->end;
	}
	c->start = median(starts, c->count);
	*end = median(ends, c->count);
	if (c->count == 2) {
		c->start = fminf(starts[0], starts[1]);
		*end = fmaxf(ends[0], ends[1]);
	}
	return fabsf(*end - c->start + 1 - (float)c->columns) < 2.5f;
}

static RESULT
choose(struct reader *r, const struct zone *z, int64_t now,
    struct mrz_found *best)
{
	for (size_t w = 0; w < WIDTHS; w++) {
		for (size_t at = 0; at < z->count; at++) {
			struct cut c = {.columns = widths[w],
			    .count = widths[w] == 30 ? 3 : 2};
			float end;
			if (!fits(z, at, &c, &end))
				continue;
			TRY(try_starts(r, &c, end, now, best));
			if (settled(best))
				return OK;
		}
	}
	return OK;
}

struct pass {
	int side;      /* of the picture searched, longer one */
	double darker; /* threshold; 0: by bars */
};

static const struct pass passes[] = {
    {1600, 14}, {1600, 6}, {1000, 8}, {800, 0}, {2400, 10}};

static void
enlarge(struct line *l, float scale)
{
	l->x = (l->x + 0.5f) * scale - 0.5f;
	l->y = (l->y + 0.5f) * scale - 0.5f;
	l->sx *= scale;
	l->sy *= scale;
	l->dx *= scale;
	l->dy *= scale;
}

static RESULT
seeds_of(const struct raster *grey, const struct pass *pass,
    struct line *seeds, size_t *count)
{
	AUTO(raster_clear) struct raster small = {0};
	int side = grey->width > grey->height ? grey->width : grey->height;
	float scale = (float)side / (float)pass->side;
	TRY(opencv_resize(grey, (int)((float)grey->width / scale),
	    (int)((float)grey->height / scale), &small));
	if (pass->darker > 0)
		TRY(locate_chains(&small, pass->darker, seeds, count));
	else
		TRY(locate_bars(&small, seeds, count));
	for (size_t i = 0; i < *count; i++)
		enlarge(&seeds[i], scale);
	return OK;
}

/* Is the line one of a zone that has been looked at? */
static bool
covered(const struct line *l, const struct zone *z)
{
	float x, y;
	line_at(l, (float)l->letters / 2, 0, &x, &y);
	for (size_t i = 0; i < z->count; i++) {
		const struct line *own = &z->lines[i].line;
		float ox, oy;
		line_at(own, (float)own->letters / 2, 0, &ox, &oy);
		float pitch = line_pitch(own);
		float along = ((x - ox) * own->sx + (y - oy) * own->sy) /
		    (pitch * pitch);
		float down = ((x - ox) * own->dx + (y - oy) * own->dy) /
		    (pitch * pitch);
		if (fabsf(down) < 0.8f &&
		    fabsf(along) < (float)own->letters / 2)
			return true;
	}
	return false;
}

static RESULT
run_pass(struct reader *r, const struct pass *pass, int64_t now,
    struct mrz_found *best)
{
	struct line seeds[LOCATE_LINES_MAX];
	size_t count = 0, tried = 0;
	struct zone z = {0};
	TRY(seeds_of(r->grey, pass, seeds, &count));
	for (size_t i = 0; i < count && tried < SEEDS_MAX; i++) {
		if (covered(&seeds[i], &z))
			continue;
		tried++;
		if (zone_around(r, &seeds[i], &z) != OK) {
			err_clear();
			continue;
		}
		TRY(choose(r, &z, now, best));
		if (settled(best))
			return OK;
	}
	return OK;
}

RESULT
mrz_read(struct net *net, const struct raster *grey, int64_t now,
    struct mrz_found *out)
{
	struct mrz_found best = {0};
	AUTO(reader_clear) struct reader r;
	reader_init(&r, net, grey);
	for (size_t i = 0; i < COUNT_OF(passes) && !settled(&best); i++)
		if (run_pass(&r, &passes[i], now, &best) != OK)
			break;
	err_clear();
	if (worth(&best) <= 0)
		return FAIL(ERR_UNREADABLE,
		    "no machine-readable zone could be read");
	*out = best;
	return OK;
}
