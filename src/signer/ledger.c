/*
 * The ledger's file.
 */
#include "signer/ledger.h"

#include "signer/syncing.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>

#define LENGTH_SIZE 8
#define HEAD_SIZE 17 /* sequence, time, kind */
#define PAYLOAD_MAX (HEAD_SIZE + LEDGER_BODY_MAX)
#define ENTRY_MAX (LENGTH_SIZE + PAYLOAD_MAX + DIGEST_SIZE)
#define WINDOW_SIZE ((size_t)256 * 1024) /* a few entries at least */
#define UNSURE_MAX ((int64_t)8 << 20) /* more is never waiting for a sync */

struct ledger {
	int fd;
	int64_t size;
	uint64_t count;
	int64_t last_time;
	struct digest chain;
	bool broken; /* a write failed: what is on disk is not known */
	struct syncing *beside; /* NULL: not needed yet */
};

static struct digest
chain(const struct digest *before, struct span payload)
{
	/* not cleared first: for each of a million entries that would be most
	 * of a start */
	__attribute__((uninitialized)) uint8_t both[DIGEST_SIZE + PAYLOAD_MAX];

	memcpy(both, before->bytes, DIGEST_SIZE);
	memcpy(both + DIGEST_SIZE, payload.data, payload.size);
	return digest_sha256(SPAN(both, DIGEST_SIZE + payload.size));
}

static RESULT
open_file(const char *dir, struct ledger *l)
{
	AUTO(free) char *path = NULL;

	if (asprintf(&path, "%s/ledger", dir) < 0)
		abort();
	l->fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (l->fd < 0)
		return FAIL(ERR_LEDGER, "ledger: %m");
	if (flock(l->fd, LOCK_EX | LOCK_NB) != 0)
		return FAIL(ERR_LEDGER, "another signer has the ledger");
	AUTO(close) int folder = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (folder < 0 || fsync(folder) != 0)
		return FAIL(ERR_LEDGER, "ledger's folder: %m");
	return OK;
}

static RESULT
read_at(int fd, int64_t offset, uint8_t *out, size_t size, size_t *got)
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

static RESULT
split(struct span payload, int64_t offset, const struct digest *digest,
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
		TRY(read_at(l->fd, offset, bytes, sizeof(bytes), &got));
		for (size_t i = 0; i < got; i++)
			if (bytes[i])
				return FAIL(
				    ERR_CONFLICT, "ledger: length of an entry");
	}
	return OK;
}

/* The length of the payload that a head tells; 0: it is none. */
static uint32_t
length_of(struct span head)
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
		TRY(read_at(l->fd, offset, w->bytes, WINDOW_SIZE, &w->size));
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
	uint32_t length = length_of(head);
	if (length == 0)
		return only_zeros(l, offset);
	TRY(see(l, w, offset + LENGTH_SIZE, length + DIGEST_SIZE, &rest));
	if (rest.size < length + DIGEST_SIZE)
		return OK;
	*payload = SPAN(rest.data, length);
	*digest = SPAN(rest.data + length, DIGEST_SIZE);
	return OK;
}

/* A single one, with room for it. */
static RESULT
look_once(const struct ledger *l, int64_t offset, struct buf *room,
    struct span *payload, struct span *digest)
{
	uint8_t head[LENGTH_SIZE], *place;
	size_t got;

	TRY(read_at(l->fd, offset, head, sizeof(head), &got));
	uint32_t length = got == sizeof(head)
			      ? length_of(SPAN(head, sizeof(head)))
			      : 0;
	if (length == 0)
		return FAIL(ERR_CONFLICT, "ledger: an entry is gone");
	buf_clear(room);
	TRY(buf_extend(room, length + DIGEST_SIZE, &place));
	TRY(read_at(
	    l->fd, offset + LENGTH_SIZE, place, length + DIGEST_SIZE, &got));
	if (got < length + DIGEST_SIZE)
		return FAIL(ERR_CONFLICT, "ledger: an entry is gone");
	*payload = SPAN(room->data, length);
	*digest = SPAN(room->data + length, DIGEST_SIZE);
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
	struct digest expected = chain(&l->chain, payload);
	if (memcmp(expected.bytes, digest.data, DIGEST_SIZE) != 0) {
		if (is_last(l, offset, payload.size))
			return OK;
		return FAIL(ERR_CONFLICT, "ledger: the chain is broken");
	}
	TRY(split(payload, offset, &expected, &entry));
	if (entry.sequence != l->count)
		return FAIL(ERR_CONFLICT, "ledger: an entry is missing");
	TRY(visit(data, &entry));
	l->chain = expected;
	l->count++;
	l->last_time = entry.at;
	*next = offset + (int64_t)(LENGTH_SIZE + payload.size + DIGEST_SIZE);
	return OK;
}

static RESULT
walk(struct ledger *l, ledger_visitor *visit, void *data, bool *dropped)
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

static RESULT
drop_rest(const struct ledger *l)
{
	if (ftruncate(l->fd, l->size) != 0 || fsync(l->fd) != 0)
		return FAIL(ERR_LEDGER, "ledger: %m");
	return OK;
}

static RESULT
write_at(int fd, int64_t offset, struct span bytes)
{
	size_t done = 0;

	while (done < bytes.size) {
		ssize_t n = pwrite(fd, bytes.data + done, bytes.size - done,
		    offset + (int64_t)done);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return FAIL(ERR_LEDGER, "ledger: %m");
		done += (size_t)n;
	}
	return OK;
}

/*
 * A sync that failed may have been the last word about pages that are still
 * read as they were written (fsyncgate): what was not known to be on the disk
 * when a program ended is written once more, the same as it is.
 */
static RESULT
write_end_again(const struct ledger *l)
{
	AUTO(free) uint8_t *bytes = malloc(WINDOW_SIZE);
	int64_t at = l->size > UNSURE_MAX ? l->size - UNSURE_MAX : 0;
	size_t got;

	if (!bytes)
		abort();
	for (; at < l->size; at += (int64_t)got) {
		int64_t left = l->size - at;

		TRY(read_at(l->fd, at, bytes,
		    left < (int64_t)WINDOW_SIZE ? (size_t)left : WINDOW_SIZE,
		    &got));
		if (got == 0)
			return FAIL(ERR_CONFLICT, "ledger: it became shorter");
		TRY(write_at(l->fd, at, SPAN(bytes, got)));
	}
	return fdatasync(l->fd) == 0 ? OK
				     : FAIL(ERR_LEDGER, "ledger: %m");
}

RESULT
ledger_open_shared(const char *dir, ledger_visitor *visit, void *data,
    struct ledger **out, bool *unfinished)
{
	AUTO(ledger_close) struct ledger *l = calloc(1, sizeof(*l));
	AUTO(free) char *path = NULL;
	struct stat st;

	if (!l || asprintf(&path, "%s/ledger", dir) < 0)
		abort();
	l->broken = true; /* for writing */
	l->fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (l->fd < 0 && errno == ENOENT)
		return FAIL(ERR_NOT_FOUND, "there is no ledger in %s", dir);
	if (l->fd < 0 || fstat(l->fd, &st) != 0)
		return FAIL(ERR_LEDGER, "cannot read the ledger: %m");
	l->size = st.st_size;
	TRY(walk(l, visit, data, unfinished));
	*out = STEAL(l);
	return OK;
}

RESULT
ledger_look(const char *dir, ledger_visitor *visit, void *data,
    struct ledger_extent *out)
{
	AUTO(ledger_close) struct ledger *l = NULL;

	TRY(ledger_open_shared(dir, visit, data, &l, &out->unfinished));
	out->entries = l->count;
	out->head = l->chain;
	return OK;
}

RESULT
ledger_open(const char *dir, ledger_visitor *visit, void *data,
    struct ledger **out, bool *dropped)
{
	AUTO(ledger_close) struct ledger *l = calloc(1, sizeof(*l));
	struct stat st;

	if (!l)
		abort();
	l->fd = -1;
	TRY(open_file(dir, l));
	if (fstat(l->fd, &st) != 0)
		return FAIL(ERR_LEDGER, "ledger: %m");
	l->size = st.st_size;
	TRY(walk(l, visit, data, dropped));
	if (*dropped)
		TRY(drop_rest(l));
	TRY(write_end_again(l));
	*out = STEAL(l);
	return OK;
}

void
ledger_close(struct ledger *l)
{
	if (!l)
		return;
	syncing_free(l->beside);
	if (l->fd >= 0)
		close(l->fd);
	free(l);
}

/* Another file has its name, a copy that was put back say: what is written
 * here from now on would be gone with this process. */
static bool
was_replaced(const struct ledger *l)
{
	struct stat st;

	return fstat(l->fd, &st) != 0 || st.st_nlink == 0 ||
	       st.st_size < l->size;
}

RESULT
ledger_append(struct ledger *l, enum ledger_kind kind, int64_t at,
    struct span body, int64_t *offset)
{
	AUTO(buf_clear) struct buf entry;

	if (l->broken)
		return FAIL(ERR_LEDGER, "ledger: a write failed before");
	if (body.size > LEDGER_BODY_MAX)
		return FAIL(ERR_TOO_LARGE, "ledger: entry too large");
	l->broken = was_replaced(l);
	if (l->broken)
		return FAIL(ERR_LEDGER, "ledger: its file was replaced or cut");
	buf_init(&entry, ENTRY_MAX);
	put_u32(&entry, (uint32_t)(HEAD_SIZE + body.size));
	put_u32(&entry, ~(uint32_t)(HEAD_SIZE + body.size));
	put_u64(&entry, l->count);
	put_i64(&entry, at);
	put_u8(&entry, (uint8_t)kind);
	TRY(buf_add_span(&entry, body));
	struct digest now = chain(&l->chain,
	    SPAN(entry.data + LENGTH_SIZE, entry.size - LENGTH_SIZE));
	TRY(buf_add(&entry, now.bytes, DIGEST_SIZE));
	enum err written = write_at(l->fd, l->size, span_of_buf(&entry));
	l->broken = written != OK;
	TRY(written);
	if (offset)
		*offset = l->size;
	l->size += (int64_t)entry.size;
	l->chain = now;
	l->count++;
	l->last_time = at;
	return OK;
}

bool
ledger_is_sound(const struct ledger *l)
{
	return !l->broken;
}

RESULT
ledger_sync(struct ledger *l)
{
	/* a failure is told once: the one beside may have heard of it */
	if (l->beside && syncing_end(l->beside) != 0)
		l->broken = true;
	if (l->broken)
		return FAIL(ERR_LEDGER, "ledger: a write failed before");
	if (fdatasync(l->fd) == 0)
		return OK;
	l->broken = true; /* after a failed sync nothing is known (fsyncgate) */
	return FAIL(ERR_LEDGER, "ledger: %m");
}

void
ledger_sync_begin(struct ledger *l)
{
	if (l->broken)
		return;
	/* not before there is something to sync: a thread has the cage of
	 * its maker */
	if (!l->beside)
		l->beside = syncing_new(l->fd);
	syncing_begin(l->beside);
}

RESULT
ledger_sync_end(struct ledger *l)
{
	/* a write that failed meanwhile does not spare the wait */
	int failed = l->beside ? syncing_end(l->beside) : 0;

	if (l->broken)
		return FAIL(ERR_LEDGER, "ledger: a write failed before");
	if (!failed)
		return OK;
	l->broken = true;
	errno = failed;
	return FAIL(ERR_LEDGER, "ledger: %m");
}

RESULT
ledger_read(struct ledger *l, int64_t offset, struct buf *room,
    struct ledger_entry *out)
{
	struct span payload, chained = SPAN(NULL, 0);
	struct digest digest;

	TRY(look_once(l, offset, room, &payload, &chained));
	if (chained.size != DIGEST_SIZE)
		return FAIL(ERR_CONFLICT, "ledger: an entry is gone");
	memcpy(digest.bytes, chained.data, DIGEST_SIZE);
	return split(payload, offset, &digest, out);
}

RESULT
ledger_digest_at(struct ledger *l, int64_t offset, struct digest *out)
{
	AUTO(buf_clear) struct buf room;
	struct ledger_entry e;

	buf_init(&room, ENTRY_MAX);
	TRY(ledger_read(l, offset, &room, &e));
	*out = e.digest;
	return OK;
}

RESULT
ledger_digest_behind(
    struct ledger *l, int64_t offset, uint64_t steps, struct digest *out)
{
	AUTO(buf_clear) struct buf room;
	struct ledger_entry e;

	buf_init(&room, ENTRY_MAX);
	for (;; steps--) {
		TRY(ledger_read(l, offset, &room, &e));
		if (steps == 0)
			break;
		offset += (int64_t)(LENGTH_SIZE + room.size);
	}
	*out = e.digest;
	return OK;
}

uint64_t
ledger_head(const struct ledger *l, struct digest *out)
{
	*out = l->chain;
	return l->count;
}

int64_t
ledger_last_time(const struct ledger *l)
{
	return l->last_time;
}
