/*
 * Writing the parts of a backup.
 */
#include "cli/backup_copy.h"
#include "cli/backup_files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#define DEEP_MAX 8
#define RESTLESS ".object" /* of SoftHSM */

const char *
backup_part_name(enum backup_part part)
{
	static const char *const names[] = {"data", "secrets", "evidence-keys"};

	return names[part];
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
	TRY(file_make_folders(out->dir));
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
	TRY(file_make_folders(target));
	TRY(ends_with(from, RESTLESS) ? file_copy_at_rest(from, target, &d)
				      : file_copy(from, target, &d));
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
	TRY(file_digest(place, &d));
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
	written = fprintf(manifest, MANIFEST_END "%zu\n", p->files) > 0 &&
		  written;
	written = fflush(manifest) == 0 && fsync(fileno(manifest)) == 0 &&
		  written;
	written = fclose(manifest) == 0 && written;
	if (!written)
		return FAIL(ERR_UNAVAILABLE, "cannot write %s: %m", p->dir);
	return OK;
}
