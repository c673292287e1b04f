/*
 * A reader of one flat JSON object.
 *
 * The four members that decide may not be written with escapes and may not
 * come twice: two programs that see two different challenges in one text is
 * what a second reading of it would be. Members that we do not know are
 * skipped (the standard tells browsers to add some, so that nobody compares
 * the text as a whole).
 */
#include "approval/client_data.h"

#include "base/codec.h"
#include "base/digest.h"

#include <stdbool.h>

#define DEPTH_MAX 4
#define CHALLENGE_MAX 64

struct reader {
	struct span rest;
};

/* What was found; data is NULL for what was not. */
struct members {
	struct span type, challenge, origin, cross_origin;
};

static RESULT
broken(void)
{
	return FAIL(ERR_INVALID, "client data that is not JSON as expected");
}

static uint8_t
front(const struct reader *r)
{
	return r->rest.size > 0 ? r->rest.data[0] : 0;
}

static void
step(struct reader *r, size_t count)
{
	r->rest = SPAN(r->rest.data + count, r->rest.size - count);
}

static void
skip_space(struct reader *r)
{
	while (front(r) == ' ' || front(r) == '\t' || front(r) == '\n' ||
	       front(r) == '\r')
		step(r, 1);
}

static RESULT
take(struct reader *r, uint8_t wanted)
{
	skip_space(r);
	if (r->rest.size == 0 || front(r) != wanted)
		return broken();
	step(r, 1);
	return OK;
}

/* The text between quotes as it is written; plain: without any escape. */
static RESULT
take_string(struct reader *r, bool plain, struct span *out)
{
	size_t size = 0;

	TRY(take(r, '"'));
	const uint8_t *text = r->rest.data;
	while (size < r->rest.size && text[size] != '"') {
		if (text[size] == '\\' && plain)
			return broken();
		size += text[size] == '\\' ? 2 : 1;
	}
	if (size >= r->rest.size)
		return broken();
	*out = SPAN(text, size);
	step(r, size + 1);
	return utf8_is_clean(*out) ? OK : broken();
}

/* A number, true, false or null. */
static RESULT
take_word(struct reader *r, struct span *out)
{
	size_t size = 0;

	skip_space(r);
	while (size < r->rest.size &&
	       strchr("abcdefghijklmnopqrstuvwxyzE0123456789.+-",
		   r->rest.data[size]) &&
	       r->rest.data[size])
		size++;
	if (size == 0)
		return broken();
	*out = SPAN(r->rest.data, size);
	step(r, size);
	return OK;
}

static RESULT skip_value(struct reader *r, int depth);

/* Behind the opening bracket, up to the closing one. */
static RESULT
skip_items(struct reader *r, uint8_t close, int depth)
{
	struct span name;

	skip_space(r);
	if (front(r) == close)
		return take(r, close);
	for (;;) {
		if (close == '}') {
			TRY(take_string(r, false, &name));
			TRY(take(r, ':'));
		}
		TRY(skip_value(r, depth));
		skip_space(r);
		if (front(r) == close)
			return take(r, close);
		TRY(take(r, ','));
	}
}

static RESULT
skip_value(struct reader *r, int depth)
{
	struct span ignored;

	if (depth > DEPTH_MAX)
		return broken();
	skip_space(r);
	switch (front(r)) {
	case '"':
		return take_string(r, false, &ignored);
	case '{':
	case '[': {
		uint8_t close = front(r) == '{' ? '}' : ']';
		step(r, 1);
		return skip_items(r, close, depth + 1);
	}
	default:
		return take_word(r, &ignored);
	}
}

static struct span *
member_of(struct members *m, struct span name)
{
	const struct {
		const char *name;
		struct span *place;
	} known[] = {{"type", &m->type}, {"challenge", &m->challenge},
	    {"origin", &m->origin}, {"crossOrigin", &m->cross_origin}};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (span_equal(name, span_of_text(known[i].name)))
			return known[i].place;
	return NULL;
}

static RESULT
take_member(struct reader *r, struct members *m)
{
	struct span name;

	TRY(take_string(r, true, &name));
	TRY(take(r, ':'));
	struct span *place = member_of(m, name);
	if (!place)
		return skip_value(r, 1);
	if (place->data)
		return broken(); /* a second time */
	return place == &m->cross_origin ? take_word(r, place)
					 : take_string(r, true, place);
}

static RESULT
read_members(struct span json, struct members *m)
{
	struct reader r = {json};

	TRY(take(&r, '{'));
	do {
		TRY(take_member(&r, m));
		skip_space(&r);
	} while (front(&r) == ',' && take(&r, ',') == OK);
	TRY(take(&r, '}'));
	skip_space(&r);
	return r.rest.size == 0 ? OK : broken();
}

RESULT
client_data_check(struct span json, const char *type, struct span challenge,
    const char *origin)
{
	AUTO(buf_clear) struct buf wanted;
	struct members m = {0};

	if (json.size > CLIENT_DATA_MAX)
		return FAIL(ERR_INVALID, "client data is too long");
	TRY(read_members(json, &m));
	buf_init(&wanted, 2 * CHALLENGE_MAX);
	TRY(base64url_encode(challenge, &wanted));
	if (!span_equal(m.type, span_of_text(type)))
		return FAIL(ERR_DENIED, "client data of another act");
	if (!span_equal(m.challenge, span_of_buf(&wanted)))
		return FAIL(ERR_DENIED, "a signature of another challenge");
	if (!span_equal(m.origin, span_of_text(origin)))
		return FAIL(ERR_DENIED, "a signature for another origin");
	/* absent in browsers of the first level, and then it means false */
	if (m.cross_origin.data &&
	    !span_equal(m.cross_origin, span_of_text("false")))
		return FAIL(ERR_DENIED, "asked from inside another site");
	return OK;
}
