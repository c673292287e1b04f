/*
 * Proof of who asks.
 *
 * Cookies prove a person's browser and therefore need the same-origin check;
 * an API key is never sent by a browser on its own. The participant's cookie
 * is not stored: it is a keyed digest of registration, link generation, hand-
 * over and time, so that a new link ends the old cookies, and a desktop that
 * goes on by itself that of the phone.
 */
#include "web/who.h"

#include "base/clock.h"
#include "base/codec.h"
#include "flow/credentials.h"
#include "flow/handover.h"

#define KEY_MAX 200

struct rights
rights_of(const char *role)
{
#define RIGHTS(name, sees, creates, revokes, reviews)                          \
	if (strcmp(role, #name) == 0)                                          \
		return (struct rights){sees, creates, revokes, reviews};
#include "web/rights.def"
#undef RIGHTS
	return (struct rights){false, false, false, false};
}

/* same origin */

/* scheme://host[:port] of an address, as long as it lasts. */
static size_t
origin_size(const char *url)
{
	const char *host = strstr(url, "://");

	return host ? (size_t)(host + 3 - url) + strcspn(host + 3, "/") : 0;
}

static bool
is_ours(const struct request *q, const char *origin)
{
	const char *base = conf_text(q->web->conf, CONF_web_base_url);
	const char *host = strstr(origin, "://");
	size_t size = origin_size(base);

	if (strlen(origin) == size && strncmp(origin, base, size) == 0)
		return true;
	return host && strcmp(host + 3, request_header(q, "Host")) == 0;
}

RESULT
who_same_origin(const struct request *q)
{
	const char *origin = request_header(q, "Origin");
	const char *site = request_header(q, "Sec-Fetch-Site");

	if (*origin && !is_ours(q, origin))
		return FAIL(ERR_DENIED, "sent from a page of another origin");
	if (!*origin && *site && strcmp(site, "same-origin") != 0 &&
	    strcmp(site, "none") != 0)
		return FAIL(ERR_DENIED, "sent from a page of another site");
	return OK;
}

/* API keys */

/* The key in "Bearer KEY" or "Basic base64(KEY:)"; secret, wiped after. */
static RESULT
read_key(const char *header, struct buf *out)
{
	if (strncasecmp(header, "Bearer ", 7) == 0)
		return buf_add_text(out, header + 7);
	if (strncasecmp(header, "Basic ", 6) != 0)
		return FAIL(ERR_UNAUTHORISED, "an unknown scheme");
	TRY(base64_decode(span_of_text(header + 6), out));
	size_t size = strcspn(buf_text(out), ":");
	if (size + 1 < out->size)
		return FAIL(ERR_UNAUTHORISED, "a key has no password");
	if (size < out->size)
		out->data[size] = '\0';
	out->size = size;
	return OK;
}

static RESULT
check_key(struct request *q, const char *header)
{
	AUTO(buf_wipe) struct buf key;
	char digest[DIGEST_TEXT_SIZE];
	struct api_key found;
	struct flow *f;

	buf_init(&key, KEY_MAX);
	if (read_key(header, &key) != OK)
		return FAIL(ERR_UNAUTHORISED, "not an API key");
	token_digest(buf_text(&key), digest);
	TRY(request_flow(q, &f));
	enum err code = api_key_find(f->store, &q->arena, digest, &found);
	if (code == ERR_NOT_FOUND || (code == OK && found.revoked_at != 0))
		return FAIL(ERR_UNAUTHORISED, "no such API key");
	TRY(code);
	q->caller = (struct caller){.kind = CALLER_KEY, .id = found.id,
	    .name = found.name, .email = "", .role = "",
	    .workspace = found.workspace, .scopes = found.scopes};
	return OK;
}

/* members */

static RESULT
check_session(struct request *q)
{
	const char *token = request_cookie(q, SESSION_COOKIE);
	char digest[DIGEST_TEXT_SIZE];
	int64_t passkey_at;
	struct member m;
	struct flow *f;

	if (!*token)
		return FAIL(ERR_UNAUTHORISED, "no session");
	token_digest(token, digest);
	TRY(request_flow(q, &f));
	enum err code = session_member(f->store, &q->arena, digest,
	    clock_now(), &m);
	if (code == ERR_NOT_FOUND)
		return FAIL(ERR_UNAUTHORISED, "the session is over");
	TRY(code);
	TRY(session_proven(f->store, digest, clock_now(), &passkey_at));
	q->caller = (struct caller){.kind = CALLER_MEMBER, .id = m.id,
	    .name = m.name, .email = m.email, .role = m.role,
	    .workspace = m.workspace, .scopes = "", .passkey_at = passkey_at};
	return OK;
}

static bool
has_scope(const struct request *q, const char *scope)
{
	return word_in(q->caller.scopes, scope, strlen(scope));
}

static bool
key_may(const struct request *q, enum who who)
{
	switch (who) {
	case WHO_MEMBER:
		return has_scope(q, "read") || has_scope(q, "registrations") ||
		    has_scope(q, "certificates");
	case WHO_CREATOR:
		return has_scope(q, "registrations");
	case WHO_REVOKER:
		return has_scope(q, "revoke");
	case WHO_SIGNED_IN:
	case WHO_OPERATOR:
	case WHO_PARTICIPANT:
	case WHO_PUBLIC:
	case WHO_LOCAL:
		break;
	}
	return false;
}

static bool
member_may(const struct request *q, enum who who)
{
	struct rights may = rights_of(q->caller.role);

	switch (who) {
	case WHO_SIGNED_IN:
		return true;
	case WHO_MEMBER:
		return may.sees;
	case WHO_CREATOR:
		return may.creates;
	case WHO_REVOKER:
		return may.revokes;
	case WHO_OPERATOR:
		return may.reviews;
	case WHO_PARTICIPANT:
	case WHO_PUBLIC:
	case WHO_LOCAL:
		break;
	}
	return false;
}

static RESULT
check_member(struct request *q)
{
	const char *header = request_header(q, "Authorization");
	enum who who = q->route->who;

	if (*header)
		TRY(check_key(q, header));
	else
		TRY(check_session(q));
	bool may = *header ? key_may(q, who) : member_may(q, who);
	return may ? OK : FAIL(ERR_DENIED, "not in this role");
}

struct prover
request_prover(const struct request *q)
{
	return (struct prover){request_actor(q), q->caller.passkey_at};
}

/* participants */

RESULT
participant_cookie(struct request *q, const struct registration *r,
    int64_t handed, int64_t issued_at, const char **out)
{
	const struct span parts[] = {
		span_of_text("participant's cookie"),
		span_of_text(r->id),
		SPAN(&r->generation, sizeof(r->generation)),
		SPAN(&handed, sizeof(handed)),
		SPAN(&issued_at, sizeof(issued_at)),
	};
	struct digest d = digest_keyed(span_of_secret(&q->web->keys->link),
	    parts, 5);
	AUTO(buf_clear) struct buf text;

	buf_init(&text, 100);
	TRY(buf_add_format(&text, "%lld.%lld.", (long long)issued_at,
	    (long long)handed));
	TRY(base64url_encode(SPAN(d.bytes, sizeof(d.bytes)), &text));
	*out = arena_text(&q->arena, buf_text(&text));
	return OK;
}

static RESULT
check_participant(struct request *q)
{
	const char *given = request_cookie(q, PARTICIPANT_COOKIE), *right;
	int64_t now = clock_now(), issued_at, handed;
	char *rest;
	struct registration r;
	struct flow *f;

	if (!*given || !id_is("reg", param(q)))
		return FAIL(ERR_UNAUTHORISED, "no participant's cookie");
	issued_at = strtoll(given, &rest, 10);
	handed = *rest ? strtoll(rest + 1, NULL, 10) : 0;
	TRY(request_flow(q, &f));
	enum err code = registration_load(f->store, &q->arena, param(q), &r);
	if (code == ERR_NOT_FOUND)
		return FAIL(ERR_UNAUTHORISED, "no such registration");
	TRY(code);
	TRY(participant_cookie(q, &r, handed, issued_at, &right));
	if (issued_at > now + MINUTE || issued_at < now - PARTICIPANT_MS ||
	    !span_equal(span_of_text(given), span_of_text(right)))
		return FAIL(ERR_UNAUTHORISED, "the cookie is not right");
	if (handed != 0)
		TRY(handover_holds(f, &q->arena, r.id, handed));
	q->caller = (struct caller){.kind = CALLER_PARTICIPANT, .id = r.id,
	    .name = "", .email = "", .role = "", .workspace = r.workspace,
	    .scopes = ""};
	return OK;
}

RESULT
who_check(struct request *q)
{
	switch (q->route->who) {
	case WHO_PUBLIC:
		return OK;
	case WHO_LOCAL:
		return q->loopback ? OK
		                   : FAIL(ERR_NOT_FOUND, "not from outside");
	case WHO_PARTICIPANT:
		return check_participant(q);
	case WHO_SIGNED_IN:
	case WHO_MEMBER:
	case WHO_CREATOR:
	case WHO_REVOKER:
	case WHO_OPERATOR:
		return check_member(q);
	}
	return FAIL(ERR_INTERNAL, "unknown caller");
}
