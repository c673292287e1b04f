/*
 * Normal form C in three steps: take every letter apart, put the accents of
 * each letter in canonical order, put together again.
 *
 * Two people with one name must not be two people because one typed é and
 * the other e and an accent; and one certificate must not have two encodings.
 */
#include "ident/normal.h"
#include "base/codec.h"
#include "base/enum.h"

#include <stdbool.h>

struct pair {
	uint32_t letter, base, mark;
	bool composes;
};

static const struct pair pairs[] = {
#define PAIR(letter, base, mark, composes) {letter, base, mark, composes},
#include "ident/normal_form.def"
#undef PAIR
};

struct mark_range {
	uint32_t first, last;
	uint8_t class;
};

static const struct mark_range marks[] = {
#define MARK(first, last, class) {first, last, class},
#include "ident/normal_marks.def"
#undef MARK
};

struct letters {
	uint32_t at[NORMAL_TEXT_MAX];
	size_t count;
};

static const struct pair *
pair_of(uint32_t letter)
{
	size_t low = 0, high = COUNT_OF(pairs);

	while (low < high) {
		size_t middle = (low + high) / 2;
		if (pairs[middle].letter < letter)
			low = middle + 1;
		else
			high = middle;
	}
	return low < COUNT_OF(pairs) && pairs[low].letter == letter
	    ? &pairs[low]
	    : NULL;
}

/* The combining class; 0 for letters. */
static int
class_of(uint32_t letter)
{
	for (size_t i = 0; i < COUNT_OF(marks); i++)
		if (letter >= marks[i].first && letter <= marks[i].last)
			return marks[i].class;
	return 0;
}

static RESULT
add(struct letters *l, uint32_t letter)
{
	if (l->count == NORMAL_TEXT_MAX)
		return FAIL(ERR_TOO_LARGE, "text is too long");
	l->at[l->count++] = letter;
	return OK;
}

/* A base may have marks of its own: the table is followed to its end. */
static RESULT
take_apart(struct letters *l, uint32_t letter)
{
	const struct pair *p = pair_of(letter);

	if (!p)
		return add(l, letter);
	TRY(take_apart(l, p->base));
	return p->mark ? add(l, p->mark) : OK;
}

/* Insertion sort of each run of marks; equal classes keep their order. */
static void
put_in_order(struct letters *l)
{
	for (size_t i = 1; i < l->count; i++) {
		uint32_t mark = l->at[i];
		int class = class_of(mark);
		size_t to = i;
		if (class == 0)
			continue;
		for (; to > 0 && class_of(l->at[to - 1]) > class; to--)
			l->at[to] = l->at[to - 1];
		l->at[to] = mark;
	}
}

/* The letter of a base and a mark, 0 when there is none. */
static uint32_t
together(uint32_t base, uint32_t mark)
{
	for (size_t i = 0; i < COUNT_OF(pairs); i++)
		if (pairs[i].composes && pairs[i].base == base &&
		    pairs[i].mark == mark)
			return pairs[i].letter;
	return 0;
}

static void
put_together(struct letters *l)
{
	size_t used = 0, base = 0;
	bool has_base = false;
	int last = 0;

	for (size_t i = 0; i < l->count; i++) {
		uint32_t letter = l->at[i];
		int class = class_of(letter);
		bool adjacent = used == base + 1;
		uint32_t whole = has_base && (adjacent || last < class)
		    ? together(l->at[base], letter)
		    : 0;
		if (whole) {
			l->at[base] = whole;
			continue;
		}
		if (class == 0) {
			base = used;
			has_base = true;
		}
		last = class;
		l->at[used++] = letter;
	}
	l->count = used;
}

RESULT
normal_form(struct span text, struct buf *out)
{
	struct letters l = {.count = 0};
	size_t at = 0;

	while (at < text.size) {
		int32_t letter = utf8_next(text, &at);
		if (letter <= 0)
			return FAIL(ERR_INVALID, "not clean UTF-8");
		TRY(take_apart(&l, (uint32_t)letter));
	}
	put_in_order(&l);
	put_together(&l);
	for (size_t i = 0; i < l.count; i++)
		TRY(utf8_put(out, l.at[i]));
	return OK;
}

uint32_t
normal_base(uint32_t letter)
{
	const struct pair *p;

	while ((p = pair_of(letter)))
		letter = p->base;
	return letter;
}

size_t
normal_accents(uint32_t letter)
{
	size_t count = 0;
	const struct pair *p;

	for (; (p = pair_of(letter)); letter = p->base)
		count += p->mark != 0;
	return count;
}

int
normal_is_mark(uint32_t letter)
{
	return class_of(letter) != 0;
}
