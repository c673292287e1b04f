/*
 * Log lines. Control characters become "?": nobody can forge a second line.
 */
#include "base/log.h"

#include "base/clock.h"
#include "base/digest.h"

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

void
log_threshold(enum log_level level)
{
	threshold = level;
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

const char *
log_pii(struct pii value, char out[PII_SIZE])
{
	static uint8_t key[DIGEST_SIZE];
	static _Atomic int ready;
	char hex[DIGEST_TEXT_SIZE];

	if (!ready) {
		random_bytes(key, sizeof(key));
		ready = 1;
	}
	struct span part = span_of_text(value.text ? value.text : "");
	struct digest d = digest_keyed(SPAN(key, sizeof(key)), &part, 1);
	digest_format(&d, hex);
	snprintf(out, PII_SIZE, "~%.11s", hex);
	return out;
}
