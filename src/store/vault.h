/*
 * Evidence at rest. Each piece has a key of its own (AES-256-GCM in chunks of
 * 64 KiB, so that ranges can be read); that key is sealed to the clerk's
 * X25519 public key (ephemeral key, HKDF-SHA-256, AES-256-GCM). Whoever has
 * only the public key, as web does, writes and cannot read back. Destroying
 * the sealed key deletes the evidence.
 */
#pragma once

#include "base/buf.h"
#include "base/secret.h"

#define VAULT_PUBLIC_SIZE 32
#define VAULT_SEALED_SIZE 92 /* ephemeral key 32, nonce 12, key 32, tag 16 */

/* A new pair for an instance; the secret is 32 bytes. */
RESULT vault_pair(uint8_t public_key[VAULT_PUBLIC_SIZE], struct secret *out);

/* Writes DIR/id (synced) and gives the sealed key. id is the AAD. */
RESULT vault_write(const char *dir, const char *id, struct span content,
    const uint8_t public_key[VAULT_PUBLIC_SIZE],
    uint8_t sealed[VAULT_SEALED_SIZE]);

/* Reads it back; any change to file or key is ERR_INVALID. */
RESULT vault_read(const char *dir, const char *id, struct span sealed,
    const struct secret *key, struct buf *out);

/* Bytes that are proven to be of this evidence, in their place. */
typedef enum err vault_sink(void *data, struct span bytes);

/* The same in pieces of at most 64 KiB, whatever its size. That its end is
 * missing shows at the end: who gets an error throws away what came. */
RESULT vault_stream(const char *dir, const char *id, struct span sealed,
    const struct secret *key, vault_sink *sink, void *data);

RESULT vault_remove(const char *dir, const char *id);
