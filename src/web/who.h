/*
 * Who sends a request, and whether they may: sessions, API keys and the
 * participant's cookie.
 */
#pragma once

#include "flow/passkeys.h"
#include "web/route.h"

#define SESSION_COOKIE "paraph_session"
#define SESSION_MS (12 * HOUR)
#define PARTICIPANT_COOKIE "paraph_participant"
#define PARTICIPANT_MS (12 * HOUR)

struct rights {
	bool sees, creates, revokes, reviews;
};

/* All false for an unknown role. */
struct rights rights_of(const char *role);

/* Fills q->caller with what the route asks for: ERR_UNAUTHORISED,
 * ERR_DENIED, ERR_NOT_FOUND (for what strangers need not know of). */
RESULT who_check(struct request *q);

/* A write from a page must come from a page of ours. */
RESULT who_same_origin(const struct request *q);

/* The member who asks, and when a passkey proved the session. */
struct prover request_prover(const struct request *q);

/* A session for the member, in the caller's transaction, and its cookie. */
RESULT session_begin(struct request *q, struct flow *f, const char *member,
    int64_t passkey_at);

/* Counts as proven by a password alone, until a passkey proves it again. */
RESULT session_unprove(struct request *q, struct flow *f);
/* review.cover_opens: a passkey, and so is what is mistyped. */
bool cover_takes_passkey(const struct flow *f);

/* Who is signed in, as /v1/me tells it. */
RESULT me_write(struct request *q, const struct caller *c);

/* The value of the participant's cookie for a registration. handed: the
 * generation of the offer by which a phone came (flow/handover.h), with which
 * the cookie ends; 0: none, it came by the link. */
RESULT participant_cookie(struct request *q, const struct registration *r,
    int64_t handed, int64_t issued_at, const char **out);
