/*
 * What the database says of a request, as JSON: the request and its steps,
 * what was found and decided in each attempt, and who the people are whom it
 * names by their ids.
 */
#include "cli/dossier.h"

#include "base/clock.h"

#include <stdlib.h>

RESULT
dossier_json(struct dossier_file *d, const char *name, json_t *value)
{
	AUTO(json_decref) json_t *owned = value;
	AUTO(free) char *text =
	    json_dumps(owned, JSON_INDENT(1) | JSON_REAL_PRECISION(9));

	if (!text)
		return FAIL(ERR_INTERNAL, "%s cannot be written", name);
	TRY(archive_begin(&d->zip, name));
	TRY(archive_write(&d->zip, span_of_text(text)));
	TRY(archive_write(&d->zip, span_of_text("\n")));
	return archive_end(&d->zip);
}

json_t *
dossier_time(int64_t at)
{
	char text[CLOCK_TEXT_SIZE];

	if (at == 0)
		return json_null();
	clock_format(at, text);
	return json_string(text);
}

json_t *
dossier_words(const char *words)
{
	json_t *list = json_array();

	while (*(words += strspn(words, " "))) {
		size_t size = strcspn(words, " ");

		json_array_append_new(list, json_stringn(words, size));
		words += size;
	}
	return list;
}

/* ---- registration.json ---- */

static json_t *
steps_of(struct dossier_file *d)
{
	json_t *list = json_array();
	struct step *steps;
	size_t count = 0;

	if (step_list(d->a->store, &d->a->arena, d->r.id, &steps, &count) != OK)
		return NULL;
	for (size_t i = 0; i < count; i++)
		json_array_append_new(list,
		    json_pack("{s:s, s:s, s:o, s:I, s:o}", "name",
			steps[i].name, "state", steps[i].state, "at",
			dossier_time(steps[i].at), "attempts",
			(json_int_t)steps[i].attempts, "reasons",
			dossier_words(steps[i].reasons)));
	return list;
}

static json_t *
messages_of(struct dossier_file *d)
{
	json_t *list = json_array();
	struct mail *all;
	size_t count = 0;

	if (mail_list(d->a->store, &d->a->arena, d->r.id, &all, &count) != OK)
		return NULL;
	for (size_t i = 0; i < count; i++)
		json_array_append_new(list,
		    json_pack("{s:s, s:s, s:s, s:s, s:o, s:o, s:o}", "kind",
			all[i].kind, "channel", all[i].channel, "recipient",
			all[i].recipient, "language", all[i].language,
			"created_at", dossier_time(all[i].created_at),
			"sent_at", dossier_time(all[i].sent_at), "failed_at",
			dossier_time(all[i].failed_at)));
	return list;
}

static json_t *
workspace_of(struct dossier_file *d)
{
	struct workspace w;

	if (workspace_load(
		d->a->store, &d->a->arena, d->r.workspace, &w) != OK)
		return NULL;
	return json_pack("{s:s, s:s, s:b}", "id", w.id, "name", w.name, "test",
	    w.test);
}

/* null: it renews nothing. */
static json_t *
renewal_of(struct dossier_file *d)
{
	struct renewal r;

	if (renewal_load(d->a->store, &d->a->arena, d->r.id, &r) != OK) {
		err_clear();
		return json_null();
	}
	return json_pack("{s:s, s:o, s:b}", "certificate", r.certificate, "at",
	    dossier_time(r.created_at), "replaces", r.replaces);
}

static RESULT
add_registration(struct dossier_file *d)
{
	const struct registration *r = &d->r;
	json_t *all = json_pack("{s:s, s:s, s:s, s:o, s:o, s:o}", "id", r->id,
	    "level", r->level, "state", r->state, "state_at",
	    dossier_time(r->state_at), "created_at",
	    dossier_time(r->created_at), "expires_at",
	    dossier_time(r->expires_at));
	json_t *who = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s}", "email",
	    r->email, "fullname", r->fullname, "fullname_type",
	    r->fullname_type, "phone", r->phone, "phone_type", r->phone_type,
	    "language", r->language);
	json_t *subject = json_pack("{s:s, s:s, s:s, s:s, s:o}", "given_names",
	    r->given_names, "surname", r->surname, "nationality",
	    r->nationality, "serial_number", r->person_serial, "confirmed_at",
	    dossier_time(r->confirmed_at));
	json_t *rest = json_pack("{s:o, s:s, s:s, s:s, s:s, s:I, s:b, s:s}",
	    "workspace", workspace_of(d), "requested_by", r->requested_by,
	    "requested_by_name", r->requested_by_name, "document_country",
	    r->country, "document_kind", r->kind, "attempt",
	    (json_int_t)r->attempt, "asked_a_person", r->asked_a_person,
	    "metadata", r->metadata);

	if (!all || !who || !subject || !rest)
		return FAIL(ERR_INTERNAL, "the request cannot be written");
	json_object_set_new(all, "applicant", who);
	json_object_set_new(all, "to_be_certified", subject);
	json_object_update(all, rest);
	json_decref(rest);
	json_object_set_new(all, "steps", steps_of(d));
	json_object_set_new(all, "messages", messages_of(d));
	json_object_set_new(all, "renews", renewal_of(d));
	return dossier_json(d, "registration.json", all);
}

/* ---- attempts.json ---- */

static json_t *
real_or_null(double value)
{
	return value == value ? json_real(value) : json_null();
}

static json_t *
verdicts_of(struct dossier_file *d, int64_t attempt)
{
	json_t *list = json_array();
	struct verdict_row *v;
	size_t count = 0;

	if (verdict_list(d->a->store, &d->a->arena, d->r.id, attempt, &v,
		&count) != OK)
		return NULL;
	for (size_t i = 0; i < count; i++)
		json_array_append_new(list,
		    json_pack("{s:s, s:s, s:s, s:s, s:o, s:o, s:I, "
			      "s:[i,i,i,i], s:[I,I]}",
			"check", v[i].name, "verdict", v[i].verdict, "reason",
			v[i].reason, "explanation", v[i].explanation, "value",
			real_or_null(v[i].value), "threshold",
			real_or_null(v[i].threshold), "side",
			(json_int_t)v[i].side, "region", v[i].box.x,
			v[i].box.y, v[i].box.width, v[i].box.height,
			"from_to_ms", (json_int_t)v[i].from_ms,
			(json_int_t)v[i].to_ms));
	return list;
}

/* Their own, before they saw what the machine thought; null: none. */
static json_t *
opinion_of(struct dossier_file *d, const struct decision *of)
{
	struct opinion o;

	if (opinion_load(d->a->store, &d->a->arena, of->registration,
		of->attempt, of->operator, &o) != OK) {
		err_clear();
		return json_null();
	}
	return json_pack("{s:s, s:s, s:s, s:o}", "document", o.document,
	    "face", o.face, "liveness", o.liveness, "at",
	    dossier_time(o.at));
}

static json_t *
decisions_of(struct dossier_file *d, int64_t attempt)
{
	json_t *list = json_array();
	struct decision *all;
	size_t count = 0;

	if (decision_list(d->a->store, &d->a->arena, d->r.id, attempt, &all,
		&count) != OK)
		return NULL;
	for (size_t i = 0; i < count; i++)
		json_array_append_new(list,
		    json_pack("{s:s, s:s, s:o, s:o, s:s, s:b, s:s, s:o, s:o, "
			      "s:o}",
			"operator", all[i].operator, "decision",
			all[i].decision, "reasons",
			dossier_words(all[i].reasons), "steps",
			dossier_words(all[i].steps), "note", all[i].note,
			"second", all[i].second, "machine", all[i].machine,
			"opened_at", dossier_time(all[i].opened_at), "at",
			dossier_time(all[i].at), "opinion",
			opinion_of(d, &all[i])));
	return list;
}

static json_t *
review_of(struct dossier_file *d)
{
	struct review v;

	if (review_load(d->a->store, &d->a->arena, d->r.id, &v) != OK) {
		err_clear();
		return json_null();
	}
	return json_pack("{s:s, s:o, s:o, s:s, s:s, s:o, s:s, s:s}", "why",
	    v.why, "opened_at", dossier_time(v.opened_at), "decided_at",
	    dossier_time(v.decided_at), "decided_by", v.decided_by, "decision",
	    v.decision, "reasons", dossier_words(v.reasons), "note", v.note,
	    "second", v.second);
}

static RESULT
add_attempts(struct dossier_file *d)
{
	json_t *list = json_array();

	for (int64_t i = 1; i <= d->r.attempt; i++) {
		json_t *one = json_pack("{s:I, s:o, s:o}", "attempt",
		    (json_int_t)i, "verdicts", verdicts_of(d, i), "decisions",
		    decisions_of(d, i));

		if (!one || json_array_append_new(list, one) != 0) {
			json_decref(list);
			return FAIL(ERR_INTERNAL,
			    "the attempts cannot be written");
		}
	}
	return dossier_json(d, "attempts.json",
	    json_pack("{s:o, s:o}", "attempts", list, "review",
		review_of(d)));
}

/* ---- people.json ---- */

/* Names and roles, no addresses: an operator is somebody to be asked. */
static void
add_person(struct dossier_file *d, json_t *people, const char *id)
{
	struct member m;

	if (!id_is("mem", id) || json_object_get(people, id))
		return;
	if (member_load(d->a->store, &d->a->arena, id, &m) != OK) {
		err_clear();
		return;
	}
	json_object_set_new(people, id,
	    json_pack("{s:s, s:s}", "name", m.name, "role", m.role));
}

static RESULT
add_people(struct dossier_file *d)
{
	AUTO(json_decref) json_t *people = json_object();
	struct audit_entry *acts;
	size_t count;

	add_person(d, people, d->r.requested_by);
	add_person(d, people, d->by.id);
	TRY(audit_of(d->a->store, &d->a->arena, d->r.id, &acts, &count));
	for (size_t i = 0; i < count; i++)
		add_person(d, people, acts[i].actor);
	return dossier_json(d, "people.json", json_incref(people));
}

RESULT
dossier_facts(struct dossier_file *d)
{
	TRY(add_registration(d));
	TRY(add_attempts(d));
	return add_people(d);
}
