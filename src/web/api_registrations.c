/*
 * A workspace's requests: ask, look, cancel, remind.
 *
 * What belongs to another workspace does not exist for the caller: 404, as
 * for an id that was never given out.
 */
#include "base/clock.h"
#include "base/digest.h"
#include "web/route.h"
#include "web/limit.h"
#include "web/listing.h"
#include "web/registration_json.h"
#include "web/wake.h"

#define IDEMPOTENCY_KEY_MAX 100
#define IDEMPOTENCY_TRIES 20
#define IDEMPOTENCY_PAUSE_MS 50

static RESULT
answer_one(struct request *q, struct flow *f, int status,
    const struct registration *r)
{
	struct json j = reply_json(q, status);

	return registration_write(q, f, &j, r, true);
}

/* creation */

static const char *
phone_type(const struct request *q)
{
	const char *type = text(q, FIELD_registration_phone_number_type);

	/* to the participant flex_prerequisite is a suggestion: editable */
	return strcmp(type, "flex_prerequisite") == 0 ? "suggestion" : type;
}

static RESULT
create(struct request *q, struct flow *f, struct registration *out)
{
	struct actor who = request_actor(q);
	struct registration_request wish = {
		.workspace = q->caller.workspace,
		.email = text(q, FIELD_registration_applicant),
		.level = text(q, FIELD_registration_level),
		.fullname = text(q, FIELD_registration_fullname),
		.fullname_type = text(q, FIELD_registration_fullname_type),
		.phone = text(q, FIELD_registration_phone_number),
		.phone_type = phone_type(q),
		.language = text(q, FIELD_registration_language),
		.redirect_url = text(q, FIELD_registration_redirect_url),
		.metadata = text(q, FIELD_registration_metadata),
		.send_invitation = field_flag(&q->fields,
		    FIELD_registration_send_invitation, true),
	};

	if (field_given(&q->fields, FIELD_registration_id_validation))
		return err_set_field(ERR_INVALID, "id_validation",
		    "names no identity validation");
	return registration_create(f, &q->arena, &who, &wish, out);
}

/* Idempotency-Key: the id of what was made is kept, and shown anew. */

static RESULT
check_idempotency_key(const char *key)
{
	size_t size = strlen(key);

	for (size_t i = 0; i < size; i++)
		if (key[i] <= ' ' || key[i] > '~')
			return err_set_field(ERR_INVALID, "Idempotency-Key",
			    "is not printable ASCII");
	return size <= IDEMPOTENCY_KEY_MAX
	    ? OK
	    : err_set_field(ERR_INVALID, "Idempotency-Key",
		  "is longer than %d letters", IDEMPOTENCY_KEY_MAX);
}

static void
digest_of_body(const struct request *q, char out[DIGEST_TEXT_SIZE])
{
	struct digest d = digest_sha256(span_of_buf(&q->body));

	digest_format(&d, out);
}

/* ERR_NOT_FOUND: a new key. */
static RESULT
replay(struct request *q, struct flow *f, const char *key)
{
	char digest[DIGEST_TEXT_SIZE];
	struct idempotent before;
	struct registration r;

	digest_of_body(q, digest);
	TRY(idempotency_load(f->store, &q->arena, q->caller.workspace, key,
	    &before));
	if (strcmp(before.request_digest, digest) != 0)
		return err_set_field(ERR_INVALID, "Idempotency-Key",
		    "was used for another request");
	TRY(registration_load(f->store, &q->arena, before.body, &r));
	return answer_one(q, f, (int)before.status, &r);
}

/* The twin of this request is being answered: its row comes in a moment. */
static RESULT
replay_soon(struct request *q, struct flow *f, const char *key)
{
	const struct timespec pause = {
		.tv_nsec = IDEMPOTENCY_PAUSE_MS * 1000000L};

	for (int i = 0; i < IDEMPOTENCY_TRIES; i++) {
		enum err code = replay(q, f, key);
		if (code != ERR_NOT_FOUND)
			return code;
		nanosleep(&pause, NULL);
	}
	return ERR_NOT_FOUND;
}

static RESULT
remember(struct request *q, struct flow *f, const char *key,
    const struct registration *r)
{
	char digest[DIGEST_TEXT_SIZE];
	struct idempotent now = {digest, r->id, 201};

	digest_of_body(q, digest);
	return idempotency_save(f->store, q->caller.workspace, key, &now,
	    clock_now());
}

static RESULT
create_once(struct request *q, struct flow *f, const char *key,
    struct registration *out)
{
	TRY(check_idempotency_key(key));
	enum err code = replay(q, f, key);
	if (code != ERR_NOT_FOUND)
		return code;
	code = create(q, f, out);
	if (code == ERR_REGISTRATION_PENDING) {
		const char *id = arena_text(&q->arena, err_field());
		if (replay_soon(q, f, key) == OK)
			return OK;
		return err_set_field(code, id, "already open");
	}
	TRY(code);
	TRY(remember(q, f, key, out));
	return answer_one(q, f, 201, out);
}

RESULT
handle_registration_create(struct request *q)
{
	const char *key = request_header(q, "Idempotency-Key");
	struct registration r = {0};
	struct flow *f;

	TRY(limit_count(q->web->limits, LIMIT_create, q->caller.workspace,
	    clock_now(), &q->reply.wait));
	TRY(request_flow(q, &f));
	if (*key) {
		TRY(create_once(q, f, key, &r));
	} else {
		TRY(create(q, f, &r));
		TRY(answer_one(q, f, 201, &r));
	}
	wake_clerk(q->web);
	return OK;
}

/* one */

static RESULT
load_own(struct request *q, struct flow *f, struct registration *out)
{
	bool everything = strcmp(q->caller.role, "auditor") == 0;

	if (!id_is("reg", param(q)))
		return FAIL(ERR_NOT_FOUND, "not the id of a registration");
	TRY(registration_load(f->store, &q->arena, param(q), out));
	if (!everything && strcmp(out->workspace, q->caller.workspace) != 0)
		return FAIL(ERR_NOT_FOUND, "of another workspace");
	return registration_current(f, &q->arena, param(q), out);
}

RESULT
handle_registration_read(struct request *q)
{
	struct registration r;
	struct flow *f;

	TRY(request_flow(q, &f));
	TRY(load_own(q, f, &r));
	return answer_one(q, f, 200, &r);
}

RESULT
handle_registration_cancel(struct request *q)
{
	struct actor who = request_actor(q);
	struct registration r;
	struct flow *f;

	TRY(request_flow(q, &f));
	TRY(load_own(q, f, &r));
	TRY(registration_cancel(f, &q->arena, &who, r.id, &r));
	TRY(answer_one(q, f, 200, &r));
	wake_clerk(q->web);
	return OK;
}

RESULT
handle_registration_remind(struct request *q)
{
	struct actor who = request_actor(q);
	struct registration r;
	struct flow *f;

	TRY(request_flow(q, &f));
	TRY(load_own(q, f, &r));
	TRY(listing_feature(q, f));
	TRY(registration_remind(f, &q->arena, &who, r.id, &r));
	TRY(answer_one(q, f, 200, &r));
	wake_clerk(q->web);
	return OK;
}
