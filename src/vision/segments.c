/*
 * Words that stand together.
 */
#include "vision/segments.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/enum.h"
#include "ident/person.h"

#define EDITS_MAX 48

static const char *const months[12][6] = {
    {"JAN", "GEN", "ENE", "STY", "IAN", NULL},
    {"FEB", "FEV", "LUT", NULL},
    {"MAR", "MRT", "MAE", NULL},
    {"APR", "AVR", "ABR", "KWI", NULL},
    {"MAY", "MAI", "MAG", "MAJ", "MEI", NULL},
    {"JUN", "JUIN", "GIU", "CZE", "IUN", NULL},
    {"JUL", "JUIL", "LUG", "LIP", "IUL", NULL},
    {"AUG", "AOU", "AGO", "SIE", NULL},
    {"SEP", "SET", "WRZ", NULL},
    {"OCT", "OKT", "OTT", "OUT", "PAZ", NULL},
    {"NOV", "NOE", "LIS", NULL},
    {"DEC", "DEZ", "DIC", "GRU", "DES", NULL}};

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
	char parted[SEGMENT_SIZE], folded[PERSON_FOLD_SIZE];
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

static bool
has_print(const char *text)
{
	for (; *text; text++)
		if (isalnum((unsigned char)*text) || *text & 0x80)
			return true;
	return false;
}

/* Puts a word at the end of a segment. */
static void
join(struct segment *s, const struct ocr_word *w)
{
	size_t used = strlen(s->text);
	snprintf(s->text + used, SEGMENT_SIZE - used, "%s%s",
	    used > 0 ? " " : "", w->text);
	if (used == 0) {
		s->x = w->x;
		s->y = w->y;
		s->height = w->height;
		s->sure = 1;
	}
	int bottom = w->y + w->height;
	if (w->y < s->y) {
		s->height += s->y - w->y;
		s->y = w->y;
	}
	if (bottom > s->y + s->height)
		s->height = bottom - s->y;
	s->width = w->x + w->width - s->x;
	if (has_print(w->text) && w->sure < s->sure)
		s->sure = w->sure;
}

static bool
stands_apart(const struct ocr_word *before, const struct ocr_word *w)
{
	int taller = before->height > w->height ? before->height : w->height;
	return w->line != before->line ||
	    w->x - (before->x + before->width) > 2 * taller;
}

void
segments_of(const struct ocr_words *words, struct segments *out)
{
	const struct ocr_word *before = NULL;
	out->count = 0;
	for (size_t i = 0; i < words->count; i++) {
		const struct ocr_word *w = &words->at[i];
		if (!before || stands_apart(before, w)) {
			if (out->count == SEGMENTS_MAX)
				break;
			out->at[out->count++] = (struct segment){0};
		}
		join(&out->at[out->count - 1], w);
		before = w;
	}
	for (size_t i = 0; i < out->count; i++)
		plain_of(out->at[i].text, out->at[i].plain, SEGMENT_SIZE);
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

static int
month_word(const char **at)
{
	size_t size = 0;
	while (isupper((unsigned char)(*at)[size]))
		size++;
	for (int m = 0; m < 12 && size >= 3; m++)
		for (int i = 0; i < 6 && months[m][i]; i++)
			if (strncmp(*at, months[m][i],
				strlen(months[m][i])) == 0) {
				*at += size;
				return m + 1;
			}
	return -1;
}

static void
skip_space(const char **at)
{
	while (**at == ' ')
		(*at)++;
}

/* Day, month, year from here. */
static bool
date_at(const char *at, char out[11], const char **end)
{
	int day = digits(&at, 1, 2);
	skip_space(&at);
	int month = isdigit((unsigned char)*at) ? digits(&at, 1, 2) :
	    month_word(&at);
	skip_space(&at);
	/* "SEP SEPT 1988": the month in a second language */
	if (isupper((unsigned char)*at) && month_word(&at) != month)
		return false;
	skip_space(&at);
	int year = digits(&at, 4, 4);
	if (day < 1 || day > 31 || month < 1 || month > 12 || year < 1900 ||
	    year > 2099)
		return false;
	snprintf(out, 11, "%04d-%02d-%02d", year % 10000, month % 100,
	    day % 100);
	*end = at;
	return true;
}

bool
date_in(const char *plain, char out[11], const char **end)
{
	const char *after;
	for (const char *at = plain; *at; at++) {
		if (!isdigit((unsigned char)*at) ||
		    (at > plain && isalnum((unsigned char)at[-1])))
			continue;
		if (date_at(at, out, &after)) {
			if (end)
				*end = after;
			return true;
		}
	}
	return false;
}
