/*
 * Passkeys of members. Challenges are taken out of the store by the answer,
 * whether it holds or not: each is good for one try.
 */
#include "flow/passkeys.h"

#include "base/codec.h"

#define RANDOM_BYTES 24
#define CODE_LETTERS 16

RESULT
passkeys_party(const struct flow *f, struct relying_party *out)
{
	return relying_party_of(conf_text(f->conf, CONF_web_base_url), out);
}

/* What a challenge says it is for. Not 32 octets with the random ones: that
 * is the form of an approval's digest. */
static struct span
words_of(const char *purpose)
{
	return span_of_text(strcmp(purpose, PASSKEYS_ENROL) == 0
		? "paraph enrol:"
		: "paraph login:");
}

static RESULT
make_challenge(const char *purpose, char out[PASSKEY_CHALLENGE_SIZE])
{
	uint8_t random[RANDOM_BYTES];
	AUTO(buf_clear) struct buf bytes, text;

	random_bytes(random, sizeof(random));
	buf_init(&bytes, PASSKEY_CHALLENGE_BYTES);
	buf_init(&text, PASSKEY_CHALLENGE_SIZE);
	TRY(buf_add_span(&bytes, words_of(purpose)));
	TRY(buf_add(&bytes, random, sizeof(random)));
	TRY(base64url_encode(span_of_buf(&bytes), &text));
	snprintf(out, PASSKEY_CHALLENGE_SIZE, "%s", buf_text(&text));
	return OK;
}

/* Also of one that came out of the store: a row that was changed into the
 * digest of an approval signs nobody in. */
static RESULT
check_challenge(const char *purpose, struct span bytes)
{
	struct span words = words_of(purpose);

	if (bytes.size != PASSKEY_CHALLENGE_BYTES ||
	    !span_equal(SPAN(bytes.data, words.size), words))
		return err_set_field(ERR_INVALID, "challenge",
		    "is not one of ours");
	return OK;
}

/* Whatever the case, and however it was written down. */
static void
code_digest(const char *code, char out[DIGEST_TEXT_SIZE])
{
	char letters[CODE_LETTERS + 1] = "";
	size_t n = 0;
	struct digest d;

	for (; *code && n < CODE_LETTERS; code++)
		if (*code != '-' && *code != ' ')
			letters[n++] = (char)(*code >= 'a' && *code <= 'z'
				? *code - 'a' + 'A'
				: *code);
	d = digest_sha256(span_of_text(*code ? "" : letters));
	digest_format(&d, out);
}

RESULT
passkeys_code(struct flow *f, const struct actor *who, const char *member,
    char code[PASSKEY_CODE_SIZE])
{
	/* 30 letters that are not taken for each other: 78 bits */
	static const char alphabet[] = "23456789BCDFGHJKLMNPQRSTVWXYZA";
	AUTO(store_rollback) struct store *s = f->store;
	char digest[DIGEST_TEXT_SIZE];
	size_t n = 0;

	for (int i = 0; i < CODE_LETTERS; i++) {
		if (i > 0 && i % 4 == 0)
			code[n++] = '-';
		code[n++] = alphabet[random_below(sizeof(alphabet) - 1)];
	}
	code[n] = '\0';
	code_digest(code, digest);
	TRY(store_begin(s));
	TRY(enrolment_code_save(s, member, digest,
	    clock_now() + PASSKEY_CODE_LIFE));
	TRY(audit_write(f, who, "passkey.code_made", member, "", ""));
	return store_commit(s);
}

/* A change of what is there already. */
static RESULT
require_fresh(const struct prover *by, size_t count)
{
	if (count == 0 || by->passkey_at > clock_now() - PASSKEY_FRESH)
		return OK;
	return FAIL(ERR_PASSKEY_NEEDED, "to change passkeys, prove one");
}

RESULT
passkeys_lost(struct flow *f, struct arena *a, const struct actor *who,
    const char *member)
{
	AUTO(store_rollback) struct store *s = f->store;
	struct member_passkey *all;
	size_t count;

	TRY(store_begin(s));
	TRY(passkey_list(s, a, member, &all, &count));
	for (size_t i = 0; i < count; i++)
		TRY(passkey_remove(s, all[i].id, member));
	TRY(session_passkey_end(s, member));
	TRY(audit_write(f, who, "passkey.lost", member,
	    arena_format(a, "%zu", count), ""));
	return store_commit(s);
}

/* A password alone, stolen or guessed, makes nobody an operator. */
static RESULT
require_code(struct flow *f, const struct prover *by, const char *code)
{
	char digest[DIGEST_TEXT_SIZE];

	code_digest(code, digest);
	enum err found = enrolment_code_find(f->store, by->who.id, digest,
	    clock_now());
	return found == ERR_NOT_FOUND
	    ? FAIL(ERR_ENROLMENT_CODE, "no such code for this member")
	    : found;
}

static RESULT
may_begin(struct flow *f, struct arena *a, const struct prover *by,
    const char *purpose, const char *code)
{
	struct member_passkey *all;
	size_t count;

	TRY(passkey_list(f->store, a, by->who.id, &all, &count));
	if (strcmp(purpose, PASSKEYS_ENROL) != 0)
		return count > 0 ? OK : FAIL(ERR_DENIED, "there is no passkey");
	if (count >= PASSKEYS_MAX)
		return err_set_field(ERR_INVALID, "name",
		    "would be one passkey too many");
	if (count == 0 && by->who.kind == ACTOR_operator)
		return require_code(f, by, code);
	return require_fresh(by, count);
}

RESULT
passkeys_begin(struct flow *f, struct arena *a, const struct prover *by,
    const char *purpose, const char *code,
    char challenge[PASSKEY_CHALLENGE_SIZE])
{
	AUTO(store_rollback) struct store *s = f->store;
	int64_t now = clock_now();

	TRY(make_challenge(purpose, challenge));
	TRY(store_begin(s));
	TRY(may_begin(f, a, by, purpose, code));
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
	TRY(base64url_decode(challenge, out));
	return check_challenge(purpose, span_of_buf(out));
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
    const char *code, const struct member_passkey *p)
{
	AUTO(store_rollback) struct store *s = f->store;

	TRY(store_begin(s));
	TRY(may_begin(f, a, by, PASSKEYS_ENROL, code));
	TRY(enrolment_code_remove(s, by->who.id));
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

	buf_init(&challenge, PASSKEY_CHALLENGE_SIZE);
	if (!*n->name || strlen(n->name) > PASSKEY_NAME_MAX)
		return err_set_field(ERR_INVALID, "name",
		    "has 1 to 100 characters");
	TRY(passkeys_party(f, &rp));
	TRY(take_challenge(f, by->who.id, PASSKEYS_ENROL, n->challenge,
	    &challenge));
	TRY(passkey_register(n->attestation, n->client_data, &rp,
	    span_of_buf(&challenge), made));
	TRY(fill_row(a, made, &p));
	TRY(store_new(f, a, by, n->code, &p));
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

	buf_init(&bytes, PASSKEY_CHALLENGE_SIZE);
	TRY(take_challenge(f, who->id, PASSKEYS_LOGIN, challenge, &bytes));
	TRY(store_begin(s));
	TRY(passkeys_check(f, a, who->id, x, span_of_buf(&bytes)));
	TRY(audit_write(f, who, "session.proven", who->id, "passkey", ""));
	return store_commit(s);
}
