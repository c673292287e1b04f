/*
 * Print without what readers get wrong; dates.
 */
#include "vision/print/wording.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/enum.h"
#include "ident/person.h"

#define SHORT_DATE 8    /* letters */
#define SHORT_LATEST 40 /* later ones are of the century before */
#define EDITS_MAX 48
#define MONTH_SIZE 32
#define JUNE 6
#define DATE_NUMBER_MOST 4 /* digits of a year */

static const struct {
	int number;
	const char *word;
} months[] = {
#define MONTH(number, word) {number, word},
#include "vision/print/months.def"
#undef MONTH
};

/* Folding drops full stops, which part the numbers of a date. */
static void
part_words(const char *text, char *out, size_t size)
{
	size_t used = 0;
	for (; *text && used + 1 < size; text++, used++) {
		unsigned char c = (unsigned char)*text;
		out[used] = c >= 128 || isalnum(c) ? *text : ' ';
	}
	out[used] = '\0';
}

void
plain_of(const char *text, char *out, size_t size)
{
	char parted[WORDING_SIZE], folded[PERSON_FOLD_SIZE];
	const char *from = parted;
	size_t used = 0;
	part_words(text, parted, sizeof(parted));
	if (person_name_fold(parted, folded) == OK)
		from = folded;
	else
		err_clear();
	for (; *from && used + 1 < size; from++) {
		unsigned char c = (unsigned char)*from;
		bool kept = c < 128 && isalnum(c);
		if (!kept && (used == 0 || out[used - 1] == ' '))
			continue;
		out[used++] = kept ? (char)toupper(c) : ' ';
	}
	while (used > 0 && out[used - 1] == ' ')
		used--;
	out[used] = '\0';
}

void
squeeze(const char *text, char *out, size_t size)
{
	size_t used = 0;
	for (; *text && used + 1 < size; text++)
		if (isalnum((unsigned char)*text))
			out[used++] = (char)toupper((unsigned char)*text);
	out[used] = '\0';
}

int
edits_between(const char *a, const char *b)
{
	size_t m = strlen(a), n = strlen(b);
	int row[EDITS_MAX + 1];
	if (m > EDITS_MAX || n > EDITS_MAX)
		return EDITS_MAX;
	for (size_t k = 0; k <= n; k++)
		row[k] = (int)k;
	for (size_t i = 1; i <= m; i++) {
		int corner = row[0];
		row[0] = (int)i;
		for (size_t k = 1; k <= n; k++) {
			int cost = corner + (a[i - 1] != b[k - 1]);
			corner = row[k];
			if (row[k] + 1 < cost)
				cost = row[k] + 1;
			if (row[k - 1] + 1 < cost)
				cost = row[k - 1] + 1;
			row[k] = cost;
		}
	}
	return row[n];
}

static char
stem(char c)
{
	static const char alike[] = "O0Q0D0I1L1S5B8Z2G6";
	for (const char *p = alike; *p; p += 2)
		if (*p == c)
			return p[1];
	return c;
}

bool
looks_alike(const char *a, const char *b)
{
	for (; *a && *b; a++, b++)
		if (stem(*a) != stem(*b))
			return false;
	return *a == *b;
}

/* A number of that many digits; -1 when there is none. */
static int
digits(const char **at, size_t least, size_t most)
{
	size_t count = 0;
	int value = 0;
	while (count < most && isdigit((unsigned char)(*at)[count]))
		value = value * 10 + ((*at)[count++] - '0');
	if (count < least || isdigit((unsigned char)(*at)[count]))
		return -1;
	*at += count;
	return value;
}

const char *
month_word(int month, size_t index)
{
	for (size_t i = 0; i < COUNT_OF(months); i++)
		if (months[i].number == month && index-- == 0)
			return months[i].word;
	return NULL;
}

/* How far a word with digits in it reaches: "0CT" is one, "OCT2000" ends
 * before its year, "15" is none. */
static size_t
word_size(const char *at)
{
	size_t size = 0;
	for (size_t i = 0; isalnum((unsigned char)at[i]); i++)
		if (isupper((unsigned char)at[i]))
			size = i + 1;
	return size;
}

static int
month_as_read(const char *word)
{
	for (size_t i = 0; i < COUNT_OF(months); i++)
		if (strncmp(word, months[i].word, strlen(months[i].word)) ==
		    0)
			return months[i].number;
	return -1;
}

/* "NAR", "AUC": with one letter as readers take it for another. */
static int
month_named(const char *word)
{
	static const char alike[] = "NMMNVYYVUVCGGCODQOEFPF";
	char other[MONTH_SIZE];
	int month = month_as_read(word);
	for (size_t i = 0; month < 0 && i < 3 && word[i]; i++)
		for (const char *p = alike; month < 0 && *p; p += 2) {
			if (*p != word[i])
				continue;
			snprintf(other, sizeof(other), "%s", word);
			other[i] = p[1];
			month = month_as_read(other);
		}
	return month;
}

/* A month's name; of "SEPISEPT", whose stroke was read as a letter, the
 * second one when the first is none. */
static int
month_at(const char **at)
{
	char word[MONTH_SIZE] = "";
	size_t size = word_size(*at);
	/* "AG0", "MA1" */
	if (size == 2 && strchr("01", (*at)[2]) && (*at)[2] &&
	    !isalnum((unsigned char)(*at)[3]))
		size = 3;
	if (size < 3 || size >= sizeof(word))
		return -1;
	memcpy(word, *at, size);
	for (char *c = word; *c; c++)
		*c = *c == '0' ? 'O' : *c == '1' ? 'I' : *c;
	int month = month_named(word);
	for (size_t k = 3; month < 0 && k + 3 < size; k++)
		if (strchr("IJLT7", word[k]))
			month = month_named(word + k + 1);
	if (month >= 0)
		*at += size;
	return month;
}

static void
skip_space(const char **at)
{
	while (**at == ' ')
		(*at)++;
}

/* A stroke between two numbers, read as a letter: "08I05I1983". */
static bool
is_stroke(const char *at)
{
	return *at && strchr("IJL", *at) && isdigit((unsigned char)at[1]);
}

static bool
skip_stroke(const char **at)
{
	bool there = is_stroke(*at);
	*at += there;
	return there;
}

static int
month_in_digits(const char **at, bool stroke)
{
	bool two = isdigit((unsigned char)**at) &&
	    isdigit((unsigned char)(*at)[1]) && is_stroke(*at + 2);
	return stroke || two || word_size(*at) == 0 ? digits(at, 1, 2) : -1;
}

static bool
put_date(int year, int month, int day, char out[11])
{
	if (day < 1 || day > 31 || month < 1 || month > 12 || year < 1900 ||
	    year > 2099)
		return false;
	snprintf(out, 11, "%04d-%02d-%02d", year % 10000, month % 100,
	    day % 100);
	return true;
}

/* Year, month, day from here, all in digits. */
static bool
year_first(const char *at, char out[11], const char **end)
{
	int year = digits(&at, 4, 4);
	skip_space(&at);
	int month = digits(&at, 2, 2);
	skip_space(&at);
	int day = digits(&at, 2, 2);
	*end = at;
	return put_date(year, month, day, out);
}

/* Day, month, year from here. */
static bool
day_first(const char *at, char out[11], const char **end)
{
	int day = digits(&at, 1, 2);
	bool stroke = skip_stroke(&at), space = *at == ' ';
	skip_space(&at);
	/* May in Dutch, and June in Irish where English beside it says so */
	bool mei = strncmp(at, "MEI", 3) == 0;
	int month = month_in_digits(&at, stroke);
	if (month < 0)
		month = month_at(&at);
	/* one alone is a letter of a number: "12L051983" */
	bool again = (stroke || space) && skip_stroke(&at);
	if (stroke && !again && *at != ' ')
		return false;
	skip_space(&at);
	/* "SEP SEPT 1988": the month in a second language */
	int second = word_size(at) > 0 ? month_at(&at) : month;
	if (second != month && !(mei && second == JUNE))
		return false;
	month = second;
	skip_space(&at);
	int year = digits(&at, 4, 4);
	*end = at;
	return put_date(year, month, day, out);
}

bool
day_and_month_in(const char *plain)
{
	int day = digits(&plain, 1, 2);
	skip_space(&plain);
	return day >= 1 && day <= 31 && word_size(plain) > 0 &&
	    month_at(&plain) > 0 && (*plain == ' ' || *plain == '\0');
}

/* Eight digits and nothing else: the gaps between them were not seen. */
static bool
date_packed(const char *plain, char out[11])
{
	char packed[9] = "", parted[12];
	size_t used = 0;
	for (; *plain; plain++) {
		if (*plain == ' ')
			continue;
		if (!isdigit((unsigned char)*plain) || used == 8)
			return false;
		packed[used++] = *plain;
	}
	if (used != 8)
		return false;
	const char *end;
	snprintf(parted, sizeof(parted), "%.2s %.2s %.4s", packed,
	    packed + 2, packed + 4);
	if (day_first(parted, out, &end))
		return true;
	snprintf(parted, sizeof(parted), "%.4s %.2s %.2s", packed,
	    packed + 4, packed + 6);
	return year_first(parted, out, &end);
}

/* A digit or a word before it; one letter alone is a speck. */
static bool
begins_inside(const char *plain, const char *at)
{
	if (at == plain || !isalnum((unsigned char)at[-1]))
		return false;
	return isdigit((unsigned char)at[-1]) ||
	    (at - 1 > plain && isalnum((unsigned char)at[-2]));
}

/* "II AUG": before a month's name such letters alone are a day. */
static bool
is_day_in_letters(const char *word, size_t length)
{
	const char *next = word + length + strspn(word + length, " ");
	return length <= 2 && strspn(word, "IOL") == length &&
	    word_size(next) >= 3 && month_as_read(next) > 0;
}

/* "24 DEC 199O", "o6": letters within a number of a date are digits. */
static void
mend_numbers(const char *plain, char *out, size_t size)
{
	static const char alike[] = "O0Q0D0I1L1S5B8Z2";
	snprintf(out, size, "%s", plain);
	for (char *word = out; *word;) {
		size_t length = strcspn(word, " ");
		size_t digits = 0, others = 0;
		for (size_t i = 0; i < length; i++) {
			digits += isdigit((unsigned char)word[i]) != 0;
			others += isdigit((unsigned char)word[i]) ||
			    strchr(alike, word[i]) != NULL;
		}
		bool day = is_day_in_letters(word, length);
		for (size_t i = 0; i < length && (digits > 0 || day) &&
		    length <= DATE_NUMBER_MOST && others == length; i++)
			if (!isdigit((unsigned char)word[i]))
				word[i] = strchr(alike, word[i])[1];
		word += length;
		word += strspn(word, " ");
	}
}

static bool
date_as_read(const char *plain, char out[11], const char **end)
{
	const char *after;
	for (const char *at = plain; *at; at++) {
		if (!isdigit((unsigned char)*at) || begins_inside(plain, at))
			continue;
		if (day_first(at, out, &after) ||
		    year_first(at, out, &after)) {
			if (end)
				*end = after;
			return true;
		}
	}
	if (!date_packed(plain, out))
		return false;
	if (end)
		*end = plain + strlen(plain);
	return true;
}

bool
date_in(const char *plain, char out[11], const char **end)
{
	char mended[WORDING_SIZE];
	/* first, or the stroke of "I8.03.2034" would pass for a speck */
	mend_numbers(plain, mended, sizeof(mended));
	if (!date_as_read(mended, out, end))
		return date_as_read(plain, out, end);
	if (end)
		*end = plain + (*end - mended); /* as long as it was */
	return true;
}

/* "26 APR / AVR 56": two digits stand for the year behind a month's name. "19"
 * and "20" may be the begin of a year that was not read to its end. */
static bool
short_date_in_words(const char *plain, char out[11])
{
	const char *at = plain;
	int day = digits(&at, 2, 2);
	skip_space(&at);
	int month = word_size(at) > 0 ? month_at(&at) : -1;
	skip_space(&at);
	int second = word_size(at) > 0 ? month_at(&at) : month;
	skip_space(&at);
	int year = digits(&at, 2, 2);
	if (year < 0 || *at || second != month || year == 19 || year == 20)
		return false;
	return put_date(year + (year > SHORT_LATEST ? 1900 : 2000), month,
	    day, out);
}

bool
short_date_in(const char *text, char out[11])
{
	char plain[WORDING_SIZE], mended[WORDING_SIZE];
	const char *at = mended;
	plain_of(text, plain, sizeof(plain));
	mend_numbers(plain, mended, sizeof(mended));
	if (short_date_in_words(mended, out))
		return true;
	if (strlen(text) != SHORT_DATE || !strchr(".-/ ", text[2]) ||
	    text[5] != text[2])
		return false;
	int day = digits(&at, 2, 2);
	skip_space(&at);
	int month = digits(&at, 2, 2);
	skip_space(&at);
	int year = digits(&at, 2, 2);
	if (year < 0 || *at)
		return false;
	return put_date(year + (year > SHORT_LATEST ? 1900 : 2000), month,
	    day, out);
}
