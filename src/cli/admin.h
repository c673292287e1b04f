/*
 * What the commands of paraph-admin share: the open instance, and the options
 * that all of them have.
 *
 * Exit status: 0 done, 1 it could not be done, 2 wrong use.
 */
#pragma once

#include "base/enum.h"
#include "cli/common.h"
#include "cli/words.h"
#include "flow/registration.h"

struct admin {
	struct conf *conf;
	struct store *store;
	struct keys keys;
	struct flow flow;
	struct arena arena;
	bool json;
};

extern const struct actor admin_actor;

/* What stands behind a command: a verb of its usage (words.h), and its words
 * without it. */
struct admin_verb {
	const char *name;
	int (*run)(int argc, char **argv);
};
int admin_verbs(const char *command, const char *help, int argc, char **argv,
    const struct admin_verb *verbs);

/* As words_read; --config and --json are always there. */
size_t admin_options(int argc, char **argv, const struct word_option *options,
    size_t count, const char **arguments, size_t min, size_t max);

/* One thing that was made: itself on a line, or a JSON object. */
void admin_tell(const struct admin *a, const char *name, const char *text);

/* Opens the instance named by --config, $PARAPH_CONFIG, ./paraph.conf or
 * /etc/paraph/paraph.conf. Prints what is wrong; false then. */
bool admin_open(struct admin *a);
void admin_close(struct admin *a);

/* The clerk's key, which opens evidence and which most have no use for. */
RESULT admin_vault_key(struct admin *a);

/* Prints the last failure and gives 1. */
int admin_fail(const char *what);

/* By id or by name. */
RESULT admin_workspace(struct admin *a, const char *text,
    struct workspace *out);

int cmd_apikey(int argc, char **argv);
int cmd_audit(int argc, char **argv);
int cmd_certificate(int argc, char **argv);
int cmd_config(int argc, char **argv);
int cmd_dossier(int argc, char **argv);
int cmd_feature(int argc, char **argv);
int cmd_init(int argc, char **argv);
int cmd_member(int argc, char **argv);
int cmd_registration(int argc, char **argv);
int cmd_repository(int argc, char **argv);
int cmd_retention(int argc, char **argv);
int cmd_review(int argc, char **argv);
int cmd_workspace(int argc, char **argv);
/* Of cmd_repository; count: authorities of which something was new. */
RESULT repository_publish(struct admin *a, size_t *count);
/* of cmd_member */
int cmd_show_passkey(int argc, char **argv);
