/*
 * The canonical encoding: every field in a fixed order, each behind its
 * length, so that no two approvals have the same bytes.
 */
#include "approval/approval.h"

#include "base/codec.h"

#define ADDRESS "paraph address"
#define ENCODING "paraph approval 4"

static RESULT
add_size(struct buf *b, size_t size)
{
	const uint8_t octets[4] = {(uint8_t)(size >> 24), (uint8_t)(size >> 16),
	    (uint8_t)(size >> 8), (uint8_t)size};

	return buf_add(b, octets, sizeof(octets));
}

static RESULT
add_time(struct buf *b, int64_t at)
{
	TRY(add_size(b, (size_t)(at >> 32)));
	return add_size(b, (size_t)(at & 0xffffffff));
}

static RESULT
add_field(struct buf *b, struct span field)
{
	TRY(add_size(b, field.size));
	return buf_add_span(b, field);
}

static RESULT
add_text(struct buf *b, const char *text)
{
	struct span field = span_of_text(text);

	if (!text || field.size > APPROVAL_FIELD_MAX || !utf8_is_clean(field))
		return FAIL(ERR_INVALID, "a field of an approval");
	return add_field(b, field);
}

RESULT
approval_encode(const struct approval *a, struct buf *b)
{
	const char *texts[] = {ENCODING, a->registration, a->workspace,
	    a->requested_by, a->level, a->profile, a->given_names, a->surname,
	    a->common_name, a->country, a->person_serial};

	if (!a->decision || strcmp(a->decision, "approve") != 0)
		return FAIL(ERR_INVALID, "only an approval is signed");
	if (a->needed < 1 || a->needed > APPROVAL_OPERATORS_MAX)
		return FAIL(ERR_INVALID, "one operator or two");
	if (a->attempt < 1 || a->made_at <= 0)
		return FAIL(ERR_INVALID, "an approval of no attempt or time");
	if (a->withdrawal.size != 0 &&
	    a->withdrawal.size != APPROVAL_MARK_SIZE)
		return FAIL(ERR_INVALID, "not the mark of a withdrawal");
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		TRY(add_text(b, texts[i]));
	TRY(add_field(b, SPAN(a->address.bytes, DIGEST_SIZE)));
	TRY(add_field(b, SPAN(a->evidence.bytes, DIGEST_SIZE)));
	TRY(add_field(b, a->own_key ? SPAN(a->own_key->bytes, DIGEST_SIZE)
				     : (struct span){NULL, 0}));
	TRY(add_field(b, a->withdrawal));
	TRY(add_text(b, a->decision));
	TRY(add_size(b, a->needed));
	TRY(add_size(b, a->attempt));
	return add_time(b, a->made_at);
}

RESULT
approval_digest(const struct approval *a, struct digest *out)
{
	AUTO(buf_clear) struct buf b;

	buf_init(&b, APPROVAL_ENCODED_MAX);
	TRY(approval_encode(a, &b));
	*out = digest_sha256(span_of_buf(&b));
	return OK;
}

struct digest
approval_address(const char *folded)
{
	return digest_hmac(span_of_text(ADDRESS), span_of_text(folded));
}
