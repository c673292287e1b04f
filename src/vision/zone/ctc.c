/*
 * Connectionist temporal classification: decoding.
 */
#include "vision/zone/ctc.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/auto.h"

#define NEVER (-1e30f)

const char ctc_alphabet[CTC_LETTERS + 1] =
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<";

RESULT
ctc_votes_of(const float *logits, int classes, int columns,
    struct ctc_votes *out)
{
	if (classes != CTC_CLASSES || columns < 1 ||
	    columns > CTC_COLUMNS_MAX)
		return FAIL(ERR_INTERNAL, "%d classes, %d columns", classes,
		    columns);
	out->columns = columns;
	for (int t = 0; t < columns; t++) {
		float top = NEVER, sum = 0;
		for (int c = 0; c < classes; c++)
			top = fmaxf(top, logits[c * columns + t]);
		for (int c = 0; c < classes; c++)
			sum += expf(logits[c * columns + t] - top);
		for (int c = 0; c < classes; c++)
			out->log[t][c] = logits[c * columns + t] - top -
			    logf(sum);
	}
	return OK;
}

static int
winner(const float *votes)
{
	int best = 0;
	for (int c = 1; c < CTC_CLASSES; c++)
		if (votes[c] > votes[best])
			best = c;
	return best;
}

/* The columns from..to-1 as one letter. */
static struct ctc_letter
letter_of(const struct ctc_votes *v, int class, int from, int to)
{
	float weight = 0, place = 0, top = 0;
	for (int t = from; t < to; t++) {
		float p = expf(v->log[t][class]);
		weight += p;
		place += p * (float)t;
		top = fmaxf(top, p);
	}
	return (struct ctc_letter){ctc_alphabet[class],
	    weight > 0 ? place / weight : (float)from, top};
}

void
ctc_best(const struct ctc_votes *v, struct ctc_text *out)
{
	out->count = 0;
	for (int t = 0; t < v->columns;) {
		int class = winner(v->log[t]), from = t;
		while (t < v->columns && winner(v->log[t]) == class)
			t++;
		if (class != CTC_BLANK && out->count < CTC_TEXT_MAX)
			out->at[out->count++] = letter_of(v, class, from, t);
	}
}

/*
 * Forward and backward over states (k, c): the k-th letter is c and still
 * sounds, or (k, blank): k letters are over. Only k near where the pitch says
 * that letter stands are looked at. Probabilities, each column scaled to sum
 * 1, so that long lines do not fade to nothing.
 */
#define BAND (2 * CTC_BAND + 2)

struct column {
	int low, high;                   /* k looked at */
	double ahead[BAND][CTC_CLASSES]; /* forward */
	double scale;
};

struct walk {
	int columns, count;
	float first, step; /* columns: of the first letter, and to the next */
	float near;        /* steps that a letter may begin off its place; or 0 */
	double (*votes)[CTC_CLASSES]; /* probabilities */
	struct column *at;
};

static const double *
row_of(const struct column *c, int k)
{
	static const double none[CTC_CLASSES];
	return k < c->low || k > c->high ? none : c->ahead[k - c->low];
}

static double
sum_of(const double *row)
{
	double sum = 0;
	for (int c = 0; c < CTC_CLASSES; c++)
		sum += row[c];
	return sum;
}

static void
band_of(const struct walk *w, int t, struct column *out)
{
	int over = (int)floorf(((float)t - w->first) / w->step) + 1;
	int low = over - CTC_BAND, high = over + CTC_BAND;
	out->low = low < 0 ? 0 : low > w->count ? w->count : low;
	out->high = high > w->count ? w->count : high < 0 ? 0 : high;
}

/* May the k-th letter, counted from 1, begin in this column? */
static bool
may_begin(const struct walk *w, int t, int k)
{
	float place = ((float)t - w->first) / w->step;
	return w->near <= 0 || fabsf(place - (float)(k - 1)) <= w->near;
}

/* One column from the last. */
static void
go_ahead(const struct walk *w, int t, const struct column *last,
    struct column *to)
{
	static const double none[CTC_CLASSES];
	const double *votes = w->votes[t];
	double total = 0;
	for (int k = to->low; k <= to->high; k++) {
		double *out = to->ahead[k - to->low];
		const double *own = row_of(last, k);
		const double *before = may_begin(w, t, k) ?
		    row_of(last, k - 1) : none;
		double enter = k > 0 ? sum_of(before) : 0;
		out[CTC_BLANK] = votes[CTC_BLANK] * sum_of(own);
		for (int c = 0; c < CTC_LETTERS; c++)
			out[c] = k == 0 ? 0 : votes[c] *
			    (own[c] + enter - before[c]);
		total += sum_of(out);
	}
	to->scale = total;
	for (int k = 0; total > 0 && k <= to->high - to->low; k++)
		for (int c = 0; c < CTC_CLASSES; c++)
			to->ahead[k][c] /= total;
}

static bool
walk_ahead(struct walk *w)
{
	struct column start = {.low = 0, .high = 0, .scale = 1};
	start.ahead[0][CTC_BLANK] = 1;
	for (int t = 0; t < w->columns; t++) {
		band_of(w, t, &w->at[t]);
		go_ahead(w, t, t > 0 ? &w->at[t - 1] : &start, &w->at[t]);
		if (w->at[t].scale <= 0)
			return false;
	}
	return sum_of(row_of(&w->at[w->columns - 1], w->count)) > 0;
}

/* What follows a state of the column before, given what follows this one. */
struct rest {
	int low, high;
	double behind[BAND][CTC_CLASSES];
};

static const double *
rest_row(const struct rest *r, int k)
{
	static const double none[CTC_CLASSES];
	return k < r->low || k > r->high ? none : r->behind[k - r->low];
}

/* Adds what enters letters in this column to their cells. */
static void
count_entries(const struct walk *w, int t, const struct rest *now,
    double cells[][CTC_LETTERS])
{
	const struct column *c = &w->at[t];
	for (int k = c->low > 1 ? c->low : 1; k <= c->high; k++) {
		if (!may_begin(w, t, k))
			continue;
		const double *before = t > 0 ? row_of(&w->at[t - 1], k - 1) :
		    NULL;
		double enter = before ? sum_of(before) : k == 1 ? 1 : 0;
		const double *after = rest_row(now, k);
		for (int i = 0; i < CTC_LETTERS; i++)
			cells[k - 1][i] += (enter - (before ? before[i] : 0)) *
			    w->votes[t][i] * after[i] / c->scale;
	}
}

/* What follows each state of column t - 1. */
static void
go_back(const struct walk *w, int t, const struct rest *now,
    struct rest *out)
{
	static const double none[CTC_CLASSES];
	const struct column *c = &w->at[t], *last = &w->at[t - 1];
	const double *votes = w->votes[t];
	*out = (struct rest){.low = last->low, .high = last->high};
	for (int k = last->low; k <= last->high; k++) {
		double *to = out->behind[k - last->low], next = 0;
		const double *own = rest_row(now, k);
		const double *after = may_begin(w, t, k + 1) ?
		    rest_row(now, k + 1) : none;
		for (int i = 0; i < CTC_LETTERS; i++)
			next += votes[i] * after[i];
		double silent = votes[CTC_BLANK] * own[CTC_BLANK];
		to[CTC_BLANK] = (silent + next) / c->scale;
		for (int i = 0; i < CTC_LETTERS; i++)
			to[i] = (silent + next + votes[i] *
			    (own[i] - after[i])) / c->scale;
	}
}

static void
walk_back(const struct walk *w, double cells[][CTC_LETTERS])
{
	struct rest a = {0}, b, *now = &a, *next = &b;
	int end = w->columns - 1;
	a.low = w->at[end].low;
	a.high = w->at[end].high;
	for (int c = 0; c < CTC_CLASSES; c++)
		a.behind[w->count - a.low][c] = 1;
	for (int t = end; t >= 0; t--) {
		count_entries(w, t, now, cells);
		if (t == 0)
			return;
		go_back(w, t, now, next);
		struct rest *swap = now;
		now = next;
		next = swap;
	}
}

static void
put_cells(double cells[][CTC_LETTERS], int count, struct ctc_cells *out)
{
	out->count = count;
	for (int k = 0; k < count; k++) {
		double sum = 0;
		for (int c = 0; c < CTC_LETTERS; c++)
			sum += cells[k][c];
		for (int c = 0; c < CTC_LETTERS; c++)
			out->p[k][c] = sum > 0 ? (float)(cells[k][c] / sum) :
			    1.0f / CTC_LETTERS;
	}
}

RESULT
ctc_cells_of(const struct ctc_votes *v, int count, float first, float step,
    float near, struct ctc_cells *out)
{
	if (count < 1 || count > CTC_TEXT_MAX || v->columns < 2 * count ||
	    step < 1)
		return FAIL(ERR_UNREADABLE, "too narrow for %d letters",
		    count);
	double cells[CTC_TEXT_MAX][CTC_LETTERS] = {{0}};
	size_t columns = (size_t)v->columns;
	AUTO(free) struct column *at = malloc(columns * sizeof(*at));
	AUTO(free) double *votes = malloc(columns * CTC_CLASSES *
	    sizeof(*votes));
	if (!at || !votes)
		return FAIL(ERR_TOO_LARGE, "no memory");
	struct walk w = {v->columns, count, first, step, near,
	    (double (*)[CTC_CLASSES])votes, at};
	for (size_t i = 0; i < columns * CTC_CLASSES; i++)
		votes[i] = exp((double)v->log[i / CTC_CLASSES]
		    [i % CTC_CLASSES]);
	if (!walk_ahead(&w))
		return FAIL(ERR_UNREADABLE, "no such path");
	walk_back(&w, cells);
	put_cells(cells, count, out);
	double likely = log(sum_of(row_of(&at[columns - 1], count)));
	for (size_t t = 0; t < columns; t++)
		likely += log(at[t].scale);
	out->likely = (float)(likely / v->columns);
	return OK;
}

char
ctc_cells_letter(const struct ctc_cells *c, int place)
{
	int best = 0;
	for (int i = 1; i < CTC_LETTERS; i++)
		if (c->p[place][i] > c->p[place][best])
			best = i;
	return ctc_alphabet[best];
}

float
ctc_sure(const struct ctc_text *t)
{
	float sum = 0;
	for (int i = 0; i < t->count; i++)
		sum += t->at[i].sure;
	return t->count > 0 ? sum / (float)t->count : 0;
}
