/*
 * Argon2id with 19 MiB, two passes and one lane. The parameters stand in the
 * hash, so that a later change leaves old passwords usable.
 */
#include "flow/credentials.h"

#include "base/codec.h"

#include <argon2.h>
#include <stdio.h>

#define PASSES 2
#define MEMORY_KIB 19456
#define LANES 1
#define SALT_SIZE 16
#define HASH_SIZE 32

/* Of nothing: checked against when there is no such member. */
static const char nobody[] =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA"
    "$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

RESULT
password_hash(const char *password, char out[PASSWORD_HASH_SIZE])
{
	uint8_t salt[SALT_SIZE];
	size_t size = strnlen(password, PASSWORD_MAX + 1);

	if (size < PASSWORD_MIN || size > PASSWORD_MAX)
		return err_set_field(ERR_INVALID, "password",
		    "has between %d and %d characters", PASSWORD_MIN,
		    PASSWORD_MAX);
	if (!utf8_is_clean(SPAN(password, size)))
		return err_set_field(ERR_INVALID, "password",
		    "is not clean text");
	random_bytes(salt, sizeof(salt));
	int code = argon2id_hash_encoded(PASSES, MEMORY_KIB, LANES, password,
	    size, salt, sizeof(salt), HASH_SIZE, out, PASSWORD_HASH_SIZE);
	if (code != ARGON2_OK)
		return FAIL(ERR_INTERNAL, "argon2: %d", code);
	return OK;
}

RESULT
password_check(const char *password, const char *hash)
{
	size_t size = strnlen(password, PASSWORD_MAX + 1);

	if (size > PASSWORD_MAX)
		return FAIL(ERR_UNAUTHORISED, "the password is too long");
	if (!hash[0])
		hash = nobody;
	int code = argon2id_verify(hash, password, size);
	if (code == ARGON2_MEMORY_ALLOCATION_ERROR)
		return FAIL(ERR_UNAVAILABLE, "no memory to check a password");
	if (code != ARGON2_OK || hash == nobody)
		return FAIL(ERR_UNAUTHORISED, "the password is not right");
	return OK;
}

RESULT
token_make(const char *prefix, char out[TOKEN_SIZE])
{
	uint8_t random[DIGEST_SIZE];
	AUTO(buf_wipe) struct buf text;

	random_bytes(random, sizeof(random));
	buf_init(&text, TOKEN_SIZE - 1);
	TRY(buf_add_text(&text, prefix));
	TRY(base64url_encode(SPAN(random, sizeof(random)), &text));
	snprintf(out, TOKEN_SIZE, "%s", buf_text(&text));
	return OK;
}

void
token_digest(const char *token, char out[DIGEST_TEXT_SIZE])
{
	struct digest d = digest_sha256(span_of_text(token));

	digest_format(&d, out);
}
