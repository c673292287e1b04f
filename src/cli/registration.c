/*
 * paraph registration: the same acts as the API's, from a terminal on the
 * server.
 */
#include "cli/admin.h"

#include "base/clock.h"

#include <stdio.h>

static const char usage[] =
    "usage: paraph registration create WORKSPACE EMAIL\n"
    "           [--level lcp|qcp|qcpnqscd]\n"
    "           [--fullname NAME] [--fullname-type suggestion|prerequisite]\n"
    "           [--phone +33...] [--language en|fr] [--no-invitation]\n"
    "       paraph registration show ID\n"
    "       paraph registration list WORKSPACE\n"
    "\n"
    "create prints the id and the participant's link. The level is lcp\n"
    "unless said; the others need the feature qualified_levels.\n"
    "Options everywhere: --config FILE, --json.\n";

static enum err
print_one(struct admin *a, const struct registration *r)
{
	char created[CLOCK_TEXT_SIZE], expires[CLOCK_TEXT_SIZE];

	clock_format(r->created_at, created);
	clock_format(r->expires_at, expires);
	if (!a->json) {
		printf("%s  %-15s  %s  %s  created %s  expires %s\n", r->id,
		    r->state, r->level, r->email, created, expires);
		return OK;
	}
	printf("{\"id\":\"%s\",\"state\":\"%s\",\"level\":\"%s\",\"email\":",
	    r->id, r->state, r->level);
	json_text(stdout, r->email);
	printf(",\"created_at\":\"%s\",\"expires_at\":\"%s\"}\n", created,
	    expires);
	return OK;
}

static enum err
create(struct admin *a, const char *workspace,
    struct registration_request *q)
{
	struct registration r;
	struct workspace w;
	const char *link;

	TRY(admin_workspace(a, workspace, &w));
	q->workspace = w.id;
	TRY(registration_create(&a->flow, &a->arena, &admin_actor, q, &r));
	TRY(registration_link(&a->flow, &a->arena, &r, &link));
	if (a->json)
		printf("{\"id\":\"%s\",\"url\":\"%s\"}\n", r.id, link);
	else
		printf("%s\n%s\n", r.id, link);
	return OK;
}

static enum err
show(struct admin *a, const char *id)
{
	struct registration r;
	struct step *steps;
	size_t count;

	enum err found = registration_current(&a->flow, &a->arena, id, &r);
	if (found == ERR_NOT_FOUND)
		return FAIL(found, "no registration has the id %.60s", id);
	TRY(found);
	TRY(print_one(a, &r));
	TRY(step_list(a->store, &a->arena, id, &steps, &count));
	for (size_t i = 0; !a->json && i < count; i++)
		printf("  %-14s %-8s %s\n", steps[i].name, steps[i].state,
		    steps[i].reasons);
	return OK;
}

static enum err
list(struct admin *a, const char *workspace)
{
	struct registration_filter f = {.state = "", .level = "",
	    .query = "", .query_phone = "", .sort = "created_at",
	    .cursor = "", .limit = 200,
	    .created_after = clock_now() - 30 * DAY};
	struct registration *all;
	struct workspace w;
	size_t count;

	TRY(admin_workspace(a, workspace, &w));
	f.workspace = w.id;
	do {
		TRY(registration_list(a->store, &a->arena, &f, &all, &count,
		    &f.cursor));
		for (size_t i = 0; i < count; i++)
			TRY(print_one(a, &all[i]));
	} while (f.cursor[0]);
	return OK;
}

static int
cmd_create(int argc, char **argv)
{
	const char *arguments[2], *quiet = NULL;
	struct registration_request q = {.level = "lcp", .fullname = "",
	    .fullname_type = "", .phone = "", .phone_type = "",
	    .language = "", .redirect_url = "", .metadata = ""};
	const struct word_option options[] = {{"--level", &q.level, false},
	    {"--fullname", &q.fullname, false},
	    {"--fullname-type", &q.fullname_type, false},
	    {"--phone", &q.phone, false}, {"--language", &q.language, false},
	    {"--no-invitation", &quiet, true}};
	struct admin a;

	admin_options(argc, argv, options, COUNT_OF(options), arguments, 2, 2);
	q.send_invitation = quiet == NULL;
	q.email = arguments[1];
	if (!admin_open(&a))
		return 1;
	int status = create(&a, arguments[0], &q) == OK ? 0
							: admin_fail("create");
	admin_close(&a);
	return status;
}

static int
look(int argc, char **argv, const char *verb,
    enum err (*run)(struct admin *, const char *))
{
	const char *of;
	struct admin a;

	admin_options(argc, argv, NULL, 0, &of, 1, 1);
	if (!admin_open(&a))
		return 1;
	int status = run(&a, of) == OK ? 0 : admin_fail(verb);
	admin_close(&a);
	return status;
}

static int
cmd_show(int argc, char **argv)
{
	return look(argc, argv, "show", show);
}

static int
cmd_list(int argc, char **argv)
{
	return look(argc, argv, "list", list);
}

int
cmd_registration(int argc, char **argv)
{
	static const struct admin_verb verbs[] = {
	    {"create", cmd_create}, {"show", cmd_show}, {"list", cmd_list}};

	return admin_verbs("paraph registration", usage, argc, argv, verbs);
}
