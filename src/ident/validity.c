/*
 * Periods of validity.
 *
 * Unknown days count in the holder's favour, and a few days more than the
 * period are no doubt: some states let it end a day before, some after the
 * birthday that follows.
 */
#include "ident/validity.h"

#include "base/enum.h"

#include <stdio.h>
#include <string.h>

#define SLACK_DAYS 35
#define FRENCH_YEARS 10
#define FRENCH_ADULT_YEARS 15

static const struct validity rows[] = {
#define VALIDITY(country, kind, years, longer_from, source)                    \
	{country, #kind, years, longer_from, source},
#include "ident/validity.def"
#undef VALIDITY
};

const struct validity *
validity_find(const char *country, const char *kind)
{
	for (size_t i = 0; kind && i < COUNT_OF(rows); i++)
		if (strcmp(rows[i].kind, kind) == 0 &&
		    (!*rows[i].country ||
			strcmp(rows[i].country, country) == 0))
			return &rows[i];
	return NULL;
}

struct date {
	int year, month, day;
};

static bool
date_of(const char *text, struct date *out)
{
	return sscanf(text, "%4d-%2d-%2d", &out->year, &out->month,
	    &out->day) == 3 && out->year > 0;
}

/* Days on a scale of years of 365.25 and months of 30.44: a period is told
 * to a day or two. Unknown parts: the first or the last possible day. */
static int
days_of(struct date d, bool last)
{
	if (d.month == 0)
		d.month = last ? 12 : 1;
	if (d.day == 0)
		d.day = last ? 31 : 1;
	return (d.year * 36525 + (d.month - 1) * 3044 + d.day * 100) / 100;
}

static int
years(int count)
{
	return count * 36525 / 100;
}

static bool
backwards(const char *early, const char *late)
{
	struct date a, b;
	return date_of(early, &a) && date_of(late, &b) &&
	    days_of(a, false) > days_of(b, true);
}

/* The zone has no expiry, ours is the rule's: nothing can be too long. */
static enum validity_doubt
judge_french(const struct mrz *m, const char *today)
{
	if (m->issue_date[0] == '\0')
		return VALIDITY_UNKNOWN;
	return backwards(m->birth_date, m->issue_date) ||
	    backwards(m->issue_date, today)
	    ? VALIDITY_BACKWARDS
	    : VALIDITY_FINE;
}

static int
allowed_days(const struct validity *row, const struct mrz *m,
    const struct date *from)
{
	struct date birth;
	if (row->longer_from > 0 && date_of(m->birth_date, &birth) &&
	    from->year - birth.year >= row->longer_from)
		return 0;
	return years(row->years);
}

enum validity_doubt
validity_judge(const struct validity *row, const struct mrz *m,
    const char *issue, const char *today, int *days, int *longest)
{
	struct date end, from;
	*days = *longest = 0;
	if (m->format == MRZ_FRA2) {
		*longest = years(m->expiry_extended ? FRENCH_ADULT_YEARS
						    : FRENCH_YEARS);
		return judge_french(m, today);
	}
	if (backwards(m->birth_date, issue) || backwards(issue, today) ||
	    backwards(issue, m->expiry) ||
	    backwards(m->birth_date, m->expiry))
		return VALIDITY_BACKWARDS;
	if (!row || !date_of(m->expiry, &end) ||
	    !(date_of(issue, &from) || date_of(today, &from)))
		return VALIDITY_UNKNOWN;
	*days = days_of(end, false) - days_of(from, true);
	*longest = allowed_days(row, m, &from);
	return *longest > 0 && *days > *longest + SLACK_DAYS
	    ? VALIDITY_TOO_LONG
	    : VALIDITY_FINE;
}
