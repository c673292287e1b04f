/*
 * One line an event, key=value, on standard error; the supervisor collects.
 *
 * Only the edges log (main, web, clerk, signer, supervisor), never the
 * libraries. Personal data has a type, struct pii, that can only be printed
 * as a short digest, so that two lines about one person can be matched
 * without naming the person.
 */
#pragma once

#include <stdint.h>

enum log_level { LOG_DEBUG_, LOG_INFO, LOG_WARN, LOG_ERROR };

struct pii {
	const char *text;
};

#define PII(value) ((struct pii){(value)})
#define PII_SIZE 13

/* The name that begins each line: "web", "clerk", ... */
void log_as(const char *program);
void log_threshold(enum log_level level);

/* The format's text is "event key=value key=value". */
void log_line(enum log_level level, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* "~" and 11 hex digits; the key is made anew at each start. */
const char *log_pii(struct pii value, char out[PII_SIZE]);

#define log_info(...) log_line(LOG_INFO, __VA_ARGS__)
#define log_warn(...) log_line(LOG_WARN, __VA_ARGS__)
#define log_error(...) log_line(LOG_ERROR, __VA_ARGS__)
