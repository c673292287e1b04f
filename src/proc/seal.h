/*
 * SEAL: the clerk asks for a seal over a dossier, by the digest of its list of
 * contents. SEALED: the signature, which names the registration, the time and
 * the certificate that was made for it.
 */
#pragma once

#include "base/digest.h"
#include "base/id.h"
#include "proc/wire.h"

#define SEAL_SIGNATURE_MAX ((size_t)16384)

struct seal_order {
	char registration[ID_SIZE];
	struct digest content;
};

struct seal_result {
	char registration[ID_SIZE];
	uint8_t signature[SEAL_SIGNATURE_MAX]; /* CMS, DER */
	size_t size;
};

RESULT seal_order_put(struct buf *b, const struct seal_order *o);
RESULT seal_order_get(struct span message, struct seal_order *out);
RESULT seal_result_put(struct buf *b, const struct seal_result *r);
RESULT seal_result_get(struct span message, struct seal_result *out);
