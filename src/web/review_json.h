/*
 * Cases for the operators' page.
 */
#pragma once

#include "flow/review.h"
#include "web/json.h"
#include "web/request.h"

/* A row of the queue: no personal data. */
RESULT review_write_line(struct request *q, struct flow *f, struct json *j,
    const struct registration *r);

/* A case. Until its operator has an opinion nothing of the machine's is in
 * it. */
RESULT review_write(struct request *q, struct flow *f, struct json *j,
    const struct review_case *c);

/* The case after the one that the operator has. */
RESULT review_write_ahead(struct request *q, struct flow *f, struct json *j,
    const struct registration *r);

/* An earlier request, beside the case that the operator has. */
RESULT review_write_earlier(struct request *q, struct flow *f, struct json *j,
    const struct registration *r, const char *beside);

/* When the lock ends unless its operator acts, and in how many seconds. */
void review_write_lock(struct json *j, int64_t until);

/* What is accepted of a country's document: what to compare with. */
void review_write_models(struct json *j, const char *country,
    const char *kind);

/* What was read of one attempt; count 0 where there is nothing. */
enum review_source {
	REVIEW_FRONT,
	REVIEW_BACK,
	REVIEW_FACE,
	REVIEW_DOCUMENT,
	REVIEW_COMPARED,
	REVIEW_SOURCES
};

extern const char *const review_sources[REVIEW_SOURCES];

/* "box": in pixels of the picture, or null. */
void review_write_box(struct json *j, struct box box);

/* "places" of a field: where the pictures show it printed and in the zone, to
 * be laid one above the other. name: as mrz_fields.def has it; printed:
 * FINDING_COUNT where it is not read. */
void review_write_places(struct json *j, const char *name,
    enum finding_name printed, const struct findings *found);

/* The machine's part: findings, verdicts, events, and its word. */
RESULT review_write_machine(struct request *q, struct flow *f, struct json *j,
    const struct review_case *c, const struct findings *found);
