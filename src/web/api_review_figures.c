/*
 * Figures of the operators' work, and the document models they compare with.
 * An operator sees their own figures, a platform administrator everybody's;
 * how planted cases went is the administrator's alone: who knows how many
 * they caught knows which they were.
 */
#include "flow/quality.h"
#include "flow/review_act.h"
#include "ident/document.h"
#include "web/review_json.h"
#include "web/who.h"

/* -1 becomes null. */
static void
write_median(struct json *j, const char *key, int64_t value)
{
	if (value < 0)
		json_nothing(j, key);
	else
		json_number(j, key, value);
}

static void
write_service(struct json *j, const struct quality *x)
{
	json_open(j, "queue");
	json_number(j, "waiting", x->waiting);
	json_number(j, "oldest_seconds", x->oldest_seconds);
	json_number(j, "stranded", x->stranded);
	write_median(j, "median_wait_seconds", x->median_wait_seconds);
	json_close(j);
	json_open(j, "day");
	json_number(j, "decisions", x->decisions);
	json_number(j, "approvals", x->approvals);
	json_number(j, "refusals", x->refusals);
	json_number(j, "redos", x->redos);
	write_median(j, "median_seconds", x->median_seconds);
	write_median(j, "median_keys", x->median_keys);
	json_close(j);
}

static void
write_operator(struct json *j, const struct operator_figures *o, bool all)
{
	json_open(j, NULL);
	json_text(j, "id", o->id);
	json_text(j, "name", o->name);
	json_number(j, "decisions", o->decisions);
	json_open(j, "agreement");
	json_number(j, "same", o->agreement.same);
	json_number(j, "of", o->agreement.of);
	json_close(j);
	json_open(j, "draws");
	json_number(j, "drawn", o->draws.drawn);
	json_number(j, "left", o->draws.left);
	json_close(j);
	if (all) {
		json_open(j, "planted");
		json_number(j, "caught", o->planted.caught);
		json_number(j, "missed", o->planted.missed);
		json_number(j, "accepted", o->planted.accepted);
		json_number(j, "falsely_refused", o->planted.refused);
		json_number(j, "fraud_asked_again", o->planted.asked);
		json_number(j, "genuine_asked_again", o->planted.genuine_asked);
		json_number(j, "reason_named", o->planted.named);
		json_number(j, "reason_of", o->planted.named_of);
		json_close(j);
	} else {
		json_nothing(j, "planted");
	}
	write_median(j, "median_seconds", o->median_seconds);
	json_close(j);
}

static RESULT
require_reader(struct request *q, struct flow *f, bool *all)
{
	struct prover by = request_prover(q);
	struct member m;

	*all = strcmp(q->caller.role, "platform_admin") == 0;
	return *all ? OK : reviewer_check(f, &q->arena, &by, &m);
}

RESULT
handle_review_figures(struct request *q)
{
	struct quality x;
	struct flow *f;
	bool all;

	TRY(request_flow(q, &f));
	TRY(require_reader(q, f, &all));
	TRY(quality_figures(f, &q->arena, all ? "" : q->caller.id, &x));
	struct json j = reply_json(q, 200);
	json_open(&j, NULL);
	json_text(&j, "object", "figures");
	write_service(&j, &x);
	json_list(&j, "operators");
	for (size_t i = 0; i < x.operator_count; i++)
		write_operator(&j, &x.operators[i], all);
	json_end(&j);
	json_close(&j);
	return json_done(&j);
}

static void
write_model(struct json *j, const struct document *d)
{
	json_open(j, NULL);
	json_text(j, "model", d->model);
	json_text(j, "from", d->valid_from);
	json_text(j, "format", mrz_format_text(d->format));
	json_number(j, "sides", d->sides);
	json_bool(j, "qualified", strpbrk(d->levels, "qs") != NULL);
	json_text(j, "layout", d->layout);
	json_text(j, "source", d->source);
	json_close(j);
}

void
review_write_models(struct json *j, const char *country, const char *kind)
{
	const struct document *d;

	json_list(j, "models");
	for (size_t i = 0; (d = document_at(i)) != NULL; i++)
		if (strcmp(d->country, country) == 0 &&
		    strcmp(d->kind, kind) == 0)
			write_model(j, d);
	json_end(j);
}

RESULT
handle_review_reference(struct request *q)
{
	struct prover by = request_prover(q);
	struct member m;
	struct flow *f;

	TRY(request_flow(q, &f));
	TRY(reviewer_check(f, &q->arena, &by, &m));
	struct json j = reply_json(q, 200);
	json_open(&j, NULL);
	json_text(&j, "object", "reference");
	review_write_models(&j, text(q, FIELD_review_reference_country),
	    text(q, FIELD_review_reference_kind));
	json_close(&j);
	return json_done(&j);
}
