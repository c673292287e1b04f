/*
 * Filling {{name}} in a text: for mails and notices, nothing more.
 *
 * An unknown name is an error, so that no message leaves with a hole.
 */
#pragma once

#include "base/buf.h"

enum text_escape {
	TEXT_PLAIN,  /* control characters other than line feed are refused */
	TEXT_HEADER, /* one line: any control character is refused */
	TEXT_HTML,   /* & < > " ' become entities */
};

struct text_value {
	const char *name;
	const char *value;
};

/* Appends the filled text; ERR_INTERNAL names what is missing. */
RESULT text_fill(const char *template, const struct text_value *values,
    size_t count, enum text_escape escape, struct buf *out);
