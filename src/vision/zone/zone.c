/*
 * Around one line. Reading tells best what a line is: print that is no
 * machine-readable zone, or one seen upside down, reads as few and doubtful
 * letters.
 */
#include "vision/zone/zone.h"

#include <math.h>
#include <string.h>

#define REACH 7            /* pitches looked at above and below */
#define PROFILE_ROWS (2 * REACH * STRIP_PITCH)
#define MIDDLE_ROWS (3 * STRIP_PITCH) /* looked at for a line's middle */
#define LETTER_ROWS 13     /* height of a capital in a strip */
#define SEED_SURE 0.72f
#define LINE_SURE 0.72f
#define LETTERS_LEAST 10
#define BASE_LEAST 12      /* of the line begun with */
/* Of lines of zones in tuning seeds at most 0.10, of other print seldom less
 * than 0.13. */
#define UNEVEN_MOST 0.13f
#define PIECE 18           /* letters read to tell which way up */
#define BENT_THIRD 6       /* letters of a third of a line that may be bent */
#define BENT_LEAST 0.12f   /* pitches: less is no bend but how middles fall */
#define LETTERS_WIDEST 46  /* the longest line and some doubt */

/* Keeps the run of letters with no hole that has the most letters. */
static void
longest_run(struct ctc_text *t)
{
	int best = 0, best_size = 0, from = 0;
	for (int i = 1; i <= t->count; i++) {
		if (i < t->count &&
		    t->at[i].column - t->at[i - 1].column < 2.6f)
			continue;
		if (i - from > best_size) {
			best_size = i - from;
			best = from;
		}
		from = i;
	}
	memmove(t->at, t->at + best, (size_t)best_size * sizeof(t->at[0]));
	t->count = best_size;
}

/* Noise beside the document reads as doubtful letters at the ends. */
static void
trim(struct ctc_text *t)
{
	int from = 0, end = t->count;
	while (from < end && t->at[from].sure < 0.5f)
		from++;
	while (end > from && t->at[end - 1].sure < 0.5f)
		end--;
	memmove(t->at, t->at + from, (size_t)(end - from) * sizeof(t->at[0]));
	t->count = end - from;
}

/* The number of each letter in its line, holes counted. */
static void
number_letters(const struct ctc_text *t, int *place)
{
	place[0] = 0;
	for (int i = 1; i < t->count; i++) {
		float far = t->at[i].column - t->at[i - 1].column;
		int step = (int)lroundf(far);
		place[i] = place[i - 1] + (step < 1 ? 1 : step);
	}
}

/* Solves the normal equations of y = a + b t + c t t; c only if asked. */
static void
fit_places(const int *place, const struct ctc_text *text, bool bent,
    double out[3])
{
	double s[5] = {0}, y[3] = {0};
	for (int i = 0; i < text->count; i++) {
		double power = 1;
		for (int k = 0; k < 5; k++, power *= place[i]) {
			s[k] += power;
			if (k < 3)
				y[k] += power * (double)text->at[i].column;
		}
	}
	double flat = s[0] * s[2] - s[1] * s[1];
	double c = 0;
	if (bent) {
		double p = s[0] * s[3] - s[1] * s[2];
		double q = s[0] * s[4] - s[2] * s[2];
		double u = s[0] * y[1] - s[1] * y[0];
		double v = s[0] * y[2] - s[2] * y[0];
		double det = flat * q - p * p;
		c = fabs(det) > 1e-6 ? (flat * v - p * u) / det : 0;
	}
	out[2] = c;
	out[1] = (s[0] * (y[1] - c * s[3]) - s[1] * (y[0] - c * s[2])) / flat;
	out[0] = (y[0] - out[1] * s[1] - c * s[2]) / s[0];
}

/*
 * Letters of a zone stand at one pitch, those of other print where the last
 * one ended: how far they are off, root of the mean square, in pitches.
 */
static float
unevenness(const struct ctc_text *text)
{
	int place[CTC_TEXT_MAX];
	double fit[3], sum = 0;
	number_letters(text, place);
	fit_places(place, text, text->count >= 20, fit);
	for (int i = 0; i < text->count; i++) {
		double at = place[i];
		double off = (double)text->at[i].column - fit[0] -
		    fit[1] * at - fit[2] * at * at;
		sum += off * off;
	}
	return (float)sqrt(sum / text->count);
}

/* Moves the line onto the letters just read; they become its letters 0.. */
static void
settle(struct line *l, struct ctc_text *text)
{
	int place[CTC_TEXT_MAX];
	double fit[3];
	number_letters(text, place);
	fit_places(place, text, text->count >= 20, fit);
	float a = (float)fit[0], b = (float)fit[1], c = (float)fit[2];
	struct line to = line_shifted(l, a);
	to.qx = c * to.sx + b * b * l->qx;
	to.qy = c * to.sy + b * b * l->qy;
	to.sx *= b;
	to.sy *= b;
	to.letters = place[text->count - 1] + 1;
	*l = to;
	for (int i = 0; i < text->count; i++)
		text->at[i].column = (float)place[i];
}

/* Reads wide of the letters seen and settles on what is there. */
static RESULT
read_wide(struct reader *r, struct line *l, struct ctc_text *text, int wide)
{
	TRY(recognise(r, l, (float)-wide, l->letters + 2 * wide, text));
	trim(text);
	longest_run(text);
	trim(text);
	if (text->count < LETTERS_LEAST)
		return FAIL(ERR_UNREADABLE, "not a line of such print");
	return OK;
}

static float
weight(const struct ctc_text *t)
{
	return ctc_sure(t) * fminf(1, (float)t->count / 20);
}

/*
 * Which way up: the way that reads better. A piece of the line is enough to
 * tell, and to tell other print from such lines.
 */
static RESULT
orient(struct reader *r, struct line *l)
{
	struct line piece = *l, back;
	struct ctc_text ahead = {0}, behind = {0};
	if (l->letters > PIECE) {
		piece = line_shifted(l, (float)((l->letters - PIECE) / 2));
		piece.letters = PIECE;
	}
	back = line_reversed(&piece);
	TRY(recognise(r, &piece, -1, piece.letters + 2, &ahead));
	TRY(recognise(r, &back, -1, piece.letters + 2, &behind));
	bool turned = weight(&behind) > weight(&ahead);
	const struct ctc_text *text = turned ? &behind : &ahead;
	if (ctc_sure(text) < SEED_SURE * 0.85f ||
	    text->count < LETTERS_LEAST - 3)
		return FAIL(ERR_UNREADABLE, "not a line of such print");
	if (turned)
		*l = line_reversed(l);
	return OK;
}

/* How much changes along each row, from a letter on. */
static RESULT
profile_of(struct reader *r, const struct line *l, int from, int columns,
    int rows, float *out)
{
	int width = columns * STRIP_PITCH;
	AUTO(free) float *patch = malloc((size_t)(width * rows) *
	    sizeof(*patch));
	if (!patch)
		return FAIL(ERR_TOO_LARGE, "no memory");
	TRY(reader_cut(r, l, (float)from, columns, rows, patch));
	for (int y = 0; y < rows; y++) {
		const float *row = patch + (size_t)y * (size_t)width;
		float sum = 0;
		for (int x = 3; x < width; x++)
			sum += fminf(fabsf(row[x] - row[x - 3]), 60);
		out[y] = sum / (float)width;
	}
	return OK;
}

static void
smooth(float *profile, int rows)
{
	float in[PROFILE_ROWS];
	memcpy(in, profile, (size_t)rows * sizeof(*in));
	for (int y = 0; y < rows; y++) {
		float sum = 0;
		int from = y - LETTER_ROWS / 2, end = from + LETTER_ROWS;
		for (int k = from; k < end; k++)
			sum += in[k < 0 ? 0 : k >= rows ? rows - 1 : k];
		profile[y] = sum / LETTER_ROWS;
	}
}

static float
down_of(int row, int rows)
{
	return ((float)row - (float)(rows - 1) / 2) / STRIP_PITCH;
}

/* How far off the middle a part of the line has its own middle: where most
 * changes within reach. */
static RESULT
middle_of(struct reader *r, const struct line *l, int from, int columns,
    float reach, float *out)
{
	float profile[MIDDLE_ROWS], top = -1;
	TRY(profile_of(r, l, from, columns, MIDDLE_ROWS, profile));
	smooth(profile, MIDDLE_ROWS);
	*out = 0;
	for (int y = 0; y < MIDDLE_ROWS; y++) {
		float down = down_of(y, MIDDLE_ROWS);
		if (fabsf(down) <= reach && profile[y] > top) {
			top = profile[y];
			*out = down;
		}
	}
	return OK;
}

/* Moves the line by c + b u + e u u pitches, u counted from its middle. */
static void
move_down(struct line *l, float c, float b, float e)
{
	float middle = (float)(l->letters - 1) / 2;
	float shift = c - b * middle + e * middle * middle;
	float tilt = b - 2 * e * middle;
	l->x += shift * l->dx;
	l->y += shift * l->dy;
	l->sx += tilt * l->dx;
	l->sy += tilt * l->dy;
	l->qx += e * l->dx;
	l->qy += e * l->dy;
}

/*
 * Straightens a line by where its left and right thirds have their middle,
 * and bends it by that of the third between them.
 */
static RESULT
straighten(struct reader *r, struct line *l, float reach)
{
	int third = l->letters / 3, inner = l->letters - 2 * third;
	float a, b, m, bend = 0;
	if (third < 3)
		return OK;
	TRY(middle_of(r, l, 0, third, reach, &a));
	TRY(middle_of(r, l, l->letters - third, third, reach, &b));
	float apart = (float)(l->letters - third);
	float middle = (a + b) / 2;
	if (third >= BENT_THIRD) {
		TRY(middle_of(r, l, third, inner, reach, &m));
		if (fabsf(middle - m) >= BENT_LEAST) {
			bend = 4 * (middle - m) / (apart * apart);
			middle = m - bend * (float)(inner * inner) / 12;
		}
	}
	move_down(l, middle, (b - a) / apart, bend);
	return OK;
}

/* Reads the line at a distance; *found is false when nothing is there. */
static RESULT
read_at(struct reader *r, const struct line *base, float down,
    struct zone_line *out, bool *found)
{
	struct line l = line_below(base, down);
	TRY(straighten(r, &l, 0.45f));
	int wide = (LETTERS_WIDEST - l.letters) > 3 ?
	    LETTERS_WIDEST - l.letters : 3;
	*found = read_wide(r, &l, &out->text, wide) == OK &&
	    ctc_sure(&out->text) >= LINE_SURE;
	if (!*found) {
		err_clear();
		return OK;
	}
	out->start = out->text.at[0].column;
	out->end = out->text.at[out->text.count - 1].column;
	out->sure = ctc_sure(&out->text);
	out->down = down;
	settle(&l, &out->text);
	out->line = l;
	return OK;
}

static RESULT
add_line(struct reader *r, const struct line *base, float down,
    struct zone *z)
{
	for (size_t i = 0; i < z->count; i++)
		if (fabsf(z->lines[i].down - down) < 1.0f)
			return OK;
	if (z->count == ZONE_LINES_MAX)
		return OK;
	struct zone_line read;
	bool found = false;
	TRY(read_at(r, base, down, &read, &found));
	if (!found)
		return OK;
	size_t at = z->count++;
	for (; at > 0 && z->lines[at - 1].down > down; at--)
		z->lines[at] = z->lines[at - 1];
	z->lines[at] = read;
	return OK;
}

/* Lines above and below, the clearest rows first. */
static RESULT
add_neighbours(struct reader *r, const struct line *base, struct zone *z)
{
	float profile[PROFILE_ROWS];
	TRY(profile_of(r, base, 0, base->letters, PROFILE_ROWS, profile));
	smooth(profile, PROFILE_ROWS);
	float own = profile[PROFILE_ROWS / 2];
	for (int y = LETTER_ROWS; y < PROFILE_ROWS - LETTER_ROWS; y++) {
		if (fabsf(down_of(y, PROFILE_ROWS)) < 1.1f || profile[y] < 0.3f * own)
			continue;
		bool peak = true;
		for (int k = y - 8; k <= y + 8; k++)
			peak = peak && profile[k] <= profile[y];
		if (peak)
			TRY(add_line(r, base, down_of(y, PROFILE_ROWS),
			    z));
	}
	return OK;
}

RESULT
zone_around(struct reader *r, const struct line *seed, struct zone *out)
{
	struct line base = *seed;
	struct ctc_text text = {0};
	*out = (struct zone){0};
	if (base.letters > 60)
		return FAIL(ERR_UNREADABLE, "too long a line");
	TRY(straighten(r, &base, 0.6f));
	TRY(orient(r, &base));
	TRY(recognise(r, &base, -2, base.letters + 4, &text));
	longest_run(&text);
	if (text.count < BASE_LEAST || unevenness(&text) > UNEVEN_MOST)
		return FAIL(ERR_UNREADABLE, "not a line of such print");
	settle(&base, &text);
	line_square(&base, 1);
	TRY(add_line(r, &base, 0, out));
	if (out->count == 0)
		return FAIL(ERR_UNREADABLE, "not a line of such print");
	struct zone_line *own = &out->lines[0];
	out->sure = own->sure;
	base = own->line;
	own->start = 0;
	own->end = (float)(base.letters - 1);
	return add_neighbours(r, &base, out);
}
