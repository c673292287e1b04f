/*
 * Members sign in and out.
 *
 * An address that does not exist is treated like one that does: the same
 * time to check, the same lock after five failures, the same answers.
 */
#include "web/who.h"

#include "base/clock.h"
#include "flow/audit.h"
#include "flow/credentials.h"
#include "ident/person.h"
#include "web/limit.h"

#include <semaphore.h>

#define FAILURES_MAX 5
#define LOCK_MS (15 * MINUTE)
#define HASHES_AT_ONCE 2 /* 19 MiB and a core each */
#define HASH_WAIT_SECONDS 10

static sem_t hashes;
static pthread_once_t hashes_once = PTHREAD_ONCE_INIT;

static void
hashes_init(void)
{
	sem_init(&hashes, 0, HASHES_AT_ONCE);
}

static RESULT
check_password(const char *password, const char *hash)
{
	struct timespec until;

	pthread_once(&hashes_once, hashes_init);
	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += HASH_WAIT_SECONDS;
	if (sem_timedwait(&hashes, &until) != 0)
		return FAIL(ERR_UNAVAILABLE, "too many sign in at once");
	enum err code = password_check(password, hash);
	sem_post(&hashes);
	return code;
}

/* Who it would be; an unknown one has no id and no hash. */
static RESULT
find_member(struct request *q, const char *folded, struct member *out)
{
	struct flow *f;

	TRY(request_flow(q, &f));
	enum err code = member_find(f->store, &q->arena, folded, out);
	request_release(q); /* not held while hashing */
	if (code == ERR_NOT_FOUND) {
		*out = (struct member){.id = "", .password_hash = ""};
		return OK;
	}
	return code;
}

static RESULT
check_lock(struct request *q, const struct member *m)
{
	int64_t left = m->locked_until - clock_now();

	if (left <= 0)
		return OK;
	q->reply.wait = left / SECOND + 1;
	return FAIL(ERR_TOO_MANY, "locked after failures");
}

/* A try counts before its password is looked at: of many at the same time,
 * only as many are looked at as may fail. */
static RESULT
count_try(struct request *q, const char *folded)
{
	struct limits *l = q->web->limits;
	int64_t now = clock_now();

	TRY(limit_count(l, LIMIT_login, q->address, now, &q->reply.wait));
	enum err code = limit_count(l, LIMIT_password, folded, now,
	    &q->reply.wait);
	if (code != OK)
		limit_forgive(l, LIMIT_login, q->address);
	return code;
}

static void
forgive_try(struct request *q, const char *folded)
{
	limit_forgive(q->web->limits, LIMIT_login, q->address);
	limit_forgive(q->web->limits, LIMIT_password, folded);
}

/* Loads it again, so that tries at the same time are all counted. */
static RESULT
count_failure(struct request *q, const struct member *m)
{
	int64_t now = clock_now();
	struct member fresh;
	struct flow *f;

	if (!*m->id)
		return OK;
	TRY(request_flow(q, &f));
	TRY(store_begin(f->store));
	TRY(member_load(f->store, &q->arena, m->id, &fresh));
	if (++fresh.failures >= FAILURES_MAX) {
		fresh.failures = 0;
		fresh.locked_until = now + LOCK_MS;
	}
	TRY(member_save(f->store, &fresh));
	return store_commit(f->store);
}

/* The row as it is now: hashing took seconds in which the password may have
 * been changed, and saving the old one would take that back. */
static RESULT
forget_failures(struct request *q, struct flow *f, const struct member *m)
{
	struct member fresh;

	TRY(member_load(f->store, &q->arena, m->id, &fresh));
	if (strcmp(fresh.password_hash, m->password_hash) != 0)
		return FAIL(ERR_UNAUTHORISED, "changed meanwhile");
	if (fresh.failures == 0 && fresh.locked_until == 0)
		return OK;
	fresh.failures = fresh.locked_until = 0;
	return member_save(f->store, &fresh);
}

RESULT
session_begin(struct request *q, struct flow *f, const char *member,
    int64_t passkey_at)
{
	char token[TOKEN_SIZE], digest[DIGEST_TEXT_SIZE];
	int64_t now = clock_now();

	TRY(token_make("", token));
	token_digest(token, digest);
	TRY(session_save(f->store, digest, member, now, now + SESSION_MS));
	if (passkey_at)
		TRY(session_prove(f->store, digest, passkey_at));
	reply_cookie(q, SESSION_COOKIE, token, "/", SESSION_MS / SECOND);
	return OK;
}

RESULT
session_unprove(struct request *q, struct flow *f)
{
	char digest[DIGEST_TEXT_SIZE];

	token_digest(request_cookie(q, SESSION_COOKIE), digest);
	return session_prove(f->store, digest, 0);
}

static RESULT
begin_session(struct request *q, struct member *m)
{
	struct actor who = {ACTOR_workspace, m->id, m->name};
	struct flow *f;

	TRY(request_flow(q, &f));
	TRY(store_begin(f->store));
	TRY(forget_failures(q, f, m));
	TRY(session_begin(q, f, m->id, 0));
	TRY(audit_write(f, &who, "session.began", m->id, m->role, ""));
	return store_commit(f->store);
}

static void
write_rights(struct json *j, const char *role)
{
	struct rights may = rights_of(role);

	json_open(j, "can");
	json_bool(j, "see", may.sees);
	json_bool(j, "create", may.creates);
	json_bool(j, "revoke", may.revokes);
	json_bool(j, "review", may.reviews);
	json_close(j);
}

static RESULT
write_workspace(struct request *q, struct flow *f, struct json *j,
    const char *id)
{
	struct workspace w;
	bool on;

	if (!*id) {
		json_nothing(j, "workspace");
		return OK;
	}
	TRY(workspace_load(f->store, &q->arena, id, &w));
	json_open(j, "workspace");
	json_text(j, "id", w.id);
	json_text(j, "name", w.name);
	json_bool(j, "test", w.test);
	json_text(j, "language", w.language);
	json_open(j, "features");
	for (size_t i = 0; i < FEATURE_COUNT; i++) {
		TRY(feature_on(f->store, id, feature_names[i], &on));
		json_bool(j, feature_names[i], on);
	}
	json_close(j);
	json_close(j);
	return OK;
}

bool
cover_takes_passkey(const struct flow *f)
{
	return strcmp(conf_text(f->conf, CONF_review_cover_opens), "key") != 0;
}

/* Until when the training counts, and by what this session is proven. */
static RESULT
write_proof(struct request *q, struct flow *f, struct json *j,
    const struct caller *c)
{
	struct member_passkey *passkeys;
	struct member m;
	size_t count;

	TRY(member_load(f->store, &q->arena, c->id, &m));
	TRY(passkey_list(f->store, &q->arena, c->id, &passkeys, &count));
	json_number(j, "passkeys", (int64_t)count);
	json_bool(j, "passkey_session", c->passkey_at > 0);
	if (strcmp(c->role, "operator") != 0)
		return OK;
	json_time(j, "training_until", m.training_until);
	json_open(j, "cover");
	json_number(j, "minutes",
	    conf_number(f->conf, CONF_review_cover_minutes));
	json_text(j, "opens", cover_takes_passkey(f) ? "passkey" : "key");
	json_close(j);
	return OK;
}

RESULT
me_write(struct request *q, const struct caller *c)
{
	bool key = c->kind == CALLER_KEY;
	struct json j = reply_json(q, 200);
	struct flow *f;

	TRY(request_flow(q, &f));
	json_open(&j, NULL);
	json_text(&j, "object", key ? "api_key" : "member");
	json_text(&j, "id", c->id);
	json_text(&j, "email", c->email);
	json_text(&j, "name", c->name);
	json_text(&j, "role", c->role);
	write_rights(&j, c->role);
	if (!key)
		TRY(write_proof(q, f, &j, c));
	TRY(write_workspace(q, f, &j, c->workspace));
	json_close(&j);
	return json_done(&j);
}

static RESULT
sign_in(struct request *q, const char *folded, struct member *m)
{
	TRY(find_member(q, folded, m));
	TRY(check_lock(q, m));
	TRY(count_try(q, folded));
	enum err code = check_password(text(q, FIELD_login_password),
	    m->password_hash);
	if (code == ERR_UNAUTHORISED) {
		TRY(count_failure(q, m));
		return FAIL(ERR_UNAUTHORISED, "wrong e-mail or password");
	}
	forgive_try(q, folded);
	TRY(code);
	return begin_session(q, m);
}

RESULT
handle_login(struct request *q)
{
	char folded[PERSON_EMAIL_SIZE];
	struct member m;

	TRY(limit_look(q->web->limits, LIMIT_login, q->address, clock_now(),
	    &q->reply.wait));
	if (person_email_fold(text(q, FIELD_login_email), folded) != OK)
		return FAIL(ERR_UNAUTHORISED, "not an e-mail address");
	TRY(sign_in(q, folded, &m));
	struct caller c = {CALLER_MEMBER, m.id, m.name, m.email, m.role,
		m.workspace, "", 0};
	return me_write(q, &c);
}

RESULT
handle_logout(struct request *q)
{
	const char *token = request_cookie(q, SESSION_COOKIE);
	char digest[DIGEST_TEXT_SIZE];
	struct flow *f;

	if (*token) {
		token_digest(token, digest);
		TRY(request_flow(q, &f));
		TRY(session_end(f->store, digest));
	}
	reply_cookie(q, SESSION_COOKIE, "", "/", 0);
	struct json j = reply_json(q, 200);
	json_open(&j, NULL);
	json_text(&j, "object", "session");
	json_bool(&j, "ended", true);
	json_close(&j);
	return json_done(&j);
}

RESULT
handle_me(struct request *q)
{
	return me_write(q, &q->caller);
}
