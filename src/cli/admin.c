/*
 * paraph-admin: the commands that work on an instance's store.
 */
#include "cli/admin.h"

#include <stdio.h>
#include <sys/stat.h>

#define ARENA_MAX ((size_t)64 << 20)
#define ADMIN_OPTIONS_MAX 16

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
    {"dossier", cmd_dossier},
    {"feature", cmd_feature},
    {"init", cmd_init},
    {"member", cmd_member},
    {"registration", cmd_registration},
    {"repository", cmd_repository},
    {"retention", cmd_retention},
    {"review", cmd_review},
    {"workspace", cmd_workspace},
};

size_t
admin_options(int argc, char **argv, const struct word_option *options,
    size_t count, const char **arguments, size_t min, size_t max)
{
	const char *json = NULL;
	struct word_option all[ADMIN_OPTIONS_MAX] = {
	    {"--config", &config_path, false}, {"--json", &json, true}};

	if (count > ADMIN_OPTIONS_MAX - 2)
		abort();
	for (size_t i = 0; i < count; i++)
		all[i + 2] = options[i];
	size_t given = words_read(argc, argv, all, count + 2, arguments, min,
	    max);
	want_json = json != NULL;
	return given;
}

int
admin_verbs(const char *command, const char *help, int argc, char **argv,
    const struct admin_verb *verbs)
{
	words_of(command, help);
	const char *verb = words_verb(argc, argv);

	while (strcmp(verbs->name, verb) != 0)
		verbs++;
	return verbs->run(argc - 1, argv + 1);
}

void
admin_tell(const struct admin *a, const char *name, const char *text)
{
	if (!a->json) {
		printf("%s\n", text);
		return;
	}
	printf("{\"%s\": ", name);
	json_text(stdout, text);
	printf("}\n");
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

RESULT
admin_vault_key(struct admin *a)
{
	keys_clear(&a->keys);
	return keys_load(
	    conf_text(a->conf, CONF_store_keys_dir), true, &a->keys);
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
			return words_done(commands[i].run(argc - 2, argv + 2));
	fprintf(stderr, "paraph-admin is called by paraph; see paraph --help\n");
	return 2;
}
