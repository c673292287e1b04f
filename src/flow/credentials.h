/*
 * What people and programs prove themselves with: passwords, API keys and
 * session tokens. Only digests are stored; tokens carry 256 random bits, so
 * a plain SHA-256 of them is enough, passwords get Argon2id.
 */
#pragma once

#include "base/digest.h"

#define PASSWORD_MIN 12
#define PASSWORD_MAX 200
/* "$argon2id$v=19$..." and its NUL */
#define PASSWORD_HASH_SIZE 128
/* prefix of at most 12 letters, 43 letters of base64url, NUL */
#define TOKEN_SIZE 64
#define API_KEY_PREFIX "apikey_"

/* For member.password_hash. ERR_INVALID (field password): length or bytes. */
RESULT password_hash(const char *password, char out[PASSWORD_HASH_SIZE]);

/* OK, or ERR_UNAUTHORISED. hash "" takes as long and never agrees: so that
 * nobody learns from the time whether a member exists. */
RESULT password_check(const char *password, const char *hash);

/* A new token; what is stored of it is token_digest. */
RESULT token_make(const char *prefix, char out[TOKEN_SIZE]);
void token_digest(const char *token, char out[DIGEST_TEXT_SIZE]);
