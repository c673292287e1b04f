/*
 * Labels, and signs of a country.
 *
 * The words of a piece are compared with the phrases of labels.def, a little
 * misreading allowed. Several phrases of one label (one a language) may follow
 * one another; the longest decides.
 */
#include "vision/sheet_labels.h"

#include <stdlib.h>
#include <string.h>

#include "base/enum.h"
#include "vision/wording.h"

#define WORDS_MAX 32
#define WORD_SIZE 32
#define RUN_LEAST (size_t)6 /* letters of a phrase found without spaces */

static const struct {
	enum field field;
	const char *words;
} phrases[] = {
#define LABEL(field, words) {FIELD_##field, words},
#include "vision/labels.def"
#undef LABEL
};

static const struct {
	const char *country, *words;
} signs[] = {
#define SIGN(country, words) {#country, words},
#define TWICE(country)
#define LAYOUT(country, layout, field, left, top, right, bottom)
#include "vision/layouts.def"
#undef SIGN
#undef TWICE
#undef LAYOUT
};

struct word {
	char plain[WORD_SIZE];
	int size;
	int end; /* the letter after it */
};

struct words {
	int count;
	struct word at[WORDS_MAX];
};

static void
words_of(const struct print *p, struct words *out)
{
	out->count = 0;
	for (int i = 0; i < p->count && out->count < WORDS_MAX; i++) {
		struct word *w = &out->at[out->count];
		char text[4 * WORD_SIZE];
		int from = i;
		while (i < p->count && glyph_is_letter(p->at[i].glyph))
			i++;
		if (i == from)
			continue;
		print_text(p, from, i, text, sizeof(text));
		plain_of(text, w->plain, sizeof(w->plain));
		w->size = (int)strlen(w->plain);
		w->end = i;
		out->count++;
	}
}

/* Edits between a word and a label's; -1: it is another. Readers take rn for
 * m and the like in small print. */
static int
edits_of(const struct word *word, const char *label, int size)
{
	char text[WORD_SIZE];
	int slack = size < 5 ? 0 : (size + 1) / 4;
	slack = slack > 2 ? 2 : slack;
	if (abs(word->size - size) > slack || size >= WORD_SIZE)
		return -1;
	memcpy(text, label, (size_t)size);
	text[size] = '\0';
	int edits = slack == 0 ? strcmp(word->plain, text) != 0 :
	    edits_between(word->plain, text);
	return edits > slack ? -1 : edits;
}

struct found {
	int letters, merit; /* long and well read is more */
	int next;           /* the word after it */
};

/* Does the phrase stand from word `at` on? */
static bool
phrase_at(const struct words *words, int at, const char *phrase,
    struct found *out)
{
	*out = (struct found){0, 0, at};
	while (*phrase) {
		int size = (int)strcspn(phrase, " ");
		int edits = out->next == words->count ? -1 :
		    edits_of(&words->at[out->next], phrase, size);
		if (edits < 0)
			return false;
		out->letters += size;
		out->merit += 4 * size - 5 * edits;
		out->next++;
		phrase += size;
		phrase += strspn(phrase, " ");
	}
	return true;
}

/* Edits of the phrase against its best place in the text; *end: after it. */
static int
edits_within(const char *phrase, const char *text, size_t *end)
{
	int row[WORDING_SIZE + 1], best = (int)strlen(phrase);
	size_t size = strlen(text);
	for (size_t k = 0; k <= size; k++)
		row[k] = 0;
	for (int i = 1; phrase[i - 1]; i++) {
		int corner = row[0];
		row[0] = i;
		for (size_t k = 1; k <= size; k++) {
			int cost = corner + (phrase[i - 1] != text[k - 1]);
			corner = row[k];
			cost = row[k] + 1 < cost ? row[k] + 1 : cost;
			cost = row[k - 1] + 1 < cost ? row[k - 1] + 1 : cost;
			row[k] = cost;
		}
	}
	for (size_t k = 0; k <= size; k++)
		if (row[k] < best) {
			best = row[k];
			*end = k;
		}
	return best;
}

/* Words that ran into one another: long phrases are looked for without their
 * spaces. */
static void
find_run_together(const struct print *p, enum field *label, int *end)
{
	char text[WORDING_SIZE], phrase[WORDING_SIZE];
	size_t most = 0, at = 0;
	squeeze(p->plain, text, sizeof(text));
	size_t length = strlen(text);
	for (size_t i = 0; i < COUNT_OF(phrases); i++) {
		squeeze(phrases[i].words, phrase, sizeof(phrase));
		size_t size = strlen(phrase);
		if (size < RUN_LEAST || size <= most || size > length + 1)
			continue;
		if (edits_within(phrase, text, &at) > (int)size / 8)
			continue;
		most = size;
		*label = phrases[i].field;
		*end = p->count; /* where it ends is not clear enough */
	}
}

static void
find_label(const struct print *p, enum field *label, int *end)
{
	struct words words;
	struct found f;
	int most = 0, last = -1;
	words_of(p, &words);
	*label = FIELD_COUNT;
	*end = 0;
	for (int at = 0; at < words.count; at++)
		for (size_t i = 0; i < COUNT_OF(phrases); i++) {
			/* "No" and "N" alone are labels only in front */
			if (!phrase_at(&words, at, phrases[i].words, &f) ||
			    (f.letters < 3 && at > 0 && last < 0))
				continue;
			if (f.merit > most) {
				most = f.merit;
				*label = phrases[i].field;
			}
			last = f.next - 1 > last ? f.next - 1 : last;
		}
	if (last >= 0)
		*end = words.at[last].end;
	else if (p->count >= (int)RUN_LEAST)
		find_run_together(p, label, end);
}

static const char *
find_country(const struct sheet *s)
{
	struct words words;
	struct found f;
	for (size_t k = 0; k < s->prints.count; k++) {
		words_of(&s->prints.at[k], &words);
		for (int at = 0; at < words.count; at++)
			for (size_t i = 0; i < COUNT_OF(signs); i++)
				if (phrase_at(&words, at, signs[i].words,
					&f))
					return signs[i].country;
	}
	return "";
}

size_t
sheet_count_labels(const struct prints *prints)
{
	size_t labels = 0;
	for (size_t i = 0; i < prints->count; i++) {
		enum field label;
		int end;
		find_label(&prints->at[i], &label, &end);
		labels += label != FIELD_COUNT && end >= 4;
	}
	return labels;
}

void
sheet_find_labels(struct sheet *s)
{
	for (size_t i = 0; i < s->prints.count; i++)
		find_label(&s->prints.at[i], &s->labels[i],
		    &s->label_end[i]);
	s->country = find_country(s);
}
