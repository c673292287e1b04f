/*
 * Forms.
 */
#include "web/form.h"

#include "base/codec.h"

static int
hex_digit(uint8_t c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

static RESULT
decode(struct arena *a, struct span in, struct span *out)
{
	uint8_t *to = arena_get(a, in.size + 1);
	size_t size = 0;

	for (size_t at = 0; at < in.size; at++) {
		uint8_t c = in.data[at];
		if (c == '%') {
			if (in.size - at < 3)
				return FAIL(ERR_INVALID, "a broken percent sign");
			int high = hex_digit(in.data[at + 1]);
			int low = hex_digit(in.data[at + 2]);
			if (high < 0 || low < 0)
				return FAIL(ERR_INVALID, "a broken percent sign");
			c = (uint8_t)(high * 16 + low);
			at += 2;
		} else if (c == '+') {
			c = ' ';
		}
		to[size++] = c;
	}
	*out = SPAN(to, size);
	return OK;
}

static RESULT
read_pair(struct arena *a, struct span text, struct pair *out)
{
	const uint8_t *equals = memchr(text.data, '=', text.size);
	size_t name_size = equals ? (size_t)(equals - text.data) : text.size;
	struct span name;

	TRY(decode(a, SPAN(text.data, name_size), &name));
	if (!utf8_is_clean(name))
		return FAIL(ERR_INVALID, "a name that is not clean UTF-8");
	out->name = arena_text_of(a, name);
	if (!equals) {
		out->value = SPAN("", 0);
		return OK;
	}
	return decode(a, SPAN(equals + 1, text.size - name_size - 1),
	    &out->value);
}

RESULT
form_parse(struct arena *a, struct span text, struct pair **out, size_t *count)
{
	struct pair *pairs = arena_get(a, FORM_PAIRS_MAX * sizeof(*pairs));
	size_t found = 0;

	while (text.size > 0) {
		const uint8_t *end = memchr(text.data, '&', text.size);
		size_t size = end ? (size_t)(end - text.data) : text.size;
		if (found == FORM_PAIRS_MAX)
			return FAIL(ERR_INVALID, "too many fields");
		if (size > 0)
			TRY(read_pair(a, SPAN(text.data, size),
			    &pairs[found++]));
		size_t step = end ? size + 1 : size;
		text = SPAN(text.data + step, text.size - step);
	}
	*out = pairs;
	*count = found;
	return OK;
}
