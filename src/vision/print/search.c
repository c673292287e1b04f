/*
 * A text among votes.
 *
 * Viterbi over "so many letters are done, and this one is being printed".
 * Any column may be the first one if no letter read best reaches into it, and
 * the last one likewise, so that ROUX is not found in LEROUX.
 */
#include "vision/print/search.h"

#include <math.h>
#include <string.h>

#include "base/enum.h"
#include "ident/letter.h"

#define STATES_MAX 240
#define NEVER -1e6f
#define STRAY 0.3f   /* a column of a separator the zone does not have */
#define HOPELESS -60.0f
#define APART 10     /* columns, wider than between letters of a word */
#define STROKES "IJL" /* what a stroke between digits is read as */

/* Being in a letter: letters from..to-1 of the text spelled at once. */
struct state {
	int from, to;
	int spelling;
};

struct plan {
	char letters[SEARCH_TEXT_MAX + 1]; /* without gaps */
	bool gap[SEARCH_TEXT_MAX + 1];     /* before letter i */
	bool any[SEARCH_TEXT_MAX + 1];
	bool stroke[SEARCH_TEXT_MAX + 1];
	bool parted[SEARCH_TEXT_MAX + 1]; /* by a sign that was read */
	int strokes[sizeof(STROKES) - 1]; /* their spellings */
	int count;
	struct state states[STATES_MAX];
	int state_count;
	int first[SEARCH_TEXT_MAX + 2];    /* states that end at i: first[i].. */
};

/* Where a path came from: a state, or the silence before or after it. */
enum { FROM_START = -1, FROM_SELF = -2, FROM_SILENCE = -3 };

struct cell {
	float score;
	short begin; /* its first column */
};

struct trail {
	short *states; /* [column][state] */
	short *silences; /* [column][letter] */
};

static void
read_text(const struct search *what, struct plan *p)
{
	p->count = 0;
	for (const char *c = what->text; *c; c++) {
		if (strchr(" */|", *c)) {
			p->gap[p->count] = true;
			p->any[p->count] |= *c == '*';
			p->stroke[p->count] |= *c == '/';
			p->parted[p->count] |= *c == '|';
		} else if (p->count < SEARCH_TEXT_MAX) {
			p->letters[p->count++] = *c;
		}
	}
	p->letters[p->count] = '\0';
}

static bool
gap_inside(const struct plan *p, int from, int to)
{
	for (int i = from + 1; i < to; i++)
		if (p->gap[i])
			return true;
	return false;
}

static void
add_states(struct plan *p, int to, bool name)
{
	const struct spellings *all = glyph_spellings();
	for (size_t i = 0; i < all->count; i++) {
		int size = (int)strlen(all->text[i]);
		int from = to - size;
		if (from < 0 || (size > 1 && !name) ||
		    p->state_count == STATES_MAX ||
		    strncmp(p->letters + from, all->text[i],
			(size_t)size) != 0 || gap_inside(p, from, to))
			continue;
		p->states[p->state_count++] = (struct state){from, to,
		    (int)i};
	}
}

static void
find_strokes(struct plan *p)
{
	const struct spellings *all = glyph_spellings();
	size_t found = 0;
	for (size_t i = 0; i < all->count; i++)
		if (strlen(all->text[i]) == 1 &&
		    strchr(STROKES, all->text[i][0]) &&
		    found < COUNT_OF(p->strokes))
			p->strokes[found++] = (int)i;
}

static void
make_plan(const struct search *what, struct plan *p)
{
	memset(p, 0, sizeof(*p));
	read_text(what, p);
	find_strokes(p);
	for (int to = 1; to <= p->count; to++) {
		p->first[to] = p->state_count;
		add_states(p, to, what->name);
	}
	p->first[p->count + 1] = p->state_count;
}

/* "ДЗЮБА/DZIUBA": behind letters of another script the
 * stroke is read as a letter too. */
static bool
is_of_another_script(const struct print *p, int at)
{
	while (at >= 0 && p->at[at].glyph != GLYPH_FOREIGN &&
	    glyph_is_letter(p->at[at].glyph))
		at--;
	return at >= 0 && p->at[at].glyph == GLYPH_FOREIGN;
}

/* For each column, whether a text may begin or end there: not where a letter
 * read best stands close before it or after it. */
static void
find_edges(const struct print *p, bool *begins, bool *ends)
{
	int before = -1, after = 0; /* last run begun, next run to begin */
	for (int t = 0; t < p->columns; t++) {
		while (before + 1 < p->count && p->at[before + 1].from < t)
			before++;
		while (after < p->count && p->at[after].from <= t)
			after++;
		begins[t] = before < 0 ||
		    !glyph_is_letter(p->at[before].glyph) ||
		    t - p->at[before].to > APART ||
		    is_of_another_script(p, before);
		/* a letter is matched by all its columns, not by its best */
		ends[t] = (after == 0 || t >= p->at[after - 1].to) &&
		    (after == p->count ||
			!glyph_is_letter(p->at[after].glyph) ||
			p->at[after].from - t > APART);
	}
}

/*
 * Where a stroke may be that was read as a letter, and where a column goes on
 * with the letter of the one before. A digit is no stroke, and one sign is not both: else "12.1983" had a 1, a
 * stroke and a 1 in its first digit, and every day of December were the first.
 */
struct strokes {
	bool may[PRINT_COLUMNS_MAX], inside[PRINT_COLUMNS_MAX];
};

static void
find_runs(const struct print *p, struct strokes *out)
{
	memset(out, 0, sizeof(*out));
	for (int i = 0; i < p->count; i++) {
		const struct print_letter *l = &p->at[i];
		bool may = glyph_is_letter(l->glyph) &&
		    !glyph_is_digit(l->glyph);
		for (int t = l->from; t <= l->to && t < p->columns; t++) {
			out->may[t] = may;
			out->inside[t] = t > l->from;
		}
	}
}

/* What one column costs in silence, after so many letters. */
static float
silence(const struct print *p, const struct plan *plan, int done, int t,
    bool name, const struct strokes *strokes)
{
	float blank = p->votes[GLYPH_BLANK * p->columns + t];
	float sign = p->separators[t];
	bool may = plan->stroke[done] && strokes->may[t];
	if (plan->any[done])
		return 0;
	for (size_t i = 0; may && i < COUNT_OF(plan->strokes); i++)
		sign = fmaxf(sign,
		    p->spelled[plan->strokes[i] * p->columns + t]);
	if (plan->gap[done] || !name)
		return fmaxf(blank, sign);
	return fmaxf(blank, sign - STRAY);
}

static void
better(struct cell *to, float score, short begin, short *from, short why)
{
	if (score <= to->score)
		return;
	*to = (struct cell){score, begin};
	if (from)
		*from = why;
}

/* The letter of state k at column t. */
static void
step_state(const struct print *p, const struct plan *plan, int k, int t,
    bool begins, const struct strokes *strokes, const struct cell *states,
    const struct cell *silences, struct cell *out, short *from)
{
	const struct state *s = &plan->states[k];
	bool follows = begins || !plan->parted[s->from];
	struct cell best = {NEVER, 0};
	if (s->from == 0) {
		if (begins)
			better(&best, 0, (short)t, from, FROM_START);
	} else if (follows) {
		if (!strokes->inside[t] || !plan->stroke[s->from])
			better(&best, silences[s->from].score,
			    silences[s->from].begin, from, FROM_SILENCE);
		for (int m = plan->first[s->from];
		    m < plan->first[s->from + 1]; m++)
			if (plan->states[m].spelling != s->spelling)
				better(&best, states[m].score,
				    states[m].begin, from, (short)m);
	}
	better(&best, states[k].score, states[k].begin, from, FROM_SELF);
	best.score += p->spelled[s->spelling * p->columns + t];
	*out = best;
}

static void
step_silence(const struct print *p, const struct plan *plan, int done, int t,
    bool name, const struct strokes *strokes, const struct cell *states,
    const struct cell *silences, struct cell *out, short *from)
{
	bool apart = !strokes->inside[t] || !plan->stroke[done];
	struct cell best = {NEVER, 0};
	better(&best, silences[done].score, silences[done].begin, from,
	    FROM_SELF);
	for (int m = plan->first[done]; apart && m < plan->first[done + 1];
	    m++)
		better(&best, states[m].score, states[m].begin, from,
		    (short)m);
	best.score += silence(p, plan, done, t, name, strokes);
	*out = best;
}

struct end {
	float score;
	int column, state;
	int begin;
};

static void
note_ends(const struct plan *plan, const struct cell *states, int t,
    bool ends, struct end *out)
{
	for (int k = plan->first[plan->count];
	    ends && k < plan->first[plan->count + 1]; k++)
		if (states[k].score > out->score)
			*out = (struct end){states[k].score, t, k,
			    states[k].begin};
}

static struct end
run(const struct print *p, const struct plan *plan,
    const struct search *what, struct trail *trail)
{
	struct cell states[2][STATES_MAX], silences[2][SEARCH_TEXT_MAX + 1];
	bool begins[PRINT_COLUMNS_MAX], ends[PRINT_COLUMNS_MAX];
	struct strokes strokes;
	struct end end = {NEVER, 0, 0, 0};
	int n = plan->state_count;
	find_edges(p, begins, ends);
	find_runs(p, &strokes);
	for (int k = 0; k < n; k++)
		states[0][k] = (struct cell){NEVER, 0};
	for (int k = 0; k <= plan->count; k++)
		silences[0][k] = (struct cell){NEVER, 0};
	for (int t = 0; t < p->columns; t++) {
		int old = t & 1, new = !old;
		for (int k = 0; k < n; k++)
			step_state(p, plan, k, t, begins[t],
			    &strokes, states[old], silences[old], &states[new][k], trail ?
			    &trail->states[t * n + k] : NULL);
		for (int k = 1; k < plan->count; k++)
			step_silence(p, plan, k, t, what->name, &strokes,
			    states[old], silences[old], &silences[new][k],
			    trail ?
			    &trail->silences[t * (plan->count + 1) + k] :
			    NULL);
		note_ends(plan, states[new], t, what->open || ends[t], &end);
	}
	return end;
}

/* The glyph of that spelling which the columns vote for. */
static int
choose_glyph(const struct print *p, int spelling, int from, int to)
{
	const struct spellings *all = glyph_spellings();
	int best = -1;
	float most = 0;
	/* first the letter read best there, which knows its word's case */
	for (int k = 0; k < p->count; k++)
		for (size_t i = 0; i < all->pairs; i++)
			if (p->at[k].to >= from && p->at[k].from <= to &&
			    all->pair[i].glyph == p->at[k].glyph &&
			    all->pair[i].spelling == spelling)
				return p->at[k].glyph;
	for (size_t i = 0; i < all->pairs; i++) {
		int g = all->pair[i].glyph;
		if (all->pair[i].spelling != spelling)
			continue;
		for (int t = from; t <= to; t++) {
			float vote = p->votes[g * p->columns + t];
			if (best < 0 || vote > most) {
				best = g;
				most = vote;
			}
		}
	}
	return best;
}

static float
sure_of(const struct print *p, int spelling, int from, int to)
{
	float most = NEVER;
	for (int t = from; t <= to; t++)
		most = fmaxf(most, p->best[t] +
		    p->spelled[spelling * p->columns + t]);
	return expf(most);
}

static void
put(struct match *m, const char *text)
{
	size_t used = strlen(m->text), size = strlen(text);
	if (used + size + 1 <= sizeof(m->text))
		memcpy(m->text + used, text, size + 1);
}

/* The separators read between two letters. */
static void
put_between(const struct print *p, int from, int to, bool gap,
    struct match *m)
{
	bool any = false;
	for (int i = 0; i < p->count; i++) {
		if (p->at[i].from <= from || p->at[i].to >= to ||
		    glyph_is_letter(p->at[i].glyph))
			continue;
		put(m, glyph_text(p->at[i].glyph));
		any = true;
	}
	if (gap && !any)
		put(m, " ");
}

struct run {
	int state, from, to;
};

/* Back along the trail; runs are last letter first. */
static int
walk(const struct plan *plan, const struct trail *trail,
    const struct end *end, struct run *out)
{
	int count = 0, k = end->state, t = end->column, n = plan->state_count;
	int to = t;
	while (t >= 0 && count < SEARCH_TEXT_MAX) {
		short why = trail->states[t * n + k];
		if (why == FROM_SELF) {
			t--;
			continue;
		}
		out[count++] = (struct run){k, t, to};
		if (why == FROM_START)
			return count;
		int done = plan->states[k].from;
		t--;
		while (why == FROM_SILENCE || why == FROM_SELF)
			why = trail->silences[t-- * (plan->count + 1) + done];
		k = why;
		to = t;
	}
	return 0;
}

static void
write_match(const struct print *p, const struct plan *plan,
    const struct run *runs, int count, struct match *out)
{
	out->text[0] = '\0';
	out->sure = 1;
	for (int i = count - 1; i >= 0; i--) {
		const struct run *r = &runs[i];
		const struct state *s = &plan->states[r->state];
		if (i < count - 1)
			put_between(p, runs[i + 1].to, r->from,
			    plan->gap[s->from], out);
		put(out, glyph_text(choose_glyph(p, s->spelling, r->from,
		    r->to)));
		out->sure = fminf(out->sure, sure_of(p, s->spelling, r->from,
		    r->to));
	}
}

static RESULT
follow_trail(const struct print *p, const struct plan *plan,
    const struct search *what, struct match *out)
{
	struct run runs[SEARCH_TEXT_MAX];
	size_t columns = (size_t)p->columns;
	AUTO(free) short *states = malloc(columns *
	    (size_t)(plan->state_count + 1) * sizeof(*states));
	AUTO(free) short *silences = malloc(columns *
	    (size_t)(plan->count + 1) * sizeof(*silences));
	struct trail trail = {states, silences};
	if (!states || !silences)
		return FAIL(ERR_TOO_LARGE, "no memory");
	struct end end = run(p, plan, what, &trail);
	int count = walk(plan, &trail, &end, runs);
	write_match(p, plan, runs, count, out);
	return OK;
}

RESULT
search_in(const struct print *p, const struct search *what,
    struct match *out)
{
	struct plan plan;
	*out = (struct match){.score = SEARCH_NOTHING};
	make_plan(what, &plan);
	if (plan.count == 0 || p->columns < 2 * plan.count)
		return OK;
	struct end end = run(p, &plan, what, NULL);
	if (end.score < HOPELESS)
		return OK;
	out->score = end.score;
	out->from = end.begin;
	out->to = end.column;
	return follow_trail(p, &plan, what, out);
}
