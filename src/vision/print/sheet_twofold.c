/*
 * Whether two documents of one model are on a sheet: labels stand on it twice,
 * all of them as far from each other and none of the second ones among the
 * first. Names of one and dates of the other would make a third person.
 *
 * A label in two languages stands twice as well: in other words, and mostly
 * each beside itself. Where each language has a column of its own, the words
 * alone tell.
 */
#include "vision/print/sheet.h"

#include <math.h>

#include <string.h>

#include "vision/print/wording.h"

#define PAIRS_MAX 400
#define FIELDS_LEAST 3 /* that stand twice, by one way */
#define OFF_MOST 2.0f  /* capitals that one way may differ from another */
#define LETTERS_A_SLIP 4 /* of a label, for each that is misread */

/* Two labels of one field, and the way from one to the other. */
struct pair {
	const struct label *first, *second;
	float x, y;
};

struct pairs {
	size_t count;
	struct pair at[PAIRS_MAX];
};

static bool
is_named(const struct label *l)
{
	return l->field != FIELD_other && l->field != FIELD_title;
}

static void
add_pair(const struct label *a, const struct label *b, struct pairs *out)
{
	float x = b->where.x - a->where.x, y = b->where.y - a->where.y;
	if (out->count == PAIRS_MAX)
		return;
	bool turned = fabsf(x) > fabsf(y) ? x < 0 : y < 0;
	out->at[out->count++] = turned ? (struct pair){b, a, -x, -y} :
	    (struct pair){a, b, x, y};
}

static void
words_of(const struct sheet *s, const struct label *l, char out[WORDING_SIZE])
{
	char text[PRINT_TEXT_SIZE];
	print_text(&s->prints.at[l->print], l->from, l->to, text,
	    sizeof(text));
	plain_of(text, out, WORDING_SIZE);
}

/* Documents of one model say it in the same words. */
static bool
says_the_same(const struct sheet *s, const struct label *a,
    const struct label *b)
{
	char one[WORDING_SIZE], other[WORDING_SIZE];
	words_of(s, a, one);
	words_of(s, b, other);
	return edits_between(one, other) <= (int)strlen(one) / LETTERS_A_SLIP;
}

static void
find_pairs(const struct sheet *s, struct pairs *out)
{
	out->count = 0;
	for (size_t i = 0; i < s->label_count; i++)
		for (size_t k = i + 1; k < s->label_count; k++)
			if (s->labels[i].field == s->labels[k].field &&
			    is_named(&s->labels[i]) &&
			    says_the_same(s, &s->labels[i], &s->labels[k]))
				add_pair(&s->labels[i], &s->labels[k], out);
}

static bool
goes_alike(const struct pair *a, const struct pair *b)
{
	float off = OFF_MOST * fmaxf(a->first->where.capital,
	    b->first->where.capital);
	return fabsf(a->x - b->x) < off && fabsf(a->y - b->y) < off;
}

/* How many fields stand twice by the way of one pair, and apart. */
static int
fields_along(const struct pairs *all, const struct pair *way)
{
	bool seen[FIELD_COUNT] = {false};
	bool down = fabsf(way->y) > fabsf(way->x);
	float end = -HUGE_VALF, begin = HUGE_VALF;
	int count = 0;
	for (size_t i = 0; i < all->count; i++) {
		const struct pair *p = &all->at[i];
		const struct piece *a = &p->first->where;
		const struct piece *b = &p->second->where;
		if (!goes_alike(p, way))
			continue;
		count += !seen[p->first->field];
		seen[p->first->field] = true;
		end = fmaxf(end, down ? a->y : a->x);
		begin = fminf(begin, down ? b->y : b->x);
	}
	return end < begin ? count : 0;
}

bool
sheet_is_twofold(const struct sheet *s)
{
	struct pairs pairs;
	find_pairs(s, &pairs);
	for (size_t i = 0; i < pairs.count; i++)
		if (fields_along(&pairs, &pairs.at[i]) >= FIELDS_LEAST)
			return true;
	return false;
}
