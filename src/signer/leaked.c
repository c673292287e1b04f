/*
 * The file is replaced whole, so that a reader never sees half of it.
 */
#include "signer/leaked.h"

#include "signer/place.h"

#include <errno.h>
#include <sys/stat.h>

#define FILE_NAME "leaked"

static void
forget(struct leaked *l)
{
	buf_clear(&l->bytes);
	l->list = (struct key_list){0};
	l->unreadable = false;
}

/* ERR_NOT_FOUND: no file. */
static RESULT
look(const char *path, struct leaked *now)
{
	struct stat st;

	if (stat(path, &st) != 0)
		return FAIL(errno == ENOENT ? ERR_NOT_FOUND : ERR_UNAVAILABLE,
		    "no list of leaked keys");
	now->inode = (int64_t)st.st_ino;
	now->size = st.st_size;
	now->seconds = st.st_mtim.tv_sec;
	now->nanoseconds = st.st_mtim.tv_nsec;
	return OK;
}

static bool
is_same(const struct leaked *l, const struct leaked *now)
{
	return l->inode == now->inode && l->size == now->size &&
	       l->seconds == now->seconds &&
	       l->nanoseconds == now->nanoseconds;
}

static RESULT
load(const char *path, struct leaked *l)
{
	TRY(place_read(path, LEAKED_MAX, &l->bytes));
	return key_list_of(span_of_buf(&l->bytes), &l->list);
}

RESULT
leaked_refresh(const char *dir, struct leaked *l)
{
	struct leaked now = {0};
	char path[PLACE_PATH];

	TRY(place_path(dir, FILE_NAME, "", path));
	enum err found = look(path, &now);
	if (found != OK || !is_same(l, &now)) {
		forget(l);
		l->inode = now.inode;
		l->size = now.size;
		l->seconds = now.seconds;
		l->nanoseconds = now.nanoseconds;
		if (found == OK)
			l->unreadable = load(path, l) != OK;
		else
			l->unreadable = found != ERR_NOT_FOUND;
	}
	err_clear();
	return l->unreadable ? FAIL(ERR_UNAVAILABLE,
				   "the list of leaked keys cannot be read")
			     : OK;
}

void
leaked_clear(struct leaked *l)
{
	forget(l);
	*l = (struct leaked){0};
}

/* Both are sorted; what is in both is kept once. */
static RESULT
merge(const struct key_list *a, const struct key_list *b, struct buf *out)
{
	size_t i = 0, j = 0;

	buf_init(out, LEAKED_MAX);
	while (i < a->count || j < b->count) {
		int order = i == a->count ? 1
			    : j == b->count
				? -1
				: memcmp(a->digests[i].bytes,
				      b->digests[j].bytes, DIGEST_SIZE);
		const struct digest *next =
		    order <= 0 ? &a->digests[i] : &b->digests[j];

		TRY(buf_add(out, next->bytes, DIGEST_SIZE));
		i += order <= 0;
		j += order >= 0;
	}
	return OK;
}

RESULT
leaked_add(const char *dir, const struct key_list *more, size_t *total)
{
	AUTO(buf_clear) struct buf all;
	struct leaked there = {0};
	char path[PLACE_PATH];

	buf_init(&all, 0);
	TRY(leaked_refresh(dir, &there));
	enum err merged = merge(&there.list, more, &all);
	leaked_clear(&there);
	TRY(merged);
	TRY(place_path(dir, FILE_NAME, "", path));
	TRY(place_write(path, span_of_buf(&all), 0644));
	*total = all.size / DIGEST_SIZE;
	return OK;
}
