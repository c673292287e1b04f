/*
 * What is kept of a PIN is HMAC(secret in the token, registration and
 * Argon2id(PIN, salt)). Six digits are tried in no time by whoever can test
 * a guess, so the test needs the token; Argon2id is for the day on which
 * somebody has both.
 *
 * A try is in the ledger before it is looked at, so that neither who stops the
 * machine nor who fills its disk has one for nothing. Where it could not be
 * looked at, it is given back.
 */
#include "signer/pins.h"

#include "base/clock.h"
#include "signer/weigh.h"

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
	TRY(weigh_notes(s, NOTE_pin));
	TRY(keep(s, o));
	*out = (struct pin_result){true, PIN_TRIES};
	return OK;
}

/* What the ledger says of tries from now on. */
static RESULT
count(struct signer *s, const struct pin_order *o, uint8_t tries)
{
	return records_pin_try(s->records, o->registration, tries, clock_now());
}

/* One that says nothing of the PIN: the token is away, say. */
static RESULT
give_back(struct signer *s, const struct pin_order *o, uint8_t tries,
    enum err why)
{
	char words[256];

	snprintf(words, sizeof(words), "%s", err_explanation());
	TRY(count(s, o, tries));
	return FAIL(why, "%s", words);
}

static RESULT
check_old(struct signer *s, const struct pin_order *o, struct pin_result *out)
{
	const struct pin_record *p =
	    records_find_pin(s->records, o->registration);
	struct digest found;

	if (!p)
		return FAIL(ERR_NOT_FOUND, "no PIN was set");
	uint8_t before = p->tries;
	if (before >= PIN_TRIES) {
		*out = (struct pin_result){false, 0};
		return OK;
	}
	TRY(count(s, o, (uint8_t)(before + 1)));
	enum err looked =
	    verifier_of(s, o->registration, o->old, p->salt, &found);
	if (looked != OK)
		return give_back(s, o, before, looked);
	bool right = span_equal(SPAN(found.bytes, DIGEST_SIZE),
	    SPAN(p->verifier.bytes, DIGEST_SIZE));
	*out = (struct pin_result){
	    right, (uint8_t)(right ? PIN_TRIES : PIN_TRIES - before - 1)};
	return OK;
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
	TRY(weigh_notes(s, NOTE_pin));
	TRY(check_old(s, o, &old));
	enum err kept = old.right ? keep(s, o) : OK;
	if (kept != OK)
		return give_back(s, o, 0, kept);
	*out = old;
	return OK;
}
