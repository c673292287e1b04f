/*
 * One line an event, key=value, on standard error; the supervisor collects.
 *
 * Only the edges log (main, web, clerk, signer, supervisor), never the
 * libraries. A line names ids, never personal data.
 */
#pragma once

#include "base/err.h"

enum log_level { LOG_DEBUG_, LOG_INFO, LOG_WARN, LOG_ERROR };

/* The name that begins each line: "web", "clerk", ... */
void log_as(const char *program);
/* Lines below the named level are not written; ERR_INVALID: no such name. */
RESULT log_threshold(const char *level);

/* The format's text is "event key=value key=value". */
void log_line(enum log_level level, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#define log_info(...) log_line(LOG_INFO, __VA_ARGS__)
#define log_warn(...) log_line(LOG_WARN, __VA_ARGS__)
#define log_error(...) log_line(LOG_ERROR, __VA_ARGS__)
