/*
 * Spots into pieces.
 *
 * A spot is joined with the next one to its right of about its height, and
 * the chain is parted again where columns meet or the letters' size changes.
 */
#include "vision/print/pieces.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "vision/print/chain.h"

#define LETTER_LEAST_MM 0.55f
#define LETTER_MOST_MM 6.0f
#define GAP 1.5f        /* of the taller letter: wider gaps part pieces */
#define LONE_LEAST_MM 1.2f /* a single letter: the holder's sex */
#define LONE_MOST_MM 4.5f
#define SPLIT_GAP 0.8f      /* capitals from one half of a word to the other */
#define SPLIT_OVER 0.3f
#define SPLIT_SIZE 1.2f
#define SPLIT_FOOT 0.2f
#define SPLIT_LONG 24.0f
#define COLUMN_GAP 1.35f   /* of a capital, beyond the gap between letters */
#define SIZE_APART 1.22f
#define SIZE_AS 1.15f
#define SAME_HEIGHT 0.1f
#define TRIES_MOST 32      /* letters that look on in turn, in noise */

/* Could be a letter or several that touch. */
static bool
letter_like(const struct spot *s, float per_mm)
{
	float h = (float)spot_height(s), w = (float)spot_width(s);
	float share = (float)s->area / (w * h);
	return h >= LETTER_LEAST_MM * per_mm && h <= LETTER_MOST_MM * per_mm &&
	    w <= 30 * h && share > (w > 4 * h ? 0.2f : 0.12f);
}

static int
by_left(const void *a, const void *b)
{
	const struct spot *const *one = a, *const *two = b;
	return (*one)->left - (*two)->left;
}

static bool
same_line(const struct spot *a, const struct spot *b)
{
	int ha = spot_height(a), hb = spot_height(b);
	int low = a->bottom < b->bottom ? a->bottom : b->bottom;
	int high = a->top > b->top ? a->top : b->top;
	int small = ha < hb ? ha : hb, tall = ha < hb ? hb : ha;
	return 2 * (low - high) >= small && 5 * tall <= 12 * small;
}

/* How unlikely it is that one letter follows another. */
static int
cost_of(const struct spot *s, const struct spot *o)
{
	int gap = o->left - s->right;
	return (gap > 0 ? gap : 0) + abs(o->bottom - s->bottom) +
	    abs(spot_height(o) - spot_height(s));
}

struct work {
	const struct spot *sorted[SPOTS_MAX];
	int next[SPOTS_MAX], before[SPOTS_MAX];
	bool used[SPOTS_MAX];
	struct piece found[SPOTS_MAX];
	size_t found_count;
};

/* The spot to the right that is likeliest to be the next letter, and is not
 * likelier to be another's. */
static int
next_of(const struct work *w, int count, int i)
{
	const struct spot *s = w->sorted[i];
	int best = -1, least = 0;
	for (int k = i + 1; k < count; k++) {
		const struct spot *o = w->sorted[k];
		int rival = w->before[k];
		int ha = spot_height(s), hb = spot_height(o);
		int gap = o->left - s->right;
		if (gap > (int)(2.4f * GAP * (float)ha))
			break;
		if (o->right <= s->right || !same_line(s, o) ||
		    (float)gap > GAP * (float)(ha > hb ? ha : hb))
			continue;
		int cost = cost_of(s, o);
		if (rival >= 0 && cost >= cost_of(w->sorted[rival], o))
			continue;
		if (best < 0 || cost < least) {
			best = k;
			least = cost;
		}
	}
	return best;
}

/* Small letters behind capitals are no smaller print: "Hye-won". The larger
 * side, from..to-1, then has some of their height as well. */
static bool
has_height(const struct chain *c, int from, int to, float height)
{
	for (int i = from; i < to; i++)
		if (fabsf((float)spot_height(c->at[i]) - height) <
		    SAME_HEIGHT * height)
			return true;
	return false;
}

/* Whether the size of letters changes behind letter i: a label and its value.
 * Either side is measured by its own letters: those of a value may be more
 * than twice as high as the small ones of most of a long label. */
static bool
changes_size(const struct chain *c, int i, float at, float slope, float wide)
{
	int from = i - 7 > 0 ? i - 7 : 0;
	int to = i + 9 < c->count ? i + 9 : c->count;
	float one = chain_usual(c, from, i + 1), two = chain_usual(c, i + 1, to);
	float before = chain_capital(c, from, i + 1, at, slope, one);
	float after = chain_capital(c, i + 1, to, at, slope, two);
	if (wide < 0.3f * fminf(before, after) || i + 1 - from < 3 ||
	    to - i - 1 < 3)
		return false;
	/* an accent or a stroke makes one letter tall, not the usual one; in
	 * "Date 10-03-25" the first two digits are of the value's size */
	if (before < after)
		return SIZE_APART * before < after && SIZE_APART * one < two &&
		    (float)spot_height(c->at[i]) < SIZE_AS * before &&
		    !has_height(c, i + 1, to, one);
	return SIZE_APART * after < before && SIZE_APART * two < one &&
	    (float)spot_height(c->at[i + 1]) < SIZE_AS * after &&
	    !has_height(c, from, i + 1, two);
}

/* A column's gap, or another size of letters. */
static bool
parts_at(const struct chain *c, int i, float at, float slope, float usual,
    float gap)
{
	float wide = chain_gap(c, i) - fmaxf(gap, 0);
	int from = i - 7 > 0 ? i - 7 : 0;
	int to = i + 9 < c->count ? i + 9 : c->count;
	float before = chain_capital(c, from, i + 1, at, slope, usual);
	float after = chain_capital(c, i + 1, to, at, slope, usual);
	return wide > COLUMN_GAP * fmaxf(before, after) ||
	    changes_size(c, i, at, slope, wide);
}

static bool
measure(const struct chain *c, const float *page_slope, struct piece *out)
{
	float base = 0, slope = 0, right = 0, depths[MEMBERS_MAX];
	float usual = chain_usual(c, 0, c->count);
	int even = 0;
	chain_base(c, page_slope, &base, &slope);
	float capital = chain_capital(c, 0, c->count, base, slope, usual);
	for (int i = 0; i < c->count; i++) {
		float off = chain_foot(c, c->at[i], base, slope) -
		    (float)c->at[i]->bottom;
		even += fabsf(off) < 0.15f * usual;
		right = fmaxf(right, (float)c->at[i]->right);
		depths[i] = (float)c->at[i]->dark;
	}
	*out = (struct piece){(float)c->at[0]->left, base, slope,
	    right - (float)c->at[0]->left, capital, c->count,
	    (float)even / (float)c->count, chain_middle(depths, c->count)};
	return capital >= 0.6f * usual;
}

/* A single spot is kept when it can be one letter or a whole word. */
static bool
worth_reading(const struct piece *p, float per_mm)
{
	float capital = p->capital / per_mm;
	float share = p->length / p->capital;
	if (capital < LETTER_LEAST_MM || capital > LETTER_MOST_MM ||
	    share < 0.15f)
		return false;
	if (p->spots == 1)
		return share > 2.5f || (capital >= LONE_LEAST_MM &&
		    capital <= LONE_MOST_MM && share < 1.4f);
	if (p->spots == 2 && share < 0.8f)
		return false;
	return p->even >= 0.34f;
}

/* Likely print first: many even letters. */
static float
merit(const struct piece *p)
{
	return p->even * (float)(p->spots < 12 ? p->spots : 12) +
	    fminf(p->length / p->capital, 10) * 0.3f;
}

static int
by_merit(const void *a, const void *b)
{
	float x = merit(a), y = merit(b);
	return (x < y) - (x > y);
}

static void
follow(const struct spot *const *sorted, const int *next, int i,
    bool *used, struct chain *c)
{
	c->count = 0;
	for (; i >= 0 && c->count < MEMBERS_MAX; i = next[i]) {
		if (used[i])
			break;
		used[i] = true;
		c->at[c->count++] = sorted[i];
	}
}

/* Of two spots that would go on with the same one, the likelier does; the
 * other looks on: in "03 JUN" the long J may seem further than the U. */
static void
link_letters(struct work *w, int count)
{
	for (int i = 0; i < count; i++)
		w->before[i] = w->next[i] = -1;
	for (int first = 0; first < count; first++) {
		for (int i = first, tries = 0; i >= 0; tries++) {
			int next = w->next[i] = tries < TRIES_MOST ?
			    next_of(w, count, i) : -1;
			if (next < 0)
				break;
			int rival = w->before[next];
			w->before[next] = i;
			i = rival;
		}
	}
}

static int
sort_letters(const struct spots *spots, float per_mm, struct work *w)
{
	int count = 0;
	for (size_t i = 0; i < spots->count; i++)
		if (letter_like(&spots->at[i], per_mm))
			w->sorted[count++] = &spots->at[i];
	qsort(w->sorted, (size_t)count, sizeof(w->sorted[0]), by_left);
	link_letters(w, count);
	return count;
}

/* The slope that most of the print has. */
static float
page_slope(struct work *w, int count)
{
	float slopes[PIECES_MAX];
	int used = 0;
	struct chain chain;
	memset(w->used, 0, sizeof(w->used));
	for (int i = 0; i < count && used < PIECES_MAX; i++) {
		struct piece p;
		if (w->used[i] || w->before[i] >= 0)
			continue;
		follow(w->sorted, w->next, i, w->used, &chain);
		if (chain.count >= 8 && measure(&chain, NULL, &p) &&
		    p.even > 0.8f)
			slopes[used++] = p.slope;
	}
	memset(w->used, 0, sizeof(w->used));
	return used > 0 ? chain_middle(slopes, used) : 0;
}

/* A chain of letters of one size into pieces. */
static void
part_line(struct work *w, struct chain *c, float slope, float per_mm)
{
	float base = 0, own = 0;
	chain_base(c, &slope, &base, &own);
	if (c->count > 2)
		chain_drop_strays(c, base, own);
	if (c->count == 0)
		return;
	chain_base(c, &slope, &base, &own);
	float usual = chain_usual(c, 0, c->count), gap = chain_usual_gap(c);
	for (int from = 0, i = 0; i < c->count; i++) {
		if (i + 1 < c->count &&
		    !parts_at(c, i, base, own, usual, gap))
			continue;
		struct chain part = {.count = i + 1 - from};
		memcpy(part.at, c->at + from,
		    (size_t)part.count * sizeof(part.at[0]));
		if (w->found_count < SPOTS_MAX &&
		    measure(&part, &slope, &w->found[w->found_count]) &&
		    worth_reading(&w->found[w->found_count], per_mm))
			w->found_count++;
		from = i + 1;
	}
}

/* A chain into pieces. Where its letters' size changes it is parted first, so
 * that a value beside its label does not seem to stray from that. */
static void
part_chain(struct work *w, const struct chain *c, float slope, float per_mm)
{
	float base = 0, own = 0;
	chain_base(c, &slope, &base, &own);
	float gap = chain_usual_gap(c);
	for (int from = 0, i = 0; i < c->count; i++) {
		if (i + 1 < c->count && !changes_size(c, i, base, own,
			chain_gap(c, i) - fmaxf(gap, 0)))
			continue;
		struct chain part = {.count = i + 1 - from};
		memcpy(part.at, c->at + from,
		    (size_t)part.count * sizeof(part.at[0]));
		part_line(w, &part, slope, per_mm);
		from = i + 1;
	}
}

/* Whether b goes on where a ends, in the same letters. */
static bool
goes_on(const struct piece *a, const struct piece *b)
{
	float gap = b->x - a->x - a->length;
	float foot = a->y + (b->x - a->x) * a->slope;
	float larger = fmaxf(a->capital, b->capital);
	float smaller = fminf(a->capital, b->capital);
	return b->x > a->x && gap > -SPLIT_OVER * smaller &&
	    gap < SPLIT_GAP * smaller && larger < SPLIT_SIZE * smaller &&
	    fabsf(b->y - foot) < SPLIT_FOOT * smaller && a->spots > 1 &&
	    b->spots > 1 && b->x + b->length - a->x < SPLIT_LONG * smaller;
}

static void
join(struct piece *a, const struct piece *b)
{
	float share = (float)b->spots / (float)(a->spots + b->spots);
	a->length = b->x + b->length - a->x;
	a->slope = (b->y + b->slope * b->length - a->y) / a->length;
	a->capital += share * (b->capital - a->capital);
	a->even += share * (b->even - a->even);
	a->dark += share * (b->dark - a->dark);
	a->spots += b->spots;
}

/* "\u00c1NG" "ELES": a speck between two letters that the second seemed to go
 * on from, and the word is in two. */
static void
join_split(struct pieces *all)
{
	for (size_t i = 0; i < all->count; i++)
		for (size_t k = 0; k < all->count; k++) {
			if (i == k || !goes_on(&all->at[i], &all->at[k]))
				continue;
			join(&all->at[i], &all->at[k]);
			all->at[k] = all->at[--all->count];
			i = i == all->count ? k : i;
			k = (size_t)-1; /* from the first again */
		}
}

void
pieces_of(const struct spots *spots, float per_mm, struct pieces *out)
{
	AUTO(free) struct work *w = calloc(1, sizeof(*w));
	struct chain chain;
	out->count = 0;
	if (!w)
		return;
	int count = sort_letters(spots, per_mm, w);
	float slope = page_slope(w, count);
	for (int i = 0; i < count; i++) {
		if (w->used[i] || w->before[i] >= 0)
			continue;
		follow(w->sorted, w->next, i, w->used, &chain);
		part_chain(w, &chain, slope, per_mm);
	}
	qsort(w->found, w->found_count, sizeof(w->found[0]), by_merit);
	for (; out->count < w->found_count && out->count < PIECES_MAX;
	    out->count++)
		out->at[out->count] = w->found[out->count];
	join_split(out);
}
