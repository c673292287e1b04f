/*
 * paraph ca leaked: keys that must not be certified any more.
 */
#pragma once

#include "base/conf.h"

/*
 * Adds the keys in files to the signer's list, and prints which certificates
 * that were issued here have one of them. A file is a certificate, a public
 * key, or lines of SHA-256 digests of public keys.
 */
RESULT ca_leaked(
    const struct conf *conf, const char *const *files, size_t count);
