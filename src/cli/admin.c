/*
 * paraph-admin: the commands that work on an instance's store.
 */
#include "cli/admin.h"

#include <stdio.h>
#include <sys/stat.h>

#define ARENA_MAX ((size_t)64 << 20)

const struct actor admin_actor = {ACTOR_platform, "paraph", "administrator"};

static const char *config_path;
static bool want_json;

struct command {
	const char *name;
	int (*run)(int argc, char **argv);
};

static const struct command commands[] = {
    {"apikey", cmd_apikey},
    {"audit", cmd_audit},
    {"certificate", cmd_certificate},
    {"config", cmd_config},
    {"feature", cmd_feature},
    {"init", cmd_init},
    {"member", cmd_member},
    {"registration", cmd_registration},
    {"repository", cmd_repository},
    {"review", cmd_review},
    {"workspace", cmd_workspace},
};

static void
wrong_use(const char *usage, const char *what, const char *which)
{
	fprintf(stderr, "paraph: %s%s%s\n\n%s", what, which ? " " : "",
	    which ? which : "", usage);
	exit(2);
}

/* How many words the option takes; 0 when it is not known. */
static int
take_option(char **argv, int left, const char *usage,
    const struct admin_option *options, size_t count)
{
	const char *const common[] = {"--config", "--json", "--help"};

	switch (enum_find(common, 3, argv[0])) {
	case 0:
		if (left < 2)
			wrong_use(usage, "no file after", argv[0]);
		config_path = argv[1];
		return 2;
	case 1:
		want_json = true;
		return 1;
	case 2:
		fputs(usage, stdout);
		exit(0);
	}
	for (size_t i = 0; i < count; i++) {
		if (strcmp(argv[0], options[i].name) != 0)
			continue;
		if (!options[i].flag && left < 2)
			wrong_use(usage, "nothing after", argv[0]);
		*options[i].value = options[i].flag ? "yes" : argv[1];
		return options[i].flag ? 1 : 2;
	}
	return 0;
}

size_t
admin_options(int argc, char **argv, const char *usage,
    const struct admin_option *options, size_t count, const char **arguments,
    size_t min, size_t max)
{
	size_t given = 0;

	for (int i = 0; i < argc;) {
		int taken = take_option(argv + i, argc - i, usage, options,
		    count);
		if (taken == 0 && strncmp(argv[i], "--", 2) == 0)
			wrong_use(usage, "unknown option", argv[i]);
		if (taken == 0 && given == max)
			wrong_use(usage, "too many arguments:", argv[i]);
		if (taken == 0)
			arguments[given++] = argv[i];
		i += taken ? taken : 1;
	}
	if (given < min)
		wrong_use(usage, "something is missing", NULL);
	return given;
}

static enum err
open_all(struct admin *a)
{
	TRY(conf_load(config_find(config_path), &a->conf));
	TRY(keys_load(conf_text(a->conf, CONF_store_keys_dir), false,
	    &a->keys));
	TRY(store_open(conf_text(a->conf, CONF_store_path), true, &a->store));
	a->flow = (struct flow){a->store, a->conf, &a->keys};
	return OK;
}

bool
admin_open(struct admin *a)
{
	*a = (struct admin){.json = want_json};
	arena_init(&a->arena, ARENA_MAX);
	if (open_all(a) == OK)
		return true;
	admin_fail("cannot open the instance");
	admin_close(a);
	return false;
}

void
admin_close(struct admin *a)
{
	store_close(a->store);
	keys_clear(&a->keys);
	conf_free(a->conf);
	arena_clear(&a->arena);
}

int
admin_fail(const char *what)
{
	const char *field = err_field();

	fprintf(stderr, "paraph: %s: %s%s%s\n", what, field, *field ? " " : "",
	    err_explanation());
	return 1;
}

RESULT
admin_workspace(struct admin *a, const char *text, struct workspace *out)
{
	struct workspace *all;
	size_t count;

	if (id_is("wsp", text))
		return workspace_load(a->store, &a->arena, text, out);
	TRY(workspace_list(a->store, &a->arena, &all, &count));
	for (size_t i = 0; i < count; i++) {
		if (strcmp(all[i].name, text) != 0)
			continue;
		*out = all[i];
		return OK;
	}
	return FAIL(ERR_NOT_FOUND, "no workspace of that name");
}

int
main(int argc, char **argv)
{
	umask(077);
	for (size_t i = 0; argc > 1 && i < COUNT_OF(commands); i++)
		if (strcmp(argv[1], commands[i].name) == 0)
			return commands[i].run(argc - 2, argv + 2);
	fprintf(stderr, "paraph-admin is called by paraph; see paraph --help\n");
	return 2;
}
