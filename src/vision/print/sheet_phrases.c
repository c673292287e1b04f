/*
 * The words of a piece of print, and which phrases of labels.def they are.
 *
 * A little misreading is allowed, and the words are parted into phrases so that
 * the most letters are explained. Phrases of one field that follow one another
 * (one a language) are one part.
 */
#include "vision/print/sheet_phrases.h"

#include <stdlib.h>
#include <string.h>

#include "base/enum.h"
#include "vision/print/wording.h"

#define RUN_LEAST (size_t)6 /* letters of a phrase found without spaces */
#define OTHER_LONG 6 /* letters of a label that may be misread all the same */
#define RUN_LONG (size_t)10 /* more of it may be misread */
#define PHRASE_COST 3       /* one long phrase is likelier than two short */
#define WEAK 6              /* letters: a word that labels may have in them */
#define SECOND_LEAST 9      /* letters of one that names two fields */
#define LOST_AMONG 5
#define VERY_LONG 13 /* letters: "IDENTITEITSKAART" may bear one edit more */

static const struct {
	enum field field;
	const char *words;
} phrases[] = {
#define LABEL(field, words) {FIELD_##field, words},
#include "vision/print/labels.def"
#undef LABEL
};

/* "NOME J SURNAME": the stroke between two languages, read as a letter. */
static bool
is_stroke(const struct print *p, int from, int to)
{
	return to == from + 1 && from > 1 && to + 1 < p->count &&
	    strchr("IJl", glyph_text(p->at[from].glyph)[0]) &&
	    glyph_text(p->at[from - 1].glyph)[0] == ' ' &&
	    glyph_text(p->at[to].glyph)[0] == ' ';
}

/* "07 N.º", "4a DATE OF ISSUE": the number of a field, in front of its label. */
static bool
is_numbering(const char *plain)
{
	size_t digits = strspn(plain, "0123456789");
	return digits > 0 && digits <= 2 && strlen(plain) <= digits + 1;
}

void
phrases_words(const struct print *p, struct words *out)
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
		if (is_stroke(p, from, i))
			continue;
		print_text(p, from, i, text, sizeof(text));
		plain_of(text, w->plain, sizeof(w->plain));
		if (out->count == 0 && is_numbering(w->plain))
			continue;
		w->size = (int)strlen(w->plain);
		w->begin = from;
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
	int most = size < VERY_LONG ? 2 : 3;
	slack = slack > most ? most : slack;
	if (abs(word->size - size) > slack || size >= WORD_SIZE)
		return -1;
	memcpy(text, label, (size_t)size);
	text[size] = '\0';
	if (slack == 0 && size > 1 && looks_alike(word->plain, text))
		return strcmp(word->plain, text) != 0; /* "Ie" is "le" */
	int edits = slack == 0 ? strcmp(word->plain, text) != 0 :
	    edits_between(word->plain, text);
	return edits > slack ? -1 : edits;
}

bool
phrases_at(const struct words *words, int at, const char *phrase,
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

bool
phrases_title_at(const struct words *words, int at, const char *phrase,
    struct found *out)
{
	char text[WORDING_SIZE] = "", whole[WORDING_SIZE];
	size_t length = 0;
	if (phrases_at(words, at, phrase, out))
		return true;
	if (words->at[at].plain[0] != *phrase || !strchr(phrase, ' '))
		return false;
	squeeze(phrase, whole, sizeof(whole));
	size_t size = strlen(whole);
	int next = at;
	while (next < words->count && length < size) {
		const struct word *w = &words->at[next++];
		if (length + (size_t)w->size + 1 > sizeof(text))
			return false;
		memcpy(text + length, w->plain, (size_t)w->size + 1);
		length += (size_t)w->size;
	}
	int edits = edits_between(text, whole);
	if (size < RUN_LONG || edits > (int)(size / RUN_LONG))
		return false;
	*out = (struct found){(int)size, 4 * (int)size - 5 * edits, next};
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

/* Words that ran into one another, or were badly read: long phrases are
 * looked for without their spaces. */
static void
find_run_together(const struct words *words, struct part *out)
{
	char text[WORDING_SIZE] = "", phrase[WORDING_SIZE];
	int most = 0;
	size_t at = 0, length = 0;
	for (int i = out->first; i < out->next; i++) {
		const struct word *w = &words->at[i];
		if (length + (size_t)w->size + 1 > sizeof(text))
			break;
		memcpy(text + length, w->plain, (size_t)w->size + 1);
		length += (size_t)w->size;
	}
	out->field = FIELD_COUNT;
	for (size_t i = 0; i < COUNT_OF(phrases) && length >= RUN_LEAST; i++) {
		squeeze(phrases[i].words, phrase, sizeof(phrase));
		size_t size = strlen(phrase);
		int slack = (int)(size < RUN_LONG ? size / 8 : size / 5);
		if (size < RUN_LEAST || (int)size <= most || size > length + 2)
			continue;
		int edits = edits_within(phrase, text, &at);
		int merit = (int)size - 3 * edits;
		if (edits > slack || merit <= most)
			continue;
		most = merit;
		out->field = phrases[i].field;
		out->letters = (int)size;
	}
}

/* The best way to part the words up to each: by which phrase it ends. */
struct way {
	int merit;
	int from;      /* where its last phrase begins; itself: no phrase */
	size_t phrase;
	int letters;
};

/* "No" and "N" alone are labels only in front, or behind one. */
static bool
out_of_place(const struct found *f, int at, bool any)
{
	return f->letters < 3 && at > 0 && !any;
}

/* A word of which only other values are told, misread: as likely a name, as
 * Orjan is for "organ". */
static bool
is_perhaps_a_name(enum field field, const struct found *f)
{
	return field == FIELD_other && f->letters < OTHER_LONG &&
	    f->merit < 4 * f->letters;
}

static void
find_ways(const struct words *words, struct way *ways)
{
	struct found f;
	bool any = false;
	for (int k = 0; k <= words->count; k++)
		ways[k] = (struct way){0, k, 0, 0};
	for (int at = 0; at < words->count; at++) {
		if (ways[at].merit > ways[at + 1].merit ||
		    ways[at + 1].from == at + 1)
			ways[at + 1] = (struct way){ways[at].merit, at + 1, 0,
			    0};
		for (size_t i = 0; i < COUNT_OF(phrases); i++) {
			if (!phrases_at(words, at, phrases[i].words, &f) ||
			    out_of_place(&f, at, any) ||
			    is_perhaps_a_name(phrases[i].field, &f))
				continue;
			any = true;
			int merit = ways[at].merit + f.merit - PHRASE_COST;
			struct way *to = &ways[f.next];
			if (merit > to->merit)
				*to = (struct way){merit, at, i, f.letters};
		}
	}
}

static void
add_part(struct parts *out, const struct part *p)
{
	if (out->count < WORDS_MAX)
		out->at[out->count++] = *p;
}

/* What no phrase explains, from..to-1. */
static void
add_unexplained(const struct words *words, int from, int to,
    struct parts *out)
{
	struct part p = {FIELD_COUNT, from, to, 0, false};
	if (from >= to)
		return;
	find_run_together(words, &p);
	if (p.field != FIELD_COUNT)
		add_part(out, &p);
}

static void
take_parts(const struct words *words, const struct way *ways,
    struct parts *out)
{
	int ends[WORDS_MAX], count = 0, done = 0;
	for (int k = words->count; k > 0;) {
		if (ways[k].from == k) {
			k--;
			continue;
		}
		ends[count++] = k;
		k = ways[k].from;
	}
	out->count = 0;
	while (count-- > 0) {
		const struct way *w = &ways[ends[count]];
		const char *text = phrases[w->phrase].words;
		struct part p = {phrases[w->phrase].field, w->from,
		    ends[count], w->letters, strcmp(text, "NAME") == 0};
		add_unexplained(words, done, p.first, out);
		add_part(out, &p);
		done = p.next;
	}
	add_unexplained(words, done, words->count, out);
}

/* Phrases of one field, one after another, are one label. */
static void
join_parts(struct parts *parts)
{
	int kept = 0;
	for (int i = 0; i < parts->count; i++) {
		struct part *last = &parts->at[kept > 0 ? kept - 1 : 0];
		if (kept == 0 || last->field != parts->at[i].field) {
			parts->at[kept++] = parts->at[i];
			continue;
		}
		last->next = parts->at[i].next;
		last->letters += parts->at[i].letters;
		last->name = last->name && parts->at[i].name;
	}
	parts->count = kept;
}

/* One short word among much that says nothing: "DATUM" of a date of birth. */
static bool
is_lost(const struct words *words, const struct parts *parts)
{
	int letters = 0;
	for (int i = 0; i < words->count; i++)
		letters += words->at[i].size;
	return parts->count == 1 && parts->at[0].letters < WEAK &&
	    parts->at[0].letters * LOST_AMONG < letters;
}

/* "Name" is the given name's beside its label in another language; other
 * short words ("Datum", "Num") belong to a long label beside them. */
static bool
is_weak(const struct parts *parts, int i)
{
	const struct part *p = &parts->at[i];
	for (int k = 0; k < parts->count; k++) {
		const struct part *other = &parts->at[k];
		if (k == i)
			continue;
		if (p->name && other->field == FIELD_given_names)
			return true;
		/* "Passeport n° / Passport No" */
		if ((p->field == FIELD_other || p->field == FIELD_title) &&
		    other->field == FIELD_number)
			return true;
		if (p->letters < WEAK && p->field != FIELD_sex &&
		    other->letters >= 2 * p->letters &&
		    other->field != FIELD_sex)
			return true;
	}
	return false;
}

static void
drop_weak(struct parts *parts)
{
	bool weak[WORDS_MAX];
	int kept = 0;
	for (int i = 0; i < parts->count; i++)
		weak[i] = is_weak(parts, i);
	for (int i = 0; i < parts->count; i++) {
		if (weak[i] && kept > 0)
			parts->at[kept - 1].next = parts->at[i].next;
		else if (weak[i] && i + 1 < parts->count)
			parts->at[i + 1].first = parts->at[i].first;
		if (!weak[i])
			parts->at[kept++] = parts->at[i];
	}
	parts->count = kept;
	join_parts(parts);
}

void
phrases_parts(const struct print *p, struct words *words, struct parts *out)
{
	struct way ways[WORDS_MAX + 1];
	phrases_words(p, words);
	find_ways(words, ways);
	take_parts(words, ways, out);
	join_parts(out);
	if (is_lost(words, out))
		out->count = 0;
	drop_weak(out);
}

static bool
stands_in(const struct words *words, const struct part *part,
    const char *phrase)
{
	struct found f;
	for (int at = part->first; at < part->next; at++)
		if (phrases_at(words, at, phrase, &f) &&
		    f.merit >= 4 * f.letters - 5 && /* SURNAME, not VORNAME */
		    f.letters >= SECOND_LEAST && f.next <= part->next)
			return true;
	return false;
}

bool
phrases_second(const struct words *words, const struct part *part, size_t *at,
    enum field *out)
{
	for (; *at < COUNT_OF(phrases); (*at)++) {
		if (phrases[*at].field == part->field ||
		    !strchr(phrases[*at].words, ' ') ||
		    !stands_in(words, part, phrases[*at].words))
			continue;
		*out = phrases[(*at)++].field;
		return true;
	}
	return false;
}
