/*
 * Passkeys of members. Challenges are taken out of the store by the answer,
 * whether it holds or not: each is good for one try.
 */
#include "flow/passkeys.h"

#include "base/codec.h"

#define CHALLENGE_BYTES 32

RESULT
passkeys_party(const struct flow *f, struct relying_party *out)
{
	return relying_party_of(conf_text(f->conf, CONF_web_base_url), out);
}

static RESULT
make_challenge(char out[PASSKEY_CHALLENGE_SIZE])
{
	uint8_t random[CHALLENGE_BYTES];
	AUTO(buf_clear) struct buf text;

	random_bytes(random, sizeof(random));
	buf_init(&text, PASSKEY_CHALLENGE_SIZE);
	TRY(base64url_encode(SPAN(random, sizeof(random)), &text));
	snprintf(out, PASSKEY_CHALLENGE_SIZE, "%s", buf_text(&text));
	return OK;
}

/* A change of what is there already. */
static RESULT
require_fresh(const struct prover *by, size_t count)
{
	if (count == 0 || by->passkey_at > clock_now() - PASSKEY_FRESH)
		return OK;
	return FAIL(ERR_PASSKEY_NEEDED, "to change passkeys, prove one");
}

static RESULT
may_begin(struct flow *f, struct arena *a, const struct prover *by,
    const char *purpose)
{
	struct member_passkey *all;
	size_t count;

	TRY(passkey_list(f->store, a, by->who.id, &all, &count));
	if (strcmp(purpose, PASSKEYS_ENROL) != 0)
		return count > 0 ? OK : FAIL(ERR_DENIED, "there is no passkey");
	if (count >= PASSKEYS_MAX)
		return err_set_field(ERR_INVALID, "name",
		    "would be one passkey too many");
	return require_fresh(by, count);
}

RESULT
passkeys_begin(struct flow *f, struct arena *a, const struct prover *by,
    const char *purpose, char challenge[PASSKEY_CHALLENGE_SIZE])
{
	AUTO(store_rollback) struct store *s = f->store;
	int64_t now = clock_now();

	TRY(make_challenge(challenge));
	TRY(store_begin(s));
	TRY(may_begin(f, a, by, purpose));
	TRY(passkey_challenge_save(s, challenge, by->who.id, purpose, now,
	    now + PASSKEY_CHALLENGE_LIFE));
	return store_commit(s);
}

/* In a transaction of its own, so that a failed try uses it up. */
static RESULT
take_challenge(struct flow *f, const char *member, const char *purpose,
    const char *challenge, struct buf *out)
{
	enum err code = passkey_challenge_take(f->store, challenge, member,
	    purpose, clock_now());

	if (code == ERR_NOT_FOUND)
		return err_set_field(ERR_INVALID, "challenge",
		    "is not one of ours, was used, or is too old");
	TRY(code);
	return base64url_decode(challenge, out);
}

static RESULT
fill_row(struct arena *a, const struct passkey *made, struct member_passkey *p)
{
	AUTO(buf_clear) struct buf id;

	buf_init(&id, 2 * CREDENTIAL_ID_MAX);
	TRY(base64url_encode(SPAN(made->credential_id,
	    made->credential_id_size), &id));
	p->id = arena_text(a, buf_text(&id));
	uint8_t *key = arena_get(a, made->public_key_size);
	memcpy(key, made->public_key, made->public_key_size);
	p->public_key = SPAN(key, made->public_key_size);
	p->counter = made->counter;
	return OK;
}

static RESULT
journal(struct flow *f, const struct actor *who, const char *act,
    const struct member_passkey *p)
{
	char fingerprint[PASSKEY_FINGERPRINT_SIZE];

	passkey_fingerprint(p->public_key, fingerprint);
	return audit_write(f, who, act, who->id, fingerprint, "");
}

static RESULT
store_new(struct flow *f, struct arena *a, const struct prover *by,
    const struct member_passkey *p)
{
	AUTO(store_rollback) struct store *s = f->store;

	TRY(store_begin(s));
	TRY(may_begin(f, a, by, PASSKEYS_ENROL));
	TRY(passkey_save(s, p));
	TRY(journal(f, &by->who, "passkey.added", p));
	return store_commit(s);
}

RESULT
passkeys_add(struct flow *f, struct arena *a, const struct prover *by,
    const struct new_passkey *n, struct member_passkey *out)
{
	struct passkey *made = arena_get(a, sizeof(*made));
	AUTO(buf_clear) struct buf challenge;
	struct relying_party rp;
	struct member_passkey p = {.member = by->who.id,
	    .name = n->name,
	    .created_at = clock_now()};

	buf_init(&challenge, CHALLENGE_BYTES);
	if (!*n->name || strlen(n->name) > PASSKEY_NAME_MAX)
		return err_set_field(ERR_INVALID, "name",
		    "has 1 to 100 characters");
	TRY(passkeys_party(f, &rp));
	TRY(take_challenge(f, by->who.id, PASSKEYS_ENROL, n->challenge,
	    &challenge));
	TRY(passkey_register(n->attestation, n->client_data, &rp,
	    span_of_buf(&challenge), made));
	TRY(fill_row(a, made, &p));
	TRY(store_new(f, a, by, &p));
	*out = p;
	return OK;
}

RESULT
passkeys_remove(struct flow *f, struct arena *a, const struct prover *by,
    const char *id)
{
	AUTO(store_rollback) struct store *s = f->store;
	struct member_passkey p;

	TRY(store_begin(s));
	TRY(passkey_load(s, a, id, &p));
	if (strcmp(p.member, by->who.id) != 0)
		return FAIL(ERR_NOT_FOUND, "somebody else's");
	TRY(require_fresh(by, 1));
	TRY(passkey_remove(s, id, by->who.id));
	TRY(session_passkey_end(s, by->who.id));
	TRY(journal(f, &by->who, "passkey.removed", &p));
	return store_commit(s);
}

RESULT
passkeys_check(struct flow *f, struct arena *a, const char *member,
    const struct assertion *x, struct span challenge)
{
	AUTO(buf_clear) struct buf id;
	struct member_passkey p;
	struct relying_party rp;
	uint32_t counter;

	buf_init(&id, 2 * CREDENTIAL_ID_MAX);
	TRY(base64url_encode(x->credential_id, &id));
	enum err found = passkey_load(f->store, a, buf_text(&id), &p);
	if (found == ERR_NOT_FOUND ||
	    (found == OK && strcmp(p.member, member) != 0))
		return FAIL(ERR_DENIED, "not a passkey of this member");
	TRY(found);
	TRY(passkeys_party(f, &rp));
	TRY(assertion_verify(x, &rp, challenge, p.public_key, &counter));
	if (!assertion_counter_holds((uint32_t)p.counter, counter))
		return FAIL(ERR_DENIED, "a copy of this passkey was used");
	return passkey_used(f->store, p.id, counter, clock_now());
}

RESULT
passkeys_prove(struct flow *f, struct arena *a, const struct actor *who,
    const char *challenge, const struct assertion *x)
{
	AUTO(store_rollback) struct store *s = f->store;
	AUTO(buf_clear) struct buf bytes;

	buf_init(&bytes, CHALLENGE_BYTES);
	TRY(take_challenge(f, who->id, PASSKEYS_LOGIN, challenge, &bytes));
	TRY(store_begin(s));
	TRY(passkeys_check(f, a, who->id, x, span_of_buf(&bytes)));
	TRY(audit_write(f, who, "session.proven", who->id, "passkey", ""));
	return store_commit(s);
}
