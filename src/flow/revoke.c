/*
 * Revocation by the holder.
 *
 * Somebody whose key is in danger must not have to remember an account; who
 * only wants to harm must have a code. The mailbox is enough, because it was
 * what the certificate was asked with, and so is the phone, which was proven
 * with it.
 */
#include "flow/revoke.h"

#include "base/clock.h"
#include "flow/audit.h"
#include "flow/code.h"
#include "flow/decide.h"
#include "flow/notice.h"
#include "flow/registration.h"

#include <ctype.h>
#include <openssl/crypto.h>

#define LETTERS 12

static RESULT
in_force(struct flow *f, struct arena *a, const struct revoke_whose *whose,
    struct certificate **out, size_t *count)
{
	if (*whose->phone)
		return certificate_of_phone(
		    f->store, a, whose->phone, clock_now(), out, count);
	return certificate_matches(f->store, a, "", whose->email_folded, 0,
	    clock_now(), out, count);
}

static const char *
channel_of(const struct revoke_whose *whose)
{
	return *whose->phone ? CODE_REVOCATION_PHONE : CODE_REVOCATION;
}

static RESULT
send_code(struct flow *f, struct arena *a, const struct certificate *c,
    const struct revoke_whose *whose)
{
	const struct actor who = {ACTOR_participant, c->registration, ""};
	struct registration r;
	struct code code;

	TRY(registration_load(f->store, a, c->registration, &r));
	TRY(code_of(f, a, r.id, channel_of(whose), &code));
	enum err sent = code_renew(f, &code,
	    *whose->phone ? c->phone : r.email, clock_now());
	if (sent == ERR_TOO_MANY) {
		err_clear();
		return OK;
	}
	TRY(sent);
	TRY(audit_write(f, &who, "revocation.code_sent", c->id,
	    *whose->phone ? "phone" : "", ""));
	if (!*whose->phone)
		return notice_mail(f, &r, MAIL_revocation_code);
	r.phone = c->phone; /* the one that was proven */
	return notice_sms(f, &r, MAIL_revocation_code);
}

RESULT
revoke_send_codes(
    struct flow *f, struct arena *a, const struct revoke_whose *whose)
{
	AUTO(store_rollback) struct store *s = f->store;
	struct certificate *found;
	size_t count;

	TRY(store_begin(s));
	TRY(in_force(f, a, whose, &found, &count));
	for (size_t i = 0; i < count; i++)
		TRY(send_code(f, a, &found[i], whose));
	return store_commit(s);
}

/* Lower case, without what people put between letters. */
static void
tidy(const char *code, char out[LETTERS + 2])
{
	size_t used = 0;

	for (; *code && used < LETTERS + 1; code++)
		if (isalnum((unsigned char)*code))
			out[used++] = (char)tolower((unsigned char)*code);
	out[used] = '\0';
}

static RESULT
is_letters_of(struct flow *f, struct arena *a, const struct certificate *c,
    const char *code, bool *right)
{
	struct registration r;
	const char *own;

	TRY(registration_load(f->store, a, c->registration, &r));
	TRY(registration_revocation_code(f, a, &r, &own));
	*right = strlen(own) == strlen(code) &&
	    CRYPTO_memcmp(own, code, strlen(own)) == 0;
	return OK;
}

/* A row that takes no tries just has no right code. */
static RESULT
is_digits_of(struct flow *f, struct arena *a, const struct certificate *c,
    const struct revoke_whose *whose, const char *code, bool *right)
{
	struct code row;

	*right = false;
	TRY(code_of(f, a, c->registration, channel_of(whose), &row));
	enum err tried = code_try(f, &row, code, clock_now(), right);
	if (tried != ERR_WRONG_STATE && tried != ERR_TOO_MANY &&
	    tried != ERR_INVALID)
		return tried;
	err_clear();
	return OK;
}

static RESULT
find(struct flow *f, struct arena *a, const struct revoke_whose *whose,
    const char *code, const struct certificate **out)
{
	AUTO(store_rollback) struct store *s = f->store;
	struct certificate *found;
	size_t count;

	*out = NULL;
	TRY(store_begin(s));
	TRY(in_force(f, a, whose, &found, &count));
	for (size_t i = 0; i < count; i++) {
		bool right;
		if (strlen(code) == CODE_DIGITS)
			TRY(is_digits_of(f, a, &found[i], whose, code,
			    &right));
		else
			TRY(is_letters_of(f, a, &found[i], code, &right));
		if (right)
			*out = &found[i];
	}
	return store_commit(s);
}

RESULT
revoke_by_code(struct flow *f, struct arena *a,
    const struct revoke_whose *whose, const char *code, int reason,
    struct certificate *out)
{
	const struct certificate *c;
	char tidied[LETTERS + 2];

	tidy(code, tidied);
	TRY(find(f, a, whose, tidied, &c));
	if (!c)
		return err_set_field(ERR_INVALID, "code",
		    "fits no certificate in force that was made with it");
	const struct actor who = {ACTOR_participant, c->registration, ""};
	return decide_revoke(f, a, &who, c->id, reason, out);
}
