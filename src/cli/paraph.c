/*
 * paraph: a dispatcher. Each command is a program of its own, linked with
 * what it needs and nothing else, so that looking at a document loads no
 * database and looking at a certificate loads no picture library.
 */
#include "base/enum.h"

#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "vision/threads.h"

struct command {
	const char *name, *program, *doc;
};

static const struct command commands[] = {
#define COMMAND(name, program, doc) {name, program, doc},
#include "cli/commands.def"
#undef COMMAND
};

static void
usage(FILE *out)
{
	fprintf(out, "usage: paraph COMMAND [ARGUMENT...]\n\ncommands:\n");
	for (size_t i = 0; i < COUNT_OF(commands); i++)
		fprintf(out, "  %-14s %s\n", commands[i].name,
		    commands[i].doc);
	fprintf(out, "\nEach command has --help.\n");
}

/* Beside this program, or where a build or an installation puts the rest. */
static int
run(const char *program, char **argv)
{
	static const char *const places[] = {"", "../main/",
	    "../libexec/paraph/", "../signer/", "../vision/"};
	char self[PATH_MAX], path[PATH_MAX + 64];
	ssize_t size = readlink("/proc/self/exe", self, sizeof(self) - 1);

	if (size <= 0)
		return 1;
	threads_none(); /* or the program would have to start itself again */
	self[size] = '\0';
	*(strrchr(self, '/') + 1) = '\0';
	for (size_t i = 0; i < COUNT_OF(places); i++) {
		snprintf(path, sizeof(path), "%s%s%s", self, places[i],
		    program);
		if (access(path, X_OK) == 0)
			execv(path, argv);
	}
	fprintf(stderr, "paraph: %s is not installed\n", program);
	return 1;
}

int
main(int argc, char **argv)
{
	if (argc < 2) {
		usage(stderr);
		return 2;
	}
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0) {
		usage(stdout);
		return 0;
	}
	for (size_t i = 0; i < COUNT_OF(commands); i++) {
		if (strcmp(argv[1], commands[i].name) != 0)
			continue;
		/* programs of one command do not hear its name */
		bool many = strcmp(commands[i].program, "paraph-admin") == 0;
		return run(commands[i].program, argv + (many ? 0 : 1));
	}
	fprintf(stderr, "paraph: no command %s\n\n", argv[1]);
	usage(stderr);
	return 2;
}
