/*
 * The JSON writer.
 */
#include "web/json.h"

#include "base/clock.h"

#include <math.h>

static void
add(struct json *j, const void *data, size_t size)
{
	if (j->failed == OK)
		j->failed = buf_add(j->out, data, size);
}

static void
add_text(struct json *j, const char *text)
{
	add(j, text, strlen(text));
}

/* Control characters never get here from outside; stored ones are escaped. */
static void
add_quoted(struct json *j, const char *text)
{
	char escape[8];

	add_text(j, "\"");
	while (*text) {
		size_t plain = 0;
		while ((unsigned char)text[plain] >= 0x20 &&
		    text[plain] != '"' && text[plain] != '\\')
			plain++;
		add(j, text, plain);
		text += plain;
		if (!*text)
			break;
		if (*text == '"' || *text == '\\')
			snprintf(escape, sizeof(escape), "\\%c", *text);
		else
			snprintf(escape, sizeof(escape), "\\u%04x",
			    (unsigned char)*text);
		add_text(j, escape);
		text++;
	}
	add_text(j, "\"");
}

static void
begin(struct json *j, const char *key)
{
	if (j->comma)
		add_text(j, ",");
	j->comma = true;
	if (!key)
		return;
	add_quoted(j, key);
	add_text(j, ":");
}

void
json_open(struct json *j, const char *key)
{
	begin(j, key);
	add_text(j, "{");
	j->comma = false;
}

void
json_close(struct json *j)
{
	add_text(j, "}");
	j->comma = true;
}

void
json_list(struct json *j, const char *key)
{
	begin(j, key);
	add_text(j, "[");
	j->comma = false;
}

void
json_end(struct json *j)
{
	add_text(j, "]");
	j->comma = true;
}

void
json_raw(struct json *j, const char *key, const char *text)
{
	begin(j, key);
	add_text(j, text);
}

void
json_nothing(struct json *j, const char *key)
{
	json_raw(j, key, "null");
}

void
json_exactly(struct json *j, const char *key, const char *text)
{
	begin(j, key);
	add_quoted(j, text);
}

void
json_text(struct json *j, const char *key, const char *text)
{
	if (text && *text)
		json_exactly(j, key, text);
	else
		json_nothing(j, key);
}

void
json_number(struct json *j, const char *key, int64_t number)
{
	char text[24];

	snprintf(text, sizeof(text), "%lld", (long long)number);
	json_raw(j, key, text);
}

void
json_measure(struct json *j, const char *key, double number)
{
	char text[40];

	if (!isfinite(number)) {
		json_nothing(j, key);
		return;
	}
	snprintf(text, sizeof(text), "%.6g", number);
	json_raw(j, key, text);
}

void
json_bool(struct json *j, const char *key, bool value)
{
	json_raw(j, key, value ? "true" : "false");
}

void
json_time(struct json *j, const char *key, int64_t ms)
{
	char text[CLOCK_TEXT_SIZE];

	if (ms == 0) {
		json_nothing(j, key);
		return;
	}
	clock_format(ms, text);
	json_exactly(j, key, text);
}

void
json_words(struct json *j, const char *key, const char *words)
{
	json_list(j, key);
	while (*words) {
		size_t size = strcspn(words, " ");
		if (size > 0) {
			begin(j, NULL);
			add_text(j, "\"");
			add(j, words, size); /* codes: nothing to escape */
			add_text(j, "\"");
		}
		words += size;
		words += strspn(words, " ");
	}
	json_end(j);
}

RESULT
json_done(const struct json *j)
{
	return j->failed;
}
