/*
 * Reading a machine-readable zone.
 *
 * Everything here is in the standard's words; what is ours: a zone with
 * wrong digits or flaws is read all the same (an edited document must reach
 * an operator with its failed digits, not vanish as "unreadable").
 */
#include "ident/mrz.h"
#include "base/clock.h"
#include "base/enum.h"
#include "ident/country.h"
#include "ident/mrz_layout.h"

#include <stdio.h>
#include <string.h>

#define FIELD_SIZE 48 /* a whole line fits */
#define EXPIRY_YEARS_MAX 20
#define FRENCH_YEARS 10
#define FRENCH_ADULT_YEARS 15

struct reader {
	const char *const *lines;
	int64_t now;
	struct mrz *m;
};

static bool
is_empty(const char *text)
{
	return text[strspn(text, "<")] == '\0';
}

static void
flaw(struct reader *r, enum mrz_flaw which)
{
	r->m->flaws |= 1u << which;
}

/* Copies a field as it stands; "" when the format has none of that name. */
static void
take(const struct reader *r, const char *name, char out[FIELD_SIZE])
{
	const struct mrz_field *f = mrz_field_find(r->m->format, name);
	size_t length = f ? (size_t)(f->at.last - f->at.first) + 1 : 0;

	if (f)
		memcpy(out, r->lines[f->at.line - 1] + f->at.first - 1,
		    length);
	out[length] = '\0';
}

/* Copies without any filler. */
static void
pack(const char *text, char *out, size_t size)
{
	size_t length = 0;

	for (; *text && length + 1 < size; text++)
		if (*text != '<')
			out[length++] = *text;
	out[length] = '\0';
}

/* Copies with fillers as single spaces between parts. */
static void
spread(const char *text, size_t length, char *out, size_t size)
{
	size_t used = 0;

	for (size_t i = 0; i < length && used + 1 < size; i++) {
		if (text[i] != '<')
			out[used++] = text[i];
		else if (used > 0 && out[used - 1] != ' ')
			out[used++] = ' ';
	}
	if (used > 0 && out[used - 1] == ' ')
		used--;
	out[used] = '\0';
}

static void
read_code(struct reader *r, const char *name, char *out, size_t size,
    enum mrz_flaw which)
{
	char text[FIELD_SIZE];

	take(r, name, text);
	pack(text, out, size);
	if (text[0] && !country_find(out))
		flaw(r, which);
}

static void
read_names(struct reader *r)
{
	struct mrz *m = r->m;
	char name[FIELD_SIZE], given[FIELD_SIZE];

	take(r, "name", name);
	if (name[0] == '\0') {
		take(r, "surname", name);
		take(r, "given_names", given);
		spread(name, strlen(name), m->surname, sizeof(m->surname));
		spread(given, strlen(given), m->given_names,
		    sizeof(m->given_names));
		m->truncated = given[0] && given[strlen(given) - 1] != '<';
	} else {
		const char *gap = strstr(name, "<<");
		size_t primary = gap ? (size_t)(gap - name) : strlen(name);
		spread(name, primary, m->surname, sizeof(m->surname));
		spread(name + primary, strlen(name) - primary, m->given_names,
		    sizeof(m->given_names));
	}
	if (name[0] && name[strlen(name) - 1] != '<')
		m->truncated = true;
	if (name[0] == '<' || m->surname[0] == '\0')
		flaw(r, MRZ_FLAW_name);
}

/* Two digits as a number; 0 when they are fillers, -1 when neither. */
static int
two(const char *text)
{
	if (text[0] == '<' && text[1] == '<')
		return 0;
	if (text[0] < '0' || text[0] > '9' || text[1] < '0' || text[1] > '9')
		return -1;
	return (text[0] - '0') * 10 + (text[1] - '0');
}

static bool
is_date(int year, int month, int day)
{
	int64_t unused;
	bool ok = clock_from_date(year, month ? month : 1, day ? day : 1,
	    &unused) == OK;

	if (!ok)
		err_clear();
	return ok;
}

static void
write_date(char out[MRZ_DATE_SIZE], int year, int month, int day)
{
	snprintf(out, MRZ_DATE_SIZE, "%04u-%02u-%02u", (unsigned)year % 10000u,
	    (unsigned)month % 100u, (unsigned)day % 100u);
}

/* A written date as one number, to compare; 0 for "". */
static int
ordinal(const char *date)
{
	int value = 0;

	for (; *date; date++)
		if (*date != '-')
			value = value * 10 + (*date - '0');
	return value;
}

static int
today(int64_t now)
{
	int year, month, day;

	clock_date(now, &year, &month, &day);
	return year * 10000 + month * 100 + day;
}

/* The latest century that does not put the date after latest. */
static void
read_past(struct reader *r, const char *text, int latest,
    char out[MRZ_DATE_SIZE], enum mrz_flaw which)
{
	int yy = two(text), month = two(text + 2);
	int day = text[4] ? two(text + 4) : 0;

	if (text[0] == '<' && text[1] == '<') {
		if (!is_empty(text))
			flaw(r, which);
		return;
	}
	int year = 2000 + yy;
	if (year * 10000 + month * 100 + day > latest)
		year -= 100;
	if (yy < 0 || month < 0 || day < 0 || !is_date(year, month, day)) {
		flaw(r, which);
		return;
	}
	write_date(out, year, month, day);
}

static void
read_birth(struct reader *r)
{
	char text[FIELD_SIZE];
	int latest = today(r->now);

	take(r, "birth_date", text);
	if (r->m->issue_date[0])
		latest = ordinal(r->m->issue_date) + 31;
	if (text[0])
		read_past(r, text, latest, r->m->birth_date,
		    MRZ_FLAW_birth_date);
}

static void
read_expiry(struct reader *r)
{
	char text[FIELD_SIZE];

	take(r, "expiry", text);
	if (text[0] == '\0' || is_empty(text))
		return;
	int yy = two(text), month = two(text + 2), day = two(text + 4);
	if (text[0] == '<' || yy < 0 || month < 0 || day < 0 ||
	    !is_date(2000 + yy, month, day)) {
		flaw(r, MRZ_FLAW_expiry);
		return;
	}
	write_date(r->m->expiry, 2000 + yy, month, day);
	r->m->expiry_far = 2000 + yy - today(r->now) / 10000 >
	    EXPIRY_YEARS_MAX;
}

/*
 * The French card before 2021 tells its month of issue and no expiry: 10
 * years, but 15 for cards given to adults from 2004 on. Those of 2004 to 2013
 * print 10 years and were prolonged by decree 2013-1188 without a new print.
 */
static void
read_french_dates(struct reader *r)
{
	struct mrz *m = r->m;
	char text[FIELD_SIZE];

	take(r, "issue_month", text);
	read_past(r, text, today(r->now), m->issue_date, MRZ_FLAW_issue_date);
	if (m->issue_date[0] == '\0' || two(text + 2) <= 0) {
		m->issue_date[0] = '\0';
		flaw(r, MRZ_FLAW_issue_date);
		read_birth(r);
		return;
	}
	read_birth(r);
	int issued = ordinal(m->issue_date), years = FRENCH_YEARS;
	int of_age = ordinal(m->birth_date) + 180000;
	bool adult = m->birth_date[0] && of_age <= issued + 1;
	bool minor = m->birth_date[0] && of_age > issued + 31;
	if (issued >= 20040100 && adult) {
		years = FRENCH_ADULT_YEARS;
		m->expiry_extended = issued < 20140100;
	}
	m->expiry_uncertain = issued >= 20040100 && !adult && !minor;
	write_date(m->expiry, issued / 10000 + years, issued / 100 % 100, 0);
}

static void
read_dates(struct reader *r)
{
	if (r->m->format == MRZ_FRA2) {
		read_french_dates(r);
		return;
	}
	read_birth(r);
	read_expiry(r);
}

static void
read_sex(struct reader *r)
{
	char text[FIELD_SIZE];

	take(r, "sex", text);
	r->m->sex = text[0] == 'M' || text[0] == 'F' ? text[0] : 'X';
	if (text[0] && !mrz_alphabet_has(SEX, text[0]))
		flaw(r, MRZ_FLAW_sex);
}

/* Marks a digit as counted, and as bad when the letters differ. */
static void
judge(struct mrz *m, enum mrz_digit digit, bool agrees)
{
	m->digits++;
	if (agrees)
		return;
	m->bad_digits++;
	m->bad[digit] = true;
}

/*
 * A number of more than nine characters goes on in the optional field and is
 * followed by its digit. ICAO leaves the filler that replaced the digit out
 * of the sum; some Belgian cards, and no others, count it.
 */
static bool
read_long_number(struct reader *r)
{
	struct mrz *m = r->m;
	char number[FIELD_SIZE], digit[FIELD_SIZE], rest[FIELD_SIZE];
	char whole[2 * FIELD_SIZE];

	take(r, "number", number);
	take(r, "number_digit", digit);
	take(r, "optional", rest);
	size_t length = strcspn(rest, "<");
	if (digit[0] != '<' || number[8] == '<' || length < 2)
		return false;
	char last = rest[length - 1];
	rest[length - 1] = '\0';
	int all = snprintf(whole, sizeof(whole), "%s%s", number, rest);
	snprintf(m->number, sizeof(m->number), "%.23s", whole);
	bool agrees = mrz_check_digit(whole, (size_t)all) == last;
	if (!agrees && strcmp(m->issuer, "BEL") == 0) {
		all = snprintf(whole, sizeof(whole), "%s<%s", number, rest);
		agrees = mrz_check_digit(whole, (size_t)all) == last;
		m->number_over_filler = agrees;
	}
	m->long_number = true;
	judge(m, MRZ_DIGIT_number, agrees && rest[length] == '<');
	return true;
}

static void
judge_rule(struct reader *r, const struct mrz_digit_rule *rule)
{
	char text[MRZ_LINES_MAX * MRZ_LINE_SIZE], digit[FIELD_SIZE];

	mrz_gather(r->lines, rule, text);
	take(r, rule->field, digit);
	char expected = mrz_check_digit(text, strlen(text));
	bool absent = digit[0] == '<' && is_empty(text);
	if (rule->digit == MRZ_DIGIT_composite && digit[0] == '<' && !absent)
		flaw(r, MRZ_FLAW_composite);
	judge(r->m, rule->digit, digit[0] == expected || absent);
}

static void
read_number_and_digits(struct reader *r)
{
	struct mrz *m = r->m;
	char number[FIELD_SIZE];
	bool is_long = read_long_number(r);

	if (!is_long) {
		take(r, "number", number);
		pack(number, m->number, sizeof(m->number));
		if (number[0] == '<' || number[0] == '\0')
			flaw(r, MRZ_FLAW_number);
	}
	for (size_t i = 0; i < mrz_digit_rule_count; i++) {
		const struct mrz_digit_rule *rule = &mrz_digit_rules[i];
		if (rule->format != m->format ||
		    (is_long && rule->digit == MRZ_DIGIT_number))
			continue;
		judge_rule(r, rule);
	}
}

static void
read_alphabets(struct reader *r)
{
	char text[FIELD_SIZE];

	for (size_t i = 0; i < mrz_field_count; i++) {
		const struct mrz_field *f = &mrz_fields[i];
		if (f->format != r->m->format || f->alphabet == SEX)
			continue;
		take(r, f->name, text);
		for (const char *p = text; *p; p++)
			if (!mrz_alphabet_has(f->alphabet, *p))
				flaw(r, MRZ_FLAW_alphabet);
	}
}

static RESULT
check_letters(const char *const lines[], size_t count)
{
	for (size_t i = 0; i < count; i++)
		for (const char *p = lines[i]; *p; p++)
			if (mrz_check_digit(p, 1) == '?')
				return FAIL(ERR_UNREADABLE,
				    "a letter that no zone has");
	return OK;
}

RESULT
mrz_parse(const char *const lines[], size_t count, int64_t now, struct mrz *out)
{
	struct mrz m = {.format = mrz_recognise(lines, count), .sex = 'X'};
	struct reader r = {lines, now, &m};
	char code[FIELD_SIZE];

	if (m.format == MRZ_NONE)
		return FAIL(ERR_UNREADABLE, "lines of no known layout");
	TRY(check_letters(lines, count));
	take(&r, "code", code);
	pack(code, m.code, sizeof(m.code));
	if (m.format == MRZ_CHDL) { /* not even digits: only to be refused */
		*out = m;
		return OK;
	}
	read_code(&r, "issuer", m.issuer, sizeof(m.issuer), MRZ_FLAW_issuer);
	read_code(&r, "nationality", m.nationality, sizeof(m.nationality),
	    MRZ_FLAW_nationality);
	if (m.format == MRZ_FRA2)
		memcpy(m.nationality, "FRA", 4);
	read_names(&r);
	read_dates(&r);
	read_sex(&r);
	read_number_and_digits(&r);
	read_alphabets(&r);
	*out = m;
	return OK;
}

int
mrz_age(const char *birth_date, int64_t now)
{
	int born = ordinal(birth_date), at = today(now);

	if (born == 0)
		return -1;
	if (born / 100 % 100 == 0)
		born += 1200;
	if (born % 100 == 0)
		born += 31;
	return at < born ? 0 : (at - born) / 10000;
}
