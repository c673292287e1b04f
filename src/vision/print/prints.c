/*
 * Pieces into text.
 *
 * Each piece is cut out with its capitals 15 pixels high and its base line in
 * row 23 of 32, as the network was taught, made even by itself, and laid
 * beside others in one strip; the last one is as wide as what is left. The
 * network looks 18 pixels aside, so that a piece sees nothing beyond its gap.
 */
#include "vision/print/prints.h"

#include <math.h>
#include <string.h>

#include "vision/print/wording.h"

#define STRIP_HEIGHT 32
#define STRIP_WIDTH 896
#define STRIP_COLUMNS (STRIP_WIDTH / PRINT_STRIDE)
#define STRIP_STEP 64
/* Rows of votes of a piece: classes, the best one, spellings, separators. */
#define VOTE_ROWS (GLYPH_CLASSES + 2 + SPELLINGS_MAX)
#define GAP 24        /* nothing between pieces */
/* What a page full of small marks may cost. 107 pictures of documents needed 13
 * at most, with what is read to see which end is up. */
#define STRIPS_MOST 14
#define CAPITAL 15
#define BASE 23
#define MARGIN 0.33f  /* of a capital, at both ends */
#define FLOOR 8.0f    /* least deviation divided by */
#define CAPITALS_LEAST 3
#define LEVELS 3      /* the page, a half and a quarter of it */
#define TOO_FINE 1.6f /* capitals so much larger: a smaller page is used */

struct placed {
	struct print *print;
	int x; /* in the strip */
};

struct work {
	struct net *net;
	struct raster levels[LEVELS];
	bool reversed;
	float strip[STRIP_HEIGHT * STRIP_WIDTH];
	struct placed placed[STRIP_WIDTH / GAP];
	int placed_count, used;
	float *votes; /* where the next piece's go */
};

static void
work_clear(struct work *w)
{
	for (int i = 1; i < LEVELS; i++)
		raster_clear(&w->levels[i]);
}

void
prints_clear(struct prints *p)
{
	free(p->votes);
	p->votes = NULL;
	p->count = 0;
}

static RESULT
make_levels(const struct raster *page, struct work *w)
{
	w->levels[0] = *page; /* borrowed */
	for (int i = 1; i < LEVELS; i++)
		TRY(opencv_resize(page, (page->width + 1) >> i,
		    (page->height + 1) >> i, &w->levels[i]));
	return OK;
}

static int
width_of(const struct piece *p)
{
	float scale = CAPITAL / p->capital;
	int width = (int)lroundf((p->length + 2 * MARGIN * p->capital) *
	    scale);
	width = (width + 1) / 2 * 2;
	return width < STRIP_WIDTH - GAP ? width : STRIP_WIDTH - GAP;
}

/* Levels of one piece into the strip at x. */
static void
cut(const struct work *w, const struct print *p, int at, float *strip)
{
	const struct piece *place = &p->where;
	int level = 0, width = p->columns * PRINT_STRIDE;
	float capital = place->capital;
	while (level + 1 < LEVELS && capital > TOO_FINE * CAPITAL) {
		capital /= 2;
		level++;
	}
	float shrink = 1.0f / (float)(1 << level);
	float across = p->step / PRINT_STRIDE, down = place->capital / CAPITAL;
	for (int row = 0; row < STRIP_HEIGHT; row++)
		for (int i = 0; i < width; i++) {
			float along = p->start + ((float)i + 0.5f) * across;
			float under = ((float)row + 0.5f - BASE) * down;
			if (w->reversed) {
				along = place->length - along;
				under = -under - place->capital;
			}
			float x = place->x + along;
			float y = place->y + along * place->slope + under;
			strip[row * STRIP_WIDTH + at + i] =
			    raster_at(&w->levels[level],
				x * shrink - 0.5f, y * shrink - 0.5f);
		}
}

static void
normalise(float *strip, int at, int width)
{
	double sum = 0, squares = 0;
	int count = STRIP_HEIGHT * width;
	for (int row = 0; row < STRIP_HEIGHT; row++)
		for (int i = 0; i < width; i++) {
			double v = strip[row * STRIP_WIDTH + at + i];
			sum += v;
			squares += v * v;
		}
	double mean = sum / count;
	double spread = sqrt(fmax(squares / count - mean * mean, 0));
	float by = 1 / fmaxf(FLOOR, (float)spread);
	for (int row = 0; row < STRIP_HEIGHT; row++)
		for (int i = 0; i < width; i++) {
			float *v = &strip[row * STRIP_WIDTH + at + i];
			*v = (*v - (float)mean) * by;
		}
}

/* As fmaxf, without its care for what is no number: many at once. */
static inline float
larger(float a, float b)
{
	return a > b ? a : b;
}

/* To how much less likely than the best class of each column. */
static void
compare_votes(float *logits, int columns, float *best)
{
	float most[STRIP_COLUMNS], sum[STRIP_COLUMNS];
	for (int t = 0; t < columns; t++) {
		most[t] = logits[t];
		sum[t] = 0;
	}
	for (int c = 1; c < GLYPH_CLASSES; c++)
		for (int t = 0; t < columns; t++)
			most[t] = larger(most[t],
			    logits[c * columns + t]);
	for (int c = 0; c < GLYPH_CLASSES; c++)
		for (int t = 0; t < columns; t++) {
			float *v = &logits[c * columns + t];
			*v -= most[t];
			if (*v > -12)
				sum[t] += expf(*v);
		}
	for (int t = 0; t < columns; t++)
		best[t] = -logf(sum[t]);
}

static int
winner(const struct print *p, int t)
{
	int best = GLYPH_BLANK; /* the commonest */
	for (int c = 0; c < GLYPHS_COUNT; c++)
		if (p->votes[c * p->columns + t] >
		    p->votes[best * p->columns + t])
			best = c;
	return best;
}

/* By how much a letter is surer when its case does not count. */
static float
either_case(const struct print *p, int class, int t)
{
	if (class == GLYPH_BLANK || !glyph_is_even(class))
		return 1;
	return 1 + expf(p->votes[glyph_other_case(class) * p->columns + t]);
}

static void
best_path(struct print *p)
{
	int before = GLYPH_BLANK;
	p->count = 0;
	for (int t = 0; t < p->columns; t++) {
		int class = winner(p, t);
		float sure = expf(p->best[t]) * either_case(p, class, t);
		if (class == before && class != GLYPH_BLANK && p->count > 0) {
			struct print_letter *last = &p->at[p->count - 1];
			last->to = (short)t;
			last->sure = fmaxf(last->sure, sure);
		} else if (class != GLYPH_BLANK) {
			if (p->count == PRINT_LETTERS_MAX)
				break;
			p->at[p->count++] = (struct print_letter){
			    (uint8_t)class, (short)t, (short)t, sure};
		}
		before = class;
	}
}

/* I and l differ in no more than their word: Ie is le, and MARlE MARIE. */
static int
settle_stroke(int glyph, bool capital)
{
	if (!capital && strcmp(glyph_text(glyph), "I") == 0)
		return glyph_find("l");
	if (capital && (strcmp(glyph_text(glyph), "l") == 0 ||
	    strcmp(glyph_text(glyph), "\u0131") == 0))
		return glyph_find("I");
	return glyph;
}

/* Whether all letters whose size is told by their form are capitals. */
static bool
in_capitals(const struct print *p)
{
	int capitals = 0;
	for (int i = 0; i < p->count; i++) {
		int g = p->at[i].glyph;
		if (!glyph_is_letter(g) || glyph_is_even(g) ||
		    glyph_is_digit(g))
			continue;
		if (!glyph_is_capital(g))
			return false;
		capitals++;
	}
	return capitals >= CAPITALS_LEAST;
}

/* Letters alike but for their size go with the rest of their word; a word of
 * nothing else ("SZUCS") with the piece, if that is in capitals. */
static void
settle_case(struct print *p)
{
	bool all = in_capitals(p);
	for (int from = 0, to; from < p->count; from = to + 1) {
		int capitals = 0, smalls = 0;
		for (to = from; to < p->count &&
		    glyph_is_letter(p->at[to].glyph); to++) {
			int g = p->at[to].glyph;
			if (glyph_is_even(g) || glyph_is_digit(g) ||
			    (to == from && to + 1 < p->count))
				continue;
			capitals += glyph_is_capital(g);
			smalls += !glyph_is_capital(g);
		}
		if (capitals == 0 && smalls == 0 && all)
			capitals = 1;
		for (int i = from; i < to; i++) {
			int g = p->at[i].glyph;
			bool capital = capitals > smalls;
			if (capitals != smalls && (i > from || capital))
				p->at[i].glyph = (uint8_t)settle_stroke(g,
				    capital);
			if (!glyph_is_even(g) || capitals == smalls ||
			    (i == from && !capital))
				continue;
			if (glyph_is_capital(g) != capital)
				p->at[i].glyph =
				    (uint8_t)glyph_other_case(g);
		}
	}
}

void
print_text(const struct print *p, int from, int to, char *out, size_t size)
{
	size_t used = 0;
	for (int i = from; i < to; i++) {
		const char *text = glyph_text(p->at[i].glyph);
		size_t length = strlen(text);
		if (used + length + 1 > size)
			break;
		if (text[0] == ' ' && (used == 0 || out[used - 1] == ' '))
			continue;
		memcpy(out + used, text, length);
		used += length;
	}
	while (used > 0 && out[used - 1] == ' ')
		used--;
	out[used] = '\0';
}

static void
finish(struct print *p)
{
	float sum = 0;
	int letters = 0;
	best_path(p);
	settle_case(p);
	print_text(p, 0, p->count, p->text, sizeof(p->text));
	plain_of(p->text, p->plain, sizeof(p->plain));
	for (int i = 0; i < p->count; i++)
		if (glyph_is_letter(p->at[i].glyph)) {
			sum += p->at[i].sure;
			letters++;
		}
	p->sure = letters > 0 ? sum / (float)letters : 0;
}

static void
take_most(float *to, const float *from, int columns)
{
	for (int t = 0; t < columns; t++)
		to[t] = larger(to[t], from[t]);
}

void
prints_fold(struct print *p, float *spelled, float *separators)
{
	static const char signs[] = " -'.,/:()";
	const struct spellings *all = glyph_spellings();
	int columns = p->columns;
	for (int i = 0; i < SPELLINGS_MAX * columns; i++)
		spelled[i] = -INFINITY;
	for (int t = 0; t < columns; t++)
		separators[t] = -INFINITY;
	for (size_t i = 0; i < all->pairs; i++)
		take_most(spelled + all->pair[i].spelling * columns,
		    p->votes + all->pair[i].glyph * columns, columns);
	for (int g = 0; g < GLYPHS_COUNT; g++) {
		const char *text = glyph_text(g);
		if (text[1] == '\0' && strchr(signs, text[0]))
			take_most(separators, p->votes + g * columns,
			    columns);
	}
	p->spelled = spelled;
	p->separators = separators;
}

/* Hands each piece of the strip its part of the votes. */
static void
share_votes(struct work *w, const float *votes, int columns,
    const float *best)
{
	for (int i = 0; i < w->placed_count; i++) {
		struct print *p = w->placed[i].print;
		int first = w->placed[i].x / PRINT_STRIDE;
		size_t row = (size_t)p->columns * sizeof(float);
		p->votes = w->votes;
		for (int c = 0; c < GLYPH_CLASSES; c++) {
			memcpy(w->votes, votes + c * columns + first, row);
			w->votes += p->columns;
		}
		p->best = w->votes;
		memcpy(w->votes, best + first, row);
		w->votes += p->columns;
		prints_fold(p, w->votes, w->votes + SPELLINGS_MAX *
		    p->columns);
		w->votes += (SPELLINGS_MAX + 1) * p->columns;
		finish(p);
	}
}

/* As much of the strip as is used, its rows one after another. */
static int
trim_strip(struct work *w)
{
	int wide = (w->used + STRIP_STEP - 1) / STRIP_STEP * STRIP_STEP;
	if (wide >= STRIP_WIDTH)
		return STRIP_WIDTH;
	for (int row = 1; row < STRIP_HEIGHT; row++)
		memmove(&w->strip[row * wide], &w->strip[row * STRIP_WIDTH],
		    (size_t)wide * sizeof(w->strip[0]));
	return wide;
}

static RESULT
run_strip(struct work *w)
{
	struct net_shape in = {1, 1, STRIP_HEIGHT, STRIP_WIDTH}, out;
	AUTO(free) float *logits = NULL;
	float best[STRIP_COLUMNS];
	if (w->placed_count == 0)
		return OK;
	in.width = trim_strip(w);
	TRY(net_run(w->net, w->strip, in, &logits, &out));
	if (out.channels != GLYPH_CLASSES || out.batch != 1 ||
	    out.height * out.width != in.width / PRINT_STRIDE)
		return FAIL(ERR_INTERNAL, "a network of another kind");
	compare_votes(logits, in.width / PRINT_STRIDE, best);
	share_votes(w, logits, in.width / PRINT_STRIDE, best);
	memset(w->strip, 0, sizeof(w->strip));
	w->placed_count = 0;
	w->used = 0;
	return OK;
}

static void
place(struct work *w, struct print *p)
{
	int width = p->columns * PRINT_STRIDE;
	cut(w, p, w->used, w->strip);
	normalise(w->strip, w->used, width);
	w->placed[w->placed_count++] = (struct placed){p, w->used};
	w->used += width + GAP;
}

/* Which strip each piece goes into: the long ones first, each into the first
 * that has room, so that few strips are run. */
struct packing {
	size_t strips;
	int used[PIECES_MAX];
	size_t strip_of[PIECES_MAX];
};

static void
pack(const struct prints *all, struct packing *out)
{
	bool done[PIECES_MAX] = {false};
	out->strips = 0;
	for (size_t n = 0; n < all->count; n++) {
		size_t next = 0, strip = 0;
		int columns = -1;
		for (size_t i = 0; i < all->count; i++)
			if (!done[i] && all->at[i].columns > columns) {
				columns = all->at[i].columns;
				next = i;
			}
		int width = columns * PRINT_STRIDE;
		while (strip < out->strips &&
		    out->used[strip] + width > STRIP_WIDTH)
			strip++;
		if (strip == out->strips)
			out->used[out->strips++] = 0;
		out->used[strip] += width + GAP;
		out->strip_of[next] = strip;
		done[next] = true;
	}
}

static RESULT
read_strips(struct work *w, struct prints *out)
{
	struct packing packing;
	pack(out, &packing);
	for (size_t strip = 0; strip < packing.strips; strip++) {
		for (size_t i = 0; i < out->count; i++)
			if (packing.strip_of[i] == strip)
				place(w, &out->at[i]);
		TRY(run_strip(w));
	}
	return OK;
}

/* How many of the pieces there is room for, and their columns. */
static size_t
plan(const struct pieces *pieces, int most_columns, struct prints *out)
{
	size_t columns = 0, gaps = 0;
	for (size_t i = 0; i < pieces->count; i++) {
		const struct piece *piece = &pieces->at[i];
		struct print *p = &out->at[out->count];
		int own = width_of(piece) / PRINT_STRIDE;
		if (own < 4 || columns + (size_t)own > (size_t)most_columns ||
		    columns + (size_t)own + gaps > STRIPS_MOST * STRIP_COLUMNS)
			continue;
		*p = (struct print){.where = *piece, .columns = own};
		p->start = -MARGIN * piece->capital;
		p->step = (piece->length + 2 * MARGIN * piece->capital) /
		    (float)own;
		columns += (size_t)own;
		gaps += GAP / PRINT_STRIDE;
		out->count++;
	}
	return columns;
}

RESULT
prints_read(struct net *net, const struct raster *page,
    const struct pieces *pieces, enum print_way way, int most_columns,
    struct prints *out)
{
	AUTO(free) struct work *w = calloc(1, sizeof(*w));
	prints_clear(out);
	if (!w)
		return FAIL(ERR_TOO_LARGE, "no memory");
	size_t columns = plan(pieces, most_columns, out);
	out->votes = malloc((columns + 1) * VOTE_ROWS * sizeof(float));
	if (!out->votes)
		return FAIL(ERR_TOO_LARGE, "no memory");
	w->net = net;
	w->reversed = way == PRINT_REVERSED;
	w->votes = out->votes;
	enum err code = make_levels(page, w);
	if (code == OK)
		code = read_strips(w, out);
	work_clear(w);
	return code;
}

void
print_box(const struct print *p, int from, int to, float out[4])
{
	float left = p->start + (float)from * p->step;
	float right = p->start + (float)(to + 1) * p->step;
	left = fmaxf(left, 0);
	right = fminf(right, p->where.length);
	out[0] = p->where.x + left;
	out[1] = p->where.y + left * p->where.slope - 1.25f * p->where.capital;
	out[2] = right - left;
	out[3] = 1.5f * p->where.capital + (right - left) *
	    fabsf(p->where.slope);
}
