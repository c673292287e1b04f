/*
 * Cases as JSON: what was declared, what is printed, what the machine-
 * readable zone and a barcode say and what was shown live, side by side.
 *
 * Why a case is here is a result of the machine's too (that it doubts), and
 * why a second operator is asked may tell what the first one thought: both
 * are covered until there is an opinion.
 */
#include "web/review_json.h"

#include "base/clock.h"
#include "base/enum.h"
#include "checks/check.h"
#include "flow/seen.h"
#include "flow/take.h"
#include "ident/mrz_layout.h"
#include "web/registration_json.h"
#include "web/who.h"

const char *const review_sources[REVIEW_SOURCES] = {"front", "back", "face",
    "document", "compared"};

static const char *const kinds[REVIEW_SOURCES] = {"document_front",
    "document_back", "face_video", "document_video", "comparison"};

/* Where faces stand on the front, to be cut out and laid side by side. Where
 * the machine saw them and nothing of what it made of them. */
static void
write_faces(struct json *j, const struct findings *front)
{
	static const struct {
		const char *mark;
		enum finding_name found;
	} faces[] = {{"portrait", FINDING_portrait_turned},
	    {"ghost", FINDING_ghost_there}};

	json_list(j, "faces");
	for (size_t i = 0; i < COUNT_OF(faces); i++) {
		const struct finding *f =
		    findings_find(front, faces[i].found);

		if (!f || f->box.width <= 0 || f->box.height <= 0 ||
		    (f->name == FINDING_ghost_there &&
			!portrait_ghost_seen(front)))
			continue;
		json_open(j, NULL);
		json_text(j, "mark", faces[i].mark);
		json_text(j, "side", "front");
		review_write_box(j, f->box);
		json_close(j);
	}
	json_end(j);
}

/* Nothing of what the checks said. */
static const char *
why_uncovered(const char *why, bool opinion)
{
	static const char *const neutral[] = {"always", "asked_a_person",
	    "contested", "key_refused", "not_automatic", "seen_before"};

	return opinion || enum_find(neutral, COUNT_OF(neutral), why) <
		COUNT_OF(neutral)
	    ? why
	    : NULL;
}

/* A known case must be of a test workspace (flow/quality.h), and look like one
 * that is not: where few others come from such, "test" would tell it. Nor may
 * those beside it be told as such: by one of them all would be known. */
static RESULT
is_told_as_test(struct flow *f, const struct workspace *w, bool *out)
{
	int64_t planted = 0;

	if (w->test)
		TRY(planted_in(f->store, w->id, &planted));
	*out = w->test && planted == 0;
	return OK;
}

static RESULT
write_head(struct request *q, struct flow *f, struct json *j,
    const struct registration *r, const struct review *v, bool opinion)
{
	struct workspace w;
	bool test;

	TRY(workspace_load(f->store, &q->arena, r->workspace, &w));
	TRY(is_told_as_test(f, &w, &test));
	json_text(j, "object", "review");
	json_text(j, "id", r->id);
	json_text(j, "level", r->level);
	json_open(j, "workspace");
	json_text(j, "name", w.name);
	json_bool(j, "test", test);
	json_close(j);
	json_time(j, "opened_at", v->opened_at);
	json_text(j, "why", why_uncovered(v->why, opinion));
	return OK;
}

/* The page counts from its own clock: the two need not agree. */
void
review_write_lock(struct json *j, int64_t until)
{
	int64_t left = until - clock_now();

	json_time(j, "locked_until", until);
	json_number(j, "locked_seconds", left > 0 ? left / SECOND : 0);
}

static RESULT
is_mine(struct request *q, struct flow *f, const char *id, bool *out)
{
	struct review_lock lock;
	enum err found = review_lock_load(f->store, &q->arena, id, &lock);

	*out = found == OK && strcmp(lock.operator, q->caller.id) == 0 &&
	    lock.seen_at > clock_now() - REVIEW_LOCK_IDLE;
	return found == ERR_NOT_FOUND ? OK : found;
}

RESULT
review_write_line(struct request *q, struct flow *f, struct json *j,
    const struct registration *r)
{
	struct review v;
	bool mine;

	TRY(review_load(f->store, &q->arena, r->id, &v));
	TRY(is_mine(q, f, r->id, &mine));
	json_open(j, NULL);
	TRY(write_head(q, f, j, r, &v, false));
	json_bool(j, "mine", mine);
	json_bool(j, "second", *v.second);
	json_close(j);
	return json_done(j);
}

static void
write_second(struct json *j, const struct review_case *c)
{
	json_open(j, "second");
	json_bool(j, "needed", *c->review.second);
	json_text(j, "why", c->opinion.at ? c->review.second : NULL);
	json_close(j);
}

/* "" finds nothing: what was not given, or not read. */
static RESULT
load_findings(struct request *q, struct flow *f, const struct registration *r,
    const char *kind, struct findings *out)
{
	struct evidence e;
	enum err code = evidence_find(f->store, &q->arena, r->id, r->attempt,
	    kind, &e);

	out->count = 0;
	if (code == OK)
		code = findings_load(f->store, e.id, out);
	return code == ERR_NOT_FOUND ? OK : code;
}

static void
write_declared(struct json *j, const struct registration *r)
{
	json_open(j, "declared");
	json_text(j, "fullname", r->fullname);
	json_text(j, "country", r->country);
	json_text(j, "kind", r->kind);
	json_close(j);
	json_open(j, "document");
	json_text(j, "country", r->country);
	json_text(j, "kind", r->kind);
	review_write_models(j, r->country, r->kind);
	json_close(j);
}

/* path: where its addresses begin. */
static RESULT
write_picture(struct request *q, struct flow *f, struct json *j,
    const struct registration *r, const char *path, const char *kind,
    const char *key, const char *name, const char *url)
{
	struct evidence e;
	enum err code = evidence_find(f->store, &q->arena, r->id, r->attempt,
	    kind, &e);

	if (code == ERR_NOT_FOUND)
		return OK;
	TRY(code);
	json_open(j, NULL);
	json_text(j, key, name);
	json_text(j, strcmp(key, "side") == 0 ? "still" : "url",
	    arena_format(&q->arena, "/v1/reviews/%s/%s", path, url));
	json_close(j);
	return OK;
}

static RESULT
write_stills(struct request *q, struct flow *f, struct json *j,
    const struct registration *r, const char *path)
{
	json_list(j, "pictures");
	TRY(write_picture(q, f, j, r, path, "still_front", "side", "front",
	    "stills/front.jpg"));
	TRY(write_picture(q, f, j, r, path, "still_back", "side", "back",
	    "stills/back.jpg"));
	json_end(j);
	return OK;
}

static RESULT
write_pictures(struct request *q, struct flow *f, struct json *j,
    const struct registration *r, const char *path)
{
	TRY(write_stills(q, f, j, r, path));
	json_list(j, "films");
	TRY(write_picture(q, f, j, r, path, "film_face", "part", "face",
	    "films/face"));
	TRY(write_picture(q, f, j, r, path, "film_document", "part",
	    "document", "films/document"));
	TRY(write_picture(q, f, j, r, path, "film_compared", "part",
	    "compared", "films/compared"));
	json_end(j);
	return OK;
}

/* What was asked of the participant: nothing of what was found. */
static RESULT
write_challenge(struct request *q, struct flow *f, struct json *j,
    const struct registration *r, const char *part, const char *kind)
{
	struct challenge c = {.count = 0};
	struct evidence e;
	struct take t;
	enum err code = evidence_find(f->store, &q->arena, r->id, r->attempt,
	    kind, &e);

	if (code == OK)
		code = take_of_evidence(f->store, &q->arena, e.id, &t);
	if (code == OK)
		TRY(take_challenge(&t, &c));
	else if (code != ERR_NOT_FOUND)
		return code;
	json_list(j, part);
	for (size_t i = 0; i < c.count; i++) {
		json_open(j, NULL);
		json_text(j, "name", prompt_text(c.prompts[i].name));
		json_text(j, "title", prompt_title(c.prompts[i].name));
		json_number(j, "asked_ms", c.prompts[i].asked_ms);
		json_number(j, "shown_ms", c.prompts[i].shown_ms);
		json_close(j);
	}
	json_end(j);
	return OK;
}

static RESULT
write_challenges(struct request *q, struct flow *f, struct json *j,
    const struct registration *r)
{
	json_open(j, "challenge");
	TRY(write_challenge(q, f, j, r, "face", kinds[REVIEW_FACE]));
	TRY(write_challenge(q, f, j, r, "document", kinds[REVIEW_DOCUMENT]));
	json_close(j);
	return OK;
}

/* fields */

struct sources {
	const struct findings *found;
	struct mrz zone, shown; /* of the pictures, of the recording */
};

static void
read_zone(const struct findings *one, const struct findings *other,
    struct mrz *out)
{
	struct dossier d = {.now = clock_now(), .mrz_side = -1,
	    .sides = {one, other}};

	dossier_read_mrz(&d);
	*out = d.mrz;
}

/* The first side that says it. */
static const char *
text_of(const struct findings *found, size_t count, enum finding_name name)
{
	for (size_t side = 0; name != FINDING_COUNT && side < count; side++)
		if (*findings_text(&found[side], name))
			return findings_text(&found[side], name);
	return NULL;
}

struct field_names {
	const char *name;
	enum finding_name printed, barcode; /* FINDING_COUNT: none */
	size_t zone; /* offset in struct mrz */
};

#define ZONE(member) offsetof(struct mrz, member)

static const struct field_names names[] = {
    {"surname", FINDING_printed_surname, FINDING_barcode_surname,
	ZONE(surname)},
    {"given_names", FINDING_printed_given_names, FINDING_barcode_given_names,
	ZONE(given_names)},
    {"number", FINDING_printed_number, FINDING_barcode_number, ZONE(number)},
    {"birth_date", FINDING_printed_birth_date, FINDING_barcode_birth_date,
	ZONE(birth_date)},
    {"expiry", FINDING_printed_expiry, FINDING_barcode_expiry, ZONE(expiry)},
    {"sex", FINDING_printed_sex, FINDING_COUNT, ZONE(sex)},
    {"nationality", FINDING_printed_nationality, FINDING_COUNT,
	ZONE(nationality)},
};

/* The sex is one letter and no text: X is also what a zone without says. */
static const char *
in_zone(struct request *q, const struct mrz *m, const struct field_names *n)
{
	if (n->zone != ZONE(sex))
		return (const char *)m + n->zone;
	return mrz_field_find(m->format, "sex")
	    ? arena_format(&q->arena, "%c", m->sex) : NULL;
}

static void
write_field(struct request *q, struct json *j, const struct field_names *n,
    const struct sources *s)
{
	const char *live =
	    text_of(&s->found[REVIEW_DOCUMENT], 1, n->printed);

	json_open(j, NULL);
	json_text(j, "name", n->name);
	json_nothing(j, "declared");
	json_text(j, "printed", text_of(s->found, 2, n->printed));
	json_text(j, "mrz", in_zone(q, &s->zone, n));
	json_text(j, "barcode", text_of(s->found, 2, n->barcode));
	json_text(j, "shown", live ? live : in_zone(q, &s->shown, n));
	review_write_places(j, n->name, n->printed, s->found);
	json_close(j);
}

static void
write_declared_field(struct json *j, const char *name, const char *declared,
    const char *zone, const char *shown)
{
	json_open(j, NULL);
	json_text(j, "name", name);
	json_text(j, "declared", declared);
	json_nothing(j, "printed");
	json_text(j, "mrz", zone);
	json_nothing(j, "barcode");
	json_text(j, "shown", shown);
	json_close(j);
}

static void
write_fields(struct request *q, struct json *j,
    const struct registration *r, const struct findings *found)
{
	struct sources s = {.found = found};

	read_zone(&found[REVIEW_FRONT], &found[REVIEW_BACK], &s.zone);
	read_zone(&found[REVIEW_DOCUMENT], NULL, &s.shown);
	json_list(j, "fields");
	write_declared_field(j, "name", r->fullname, NULL, NULL);
	for (size_t i = 0; i < COUNT_OF(names); i++)
		write_field(q, j, &names[i], &s);
	write_declared_field(j, "country", r->country, s.zone.issuer,
	    s.shown.issuer);
	write_declared_field(j, "kind", r->kind, s.zone.code, s.shown.code);
	json_end(j);
}

/* Other requests, under another e-mail, with something in common. */
static RESULT
write_earlier(struct request *q, struct flow *f, struct json *j,
    const struct registration *r)
{
	struct prover by = request_prover(q);
	struct earlier *rows;
	size_t count;
	bool own;

	TRY(seen_list(f, &q->arena, r->id, &rows, &count));
	json_list(j, "earlier");
	for (size_t i = 0; i < count; i++) {
		TRY(earlier_is_own(
		    f, &q->arena, &by, rows[i].registration, &own));
		json_open(j, NULL);
		json_text(j, "id", rows[i].registration);
		json_bool(j, "can_open", !own);
		json_text(j, "same", rows[i].kind);
		json_text(j, "state", rows[i].state);
		json_time(j, "created_at", rows[i].created_at);
		json_close(j);
	}
	json_end(j);
	return OK;
}

static void
write_opinion(struct json *j, const struct opinion *o)
{
	if (!o->at) {
		json_nothing(j, "opinion");
		return;
	}
	json_open(j, "opinion");
	json_text(j, "document", o->document);
	json_text(j, "face", o->face);
	json_text(j, "liveness", o->liveness);
	json_time(j, "at", o->at);
	json_close(j);
}

static RESULT
write_case(struct request *q, struct flow *f, struct json *j,
    const struct review_case *c, const struct findings *found)
{
	TRY(write_head(q, f, j, &c->r, &c->review, c->opinion.at != 0));
	json_number(j, "attempt", c->r.attempt);
	review_write_lock(j, c->locked_until);
	write_second(j, c);
	write_declared(j, &c->r);
	TRY(write_pictures(q, f, j, &c->r, c->r.id));
	write_faces(j, &found[REVIEW_FRONT]);
	TRY(write_challenges(q, f, j, &c->r));
	write_fields(q, j, &c->r, found);
	TRY(write_earlier(q, f, j, &c->r));
	TRY(registration_write_own_key(q, f, j, &c->r));
	write_opinion(j, &c->opinion);
	return OK;
}

RESULT
review_write(struct request *q, struct flow *f, struct json *j,
    const struct review_case *c)
{
	struct findings *found =
	    arena_get(&q->arena, REVIEW_SOURCES * sizeof(*found));

	for (size_t i = 0; i < REVIEW_SOURCES; i++)
		TRY(load_findings(q, f, &c->r, kinds[i], &found[i]));
	json_open(j, NULL);
	TRY(write_case(q, f, j, c, found));
	if (c->opinion.at)
		TRY(review_write_machine(q, f, j, c, found));
	json_close(j);
	return json_done(j);
}

/* Its pictures and nothing else: it is nobody's yet. attempt: whose they
 * are, since there may be another one when it is taken. */
RESULT
review_write_ahead(struct request *q, struct flow *f, struct json *j,
    const struct registration *r)
{
	json_open(j, NULL);
	json_text(j, "object", "ahead");
	json_text(j, "id", r->id);
	json_number(j, "attempt", r->attempt);
	TRY(write_pictures(q, f, j, r,
	    arena_format(&q->arena, "%s/ahead", r->id)));
	json_close(j);
	return json_done(j);
}

/* Nothing that anybody thought of it but how it ended. */
RESULT
review_write_earlier(struct request *q, struct flow *f, struct json *j,
    const struct registration *r, const char *beside)
{
	struct findings *found =
	    arena_get(&q->arena, REVIEW_SOURCES * sizeof(*found));

	for (size_t i = 0; i < REVIEW_SOURCES; i++)
		TRY(load_findings(q, f, r, kinds[i], &found[i]));
	json_open(j, NULL);
	json_text(j, "object", "earlier");
	json_text(j, "id", r->id);
	json_text(j, "level", r->level);
	json_text(j, "state", r->state);
	json_time(j, "created_at", r->created_at);
	write_declared(j, r);
	TRY(write_pictures(q, f, j, r,
	    arena_format(&q->arena, "%s/earlier/%s", beside, r->id)));
	write_fields(q, j, r, found);
	json_close(j);
	return json_done(j);
}
