/*
 * The error table and the thread's last explanation.
 */
#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct row {
	int http;
	const char *api;
	const char *text;
};

static const struct row rows[ERR_COUNT] = {
	[OK] = {200, "ok", ""},
#define ERROR(symbol, http, api, text) [ERR_##symbol] = {http, api, text},
#include "base/errors.def"
#undef ERROR
};

static _Thread_local char explanation[256];
static _Thread_local char field_name[64];

enum err
err_set(enum err code, const char *format, ...)
{
	va_list args;

	field_name[0] = '\0';
	va_start(args, format);
	vsnprintf(explanation, sizeof(explanation), format, args);
	va_end(args);
	return code;
}

enum err
err_set_field(enum err code, const char *field, const char *format, ...)
{
	va_list args;

	snprintf(field_name, sizeof(field_name), "%s", field);
	va_start(args, format);
	vsnprintf(explanation, sizeof(explanation), format, args);
	va_end(args);
	return code;
}

void
err_clear(void)
{
	explanation[0] = '\0';
	field_name[0] = '\0';
}

const char *
err_explanation(void)
{
	return explanation;
}

const char *
err_field(void)
{
	return field_name;
}

static const struct row *
row_of(enum err code)
{
	return code < ERR_COUNT ? &rows[code] : &rows[ERR_INTERNAL];
}

int
err_http_status(enum err code)
{
	return row_of(code)->http;
}

const char *
err_api_name(enum err code)
{
	return row_of(code)->api;
}

const char *
err_text(enum err code)
{
	return row_of(code)->text;
}
