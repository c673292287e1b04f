/*
 * paraph workspace, paraph feature: organisations and what they may use.
 */
#include "cli/admin.h"

#include "base/clock.h"
#include "base/codec.h"

static const char workspace_usage[] =
    "usage: paraph workspace add NAME [--test] [--contact TEXT]\n"
    "                            [--language en|fr]\n"
    "                            [--lcp-review never|on_doubt|always]\n"
    "                            [--redirect-origins ORIGINS]\n"
    "       paraph workspace list\n"
    "\n"
    "A test workspace accepts specimens and issues under a TEST authority.\n"
    "ORIGINS: where participants may be sent back to, such as\n"
    "\"https://a.example https://b.example\".\n"
    "Options everywhere: --config FILE, --json.\n";

static const char feature_usage[] =
    "usage: paraph feature on|off WORKSPACE FEATURE\n"
    "\n"
    "certificate_creation: its members may ask for certificates.\n"
    "qualified_levels: also at the levels qcp and qcpnqscd.\n"
    "WORKSPACE is its name or id. A new workspace has no feature.\n"
    "Options everywhere: --config FILE, --json.\n";

static enum err
check_choice(const char *value, const char *const *choices, size_t count,
    const char *what)
{
	if (enum_find(choices, count, value) == count)
		return FAIL(ERR_INVALID, "%s cannot be %.20s", what, value);
	return OK;
}

static enum err
add(struct admin *a, const struct workspace *wish, char id[ID_SIZE])
{
	static const char *const languages[] = {"en", "fr"};
	static const char *const reviews[] = {"never", "on_doubt", "always"};
	struct workspace w = *wish, there;
	size_t length = strlen(w.name);

	TRY(check_choice(w.language, languages, 2, "the language"));
	TRY(check_choice(w.lcp_review, reviews, 3, "--lcp-review"));
	if (length == 0 || length > 100 ||
	    !utf8_is_clean(span_of_text(w.name)))
		return FAIL(ERR_INVALID, "a name has 1 to 100 characters");
	if (admin_workspace(a, w.name, &there) == OK)
		return FAIL(ERR_CONFLICT, "there is a workspace of that name");
	id_make("wsp", id);
	w.id = id;
	w.created_at = clock_now();
	TRY(store_begin(a->store));
	TRY(workspace_save(a->store, &w));
	TRY(audit_write(&a->flow, &admin_actor, "workspace.created", id, "",
	    ""));
	return store_commit(a->store);
}

static int
cmd_add(int argc, char **argv)
{
	const char *test = NULL, *arguments[1];
	struct workspace w = {.lcp_review = "on_doubt",
	    .language = "en",
	    .contact = "",
	    .redirect_origins = ""};
	const struct word_option options[] = {{"--test", &test, true},
	    {"--contact", &w.contact, false},
	    {"--language", &w.language, false},
	    {"--redirect-origins", &w.redirect_origins, false},
	    {"--lcp-review", &w.lcp_review, false}};
	char id[ID_SIZE];
	struct admin a;

	admin_options(argc, argv, options, 5, arguments, 1, 1);
	if (!admin_open(&a))
		return 1;
	w.name = arguments[0];
	w.test = test != NULL;
	int status = 0;
	if (add(&a, &w, id) != OK)
		status = admin_fail("cannot add the workspace");
	else
		admin_tell(&a, "id", id);
	admin_close(&a);
	return status;
}

/* Every feature by its name, on or off. */
static enum err
print(struct admin *a, const struct workspace *w)
{
	bool on;

	if (a->json) {
		printf("{\"id\":\"%s\",\"name\":", w->id);
		json_text(stdout, w->name);
		printf(",\"test\":%s", w->test ? "true" : "false");
	} else {
		printf("%s  %s%s", w->id, w->name, w->test ? "  TEST" : "");
	}
	for (size_t i = 0; i < FEATURE_COUNT; i++) {
		TRY(feature_on(a->store, w->id, feature_names[i], &on));
		if (a->json)
			printf(",\"%s\":%s", feature_names[i],
			    on ? "true" : "false");
		else
			printf("  %s %s", feature_names[i], on ? "on" : "off");
	}
	puts(a->json ? "}" : "");
	return OK;
}

static int
cmd_list(int argc, char **argv)
{
	struct workspace *all;
	struct admin a;
	size_t count = 0;
	int status = 0;

	admin_options(argc, argv, NULL, 0, NULL, 0, 0);
	if (!admin_open(&a))
		return 1;
	if (workspace_list(a.store, &a.arena, &all, &count) != OK)
		status = admin_fail("cannot list");
	for (size_t i = 0; status == 0 && i < count; i++)
		if (print(&a, &all[i]) != OK)
			status = admin_fail("cannot list");
	admin_close(&a);
	return status;
}

int
cmd_workspace(int argc, char **argv)
{
	static const struct admin_verb verbs[] = {
	    {"add", cmd_add}, {"list", cmd_list}};

	return admin_verbs("paraph workspace", workspace_usage, argc, argv,
	    verbs);
}

static enum err
switch_feature(struct admin *a, const char *workspace, const char *name,
    bool on)
{
	struct workspace w;

	TRY(check_choice(name, feature_names, FEATURE_COUNT, "a feature"));
	TRY(admin_workspace(a, workspace, &w));
	TRY(store_begin(a->store));
	TRY(feature_set(a->store, w.id, name, on, clock_now()));
	TRY(audit_write(&a->flow, &admin_actor,
	    on ? "feature.on" : "feature.off", w.id, name, ""));
	return store_commit(a->store);
}

static int
set(int argc, char **argv, bool on)
{
	const char *arguments[2];
	struct admin a;
	int status = 0;

	admin_options(argc, argv, NULL, 0, arguments, 2, 2);
	if (!admin_open(&a))
		return 1;
	if (switch_feature(&a, arguments[0], arguments[1], on) != OK)
		status = admin_fail("cannot switch the feature");
	admin_close(&a);
	return status;
}

static int
cmd_on(int argc, char **argv)
{
	return set(argc, argv, true);
}

static int
cmd_off(int argc, char **argv)
{
	return set(argc, argv, false);
}

int
cmd_feature(int argc, char **argv)
{
	static const struct admin_verb verbs[] = {
	    {"on", cmd_on}, {"off", cmd_off}};

	return admin_verbs("paraph feature", feature_usage, argc, argv, verbs);
}
