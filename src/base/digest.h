/*
 * Digests and keyed digests by libcrypto, and randomness by the kernel.
 */
#pragma once

#include "base/buf.h"

#define DIGEST_SIZE 32
/* SHA-256 as hex, and its NUL */
#define DIGEST_TEXT_SIZE 65

struct digest {
	uint8_t bytes[DIGEST_SIZE];
};

struct digest digest_sha256(struct span in);

/* HMAC-SHA-256 over the parts, each preceded by its length (no gluing). */
struct digest digest_keyed(struct span key, const struct span *parts,
    size_t count);

/* HMAC-SHA-256 (RFC 2104) over one text: for protocols with strangers, who
 * must be able to compute it with what their language brings along. */
struct digest digest_hmac(struct span key, struct span in);

void digest_format(const struct digest *d, char out[DIGEST_TEXT_SIZE]);

/* HKDF-SHA-256 (RFC 5869): size bytes for one purpose. */
RESULT digest_derive(struct span key, struct span salt, const char *purpose,
    uint8_t *out, size_t size);

/* Fills with random bytes; the process ends if the kernel has none. */
void random_bytes(void *out, size_t size);

/* A number from 0 to below limit, each as likely as the others. */
uint32_t random_below(uint32_t limit);
