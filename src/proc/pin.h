/*
 * The PIN of a key in the token (product 5.10): the rules for choosing one,
 * and the messages that carry it from the page to the signer.
 *
 * Nobody between them keeps it: bodies with a PIN are wiped after use.
 */
#pragma once

#include "base/id.h"
#include "proc/wire.h"

#define PIN_MIN 6
#define PIN_MAX 12
#define PIN_TRIES 5

/*
 * ERR_INVALID: not 6 to 12 digits, all equal, a run up or down, or the birth
 * date in one of its usual spellings. birth_date: "2001-12-31", "" when it is
 * not known.
 */
RESULT pin_rules(const char *pin, const char *birth_date);

/* PIN_SET and PIN_CHANGE; old: "" where it is set. */
struct pin_order {
	char registration[ID_SIZE];
	char pin[PIN_MAX + 1];
	char birth_date[11];
	char old[PIN_MAX + 1];
};

/* PIN_REPLY */
struct pin_result {
	bool right; /* the old one was; else nothing was changed */
	uint8_t tries_left; /* 0: blocked for good */
};

RESULT pin_order_put(struct buf *b, const struct pin_order *o);
RESULT pin_order_get(struct span message, struct pin_order *out);
RESULT pin_result_put(struct buf *b, const struct pin_result *r);
RESULT pin_result_get(struct span message, struct pin_result *out);
