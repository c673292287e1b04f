/*
 * Certificates and lists for people's eyes: what paraph-ca and paraph-cert
 * share.
 */
#pragma once

#include "cli/common.h"
#include "pki/certificate.h"

#include <stdio.h>

/* A file in DER or PEM, as DER; of several the first. At most 64 KiB. */
RESULT show_read(const char *path, struct buf *der);

/* All certificates of a file: one in DER, or any number in PEM, what else is
 * there (keys, text) passed over. At most 32 MiB. */
struct show_bundle {
	struct buf bytes; /* one after the other, in DER */
	struct span *of;
	size_t count;
};
RESULT show_read_all(const char *path, struct show_bundle *out);
void show_bundle_clear(struct show_bundle *b);
DEFINE_AUTO_CLEAR(show_bundle_clear, struct show_bundle)

/* Lines of "key  value", or the members of a JSON object. */
struct show {
	FILE *out;
	bool json;
	bool begun; /* a member was written: the next needs a comma */
};

void show_text(struct show *s, const char *key, const char *value);
void show_bytes(struct show *s, const char *key, struct span value);
void show_number(struct show *s, const char *key, long long value);
void show_time(struct show *s, const char *key, int64_t ms);
/* "CN=..., O=..." in the order of the name. */
void show_name(struct show *s, const char *key, const struct name *name);
/* SHA-256 over the whole. */
void show_fingerprint(struct show *s, struct span der);

/* Everything about one certificate. */
RESULT show_certificate(struct show *s, struct span der);

/* "paraph ca: why" on standard error; gives 1. */
int show_failure(const char *command);
