/*
 * Labels, and signs of a country.
 *
 * A piece may have the labels of two columns in it: where another field's
 * phrase begins, the next column's label does.
 */
#include "vision/print/sheet_labels.h"

#include <math.h>
#include <string.h>

#include "base/enum.h"
#include "vision/print/sheet_parts.h"
#include "vision/print/sheet_phrases.h"

#define CUT_GAP 1.2f        /* capitals: nearer than columns */
#define LEGIBLE 0.3f
#define ANOTHER_LEAST 8     /* letters of another column's label */
#define LATER 6.0f          /* millimetres that its own place comes before */

static const struct {
	const char *country, *words;
} signs[] = {
#define SIGN(country, words) {#country, words},
#define TWICE(country)
#define LAST(words)
#define LAYOUT(country, layout, field, left, top, right, bottom)
#include "vision/print/layouts.def"
#undef SIGN
#undef TWICE
#undef LAST
#undef LAYOUT
};

static const struct {
	const char *kind, *words;
} titles[] = {
#define TITLE(kind, words) {#kind, words},
#include "vision/print/titles.def"
#undef TITLE
};

static const char *const permits[] = {
#define SIGN(country, words)
#define TWICE(country)
#define LAST(words) words,
#define LAYOUT(country, layout, field, left, top, right, bottom)
#include "vision/print/layouts.def"
#undef SIGN
#undef TWICE
#undef LAST
#undef LAYOUT
};

#define WORD_LONG 9 /* letters: no name is so like a sign of one word */

/* Whether none of a word's letters is a small one without accents. */
static bool
in_capitals(const struct print *p, const struct word *w)
{
	char text[4 * WORD_SIZE];
	print_text(p, w->begin, w->end, text, sizeof(text));
	for (const char *at = text; *at; at++)
		if (*at >= 'a' && *at <= 'z')
			return false;
	return true;
}

/* A given name may be a letter or two from a state's: one short word counts as
 * it is spelled, in capitals, alone. */
static bool
is_sign(const struct print *p, const struct word *first, const char *sign)
{
	return strchr(sign, ' ') || strlen(sign) >= WORD_LONG ||
	    (strcmp(first->plain, sign) == 0 && in_capitals(p, first));
}

/* By the sign that is best read: in one letter's distance "Osebna izkaznica"
 * is "Osobna iskaznica" as well. */
static const char *
find_country(const struct sheet *s)
{
	struct words words;
	struct found f;
	int most = 0;
	const char *country = "";
	for (size_t k = 0; k < s->prints.count; k++) {
		phrases_words(&s->prints.at[k], &words);
		for (int at = 0; at < words.count; at++)
			for (size_t i = 0; i < COUNT_OF(signs); i++)
				if (phrases_title_at(&words, at, signs[i].words,
					&f) && f.merit > most &&
				    is_sign(&s->prints.at[k], &words.at[at],
					signs[i].words)) {
					most = f.merit;
					country = signs[i].country;
				}
	}
	return country;
}

static bool
is_permit(const struct sheet *s)
{
	struct words words;
	struct found f;
	for (size_t k = 0; k < s->prints.count; k++) {
		phrases_words(&s->prints.at[k], &words);
		for (int at = 0; at < words.count; at++)
			for (size_t i = 0; i < COUNT_OF(permits); i++)
				if (phrases_title_at(&words, at, permits[i],
					&f))
					return true;
	}
	return false;
}

/* What the document calls itself; of several titles the one with the most
 * letters: a passport card is no passport. */
static const char *
find_kind(const struct sheet *s)
{
	struct words words;
	struct found f;
	int most = 0;
	const char *kind = "";
	if (s->permit)
		return "residence_permit";
	for (size_t k = 0; k < s->prints.count; k++) {
		phrases_words(&s->prints.at[k], &words);
		for (int at = 0; at < words.count; at++)
			for (size_t i = 0; i < COUNT_OF(titles); i++)
				if (phrases_title_at(&words, at,
					titles[i].words, &f) &&
				    f.letters > most) {
					most = f.letters;
					kind = titles[i].kind;
				}
	}
	return kind;
}

size_t
sheet_count_labels(const struct prints *prints)
{
	struct words words;
	struct parts parts;
	size_t labels = 0;
	for (size_t i = 0; i < prints->count; i++) {
		phrases_parts(&prints->at[i], &words, &parts);
		for (int k = 0; k < parts.count; k++)
			labels += words.at[parts.at[k].next - 1].end >= 4;
	}
	return labels;
}

/* A phrase that names two fields ("place and date of birth"): the others. */
static void
add_second_fields(struct sheet *s, const struct words *words,
    const struct part *part, const struct label *l)
{
	enum field field;
	for (size_t i = 0; phrases_second(words, part, &i, &field);)
		if (s->label_count < LABELS_MAX) {
			s->labels[s->label_count] = *l;
			s->labels[s->label_count++].field = field;
		}
}

/* "Cittadinanza / Nationality Luogo di nascita": words before a label that
 * were not read as one, and no stroke after them, are the column's before. */
static bool
begins_a_column(const struct print *p, const struct words *words,
    const struct part *part)
{
	int letters = 0, at = words->at[part->first].begin - 1;
	for (int i = 0; i < part->first; i++)
		letters += words->at[i].size;
	while (at > 0 && glyph_text(p->at[at].glyph)[0] == ' ')
		at--;
	return letters >= ANOTHER_LEAST && glyph_is_letter(p->at[at].glyph);
}

/* The label where its words stand, before the whole piece. */
static void
add_column(struct sheet *s, struct label *l)
{
	struct label own = *l;
	own.where = sheet_part(&s->prints.at[l->print], l->from, l->next);
	l->later = LATER;
	if (s->label_count < LABELS_MAX)
		s->labels[s->label_count++] = own;
}

/* "N.R.C. Number": a word before the label's, without a stroke between. */
static bool
is_strange(const struct print *p, const struct words *words,
    const struct parts *parts, int k)
{
	int first = parts->at[k].first;
	int before = k > 0 ? parts->at[k - 1].next : 0;
	if (first == before)
		return false;
	for (int i = words->at[first - 1].end; i < words->at[first].begin; i++)
		if (!strchr(" .-'", glyph_text(p->at[i].glyph)[0]))
			return false;
	return true;
}

static void
add_labels(struct sheet *s, size_t print)
{
	const struct print *p = &s->prints.at[print];
	struct words words;
	struct parts parts;
	phrases_parts(p, &words, &parts);
	s->is_label[print] = parts.count > 0;
	for (int k = 0; k < parts.count; k++) {
		const struct part *part = &parts.at[k];
		int next = k + 1 == parts.count ? p->count :
		    words.at[parts.at[k + 1].first].begin;
		struct label l = {print, part->field,
		    words.at[part->first].begin,
		    words.at[part->next - 1].end, next, part->name,
		    is_strange(p, &words, &parts, k), 0, MANNER_BELOW,
		    p->where};
		if (parts.count > 1)
			l.where = sheet_part(p, k == 0 ? 0 : l.from, next);
		else if (begins_a_column(p, &words, part))
			add_column(s, &l);
		if (s->label_count == LABELS_MAX)
			return;
		s->labels[s->label_count++] = l;
		add_second_fields(s, &words, part, &l);
	}
}

/* Whether label b goes on where a ends: one label, read in two pieces. */
static bool
goes_on(const struct label *a, const struct label *b)
{
	float gap = b->where.x - a->where.x - a->where.length;
	float foot = a->where.y + (b->where.x - a->where.x) * a->where.slope;
	return a->print != b->print && gap < CUT_GAP * a->where.capital &&
	    gap > -a->where.capital && b->where.x > a->where.x &&
	    fabsf(b->where.y - foot) < 0.5f * a->where.capital;
}

/* "Fecha de cadu" | "cidad/Date of expiry": the part with far more letters
 * says what both are. */
static void
settle_cut_labels(struct sheet *s)
{
	for (size_t i = 0; i < s->label_count; i++)
		for (size_t k = 0; k < s->label_count; k++) {
			struct label *a = &s->labels[i];
			const struct label *b = &s->labels[k];
			if ((goes_on(a, b) || goes_on(b, a)) &&
			    2 * (a->to - a->from) < b->to - b->from &&
			    b->field != FIELD_other && b->field != FIELD_title)
				a->field = b->field;
		}
}

/* Where "Surname" stands and no other word for given names was read, "Name"
 * stands for those. */
static void
settle_name_labels(struct sheet *s)
{
	bool surname = false, given = false;
	for (size_t i = 0; i < s->label_count; i++) {
		const struct label *l = &s->labels[i];
		surname |= l->field == FIELD_surname && !l->name;
		given |= l->field == FIELD_given_names;
	}
	for (size_t i = 0; i < s->label_count && surname && !given; i++)
		if (s->labels[i].name && s->labels[i].field == FIELD_surname)
			s->labels[i].field = FIELD_given_names;
}

/* Where a label is known to name the document's number, another one with a word
 * that is not known names another number: "N.R.C. Number" on a passport. */
static void
settle_number_labels(struct sheet *s)
{
	bool known = false;
	for (size_t i = 0; i < s->label_count; i++)
		known |= s->labels[i].field == FIELD_number &&
		    !s->labels[i].strange;
	for (size_t i = 0; i < s->label_count && known; i++)
		if (s->labels[i].field == FIELD_number && s->labels[i].strange)
			s->labels[i].field = FIELD_other;
}

void
sheet_find_labels(struct sheet *s)
{
	s->label_count = 0;
	for (size_t i = 0; i < s->prints.count; i++) {
		s->is_label[i] = false;
		if (s->prints.at[i].sure >= LEGIBLE)
			add_labels(s, i);
	}
	settle_cut_labels(s);
	settle_name_labels(s);
	settle_number_labels(s);
	sheet_settle_manner(s);
	s->country = find_country(s);
	s->permit = is_permit(s);
	s->kind = find_kind(s);
}
