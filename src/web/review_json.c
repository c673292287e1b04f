/*
 * Cases as JSON: what was declared, what is printed and what the machine-
 * readable zone says, side by side, and every check with its measure.
 */
#include "web/review_json.h"

#include "base/clock.h"
#include "checks/check.h"
#include "flow/seen.h"

#define SIDE_NAMES_COUNT 2

static const char *const sides[SIDE_NAMES_COUNT] = {"front", "back"};

static RESULT
write_head(struct request *q, struct flow *f, struct json *j,
    const struct registration *r)
{
	struct workspace w;
	struct review v;

	TRY(workspace_load(f->store, &q->arena, r->workspace, &w));
	enum err code = review_load(f->store, &q->arena, r->id, &v);
	if (code == ERR_NOT_FOUND)
		v = (struct review){.why = "", .opened_at = r->state_at};
	else
		TRY(code);
	json_text(j, "object", "review");
	json_text(j, "id", r->id);
	json_text(j, "level", r->level);
	json_open(j, "workspace");
	json_text(j, "name", w.name);
	json_bool(j, "test", w.test);
	json_close(j);
	json_time(j, "opened_at", v.opened_at);
	json_text(j, "why", v.why);
	return OK;
}

RESULT
review_write_line(struct request *q, struct flow *f, struct json *j,
    const struct registration *r)
{
	json_open(j, NULL);
	TRY(write_head(q, f, j, r));
	json_close(j);
	return json_done(j);
}

static void
write_box(struct json *j, struct box box)
{
	if (box.width == 0 && box.height == 0) {
		json_nothing(j, "box");
		return;
	}
	json_open(j, "box");
	json_number(j, "x", box.x);
	json_number(j, "y", box.y);
	json_number(j, "width", box.width);
	json_number(j, "height", box.height);
	json_close(j);
}

/* ERR_NOT_FOUND leaves an empty list: the side was not given or not read. */
static RESULT
load_side(struct request *q, struct flow *f, const struct registration *r,
    size_t side, struct findings *out)
{
	struct evidence e;
	enum err code = evidence_find(f->store, &q->arena, r->id, r->attempt,
	    arena_format(&q->arena, "document_%s", sides[side]), &e);

	out->count = 0;
	if (code == OK)
		code = findings_load(f->store, e.id, out);
	return code == ERR_NOT_FOUND ? OK : code;
}

static void
write_finding(struct json *j, const char *side, const struct finding *f)
{
	json_open(j, NULL);
	json_text(j, "side", side);
	json_text(j, "name", finding_name_text(f->name));
	if (finding_type_of(f->name) == FINDING_TEXT)
		json_text(j, "text", f->text);
	else
		json_measure(j, "value", f->value);
	json_measure(j, "confidence", f->confidence);
	write_box(j, f->box);
	json_close(j);
}

static void
write_findings(struct json *j, const struct findings *found)
{
	json_list(j, "findings");
	for (size_t side = 0; side < SIDE_NAMES_COUNT; side++)
		for (size_t i = 0; i < found[side].count; i++)
			write_finding(j, sides[side], &found[side].items[i]);
	json_end(j);
}

static RESULT
write_pictures(struct request *q, struct flow *f, struct json *j,
    const struct registration *r)
{
	json_list(j, "pictures");
	for (size_t side = 0; side < SIDE_NAMES_COUNT; side++) {
		struct evidence e;
		enum err code = evidence_find(f->store, &q->arena, r->id,
		    r->attempt, arena_format(&q->arena, "still_%s",
			sides[side]), &e);
		if (code == ERR_NOT_FOUND)
			continue;
		TRY(code);
		json_open(j, NULL);
		json_text(j, "side", sides[side]);
		json_text(j, "still", arena_format(&q->arena,
		    "/v1/reviews/%s/stills/%s.jpg", r->id, sides[side]));
		json_close(j);
	}
	json_end(j);
	return OK;
}

static void
write_verdict(struct json *j, const struct verdict_row *v)
{
	enum check_name check = check_of_text(v->name);

	json_open(j, NULL);
	json_text(j, "name", v->name);
	json_text(j, "title",
	    check == CHECK_COUNT ? v->name : check_title(check));
	json_text(j, "verdict", v->verdict);
	json_measure(j, "value", v->value);
	json_measure(j, "threshold", v->threshold);
	json_text(j, "side",
	    v->side >= 0 && v->side < SIDE_NAMES_COUNT ? sides[v->side]
	                                                : NULL);
	write_box(j, v->box);
	json_text(j, "reason", v->reason);
	json_text(j, "explanation", v->explanation);
	json_close(j);
}

static RESULT
write_verdicts(struct request *q, struct flow *f, struct json *j,
    const struct registration *r)
{
	struct verdict_row *rows;
	size_t count;

	TRY(verdict_list(f->store, &q->arena, r->id, r->attempt, &rows,
	    &count));
	json_list(j, "verdicts");
	for (size_t i = 0; i < count; i++)
		write_verdict(j, &rows[i]);
	json_end(j);
	return OK;
}

/* The first side that says it. */
static const char *
printed(const struct findings *found, enum finding_name name)
{
	for (size_t side = 0; side < SIDE_NAMES_COUNT; side++)
		if (*findings_text(&found[side], name))
			return findings_text(&found[side], name);
	return NULL;
}

static void
write_field(struct json *j, const char *name, const char *declared,
    const char *on_it, const char *in_zone)
{
	json_open(j, NULL);
	json_text(j, "name", name);
	json_text(j, "declared", declared);
	json_text(j, "printed", on_it);
	json_text(j, "mrz", in_zone);
	json_close(j);
}

static void
write_fields(struct json *j, const struct registration *r,
    const struct findings *found)
{
	struct dossier d = {.now = clock_now(), .mrz_side = -1,
		.sides = {&found[0], &found[1]}};

	dossier_read_mrz(&d);
	const struct mrz *m = &d.mrz;
	json_list(j, "fields");
	write_field(j, "name", r->fullname, NULL, NULL);
	write_field(j, "surname", NULL,
	    printed(found, FINDING_printed_surname), m->surname);
	write_field(j, "given_names", NULL,
	    printed(found, FINDING_printed_given_names), m->given_names);
	write_field(j, "number", NULL,
	    printed(found, FINDING_printed_number), m->number);
	write_field(j, "birth_date", NULL,
	    printed(found, FINDING_printed_birth_date), m->birth_date);
	write_field(j, "expiry", NULL,
	    printed(found, FINDING_printed_expiry), m->expiry);
	write_field(j, "country", r->country, NULL, m->issuer);
	write_field(j, "nationality", NULL, NULL, m->nationality);
	write_field(j, "kind", r->kind, NULL, m->code);
	json_end(j);
}

/* Other requests, under another e-mail, with something in common. */
static RESULT
write_earlier(struct request *q, struct flow *f, struct json *j,
    const struct registration *r)
{
	struct earlier *rows;
	size_t count;

	TRY(seen_list(f, &q->arena, r->id, &rows, &count));
	json_list(j, "earlier");
	for (size_t i = 0; i < count; i++) {
		json_open(j, NULL);
		json_text(j, "id", rows[i].registration);
		json_text(j, "same", rows[i].kind);
		json_text(j, "state", rows[i].state);
		json_time(j, "created_at", rows[i].created_at);
		json_close(j);
	}
	json_end(j);
	return OK;
}

RESULT
review_write(struct request *q, struct flow *f, struct json *j,
    const struct registration *r)
{
	struct findings *found = arena_get(&q->arena,
	    SIDE_NAMES_COUNT * sizeof(*found));

	for (size_t side = 0; side < SIDE_NAMES_COUNT; side++)
		TRY(load_side(q, f, r, side, &found[side]));
	json_open(j, NULL);
	TRY(write_head(q, f, j, r));
	json_open(j, "declared");
	json_text(j, "fullname", r->fullname);
	json_text(j, "country", r->country);
	json_text(j, "kind", r->kind);
	json_close(j);
	TRY(write_pictures(q, f, j, r));
	write_findings(j, found);
	TRY(write_verdicts(q, f, j, r));
	write_fields(j, r, found);
	TRY(write_earlier(q, f, j, r));
	json_close(j);
	return json_done(j);
}
