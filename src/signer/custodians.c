/*
 * Custodians: file, passphrases, and the key that is made of them.
 */
#include "signer/custodians.h"

#include "base/codec.h"
#include "signer/lines.h"

#include <argon2.h>
#include <openssl/evp.h>

#define FILE_NAME "custodians"
#define MEMORY_KIB (64 * 1024)
#define PASSES 3
#define SALT "paraph" /* what is derived from is random enough */

DEFINE_AUTO(EVP_PKEY_free, EVP_PKEY *)
DEFINE_AUTO(EVP_MD_CTX_free, EVP_MD_CTX *)

static RESULT
stretch(struct span passphrase, const struct custodian *c, uint8_t *out)
{
	int code = argon2id_hash_raw(PASSES, MEMORY_KIB, 1, passphrase.data,
	    passphrase.size, c->salt, sizeof(c->salt), out, DIGEST_SIZE);

	return code == ARGON2_OK ? OK : FAIL(ERR_INTERNAL, "argon2: %d", code);
}

static RESULT
check_of(const uint8_t *stretched, uint8_t out[DIGEST_SIZE])
{
	return digest_derive(SPAN(stretched, DIGEST_SIZE), span_of_text(SALT),
	    "paraph custodian check 1", out, DIGEST_SIZE);
}

/* Both stretched passphrases, one behind the other. */
static RESULT
stretch_both(const struct custodians *c,
    const struct span passphrases[CUSTODIANS], struct secret *out)
{
	TRY(secret_new(CUSTODIANS * DIGEST_SIZE, out));
	for (size_t i = 0; i < CUSTODIANS; i++)
		TRY(stretch(
		    passphrases[i], &c->of[i], out->data + i * DIGEST_SIZE));
	return OK;
}

static RESULT
derive_key(const struct secret *both, struct secret *out)
{
	TRY(secret_new(CUSTODIANS_KEY_SIZE, out));
	return digest_derive(span_of_secret(both), span_of_text(SALT),
	    "paraph custodians key 1", out->data, CUSTODIANS_KEY_SIZE);
}

static RESULT
public_half(const struct secret *key, uint8_t out[CUSTODIANS_KEY_SIZE])
{
	size_t size = CUSTODIANS_KEY_SIZE;
	AUTO(EVP_PKEY_free)
	EVP_PKEY *pair = EVP_PKEY_new_raw_private_key(
	    EVP_PKEY_ED25519, NULL, key->data, key->size);

	if (!pair || EVP_PKEY_get_raw_public_key(pair, out, &size) != 1)
		return FAIL(ERR_INTERNAL, "Ed25519");
	return OK;
}

static RESULT
check_passphrases(const struct span passphrases[CUSTODIANS])
{
	for (size_t i = 0; i < CUSTODIANS; i++)
		if (passphrases[i].size < PASSPHRASE_MIN ||
		    passphrases[i].size > PASSPHRASE_MAX)
			return FAIL(ERR_INVALID,
			    "a passphrase has at least %d characters",
			    PASSPHRASE_MIN);
	if (span_equal(passphrases[0], passphrases[1]))
		return FAIL(ERR_INVALID, "the two passphrases are the same");
	return OK;
}

static RESULT
set_name(const char *name, struct custodian *out)
{
	size_t size = strlen(name);

	if (size == 0 || size >= sizeof(out->name) ||
	    !utf8_is_clean(SPAN(name, size)))
		return FAIL(ERR_INVALID, "a custodian's name");
	memcpy(out->name, name, size + 1);
	random_bytes(out->salt, sizeof(out->salt));
	return OK;
}

static RESULT
put_line(struct buf *b, const struct custodian *c)
{
	TRY(buf_add_text(b, "custodian "));
	TRY(base64url_encode(SPAN(c->salt, sizeof(c->salt)), b));
	TRY(buf_add_text(b, " "));
	TRY(base64url_encode(SPAN(c->check, sizeof(c->check)), b));
	return buf_add_format(b, " %s\n", c->name);
}

static RESULT
put_succession(struct buf *b, const struct succession *s)
{
	TRY(buf_add_text(b, "succeeds "));
	TRY(base64url_encode(SPAN(s->key, CUSTODIANS_KEY_SIZE), b));
	TRY(buf_add_text(b, " "));
	TRY(base64url_encode(
	    SPAN(s->signature, CUSTODIANS_SIGNATURE_SIZE), b));
	return buf_add_text(b, "\n");
}

static RESULT
save(const char *dir, const struct custodians *c)
{
	AUTO(buf_clear) struct buf b;

	buf_init(&b, LINES_FILE_MAX);
	TRY(buf_add_text(&b, "paraph custodians 1\n"));
	for (size_t i = 0; i < CUSTODIANS; i++)
		TRY(put_line(&b, &c->of[i]));
	TRY(buf_add_text(&b, "key "));
	TRY(base64url_encode(SPAN(c->public_key, CUSTODIANS_KEY_SIZE), &b));
	TRY(buf_add_text(&b, "\n"));
	for (size_t i = 0; i < c->succeeded; i++)
		TRY(put_succession(&b, &c->before[i]));
	return lines_save(dir, FILE_NAME, span_of_buf(&b));
}

static RESULT
take_line(struct span *rest, struct custodian *out)
{
	struct span line;

	if (!lines_next(rest, &line) || !lines_word_is(&line, "custodian"))
		return FAIL(ERR_INVALID, "the file of custodians");
	TRY(lines_octets(&line, out->salt, sizeof(out->salt)));
	TRY(lines_octets(&line, out->check, sizeof(out->check)));
	if (line.size == 0 || line.size >= sizeof(out->name) ||
	    !utf8_is_clean(line))
		return FAIL(ERR_INVALID, "the file of custodians");
	memcpy(out->name, line.data, line.size);
	return OK;
}

static RESULT
take_succession(struct span *line, struct custodians *c)
{
	struct succession *s = &c->before[c->succeeded];

	if (c->succeeded == SUCCESSIONS_MAX ||
	    !lines_word_is(line, "succeeds"))
		return FAIL(ERR_INVALID, "the file of custodians");
	TRY(lines_octets(line, s->key, sizeof(s->key)));
	TRY(lines_octets(line, s->signature, sizeof(s->signature)));
	c->succeeded++;
	return OK;
}

RESULT
custodians_load(const char *dir, struct custodians *out)
{
	AUTO(buf_clear) struct buf b;
	struct custodians c = {0};
	struct span line;

	TRY(lines_load(dir, FILE_NAME, &b));
	struct span rest = span_of_buf(&b);
	if (!lines_next(&rest, &line) ||
	    !span_equal(line, span_of_text("paraph custodians 1")))
		return FAIL(ERR_INVALID, "the file of custodians");
	for (size_t i = 0; i < CUSTODIANS; i++)
		TRY(take_line(&rest, &c.of[i]));
	if (!lines_next(&rest, &line) || !lines_word_is(&line, "key"))
		return FAIL(ERR_INVALID, "the file of custodians");
	TRY(lines_octets(&line, c.public_key, sizeof(c.public_key)));
	while (line.size == 0 && lines_next(&rest, &line))
		TRY(take_succession(&line, &c));
	if (line.size > 0 || rest.size > 0)
		return FAIL(ERR_INVALID, "the file of custodians");
	*out = c;
	return OK;
}

static RESULT
refuse_if_there(const char *dir)
{
	struct custodians there;
	enum err found = custodians_load(dir, &there);

	if (found == ERR_NOT_FOUND)
		return OK;
	return FAIL(ERR_CONFLICT, "custodians were named already");
}

static RESULT
build(const char *const names[CUSTODIANS],
    const struct span passphrases[CUSTODIANS], struct custodians *out)
{
	AUTO(secret_clear) struct secret both = {0};
	AUTO(secret_clear) struct secret key = {0};
	struct custodians c = {0};

	TRY(check_passphrases(passphrases));
	for (size_t i = 0; i < CUSTODIANS; i++)
		TRY(set_name(names[i], &c.of[i]));
	if (strcmp(names[0], names[1]) == 0)
		return FAIL(ERR_INVALID, "the two custodians are one");
	TRY(stretch_both(&c, passphrases, &both));
	for (size_t i = 0; i < CUSTODIANS; i++)
		TRY(check_of(both.data + i * DIGEST_SIZE, c.of[i].check));
	TRY(derive_key(&both, &key));
	TRY(public_half(&key, c.public_key));
	*out = c;
	return OK;
}

RESULT
custodians_make(const char *dir, const char *const names[CUSTODIANS],
    const struct span passphrases[CUSTODIANS], struct custodians *out)
{
	struct custodians c;

	TRY(refuse_if_there(dir));
	TRY(build(names, passphrases, &c));
	TRY(save(dir, &c));
	*out = c;
	return OK;
}

/* What those before sign: a text of its own kind, and the new key. */
static RESULT
put_handover(const uint8_t key[CUSTODIANS_KEY_SIZE], struct buf *out)
{
	buf_init(out, 128);
	TRY(buf_add_text(out, "paraph custodians succession 1\n"));
	return buf_add(out, key, CUSTODIANS_KEY_SIZE);
}

RESULT
custodians_replace(const char *dir, const struct custodians *before,
    const struct secret *before_key, const char *const names[CUSTODIANS],
    const struct span passphrases[CUSTODIANS], struct custodians *out)
{
	AUTO(buf_clear) struct buf message;
	struct custodians c;

	TRY(build(names, passphrases, &c));
	TRY(put_handover(c.public_key, &message));
	memcpy(c.before[0].key, before->public_key, CUSTODIANS_KEY_SIZE);
	TRY(custodians_sign(
	    before_key, span_of_buf(&message), c.before[0].signature));
	c.succeeded = 1;
	/* the signer may know one of those before only */
	while (c.succeeded < SUCCESSIONS_MAX &&
	       c.succeeded <= before->succeeded) {
		c.before[c.succeeded] = before->before[c.succeeded - 1];
		c.succeeded++;
	}
	TRY(save(dir, &c));
	*out = c;
	return OK;
}

RESULT
custodians_predecessor(
    const struct custodians *c, size_t n, struct custodians *out)
{
	AUTO(buf_clear) struct buf message;
	struct custodians before = {0};

	if (n >= c->succeeded)
		return FAIL(ERR_NOT_FOUND, "nobody before these custodians");
	memcpy(before.public_key, c->before[n].key, CUSTODIANS_KEY_SIZE);
	TRY(put_handover(
	    n == 0 ? c->public_key : c->before[n - 1].key, &message));
	TRY(custodians_verify(&before, span_of_buf(&message),
	    SPAN(c->before[n].signature, CUSTODIANS_SIGNATURE_SIZE)));
	*out = before;
	return OK;
}

RESULT
custodians_unlock(const struct custodians *c,
    const struct span passphrases[CUSTODIANS], struct secret *key)
{
	AUTO(secret_clear) struct secret both = {0};
	uint8_t check[DIGEST_SIZE];

	TRY(stretch_both(c, passphrases, &both));
	for (size_t i = 0; i < CUSTODIANS; i++) {
		TRY(check_of(both.data + i * DIGEST_SIZE, check));
		if (!span_equal(SPAN(check, DIGEST_SIZE),
			SPAN(c->of[i].check, DIGEST_SIZE)))
			return FAIL(ERR_DENIED,
			    "this is not the passphrase of %s", c->of[i].name);
	}
	return derive_key(&both, key);
}

RESULT
custodians_sign(const struct secret *key, struct span message,
    uint8_t signature[CUSTODIANS_SIGNATURE_SIZE])
{
	AUTO(EVP_MD_CTX_free) EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	size_t size = CUSTODIANS_SIGNATURE_SIZE;
	AUTO(EVP_PKEY_free)
	EVP_PKEY *pair = EVP_PKEY_new_raw_private_key(
	    EVP_PKEY_ED25519, NULL, key->data, key->size);

	if (!ctx || !pair ||
	    EVP_DigestSignInit(ctx, NULL, NULL, NULL, pair) != 1 ||
	    EVP_DigestSign(
		ctx, signature, &size, message.data, message.size) != 1)
		return FAIL(ERR_INTERNAL, "Ed25519");
	return OK;
}

RESULT
custodians_verify(
    const struct custodians *c, struct span message, struct span signature)
{
	AUTO(EVP_MD_CTX_free) EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	AUTO(EVP_PKEY_free)
	EVP_PKEY *key = EVP_PKEY_new_raw_public_key(
	    EVP_PKEY_ED25519, NULL, c->public_key, CUSTODIANS_KEY_SIZE);

	if (!ctx || !key ||
	    EVP_DigestVerifyInit(ctx, NULL, NULL, NULL, key) != 1)
		return FAIL(ERR_INVALID, "the custodians' key");
	if (EVP_DigestVerify(ctx, signature.data, signature.size, message.data,
		message.size) != 1)
		return FAIL(ERR_DENIED, "not signed by the custodians");
	return OK;
}

struct digest
custodians_digest(const struct custodians *c)
{
	return digest_sha256(SPAN(c->public_key, CUSTODIANS_KEY_SIZE));
}
