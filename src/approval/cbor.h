/*
 * CBOR (RFC 8949), as much of it as authenticators write: definite lengths,
 * shortest forms, integers, byte and text strings, arrays, maps, booleans.
 *
 * Tags, floating point, indefinite lengths and longer forms than needed are
 * refused, and so is nesting deeper than CBOR_DEPTH_MAX.
 */
#pragma once

#include "base/buf.h"

#include <stdbool.h>

#define CBOR_DEPTH_MAX 6
#define CBOR_ITEMS_MAX 64 /* of one array or map */

enum cbor_kind {
	CBOR_UNSIGNED,
	CBOR_NEGATIVE,
	CBOR_BYTES,
	CBOR_TEXT,
	CBOR_ARRAY,
	CBOR_MAP,
	CBOR_SIMPLE = 7,
};

struct cbor_item {
	enum cbor_kind kind;
	/* a number (negative: it means -1 - number), a simple value, or the
	 * count of items or pairs that follow */
	uint64_t number;
	struct span content; /* of a byte or text string */
};

/* Takes the next head off the front, with the bytes of a string; the items
 * of an array or map follow. ERR_INVALID: not CBOR as above. */
RESULT cbor_next(struct span *rest, struct cbor_item *out);

/* Takes a whole item, whatever is in it. */
RESULT cbor_skip(struct span *rest);

/* A whole number of 31 bits and its sign; ERR_INVALID for another item. */
RESULT cbor_integer(const struct cbor_item *item, int32_t *out);

bool cbor_text_is(const struct cbor_item *item, const char *text);
