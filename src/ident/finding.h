/*
 * Findings: typed facts that an inspector read from one picture. They cross
 * a process border and come from a program that has just parsed a stranger's
 * file: bounded, typed and validated again by the receiver.
 */
#pragma once

#include "base/buf.h"

#include <stdbool.h>

#define FINDINGS_MAX 192
#define FINDING_TEXT_MAX 128

enum finding_name {
#define FINDING(name, type, doc) FINDING_##name,
#include "ident/findings.def"
#undef FINDING
	FINDING_COUNT
};

enum finding_type { FINDING_TEXT, FINDING_NUMBER, FINDING_FLAG };

struct box {
	int32_t x, y, width, height; /* all 0: nowhere in particular */
};

struct finding {
	enum finding_name name;
	char text[FINDING_TEXT_MAX]; /* TEXT */
	double value;                /* NUMBER; FLAG: 0 or 1 */
	double confidence;           /* 0 to 1; 1 when it is a measurement */
	struct box box;
};

struct findings {
	size_t count;
	struct finding items[FINDINGS_MAX];
};

/* NULL when it was not found. The first one counts. */
const struct finding *findings_find(const struct findings *f,
    enum finding_name name);

/* The text, "" when not found; the number, otherwise when not found. */
const char *findings_text(const struct findings *f, enum finding_name name);
double findings_number(const struct findings *f, enum finding_name name,
    double otherwise);

/* Adds; a full list or a text that is too long is an error. */
RESULT findings_add_text(struct findings *f, enum finding_name name,
    const char *text, double confidence, struct box box);
RESULT findings_add_number(struct findings *f, enum finding_name name,
    double value, struct box box);

RESULT findings_put(struct buf *b, const struct findings *f);
RESULT findings_get(struct span message, struct findings *out);

enum finding_type finding_type_of(enum finding_name name);
const char *finding_name_text(enum finding_name name);
/* FINDING_COUNT when there is none of that name. */
enum finding_name finding_of_text(const char *text);
