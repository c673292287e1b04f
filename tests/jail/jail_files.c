/*
 * Tried from inside a cage: files, folders and descriptors.
 */
#include "jail_try.h"

#include "proc/memfile.h"

#include <fcntl.h>
#include <sys/inotify.h>
#include <sys/stat.h>

static char path[512];

static const char *
under(const char *name)
{
	snprintf(path, sizeof(path), "%s/%s", have.folder, name);
	return path;
}

static int
try_open(const char *name, int flags)
{
	int fd = open(name, flags | O_CLOEXEC, 0600);

	return fd < 0 ? -1 : close(fd);
}

int
change_mode(void)
{
	return chmod(under("granted_write/file"), 0777);
}

int
create_blind(void)
{
	return try_open(under("granted_blind/new"), O_WRONLY | O_CREAT);
}

int
create_granted(void)
{
	return try_open(under("granted_write/new"), O_WRONLY | O_CREAT);
}

int
create_in_read_only(void)
{
	return try_open(under("granted/new"), O_WRONLY | O_CREAT);
}

int
create_in_tmp(void)
{
	return try_open(under("new"), O_WRONLY | O_CREAT);
}

int
create_symlink(void)
{
	return symlink("/etc/passwd", under("granted_write/link"));
}

int
duplicate_descriptor(void)
{
	return dup(have.memory);
}

int
fill_memfile(void)
{
	return memfile_fill(have.room, span_of_text("still")) == OK ? 0 : -1;
}

int
grow_memory_file(void)
{
	return write(have.memory, "x", 1) == 1 ? 0 : -1;
}

int
list_root_folder(void)
{
	return try_open("/", O_RDONLY | O_DIRECTORY);
}

int
open_password_file(void)
{
	return try_open("/etc/passwd", O_RDONLY);
}

int
open_process_memory(void)
{
	char name[64];

	snprintf(name, sizeof(name), "/proc/%d/mem", getppid());
	return try_open(name, O_RDONLY);
}

int
read_blind(void)
{
	return try_open(under("granted_blind/file"), O_RDONLY);
}

int
read_granted(void)
{
	return try_open(under("granted/file"), O_RDONLY);
}

int
rename_granted(void)
{
	char to[512];

	snprintf(to, sizeof(to), "%s/granted_write/file2", have.folder);
	return rename(under("granted_write/file"), to);
}

int
stat_password_file(void)
{
	struct stat st;

	return stat("/etc/passwd", &st);
}

int
truncate_granted(void)
{
	return truncate(under("granted_write/file"), 0);
}

int
watch_files(void)
{
	int fd = inotify_init1(IN_CLOEXEC);

	return fd < 0 ? -1 : inotify_add_watch(fd, "/etc", IN_ACCESS);
}

int
write_stderr(void)
{
	return fprintf(stderr, "# a line from inside\n") < 0 ? -1 : 0;
}
