/*
 * Errors: one enum, one table, one explanation per thread.
 *
 * A fallible function returns RESULT, which the compiler does not let a
 * caller drop. The code and the explanation are set in one call, so that one
 * never exists without the other. Explanations carry no personal data: they
 * may reach a log.
 */
#pragma once

enum err {
	OK = 0,
#define ERROR(symbol, http, api, text) ERR_##symbol,
#include "base/errors.def"
#undef ERROR
	ERR_COUNT
};

#define RESULT __attribute__((warn_unused_result)) enum err

/* Sets the thread's explanation and gives the code back. */
#define FAIL(code, ...) err_set((code), __VA_ARGS__)

/* Forwards a failure to the caller; the only macro that may return. */
#define TRY(call)                                                              \
	do {                                                                   \
		enum err try_result_ = (call);                                 \
		if (try_result_ != OK)                                         \
			return try_result_;                                    \
	} while (0)

/* For an outcome that is allowed to fail unheard; say why beside it. */
#define IGNORE(call)                                                           \
	do {                                                                   \
		if ((call) != OK)                                              \
			err_clear();                                           \
	} while (0)

/* Keeps code and explanation; cuts an explanation at 255 bytes. */
enum err err_set(enum err code, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Names the request field the failure is about; kept until the next FAIL. */
enum err err_set_field(enum err code, const char *field, const char *format,
    ...) __attribute__((format(printf, 3, 4)));

void err_clear(void);

/* The thread's last explanation and field, "" when there is none. */
const char *err_explanation(void);
const char *err_field(void);

int err_http_status(enum err code);
const char *err_api_name(enum err code);
const char *err_text(enum err code);
