/*
 * Registrations as JSON.
 */
#include "web/registration_json.h"

#include "web/who.h"

static bool
sees_link(const struct request *q)
{
	if (q->caller.kind == CALLER_KEY)
		return word_in(q->caller.scopes, "registrations", 13);
	return rights_of(q->caller.role).creates;
}

static void
write_applicant(struct json *j, const struct registration *r)
{
	json_text(j, "email", r->email);
	json_text(j, "fullname", r->fullname);
	json_text(j, "fullname_type", r->fullname_type);
	json_text(j, "phone_number", r->phone);
	json_text(j, "phone_number_type", r->phone_type);
	json_text(j, "language", r->language);
}

RESULT
registration_write_steps(struct json *j, const struct step *steps,
    size_t count)
{
	size_t done = 0, total = 0;

	json_list(j, "steps");
	for (size_t i = 0; i < count; i++) {
		json_open(j, NULL);
		json_text(j, "name", steps[i].name);
		json_text(j, "state", steps[i].state);
		json_time(j, "at", steps[i].at);
		json_number(j, "attempts", steps[i].attempts);
		json_words(j, "reasons", steps[i].reasons);
		json_close(j);
		total += strcmp(steps[i].state, "skipped") != 0;
		done += strcmp(steps[i].state, "done") == 0;
	}
	json_end(j);
	json_open(j, "progress");
	json_number(j, "done", (int64_t)done);
	json_number(j, "total", (int64_t)total);
	json_close(j);
	return OK;
}

RESULT
registration_write_own_key(struct request *q, struct flow *f, struct json *j,
    const struct registration *r)
{
	struct own_key k;
	enum err found = own_key_load(f->store, &q->arena, r->id, &k);

	if (found == ERR_NOT_FOUND) {
		err_clear();
		json_nothing(j, "own_key");
		return OK;
	}
	TRY(found);
	json_open(j, "own_key");
	json_text(j, "algorithm", k.algorithm);
	json_text(j, "sha256", k.sha256);
	json_close(j);
	return OK;
}

static RESULT
write_certificate(struct request *q, struct flow *f, struct json *j,
    const struct registration *r)
{
	struct certificate c;

	if (strcmp(r->state, "issued") != 0) {
		json_nothing(j, "certificate");
		return OK;
	}
	TRY(certificate_of(f->store, &q->arena, r->id, &c));
	json_open(j, "certificate");
	json_text(j, "id", c.id);
	json_close(j);
	return OK;
}

static RESULT
write_messages(struct request *q, struct flow *f, struct json *j,
    const struct registration *r)
{
	struct mail *mails;
	size_t count;

	TRY(mail_list(f->store, &q->arena, r->id, &mails, &count));
	json_list(j, "messages");
	for (size_t i = 0; i < count; i++) {
		json_open(j, NULL);
		json_text(j, "kind", mails[i].kind);
		json_text(j, "channel", mails[i].channel);
		json_time(j, "created_at", mails[i].created_at);
		json_time(j, "sent_at", mails[i].sent_at);
		json_time(j, "failed_at", mails[i].failed_at);
		json_close(j);
	}
	json_end(j);
	return OK;
}

/* What workspaces read of the journal. What operators do between the moves, a
 * dossier that was asked for, a doubt that somebody is who they were: these
 * tell suspicions, so an act is told only if it is of a kind named here. */
static bool
is_outward(const char *act)
{
	static const char *const kinds[] = {
	    "certificate.", "evidence.", "participant.", "registration."};
	static const char *const inward[] = {"evidence.challenge_changed",
	    "evidence.read_again", "participant.take_told",
	    "registration.judged", "registration.judged_again",
	    "registration.verdicts_changed"};
	bool told = false;

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		told |= strncmp(act, kinds[i], strlen(kinds[i])) == 0;
	for (size_t i = 0; i < sizeof(inward) / sizeof(inward[0]); i++)
		told &= strcmp(act, inward[i]) != 0;
	return told;
}

static RESULT
write_history(struct request *q, struct flow *f, struct json *j,
    const struct registration *r)
{
	struct audit_entry *acts;
	size_t count;

	TRY(audit_of(f->store, &q->arena, r->id, &acts, &count));
	json_list(j, "history");
	for (size_t i = 0; i < count; i++) {
		if (!is_outward(acts[i].act))
			continue;
		json_open(j, NULL);
		json_time(j, "at", acts[i].at);
		json_text(j, "actor", acts[i].actor_kind);
		json_text(j, "act", acts[i].act);
		json_text(j, "detail", acts[i].detail);
		json_close(j);
	}
	json_end(j);
	return OK;
}

static RESULT
write_link(struct request *q, struct flow *f, struct json *j,
    const struct registration *r)
{
	enum state state = state_of(r->state);
	const char *link = NULL;

	if (sees_link(q) && state != STATE_COUNT && !state_is_terminal(state))
		TRY(registration_link(f, &q->arena, r, &link));
	json_text(j, "url", link);
	return OK;
}

static RESULT
write_body(struct request *q, struct flow *f, struct json *j,
    const struct registration *r)
{
	struct step *steps;
	size_t count;

	json_text(j, "object", "registration");
	json_text(j, "id", r->id);
	json_text(j, "state", r->state);
	json_text(j, "level", r->level);
	write_applicant(j, r);
	json_time(j, "created_at", r->created_at);
	json_time(j, "state_at", r->state_at);
	json_time(j, "expires_at", r->expires_at);
	json_text(j, "requested_by", r->requested_by_name);
	json_text(j, "redirect_url", r->redirect_url);
	json_raw(j, "metadata", *r->metadata ? r->metadata : "null");
	json_text(j, "workspace", r->workspace);
	TRY(step_list(f->store, &q->arena, r->id, &steps, &count));
	TRY(registration_write_steps(j, steps, count));
	return write_certificate(q, f, j, r);
}

RESULT
registration_write(struct request *q, struct flow *f, struct json *j,
    const struct registration *r, bool detail)
{
	json_open(j, NULL);
	TRY(write_body(q, f, j, r));
	if (detail) {
		TRY(write_link(q, f, j, r));
		TRY(write_messages(q, f, j, r));
		TRY(write_history(q, f, j, r));
	} else {
		json_nothing(j, "url");
	}
	json_close(j);
	return json_done(j);
}
