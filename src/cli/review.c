/*
 * paraph review: planted cases and the figures of operators.
 *
 * Planting is for the platform's administrator on the server itself: whoever
 * may plant knows the truth, and no operator may.
 */
#include "cli/review_plant.h"

#include "flow/quality.h"

static const char usage[] =
    "usage: paraph review plant REGISTRATION genuine|fraud [--reason REASON]\n"
    "       paraph review plant-dossier FOLDER genuine|fraud\n"
    "           --workspace WORKSPACE [--level lcp|qcp|qcpnqscd]\n"
    "           [--reason REASON]\n"
    "       paraph review figures\n"
    "\n"
    "plant makes a request of a test workspace a known case: it waits for\n"
    "operators like any other, nothing follows from what they decide, and\n"
    "figures tells how many frauds each of them missed.\n"
    "plant-dossier makes the request too, and hands in what lies in FOLDER\n"
    "(docs/review.md) as a participant would, while the instance runs; it\n"
    "prints the request's id once operators may get it. --level: qcp.\n"
    "--reason: what the fraud is to be refused for: forged_document,\n"
    "wrong_person, not_live or coerced; figures tells who named it.\n"
    "Options everywhere: --config FILE, --json.\n";

static int
cmd_plant(int argc, char **argv)
{
	const char *arguments[2], *reason = "";
	const struct word_option options[] = {{"--reason", &reason, false}};
	struct admin a;
	int status = 0;

	admin_options(argc, argv, options, COUNT_OF(options), arguments, 2, 2);
	if (!admin_open(&a))
		return 1;
	if (quality_plant(&a.flow, &a.arena, &admin_actor, arguments[0],
		arguments[1], reason) != OK)
		status = admin_fail("cannot plant it");
	admin_close(&a);
	return status;
}

/* -1: there is nothing. */
static const char *
seconds_text(struct arena *a, int64_t seconds)
{
	return seconds < 0 ? "-" : arena_format(a, "%llds",
	    (long long)seconds);
}

static void
print_stranded(const struct quality *x)
{
	if (x->stranded > 0)
		printf("%lld of them wait for an operator who is not there: "
		       "whoever is trained has decided already, or may not. "
		       "They end when their time is over.\n",
		    (long long)x->stranded);
}

/* Of the known cases that this operator decided on. */
static void
print_planted(const struct planted_figures *p)
{
	printf("frauds missed %lld/%lld, asked again %lld, for the right "
	       "reason %lld/%lld  genuine refused %lld/%lld, asked again "
	       "%lld  ",
	    (long long)p->missed,
	    (long long)(p->missed + p->caught + p->asked),
	    (long long)p->asked, (long long)p->named,
	    (long long)p->named_of, (long long)p->refused,
	    (long long)(p->refused + p->accepted + p->genuine_asked),
	    (long long)p->genuine_asked);
}

static void
print_operator(struct admin *a, const struct operator_figures *o)
{
	printf("%s  %-24s  decisions %lld  agrees %lld/%lld  ", o->id, o->name,
	    (long long)o->decisions, (long long)o->agreement.same,
	    (long long)o->agreement.of);
	print_planted(&o->planted);
	printf("left undecided %lld/%lld  median %s\n",
	    (long long)o->draws.left, (long long)o->draws.drawn,
	    seconds_text(&a->arena, o->median_seconds));
}

static void
print_text(struct admin *a, const struct quality *x)
{
	printf("waiting %lld, oldest %s; last day: %lld decisions, median "
	       "%s\n",
	    (long long)x->waiting, seconds_text(&a->arena, x->oldest_seconds),
	    (long long)x->decisions,
	    seconds_text(&a->arena, x->median_seconds));
	print_stranded(x);
	for (size_t i = 0; i < x->operator_count; i++)
		print_operator(a, &x->operators[i]);
}

static void
print_json_planted(const struct planted_figures *p)
{
	printf("\"planted\": {\"caught\": %lld, \"missed\": %lld, "
	       "\"accepted\": %lld, \"falsely_refused\": %lld, "
	       "\"fraud_asked_again\": %lld, \"genuine_asked_again\": %lld, "
	       "\"reason_named\": %lld, \"reason_of\": %lld}",
	    (long long)p->caught, (long long)p->missed,
	    (long long)p->accepted, (long long)p->refused,
	    (long long)p->asked, (long long)p->genuine_asked,
	    (long long)p->named, (long long)p->named_of);
}

static void
print_json_operator(const struct operator_figures *o)
{
	printf("{\"id\": \"%s\", \"name\": ", o->id);
	json_text(stdout, o->name);
	printf(", \"decisions\": %lld, \"agreement\": {\"same\": %lld, "
	       "\"of\": %lld}, ",
	    (long long)o->decisions, (long long)o->agreement.same,
	    (long long)o->agreement.of);
	print_json_planted(&o->planted);
	printf(", \"draws\": {\"drawn\": %lld, \"left\": %lld}, "
	       "\"median_seconds\": %lld}",
	    (long long)o->draws.drawn, (long long)o->draws.left,
	    (long long)o->median_seconds);
}

static void
print_json(const struct quality *x)
{
	printf("{\"waiting\": %lld, \"oldest_seconds\": %lld, "
	       "\"stranded\": %lld, "
	       "\"decisions_day\": %lld, \"operators\": [",
	    (long long)x->waiting, (long long)x->oldest_seconds,
	    (long long)x->stranded, (long long)x->decisions);
	for (size_t i = 0; i < x->operator_count; i++) {
		printf("%s", i ? ", " : "");
		print_json_operator(&x->operators[i]);
	}
	printf("]}\n");
}

static int
cmd_figures(int argc, char **argv)
{
	struct quality x;
	struct admin a;
	int status = 0;

	admin_options(argc, argv, NULL, 0, NULL, 0, 0);
	if (!admin_open(&a))
		return 1;
	if (quality_figures(&a.flow, &a.arena, "", &x) != OK)
		status = admin_fail("cannot count");
	else if (a.json)
		print_json(&x);
	else
		print_text(&a, &x);
	admin_close(&a);
	return status;
}

int
cmd_review(int argc, char **argv)
{
	static const struct admin_verb verbs[] = {
	    {"plant", cmd_plant}, {"plant-dossier", cmd_plant_dossier},
	    {"figures", cmd_figures}};

	return admin_verbs("paraph review", usage, argc, argv, verbs);
}
