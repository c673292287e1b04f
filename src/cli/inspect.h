/*
 * What paraph-inspect knows of one file, and how it tells it.
 */
#pragma once

#include <jansson.h>

#include "ident/finding.h"
#include "ident/mrz.h"

enum inspect_verdict { INSPECT_READ, INSPECT_DOUBTFUL, INSPECT_UNREADABLE };

struct inspect_result {
	const char *file;
	bool back;
	enum inspect_verdict verdict;
	enum err code;         /* OK, or why there are no findings */
	char explanation[256];
	struct findings findings;
	struct mrz mrz;        /* of the lines as reported; may be NONE */
	int64_t total_ms;
};

/* Fills in mrz and verdict from the findings. */
void inspect_judge(struct inspect_result *r);

/* docs/inspect.md describes it; the caller frees it. */
json_t *inspect_json(const struct inspect_result *r);

/* The same for people. */
void inspect_print(const struct inspect_result *r);

const char *inspect_verdict_text(enum inspect_verdict verdict);
