/*
 * The words of a command line, read and answered in one way by all commands.
 *
 * The usage that begins a command's help is the table: its verbs, and which
 * words each takes, are looked up there when something is wrong, so that a
 * mistake is answered by naming it and by the one line that applies. Wrong
 * use ends the program with 2, --help with 0.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* One option: "--name VALUE", "--name=VALUE" or, without value, "--name". */
struct word_option {
	const char *name;
	const char **value; /* set to the value, or to "yes" */
	bool flag;
	size_t *count; /* where it may come several times: how often it did, */
	size_t most;   /* and how often it may; value is an array then */
};

/* Once, before all others: "paraph ca" and its help. */
void words_of(const char *command, const char *help);

/* argv: what stands behind the command. The first word, which is a verb of
 * the usage; --help or -h anywhere prints the help. */
const char *words_verb(int argc, char **argv);

/* argv: what stands behind the verb. How many arguments, min to max, are
 * given; options may stand among them, "--" ends the options. */
size_t words_read(int argc, char **argv, const struct word_option *options,
    size_t count, const char **arguments, size_t min, size_t max);

/* Says what is wrong, the usage that applies, and where more is said. */
_Noreturn void words_wrong(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

/* The same of what a word names, such as a file: the usage would not help. */
_Noreturn void words_refuse(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

/* Names a word that is none of the known ones, and the one that is near. */
_Noreturn void words_unknown(const char *what, const char *given,
    const char *const *known, size_t count);

/* The exit status, 1 where standard output could not be written. */
int words_done(int status);
