/*
 * Growing bytes with a ceiling.
 */
#include "base/buf.h"

#include <openssl/crypto.h>

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <sys/stat.h>

int
span_equal(struct span a, struct span b)
{
	if (a.size != b.size)
		return 0;
	return a.size == 0 || CRYPTO_memcmp(a.data, b.data, a.size) == 0;
}

void
buf_init(struct buf *b, size_t ceiling)
{
	*b = (struct buf){.ceiling = ceiling};
}

void
buf_clear(struct buf *b)
{
	free(b->data);
	*b = (struct buf){.ceiling = b->ceiling};
}

void
buf_wipe(struct buf *b)
{
	if (b->data)
		OPENSSL_cleanse(b->data, b->room);
	buf_clear(b);
}

/* A fresh block and a wiped old one: realloc could leave secrets behind. */
static void
grow(struct buf *b, size_t needed)
{
	size_t room = b->room ? b->room : 64;

	while (room < needed + 1)
		room += room / 2 + 1;
	uint8_t *data = malloc(room);
	if (!data)
		abort();
	if (b->data) {
		memcpy(data, b->data, b->size);
		OPENSSL_cleanse(b->data, b->room);
		free(b->data);
	}
	b->data = data;
	b->room = room;
}

RESULT
buf_extend(struct buf *b, size_t size, uint8_t **out)
{
	size_t needed;

	if (__builtin_add_overflow(b->size, size, &needed) ||
	    needed > b->ceiling)
		return FAIL(ERR_TOO_LARGE, "more than %zu bytes", b->ceiling);
	if (needed + 1 > b->room)
		grow(b, needed);
	*out = b->data + b->size;
	b->size = needed;
	b->data[needed] = '\0';
	return OK;
}

RESULT
buf_reserve(struct buf *b, size_t size)
{
	if (size > b->ceiling)
		return FAIL(ERR_TOO_LARGE, "more than %zu bytes", b->ceiling);
	if (size + 1 > b->room)
		grow(b, size);
	return OK;
}

RESULT
buf_add(struct buf *b, const void *data, size_t size)
{
	uint8_t *place;

	TRY(buf_extend(b, size, &place));
	if (size > 0)
		memcpy(place, data, size);
	return OK;
}

RESULT
buf_add_span(struct buf *b, struct span bytes)
{
	return buf_add(b, bytes.data, bytes.size);
}

RESULT
buf_add_text(struct buf *b, const char *text)
{
	return buf_add(b, text, strlen(text));
}

RESULT
buf_add_byte(struct buf *b, uint8_t byte)
{
	return buf_add(b, &byte, 1);
}

RESULT
buf_add_format(struct buf *b, const char *format, ...)
{
	va_list args, again;
	uint8_t *place;
	size_t before = b->size;

	va_start(args, format);
	va_copy(again, args);
	int size = vsnprintf(NULL, 0, format, args);
	va_end(args);
	enum err result = size < 0 ?
	    FAIL(ERR_INTERNAL, "bad format") :
	    buf_extend(b, (size_t)size, &place);
	if (result == OK)
		vsnprintf((char *)b->data + before, (size_t)size + 1, format,
		    again);
	va_end(again);
	return result;
}

/* A plain file says how large it is: room at once, not a half more each
 * time. */
static RESULT
make_room(struct buf *b, int fd)
{
	struct stat found;
	uint8_t *place;
	size_t before = b->size;

	if (fstat(fd, &found) != 0 || !S_ISREG(found.st_mode))
		return OK;
	TRY(buf_extend(b, (size_t)found.st_size, &place));
	b->size = before;
	return OK;
}

RESULT
buf_add_fd(struct buf *b, int fd)
{
	uint8_t part[65536];
	ssize_t size;

	TRY(make_room(b, fd));
	while ((size = read(fd, part, sizeof(part))) != 0) {
		if (size > 0)
			TRY(buf_add(b, part, (size_t)size));
		else if (errno != EINTR)
			return FAIL(ERR_NOT_FOUND, "%s", strerror(errno));
	}
	return OK;
}

RESULT
buf_add_file(struct buf *b, const char *path)
{
	AUTO(close) int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return FAIL(ERR_NOT_FOUND, "%s: %s", path, strerror(errno));
	return buf_add_fd(b, fd);
}

const char *
buf_text(const struct buf *b)
{
	return b->data ? (const char *)b->data : "";
}
