/*
 * Requests' bodies and query strings into checked fields, by the table
 * bodies.def. Whatever comes out of here has the type, the length and the
 * letters its row allows; whatever is not in the table was refused by name.
 */
#pragma once

#include "web/field.h"

enum body {
#define BODY(name, kind) BODY_##name,
#include "web/bodies.def"
	BODY_COUNT
};

enum body_kind {
	BODY_NOTHING,
	BODY_FIELDS,
	BODY_PICTURE,
	BODY_CHUNK,
	BODY_BYTES
};

enum field {
#define FIELD(body, name, type, need, max, choices, aliases)                   \
	FIELD_##body##_##name,
#include "web/bodies.def"
	FIELD_COUNT
};

struct fields {
	const char *text[FIELD_COUNT]; /* NULL: not given, or empty */
	struct span file;              /* PICTURE, CHUNK: the bytes */
};

enum body_kind body_kind(enum body body);

/* The rows of a body, for openapi. */
const struct field_row *body_rows(enum body body, size_t *count);

/* A body of any kind; content_type "" when there was none. */
RESULT body_parse(struct arena *a, enum body body, const char *content_type,
    struct span bytes, struct fields *out);

/* A query string, by the same table; that of a CHUNK too. */
RESULT body_parse_query(struct arena *a, enum body body, const char *query,
    struct fields *out);

/* "" when it was not given. */
const char *field_text(const struct fields *f, enum field field);
bool field_given(const struct fields *f, enum field field);
bool field_flag(const struct fields *f, enum field field, bool otherwise);
int64_t field_number(const struct fields *f, enum field field,
    int64_t otherwise);
/* 0 when it was not given. */
int64_t field_time(const struct fields *f, enum field field);
