/*
 * Words on a terminal.
 *
 * Texts of a document and names of files are a stranger's: findings are clean
 * by their validation, a file's name is cleaned here, so that nothing can
 * steer the terminal.
 */
#include "cli/inspect_text.h"

#include <stdio.h>
#include <string.h>

#include "base/codec.h"

static bool coloured;

const char *
paint(enum paint p)
{
	static const char *const codes[] = {"", "\033[1m", "\033[2m",
	    "\033[32m", "\033[33m", "\033[1;31m"};
	return coloured ? codes[p] : "";
}

const char *
plain(void)
{
	return coloured ? "\033[0m" : "";
}

/* Columns that a text takes: letters of these scripts take one each. */
int
columns_of(const char *text)
{
	int count = 0;
	for (; *text; text++)
		count += ((unsigned char)*text & 0xc0) != 0x80;
	return count;
}

void
pad(int from, int to)
{
	printf("%*s", to > from ? to - from : 1, "");
}

static int
columns_of_word(const char *text)
{
	int count = 0;
	for (; *text && *text != ' '; text++)
		count += ((unsigned char)*text & 0xc0) != 0x80;
	return count;
}

/* Words, broken at spaces, each line after the first indented. */
void
print_wrapped(int at, int indent, const char *text)
{
	while (*text) {
		size_t size = strcspn(text, " ");
		int width = columns_of_word(text);
		if (at + width > WIDTH - 1 && at > indent) {
			printf("\n%*s", indent, "");
			at = indent;
		}
		printf("%.*s", (int)size, text);
		text += size;
		at += width;
		if (*text != ' ')
			continue;
		text++;
		/* a space that would end a line is its end */
		if (at + 1 + columns_of_word(text) > WIDTH - 1) {
			at = WIDTH;
			continue;
		}
		putchar(' ');
		at++;
	}
	putchar('\n');
}

const char *
clean_name(const char *file, char out[SMALL_SIZE])
{
	if (!utf8_is_clean(SPAN(file, strlen(file)))) {
		size_t i = 0;
		for (; file[i] && i + 1 < SMALL_SIZE; i++)
			out[i] = file[i] >= ' ' && file[i] < 127 ? file[i] :
			    '?';
		out[i] = '\0';
		return out;
	}
	snprintf(out, SMALL_SIZE, "%s", file);
	return out;
}

void
text_colour(bool shown)
{
	coloured = shown;
}
