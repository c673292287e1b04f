/*
 * Passkeys: a member's own, and sign-in with one on top of the password.
 *
 * A session that a passkey proved gets a new token: one that was stolen while
 * it was worth less does not become worth more.
 */
#include "flow/credentials.h"
#include "flow/passkeys.h"
#include "web/assertion.h"
#include "web/limit.h"
#include "web/who.h"

static void
write_allowed(struct json *j, const char *key,
    const struct member_passkey *rows, size_t count)
{
	json_list(j, key);
	for (size_t i = 0; i < count; i++)
		json_text(j, NULL, rows[i].id);
	json_end(j);
}

static void
write_party(struct json *j, const struct relying_party *rp)
{
	json_open(j, "rp");
	json_text(j, "id", rp->id);
	json_text(j, "name", "Paraph");
	json_close(j);
}

static void
write_user(struct json *j, const struct caller *c)
{
	json_open(j, "user");
	json_text(j, "id", c->id);
	json_text(j, "name", c->email);
	json_text(j, "display_name", c->name);
	json_close(j);
}

RESULT
handle_passkey_begin(struct request *q)
{
	struct prover by = request_prover(q);
	char challenge[PASSKEY_CHALLENGE_SIZE];
	struct member_passkey *rows;
	struct relying_party rp;
	struct flow *f;
	size_t count;

	TRY(request_flow(q, &f));
	TRY(passkeys_party(f, &rp));
	TRY(passkeys_begin(f, &q->arena, &by, PASSKEYS_ENROL,
	    text(q, FIELD_passkey_begin_code), challenge));
	TRY(passkey_list(f->store, &q->arena, by.who.id, &rows, &count));
	struct json j = reply_json(q, 200);
	json_open(&j, NULL);
	json_text(&j, "object", "passkey_request");
	json_text(&j, "challenge", challenge);
	write_party(&j, &rp);
	write_user(&j, &q->caller);
	write_allowed(&j, "exclude", rows, count);
	json_list(&j, "algorithms");
	json_number(&j, NULL, COSE_ES256);
	json_number(&j, NULL, COSE_RS256);
	json_end(&j);
	json_close(&j);
	return json_done(&j);
}

static void
write_passkey(struct json *j, const struct member_passkey *p)
{
	char fingerprint[PASSKEY_FINGERPRINT_SIZE];

	passkey_fingerprint(p->public_key, fingerprint);
	json_open(j, NULL);
	json_text(j, "object", "passkey");
	json_text(j, "id", p->id);
	json_text(j, "name", p->name);
	json_text(j, "fingerprint", fingerprint);
	json_time(j, "created_at", p->created_at);
	json_time(j, "used_at", p->used_at);
	json_close(j);
}

RESULT
handle_passkey_add(struct request *q)
{
	struct prover by = request_prover(q);
	struct new_passkey n = {.challenge = text(q, FIELD_passkey_challenge),
	    .name = text(q, FIELD_passkey_name),
	    .code = text(q, FIELD_passkey_code)};
	struct member_passkey p;
	struct flow *f;

	TRY(assertion_bytes(q, FIELD_passkey_attestation, "attestation",
	    &n.attestation));
	TRY(assertion_bytes(q, FIELD_passkey_client_data, "client_data",
	    &n.client_data));
	TRY(request_flow(q, &f));
	TRY(passkeys_add(f, &q->arena, &by, &n, &p));
	struct json j = reply_json(q, 201);
	write_passkey(&j, &p);
	return json_done(&j);
}

RESULT
handle_passkey_list(struct request *q)
{
	struct member_passkey *rows;
	struct flow *f;
	size_t count;

	TRY(request_flow(q, &f));
	TRY(passkey_list(f->store, &q->arena, q->caller.id, &rows, &count));
	struct json j = reply_json(q, 200);
	json_open(&j, NULL);
	json_text(&j, "object", "list");
	json_list(&j, "data");
	for (size_t i = 0; i < count; i++)
		write_passkey(&j, &rows[i]);
	json_end(&j);
	json_bool(&j, "has_more", false);
	json_nothing(&j, "next_cursor");
	json_close(&j);
	return json_done(&j);
}

RESULT
handle_passkey_remove(struct request *q)
{
	struct prover by = request_prover(q);
	struct flow *f;

	TRY(request_flow(q, &f));
	TRY(passkeys_remove(f, &q->arena, &by, param(q)));
	struct json j = reply_json(q, 200);
	json_open(&j, NULL);
	json_text(&j, "object", "passkey");
	json_text(&j, "id", param(q));
	json_bool(&j, "removed", true);
	json_close(&j);
	return json_done(&j);
}

RESULT
handle_login_passkey_begin(struct request *q)
{
	struct prover by = request_prover(q);
	char challenge[PASSKEY_CHALLENGE_SIZE];
	struct member_passkey *rows;
	struct relying_party rp;
	struct flow *f;
	size_t count;

	TRY(request_flow(q, &f));
	TRY(passkeys_party(f, &rp));
	TRY(passkeys_begin(f, &q->arena, &by, PASSKEYS_LOGIN, "",
	    challenge));
	TRY(passkey_list(f->store, &q->arena, by.who.id, &rows, &count));
	struct json j = reply_json(q, 200);
	json_open(&j, NULL);
	json_text(&j, "object", "passkey_request");
	json_text(&j, "challenge", challenge);
	json_text(&j, "rp_id", rp.id);
	write_allowed(&j, "allow", rows, count);
	json_close(&j);
	return json_done(&j);
}

static RESULT
exchange_session(struct request *q, struct flow *f)
{
	AUTO(store_rollback) struct store *s = f->store;
	char old[DIGEST_TEXT_SIZE];

	q->caller.passkey_at = clock_now();
	token_digest(request_cookie(q, SESSION_COOKIE), old);
	TRY(store_begin(s));
	TRY(session_begin(q, f, q->caller.id, q->caller.passkey_at));
	TRY(session_end(s, old));
	return store_commit(s);
}

RESULT
handle_login_passkey(struct request *q)
{
	struct actor who = request_actor(q);
	struct assertion x;
	struct flow *f;

	TRY(limit_count(q->web->limits, LIMIT_passkey, q->caller.id,
	    clock_now(), &q->reply.wait));
	TRY(ASSERTION_READ(q, login_passkey, &x));
	TRY(request_flow(q, &f));
	TRY(passkeys_prove(f, &q->arena, &who,
	    text(q, FIELD_login_passkey_challenge), &x));
	TRY(exchange_session(q, f));
	return me_write(q, &q->caller);
}
