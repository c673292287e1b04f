/*
 * Files in memory. Beside x there may be x.gz, made when the pages were
 * built; nothing is compressed here.
 */
#include "web/assets.h"

#include "base/digest.h"
#include "base/enum.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#define FILES_MAX 400
#define FILE_MAX ((size_t)8 * 1024 * 1024)
#define DEPTH_MAX 4
#define MISSING "/missing.html"
#define ETAG_SIZE 21 /* W/, quotes, 16 hex digits */
#define KEEP "public, max-age=31536000, immutable"

struct asset {
	char *path; /* "/assets/app-1f2e3d4c.js" */
	struct buf bytes;
	char etag[ETAG_SIZE];
};

struct assets {
	size_t count;
	struct asset files[FILES_MAX];
};

static const struct header types[] = {
	{".css", "text/css; charset=utf-8"},
	{".html", "text/html; charset=utf-8"},
	{".ico", "image/x-icon"},
	{".jpg", "image/jpeg"},
	{".js", "text/javascript; charset=utf-8"},
	{".json", "application/json"},
	{".png", "image/png"},
	{".svg", "image/svg+xml"},
	{".txt", "text/plain; charset=utf-8"},
	{".wasm", "application/wasm"},
	{".webmanifest", "application/manifest+json"},
	{".woff2", "font/woff2"},
};

static const struct header pages[] = {
#define PAGE(path, file) {path, file},
#include "web/pages.def"
#undef PAGE
};

void
assets_free(struct assets *a)
{
	if (!a)
		return;
	for (size_t i = 0; i < a->count; i++) {
		buf_clear(&a->files[i].bytes);
		free(a->files[i].path);
	}
	free(a);
}

static RESULT
read_file(int fd, size_t size, struct buf *out)
{
	uint8_t *place;

	TRY(buf_extend(out, size, &place));
	for (size_t done = 0; done < size;) {
		ssize_t got = read(fd, place + done, size - done);
		if (got <= 0)
			return FAIL(ERR_INTERNAL, "a page's file ended early");
		done += (size_t)got;
	}
	return OK;
}

static RESULT
add_file(struct assets *a, int fd, const struct stat *st, const char *path)
{
	char hex[DIGEST_TEXT_SIZE];

	if (a->count == FILES_MAX || (size_t)st->st_size > FILE_MAX)
		return FAIL(ERR_TOO_LARGE, "too many or too large pages");
	struct asset *f = &a->files[a->count];
	buf_init(&f->bytes, FILE_MAX);
	f->path = strdup(path);
	if (!f->path)
		abort();
	a->count++;
	TRY(read_file(fd, (size_t)st->st_size, &f->bytes));
	struct digest d = digest_sha256(span_of_buf(&f->bytes));
	digest_format(&d, hex);
	snprintf(f->etag, sizeof(f->etag), "W/\"%.16s\"", hex);
	return OK;
}

DEFINE_AUTO(closedir, DIR *)

static RESULT read_folder(struct assets *a, int fd, const char *path,
    int depth);

static RESULT
read_entry(struct assets *a, int folder, const char *path, const char *name,
    int depth)
{
	AUTO(close) int fd = openat(folder, name,
	    O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	char inner[512];
	struct stat st;

	if (name[0] == '.' || fd < 0 || fstat(fd, &st) != 0)
		return OK;
	snprintf(inner, sizeof(inner), "%s/%s", path, name);
	if (S_ISDIR(st.st_mode) && depth < DEPTH_MAX)
		return read_folder(a, STEAL_FD(fd), inner, depth + 1);
	return S_ISREG(st.st_mode) ? add_file(a, fd, &st, inner) : OK;
}

/* Takes the descriptor. */
static RESULT
read_folder(struct assets *a, int fd, const char *path, int depth)
{
	AUTO(closedir) DIR *dir = fdopendir(fd);
	const struct dirent *entry;

	if (!dir) {
		close(fd);
		return FAIL(ERR_INTERNAL, "cannot read the pages");
	}
	while ((entry = readdir(dir)) != NULL)
		TRY(read_entry(a, dirfd(dir), path, entry->d_name, depth));
	return OK;
}

RESULT
assets_load(const char *dir, struct assets **out)
{
	AUTO(assets_free) struct assets *a = calloc(1, sizeof(*a));
	AUTO(close) int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (!a)
		abort();
	if (fd >= 0)
		TRY(read_folder(a, STEAL_FD(fd), "", 0));
	*out = STEAL(a);
	return OK;
}

static const struct asset *
find(const struct assets *a, const char *path)
{
	for (size_t i = 0; i < a->count; i++)
		if (strcmp(a->files[i].path, path) == 0)
			return &a->files[i];
	return NULL;
}

bool
assets_whole(const struct assets *a)
{
	for (size_t i = 0; i < COUNT_OF(pages); i++)
		if (!find(a, pages[i].value))
			return false;
	return true;
}

/* The page of an address; NULL when it is none's. */
static const char *
page_of(const char *path)
{
	for (size_t i = 0; i < COUNT_OF(pages); i++) {
		size_t size = strlen(pages[i].name);
		if (strncmp(path, pages[i].name, size) != 0)
			continue;
		if (path[size] == '\0' || (size > 1 && path[size] == '/'))
			return pages[i].value;
	}
	return NULL;
}

static const char *
type_of(const char *path)
{
	const char *dot = strrchr(path, '.');

	for (size_t i = 0; dot && i < sizeof(types) / sizeof(types[0]); i++)
		if (strcmp(dot, types[i].name) == 0)
			return types[i].value;
	return "application/octet-stream";
}

/* Files with a digest in their name lie under /assets/ and never change. */
static void
set_caching(struct request *q, const struct asset *file)
{
	bool hashed = strncmp(file->path, "/assets/", 8) == 0;

	q->reply.public = true;
	reply_header(q, "Cache-Control", hashed ? KEEP : "no-cache");
	reply_header(q, "ETag", file->etag);
	reply_header(q, "Vary", "Accept-Encoding");
}

/* Who mistyped an address in a browser reads a page; programs read an error,
 * and so does who looks at the API. */
static RESULT
answer_missing(struct request *q)
{
	const struct asset *file = find(q->web->assets, MISSING);

	if (!file || strncmp(q->path, "/v1/", 4) == 0 ||
	    !strstr(request_header(q, "Accept"), "text/html"))
		return FAIL(ERR_NOT_FOUND, "no such page");
	q->reply.status = 404;
	q->reply.type = type_of(MISSING);
	q->reply.fixed = span_of_buf(&file->bytes);
	return OK;
}

RESULT
assets_answer(struct request *q)
{
	const struct assets *a = q->web->assets;
	const struct asset *file = find(a, q->path);
	const char *page = file ? q->path : page_of(q->path);

	if (!file && page)
		file = find(a, page);
	if (!file)
		return answer_missing(q);
	q->reply.status = 200;
	q->reply.type = type_of(page);
	set_caching(q, file);
	if (strcmp(request_header(q, "If-None-Match"), file->etag) == 0) {
		q->reply.status = 304;
		return OK;
	}
	const struct asset *packed =
	    find(a, arena_format(&q->arena, "%s.gz", page));
	bool gzip = strstr(request_header(q, "Accept-Encoding"), "gzip");
	if (packed && gzip) {
		reply_header(q, "Content-Encoding", "gzip");
		file = packed;
	}
	q->reply.fixed = span_of_buf(&file->bytes);
	return OK;
}
