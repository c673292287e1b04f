/*
 * Second looks at a zone that was found.
 *
 * None of them makes a reading surer than what all see together: the mean of
 * the looks is what counts, what was in a reflection is a doubt however clear
 * it seems, and what check digits restore is counted as repaired.
 */
#include "vision/zone/mrz_confirm.h"

#include <math.h>

#include "vision/zone/dazzle.h"

#define CLEAR_LEAST 0.9f   /* below it a letter is weak */
#define DOUBT_LEAST 0.5f   /* as ident/mrz_doubt.c has it */
#define DAZZLED_LEAST 0.45f
#define ERASED_MOST 6      /* letters restored by check digits, or none */

/*
 * A second look at the best: the mean of both is what counts, so that a
 * letter on which they disagree is a doubt.
 */
static RESULT
look_aside(struct reader *r, int64_t now, struct mrz_found *m)
{
	r->look = m->look;
	for (size_t i = 0; i < m->seen.count; i++) {
		struct ctc_cells cells;
		TRY(recognise_aside(r, &m->lines[i], m->columns, m->held,
		    &cells));
		for (int k = 0; k < m->columns; k++)
			for (int c = 0; c < MRZ_LETTERS; c++)
				m->seen.p[i][k][c] = (m->seen.p[i][k][c] +
				    cells.p[k][c]) / 2;
	}
	return mrz_decide(&m->seen, now, &m->reading);
}

/* The mean of what is known of the weak letters of a line and of what the
 * even look says of them. */
static RESULT
join_even(struct reader *r, size_t i, const bool *weak, struct mrz_found *m)
{
	struct ctc_cells any, one, other;
	TRY(recognise_exact(r, &m->lines[i], m->columns, &any, &one));
	TRY(recognise_aside(r, &m->lines[i], m->columns, m->held,
	    &other));
	for (int k = 0; k < m->columns; k++)
		for (int c = 0; weak[k] && c < MRZ_LETTERS; c++)
			m->seen.p[i][k][c] = m->seen.p[i][k][c] / 2 +
			    ((m->held ? one : any).p[k][c] +
				other.p[k][c]) / 4;
	return OK;
}

static float
clearest(const float p[MRZ_LETTERS])
{
	float most = 0;
	for (int c = 0; c < MRZ_LETTERS; c++)
		most = fmaxf(most, p[c]);
	return most;
}

/*
 * Weak letters once more, each part of them as dark as any other. Where
 * nothing is left this look sees letters in the noise, so it is asked of weak
 * ones alone, and has half a say.
 */
static RESULT
ask_even(struct reader *r, int64_t now, struct mrz_found *m)
{
	if (m->reading.least >= DOUBT_LEAST && m->reading.repaired == 0 &&
	    m->reading.raw.bad_digits == 0)
		return OK;
	r->look = LOOK_EVEN;
	for (size_t i = 0; i < m->seen.count; i++) {
		bool weak[MRZ_LINE_SIZE] = {0}, any = false;
		for (int k = 0; k < m->columns; k++) {
			weak[k] = clearest(m->seen.p[i][k]) < CLEAR_LEAST;
			any = any || weak[k];
		}
		if (any)
			TRY(join_even(r, i, weak, m));
	}
	return mrz_decide(&m->seen, now, &m->reading);
}

/* Nothing reads as a filler, however clearly. */
static bool
is_lone_filler(const char *line, int k)
{
	return line[k] == '<' && line[k + 1] != '<' &&
	    (k == 0 || line[k - 1] != '<');
}

/*
 * Letters that a reflection took whole, restored by the check digits: for
 * those that were in doubt any letter is as likely as another, and where just
 * one choice satisfies all digits it is taken, counted as repaired. What digits
 * do not cover stays as it was read.
 */
static RESULT
restore(const struct dazzle *d, int64_t now, struct mrz_found *m)
{
	struct mrz_found blank = *m;
	unsigned erased = 0;
	for (size_t i = 0; i < m->seen.count; i++) {
		for (int k = 0; k < m->columns; k++) {
			float *p = blank.seen.p[i][k];
			float most = clearest(p);
			if (!d->at[i][k] || (most >= CLEAR_LEAST &&
			    !is_lone_filler(m->reading.lines[i], k)))
				continue;
			for (int c = 0; c < MRZ_LETTERS; c++)
				p[c] = (p[c] < most ? 1.0f : 1.1f) /
				    (MRZ_LETTERS + 0.1f);
			erased++;
		}
	}
	if (erased == 0 || erased > ERASED_MOST)
		return OK;
	TRY(mrz_decide(&blank.seen, now, &blank.reading));
	if (blank.reading.mrz.bad_digits > 0 || blank.reading.mrz.flaws ||
	    blank.reading.repaired == 0 ||
	    blank.reading.sure < MRZ_SURE_LEAST)
		return OK;
	blank.reading.repaired = erased > blank.reading.repaired ? erased :
	    blank.reading.repaired;
	*m = blank;
	return OK;
}

/* A letter in a reflection that may be another one is a doubt, however clear
 * it seems. */
static RESULT
doubt_dazzled(struct reader *r, int64_t now, struct mrz_found *m)
{
	struct dazzle d = {0};
	for (size_t i = 0; i < m->seen.count; i++)
		TRY(dazzle_see(r, &m->lines[i], m->columns, d.at[i]));
	if (dazzle_hides(&d, &m->seen, &m->reading))
		m->reading.least = fminf(m->reading.least, DAZZLED_LEAST);
	return m->reading.mrz.bad_digits > 0 || m->reading.mrz.flaws ?
	    restore(&d, now, m) : OK;
}

RESULT
mrz_confirm(struct reader *r, int64_t now, struct mrz_found *m)
{
	TRY(look_aside(r, now, m));
	TRY(ask_even(r, now, m));
	return doubt_dazzled(r, now, m);
}
