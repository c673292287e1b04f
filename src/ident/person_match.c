/*
 * A declared name against a zone's.
 *
 * Each letter has several spellings, so a word is followed through the zone's
 * text as a set of positions reached so far, one bit each. This never tries
 * combinations one by one: a name made of Å alone would need 2^n of them.
 */
#include "base/codec.h"
#include "base/enum.h"
#include "ident/letter.h"
#include "ident/mrz.h"
#include "ident/person.h"

#include <string.h>

#define WORDS_MAX 24
#define TARGET_MAX 63 /* positions in a set of 64 bits */

struct words {
	struct span at[WORDS_MAX]; /* borrowed from the text */
	size_t count;
};

/* Cuts at spaces, and at hyphens if asked; too many words: none. */
static struct words
cut(const char *text, bool hyphens)
{
	struct words w = {.count = 0};
	const char *stops = hyphens ? " -" : " ";

	while (*(text += strspn(text, stops))) {
		size_t length = strcspn(text, stops);
		if (w.count == WORDS_MAX)
			return (struct words){.count = 0};
		w.at[w.count++] = SPAN(text, length);
		text += length;
	}
	return w;
}

static struct words
part(const struct words *w, size_t from, size_t to)
{
	struct words out = {.count = to - from};

	memcpy(out.at, w->at + from, out.count * sizeof(out.at[0]));
	return out;
}

/* What the zone says, without spaces. */
struct target {
	char text[TARGET_MAX + 1];
	size_t length;
};

static struct target
target_of(struct span bytes)
{
	struct target t = {.length = 0};

	for (size_t i = 0; i < bytes.size && t.length < TARGET_MAX; i++)
		if (bytes.data[i] != ' ')
			t.text[t.length++] = (char)bytes.data[i];
	t.text[t.length] = '\0';
	return t;
}

/* Positions after one spelling, from each position reached so far. */
static uint64_t
follow(const struct target *t, uint64_t reached, const char *spelling,
    size_t length)
{
	uint64_t next = 0;

	for (size_t i = 0; i + length <= t->length; i++)
		if (reached >> i & 1 &&
		    memcmp(t->text + i, spelling, length) == 0)
			next |= UINT64_C(1) << (i + length);
	return next;
}

static uint64_t
step(const struct target *t, uint64_t reached, uint32_t letter)
{
	const char *zones = letter_in_zones(letter);
	enum letter_sign sign = letter_sign(letter);
	uint64_t next = 0;

	if (sign != SIGN_NONE || (zones && strcmp(zones, "") == 0) ||
	    (zones && strcmp(zones, "-") == 0))
		return reached;
	while (zones && *zones) {
		size_t length = strcspn(zones, " ");
		next |= follow(t, reached, zones, length);
		zones += length + strspn(zones + length, " ");
	}
	return next;
}

/*
 * Whether words spell the target: wholly, or, when the zone is truncated, so
 * that it ends within them.
 */
static bool
spells(const struct words *w, struct span zone, bool truncated)
{
	struct target t = target_of(zone);
	uint64_t reached = 1, end = UINT64_C(1) << t.length;

	for (size_t i = 0; i < w->count; i++) {
		size_t at = 0;
		while (at < w->at[i].size && reached) {
			int32_t letter = utf8_next(w->at[i], &at);
			reached = step(&t, reached, (uint32_t)letter);
			if (truncated && reached & end)
				return true;
		}
	}
	return (reached & end) != 0;
}

/*
 * A truncated zone cuts words short and leaves out the last ones: each of its
 * words must begin the declared word in its place.
 */
static bool
begins(const struct words *w, const char *zone)
{
	struct words parts = cut(zone, false);

	if (parts.count == 0 || parts.count > w->count)
		return false;
	for (size_t i = 0; i < parts.count; i++) {
		struct words one = part(w, i, i + 1);
		if (!spells(&one, parts.at[i], true))
			return false;
	}
	return true;
}

static bool
is_part(const struct words *w, const char *zone, bool truncated)
{
	if (w->count == 0 || zone[0] == '\0')
		return w->count == 0 && zone[0] == '\0';
	if (spells(w, span_of_text(zone), truncated))
		return true;
	return truncated && begins(w, zone);
}

struct zone {
	const char *surname, *given_names;
	bool truncated;
};

/* A truncated zone may have lost every given name, never the surname. */
static bool
is_given(const struct words *w, const struct zone *z)
{
	return is_part(w, z->given_names, z->truncated) ||
	    (z->truncated && z->given_names[0] == '\0');
}

static bool
is_surname(const struct words *w, const struct zone *z)
{
	return w->count > 0 && is_part(w, z->surname, z->truncated);
}

/* Finds where the name parts; given names first is tried first. */
static bool
find_split(const struct words *w, const struct zone *z, size_t *at,
    bool *given_first)
{
	for (size_t k = 0; k <= w->count; k++) {
		struct words head = part(w, 0, k), tail = part(w, k, w->count);
		*at = k;
		*given_first = true;
		if (is_given(&head, z) && is_surname(&tail, z))
			return true;
		*given_first = false;
		if (is_surname(&head, z) && is_given(&tail, z))
			return true;
	}
	return false;
}

/* Takes the first unused word of the zone that a declared word spells. */
static bool
use(const struct words *parts, uint32_t *used, struct span word)
{
	struct words one = {.at = {word}, .count = 1};

	for (size_t i = 0; i < parts->count; i++) {
		if (*used >> i & 1 || !spells(&one, parts->at[i], false))
			continue;
		*used |= 1u << i;
		return true;
	}
	return false;
}

/* Every declared word is in the zone, with one of each part at least. */
static bool
is_partial(const char *declared, const struct zone *z)
{
	struct words words = cut(declared, true);
	struct words surname = cut(z->surname, false);
	struct words given = cut(z->given_names, false);
	uint32_t in_surname = 0, in_given = 0;

	for (size_t i = 0; i < words.count; i++)
		if (!use(&surname, &in_surname, words.at[i]) &&
		    !use(&given, &in_given, words.at[i]))
			return false;
	return in_surname && (in_given || given.count == 0);
}

static bool
is_mark(struct span word)
{
	static const char *const marks[] = {
#define MARK(word) word,
#include "ident/usage_marks.def"
#undef MARK
	};
	char text[PERSON_NAME_SIZE], folded[PERSON_FOLD_SIZE];

	memcpy(text, word.data, word.size);
	text[word.size] = '\0';
	if (person_name_fold(text, folded) != OK) {
		err_clear();
		return false;
	}
	return enum_find(marks, COUNT_OF(marks), folded) < COUNT_OF(marks);
}

static bool
is_whole(const struct words *w, const struct zone *z)
{
	bool given_first;
	size_t at;

	return find_split(w, z, &at, &given_first);
}

/*
 * "Marie Martin née Dupont", "Marie Dupont épouse Martin": the document's
 * name is there, with another one that no zone confirms.
 */
static bool
has_usage_name(const struct words *w, const struct zone *z)
{
	for (size_t m = 1; m + 1 < w->count; m++) {
		struct words head = part(w, 0, m);
		struct words born = head;
		if (!is_mark(w->at[m]))
			continue;
		if (is_whole(&head, z))
			return true;
		for (size_t k = m; k > 0; k--) {
			born.count = k - 1;
			for (size_t i = m + 1; i < w->count; i++)
				born.at[born.count++] = w->at[i];
			if (is_whole(&born, z))
				return true;
		}
	}
	return false;
}

bool
person_uses_name(const char *declared, const char *usage_name,
    const char *given_names)
{
	char spelled[PERSON_NAME_SIZE];

	if (person_name_to_mrz(usage_name, spelled, sizeof(spelled)) != OK) {
		err_clear();
		return false;
	}
	for (char *p = spelled; *p; p++)
		if (*p == '<')
			*p = ' ';
	return person_match_mrz(declared, spelled, given_names, false) ==
	    PERSON_SAME;
}

enum person_match
person_match_mrz(const char *declared, const char *surname,
    const char *given_names, bool truncated)
{
	const struct zone z = {surname, given_names, truncated};
	char clean[PERSON_NAME_SIZE];
	size_t at;
	bool given_first;

	if (person_name_clean(declared, clean) != OK) {
		err_clear();
		return PERSON_DIFFERS;
	}
	struct words words = cut(clean, false);
	if (find_split(&words, &z, &at, &given_first))
		return PERSON_SAME;
	return is_partial(clean, &z) || has_usage_name(&words, &z) ?
	    PERSON_PARTIAL : PERSON_DIFFERS;
}

bool
person_name_folds_to_mrz(const char *declared, const char *surname,
    const char *given_names, bool truncated)
{
	return person_match_mrz(declared, surname, given_names, truncated) ==
	    PERSON_SAME;
}

static void
copy_words(const struct words *w, size_t from, size_t to,
    char out[PERSON_NAME_SIZE])
{
	size_t used = 0;

	for (size_t i = from; i < to; i++) {
		if (used)
			out[used++] = ' ';
		memcpy(out + used, w->at[i].data, w->at[i].size);
		used += w->at[i].size;
	}
	out[used] = '\0';
}

RESULT
person_split(const char *declared, const char *surname,
    const char *given_names, bool truncated, struct person_names *out)
{
	const struct zone z = {surname, given_names, truncated};
	char clean[PERSON_NAME_SIZE];
	size_t at;
	bool given_first;

	TRY(person_name_clean(declared, clean));
	struct words words = cut(clean, false);
	if (!find_split(&words, &z, &at, &given_first))
		return FAIL(ERR_INVALID, "not the name of the document");
	copy_words(&words, 0, at, given_first ? out->given_names
	    : out->surname);
	copy_words(&words, at, words.count, given_first ? out->surname
	    : out->given_names);
	return OK;
}
