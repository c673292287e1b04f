/*
 * What is told of one recording.
 */
#pragma once

#include "checks/check.h"
#include "cli/inspect.h"
#include "ident/challenge.h"

struct told {
	const char *file;
	bool document;
	struct challenge asked;
	struct inspect_result seen;
	struct result checks[CHECK_COUNT];
	size_t count;
};

/* The opinions that this recording alone can support; what does not pass a
 * strong one is doubtful. */
void told_judge(struct told *t);
/* NULL, or why a check says nothing of what was asked for: as nothing was. */
const char *told_not_judged(const struct told *t, enum check_name check);

/* The readable report, on standard output. */
void told_in_words(const struct told *t);
