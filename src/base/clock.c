/*
 * The calendar by days since 1970 (proleptic Gregorian), without the C
 * library's time zones.
 */
#include "base/clock.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

static _Atomic int64_t frozen;

int64_t
clock_now(void)
{
	struct timespec t;
	int64_t fixed = frozen;

	if (fixed)
		return fixed;
	clock_gettime(CLOCK_REALTIME, &t);
	return (int64_t)t.tv_sec * SECOND + t.tv_nsec / 1000000;
}

int64_t
clock_micros(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

int64_t
clock_work(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

int64_t
clock_work_micros(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

int64_t
clock_ticks(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * SECOND + t.tv_nsec / 1000000;
}

void
clock_set(int64_t ms)
{
	frozen = ms;
}

static int64_t
days_from_civil(int64_t y, int64_t m, int64_t d)
{
	y -= m <= 2;
	int64_t era = (y >= 0 ? y : y - 399) / 400;
	int64_t year_of_era = y - era * 400;
	int64_t day_of_year = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
	int64_t day_of_era =
	    year_of_era * 365 + year_of_era / 4 - year_of_era / 100 +
	    day_of_year;
	return era * 146097 + day_of_era - 719468;
}

void
clock_date(int64_t ms, int *year, int *month, int *day)
{
	int64_t z = (ms >= 0 ? ms : ms - DAY + 1) / DAY + 719468;
	int64_t era = (z >= 0 ? z : z - 146096) / 146097;
	int64_t doe = z - era * 146097;
	int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int64_t mp = (5 * doy + 2) / 153;

	*day = (int)(doy - (153 * mp + 2) / 5 + 1);
	*month = (int)(mp < 10 ? mp + 3 : mp - 9);
	*year = (int)(yoe + era * 400 + (*month <= 2));
}

void
clock_format(int64_t ms, char out[CLOCK_TEXT_SIZE])
{
	int y, m, d;

	clock_date(ms, &y, &m, &d);
	int64_t rest = ((ms % DAY) + DAY) % DAY;
	snprintf(out, CLOCK_TEXT_SIZE, "%04u-%02u-%02uT%02u:%02u:%02u.%03uZ",
	    (unsigned)y % 10000u, (unsigned)m % 100u, (unsigned)d % 100u,
	    (unsigned)(rest / HOUR) % 100u,
	    (unsigned)(rest / MINUTE % 60) % 100u,
	    (unsigned)(rest / SECOND % 60) % 100u,
	    (unsigned)(rest % SECOND) % 1000u);
}

RESULT
clock_from_date(int year, int month, int day, int64_t *out)
{
	int y, m, d;

	if (year < 1000 || year > 9999 || month < 1 || month > 12 || day < 1 ||
	    day > 31)
		return FAIL(ERR_INVALID, "no such date");
	int64_t ms = days_from_civil(year, month, day) * DAY;
	clock_date(ms, &y, &m, &d);
	if (y != year || m != month || d != day)
		return FAIL(ERR_INVALID, "no such date");
	*out = ms;
	return OK;
}

static RESULT
number(const char *text, size_t digits, int max, int *out)
{
	int value = 0;

	for (size_t i = 0; i < digits; i++) {
		if (text[i] < '0' || text[i] > '9')
			return FAIL(ERR_INVALID, "not a time");
		value = value * 10 + (text[i] - '0');
	}
	if (value > max)
		return FAIL(ERR_INVALID, "not a time");
	*out = value;
	return OK;
}

static RESULT
parse_time_of_day(const char *t, int64_t *out)
{
	int h, m, s, ms = 0;
	size_t length = strlen(t);

	if ((length != 10 && length != 14) || t[0] != 'T' || t[3] != ':' ||
	    t[6] != ':' || t[length - 1] != 'Z')
		return FAIL(ERR_INVALID, "not a time");
	TRY(number(t + 1, 2, 23, &h));
	TRY(number(t + 4, 2, 59, &m));
	TRY(number(t + 7, 2, 59, &s));
	if (length == 14 && t[9] != '.')
		return FAIL(ERR_INVALID, "not a time");
	if (length == 14)
		TRY(number(t + 10, 3, 999, &ms));
	*out = h * HOUR + m * MINUTE + s * SECOND + ms;
	return OK;
}

RESULT
clock_parse(const char *text, int64_t *out)
{
	int y, m, d;
	int64_t date, time = 0;

	if (strnlen(text, 40) < 10 || text[4] != '-' || text[7] != '-')
		return FAIL(ERR_INVALID, "not a time");
	TRY(number(text, 4, 9999, &y));
	TRY(number(text + 5, 2, 12, &m));
	TRY(number(text + 8, 2, 31, &d));
	TRY(clock_from_date(y, m, d, &date));
	if (text[10])
		TRY(parse_time_of_day(text + 10, &time));
	*out = date + time;
	return OK;
}
