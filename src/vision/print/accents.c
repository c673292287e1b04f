/*
 * Which accent a letter has.
 *
 * Small print shows that there is an accent, rarely which: the language
 * decides among those that look alike. Only among letters that fold to the
 * same one, so that no comparison with a zone can turn out otherwise.
 */
#include "vision/print/accents.h"

#include <math.h>
#include <string.h>

#include "base/enum.h"
#include "vision/print/wording.h"

/* Nats by which the letter read best may be likelier, in its best column,
 * than one of the alphabet that it is exchanged for ... */
#define FOREIGN_MOST 5.0f
/* ... and a bare letter than the same with an accent: of 135 bare letters in
 * names of tuning pictures none was nearer than 2.1 to one. */
#define BARE_MOST 1.5f
/* As sure as a letter is at least whose accent alone is in doubt: reported,
 * but in doubt. */
#define ACCENT_SURE 0.5f

static const struct {
	const char *country, *letters;
} alphabets[] = {
#define ALPHABET(country, letters) {#country, letters},
#include "vision/print/alphabets.def"
#undef ALPHABET
};

static const char *
alphabet_of(const char *country)
{
	for (size_t i = 0; i < COUNT_OF(alphabets); i++)
		if (strcmp(alphabets[i].country, country) == 0)
			return alphabets[i].letters;
	return NULL;
}

static bool
is_bare(int glyph)
{
	return (unsigned char)glyph_text(glyph)[0] < 128;
}

static bool
belongs(int glyph, const char *letters)
{
	int capital = glyph_is_capital(glyph) ? glyph :
	    glyph_other_case(glyph);
	return is_bare(glyph) || strstr(letters, glyph_text(capital));
}

/* Each glyph's letter without its accent and in its case, "" for no letter,
 * and whether the country writes it. */
struct choice {
	char base[GLYPHS_COUNT][4];
	bool home[GLYPHS_COUNT];
};

static void
make_choice(const char *letters, struct choice *c)
{
	memset(c, 0, sizeof(*c));
	for (int g = 0; g < GLYPHS_COUNT; g++) {
		char plain[WORDING_SIZE];
		if (!glyph_is_letter(g) || glyph_is_digit(g))
			continue;
		plain_of(glyph_text(g), plain, sizeof(plain));
		c->base[g][0] = glyph_is_capital(g) ? 'A' : 'a';
		memcpy(c->base[g] + 1, plain, strnlen(plain, 2));
		c->home[g] = belongs(g, letters);
	}
}

static float
vote_of(const struct print *p, const struct print_letter *l, int glyph)
{
	float most = p->votes[glyph * p->columns + l->from];
	for (int t = l->from; t <= l->to; t++)
		if (p->votes[glyph * p->columns + t] > most)
			most = p->votes[glyph * p->columns + t];
	return most;
}

static int
settle(const struct print *p, const struct print_letter *l,
    const struct choice *c)
{
	int mine = l->glyph, best = mine;
	bool at_home = c->home[mine];
	float least = vote_of(p, l, mine) - (!at_home ? FOREIGN_MOST :
	    is_bare(mine) ? BARE_MOST : 0);
	for (int g = 0; g < GLYPHS_COUNT; g++) {
		if (g == mine || !c->home[g] || (at_home && is_bare(g)) ||
		    strcmp(c->base[g], c->base[mine]) != 0)
			continue;
		float vote = vote_of(p, l, g);
		if (vote <= least)
			continue;
		least = vote;
		best = g;
	}
	return best;
}

/* How likely a letter is when accents that the country does not write are
 * none: what was given to them says nothing against it. Which of its own
 * accents stands there may be in doubt; that there is the letter is not. */
static float
sure_at_home(const struct print *p, const struct print_letter *l,
    const struct choice *c)
{
	int at = l->from;
	float likely = 0; /* all that it may be, in parts of the best */
	float letter = 0, all = 0;
	for (int t = l->from; t <= l->to; t++)
		if (p->votes[l->glyph * p->columns + t] >
		    p->votes[l->glyph * p->columns + at])
			at = t;
	for (int g = 0; g < GLYPH_CLASSES; g++) {
		float vote = expf(p->votes[g * p->columns + at]);
		bool same = g < GLYPHS_COUNT &&
		    strcmp(c->base[g], c->base[l->glyph]) == 0;
		all += vote;
		letter += g < GLYPHS_COUNT && c->base[g][0] &&
		    strcmp(c->base[g] + 1, c->base[l->glyph] + 1) == 0 ?
		    vote : 0;
		likely += same && !c->home[g] ? 0 : vote;
	}
	return fmaxf(expf(p->votes[l->glyph * p->columns + at]) / likely,
	    ACCENT_SURE * letter / all);
}

/* These have an apostrophe for a caron: d'Alembert, L'Heureux. */
static bool
is_apostrophe(int was, int is)
{
	static const char *const pairs[][2] = {{"\u013d", "L"},
	    {"\u013e", "l"}, {"\u010f", "d"}, {"\u0165", "t"}};
	for (size_t i = 0; i < COUNT_OF(pairs); i++)
		if (strcmp(glyph_text(was), pairs[i][0]) == 0)
			return strcmp(glyph_text(is), pairs[i][1]) == 0;
	return false;
}

static void
settle_all(struct print *p, const struct choice *c)
{
	for (int k = 0; k < p->count; k++) {
		struct print_letter *l = &p->at[k];
		if (!c->base[l->glyph][0])
			continue;
		int was = l->glyph;
		l->glyph = (uint8_t)settle(p, l, c);
		l->sure = fmaxf(l->sure, sure_at_home(p, l, c));
		if (!is_apostrophe(was, l->glyph) ||
		    p->count == PRINT_LETTERS_MAX)
			continue;
		memmove(l + 1, l, (size_t)(p->count - k) * sizeof(*l));
		p->count++;
		p->at[++k].glyph = (uint8_t)glyph_find("'");
		int next = k + 1 < p->count ? p->at[k + 1].from : p->columns;
		p->at[k].from = p->at[k].to = (short)((l->to + next) / 2);
	}
}

void
accents_settle(struct prints *prints, const char *country)
{
	const char *letters = alphabet_of(country);
	struct choice choice;
	if (!letters)
		return;
	make_choice(letters, &choice);
	for (size_t i = 0; i < prints->count; i++) {
		struct print *p = &prints->at[i];
		settle_all(p, &choice);
		print_text(p, 0, p->count, p->text, sizeof(p->text));
	}
}
