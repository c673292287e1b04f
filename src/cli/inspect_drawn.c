/*
 * Where --draw puts its pictures. A folder may be the one that is read: then
 * what an earlier run drew is itself a file to be read, and must not be lost
 * half-way through the others.
 */
#include "cli/inspect_drawn.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct place {
	bool there;
	dev_t device;
	ino_t inode;
};

static struct place
place_of(const char *path)
{
	struct stat found;
	if (stat(path, &found) != 0)
		return (struct place){0};
	return (struct place){true, found.st_dev, found.st_ino};
}

void
drawn_path(const struct options *o, size_t index, char *out, size_t size)
{
	const char *file = o->files[index];
	const char *base = strrchr(file, '/');
	struct stat found;
	base = strcmp(file, "-") == 0 ? "stdin" : base ? base + 1 : file;
	if (stat(o->draw, &found) != 0 || !S_ISDIR(found.st_mode)) {
		snprintf(out, size, "%s", o->draw);
		return;
	}
	const char *dot = strrchr(base, '.');
	int length = (int)(dot && dot > base ? (size_t)(dot - base) :
	    strlen(base));
	size_t same = 0;
	for (size_t i = 0; i < index; i++) {
		const char *other = strrchr(o->files[i], '/');
		other = other ? other + 1 : o->files[i];
		same += strncmp(other, base, (size_t)length) == 0 &&
		    (other[length] == '.' || other[length] == '\0');
	}
	if (same)
		snprintf(out, size, "%s/%.*s-%zu.seen.png", o->draw, length,
		    base, same + 1);
	else
		snprintf(out, size, "%s/%.*s.seen.png", o->draw, length,
		    base);
}

const char *
drawn_over(const struct options *o)
{
	struct place *files = calloc(o->count, sizeof(*files));
	const char *over = NULL;
	char path[PATH_MAX];
	if (!files)
		abort();
	for (size_t i = 0; i < o->count; i++)
		files[i] = place_of(o->files[i]);
	for (size_t i = 0; i < o->count && !over; i++) {
		drawn_path(o, i, path, sizeof(path));
		struct place drawn = place_of(path);
		for (size_t k = 0; drawn.there && k < o->count && !over; k++)
			if (files[k].there && drawn.inode == files[k].inode &&
			    drawn.device == files[k].device)
				over = o->files[k];
	}
	free(files);
	return over;
}
