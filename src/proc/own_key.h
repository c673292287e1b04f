/*
 * OWN_KEY: a request (PKCS#10) that a participant brings, as it was sent,
 * from the public port to the clerk, which looks at it and keeps it.
 * OWN_KEY_KEPT answers, without a body.
 */
#pragma once

#include "base/id.h"
#include "proc/wire.h"

/* PEM of the largest request (ORDER_CSR_MAX), with some text before it. */
#define OWN_KEY_SENT_MAX ((size_t)8192)

struct own_key_sent {
	char registration[ID_SIZE];
	uint8_t bytes[OWN_KEY_SENT_MAX]; /* PEM or DER */
	size_t size;
};

RESULT own_key_sent_put(struct buf *b, const struct own_key_sent *k);
RESULT own_key_sent_get(struct span message, struct own_key_sent *out);
