/*
 * Landlock: which files a program still reaches.
 *
 * Debian 12's kernel (6.1) knows version 2 of the interface; what later ones
 * add is used where the kernel offers it and never required. Its headers do
 * not name the additions, so they have names here.
 */
#include "proc/cage_parts.h"

#include "base/enum.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#define FS(name) LANDLOCK_ACCESS_FS_##name
#define FS_TRUNCATE (1ULL << 14)  /* version 3, Linux 6.2 */
#define FS_IOCTL_DEV (1ULL << 15) /* version 5, Linux 6.10 */
#define NET_BIND_TCP (1ULL << 0)  /* version 4, Linux 6.7 */
#define NET_CONNECT_TCP (1ULL << 1)
#define SCOPE_ABSTRACT_SOCKET (1ULL << 0) /* version 6, Linux 6.12 */
#define SCOPE_SIGNAL (1ULL << 1)

#define FS_FILE                                                                \
	(FS(EXECUTE) | FS(WRITE_FILE) | FS(READ_FILE) | FS_TRUNCATE |          \
	    FS_IOCTL_DEV)
#define FS_READ (FS(READ_FILE) | FS(READ_DIR))
#define FS_CHANGE                                                              \
	(FS(WRITE_FILE) | FS(READ_DIR) | FS(REMOVE_FILE) | FS(REMOVE_DIR) |    \
	    FS(MAKE_DIR) | FS(MAKE_REG) | FS(REFER) | FS_TRUNCATE)
#define FS_FIRST (FS(MAKE_SYM) * 2 - 1) /* all rights of version 1 */

/* As the newest kernel knows it; older ones get its first part. */
struct ruleset {
	uint64_t files;
	uint64_t net;
	uint64_t scoped;
};

/* What libraries open whatever happens, and nobody can abuse. */
static const struct cage_path always[] = {
    {.path = "/dev/null", .write = true},
    {.path = "/dev/urandom"},
};

static long
version(void)
{
	return syscall(SYS_landlock_create_ruleset, NULL, 0,
	    LANDLOCK_CREATE_RULESET_VERSION);
}

static struct ruleset
wanted(enum cage_kind kind, long known, size_t *size)
{
	struct ruleset r = {.files = FS_FIRST, .net = NET_BIND_TCP};

	if (known >= 2)
		r.files |= FS(REFER);
	if (known >= 3)
		r.files |= FS_TRUNCATE;
	if (known >= 5)
		r.files |= FS_IOCTL_DEV;
	if (kind != CAGE_clerk) /* mail relay, webhooks */
		r.net |= NET_CONNECT_TCP;
	r.scoped = SCOPE_ABSTRACT_SOCKET | SCOPE_SIGNAL;
	*size = known >= 6 ? 24 : known >= 4 ? 16 : 8;
	return r;
}

static RESULT
add_path(int rules, uint64_t handled, const struct cage_path *p)
{
	AUTO(close) int fd = open(p->path, O_PATH | O_CLOEXEC);
	uint64_t rights = p->write ? FS_CHANGE : FS_READ;
	struct stat st;

	if (fd < 0 && errno == ENOENT)
		return OK;
	if (fd < 0 || fstat(fd, &st) != 0)
		return FAIL(ERR_INTERNAL, "cannot reach %s: %m", p->path);
	if (!p->blind)
		rights |= FS_READ;
	rights &= handled;
	if (!S_ISDIR(st.st_mode))
		rights &= FS_FILE;
	struct landlock_path_beneath_attr rule = {
	    .allowed_access = rights, .parent_fd = fd};
	if (syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH,
		&rule, 0) != 0)
		return FAIL(ERR_INTERNAL, "landlock: %s: %m", p->path);
	return OK;
}

/* The inspector and its readers reach no file at all. */
static bool
reaches_files(enum cage_kind kind)
{
	return kind != CAGE_inspector && kind != CAGE_reader;
}

RESULT
cage_landlock(enum cage_kind kind, const struct cage_path *paths, size_t count)
{
	long known = version();
	size_t size;

	if (known < 1)
		return FAIL(ERR_UNAVAILABLE, "the kernel has no Landlock");
	struct ruleset set = wanted(kind, known, &size);
	AUTO(close)
	int rules = (int)syscall(SYS_landlock_create_ruleset, &set, size, 0);
	if (rules < 0)
		return FAIL(ERR_INTERNAL, "landlock: %m");
	for (size_t i = 0; reaches_files(kind) && i < COUNT_OF(always); i++)
		TRY(add_path(rules, set.files, &always[i]));
	for (size_t i = 0; i < count; i++)
		TRY(add_path(rules, set.files, &paths[i]));
	if (syscall(SYS_landlock_restrict_self, rules, 0) != 0)
		return FAIL(ERR_INTERNAL, "landlock: %m");
	return OK;
}
