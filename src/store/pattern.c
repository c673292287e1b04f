/*
 * LIKE patterns: whoever searches for 100% finds no more than that.
 */
#include "store/pattern.h"

const char *
pattern_part(struct arena *a, const char *text)
{
	size_t length = strnlen(text, PATTERN_MAX);
	char *out = arena_get(a, 2 * length + 3), *at = out;

	*at++ = '%';
	for (size_t i = 0; i < length; i++) {
		if (strchr("%_!", text[i]))
			*at++ = '!';
		*at++ = text[i];
	}
	if (length > 0)
		*at++ = '%';
	return out;
}

const char *
pattern_phone(struct arena *a, const char *digits)
{
	/* a number has no letter */
	return *digits ? pattern_part(a, digits) : "none";
}

const char *
pattern_email(struct arena *a, const char *email, const char *name)
{
	return pattern_part(a, email && *email ? email : name);
}
