/*
 * Where the configuration is, and how a text is quoted.
 */
#include "cli/common.h"

#include "base/codec.h"

#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

const char *
config_find(const char *given)
{
	const char *named = getenv("PARAPH_CONFIG");

	if (given)
		return given;
	if (named && *named)
		return named;
	if (access("paraph.conf", R_OK) == 0)
		return "paraph.conf";
	return "/etc/paraph/paraph.conf";
}

/* Control characters of both kinds, and marks that turn text around. */
static bool
is_plain(int32_t c)
{
	return c >= 0x20 && c != 0x7f && !(c >= 0x80 && c < 0xa0) &&
	       !(c >= 0x200b && c <= 0x200f) && !(c >= 0x2028 && c <= 0x202e) &&
	       !(c >= 0x2066 && c <= 0x2069) && c != 0xfeff;
}

void
plain_text(FILE *out, const char *text)
{
	struct span all = span_of_text(text);
	size_t at = 0;

	while (at < all.size) {
		size_t from = at;
		int32_t c = utf8_next(all, &at);

		if (c < 0)
			at = from + 1;
		for (; from < at; from++)
			if (is_plain(c))
				fputc(all.data[from], out);
			else
				fprintf(out, "\\x%02x", all.data[from]);
	}
}

void
json_text(FILE *out, const char *text)
{
	struct span all = span_of_text(text);
	size_t at = 0;

	fputc('"', out);
	while (at < all.size) {
		size_t from = at;
		int32_t c = utf8_next(all, &at);

		if (c < 0) {
			at = from + 1;
			fputs("\\ufffd", out);
		} else if (c == '"' || c == '\\') {
			fprintf(out, "\\%c", c);
		} else if (c < 0x20 || c == 0x7f) {
			fprintf(out, "\\u%04x", (unsigned)c);
		} else {
			fwrite(all.data + from, 1, at - from, out);
		}
	}
	fputc('"', out);
}
