/*
 * The reader of CBOR. It takes a span apart from its front and keeps no
 * memory; the depth is the only recursion, and has a limit.
 */
#include "approval/cbor.h"

#include "base/codec.h"

#define SIMPLE_FALSE 20
#define SIMPLE_NULL 22

static RESULT
take(struct span *rest, uint64_t size, struct span *out)
{
	if (size > rest->size)
		return FAIL(ERR_INVALID, "cbor: cut short");
	*out = SPAN(rest->data, (size_t)size);
	*rest = SPAN(rest->data + size, rest->size - (size_t)size);
	return OK;
}

/* The number behind the first octet, in its shortest form only. */
static RESULT
take_number(struct span *rest, unsigned info, uint64_t *out)
{
	static const uint64_t least[] = {
	    24, 1 << 8, 1 << 16, UINT64_C(1) << 32};
	struct span octets = {0};
	uint64_t value = 0;

	*out = info;
	if (info < 24)
		return OK;
	if (info > 27)
		return FAIL(ERR_INVALID, "cbor: a length without end");
	TRY(take(rest, UINT64_C(1) << (info - 24), &octets));
	for (size_t i = 0; i < octets.size; i++)
		value = value << 8 | octets.data[i];
	if (value < least[info - 24])
		return FAIL(ERR_INVALID, "cbor: not the shortest form");
	*out = value;
	return OK;
}

static RESULT
check_simple(unsigned info)
{
	if (info < SIMPLE_FALSE || info > SIMPLE_NULL)
		return FAIL(ERR_INVALID, "cbor: neither true, false nor null");
	return OK;
}

RESULT
cbor_next(struct span *rest, struct cbor_item *out)
{
	struct cbor_item item = {0};
	struct span first = {0};

	TRY(take(rest, 1, &first));
	unsigned major = first.data[0] >> 5, info = first.data[0] & 31;
	if (major == 6)
		return FAIL(ERR_INVALID, "cbor: a tag");
	item.kind = (enum cbor_kind)major;
	if (item.kind == CBOR_SIMPLE)
		TRY(check_simple(info));
	TRY(take_number(rest, info, &item.number));
	if (item.kind == CBOR_BYTES || item.kind == CBOR_TEXT)
		TRY(take(rest, item.number, &item.content));
	if (item.kind == CBOR_TEXT && !utf8_is_clean(item.content))
		return FAIL(ERR_INVALID, "cbor: text that is not clean UTF-8");
	if ((item.kind == CBOR_ARRAY || item.kind == CBOR_MAP) &&
	    item.number > CBOR_ITEMS_MAX)
		return FAIL(ERR_INVALID, "cbor: too many items");
	*out = item;
	return OK;
}

static RESULT
skip(struct span *rest, int depth)
{
	struct cbor_item item;

	if (depth > CBOR_DEPTH_MAX)
		return FAIL(ERR_INVALID, "cbor: nested too deep");
	TRY(cbor_next(rest, &item));
	if (item.kind != CBOR_ARRAY && item.kind != CBOR_MAP)
		return OK;
	uint64_t items = item.kind == CBOR_MAP ? 2 * item.number : item.number;
	for (uint64_t i = 0; i < items; i++)
		TRY(skip(rest, depth + 1));
	return OK;
}

RESULT
cbor_skip(struct span *rest)
{
	return skip(rest, 1);
}

RESULT
cbor_integer(const struct cbor_item *item, int32_t *out)
{
	if (item->kind > CBOR_NEGATIVE || item->number > INT32_MAX)
		return FAIL(ERR_INVALID, "cbor: not a small number");
	int32_t value = (int32_t)item->number;
	*out = item->kind == CBOR_NEGATIVE ? -1 - value : value;
	return OK;
}

bool
cbor_text_is(const struct cbor_item *item, const char *text)
{
	return item->kind == CBOR_TEXT &&
	       span_equal(item->content, span_of_text(text));
}
