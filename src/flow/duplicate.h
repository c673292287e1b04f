/*
 * "A certificate already exists": product 4, exactly.
 */
#pragma once

#include "flow/flow.h"

struct duplicate_question {
	const char *workspace;
	const char *email_folded;
	int rank;                 /* of the level asked for */
	const char *name_folded;  /* "": not a prerequisite */
	const char *phone;        /* "": not a prerequisite */
	int64_t not_after_min;    /* now, or 30 days on for requests */
	bool whole_instance;
	const char *except; /* a certificate that is replaced; NULL: none */
};

RESULT duplicate_find(struct flow *f, const struct duplicate_question *q,
    bool *out);
