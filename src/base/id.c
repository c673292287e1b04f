/*
 * Random identifiers as text.
 */
#include "base/id.h"

#include "base/digest.h"

#include <stdio.h>
#include <string.h>

#define LETTERS 26

static const char alphabet[] = "0123456789bcdfghjkmnpqrstvwxyz";

void
id_make(const char *prefix, char out[ID_SIZE])
{
	char body[LETTERS + 1];

	/* 30 letters: 26 of them carry 127.6 bits */
	for (int i = 0; i < LETTERS; i++)
		body[i] = alphabet[random_below(sizeof(alphabet) - 1)];
	body[LETTERS] = '\0';
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
