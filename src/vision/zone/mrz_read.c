/*
 * The machine-readable zone: passes over the picture, and the choice of a
 * format.
 */
#include "vision/zone/mrz_read.h"

#include <math.h>
#include <string.h>

#include "vision/pixels/median.h"
#include "vision/zone/locate.h"
#include "vision/zone/mrz_confirm.h"
#include "vision/zone/zone.h"

#define SEEDS_MAX 6       /* lines tried in one pass */
#define GOOD_SURE 0.97f   /* with right digits: look no further */
#define CLEAR_SURE 0.995f /* with wrong ones */
#define CLEAR_LEAST 0.9f
#define WORST_SURE 0.8f   /* below it a line is none, or hardly seen */
#define PART_SURE 0.9f    /* of a line of no known layout */
#define PART_LETTERS 20
#define PART_PASSES 2     /* after which such lines are believed */
#define PART_FILLERS 2
#define TRIED_MAX 64
#define SPECKS_OF_NOISE 4000
#define SPACING_LEAST 1.2f
#define SPACING_MOST 3.6f
#define PARTED_BAD_MOST 2 /* digits, and flaws */
#define PARTED_LEAST 0.5f /* of a zone's letters that are there */

/* Layouts looked for; one line alone is a French driving licence. */
static const struct {
	int columns;
	size_t lines;
} shapes[] = {{44, 2}, {36, 2}, {30, 3}, {30, 1}};

/* How good a reading is: by its arithmetic first, then by its letters. */
static float
worth(const struct mrz_found *m)
{
	const struct mrz_reading *reading = &m->reading;
	if (reading->mrz.format == MRZ_NONE ||
	    reading->sure < MRZ_SURE_LEAST)
		return 0;
	float bad = reading->raw.format == MRZ_NONE ? 3 :
	    (float)reading->raw.bad_digits;
	return 10 - bad - 0.5f * (float)reading->mrz.bad_digits -
	    0.5f * (float)reading->repaired + 2 * reading->sure;
}

/*
 * Nothing better is to be expected of another look: everything agrees, or
 * every letter is so clear that what is wrong was printed so.
 */
static bool
settled(const struct mrz_found *m)
{
	const struct mrz_reading *reading = &m->reading;
	if (reading->raw.format == MRZ_NONE || reading->repaired > 0)
		return false;
	bool agrees = reading->raw.bad_digits == 0 && reading->raw.flaws == 0;
	return agrees ? reading->sure >= GOOD_SURE :
	    reading->sure >= CLEAR_SURE && reading->least >= CLEAR_LEAST;
}

/* The lines of the choice, cut at exact ends. */
struct cut {
	const struct zone_line *from[MRZ_LINES_MAX];
	size_t count;
	int columns;
	float start; /* of all lines, in letters of the zone's first line */
};

static void
place_line(const struct zone_line *from, float start, int columns,
    struct line *out)
{
	float step = from->end > from->start ?
	    (from->end - from->start) / (float)(from->line.letters - 1) : 1;
	float shift = roundf((start - from->start) / step);
	*out = line_shifted(&from->line, shift);
	out->letters = columns;
}

/* Adds what one line's cells say to what is known of it. */
static void
note_cells(const struct ctc_cells *cells, size_t line, float weight,
    struct mrz_seen *out)
{
	for (int i = 0; i < cells->count; i++)
		for (int c = 0; c < MRZ_LETTERS; c++)
			out->p[line][i][c] += weight * cells->p[i][c];
	out->columns[line] = cells->count;
}

/*
 * Reads the lines of m. Where a letter is missing, those behind it move up and
 * the last one is read twice; so if anything is wrong, each letter is held to
 * its place. Not at once, since a line may be placed badly.
 */
static RESULT
read_lines(struct reader *r, int64_t now, struct mrz_found *m)
{
	struct mrz_found held;
	m->look = r->look;
	m->held = false;
	memset(m->seen.p, 0, sizeof(m->seen.p));
	held = *m;
	held.held = true;
	for (size_t i = 0; i < m->seen.count; i++) {
		struct ctc_cells cells, placed;
		TRY(recognise_exact(r, &m->lines[i], m->columns, &cells,
		    &placed));
		note_cells(&cells, i, 1, &m->seen);
		note_cells(&placed, i, 1, &held.seen);
	}
	TRY(mrz_decide(&m->seen, now, &m->reading));
	if (settled(m))
		return OK;
	TRY(mrz_decide(&held.seen, now, &held.reading));
	if (worth(&held) > worth(m))
		*m = held;
	return OK;
}

/* Reads one choice of lines; m is filled even when it fits no format. */
static RESULT
try_cut(struct reader *r, const struct cut *c, int64_t now,
    struct mrz_found *m)
{
	*m = (struct mrz_found){.columns = c->columns};
	m->seen.count = c->count;
	for (size_t i = 0; i < c->count; i++)
		place_line(c->from[i], c->start, c->columns, &m->lines[i]);
	return read_lines(r, now, m);
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
	c->start = median_of(starts, c->count);
	*end = median_of(ends, c->count);
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
	for (size_t i = 0; i < COUNT_OF(shapes); i++) {
		for (size_t at = 0; at < z->count; at++) {
			struct cut c = {.columns = shapes[i].columns,
			    .count = shapes[i].lines};
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

/* Headings of a card read as lines of such print as well; but hardly any
 * check digit is right in them, and no state is one. */
static bool
is_plausible(const struct mrz_found *m)
{
	return m->reading.mrz.bad_digits <= PARTED_BAD_MOST &&
	    __builtin_popcount(m->reading.mrz.flaws) <= PARTED_BAD_MOST;
}

/* Could these lines, from `at` on, be what is left of one zone? */
static bool
parted(const struct zone *z, size_t at, struct cut *c, float *end)
{
	int letters = 0;
	*end = -MRZ_LINE_SIZE;
	c->start = MRZ_LINE_SIZE;
	if (at + c->count > z->count)
		return false;
	for (size_t i = 0; i < c->count; i++) {
		const struct zone_line *l = &z->lines[at + i];
		float space = i > 0 ? l->down - z->lines[at + i - 1].down : 2;
		if (space < SPACING_LEAST || space > SPACING_MOST)
			return false;
		c->from[i] = l;
		c->start = fminf(c->start, l->start);
		*end = fmaxf(*end, l->end);
		letters += l->text.count;
	}
	return *end - c->start < (float)c->columns + 0.5f &&
	    (float)letters >= PARTED_LEAST * (float)c->columns * (float)c->count;
}

/*
 * A reflection parts a line, and what is left of it fits no layout. Then the
 * lines are read as one would have them, from where the first of them begins
 * and to where the last one ends: the letters say whether that is right.
 */
static RESULT
choose_parted(struct reader *r, const struct zone *z, int64_t now,
    struct mrz_found *best)
{
	for (size_t i = 0; i < COUNT_OF(shapes) && worth(best) <= 0; i++) {
		for (size_t at = 0; at < z->count; at++) {
			struct cut c = {.columns = shapes[i].columns,
			    .count = shapes[i].lines};
			struct mrz_found m;
			float end;
			if (c.count < 2 || !parted(z, at, &c, &end))
				continue;
			TRY(try_cut(r, &c, now, &m));
			if (worth(&m) > worth(best) && is_plausible(&m))
				*best = m;
			c.start = end - (float)(c.columns - 1);
			TRY(try_cut(r, &c, now, &m));
			if (worth(&m) > worth(best) && is_plausible(&m))
				*best = m;
		}
	}
	return OK;
}

struct pass {
	int side;      /* of the picture searched, longer one */
	double darker; /* threshold; 0: by bars */
	int near;      /* of bars */
	bool hard;     /* only when there is reason to look so closely */
};

static const struct pass passes[] = {{1600, 14, 0, false},
    {1000, 10, 0, false}, {640, 8, 0, false}, {800, 0, 10, false},
    {800, 0, 5, false}, {1200, 6, 0, true}};

static RESULT
seeds_of(const struct raster *grey, const struct pass *pass,
    struct line *seeds, size_t *count, size_t *specks)
{
	AUTO(raster_clear) struct raster small = {0};
	int side = grey->width > grey->height ? grey->width : grey->height;
	float scale = (float)side / (float)pass->side;
	TRY(opencv_resize(grey, (int)((float)grey->width / scale),
	    (int)((float)grey->height / scale), &small));
	if (pass->darker > 0)
		TRY(locate_chains(&small, pass->darker, seeds, count,
		    specks));
	else
		TRY(locate_bars(&small, pass->near, seeds, count));
	for (size_t i = 0; i < *count; i++)
		line_enlarge(&seeds[i], scale);
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

/* A line of fillers among letters, which fits no layout. */
static bool
is_part(const struct zone_line *l)
{
	int fillers = 0;
	for (int i = 0; i < l->text.count; i++)
		fillers += l->text.at[i].letter == '<';
	return l->text.count >= PART_LETTERS && fillers >= PART_FILLERS &&
	    l->text.count < MRZ_LINE_SIZE && l->sure >= PART_SURE;
}

static bool
known_width(int letters)
{
	for (size_t i = 0; i < COUNT_OF(shapes); i++)
		if (shapes[i].columns == letters)
			return true;
	return false;
}

/*
 * One line as it stands. Where its ends make one of the known widths it is
 * read as just so wide, because free reading loses fillers of a run.
 */
static RESULT
read_part(struct reader *r, const struct zone_line *l, size_t at,
    struct mrz_found *m)
{
	char *out = m->reading.lines[at];
	int count = known_width(l->line.letters) ? l->line.letters :
	    l->text.count;
	m->lines[at] = l->line;
	for (int k = 0; k < l->text.count; k++)
		out[k] = l->text.at[k].letter;
	if (count != l->text.count) {
		struct ctc_cells cells;
		TRY(recognise_exact(r, &l->line, count, &cells, NULL));
		for (int k = 0; k < count; k++)
			out[k] = ctc_cells_letter(&cells, k);
	}
	out[count] = '\0';
	m->columns = count > m->columns ? count : m->columns;
	m->reading.sure += l->sure;
	m->reading.least = fminf(m->reading.least, l->sure);
	return OK;
}

/* Lines as they stand, when no layout fits them. */
static RESULT
keep_part(struct reader *r, const struct zone *z, struct mrz_found *out)
{
	struct mrz_found m = {.reading.least = 1};
	size_t count = 0;
	for (size_t i = 0; i < z->count && count < MRZ_LINES_MAX; i++)
		if (is_part(&z->lines[i]))
			TRY(read_part(r, &z->lines[i], count++, &m));
	if (count <= out->reading.line_count)
		return OK;
	m.reading.line_count = count;
	m.reading.sure /= (float)count;
	*out = m;
	return OK;
}

/* What the search has found so far. */
struct search {
	struct reader *r;
	int64_t now;
	struct mrz_found best, part;
	struct line seed;  /* that the last of these came from */
	bool again;        /* with a second sight to come */
	size_t specks;     /* most seen in one pass */
	struct line tried[TRIED_MAX];
	size_t tried_count;
};

static RESULT
try_seed(struct search *s, const struct line *seed, struct zone *z)
{
	float before = worth(&s->best);
	size_t lines = s->part.reading.line_count;
	if (zone_around(s->r, seed, z) != OK) {
		err_clear();
		return OK;
	}
	TRY(keep_part(s->r, z, &s->part));
	TRY(choose(s->r, z, s->now, &s->best));
	if (worth(&s->best) <= 0)
		TRY(choose_parted(s->r, z, s->now, &s->best));
	if (worth(&s->best) <= before && (before > 0 ||
	    s->part.reading.line_count <= lines))
		return OK;
	s->seed = *seed;
	s->again = true;
	return OK;
}

/* The lines of the best, read anew. */
static RESULT
read_anew(struct search *s)
{
	struct mrz_found m = s->best;
	TRY(read_lines(s->r, s->now, &m));
	if (worth(&m) > worth(&s->best))
		s->best = m;
	return OK;
}

/*
 * What was found and is not beyond doubt, once more with uneven light taken
 * out: a reflection leaves letters that are faint, and often still there.
 */
static RESULT
look_again(struct search *s)
{
	struct zone z = {0};
	if (!s->again || settled(&s->best))
		return OK;
	s->again = false;
	s->r->look = LOOK_FLAT;
	enum err code = worth(&s->best) > 0 ? read_anew(s) :
	    try_seed(s, &s->seed, &z);
	s->r->look = LOOK_PLAIN;
	s->again = false;
	return code;
}

/* As good as the same line, seen in another pass. */
static bool
same_line(const struct line *a, const struct line *b)
{
	float ax, ay, bx, by, pitch = line_pitch(a);
	line_at(a, (float)a->letters / 2, 0, &ax, &ay);
	line_at(b, (float)b->letters / 2, 0, &bx, &by);
	return hypotf(ax - bx, ay - by) < pitch &&
	    hypotf(a->sx - b->sx, a->sy - b->sy) < 0.05f * pitch;
}

static bool
tried_before(struct search *s, const struct line *l)
{
	for (size_t i = 0; i < s->tried_count; i++)
		if (same_line(l, &s->tried[i]))
			return true;
	if (s->tried_count < TRIED_MAX)
		s->tried[s->tried_count++] = *l;
	return false;
}

static RESULT
run_pass(struct search *s, const struct pass *pass)
{
	struct line seeds[LOCATE_LINES_MAX];
	size_t count = 0, tried = 0, specks = 0;
	struct zone z = {0};
	TRY(seeds_of(s->r->grey, pass, seeds, &count, &specks));
	s->specks = specks > s->specks ? specks : s->specks;
	for (size_t i = 0; i < count && tried < SEEDS_MAX; i++) {
		if (covered(&seeds[i], &z) || tried_before(s, &seeds[i]))
			continue;
		tried++;
		TRY(try_seed(s, &seeds[i], &z));
		if (settled(&s->best))
			return OK;
	}
	return OK;
}

/*
 * Another pass would find nothing better. Clear lines without a layout are
 * what there is: their neighbours have been looked for.
 */
static bool
finished(const struct search *s, size_t passed)
{
	return settled(&s->best) || (passed >= PART_PASSES &&
	    worth(&s->best) <= 0 && s->part.reading.sure >= CLEAR_SURE);
}

/* One weak letter in a good zone may lie in a reflection. */
static RESULT
compare_weak(struct search *s)
{
	if (s->best.look != LOOK_PLAIN || s->best.reading.least >= CLEAR_LEAST)
		return OK;
	s->r->look = LOOK_FLAT;
	return read_anew(s);
}

/*
 * A zone that the passes for good pictures do not see at all stands in a
 * noisy one, which is full of specks. Of such zones of tuning seeds all five
 * had 5 700 and more; of pictures of levels L1 and L2 nine in ten had less
 * than 2 700.
 */
static bool
worth_a_hard_look(const struct search *s)
{
	return worth(&s->best) > 0 || s->part.reading.line_count > 0 ||
	    s->specks > SPECKS_OF_NOISE;
}

/* Pass after pass, until one finds what none can better. */
static void
run_passes(struct search *s)
{
	for (size_t i = 0; i < COUNT_OF(passes) && !finished(s, i); i++) {
		if (passes[i].hard && !worth_a_hard_look(s))
			continue;
		if (run_pass(s, &passes[i]) != OK || look_again(s) != OK)
			break;
	}
	err_clear();
}

/* The mean probability of the letters of the worst line. */
static float
worst_line(const struct mrz_found *m)
{
	float worst = 1;
	for (size_t i = 0; i < m->reading.line_count; i++) {
		float sum = 0;
		for (int k = 0; k < m->columns; k++) {
			const char *at = strchr(mrz_letters,
			    m->reading.lines[i][k]);
			sum += m->seen.p[i][k][at - mrz_letters];
		}
		worst = fminf(worst, sum / (float)m->columns);
	}
	return worst;
}

RESULT
mrz_read(struct net *net, const struct raster *grey, int64_t now,
    struct mrz_found *out)
{
	AUTO(reader_clear) struct reader r;
	AUTO(free) struct search *s = calloc(1, sizeof(*s));
	if (!s)
		return FAIL(ERR_TOO_LARGE, "no memory");
	reader_init(&r, net, grey);
	s->r = &r;
	s->now = now;
	run_passes(s);
	if (worth(&s->best) > 0) {
		r.strips = 0;
		TRY(compare_weak(s));
		TRY(mrz_confirm(&r, now, &s->best));
	}
	bool part = s->part.reading.line_count > 0 &&
	    worst_line(&s->best) < WORST_SURE;
	*out = part || worth(&s->best) <= 0 ? s->part : s->best;
	if (out->reading.line_count == 0)
		return FAIL(ERR_UNREADABLE,
		    "no machine-readable zone could be read");
	return OK;
}

RESULT
mrz_report(const struct mrz_found *m,
    const struct box boxes[MRZ_LINES_MAX + 1], struct findings *out)
{
	static const enum finding_name names[] = {FINDING_mrz_line_1,
	    FINDING_mrz_line_2, FINDING_mrz_line_3};
	for (size_t i = 0; i < m->reading.line_count; i++)
		TRY(findings_add_text(out, names[i], m->reading.lines[i],
		    (double)m->reading.sure, boxes[i + 1]));
	TRY(findings_add_number(out, FINDING_mrz_confidence,
	    (double)m->reading.sure, boxes[0]));
	TRY(findings_add_number(out, FINDING_mrz_least,
	    (double)m->reading.least, boxes[0]));
	TRY(findings_add_number(out, FINDING_mrz_rival,
	    (double)m->reading.margin, boxes[0]));
	return findings_add_number(out, FINDING_mrz_repaired,
	    m->reading.repaired, boxes[0]);
}
