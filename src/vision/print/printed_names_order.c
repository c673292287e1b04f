/*
 * A line of three words or more that has both names: where the state's names
 * stand in one order, that parts them, as a doubt.
 */
#include "vision/print/printed_names.h"

#include <string.h>

#include "base/enum.h"

#define WORDS_MOST 12

enum place { PLACE_first, PLACE_last };

static const struct {
	const char *country;
	enum place surname;
} orders[] = {
#define ORDER(country, surname) {#country, PLACE_##surname},
#define GIVEN_ABOVE(country)
#include "vision/print/name_orders.def"
#undef ORDER
#undef GIVEN_ABOVE
};

static const char *const given_above[] = {
#define ORDER(country, surname)
#define GIVEN_ABOVE(country) #country,
#include "vision/print/name_orders.def"
#undef ORDER
#undef GIVEN_ABOVE
};

bool
names_given_above(const char *country)
{
	return enum_find(given_above, COUNT_OF(given_above), country) <
	    COUNT_OF(given_above);
}

/* The words of a line: where each begins, and where the last one ends. */
static int
words_of(const struct value *line, int begins[WORDS_MOST + 1])
{
	int count = 0;
	bool inside = false;
	for (int i = line->from; i < line->to; i++) {
		bool space = glyph_text(line->print->at[i].glyph)[0] == ' ';
		if (!space && !inside && count == WORDS_MOST)
			return 0;
		if (!space && !inside)
			begins[count++] = i;
		inside = !space;
	}
	begins[count] = line->to;
	return count;
}

/* "AL" of "AL MAZROUEI" is of the surname. */
static bool
is_prefix(const struct print *p, int from, int to)
{
	char text[PRINT_TEXT_SIZE];
	print_text(p, from, to, text, sizeof(text));
	text[strcspn(text, " ")] = '\0';
	return names_goes_before(text);
}

static int
surname_words_first(const struct print *p, const int *begins, int count)
{
	int words = 1;
	while (words < count && is_prefix(p, begins[words - 1], begins[words]))
		words++;
	return words;
}

static int
given_words_first(const struct print *p, const int *begins, int count)
{
	int words = count - 1;
	while (words > 0 && is_prefix(p, begins[words - 1], begins[words]))
		words--;
	return words;
}

bool
names_part_by_order(const char *country, const struct value *line,
    struct value *surname, struct value *given)
{
	int begins[WORDS_MOST + 1];
	const struct print *p = line->print;
	int count = words_of(line, begins);
	size_t i = 0;
	while (i < COUNT_OF(orders) &&
	    strcmp(orders[i].country, country) != 0)
		i++;
	if (count < 2 || i == COUNT_OF(orders))
		return false;
	bool first = orders[i].surname == PLACE_first;
	int words = first ? surname_words_first(p, begins, count) :
	    given_words_first(p, begins, count);
	if (words < 1 || words >= count)
		return false;
	return sheet_shape(p, line->from, begins[words], SHAPE_NAME,
		   first ? surname : given) &&
	    sheet_shape(p, begins[words], line->to, SHAPE_NAME,
		first ? given : surname);
}
