/*
 * Resource limits and privileges.
 *
 * A reader's descriptors: all but the lowest number are out of reach, and the
 * lowest is taken (poll() refuses to watch more descriptors than the limit,
 * so that 0 would not do).
 */
#include "proc/cage_parts.h"

#include <errno.h>
#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>

#define MIB ((rlim_t)1024 * 1024)
#define NOT_LIMITED RLIM_INFINITY
#define READER_CPU_SECONDS 30
#define READER_MEMORY (3072 * MIB)

struct limits {
	rlim_t descriptors;
	rlim_t data;	/* private memory */
	rlim_t address; /* all mappings */
	rlim_t cpu;	/* seconds */
	rlim_t file;	/* largest file that may grow */
};

static const struct limits limits[] = {
    [CAGE_web] = {4096, 4096 * MIB, NOT_LIMITED, NOT_LIMITED, NOT_LIMITED},
    [CAGE_clerk] = {512, 2048 * MIB, NOT_LIMITED, NOT_LIMITED, NOT_LIMITED},
    [CAGE_inspector] = {256, 4096 * MIB, NOT_LIMITED, NOT_LIMITED, 1 << 28},
    [CAGE_reader] = {1, READER_MEMORY, READER_MEMORY, READER_CPU_SECONDS, 0},
    [CAGE_signer] = {512, 1024 * MIB, NOT_LIMITED, NOT_LIMITED, NOT_LIMITED},
};

/* Lowers; what is lower already stays. */
static RESULT
lower(__rlimit_resource_t resource, rlim_t most)
{
	struct rlimit now;

	if (getrlimit(resource, &now) != 0)
		return FAIL(ERR_INTERNAL, "getrlimit: %m");
	if (now.rlim_max < most)
		most = now.rlim_max;
	now = (struct rlimit){most, most};
	if (setrlimit(resource, &now) != 0)
		return FAIL(ERR_INTERNAL, "setrlimit: %m");
	return OK;
}

RESULT
cage_limits(enum cage_kind kind)
{
	const struct limits *l = &limits[kind];

	TRY(lower(RLIMIT_CORE, 0));
	TRY(lower(RLIMIT_DATA, l->data));
	TRY(lower(RLIMIT_AS, l->address));
	TRY(lower(RLIMIT_CPU, l->cpu));
	TRY(lower(RLIMIT_FSIZE, l->file));
	TRY(lower(RLIMIT_NOFILE, l->descriptors));
	/* programs that share a user cannot look into each other */
	if (prctl(PR_SET_DUMPABLE, 0) != 0)
		return FAIL(ERR_INTERNAL, "prctl: %m");
	return OK;
}

/* Started as root without users of its own, a program keeps only the uid. */
static RESULT
drop_capabilities(void)
{
	struct __user_cap_header_struct header = {
	    .version = _LINUX_CAPABILITY_VERSION_3};
	struct __user_cap_data_struct none[2] = {{0}};

	for (unsigned long c = 0; c < 64; c++)
		if (prctl(PR_CAPBSET_DROP, c) != 0 && errno != EINVAL &&
		    errno != EPERM)
			return FAIL(ERR_INTERNAL, "prctl: %m");
	if (syscall(SYS_capset, &header, none) != 0)
		return FAIL(ERR_INTERNAL, "capset: %m");
	return OK;
}

RESULT
cage_privileges(void)
{
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return FAIL(ERR_INTERNAL, "prctl: %m");
	return drop_capabilities();
}
