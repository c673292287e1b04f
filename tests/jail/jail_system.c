/*
 * Tried from inside a cage: memory, processes, and what belongs to the kernel.
 */
#include "jail_try.h"

#include "base/clock.h"

#include <fcntl.h>
#include <linux/keyctl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>

static int
allocate(size_t size)
{
	char *p = mmap(NULL, size, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	if (p == MAP_FAILED)
		return -1;
	p[0] = 1;
	return munmap(p, size);
}

int
allocate_gigabytes(void)
{
	return allocate((size_t)6 << 30);
}

int
allocate_some(void)
{
	return allocate((size_t)64 << 20);
}

int
ask_the_clock(void)
{
	return clock_now() > 0 && clock_ticks() > 0 ? 0 : -1;
}

int
ask_who_it_is(void)
{
	cpu_set_t cpus;

	return getpid() > 0 ? sched_getaffinity(0, sizeof(cpus), &cpus) : -1;
}

int
become_root(void)
{
	return setuid(0);
}

int
change_name_of_host(void)
{
	return sethostname("", 0);
}

int
execute_code_mapped(void)
{
	return mmap(NULL, 4096, PROT_READ | PROT_EXEC,
		   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED
		   ? -1
		   : 0;
}

int
execute_code_written(void)
{
	void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (page == MAP_FAILED)
		exit(2);
	return mprotect(page, 4096, PROT_READ | PROT_EXEC);
}

int
execute_program(void)
{
	/* a program that ends well, so that an exec that works counts */
	return execl("/bin/true", "true", NULL);
}

int
fork_process(void)
{
	pid_t pid = fork();
	int status;

	if (pid == 0)
		_exit(0);
	return pid < 0 || waitpid(pid, &status, 0) != pid ? -1 : status;
}

int
load_bpf(void)
{
	return (int)syscall(SYS_bpf, 0, NULL, 0);
}

int
make_namespace(void)
{
	return unshare(CLONE_NEWUSER);
}

int
make_namespace_by_clone(void)
{
	long pid = syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, 0, 0, 0, 0);

	if (pid == 0)
		_exit(0);
	return pid < 0 ? -1 : 0;
}

int
mount_something(void)
{
	return mount("none", have.folder, "tmpfs", 0, NULL);
}

int
open_kernel_keys(void)
{
	return (int)syscall(SYS_keyctl, KEYCTL_GET_KEYRING_ID, -1, 0);
}

int
open_userfault(void)
{
	return (int)syscall(SYS_userfaultfd, O_CLOEXEC);
}

int
peek_at_parent(void)
{
	char byte;
	struct iovec here = {&byte, 1}, there = {&byte, 1};

	return process_vm_readv(getppid(), &here, 1, &there, 1, 0) < 0 ? -1 : 0;
}

int
set_limits_of_parent(void)
{
	struct rlimit limit;

	return prlimit(getppid(), RLIMIT_CORE, NULL, &limit);
}

int
signal_itself(void)
{
	return kill(getpid(), 0);
}

int
signal_parent(void)
{
	return kill(getppid(), 0);
}

static void *
nothing(void *data)
{
	return data;
}

int
start_thread(void)
{
	pthread_t thread;

	if (pthread_create(&thread, NULL, nothing, NULL) != 0)
		return -1;
	return pthread_join(thread, NULL);
}

int
start_uring(void)
{
	char params[256] = {0};

	return (int)syscall(SYS_io_uring_setup, 1, params);
}

int
trace_itself(void)
{
	return (int)ptrace(PTRACE_TRACEME, 0, NULL, NULL);
}
