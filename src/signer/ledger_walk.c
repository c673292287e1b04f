/*
 * Walking through the ledger's file, entry after entry.
 */
#include "signer/ledger_parts.h"

#include <errno.h>

struct digest
ledger_chain(const struct digest *before, struct span payload)
{
	/* not cleared first: for each of a million entries that would be most
	 * of a start */
	__attribute__((uninitialized)) uint8_t both[DIGEST_SIZE + PAYLOAD_MAX];

	memcpy(both, before->bytes, DIGEST_SIZE);
	memcpy(both + DIGEST_SIZE, payload.data, payload.size);
	return digest_sha256(SPAN(both, DIGEST_SIZE + payload.size));
}

RESULT
ledger_read_at(int fd, int64_t offset, uint8_t *out, size_t size, size_t *got)
{
	size_t done = 0;

	while (done < size) {
		ssize_t n =
		    pread(fd, out + done, size - done, offset + (int64_t)done);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return FAIL(ERR_LEDGER, "ledger: %m");
		if (n == 0)
			break;
		done += (size_t)n;
	}
	*got = done;
	return OK;
}

RESULT
ledger_split(struct span payload, int64_t offset, const struct digest *digest,
    struct ledger_entry *out)
{
	struct wire_reader r = wire_read(payload);

	out->sequence = get_u64(&r);
	out->at = get_i64(&r);
	uint8_t kind = get_u8(&r);
	if (r.failed || kind >= ENTRY_COUNT)
		return FAIL(ERR_CONFLICT, "ledger holds an unknown entry");
	out->kind = (enum ledger_kind)kind;
	out->body = r.rest;
	out->offset = offset;
	out->digest = *digest;
	return OK;
}

/* Space that a file system handed out and never filled. */
static RESULT
only_zeros(const struct ledger *l, int64_t offset)
{
	uint8_t bytes[4096];
	size_t got;

	for (; offset < l->size; offset += (int64_t)got) {
		TRY(ledger_read_at(l->fd, offset, bytes, sizeof(bytes), &got));
		for (size_t i = 0; i < got; i++)
			if (bytes[i])
				return FAIL(
				    ERR_CONFLICT, "ledger: length of an entry");
	}
	return OK;
}

uint32_t
ledger_length_of(struct span head)
{
	struct wire_reader r = wire_read(head);
	uint32_t length = get_u32(&r);

	return length >= HEAD_SIZE && length <= PAYLOAD_MAX &&
		       get_u32(&r) == ~length
		   ? length
		   : 0;
}

/*
 * A stretch of the file in memory: walking reads entry after entry, and a
 * million of them with two calls each would wait for the system more than
 * for the disk.
 */
struct window {
	uint8_t *bytes; /* WINDOW_SIZE */
	int64_t offset;
	size_t size;
};

/* What lies at an offset, up to size octets: fewer at the end of the file. */
static RESULT
see(const struct ledger *l, struct window *w, int64_t offset, size_t size,
    struct span *out)
{
	if (offset < w->offset ||
	    offset + (int64_t)size > w->offset + (int64_t)w->size) {
		TRY(ledger_read_at(
		    l->fd, offset, w->bytes, WINDOW_SIZE, &w->size));
		w->offset = offset;
	}
	size_t at = (size_t)(offset - w->offset), left = w->size - at;
	*out = SPAN(w->bytes + at, size < left ? size : left);
	return OK;
}

/*
 * Looks at the entry at an offset: payload and chain digest. Their size is 0
 * when it was cut short by the end of the file.
 */
static RESULT
look(const struct ledger *l, struct window *w, int64_t offset,
    struct span *payload, struct span *digest)
{
	struct span head, rest;

	*payload = *digest = SPAN(NULL, 0);
	TRY(see(l, w, offset, LENGTH_SIZE, &head));
	if (head.size < LENGTH_SIZE)
		return OK;
	uint32_t length = ledger_length_of(head);
	if (length == 0)
		return only_zeros(l, offset);
	TRY(see(l, w, offset + LENGTH_SIZE, length + DIGEST_SIZE, &rest));
	if (rest.size < length + DIGEST_SIZE)
		return OK;
	*payload = SPAN(rest.data, length);
	*digest = SPAN(rest.data + length, DIGEST_SIZE);
	return OK;
}

/* Whether this is the last entry: a torn write may have filled its length
 * but not its bytes. */
static bool
is_last(const struct ledger *l, int64_t offset, size_t length)
{
	return offset + (int64_t)(LENGTH_SIZE + length + DIGEST_SIZE) >=
	       l->size;
}

static RESULT
walk_one(struct ledger *l, int64_t offset, struct window *w,
    ledger_visitor *visit, void *data, int64_t *next)
{
	struct ledger_entry entry;
	struct span payload, digest;

	*next = offset;
	TRY(look(l, w, offset, &payload, &digest));
	if (payload.size == 0)
		return OK;
	struct digest expected = ledger_chain(&l->chain, payload);
	if (memcmp(expected.bytes, digest.data, DIGEST_SIZE) != 0) {
		if (is_last(l, offset, payload.size))
			return OK;
		return FAIL(ERR_CONFLICT, "ledger: the chain is broken");
	}
	TRY(ledger_split(payload, offset, &expected, &entry));
	if (entry.sequence != l->count)
		return FAIL(ERR_CONFLICT, "ledger: an entry is missing");
	TRY(visit(data, &entry));
	l->chain = expected;
	l->count++;
	l->last_time = entry.at;
	*next = offset + (int64_t)(LENGTH_SIZE + payload.size + DIGEST_SIZE);
	return OK;
}

RESULT
ledger_walk(struct ledger *l, ledger_visitor *visit, void *data, bool *dropped)
{
	AUTO(free) uint8_t *bytes = malloc(WINDOW_SIZE);
	struct window w = {.bytes = bytes};
	int64_t at = 0, next;

	if (!bytes)
		abort();
	while (at < l->size) {
		TRY(walk_one(l, at, &w, visit, data, &next));
		if (next == at)
			break;
		at = next;
	}
	*dropped = at < l->size;
	l->size = at;
	return OK;
}
