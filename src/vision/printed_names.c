/*
 * Names as printed.
 *
 * The first reader finds where a name stands; a second one, which knows the
 * accents of all Latin scripts but no words, reads it once more. Only a
 * reading that spells the zone's name is taken for it.
 */
#include "vision/printed_parts.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/codec.h"
#include "base/enum.h"
#include "ident/person.h"

#define WORDS_MAX 8
#define AGREED_SURE 0.8f
#define EDITS_SHARE 4 /* one wrong letter in so many still says where */

/* What the zone says of one of the two names. */
struct wanted {
	const char *name;
	char squeezed[MRZ_NAME_SIZE];
	bool truncated;
	enum finding_name finding;
	enum label label;
};

/* Readers set a comma or a stop where a speck is. */
static void
tidy(const char *text, char *out, size_t size)
{
	size_t used = 0;
	for (; *text && used + 1 < size; text++)
		if (!strchr(",;:_|*\"~=<>()[]{}/\\", *text))
			out[used++] = *text;
	while (used > 0 && strchr(" .'-", out[used - 1]))
		used--;
	out[used] = '\0';
}

static bool
spells(const char *text, const struct wanted *w)
{
	char clean[PERSON_NAME_SIZE];
	if (person_name_clean(text, clean) != OK) {
		err_clear();
		return false;
	}
	return person_match_mrz(clean, w->name, "", w->truncated) ==
	    PERSON_SAME;
}

/* The words from..to of a text. */
static bool
part_of(const char *text, size_t from, size_t to, char *out, size_t size)
{
	size_t word = 0, used = 0;
	for (const char *at = text; *at; at++) {
		if (*at == ' ')
			word++;
		if (word >= from && word < to && used + 1 < size &&
		    (used > 0 || *at != ' '))
			out[used++] = *at;
	}
	out[used] = '\0';
	return word + 1 >= to;
}

/* Words of the text that spell the name; fewer are better than none. */
static bool
find_spelling(const char *text, const struct wanted *w, char *out,
    size_t size)
{
	char tidied[SEGMENT_SIZE];
	tidy(text, tidied, sizeof(tidied));
	for (size_t from = 0; from < WORDS_MAX; from++)
		for (size_t to = from + 1; to <= WORDS_MAX; to++) {
			if (!part_of(tidied, from, to, out, size))
				break;
			if (out[0] && spells(out, w))
				return true;
		}
	return false;
}

/* Letters that readers take for plain ones, and zones spell with two. */
static const struct {
	const char *plain, *accented[4];
} pairs[] = {{"A", {"\u00c5", "\u00c4", "\u00c6", NULL}},
    {"a", {"\u00e5", "\u00e4", "\u00e6", NULL}},
    {"O", {"\u00d6", "\u00d8", "\u0152", NULL}},
    {"o", {"\u00f6", "\u00f8", "\u0153", NULL}},
    {"U", {"\u00dc", NULL}}, {"u", {"\u00fc", NULL}}};

/* Latin-1 has its capitals first, the extended table at even places. */
static bool
is_capital(const char *character, size_t size)
{
	size_t at = 0;
	int32_t letter = utf8_next(SPAN(character, size), &at);
	return (letter >= 0xc0 && letter <= 0xde) ||
	    (letter >= 0x100 && letter <= 0x137 && letter % 2 == 0);
}

/* The letter of one character without its accent; 0 when it has none such. */
static char
base_letter(const char *character, size_t size)
{
	char letter[8] = "", folded[PERSON_FOLD_SIZE];
	if (size == 1)
		return *character;
	if (size >= sizeof(letter))
		return 0;
	memcpy(letter, character, size);
	if (person_name_fold(letter, folded) != OK || strlen(folded) != 1) {
		err_clear();
		return 0;
	}
	return (char)(is_capital(character, size) ?
	    toupper((unsigned char)folded[0]) :
	    tolower((unsigned char)folded[0]));
}

/* Puts each accent of a pair in the place of one character. */
static size_t
try_accents(const char *text, size_t from, size_t to, char base,
    const struct wanted *w, char *out, size_t size)
{
	char tried[SEGMENT_SIZE];
	size_t solutions = 0;
	for (size_t i = 0; i < COUNT_OF(pairs); i++) {
		for (size_t k = 0; base == pairs[i].plain[0] &&
		    pairs[i].accented[k]; k++) {
			snprintf(tried, sizeof(tried), "%.*s%s%s", (int)from,
			    text, pairs[i].accented[k], text + to);
			if (!spells(tried, w))
				continue;
			snprintf(out, size, "%s", tried);
			solutions++;
		}
	}
	return solutions;
}

/*
 * "Asa" in print and AASA in the zone can only be Åsa: the one accent
 * that makes both agree, if there is exactly one.
 */
static bool
find_accent(const char *text, const struct wanted *w, char *out, size_t size)
{
	char tidied[SEGMENT_SIZE];
	size_t solutions = 0, at = 0;
	tidy(text, tidied, sizeof(tidied));
	struct span all = span_of_text(tidied);
	while (at < all.size) {
		size_t from = at;
		if (utf8_next(all, &at) <= 0)
			return false;
		solutions += try_accents(tidied, from, at,
		    base_letter(tidied + from, at - from), w, out, size);
	}
	return solutions == 1;
}

/* The segment most like the name, if it is like it at all. */
static const struct segment *
nearest(const struct sheet *s, const struct wanted *w)
{
	const struct segment *best = NULL;
	int least = (int)strlen(w->squeezed) / EDITS_SHARE + 2;
	for (size_t i = 0; i < s->segments.count; i++) {
		char text[SEGMENT_SIZE];
		squeeze(s->segments.at[i].plain, text, sizeof(text));
		int edits = edits_between(text, w->squeezed);
		if (edits < least && edits < (int)strlen(w->squeezed)) {
			least = edits;
			best = &s->segments.at[i];
		}
	}
	return best;
}

static bool
read_again(const struct sheet *s, const struct segment *at,
    struct segment *out)
{
	if (!s->tools->names)
		return false;
	if (sheet_again(s, s->tools->names, at, out) == OK)
		return true;
	err_clear();
	return false;
}

/* The name at a place, by either reader. */
static bool
take(const struct sheet *s, const struct segment *at, const struct wanted *w,
    struct printed *out)
{
	struct segment again;
	char text[SEGMENT_SIZE];
	bool twice = read_again(s, at, &again);
	/* "ÅĀke" spells AAKE too: both must see as many letters */
	const struct segment *order[] = {
	    twice && strlen(again.plain) == strlen(at->plain) ? &again : at,
	    at, twice ? &again : at};
	for (size_t i = 0; i < COUNT_OF(order); i++) {
		if (!find_spelling(order[i]->text, w, text, sizeof(text)) &&
		    !find_accent(order[i]->text, w, text, sizeof(text)))
			continue;
		printed_add(s, out, w->finding, text, order[i]->sure, at);
		return true;
	}
	return false;
}

/* A name: letters, and more than one of them. */
static bool
name_shaped(const char *text)
{
	char clean[PERSON_NAME_SIZE];
	if (person_name_clean(text, clean) != OK) {
		err_clear();
		return false;
	}
	return strlen(clean) >= 2;
}

/* What stands under the label, when both readers see the same. */
static void
take_labelled(const struct sheet *s, const struct wanted *w,
    struct printed *out)
{
	const struct segment *at = printed_labelled(s, w->label);
	struct segment again;
	char text[SEGMENT_SIZE], first[SEGMENT_SIZE], second[SEGMENT_SIZE];
	if (!at || !read_again(s, at, &again))
		return;
	squeeze(at->plain, first, sizeof(first));
	squeeze(again.plain, second, sizeof(second));
	tidy(again.text, text, sizeof(text));
	int slack = w->name ? 0 : (int)strlen(first) / 6 + 1;
	/* a letter or two of difference is the readers' more often */
	if (w->name && edits_between(second, w->squeezed) <=
	    (int)strlen(w->squeezed) / EDITS_SHARE + 1)
		return;
	if (!name_shaped(text) || edits_between(first, second) > slack ||
	    (at->sure < AGREED_SURE && again.sure < AGREED_SURE))
		return;
	printed_add(s, out, w->finding, text, again.sure, at);
}

static void
find_name(const struct sheet *s, const struct wanted *w, struct printed *out)
{
	char text[SEGMENT_SIZE];
	for (size_t i = 0; w->name && i < s->segments.count; i++) {
		const struct segment *at = &s->segments.at[i];
		if (find_spelling(at->text, w, text, sizeof(text)) &&
		    take(s, at, w, out))
			return;
	}
	const struct segment *at = w->name ? nearest(s, w) : NULL;
	if (at && take(s, at, w, out))
		return;
	take_labelled(s, w, out);
}

void
printed_names(const struct sheet *s, const struct mrz *zone,
    struct printed *out)
{
	struct wanted both[2] = {
	    {zone ? zone->surname : NULL, "", zone && zone->truncated,
		FINDING_printed_surname, LABEL_surname},
	    {zone ? zone->given_names : NULL, "", zone && zone->truncated,
		FINDING_printed_given_names, LABEL_given_names}};
	for (size_t i = 0; i < 2; i++) {
		struct wanted *w = &both[i];
		if (w->name && !w->name[0])
			continue;
		if (w->name)
			squeeze(w->name, w->squeezed, sizeof(w->squeezed));
		find_name(s, w, out);
	}
}
