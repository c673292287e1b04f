/*
 * Reading words, and saying what is wrong with them.
 *
 * There is one command line in a program, so what it is of is kept here and
 * not carried through every call.
 */
#include "cli/words.h"

#include "base/enum.h"

#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WRONG_USE 2
#define WORD_MAX 40	/* no verb or option is longer */
#define VERBS_MAX 16
#define NEAR 2		/* letters that may be mistyped */
#define MARGIN 7	/* of "usage: " */

static const char *of = "paraph", *help = "", *verb;

void
words_of(const char *command, const char *text)
{
	of = command;
	help = text;
	verb = NULL;
}

/* ---- the usage ---- */

/* What stands behind "usage: paraph ca" or "       paraph ca" on a line, NULL
 * on a line that goes on with the one before. */
static const char *
behind(const char *line)
{
	size_t size = strlen(of);

	if (strncmp(line, "usage: ", MARGIN) != 0 &&
	    strncmp(line, "       ", MARGIN) != 0)
		return NULL;
	line += MARGIN;
	return strncmp(line, of, size) == 0 &&
		       (line[size] == ' ' || line[size] == '\n')
		   ? line + size + (line[size] == ' ')
		   : NULL;
}

/* The next line of the usage, NULL at its end. */
static const char *
next_line(const char *line)
{
	const char *end = strchr(line, '\n');

	return end && end[1] && end[1] != '\n' ? end + 1 : NULL;
}

/* "on|off" are two verbs; *at goes on behind the one that is given. */
static bool
next_verb(const char **at, char out[WORD_MAX])
{
	size_t size = strcspn(*at, "| \n");

	if (!islower((unsigned char)**at) || size >= WORD_MAX)
		return false;
	memcpy(out, *at, size);
	out[size] = '\0';
	*at += size;
	*at += **at == '|';
	return true;
}

static bool
is_of(const char *line, const char *name)
{
	char found[WORD_MAX];
	const char *at = behind(line);

	while (at && next_verb(&at, found))
		if (strcmp(found, name) == 0)
			return true;
	return false;
}

/* All of it, or what is said of the verb. */
static void
print_usage(void)
{
	bool shown = false, applies = false;

	for (const char *line = help; line; line = next_line(line)) {
		if (behind(line))
			applies = !verb || is_of(line, verb);
		if (!applies)
			continue;
		const char *end = strchr(line, '\n');
		fprintf(stderr, "%s%.*s\n", shown ? "       " : "usage: ",
		    (int)(end - line) - MARGIN, line + MARGIN);
		shown = true;
	}
}

/* ---- what is wrong ---- */

static void __attribute__((format(printf, 1, 0)))
say(const char *format, va_list args)
{
	fprintf(stderr, "%s%s%s: ", of, verb ? " " : "", verb ? verb : "");
	vfprintf(stderr, format, args);
	fputc('\n', stderr);
}

void
words_refuse(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say(format, args);
	exit(WRONG_USE);
}

void
words_wrong(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say(format, args);
	print_usage();
	fprintf(stderr, "try: %s --help\n", of);
	exit(WRONG_USE);
}

/* How many letters are to be put in, taken out, changed or swapped. */
static size_t
distance(const char *a, const char *b)
{
	size_t rows[WORD_MAX + 1][WORD_MAX + 1];
	size_t high = strlen(a), wide = strlen(b);

	if (high > WORD_MAX || wide > WORD_MAX)
		return WORD_MAX;
	for (size_t i = 0; i <= high; i++)
		for (size_t k = 0; k <= wide; k++) {
			size_t *least = &rows[i][k];
			*least = i ? rows[i - 1][k] + 1 : k;
			if (i && k && rows[i][k - 1] + 1 < *least)
				*least = rows[i][k - 1] + 1;
			if (i && k && rows[i - 1][k - 1] +
			    (a[i - 1] != b[k - 1]) < *least)
				*least = rows[i - 1][k - 1] +
				    (a[i - 1] != b[k - 1]);
			if (i > 1 && k > 1 && a[i - 1] == b[k - 2] &&
			    a[i - 2] == b[k - 1] &&
			    rows[i - 2][k - 2] + 1 < *least)
				*least = rows[i - 2][k - 2] + 1;
		}
	return rows[high][wide];
}

void
words_unknown(const char *what, const char *given, const char *const *known,
    size_t count)
{
	const char *nearest = NULL;
	size_t best = NEAR + 1;

	for (size_t i = 0; i < count; i++) {
		size_t d = distance(given, known[i]);
		if (d < best && 2 * d < strlen(known[i])) {
			best = d;
			nearest = known[i];
		}
	}
	if (nearest)
		words_wrong("%s '%s'; did you mean '%s'?", what, given,
		    nearest);
	words_wrong("%s '%s'", what, given);
}

/* ---- reading ---- */

/* In the order of the usage, each once. */
static size_t
list_verbs(char names[VERBS_MAX][WORD_MAX])
{
	size_t count = 0;

	for (const char *line = help; line; line = next_line(line)) {
		const char *at = behind(line);
		while (at && count < VERBS_MAX && next_verb(&at, names[count])) {
			size_t same = 0;
			while (strcmp(names[same], names[count]) != 0)
				same++;
			count += same == count;
		}
	}
	return count;
}

static bool
is_help(const char *word)
{
	return strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0;
}

static _Noreturn void
print_help(void)
{
	fputs(help, stdout);
	exit(words_done(0));
}

const char *
words_verb(int argc, char **argv)
{
	static char names[VERBS_MAX][WORD_MAX];
	const char *known[VERBS_MAX];
	size_t count = list_verbs(names);

	for (int i = 0; i < argc && strcmp(argv[i], "--") != 0; i++)
		if (is_help(argv[i]))
			print_help();
	for (size_t i = 0; i < count; i++)
		known[i] = names[i];
	if (argc < 1)
		words_wrong("what is to be done?");
	size_t found = enum_find(known, count, argv[0]);
	if (found == count)
		words_unknown(argv[0][0] == '-' ? "first comes what is to be "
		    "done, not" : "it cannot do", argv[0], known, count);
	verb = names[found];
	return verb;
}

static const struct word_option *
find_option(const struct word_option *options, size_t count, const char *word)
{
	size_t size = word[1] == '-' ? strcspn(word, "=") : 2; /* -j4 */

	for (size_t i = 0; i < count; i++)
		if (strncmp(options[i].name, word, size) == 0 &&
		    options[i].name[size] == '\0')
			return &options[i];
	return NULL;
}

static _Noreturn void
unknown_option(const char *given, const struct word_option *options,
    size_t count)
{
	const char *known[VERBS_MAX + 1] = {"--help"};
	size_t k = 1;

	for (size_t i = 0; i < count && k < COUNT_OF(known); i++)
		known[k++] = options[i].name;
	words_unknown("unknown option", given, known, k);
}

/* The option at argv[*i], which may take the next word. */
static void
take(const struct word_option *o, int argc, char **argv, int *i,
    const struct word_option *options, size_t count)
{
	const char *value = argv[*i] + strlen(o->name);
	bool beside = *value == '\0';

	if (!beside && o->flag)
		words_wrong("%s takes no value", o->name);
	value += *value == '=';
	if (o->count && *o->count == o->most)
		words_wrong("%s at most %zu times", o->name, o->most);
	if (beside && o->flag) {
		value = "yes";
	} else if (beside) {
		if (*i + 1 >= argc ||
		    find_option(options, count, argv[*i + 1]))
			words_wrong("%s needs a value", o->name);
		value = argv[++*i];
	}
	o->value[o->count ? (*o->count)++ : 0] = value;
}

/* Where the verb's words begin, up to the next line that is of another. */
static const char *
words_of_usage(void)
{
	for (const char *line = help; line; line = next_line(line)) {
		const char *at = behind(line);
		if (at && (!verb || is_of(line, verb)))
			return verb ? at + strcspn(at, " \n") : at;
	}
	return "";
}

/* The next word, with the value of an option, on this line or those that go
 * on with it; size 0 at the end. */
static size_t
next_word(const char **at)
{
	while (**at == ' ' || **at == '\n') {
		if (**at == '\n' && ((*at)[1] != ' ' || behind(*at + 1)))
			return 0;
		++*at;
	}
	size_t size = strcspn(*at, " \n");
	if (strncmp(*at, "--", 2) == 0 && (*at)[size] == ' ')
		size += 1 + strcspn(*at + size + 1, " \n");
	return size;
}

/* The name in the usage of the argument that is not there. */
static _Noreturn void
missing(size_t given)
{
	const char *at = words_of_usage();
	size_t size;
	int depth = 0;

	for (; (size = next_word(&at)) > 0; at += size) {
		if (depth == 0 && isalpha((unsigned char)*at) && given-- == 0)
			words_wrong("%.*s is missing",
			    (int)strcspn(at, " .\n"), at);
		for (size_t i = 0; i < size; i++)
			depth += (at[i] == '[') - (at[i] == ']');
	}
	words_wrong("something is missing");
}

size_t
words_read(int argc, char **argv, const struct word_option *options,
    size_t count, const char **arguments, size_t min, size_t max)
{
	size_t given = 0;
	bool more = true; /* options may come */

	for (int i = 0; i < argc; i++) {
		bool dashed = more && argv[i][0] == '-' && argv[i][1];
		const struct word_option *o =
		    dashed ? find_option(options, count, argv[i]) : NULL;

		if (dashed && strcmp(argv[i], "--") == 0)
			more = false;
		else if (dashed && is_help(argv[i]))
			print_help();
		else if (o)
			take(o, argc, argv, &i, options, count);
		else if (dashed)
			unknown_option(argv[i], options, count);
		else if (given == max)
			words_wrong("unknown argument '%s'", argv[i]);
		else
			arguments[given++] = argv[i];
	}
	if (given < min)
		missing(given);
	return given;
}

int
words_done(int status)
{
	if (fflush(stdout) == 0 && !ferror(stdout))
		return status;
	fprintf(stderr, "%s: cannot write: %s\n", of, strerror(errno));
	return status ? status : 1;
}
