/*
 * Connectionist temporal classification: decoding.
 */
#include "vision/ctc.h"

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
 * The search for the exact path: state (k, c) means that the k-th letter is c
 * and still sounds, (k, blank) that k letters are over. Only the last column
 * of scores is kept; the moves are, for the way back.
 */
struct search {
	int count;
	float (*now)[CTC_CLASSES], (*next)[CTC_CLASSES];
	uint8_t *moves; /* class that was left; STAY for the same state */
};

#define STAY 255

static uint8_t *
move_at(const struct search *s, int t, int k, int c)
{
	size_t row = (size_t)t * (size_t)(s->count + 1) + (size_t)k;
	return s->moves + row * CTC_CLASSES + (size_t)c;
}

/* Best class to come from in a row of scores, other than one. */
static int
best_but(const float *row, int but)
{
	int best = but == 0 ? 1 : 0;
	for (int c = best + 1; c < CTC_CLASSES; c++)
		if (c != but && row[c] > row[best])
			best = c;
	return best;
}

/* The end of k letters, in silence. */
static void
step_blank(struct search *s, const struct ctc_votes *v, int t, int k)
{
	const float *row = s->now[k];
	int from = best_but(row, CTC_BLANK);
	bool stay = row[CTC_BLANK] >= row[from];
	s->next[k][CTC_BLANK] = v->log[t][CTC_BLANK] +
	    (stay ? row[CTC_BLANK] : row[from]);
	*move_at(s, t, k, CTC_BLANK) = stay ? STAY : (uint8_t)from;
}

static void
step_letters(struct search *s, const struct ctc_votes *v, int t, int k)
{
	const float *before = s->now[k - 1];
	int first = best_but(before, CTC_CLASSES);
	int second = best_but(before, first);
	for (int c = 0; c < CTC_LETTERS; c++) {
		int from = first == c ? second : first;
		bool stay = s->now[k][c] >= before[from];
		s->next[k][c] = v->log[t][c] +
		    (stay ? s->now[k][c] : before[from]);
		*move_at(s, t, k, c) = stay ? STAY : (uint8_t)from;
	}
}

static void
step(struct search *s, const struct ctc_votes *v, int t)
{
	for (int c = 0; c < CTC_LETTERS; c++)
		s->next[0][c] = NEVER;
	for (int k = 0; k <= s->count; k++) {
		step_blank(s, v, t, k);
		if (k > 0)
			step_letters(s, v, t, k);
	}
	void *swap = s->now;
	s->now = s->next;
	s->next = swap;
}

/* Back from the end; each run of a letter becomes one. */
static void
walk_back(const struct search *s, const struct ctc_votes *v,
    struct ctc_text *out)
{
	int k = s->count, end = v->columns;
	int class = winner(s->now[k]);
	out->count = s->count;
	for (int t = v->columns - 1; t >= 0; t--) {
		uint8_t move = *move_at(s, t, k, class);
		if (move == STAY)
			continue;
		if (class != CTC_BLANK)
			out->at[--k] = letter_of(v, class, t, end);
		end = t;
		class = move;
	}
}

static void
search_all(struct search *s, const struct ctc_votes *v)
{
	for (int k = 0; k <= s->count; k++)
		for (int c = 0; c < CTC_CLASSES; c++)
			s->now[k][c] = NEVER;
	s->now[0][CTC_BLANK] = 0;
	for (int t = 0; t < v->columns; t++)
		step(s, v, t);
}

RESULT
ctc_exact(const struct ctc_votes *v, int count, struct ctc_text *out)
{
	if (count < 1 || count > CTC_TEXT_MAX || v->columns < 2 * count)
		return FAIL(ERR_UNREADABLE, "too narrow for %d letters",
		    count);
	float rows[2][CTC_TEXT_MAX + 1][CTC_CLASSES];
	struct search s = {count, rows[0], rows[1], NULL};
	size_t size = (size_t)v->columns * (size_t)(count + 1) * CTC_CLASSES;
	AUTO(free) uint8_t *moves = malloc(size);
	if (!moves)
		return FAIL(ERR_TOO_LARGE, "no memory");
	s.moves = moves;
	search_all(&s, v);
	if (s.now[count][winner(s.now[count])] < NEVER / 2)
		return FAIL(ERR_UNREADABLE, "no such path");
	walk_back(&s, v, out);
	return OK;
}

float
ctc_sure(const struct ctc_text *t)
{
	float sum = 0;
	for (int i = 0; i < t->count; i++)
		sum += t->at[i].sure;
	return t->count > 0 ? sum / (float)t->count : 0;
}
