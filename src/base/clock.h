/*
 * Time: milliseconds since 1970 in UTC, settable in tests. Nothing else asks
 * the system for the time.
 */
#pragma once

#include "base/err.h"

#include <stddef.h>
#include <stdint.h>

#define SECOND ((int64_t)1000)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

/* 99991231235959Z: without end (RFC 5280 4.1.2.5, RFC 6960 4.4.4) */
#define CLOCK_FOREVER (253402300799 * SECOND)

/* "2026-11-23T09:30:00.000Z" and its NUL */
#define CLOCK_TEXT_SIZE 25

int64_t clock_now(void);

/* Monotonic milliseconds, for durations. Not settable. */
int64_t clock_ticks(void);

/* The same in microseconds. */
int64_t clock_micros(void);

/* Milliseconds of processor time of this process: what a limit on work
 * counts, since a busy machine makes no file worse. */
int64_t clock_work(void);

/* The same in microseconds. */
int64_t clock_work_micros(void);

/* Freezes clock_now() at a time; 0 thaws it. Tests only. */
void clock_set(int64_t ms);

/* ISO 8601 UTC with milliseconds; out has CLOCK_TEXT_SIZE bytes. */
void clock_format(int64_t ms, char out[CLOCK_TEXT_SIZE]);

/* Takes "2026-11-23", "...T09:30:00Z" and "...T09:30:00.000Z". */
RESULT clock_parse(const char *text, int64_t *out);

/* Calendar date (UTC) of a time and back; month 1-12, day 1-31. */
void clock_date(int64_t ms, int *year, int *month, int *day);
RESULT clock_from_date(int year, int month, int day, int64_t *out);
