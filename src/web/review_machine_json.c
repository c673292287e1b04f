/*
 * What the machine found and thinks: uncovered once the operator has an
 * opinion of their own.
 */
#include "web/review_json.h"

#include "checks/check.h"
#include "flow/take.h"

void
review_write_box(struct json *j, struct box box)
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

static void
write_finding(struct json *j, const char *source, const struct finding *f)
{
	json_open(j, NULL);
	json_text(j, "source", source);
	json_text(j, "name", finding_name_text(f->name));
	if (finding_type_of(f->name) == FINDING_TEXT)
		json_text(j, "text", f->text);
	else
		json_measure(j, "value", f->value);
	json_measure(j, "confidence", f->confidence);
	review_write_box(j, f->box);
	json_close(j);
}

static void
write_findings(struct json *j, const struct findings *found)
{
	json_list(j, "findings");
	for (size_t s = 0; s < REVIEW_SOURCES; s++)
		for (size_t i = 0; i < found[s].count; i++)
			write_finding(j, review_sources[s],
			    &found[s].items[i]);
	json_end(j);
}

/* "turn_left 2100 3400 ...": what was seen to be done, and when. */
static void
write_event(struct json *j, const char *source, const char *text)
{
	char name[40];
	unsigned from, to;

	if (sscanf(text, "%39s %u %u", name, &from, &to) != 3)
		return;
	json_open(j, NULL);
	json_text(j, "source", source);
	json_text(j, "name", name);
	json_number(j, "from_ms", from);
	json_number(j, "to_ms", to);
	json_close(j);
}

static void
write_events(struct json *j, const struct findings *found)
{
	json_list(j, "events");
	for (size_t s = REVIEW_FACE; s <= REVIEW_DOCUMENT; s++)
		for (size_t i = 0; i < found[s].count; i++)
			if (strcmp(finding_name_text(found[s].items[i].name),
				"event") == 0)
				write_event(j, review_sources[s],
				    found[s].items[i].text);
	json_end(j);
}

static void
write_span(struct json *j, const struct verdict_row *v)
{
	if (v->from_ms == 0 && v->to_ms == 0) {
		json_nothing(j, "span");
		return;
	}
	json_open(j, "span");
	json_number(j, "from_ms", v->from_ms);
	json_number(j, "to_ms", v->to_ms);
	json_close(j);
}

static void
write_verdict(struct json *j, const struct verdict_row *v)
{
	enum check_name check = check_of_text(v->name);
	bool known = check != CHECK_COUNT;
	const char *source = v->side >= 0 && v->side < REVIEW_SOURCES
	    ? review_sources[v->side]
	    : NULL;

	json_open(j, NULL);
	json_text(j, "name", v->name);
	json_text(j, "title", known ? check_title(check) : v->name);
	json_text(j, "strength",
	    known && check_strength(check) == CHECK_STRONG ? "strong"
							   : "weak");
	json_text(j, "verdict", v->verdict);
	json_measure(j, "value", v->value);
	json_measure(j, "threshold", v->threshold);
	json_text(j, "source", source);
	json_text(j, "side", v->side <= REVIEW_BACK ? source : NULL);
	review_write_box(j, v->box);
	write_span(j, v);
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

/* What stood out in how a recording came (flow/take.h): a stranger's word. */
static RESULT
write_remark(struct request *q, struct flow *f, struct json *j,
    const struct registration *r, enum part part, const struct take *t,
    const struct take *before)
{
	char words[TAKE_REMARKS_MAX];
	struct take_counts counts;

	take_remarks(t, before, words);
	TRY(take_count(f, &q->arena, r->id, part, &counts));
	json_open(j, NULL);
	json_text(j, "part", part_text(part));
	json_words(j, "words", words);
	json_number(j, "told", counts.told);
	json_close(j);
	return OK;
}

/* The one that counts in this attempt; ERR_NOT_FOUND: none. */
static RESULT
find_take(struct request *q, struct flow *f, const struct registration *r,
    enum part part, struct take *out)
{
	struct evidence e;

	TRY(evidence_find(f->store, &q->arena, r->id, r->attempt,
	    take_evidence_kind(part), &e));
	return take_of_evidence(f->store, &q->arena, e.id, out);
}

static RESULT
write_remarks(struct request *q, struct flow *f, struct json *j,
    const struct registration *r)
{
	const struct take *before = NULL;
	struct take takes[PART_COUNT];

	json_list(j, "remarks");
	for (enum part part = PART_FACE; part < PART_COUNT; part++) {
		enum err code = find_take(q, f, r, part, &takes[part]);

		if (code == ERR_NOT_FOUND) {
			err_clear();
			continue;
		}
		TRY(code);
		TRY(write_remark(q, f, j, r, part, &takes[part], before));
		before = &takes[part];
	}
	json_end(j);
	return OK;
}

RESULT
review_write_machine(struct request *q, struct flow *f, struct json *j,
    const struct review_case *c, const struct findings *found)
{
	write_findings(j, found);
	TRY(write_verdicts(q, f, j, &c->r));
	write_events(j, found);
	TRY(write_remarks(q, f, j, &c->r));
	json_text(j, "machine", c->machine);
	return OK;
}
