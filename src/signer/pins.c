/*
 * What is kept of a PIN is HMAC(secret in the token, registration and
 * Argon2id(PIN, salt)). Six digits are tried in no time by whoever can test
 * a guess, so the test needs the token; Argon2id is for the day on which
 * somebody has both.
 *
 * A wrong try is in the ledger before it is answered.
 */
#include "signer/pins.h"

#include "base/clock.h"

#include <argon2.h>
#include <openssl/crypto.h>

#define MEMORY_KIB 19456
#define PASSES 2

static RESULT
verifier_of(struct signer *s, const char *registration, const char *pin,
    const uint8_t salt[PIN_SALT_SIZE], struct digest *out)
{
	uint8_t message[ID_SIZE + DIGEST_SIZE] = {0};

	memcpy(message, registration, strlen(registration));
	int code = argon2id_hash_raw(PASSES, MEMORY_KIB, 1, pin, strlen(pin),
	    salt, PIN_SALT_SIZE, message + ID_SIZE, DIGEST_SIZE);
	if (code != ARGON2_OK)
		return FAIL(ERR_INTERNAL, "argon2: %d", code);
	enum err result =
	    token_pin_digest(s->token, SPAN(message, sizeof(message)), out);
	OPENSSL_cleanse(message, sizeof(message));
	return result;
}

static RESULT
keep(struct signer *s, const struct pin_order *o)
{
	struct pin_record p = {{0}};

	memcpy(p.registration, o->registration, ID_SIZE);
	random_bytes(p.salt, sizeof(p.salt));
	TRY(verifier_of(s, p.registration, o->pin, p.salt, &p.verifier));
	return records_pin(s->records, &p, clock_now());
}

RESULT
pins_set(struct signer *s, const struct pin_order *o, struct pin_result *out)
{
	if (!id_is("reg", o->registration))
		return FAIL(ERR_INVALID, "no registration");
	TRY(pin_rules(o->pin, o->birth_date));
	if (records_of_registration(s->records, o->registration))
		return FAIL(ERR_CONFLICT, "the certificate is made already");
	TRY(keep(s, o));
	*out = (struct pin_result){true, PIN_TRIES};
	return OK;
}

/* Right or wrong: in the ledger first. */
static RESULT
note(struct signer *s, const struct pin_record *p, bool right,
    struct pin_result *out)
{
	uint8_t tries = right ? 0 : (uint8_t)(p->tries + 1);

	if (tries != p->tries)
		TRY(records_pin_try(
		    s->records, p->registration, tries, clock_now()));
	*out = (struct pin_result){right, (uint8_t)(PIN_TRIES - tries)};
	return OK;
}

static RESULT
check_old(struct signer *s, const struct pin_order *o, struct pin_result *out)
{
	const struct pin_record *p =
	    records_find_pin(s->records, o->registration);
	struct digest found;

	if (!p)
		return FAIL(ERR_NOT_FOUND, "no PIN was set");
	if (p->tries >= PIN_TRIES) {
		*out = (struct pin_result){false, 0};
		return OK;
	}
	TRY(verifier_of(s, o->registration, o->old, p->salt, &found));
	return note(s, p,
	    span_equal(SPAN(found.bytes, DIGEST_SIZE),
		SPAN(p->verifier.bytes, DIGEST_SIZE)),
	    out);
}

RESULT
pins_change(struct signer *s, const struct pin_order *o, struct pin_result *out)
{
	const struct record *record =
	    records_of_registration(s->records, o->registration);
	struct pin_result old;

	if (!record || record->state != RECORD_issued)
		return FAIL(ERR_NOT_FOUND, "no certificate with a PIN");
	TRY(pin_rules(o->pin, o->birth_date));
	TRY(check_old(s, o, &old));
	if (old.right)
		TRY(keep(s, o));
	*out = old;
	return OK;
}
