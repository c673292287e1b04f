/*
 * Reading the parts of a backup: whether they are whole, and putting back.
 */
#include "cli/backup_copy.h"
#include "cli/backup_files.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#define FILES_MAX ((size_t)20000000)

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
	size_t size = strlen(path);

	return path[0] && path[0] != '/' && strncmp(path, "../", 3) != 0 &&
	       !strstr(path, "/../") && strcmp(path, "..") != 0 &&
	       (size < 3 || strcmp(path + size - 3, "/..") != 0);
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
	if (file_digest(place, &d) != OK)
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

	snprintf(end, sizeof(end), MANIFEST_END "%zu", files);
	if (strncmp(r->line, MANIFEST_END, strlen(MANIFEST_END)) != 0)
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
	return r->line[0] &&
	       strncmp(r->line, MANIFEST_END, strlen(MANIFEST_END)) != 0;
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
		TRY(file_make_folders(target));
		TRY(file_copy(source, target, &d));
		digest_format(&d, found);
		if (strcmp(hex, found) != 0)
			return FAIL(
			    ERR_INVALID, "%s changed meanwhile", source);
	}
	return sync_folders(to);
}
