/*
 * Log lines. Control characters become "?": nobody can forge a second line.
 */
#include "base/log.h"

#include "base/clock.h"
#include "base/enum.h"

#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#define LINE_MAX_ 1024

static const char *program = "paraph";
static enum log_level threshold = LOG_INFO;
static const char *const level_names[] = {"debug", "info", "warn", "error"};

void
log_as(const char *name)
{
	program = name;
}

RESULT
log_threshold(const char *level)
{
	size_t found = enum_find(level_names, COUNT_OF(level_names), level);

	if (found == COUNT_OF(level_names))
		return FAIL(ERR_INVALID, "log.level is not a level");
	threshold = (enum log_level)found;
	return OK;
}

static void
make_one_line(char *text)
{
	for (; *text; text++)
		if ((unsigned char)*text < 0x20 || *text == 0x7f)
			*text = '?';
}

void
log_line(enum log_level level, const char *format, ...)
{
	char when[CLOCK_TEXT_SIZE], text[LINE_MAX_], line[LINE_MAX_ + 96];
	va_list args;

	if (level < threshold)
		return;
	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	make_one_line(text);
	va_end(args);
	for (char *c = text; *c; c++)
		if ((unsigned char)*c < 0x20 || *c == 0x7f)
			*c = '?';
	clock_format(clock_now(), when);
	int size = snprintf(line, sizeof(line), "%s %s %s %s\n", when,
	    program, level_names[level], text);
	/* one write, so that lines of several programs do not mix */
	if (size > 0 && write(STDERR_FILENO, line, (size_t)size) < 0)
		return;
}
