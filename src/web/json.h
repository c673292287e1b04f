/*
 * Writing JSON into a buffer, piece by piece. A writer that has failed stays
 * failed, so that an answer is written to its end and asked about once.
 *
 * key is NULL for members of a list.
 */
#pragma once

#include "base/buf.h"

#include <stdbool.h>

struct json {
	struct buf *out;
	bool comma;
	enum err failed;
};

static inline struct json
json_into(struct buf *out)
{
	return (struct json){.out = out};
}

void json_open(struct json *j, const char *key);  /* { */
void json_close(struct json *j);                  /* } */
void json_list(struct json *j, const char *key);  /* [ */
void json_end(struct json *j);                    /* ] */

/* "" and NULL become null; json_exactly keeps "". */
void json_text(struct json *j, const char *key, const char *text);
void json_exactly(struct json *j, const char *key, const char *text);
void json_number(struct json *j, const char *key, int64_t number);
/* NAN becomes null. */
void json_measure(struct json *j, const char *key, double number);
void json_bool(struct json *j, const char *key, bool value);
void json_nothing(struct json *j, const char *key);
/* 0 becomes null. */
void json_time(struct json *j, const char *key, int64_t ms);
/* Text that is JSON already. */
void json_raw(struct json *j, const char *key, const char *text);
/* Space separated words as a list of texts. */
void json_words(struct json *j, const char *key, const char *words);

RESULT json_done(const struct json *j);
