/*
 * Passkeys of members: made, used to sign in, removed.
 *
 * An operator's first one needs a code beside the password, which an
 * administrator made and handed over; what it may approve at the qcp levels is
 * nothing before two people have enrolled it on the signer's machine. Every
 * change after that needs a session that a passkey proved a moment ago, so
 * that a stolen password, or a session left open, adds none.
 *
 * A challenge here begins with words that say what for, and is longer than the
 * digest that an approval's is: no digest can be signed as a sign-in.
 */
#pragma once

#include "approval/passkey.h"
#include "base/clock.h"
#include "flow/audit.h"

#define PASSKEY_CHALLENGE_BYTES 37 /* 13 of words, 24 random */
#define PASSKEY_CHALLENGE_SIZE 51 /* base64url, NUL */
#define PASSKEY_CHALLENGE_LIFE (5 * MINUTE)
#define PASSKEY_FRESH (10 * MINUTE)
#define PASSKEYS_MAX 10 /* of a member */
#define PASSKEY_NAME_MAX 100
#define PASSKEY_CODE_SIZE 20 /* four times four letters, dashes, NUL */
#define PASSKEY_CODE_LIFE (3 * DAY)

#define PASSKEYS_ENROL "enrol"
#define PASSKEYS_LOGIN "login"

/* A member, and when this session was proven by a passkey; 0: never. */
struct prover {
	struct actor who;
	int64_t passkey_at;
};

/* A code for the first passkey of a member, in the place of the last one. */
RESULT passkeys_code(struct flow *f, const struct actor *who,
    const char *member, char code[PASSKEY_CODE_SIZE]);

/* Takes all passkeys of a member away, who has lost them. */
RESULT passkeys_lost(struct flow *f, struct arena *a, const struct actor *who,
    const char *member);

/* A challenge for one purpose, in the place of the last one. code: "" where
 * none is needed. ERR_DENIED: to sign in without having one;
 * ERR_PASSKEY_NEEDED: to add one to others without having proven them;
 * ERR_ENROLMENT_CODE: an operator's first one without its code. */
RESULT passkeys_begin(struct flow *f, struct arena *a, const struct prover *by,
    const char *purpose, const char *code,
    char challenge[PASSKEY_CHALLENGE_SIZE]);

/* The browser's answer. ERR_INVALID with the field; ERR_CONFLICT: it is
 * somebody's already. */
struct new_passkey {
	const char *challenge, *name, *code;
	struct span attestation, client_data;
};

RESULT passkeys_add(struct flow *f, struct arena *a, const struct prover *by,
    const struct new_passkey *n, struct member_passkey *out);
RESULT passkeys_remove(struct flow *f, struct arena *a,
    const struct prover *by, const char *id);

/*
 * Sign-in: the assertion answers the challenge with a key of the member.
 * ERR_DENIED when it does not. Writes the journal; the session is the
 * caller's.
 */
RESULT passkeys_prove(struct flow *f, struct arena *a, const struct actor *who,
    const char *challenge, const struct assertion *x);

/* Inside the caller's transaction: the assertion is over these bytes, by a
 * key of the member; its counter goes on. ERR_DENIED when not. */
RESULT passkeys_check(struct flow *f, struct arena *a, const char *member,
    const struct assertion *x, struct span challenge);

/* Of web.base_url. */
RESULT passkeys_party(const struct flow *f, struct relying_party *out);
