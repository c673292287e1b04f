/*
 * The {{name}} filler.
 */
#include "base/text.h"

static RESULT
put_html(const char *value, struct buf *out)
{
	for (; *value; value++) {
		switch (*value) {
		case '&':
			TRY(buf_add_text(out, "&amp;"));
			break;
		case '<':
			TRY(buf_add_text(out, "&lt;"));
			break;
		case '>':
			TRY(buf_add_text(out, "&gt;"));
			break;
		case '"':
			TRY(buf_add_text(out, "&quot;"));
			break;
		case '\'':
			TRY(buf_add_text(out, "&#39;"));
			break;
		default:
			TRY(buf_add_byte(out, (uint8_t)*value));
		}
	}
	return OK;
}

static RESULT
put_value(const char *value, enum text_escape escape, struct buf *out)
{
	for (const char *c = value; *c; c++) {
		if ((unsigned char)*c >= 0x20 && *c != 0x7f)
			continue;
		if (escape == TEXT_HEADER || *c != '\n')
			return FAIL(ERR_INVALID, "a control character");
	}
	if (escape == TEXT_HTML)
		return put_html(value, out);
	return buf_add_text(out, value);
}

static const char *
value_of(struct span name, const struct text_value *values, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strlen(values[i].name) == name.size &&
		    memcmp(values[i].name, name.data, name.size) == 0)
			return values[i].value;
	return NULL;
}

RESULT
text_fill(const char *template, const struct text_value *values, size_t count,
    enum text_escape escape, struct buf *out)
{
	const char *at = template, *open, *close;

	while ((open = strstr(at, "{{")) != NULL) {
		close = strstr(open, "}}");
		if (!close)
			return FAIL(ERR_INTERNAL, "{{ without }}");
		struct span name = SPAN(open + 2, (size_t)(close - open - 2));
		const char *value = value_of(name, values, count);
		if (!value)
			return FAIL(ERR_INTERNAL, "nothing for {{%.*s}}",
			    (int)name.size, (const char *)name.data);
		TRY(buf_add(out, at, (size_t)(open - at)));
		TRY(put_value(value, escape, out));
		at = close + 2;
	}
	return buf_add_text(out, at);
}
