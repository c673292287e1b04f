/*
 * The machine-readable zone: passes over the picture, each for what the last
 * could not see.
 */
#include "vision/zone/mrz_read.h"

#include <math.h>
#include <string.h>

#include "vision/zone/locate.h"
#include "vision/zone/mrz_choose.h"
#include "vision/zone/mrz_confirm.h"
#include "vision/zone/zone.h"

#define SEEDS_MAX 6       /* lines tried in one pass */
#define WORST_SURE 0.8f   /* below it a line is none, or hardly seen */
#define PART_SURE 0.9f    /* of a line of no known layout */
#define PART_LETTERS 20
#define PART_PASSES 2     /* after which such lines are believed */
#define PART_FILLERS 2
#define TRIED_MAX 64
#define SPECKS_OF_NOISE 4000

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

/*
 * One line as it stands. Where its ends make one of the known widths it is
 * read as just so wide, because free reading loses fillers of a run.
 */
static RESULT
read_part(struct reader *r, const struct zone_line *l, size_t at,
    struct mrz_found *m)
{
	char *out = m->reading.lines[at];
	int count = mrz_known_width(l->line.letters) ? l->line.letters :
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
	float before = mrz_worth(&s->best);
	size_t lines = s->part.reading.line_count;
	if (zone_around(s->r, seed, z) != OK) {
		err_clear();
		return OK;
	}
	TRY(keep_part(s->r, z, &s->part));
	TRY(mrz_choose(s->r, z, s->now, &s->best));
	if (mrz_worth(&s->best) <= 0)
		TRY(mrz_choose_parted(s->r, z, s->now, &s->best));
	if (mrz_worth(&s->best) <= before && (before > 0 ||
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
	TRY(mrz_read_lines(s->r, s->now, &m));
	if (mrz_worth(&m) > mrz_worth(&s->best))
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
	if (!s->again || mrz_settled(&s->best))
		return OK;
	s->again = false;
	s->r->look = LOOK_FLAT;
	enum err code = mrz_worth(&s->best) > 0 ? read_anew(s) :
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
		if (mrz_settled(&s->best))
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
	return mrz_settled(&s->best) || (passed >= PART_PASSES &&
	    mrz_worth(&s->best) <= 0 && s->part.reading.sure >= MRZ_CLEAR_SURE);
}

/* One weak letter in a good zone may lie in a reflection. */
static RESULT
compare_weak(struct search *s)
{
	if (s->best.look != LOOK_PLAIN || s->best.reading.least >= MRZ_CLEAR_LEAST)
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
	return mrz_worth(&s->best) > 0 || s->part.reading.line_count > 0 ||
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
	if (mrz_worth(&s->best) > 0) {
		r.strips = 0;
		TRY(compare_weak(s));
		TRY(mrz_confirm(&r, now, &s->best));
	}
	bool part = s->part.reading.line_count > 0 &&
	    worst_line(&s->best) < WORST_SURE;
	*out = part || mrz_worth(&s->best) <= 0 ? s->part : s->best;
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
