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

#include "cli/words.h"
#include "vision/pixels/threads.h"

struct command {
	const char *name, *program, *doc;
};

static const struct command commands[] = {
#define COMMAND(name, program, doc) {name, program, doc},
#include "cli/commands.def"
#undef COMMAND
};

static const char help[] =
    "usage: paraph COMMAND [ARGUMENT...]\n"
    "       paraph --help\n"
    "       paraph --version\n";

static int
print_help(void)
{
	printf("%s\ncommands:\n", help);
	for (size_t i = 0; i < COUNT_OF(commands); i++)
		printf("  %-14s %s\n", commands[i].name, commands[i].doc);
	printf("\nEach command has --help.\n");
	return words_done(0);
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

static _Noreturn void
no_command(const char *given)
{
	const char *known[COUNT_OF(commands)];

	for (size_t i = 0; i < COUNT_OF(commands); i++)
		known[i] = commands[i].name;
	words_unknown("no command", given, known, COUNT_OF(commands));
}

int
main(int argc, char **argv)
{
	words_of("paraph", help);
	if (argc < 2)
		words_wrong("what is to be done?");
	if (strcmp(argv[1], "--version") == 0) {
		printf("paraph %s\n", PARAPH_VERSION);
		return words_done(0);
	}
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ||
	    strcmp(argv[1], "help") == 0)
		return print_help();
	for (size_t i = 0; i < COUNT_OF(commands); i++) {
		if (strcmp(argv[1], commands[i].name) != 0)
			continue;
		/* programs of one command do not hear its name */
		bool many = strcmp(commands[i].program, "paraph-admin") == 0;
		return run(commands[i].program, argv + (many ? 0 : 1));
	}
	no_command(argv[1]);
}
