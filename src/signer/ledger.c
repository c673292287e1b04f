/*
 * The ledger's file.
 */
#include "signer/ledger.h"

#include "signer/ledger_parts.h"
#include "signer/syncing.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>

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

/* A single one, with room for it. */
static RESULT
look_once(const struct ledger *l, int64_t offset, struct buf *room,
    struct span *payload, struct span *digest)
{
	uint8_t head[LENGTH_SIZE], *place;
	size_t got;

	TRY(ledger_read_at(l->fd, offset, head, sizeof(head), &got));
	uint32_t length = got == sizeof(head)
			      ? ledger_length_of(SPAN(head, sizeof(head)))
			      : 0;
	if (length == 0)
		return FAIL(ERR_CONFLICT, "ledger: an entry is gone");
	buf_clear(room);
	TRY(buf_extend(room, length + DIGEST_SIZE, &place));
	TRY(ledger_read_at(
	    l->fd, offset + LENGTH_SIZE, place, length + DIGEST_SIZE, &got));
	if (got < length + DIGEST_SIZE)
		return FAIL(ERR_CONFLICT, "ledger: an entry is gone");
	*payload = SPAN(room->data, length);
	*digest = SPAN(room->data + length, DIGEST_SIZE);
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

		TRY(ledger_read_at(l->fd, at, bytes,
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
	TRY(ledger_walk(l, visit, data, unfinished));
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
	TRY(ledger_walk(l, visit, data, dropped));
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
	struct digest now = ledger_chain(&l->chain,
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
	return ledger_split(payload, offset, &digest, out);
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
