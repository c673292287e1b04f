/*
 * seccomp: an allow-list for readers, deny-lists for the others, from the
 * two tables; what depends on arguments is here.
 *
 * io_uring is refused because its requests pass by the filter, clone3 because
 * its flags lie in memory where the filter cannot look (the C library then
 * uses clone).
 */
#include "proc/cage_parts.h"

#include "base/enum.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/socket.h>

DEFINE_AUTO(seccomp_release, scmp_filter_ctx)

#define KILL SCMP_ACT_KILL_PROCESS
#define ALLOW SCMP_ACT_ALLOW

struct row {
	int call;
	uint32_t action;
	const char *cages;
};

static const struct row denied[] = {
#define REFUSE SCMP_ACT_ERRNO(EPERM)
#define DENIED(call, answer, cages) {SCMP_SYS(call), answer, cages},
#include "proc/cage_denied.def"
#undef DENIED
#undef REFUSE
};

static const struct row reader[] = {
#define REFUSE SCMP_ACT_ERRNO(EACCES)
#define READER(call, answer) {SCMP_SYS(call), answer, "r"},
#include "proc/cage_reader.def"
#undef READER
#undef REFUSE
};

static const char letters[] = {
    [CAGE_web] = 'w',
    [CAGE_clerk] = 'c',
    [CAGE_inspector] = 'i',
    [CAGE_reader] = 'r',
    [CAGE_signer] = 'g',
};

#define NEW_NAMESPACES                                                         \
	(CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET |           \
	    CLONE_NEWIPC | CLONE_NEWUTS | CLONE_NEWCGROUP)

/* One rule; compare may be NULL. */
static int
rule(scmp_filter_ctx f, uint32_t action, int call,
    const struct scmp_arg_cmp *compare)
{
	return seccomp_rule_add_array(
	    f, action, call, compare ? 1 : 0, compare);
}

static int
add_rows(scmp_filter_ctx f, const struct row *rows, size_t count, char letter)
{
	int failed = 0;

	for (size_t i = 0; i < count; i++)
		if (strchr(rows[i].cages, letter))
			failed |= rule(f, rows[i].action, rows[i].call, NULL);
	return failed;
}

/* Memory is either written or run, and nothing new is run. */
static int
refuse_new_code(scmp_filter_ctx f)
{
	const struct scmp_arg_cmp runs =
	    SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, PROT_EXEC);
	uint32_t refuse = SCMP_ACT_ERRNO(EPERM);

	return rule(f, refuse, SCMP_SYS(mmap), &runs) |
	       rule(f, refuse, SCMP_SYS(mprotect), &runs) |
	       rule(f, refuse, SCMP_SYS(pkey_mprotect), &runs);
}

static int
refuse_namespaces(scmp_filter_ctx f)
{
	int failed = rule(f, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), NULL);

	for (unsigned bit = 0; bit < 32; bit++) {
		uint32_t flag = 1u << bit;
		const struct scmp_arg_cmp set =
		    SCMP_A0(SCMP_CMP_MASKED_EQ, flag, flag);
		if ((uint32_t)NEW_NAMESPACES & flag)
			failed |= rule(f, KILL, SCMP_SYS(clone), &set);
	}
	return failed;
}

/* Threads, but no processes; signals to itself, not to the others. */
static int
refuse_others(scmp_filter_ctx f)
{
	const struct scmp_arg_cmp process =
	    SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, 0);
	const struct scmp_arg_cmp other =
	    SCMP_A0(SCMP_CMP_NE, (scmp_datum_t)getpid());
	uint32_t refuse = SCMP_ACT_ERRNO(EPERM);

	return rule(f, refuse, SCMP_SYS(clone), &process) |
	       rule(f, refuse, SCMP_SYS(kill), &other) |
	       rule(f, refuse, SCMP_SYS(tgkill), &other);
}

/* The clerk speaks to mail relays, webhooks and name servers. */
static int
refuse_strange_sockets(scmp_filter_ctx f)
{
	const struct scmp_arg_cmp later = SCMP_A0(SCMP_CMP_GT, AF_NETLINK);
	uint32_t refuse = SCMP_ACT_ERRNO(EAFNOSUPPORT);
	int failed = rule(f, refuse, SCMP_SYS(socket), &later);

	for (int family = 0; family < AF_NETLINK; family++) {
		const struct scmp_arg_cmp this =
		    SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)family);
		if (family != AF_UNIX && family != AF_INET &&
		    family != AF_INET6)
			failed |= rule(f, refuse, SCMP_SYS(socket), &this);
	}
	return failed;
}

static int
fill_denied(scmp_filter_ctx f, enum cage_kind kind)
{
	const struct scmp_arg_cmp other = SCMP_A0(SCMP_CMP_NE, 0);
	int failed = add_rows(f, denied, COUNT_OF(denied), letters[kind]);

	failed |= rule(f, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(prlimit64), &other);
	failed |= refuse_namespaces(f);
	/* the clerk's name service loads its modules at the first question */
	failed |=
	    kind == CAGE_clerk ? refuse_strange_sockets(f) : refuse_new_code(f);
	/* the inspector forks readers and ends those that take too long */
	if (kind != CAGE_inspector)
		failed |= refuse_others(f);
	return failed;
}

/* This C library's fstat(): an open descriptor goes through, a path not. */
static int
allow_fstat(scmp_filter_ctx f)
{
	const struct scmp_arg_cmp descriptor[] = {
	    SCMP_A0(SCMP_CMP_LE, INT32_MAX),
	    SCMP_A3(SCMP_CMP_EQ, AT_EMPTY_PATH),
	};
	const struct scmp_arg_cmp folder = SCMP_A0(SCMP_CMP_GT, INT32_MAX);
	const struct scmp_arg_cmp named = SCMP_A3(SCMP_CMP_NE, AT_EMPTY_PATH);
	uint32_t refuse = SCMP_ACT_ERRNO(EACCES);
	int call = SCMP_SYS(newfstatat);

	return seccomp_rule_add_array(f, ALLOW, call, 2, descriptor) |
	       rule(f, refuse, call, &folder) | rule(f, refuse, call, &named);
}

static int
fill_reader(scmp_filter_ctx f)
{
	const struct scmp_arg_cmp no_code =
	    SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0);
	const struct scmp_arg_cmp self =
	    SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)getpid());
	const struct scmp_arg_cmp commands[] = {
	    SCMP_A1(SCMP_CMP_EQ, F_GETFL),
	    SCMP_A1(SCMP_CMP_EQ, F_GET_SEALS),
	    SCMP_A1(SCMP_CMP_EQ, F_ADD_SEALS),
	};
	int failed = add_rows(f, reader, COUNT_OF(reader), 'r');

	failed |= rule(f, ALLOW, SCMP_SYS(mmap), &no_code);
	failed |= rule(f, ALLOW, SCMP_SYS(mprotect), &no_code);
	failed |= rule(f, ALLOW, SCMP_SYS(tgkill), &self);
	for (size_t i = 0; i < COUNT_OF(commands); i++)
		failed |= rule(f, ALLOW, SCMP_SYS(fcntl), &commands[i]);
	return failed | allow_fstat(f);
}

RESULT
cage_seccomp(enum cage_kind kind)
{
	uint32_t otherwise = kind == CAGE_reader ? KILL : ALLOW;
	AUTO(seccomp_release) scmp_filter_ctx f = seccomp_init(otherwise);

	if (!f)
		return FAIL(ERR_INTERNAL, "seccomp: no filter");
	/* all threads; and a search tree, since the lists are long */
	int failed = seccomp_attr_set(f, SCMP_FLTATR_CTL_TSYNC, 1);
	failed |= seccomp_attr_set(f, SCMP_FLTATR_CTL_OPTIMIZE, 2);
	failed |= kind == CAGE_reader ? fill_reader(f) : fill_denied(f, kind);
	if (failed)
		return FAIL(ERR_INTERNAL, "seccomp: a rule is not accepted");
	if (seccomp_load(f) != 0)
		return FAIL(ERR_UNAVAILABLE, "the kernel has no seccomp");
	return OK;
}
