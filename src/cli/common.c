/*
 * Where the configuration is, and how a text is quoted.
 */
#include "cli/common.h"

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

void
json_text(FILE *out, const char *text)
{
	fputc('"', out);
	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;

		if (c == '"' || c == '\\')
			fprintf(out, "\\%c", c);
		else if (c < 0x20 || c == 0x7f)
			fprintf(out, "\\u%04x", c);
		else
			fputc(c, out);
	}
	fputc('"', out);
}
