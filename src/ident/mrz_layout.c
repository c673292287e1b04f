/*
 * Layouts of machine-readable zones.
 *
 * A layout is tied to the document code, not only to the shape: '<' weighs
 * nothing, so the digits of a TD3 cut to 36 columns can still agree as a TD2.
 */
#include "ident/mrz_layout.h"
#include "base/enum.h"

#include <string.h>

const struct mrz_field mrz_fields[] = {
#define FIELD(format, name, line, first, last, alphabet)                       \
	{MRZ_##format, #name, {line, first, last}, alphabet},
#include "ident/mrz_fields.def"
#undef FIELD
};
const size_t mrz_field_count = COUNT_OF(mrz_fields);

const struct mrz_digit_rule mrz_digit_rules[] = {
#define DIGIT(format, name, ...)                                               \
	{MRZ_##format, MRZ_DIGIT_##name, #name "_digit", {__VA_ARGS__}},
#include "ident/mrz_digits.def"
#undef DIGIT
};
const size_t mrz_digit_rule_count = COUNT_OF(mrz_digit_rules);

#define CHDL_FIRST 9 /* columns of a Swiss licence's first line */

struct shape {
	size_t lines, columns;
	bool evidence;
	const char *name;
};

static const struct shape shapes[MRZ_FORMAT_COUNT] = {
    {0, 0, false, "none"},
#define FORMAT(name, lines, columns, evidence) {lines, columns, evidence, #name},
#include "ident/mrz_formats.def"
#undef FORMAT
};

const struct mrz_field *
mrz_field_find(enum mrz_format format, const char *name)
{
	for (size_t i = 0; i < mrz_field_count; i++)
		if (mrz_fields[i].format == format &&
		    strcmp(mrz_fields[i].name, name) == 0)
			return &mrz_fields[i];
	return NULL;
}

static bool
has_shape(const char *const lines[], size_t count, enum mrz_format format)
{
	if (count != shapes[format].lines)
		return false;
	for (size_t i = 0; i < count; i++)
		if (strlen(lines[i]) != shapes[format].columns)
			return false;
	return true;
}

static bool
starts(const char *line, const char *with)
{
	return strncmp(line, with, strlen(with)) == 0;
}

static bool
is_card_code(const char *line)
{
	return strchr("ACI", line[0]) && line[1] != 'V';
}

static bool
digit_agrees(const char *line, size_t from, size_t length)
{
	return mrz_check_digit(line + from, length) == line[from + length];
}

/*
 * IDFRA in two lines of 36 is the French card before 2021; but a second line
 * whose digits all agree as TD2 and none as the French card is what it looks
 * like.
 */
static bool
is_french(const char *const lines[])
{
	const char *line = lines[1];

	return starts(lines[0], "IDFRA") && (digit_agrees(line, 0, 12) ||
	    digit_agrees(line, 27, 6) || !digit_agrees(line, 0, 9) ||
	    !digit_agrees(line, 13, 6) || !digit_agrees(line, 21, 6));
}

enum mrz_format
mrz_recognise(const char *const lines[], size_t count)
{
	if (count == 0 || count > MRZ_LINES_MAX || lines[0][0] == '\0')
		return MRZ_NONE;
	if (has_shape(lines, count, MRZ_TD3) && lines[0][0] == 'P')
		return MRZ_TD3;
	if (has_shape(lines, count, MRZ_TD1) && is_card_code(lines[0]))
		return MRZ_TD1;
	if (has_shape(lines, count, MRZ_FRA2) && is_french(lines))
		return MRZ_FRA2;
	if (has_shape(lines, count, MRZ_TD2) && is_card_code(lines[0]))
		return MRZ_TD2;
	if (has_shape(lines, count, MRZ_MRVA) && lines[0][0] == 'V')
		return MRZ_MRVA;
	if (has_shape(lines, count, MRZ_MRVB) && lines[0][0] == 'V')
		return MRZ_MRVB;
	if (has_shape(lines, count, MRZ_FRDL) && starts(lines[0], "D1FRA"))
		return MRZ_FRDL;
	if (count == 3 && strlen(lines[0]) == CHDL_FIRST &&
	    starts(lines[1], "FA") && strlen(lines[1]) == 30 &&
	    strlen(lines[2]) == 30)
		return MRZ_CHDL;
	return MRZ_NONE;
}

static bool
known_width(size_t columns)
{
	for (int i = 1; i < MRZ_FORMAT_COUNT; i++)
		if (shapes[i].columns == columns)
			return true;
	return columns == CHDL_FIRST;
}

unsigned
mrz_misfit(const char *const lines[], size_t count)
{
	if (count == 0 || mrz_recognise(lines, count) != MRZ_NONE)
		return 0;
	for (size_t i = 0; i < count; i++)
		if (!known_width(strlen(lines[i])))
			return 1u << MRZ_FLAW_length;
	return 1u << MRZ_FLAW_lines;
}

bool
mrz_alphabet_has(enum mrz_alphabet alphabet, char letter)
{
	bool digit = letter >= '0' && letter <= '9';
	bool capital = letter >= 'A' && letter <= 'Z';

	if (letter == '<')
		return true;
	switch (alphabet) {
	case LETTERS:
		return capital;
	case DIGITS:
		return digit;
	case SEX:
		return letter == 'M' || letter == 'F' || letter == 'X';
	case ANY:
		break;
	}
	return digit || capital;
}

bool
mrz_format_is_evidence(enum mrz_format format)
{
	return format < MRZ_FORMAT_COUNT && shapes[format].evidence;
}

const char *
mrz_format_text(enum mrz_format format)
{
	return shapes[format < MRZ_FORMAT_COUNT ? format : MRZ_NONE].name;
}

enum mrz_format
mrz_format_of_text(const char *text)
{
	for (int i = 1; text && i < MRZ_FORMAT_COUNT; i++)
		if (strcmp(shapes[i].name, text) == 0)
			return (enum mrz_format)i;
	return MRZ_NONE;
}

void
mrz_gather(const char *const lines[], const struct mrz_digit_rule *rule,
    char out[MRZ_LINES_MAX * MRZ_LINE_SIZE])
{
	size_t used = 0;

	for (size_t i = 0; i < MRZ_RANGES_MAX && rule->over[i].line; i++) {
		struct mrz_range at = rule->over[i];
		size_t length = (size_t)(at.last - at.first) + 1;
		memcpy(out + used, lines[at.line - 1] + at.first - 1, length);
		used += length;
	}
	out[used] = '\0';
}
