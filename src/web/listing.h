/*
 * What lists share: the feature they need, folding of what is searched for.
 */
#pragma once

#include "web/request.h"

/* ERR_FEATURE_DISABLED while the workspace may not create certificates. */
RESULT listing_feature(struct request *q, struct flow *f);

/* A search, folded as stored columns are; "" when there is none. */
struct search {
	const char *email, *name, *phone;
};

RESULT listing_search(struct request *q, const char *query,
    struct search *out);

/* The workspace that a list is of: "" (all) for auditors only. */
const char *listing_workspace(const struct request *q);
size_t listing_limit(const struct request *q, enum field field);
