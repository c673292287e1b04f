/*
 * The list of keys that must not be certified: those that leaked, and those
 * of certificates revoked for it.
 */
#include "pki/key.h"

#include "base/codec.h"

#include <stdlib.h>

static int
compare(const void *a, const void *b)
{
	return memcmp(a, b, DIGEST_SIZE);
}

static RESULT
take_line(struct span line, struct buf *storage)
{
	char text[DIGEST_TEXT_SIZE];

	if (line.size > 0 && line.data[line.size - 1] == '\r')
		line.size--;
	if (line.size == 0 || line.data[0] == '#')
		return OK;
	if (line.size != DIGEST_TEXT_SIZE - 1 ||
	    memchr(line.data, '\0', line.size))
		return FAIL(ERR_INVALID, "not 64 hex digits");
	memcpy(text, line.data, line.size);
	text[line.size] = '\0';
	return hex_decode(text, storage);
}

/* Sorted already; what is there twice stays once. */
static size_t
keep_first(struct digest *digests, size_t count)
{
	size_t kept = 0;

	for (size_t i = 0; i < count; i++)
		if (kept == 0 || compare(&digests[kept - 1], &digests[i]) != 0)
			digests[kept++] = digests[i];
	return kept;
}

RESULT
key_list_parse(struct span text, struct buf *storage, struct key_list *out)
{
	size_t number = 0;

	buf_init(storage, KEY_LIST_LINES_MAX * DIGEST_SIZE);
	for (; text.size > 0; number++) {
		const uint8_t *end = memchr(text.data, '\n', text.size);
		size_t length = end ? (size_t)(end - text.data) : text.size;

		if (take_line(SPAN(text.data, length), storage) != OK)
			return FAIL(ERR_INVALID,
			    "line %zu is not 64 hex digits", number + 1);
		length += end != NULL;
		text = SPAN(text.data + length, text.size - length);
	}
	/* a digest is octets alone: it may lie anywhere */
	void *bytes = storage->data;
	struct digest *digests = bytes;
	size_t count = storage->size / DIGEST_SIZE;
	if (count > 0)
		qsort(digests, count, DIGEST_SIZE, compare);
	*out = (struct key_list){digests, keep_first(digests, count)};
	return OK;
}

bool
key_list_has(const struct key_list *list, const struct digest *digest)
{
	return list->count > 0 && bsearch(digest, list->digests, list->count,
				      DIGEST_SIZE, compare) != NULL;
}

RESULT
key_list_of(struct span digests, struct key_list *out)
{
	const void *bytes = digests.data;
	struct key_list list = {bytes, digests.size / DIGEST_SIZE};

	if (digests.size % DIGEST_SIZE)
		return FAIL(ERR_INVALID, "not whole digests");
	for (size_t i = 1; i < list.count; i++)
		if (compare(&list.digests[i - 1], &list.digests[i]) >= 0)
			return FAIL(ERR_INVALID, "digests are not sorted");
	*out = list;
	return OK;
}

RESULT
key_list_check(const struct key_list *list, struct span public_key)
{
	struct digest digest = public_key_digest(public_key);

	if (key_list_has(list, &digest))
		return FAIL(ERR_DENIED, "key is known to be compromised");
	return OK;
}
