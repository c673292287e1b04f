/*
 * Copying files with their digests, and looking at copies.
 */
#include "cli/backup_files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define BLOCK ((size_t)1 << 20)
#define FILES_MAX ((size_t)20000000)
#define DEEP_MAX 8
#define REST_MS 400 /* since it was changed: nobody writes for so long */
#define REST_TRIES 100
#define RESTLESS ".object" /* of SoftHSM */
#define END "end " /* and how many files there are */

DEFINE_AUTO(EVP_MD_CTX_free, EVP_MD_CTX *)

const char *
backup_part_name(enum backup_part part)
{
	static const char *const names[] = {"data", "secrets", "evidence-keys"};

	return names[part];
}

RESULT
backup_path(const char *dir, const char *name, char out[PATH_MAX])
{
	int size = snprintf(out, PATH_MAX, "%s/%s", dir, name);

	return size > 0 && size < PATH_MAX
		   ? OK
		   : FAIL(ERR_INVALID, "a path that is too long");
}

/* Copies, or only reads where to is -1. */
static RESULT
pour(int from, int to, struct digest *out)
{
	AUTO(EVP_MD_CTX_free) EVP_MD_CTX *md = EVP_MD_CTX_new();
	AUTO(free) uint8_t *block = malloc(BLOCK);
	ssize_t got;

	if (!md || !block || EVP_DigestInit_ex(md, EVP_sha256(), NULL) != 1)
		abort();
	while ((got = read(from, block, BLOCK)) > 0) {
		EVP_DigestUpdate(md, block, (size_t)got);
		if (to >= 0 && write(to, block, (size_t)got) != got)
			return FAIL(ERR_UNAVAILABLE, "cannot write: %m");
	}
	if (got < 0)
		return FAIL(ERR_UNAVAILABLE, "cannot read: %m");
	EVP_DigestFinal_ex(md, out->bytes, NULL);
	return OK;
}

static RESULT
open_file(const char *path, int *out)
{
	struct stat st;

	*out = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	if (*out < 0)
		return FAIL(errno == ENOENT ? ERR_NOT_FOUND : ERR_UNAVAILABLE,
		    "cannot read %s: %m", path);
	if (fstat(*out, &st) == 0 && S_ISREG(st.st_mode))
		return OK;
	close(*out);
	*out = -1;
	return FAIL(ERR_INVALID, "%s is not a file", path);
}

static RESULT
digest_file(const char *path, struct digest *out)
{
	AUTO(close) int fd = -1;

	TRY(open_file(path, &fd));
	return pour(fd, -1, out);
}

static RESULT
copy_file(const char *from, const char *to, struct digest *out)
{
	AUTO(close) int source = -1;

	TRY(open_file(from, &source));
	(void)unlink(to);
	AUTO(close)
	int target = open(to,
	    O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (target < 0)
		return FAIL(ERR_UNAVAILABLE, "cannot write %s: %m", to);
	TRY(pour(source, target, out));
	return fsync(target) == 0
		   ? OK
		   : FAIL(ERR_UNAVAILABLE, "cannot write %s: %m", to);
}

static bool
is_still(const struct stat *before, const struct stat *after)
{
	return before->st_ino == after->st_ino &&
	       before->st_size == after->st_size &&
	       before->st_mtim.tv_sec == after->st_mtim.tv_sec &&
	       before->st_mtim.tv_nsec == after->st_mtim.tv_nsec;
}

/* An empty one was cut a moment ago, or its writer died. */
static bool
rests(const struct stat *st)
{
	int64_t ms = st->st_size > 0 ? REST_MS : 10 * REST_MS;
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return (now.tv_sec - st->st_mtim.tv_sec) * 1000 +
		       (now.tv_nsec - st->st_mtim.tv_nsec) / 1000000 >=
	       ms;
}

/*
 * A file that another program cuts to nothing and writes again. SoftHSM does so
 * to the objects of a token, and gives its lock on them back before what it
 * wrote has left its buffer: a lock of ours would not wait for that. So what
 * was changed a moment ago is read once more, until it rests.
 */
static RESULT
copy_at_rest(const char *from, const char *to, struct digest *out)
{
	const struct timespec pause = {.tv_nsec = REST_MS / 4 * 1000000L};
	struct stat before, after;

	for (int i = 0; i < REST_TRIES; i++) {
		if (stat(from, &before) != 0)
			return FAIL(errno == ENOENT ? ERR_NOT_FOUND
						    : ERR_UNAVAILABLE,
			    "cannot read %s: %m", from);
		TRY(copy_file(from, to, out));
		if (stat(from, &after) == 0 && is_still(&before, &after) &&
		    rests(&after))
			return OK;
		nanosleep(&pause, NULL);
	}
	return FAIL(ERR_UNAVAILABLE, "%s is written again and again", from);
}

/* All folders above a file. */
static RESULT
make_folders(const char *path)
{
	char folder[PATH_MAX];

	snprintf(folder, sizeof(folder), "%s", path);
	for (char *at = strchr(folder + 1, '/'); at; at = strchr(at + 1, '/')) {
		*at = '\0';
		if (mkdir(folder, 0700) != 0 && errno != EEXIST)
			return FAIL(
			    ERR_UNAVAILABLE, "cannot make %s: %m", folder);
		*at = '/';
	}
	return OK;
}

static RESULT
note(struct part *p, const char *path, const struct digest *d)
{
	char hex[DIGEST_TEXT_SIZE];

	if (strchr(path, '\n'))
		return FAIL(ERR_INVALID, "a name with a line break");
	digest_format(d, hex);
	p->files++;
	return fprintf(p->manifest, "%s %s\n", hex, path) > 0
		   ? OK
		   : FAIL(ERR_UNAVAILABLE, "cannot write: %m");
}

RESULT
part_begin(const char *to, enum backup_part part, const char *name,
    int64_t until, struct part *out)
{
	char path[PATH_MAX], end[CLOCK_TEXT_SIZE] = "never";

	TRY(backup_path(to, backup_part_name(part), out->dir));
	TRY(make_folders(out->dir));
	if (mkdir(out->dir, 0700) != 0)
		return FAIL(ERR_UNAVAILABLE, "cannot make %s: %m", out->dir);
	TRY(backup_path(out->dir, MANIFEST, path));
	out->manifest = fopen(path, "wex");
	if (!out->manifest)
		return FAIL(ERR_UNAVAILABLE, "cannot write %s: %m", path);
	if (until != CLOCK_FOREVER)
		clock_format(until, end);
	fprintf(out->manifest, "paraph backup 1\npart %s\nof %s\nuntil %s\n",
	    backup_part_name(part), name, end);
	return OK;
}

static bool
ends_with(const char *name, const char *end)
{
	size_t size = strlen(name);

	return end && size >= strlen(end) &&
	       strcmp(name + size - strlen(end), end) == 0;
}

static RESULT
copy_one(struct part *p, const char *from, const char *to)
{
	char target[PATH_MAX];
	struct digest d;

	TRY(backup_path(p->dir, to, target));
	TRY(make_folders(target));
	TRY(ends_with(from, RESTLESS) ? copy_at_rest(from, target, &d)
				      : copy_file(from, target, &d));
	return note(p, to, &d);
}

static RESULT copy_tree(struct part *p, const char *from, const char *to,
    const char *except, int deep);

static RESULT
copy_member(struct part *p, const char *from, const char *to,
    const char *except, int deep)
{
	struct stat st;

	if (lstat(from, &st) != 0)
		return errno == ENOENT /* gone meanwhile */
			   ? OK
			   : FAIL(ERR_UNAVAILABLE, "cannot read %s: %m", from);
	if (!S_ISDIR(st.st_mode) && !S_ISREG(st.st_mode)) /* leads anywhere */
		return FAIL(ERR_INVALID, "%s is neither file nor folder", from);
	enum err copied = S_ISDIR(st.st_mode)
			      ? copy_tree(p, from, to, except, deep + 1)
			      : copy_one(p, from, to);
	if (copied != ERR_NOT_FOUND)
		return copied;
	err_clear();
	return OK;
}

static void
close_folder(DIR *d)
{
	if (d)
		closedir(d);
}

DEFINE_AUTO(close_folder, DIR *)

static RESULT
copy_tree(struct part *p, const char *from, const char *to,
    const char *except, int deep)
{
	char source[PATH_MAX], target[PATH_MAX];
	AUTO(close_folder) DIR *folder = opendir(from);
	struct dirent *e;

	if (!folder)
		return FAIL(errno == ENOENT ? ERR_NOT_FOUND : ERR_UNAVAILABLE,
		    "cannot read %s: %m", from);
	if (deep > DEEP_MAX)
		return FAIL(ERR_TOO_LARGE, "%s is too deep", from);
	while ((e = readdir(folder))) {
		if (strcmp(e->d_name, ".") == 0 ||
		    strcmp(e->d_name, "..") == 0 ||
		    ends_with(e->d_name, except))
			continue;
		TRY(backup_path(from, e->d_name, source));
		TRY(backup_path(to, e->d_name, target));
		TRY(copy_member(p, source, target, except, deep));
	}
	return OK;
}

RESULT
part_copy(
    struct part *p, const char *from, const char *to, const char *except)
{
	struct stat st;

	if (stat(from, &st) != 0)
		return FAIL(errno == ENOENT ? ERR_NOT_FOUND : ERR_UNAVAILABLE,
		    "cannot read %s: %m", from);
	return S_ISDIR(st.st_mode) ? copy_tree(p, from, to, except, 0)
				   : copy_one(p, from, to);
}

RESULT
part_note(struct part *p, const char *path)
{
	char place[PATH_MAX];
	struct digest d;

	TRY(backup_path(p->dir, path, place));
	TRY(digest_file(place, &d));
	return note(p, path, &d);
}

RESULT
part_end(struct part *p)
{
	FILE *manifest = p->manifest;

	p->manifest = NULL;
	/* all else is on the disk before the part says that it is whole */
	AUTO(close) int dir = open(p->dir, O_RDONLY | O_CLOEXEC | O_DIRECTORY);
	bool written = fflush(manifest) == 0 && dir >= 0 && syncfs(dir) == 0;
	written = fprintf(manifest, END "%zu\n", p->files) > 0 && written;
	written = fflush(manifest) == 0 && fsync(fileno(manifest)) == 0 &&
		  written;
	written = fclose(manifest) == 0 && written;
	if (!written)
		return FAIL(ERR_UNAVAILABLE, "cannot write %s: %m", p->dir);
	return OK;
}

/* ---- reading ---- */

struct reading {
	char dir[PATH_MAX];
	FILE *manifest;
	char line[PATH_MAX + DIGEST_TEXT_SIZE + 8];
};

static void
reading_clear(struct reading *r)
{
	if (r->manifest)
		fclose(r->manifest);
	r->manifest = NULL;
}

DEFINE_AUTO_CLEAR(reading_clear, struct reading)

static bool
next_line(struct reading *r)
{
	if (!fgets(r->line, sizeof(r->line), r->manifest))
		return false;
	r->line[strcspn(r->line, "\n")] = '\0';
	return true;
}

/* What stands after a word at the beginning of the next line; NULL. */
static const char *
next_fact(struct reading *r, const char *word)
{
	size_t size = strlen(word);

	return next_line(r) && strncmp(r->line, word, size) == 0
		   ? r->line + size
		   : NULL;
}

static RESULT
read_head(struct reading *r, enum backup_part part, struct part_facts *out)
{
	const char *fact = next_fact(r, "paraph backup ");

	*out = (struct part_facts){.until = CLOCK_FOREVER};
	if (!fact || strcmp(fact, "1") != 0)
		return FAIL(ERR_INVALID, "%s: not a backup of this version",
		    r->dir);
	fact = next_fact(r, "part ");
	if (!fact || strcmp(fact, backup_part_name(part)) != 0)
		return FAIL(ERR_INVALID, "%s: another part", r->dir);
	fact = next_fact(r, "of ");
	if (!fact || !*fact || strlen(fact) >= sizeof(out->name))
		return FAIL(ERR_INVALID, "%s: of no backup", r->dir);
	memcpy(out->name, fact, strlen(fact) + 1);
	fact = next_fact(r, "until ");
	if (!fact)
		return FAIL(ERR_INVALID, "%s: no end", r->dir);
	return strcmp(fact, "never") == 0 ? OK
					  : clock_parse(fact, &out->until);
}

static RESULT
begin_reading(const char *from, enum backup_part part, struct reading *r,
    struct part_facts *out)
{
	char path[PATH_MAX];

	TRY(backup_path(from, backup_part_name(part), r->dir));
	TRY(backup_path(r->dir, MANIFEST, path));
	r->manifest = fopen(path, "re");
	if (!r->manifest)
		return FAIL(errno == ENOENT ? ERR_NOT_FOUND : ERR_UNAVAILABLE,
		    "cannot read %s: %m", path);
	return read_head(r, part, out);
}

/* No path leads out of the folder: a backup comes from another machine. */
static bool
is_inside(const char *path)
{
	return path[0] && path[0] != '/' && strncmp(path, "../", 3) != 0 &&
	       !strstr(path, "/../") && !ends_with(path, "/..") &&
	       strcmp(path, "..") != 0;
}

static RESULT
read_file_line(struct reading *r, char hex[DIGEST_TEXT_SIZE],
    const char **path)
{
	if (strlen(r->line) < DIGEST_TEXT_SIZE + 1 ||
	    r->line[DIGEST_TEXT_SIZE - 1] != ' ' ||
	    !is_inside(r->line + DIGEST_TEXT_SIZE))
		return FAIL(ERR_INVALID, "%s: a strange line", r->dir);
	memcpy(hex, r->line, DIGEST_TEXT_SIZE - 1);
	hex[DIGEST_TEXT_SIZE - 1] = '\0';
	*path = r->line + DIGEST_TEXT_SIZE;
	return OK;
}

static RESULT
check_file(struct reading *r)
{
	char hex[DIGEST_TEXT_SIZE], found[DIGEST_TEXT_SIZE], place[PATH_MAX];
	const char *path;
	struct digest d;

	TRY(read_file_line(r, hex, &path));
	TRY(backup_path(r->dir, path, place));
	if (digest_file(place, &d) != OK)
		return FAIL(ERR_INVALID, "%s is lacking", place);
	digest_format(&d, found);
	return strcmp(hex, found) == 0
		   ? OK
		   : FAIL(ERR_INVALID, "%s is not what was written", place);
}

/* The last line: without it the copy was never finished. */
static RESULT
read_end(struct reading *r, size_t files)
{
	char end[48];

	snprintf(end, sizeof(end), END "%zu", files);
	if (strncmp(r->line, END, strlen(END)) != 0)
		return FAIL(ERR_INVALID, "%s was not finished", r->dir);
	if (strcmp(r->line, end) != 0 || next_line(r))
		return FAIL(ERR_INVALID, "%s: not as many files as it says",
		    r->dir);
	return OK;
}

/* False behind the last file. */
static bool
next_file(struct reading *r)
{
	if (!next_line(r))
		r->line[0] = '\0';
	return r->line[0] && strncmp(r->line, END, strlen(END)) != 0;
}

RESULT
part_check(const char *from, enum backup_part part, struct part_facts *out)
{
	AUTO(reading_clear) struct reading r = {.dir = ""};

	TRY(begin_reading(from, part, &r, out));
	for (; next_file(&r); out->files++) {
		if (out->files == FILES_MAX)
			return FAIL(ERR_TOO_LARGE, "too many files");
		TRY(check_file(&r));
	}
	return read_end(&r, out->files);
}

/* The names of what was copied, too. */
static RESULT
sync_folders(const char *of)
{
	AUTO(close) int dir = open(of, O_RDONLY | O_CLOEXEC | O_DIRECTORY);

	return dir >= 0 && syncfs(dir) == 0
		   ? OK
		   : FAIL(ERR_UNAVAILABLE, "cannot write %s: %m", of);
}

RESULT
part_put_back(const char *from, enum backup_part part, const char *to)
{
	AUTO(reading_clear) struct reading r = {.dir = ""};
	char hex[DIGEST_TEXT_SIZE], found[DIGEST_TEXT_SIZE];
	char source[PATH_MAX], target[PATH_MAX];
	struct part_facts facts;
	const char *path;
	struct digest d;

	TRY(begin_reading(from, part, &r, &facts));
	while (next_file(&r)) {
		TRY(read_file_line(&r, hex, &path));
		TRY(backup_path(r.dir, path, source));
		TRY(backup_path(to, path, target));
		TRY(make_folders(target));
		TRY(copy_file(source, target, &d));
		digest_format(&d, found);
		if (strcmp(hex, found) != 0)
			return FAIL(ERR_INVALID, "%s changed meanwhile", source);
	}
	return sync_folders(to);
}
