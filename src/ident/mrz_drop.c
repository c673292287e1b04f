/*
 * What is dropped leaves a trace of one digit, in passports of two: the
 * composite digit is computed over the optional data too, and whoever checks
 * later has to find it as right or as wrong as it was printed.
 */
#include "ident/mrz_drop.h"

#include <string.h>

#include "base/enum.h"
#include "ident/mrz_layout.h"

struct zone {
	struct finding *at[MRZ_LINES_MAX];
	const char *lines[MRZ_LINES_MAX];
	size_t count;
	enum mrz_format format;
};

static struct finding *
line_of(struct findings *f, enum finding_name name)
{
	for (size_t i = 0; i < f->count; i++)
		if (f->items[i].name == name && f->items[i].text[0])
			return &f->items[i];
	return NULL;
}

static bool
find_zone(struct findings *f, struct zone *out)
{
	static const enum finding_name names[] = {FINDING_mrz_line_1,
	    FINDING_mrz_line_2, FINDING_mrz_line_3};
	*out = (struct zone){0};
	while (out->count < COUNT_OF(names) &&
	    (out->at[out->count] = line_of(f, names[out->count]))) {
		out->lines[out->count] = out->at[out->count]->text;
		out->count++;
	}
	out->format = mrz_recognise(out->lines, out->count);
	return out->format != MRZ_NONE;
}

static bool
is_optional(const struct mrz_field *field)
{
	static const char *const names[] = {"optional", "optional_2",
	    "personal_number"};
	for (size_t i = 0; i < COUNT_OF(names); i++)
		if (strcmp(field->name, names[i]) == 0)
			return true;
	return false;
}

static char
letter_at(const struct zone *z, const char *name, bool last)
{
	const struct mrz_field *f = mrz_field_find(z->format, name);
	return f ? z->lines[f->at.line - 1][(last ? f->at.last :
	    f->at.first) - 1] : '\0';
}

/* A number without a digit of its own that fills its field goes on here, to
 * the first filler. */
static size_t
rest_of_number(const struct zone *z, const struct mrz_field *field,
    const char *text, size_t size)
{
	if (strcmp(field->name, "optional") != 0 ||
	    letter_at(z, "number_digit", false) != '<' ||
	    letter_at(z, "number", true) == '<')
		return 0;
	size_t length = 0;
	while (length < size && text[length] != '<')
		length++;
	return length < 2 ? 0 : length < size ? length + 1 : size;
}

/* The digits that the letters ask for. */
static void
digits_of(const struct zone *z, char out[MRZ_DIGIT_COUNT])
{
	char text[MRZ_LINES_MAX * MRZ_LINE_SIZE];
	memset(out, 0, MRZ_DIGIT_COUNT);
	for (size_t i = 0; i < mrz_digit_rule_count; i++) {
		const struct mrz_digit_rule *rule = &mrz_digit_rules[i];
		if (rule->format != z->format)
			continue;
		mrz_gather(z->lines, rule, text);
		out[rule->digit] = mrz_check_digit(text, strlen(text));
	}
}

/* Digits, not fillers, also where they are 0: a field with a wrong digit must
 * not become one that is empty and has none. */
static void
fill(const struct zone *z, char *text, size_t size)
{
	char before[MRZ_DIGIT_COUNT], after[MRZ_DIGIT_COUNT];
	digits_of(z, before);
	memset(text, '<', size);
	for (int tries = 0; tries < (size > 1 ? 100 : 10); tries++) {
		text[0] = (char)('0' + tries % 10);
		if (tries >= 10)
			text[1] = (char)('0' + tries / 10);
		digits_of(z, after);
		if (memcmp(before, after, sizeof(after)) == 0)
			return;
	}
}

static size_t
drop_field(const struct zone *z, const struct mrz_field *field)
{
	char *text = z->at[field->at.line - 1]->text + field->at.first - 1;
	size_t size = (size_t)(field->at.last - field->at.first) + 1;
	size_t kept = rest_of_number(z, field, text, size), letters = 0;
	for (size_t i = kept; i < size; i++)
		letters += text[i] != '<';
	if (letters > 0)
		fill(z, text + kept, size - kept);
	return letters;
}

RESULT
mrz_drop(struct findings *f)
{
	struct zone z;
	size_t letters = 0;
	if (!find_zone(f, &z))
		return OK;
	for (size_t i = 0; i < mrz_field_count; i++)
		if (mrz_fields[i].format == z.format &&
		    is_optional(&mrz_fields[i]))
			letters += drop_field(&z, &mrz_fields[i]);
	return letters == 0 ? OK : findings_add_number(f, FINDING_mrz_dropped,
	    (double)letters, (struct box){0});
}
