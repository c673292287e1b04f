/*
 * What the commands of paraph-admin share: the open instance, a reader of
 * options, a way to print.
 *
 * Exit status: 0 done, 1 it could not be done, 2 wrong use.
 */
#pragma once

#include "base/enum.h"
#include "cli/common.h"
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

/* One option of a command: "--name VALUE" or, without value, "--name". */
struct admin_option {
	const char *name;
	const char **value; /* set to the value, or to "yes" */
	bool flag;
};

/*
 * Reads options and at most max arguments; --config, --json and --help are
 * always there. Wrong use prints usage to stderr and ends with 2; --help to
 * stdout and ends with 0.
 */
size_t admin_options(int argc, char **argv, const char *usage,
    const struct admin_option *options, size_t count, const char **arguments,
    size_t min, size_t max);

/* Opens the instance named by --config, $PARAPH_CONFIG, ./paraph.conf or
 * /etc/paraph/paraph.conf. Prints what is wrong; false then. */
bool admin_open(struct admin *a);
void admin_close(struct admin *a);

/* Prints the last failure and gives 1. */
int admin_fail(const char *what);

/* By id or by name. */
RESULT admin_workspace(struct admin *a, const char *text,
    struct workspace *out);

int cmd_apikey(int argc, char **argv);
int cmd_audit(int argc, char **argv);
int cmd_certificate(int argc, char **argv);
int cmd_config(int argc, char **argv);
int cmd_feature(int argc, char **argv);
int cmd_init(int argc, char **argv);
int cmd_member(int argc, char **argv);
int cmd_registration(int argc, char **argv);
int cmd_repository(int argc, char **argv);
int cmd_review(int argc, char **argv);
int cmd_workspace(int argc, char **argv);
/* Of cmd_repository; count: authorities of which something was new. */
RESULT repository_publish(struct admin *a, size_t *count);
/* of cmd_member */
int cmd_show_passkey(int argc, char **argv);
