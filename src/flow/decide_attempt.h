/*
 * The rule by which verdicts become a decision, apart from anything stored.
 */
#pragma once

#include "checks/check.h"

#include <stddef.h>

enum outcome {
	OUTCOME_APPROVE,
	OUTCOME_RETAKE,
	OUTCOME_REFUSE,
	OUTCOME_REVIEW
};

struct ruling {
	bool automatic;       /* approval without a person is possible here */
	bool operator_always; /* the level, or the workspace's lcp_review */
	bool doubt_fails;     /* lcp_review = never */
	bool seen_by_person;  /* asked for one, or an operator sent it back */
	int attempts_left;
};

/* why: for the operator, one word. */
enum outcome ruling_decide(const struct ruling *rule,
    const struct result *results, size_t count, const char **why);
