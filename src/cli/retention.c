/*
 * paraph retention: which evidence is destroyed when, who has approved that,
 * and the word of those who approve.
 *
 * Whoever approves proves it by their own password: to be on the server is not
 * enough to be two people.
 */
#include "cli/admin.h"

#include "base/clock.h"
#include "cli/prove.h"
#include "flow/retention.h"

static const char usage[] =
    "usage: paraph retention show\n"
    "       paraph retention approve RULE|all --member EMAIL [--password-stdin]\n"
    "\n"
    "Evidence is destroyed when its time is over, once two people have approved\n"
    "the rule: two administrators of the platform, or one and an auditor. Each\n"
    "gives their own password. Whoever changes the days of a rule ([retention])\n"
    "needs both again.\n"
    "\n"
    "show tells of each rule what it destroys, who has approved it, and how much\n"
    "the next look, which is each hour, and the next day would destroy; it\n"
    "changes nothing.\n"
    "Options everywhere: --config FILE, --json.\n";

struct shown {
	struct retention_standing standing;
	struct retention_due now, tomorrow;
};

static enum err
look(struct admin *a, struct shown out[RETENTION_COUNT])
{
	struct retention_due now[RETENTION_COUNT], day[RETENTION_COUNT];

	TRY(admin_vault_key(a));
	TRY(retention_count(&a->flow, clock_now(), now));
	TRY(retention_count(&a->flow, clock_now() + DAY, day));
	for (enum retention_class r = 0; r < RETENTION_COUNT; r++) {
		out[r] = (struct shown){.now = now[r], .tomorrow = day[r]};
		TRY(retention_standing(
		    &a->flow, &a->arena, r, &out[r].standing));
	}
	return OK;
}

static void
print_people(const struct retention_standing *s)
{
	char at[CLOCK_TEXT_SIZE];

	for (size_t i = 0; i < s->count; i++) {
		clock_format(s->at[i], at);
		printf("    approved by ");
		plain_text(stdout, s->who[i].email);
		printf(" (%s) on %.10s\n", s->who[i].role, at);
	}
	if (!s->approved)
		printf("    waits for %s: nothing is destroyed\n",
		    s->count == 0 ? "two people"
		    : s->count == 1 ? "a second person"
				    : "an administrator of the platform");
}

static void
print_text(struct admin *a, const struct shown *all)
{
	for (enum retention_class r = 0; r < RETENTION_COUNT; r++) {
		printf("%s: after %lld days, %s\n", retention_name(r),
		    (long long)retention_days(a->conf, r), retention_doc(r));
		print_people(&all[r].standing);
		printf("    due now %zu, within a day %zu\n",
		    all[r].now.pieces, all[r].tomorrow.pieces);
	}
}

static void
print_json(struct admin *a, const struct shown *all)
{
	char digest[DIGEST_TEXT_SIZE];

	printf("{\"rules\": [");
	for (enum retention_class r = 0; r < RETENTION_COUNT; r++) {
		const struct retention_standing *s = &all[r].standing;

		retention_digest(a->conf, r, digest);
		printf("%s{\"rule\": \"%s\", \"days\": %lld, \"digest\": "
		       "\"%s\", \"approved\": %s, \"approved_by\": [",
		    r ? ", " : "", retention_name(r),
		    (long long)retention_days(a->conf, r), digest,
		    s->approved ? "true" : "false");
		for (size_t i = 0; i < s->count; i++) {
			printf("%s", i ? ", " : "");
			json_text(stdout, s->who[i].email);
		}
		printf("], \"due\": %zu, \"due_within_a_day\": %zu}",
		    all[r].now.pieces, all[r].tomorrow.pieces);
	}
	printf("]}\n");
}

static int
cmd_show(int argc, char **argv)
{
	static struct shown all[RETENTION_COUNT];
	struct admin a;
	int status = 0;

	admin_options(argc, argv, NULL, 0, NULL, 0, 0);
	if (!admin_open(&a))
		return 1;
	if (look(&a, all) != OK)
		status = admin_fail("cannot look");
	else if (a.json)
		print_json(&a, all);
	else
		print_text(&a, all);
	admin_close(&a);
	return status;
}

/* all: those that they have not approved yet. */
static enum err
approve(struct admin *a, const struct member *who, const char *rule)
{
	bool all = strcmp(rule, "all") == 0;
	enum err result = OK;

	TRY(admin_vault_key(a));
	for (enum retention_class r = 0; r < RETENTION_COUNT; r++) {
		if (!all && strcmp(retention_name(r), rule) != 0)
			continue;
		result = retention_approve(&a->flow, &a->arena, who, r);
		if (result == ERR_CONFLICT && all)
			result = OK;
		TRY(result);
		if (!a->json)
			printf("%s, %lld days: approved by %s\n",
			    retention_name(r),
			    (long long)retention_days(a->conf, r),
			    who->email);
	}
	return OK;
}

static int
cmd_approve(int argc, char **argv)
{
	const char *email = NULL, *from_input = NULL, *rule;
	const struct word_option options[] = {{"--member", &email, false},
	    {"--password-stdin", &from_input, true}};
	struct member who;
	struct admin a;

	admin_options(argc, argv, options, 2, &rule, 1, 1);
	if (!email)
		words_wrong("--member EMAIL is missing: who approves?");
	if (strcmp(rule, "all") != 0 && retention_of(rule) == RETENTION_COUNT)
		words_wrong("there is no rule %.40s", rule);
	if (!admin_open(&a))
		return 1;
	enum err result =
	    prove_member(&a, email, from_input != NULL, &who);
	if (result == OK)
		result = approve(&a, &who, rule);
	int status = result == OK ? 0 : admin_fail("cannot approve");
	admin_close(&a);
	return status;
}

int
cmd_retention(int argc, char **argv)
{
	static const struct admin_verb verbs[] = {
	    {"show", cmd_show}, {"approve", cmd_approve}};

	return admin_verbs("paraph retention", usage, argc, argv, verbs);
}
