/*
 * Random identifiers as text.
 */
#include "base/id.h"

#include "base/digest.h"

#include <stdio.h>
#include <string.h>

#define LETTERS 26
#define FAIR 240 /* octets below it are as many for each letter */

static const char alphabet[] = "0123456789bcdfghjkmnpqrstvwxyz";

/* 30 letters: 26 of them carry 127.6 bits. Octets are drawn together: to ask
 * the kernel for each letter costs more than all else of a request's id. */
static void
draw_letters(char out[LETTERS])
{
	uint8_t drawn[LETTERS + 6];
	int count = 0;

	while (count < LETTERS) {
		random_bytes(drawn, sizeof(drawn));
		for (size_t i = 0; i < sizeof(drawn) && count < LETTERS; i++)
			if (drawn[i] < FAIR)
				out[count++] = alphabet[drawn[i] %
				    (sizeof(alphabet) - 1)];
	}
}

void
id_make(const char *prefix, char out[ID_SIZE])
{
	char body[LETTERS + 1] = "";

	draw_letters(body);
	snprintf(out, ID_SIZE, "%.4s_%s", prefix, body);
}

bool
id_is(const char *prefix, const char *text)
{
	size_t length = strlen(prefix);

	if (!text || strncmp(text, prefix, length) != 0 ||
	    text[length] != '_')
		return false;
	text += length + 1;
	return strlen(text) == LETTERS &&
	    strspn(text, alphabet) == LETTERS;
}
