/*
 * The participant's view. E-mail and phone are masked where they need not be
 * edited: a link that went astray should not tell them.
 */
#include "web/session_json.h"

#include "base/clock.h"
#include "flow/handover.h"
#include "flow/journey.h"
#include "flow/take.h"
#include "flow/terms.h"
#include "ident/document.h"
#include "web/registration_json.h"

static const struct step *
step_of(const struct step *steps, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(steps[i].name, name) == 0)
			return &steps[i];
	return NULL;
}

static bool
is_in(const struct step *steps, size_t count, const char *name,
    const char *state)
{
	const struct step *s = step_of(steps, count, name);

	return s && strcmp(s->state, state) == 0;
}

static bool
is_done(const struct step *steps, size_t count, const char *name)
{
	return is_in(steps, count, name, "done");
}

/* The first of the opening steps that is still to be done. */
static const char *
next_opening_step(const struct step *steps, size_t count)
{
	static const char *const order[] = {"name", "email", "phone",
		"consent", "agreement"};

	for (size_t i = 0; i < sizeof(order) / sizeof(order[0]); i++) {
		const struct step *s = step_of(steps, count, order[i]);
		if (s && strcmp(s->state, "done") != 0 &&
		    strcmp(s->state, "skipped") != 0)
			return order[i];
	}
	return "waiting";
}

static bool
is_open(const struct step *steps, size_t count, const char *name)
{
	return is_in(steps, count, name, "todo") ||
	    is_in(steps, count, name, "doing");
}

/* What has to be given again: a name, pictures, or what was recorded. */
static const char *
next_again(const struct step *steps, size_t count)
{
	if (is_in(steps, count, "name", "doing"))
		return "name_again";
	return is_done(steps, count, "document") &&
		is_open(steps, count, "proof_of_life")
	    ? "proof_of_life"
	    : "ask_again";
}

const char *
session_next(const struct registration *r, const struct step *steps,
    size_t count)
{
	switch (state_of(r->state)) {
	case STATE_created:
	case STATE_opened:
		return next_opening_step(steps, count);
	case STATE_collecting:
		return is_open(steps, count, "proof_of_life") &&
			is_done(steps, count, "document")
		    ? "proof_of_life"
		    : "document";
	case STATE_checking:
		return "waiting";
	case STATE_action_required:
		return next_again(steps, count);
	case STATE_approved:
		return !is_done(steps, count, "confirm") ? "confirm"
		    : is_open(steps, count, "pin")	 ? "pin"
							 : "issuing";
	case STATE_issued:
		return "done";
	case STATE_in_review:
	case STATE_declined:
	case STATE_refused:
	case STATE_cancelled:
	case STATE_expired:
	case STATE_COUNT:
		break;
	}
	return r->state; /* screens of the same name */
}

static const char *
mask_email(struct arena *a, const char *email)
{
	const char *at = strchr(email, '@');

	return at ? arena_format(a, "%.1s***%s", email, at) : "";
}

static const char *
mask_phone(struct arena *a, const char *phone)
{
	size_t size = strlen(phone);

	return size < 6 ? ""
	                : arena_format(a, "%.3s *** %s", phone,
	                      phone + size - 2);
}

static void
write_person(struct request *q, struct json *j, const struct registration *r)
{
	bool fixed = strcmp(r->phone_type, "prerequisite") == 0;

	json_text(j, "email_masked", mask_email(&q->arena, r->email));
	json_text(j, "fullname", r->fullname);
	json_text(j, "fullname_type", r->fullname_type);
	json_text(j, "phone_number", fixed ? NULL : r->phone);
	json_text(j, "phone_number_type", r->phone_type);
	json_text(j, "phone_masked", mask_phone(&q->arena, r->phone));
}

static RESULT
write_workspace(struct request *q, struct flow *f, struct json *j,
    const struct registration *r)
{
	struct workspace w;

	TRY(workspace_load(f->store, &q->arena, r->workspace, &w));
	json_open(j, "workspace");
	json_text(j, "name", w.name);
	json_text(j, "contact", w.contact);
	json_bool(j, "test", w.test);
	json_close(j);
	return OK;
}

static void
write_reasons(struct json *j, const struct registration *r,
    const struct step *steps, size_t count)
{
	static const char *const order[] = {"document", "proof_of_life",
		"name", "review"};
	enum state state = state_of(r->state);
	const char *words = "";

	if (state == STATE_action_required || state == STATE_refused)
		for (size_t i = 0; i < 4 && !*words; i++) {
			const struct step *s = step_of(steps, count, order[i]);
			words = s ? s->reasons : "";
		}
	json_words(j, "reasons", words);
}

static RESULT
write_consent(struct request *q, struct flow *f, struct json *j,
    const struct registration *r, const char *next)
{
	struct terms t;

	if (strcmp(next, "consent") != 0) {
		json_nothing(j, "consent");
		return OK;
	}
	TRY(terms_load(f->store, f->conf, &q->arena, TERMS_CONSENT, r, &t));
	json_open(j, "consent");
	json_text(j, "title", t.title);
	json_list(j, "paragraphs");
	for (size_t i = 0; i < t.count; i++)
		json_text(j, NULL, t.paragraphs[i]);
	json_end(j);
	json_text(j, "sha256", t.sha256);
	json_close(j);
	return OK;
}

/* NULL: none is asked for at this step. */
static const char *
code_channel(const struct registration *r, const char *next)
{
	if (strcmp(next, "email") == 0 || strcmp(next, "phone") == 0)
		return next;
	return strcmp(next, "done") == 0 && level_find(r->level)->pin
	    ? CODE_PIN
	    : NULL;
}

static RESULT
write_code(struct request *q, struct flow *f, struct json *j,
    const struct registration *r, const char *next)
{
	const char *channel = code_channel(r, next);
	enum err code = ERR_NOT_FOUND;
	struct code c;

	if (channel)
		code = code_load(f->store, &q->arena, r->id, channel, &c);
	if (code == ERR_NOT_FOUND) {
		json_nothing(j, "code");
		return OK;
	}
	TRY(code);
	json_open(j, "code");
	json_text(j, "channel", c.channel);
	json_time(j, "sent_at", c.sent_at);
	json_time(j, "resend_at", c.sent_at + CODE_RESEND);
	json_time(j, "expires_at", c.expires_at);
	json_number(j, "tries_left",
	    c.tries < CODE_TRIES ? CODE_TRIES - c.tries : 0);
	json_close(j);
	return OK;
}

/* document */

static const char *
picture_state(const struct evidence *e)
{
	return strcmp(e->state, "kept") == 0 ? "read" : e->state;
}

static RESULT
write_picture(struct request *q, struct flow *f, struct json *j,
    const struct registration *r, const char *side)
{
	const char *kind = arena_format(&q->arena, "document_%s", side);
	struct evidence e;

	enum err code = evidence_find(f->store, &q->arena, r->id, r->attempt,
	    kind, &e);
	if (code == ERR_NOT_FOUND)
		e = (struct evidence){.state = "missing", .reasons = ""};
	else
		TRY(code);
	json_open(j, NULL);
	json_text(j, "side", side);
	json_text(j, "state", picture_state(&e));
	json_words(j, "reasons", e.reasons);
	json_close(j);
	return OK;
}

static RESULT
write_document(struct request *q, struct flow *f, struct json *j,
    const struct registration *r)
{
	int64_t left = ATTEMPTS_MAX - r->attempt + 1;
	bool two = *r->kind && document_sides(r->country, r->kind) == 2;

	if (!*r->country) {
		json_nothing(j, "document");
		return OK;
	}
	json_open(j, "document");
	json_text(j, "country", r->country);
	json_text(j, "kind", r->kind);
	json_words(j, "sides", two ? "front back" : "front");
	json_list(j, "pictures");
	TRY(write_picture(q, f, j, r, "front"));
	if (two)
		TRY(write_picture(q, f, j, r, "back"));
	json_end(j);
	json_number(j, "attempts_left", left > 0 ? left : 0);
	json_close(j);
	return OK;
}

/* recordings, and the phone */

static RESULT
write_proof_of_life(struct request *q, struct flow *f, struct json *j,
    const struct registration *r)
{
	struct take_part parts[PART_COUNT];

	if (!level_find(r->level)->proof_of_life) {
		json_nothing(j, "proof_of_life");
		return OK;
	}
	TRY(take_parts(f, &q->arena, r, parts));
	json_open(j, "proof_of_life");
	json_list(j, "parts");
	for (enum part p = 0; p < PART_COUNT; p++) {
		json_open(j, NULL);
		json_text(j, "part", part_text(p));
		json_text(j, "state", parts[p].state);
		json_words(j, "reasons", parts[p].reasons);
		json_number(j, "takes_left", parts[p].takes_left);
		json_close(j);
	}
	json_end(j);
	json_number(j, "kept_days",
	    conf_number(f->conf, CONF_retention_recordings_days));
	json_number(j, "abandoned_days",
	    conf_number(f->conf, CONF_retention_abandoned_days));
	json_close(j);
	return OK;
}

/* The number is for the device that has this cookie already. */
static RESULT
write_handover(struct request *q, struct flow *f, struct json *j,
    const struct registration *r)
{
	struct handover h;
	enum err code = handover_find(f, &q->arena, r->id, &h);

	if (code == ERR_NOT_FOUND) {
		json_nothing(j, "handover");
		return OK;
	}
	TRY(code);
	json_open(j, "handover");
	json_text(j, "state", h.state);
	if (handover_state_of(h.state) == HANDOVER_ASKED)
		json_number(j, "number", h.number);
	else
		json_nothing(j, "number");
	json_text(j, "device", h.phone);
	json_text(j, "why", h.why);
	json_time(j, "expires_at", h.expires_at);
	json_close(j);
	return OK;
}

/* Whether one may be brought, changed or taken back now. */
static RESULT
write_own_key(struct request *q, struct flow *f, struct json *j,
    const struct registration *r)
{
	enum err open = journey_own_key_is_taken(f, &q->arena, r->id);

	if (open != OK && open != ERR_WRONG_STATE &&
	    open != ERR_OWN_KEY_LEVEL && open != ERR_OWN_KEY_REVIEWED)
		return open;
	err_clear();
	json_bool(j, "own_key_open", open == OK);
	return registration_write_own_key(q, f, j, r);
}

/* the end */

static void
write_data(struct request *q, struct json *j, const struct registration *r)
{
	enum state state = state_of(r->state);

	if (state != STATE_approved && state != STATE_issued) {
		json_nothing(j, "data");
		return;
	}
	json_open(j, "data");
	json_text(j, "given_names", r->given_names);
	json_text(j, "surname", r->surname);
	json_text(j, "nationality", r->nationality);
	json_text(j, "common_name",
	    arena_format(&q->arena, "%s %s", r->given_names, r->surname));
	/* "PASFR-...": a random one says nothing and has no hyphen */
	json_text(j, "document_number",
	    strchr(r->person_serial, '-') ? r->person_serial : NULL);
	json_close(j);
}

static void
write_urls(struct request *q, struct json *j, const char *id)
{
	static const char *const names[][2] = {
		{"pem", "certificate.pem"},
		{"der", "certificate.cer"},
		{"chain", "chain.pem"},
	};

	json_open(j, "urls");
	for (size_t i = 0; i < 3; i++)
		json_text(j, names[i][0], arena_format(&q->arena,
		    "/v1/session/%s/%s", id, names[i][1]));
	json_close(j);
}

static RESULT
write_certificate(struct request *q, struct flow *f, struct json *j,
    const struct registration *r)
{
	struct certificate c;
	const char *code;

	if (state_of(r->state) != STATE_issued) {
		json_nothing(j, "certificate");
		return OK;
	}
	TRY(certificate_of(f->store, &q->arena, r->id, &c));
	TRY(registration_revocation_code(f, &q->arena, r, &code));
	json_open(j, "certificate");
	json_text(j, "serial", c.serial);
	json_time(j, "not_before", c.not_before);
	json_time(j, "not_after", c.not_after);
	json_text(j, "fingerprint", c.fingerprint);
	json_time(j, "revoked_at", c.revoked_at);
	json_text(j, "revocation_code", c.revoked_at ? NULL : code);
	write_urls(q, j, r->id);
	json_close(j);
	return OK;
}

static RESULT
write_rest(struct request *q, struct flow *f, struct json *j,
    const struct registration *r, const char *next)
{
	enum state state = state_of(r->state);
	bool over = state != STATE_COUNT && state_is_terminal(state);
	bool can_ask;

	TRY(write_consent(q, f, j, r, next));
	TRY(write_code(q, f, j, r, next));
	TRY(write_document(q, f, j, r));
	TRY(write_proof_of_life(q, f, j, r));
	TRY(write_handover(q, f, j, r));
	TRY(journey_can_ask_a_person(f, &q->arena, r, &can_ask));
	json_bool(j, "can_ask_a_person", can_ask);
	write_data(q, j, r);
	TRY(write_own_key(q, f, j, r));
	TRY(write_certificate(q, f, j, r));
	json_text(j, "redirect_url", over ? r->redirect_url : NULL);
	return OK;
}

/* How long evidence is kept, which the first page says (C-21). */
static void
write_kept(struct flow *f, struct json *j)
{
	json_open(j, "kept");
	json_number(j, "issued_days",
	    conf_number(f->conf, CONF_retention_issued_days));
	json_number(j, "abandoned_days",
	    conf_number(f->conf, CONF_retention_abandoned_days));
	json_close(j);
}

RESULT
session_write(struct request *q, struct flow *f, struct json *j,
    const struct registration *r)
{
	struct step *steps;
	size_t count;

	TRY(step_list(f->store, &q->arena, r->id, &steps, &count));
	const char *next = session_next(r, steps, count);
	json_open(j, NULL);
	json_text(j, "object", "session");
	json_text(j, "id", r->id);
	json_text(j, "state", r->state);
	json_text(j, "level", r->level);
	json_text(j, "language", r->language);
	json_words(j, "languages", "en fr");
	TRY(write_workspace(q, f, j, r));
	write_person(q, j, r);
	json_time(j, "expires_at", r->expires_at);
	write_kept(f, j);
	json_text(j, "next", next);
	TRY(registration_write_steps(j, steps, count));
	write_reasons(j, r, steps, count);
	TRY(write_rest(q, f, j, r, next));
	json_close(j);
	return json_done(j);
}
