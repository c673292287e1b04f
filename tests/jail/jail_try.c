/*
 * jail_try CAGE ACTION FOLDER: enters a cage and tries one thing.
 *
 * Exit status: 0 it worked, 1 it was refused, 2 the attempt could not be
 * made, 3 the kernel lacks a protection. A cage may also end the process by
 * a signal. Descriptors that an action needs are made before the cage closes,
 * since a program has them too.
 */
#include "proc/cage.h"
#include "proc/channel.h"
#include "proc/memfile.h"

#include "base/clock.h"
#include "base/digest.h"
#include "base/enum.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/keyctl.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <sys/inotify.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>

static struct {
	const char *folder;
	int tcp, listener, caller, memory, room;
	struct channel clerk, signer;
} have;

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

static struct sockaddr_in
local(void)
{
	return (struct sockaddr_in){
	    .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
}

static int
accept_connection(void)
{
	return accept4(have.listener, NULL, NULL, SOCK_CLOEXEC);
}

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

static int
allocate_gigabytes(void)
{
	return allocate((size_t)6 << 30);
}

static int
allocate_some(void)
{
	return allocate((size_t)64 << 20);
}

static int
ask_the_clock(void)
{
	return clock_now() > 0 && clock_ticks() > 0 ? 0 : -1;
}

static int
ask_who_it_is(void)
{
	cpu_set_t cpus;

	return getpid() > 0 ? sched_getaffinity(0, sizeof(cpus), &cpus) : -1;
}

static int
become_root(void)
{
	return setuid(0);
}

static int
bind_socket(void)
{
	struct sockaddr_in address = local();

	return bind(have.tcp, (struct sockaddr *)&address, sizeof(address));
}

static int
change_mode(void)
{
	return chmod(under("granted_write/file"), 0777);
}

static int
change_name_of_host(void)
{
	return sethostname("", 0);
}

static int
connect_socket(void)
{
	struct sockaddr_in address = local();

	/* the port where nobody listens: a refusal by the peer is a success */
	address.sin_port = htons(1);
	if (connect(have.tcp, (struct sockaddr *)&address, sizeof(address)) ==
		0 ||
	    errno == ECONNREFUSED)
		return 0;
	return -1;
}

static int
create_blind(void)
{
	return try_open(under("granted_blind/new"), O_WRONLY | O_CREAT);
}

static int
create_granted(void)
{
	return try_open(under("granted_write/new"), O_WRONLY | O_CREAT);
}

static int
create_in_read_only(void)
{
	return try_open(under("granted/new"), O_WRONLY | O_CREAT);
}

static int
create_in_tmp(void)
{
	return try_open(under("new"), O_WRONLY | O_CREAT);
}

static int
create_symlink(void)
{
	return symlink("/etc/passwd", under("granted_write/link"));
}

static int
duplicate_descriptor(void)
{
	return dup(have.memory);
}

static int
execute_code_mapped(void)
{
	return mmap(NULL, 4096, PROT_READ | PROT_EXEC,
		   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED
		   ? -1
		   : 0;
}

static int
execute_code_written(void)
{
	void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (page == MAP_FAILED)
		exit(2);
	return mprotect(page, 4096, PROT_READ | PROT_EXEC);
}

static int
execute_program(void)
{
	/* a program that ends well, so that an exec that works counts */
	return execl("/bin/true", "true", NULL);
}

static int
fill_memfile(void)
{
	return memfile_fill(have.room, span_of_text("still")) == OK ? 0 : -1;
}

static int
fork_process(void)
{
	pid_t pid = fork();
	int status;

	if (pid == 0)
		_exit(0);
	return pid < 0 || waitpid(pid, &status, 0) != pid ? -1 : status;
}

static int
grow_memory_file(void)
{
	return write(have.memory, "x", 1) == 1 ? 0 : -1;
}

static int
list_root_folder(void)
{
	return try_open("/", O_RDONLY | O_DIRECTORY);
}

static int
load_bpf(void)
{
	return (int)syscall(SYS_bpf, 0, NULL, 0);
}

static int
make_namespace(void)
{
	return unshare(CLONE_NEWUSER);
}

static int
make_namespace_by_clone(void)
{
	long pid = syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, 0, 0, 0, 0);

	if (pid == 0)
		_exit(0);
	return pid < 0 ? -1 : 0;
}

static int
make_socketpair(void)
{
	int fds[2];

	return socketpair(AF_UNIX, SOCK_SEQPACKET, 0, fds);
}

static int
mount_something(void)
{
	return mount("none", have.folder, "tmpfs", 0, NULL);
}

static int
open_kernel_keys(void)
{
	return (int)syscall(SYS_keyctl, KEYCTL_GET_KEYRING_ID, -1, 0);
}

static int
open_password_file(void)
{
	return try_open("/etc/passwd", O_RDONLY);
}

static int
open_process_memory(void)
{
	char name[64];

	snprintf(name, sizeof(name), "/proc/%d/mem", getppid());
	return try_open(name, O_RDONLY);
}

static int
open_userfault(void)
{
	return (int)syscall(SYS_userfaultfd, O_CLOEXEC);
}

static int
peek_at_parent(void)
{
	char byte;
	struct iovec here = {&byte, 1}, there = {&byte, 1};

	return process_vm_readv(getppid(), &here, 1, &there, 1, 0) < 0 ? -1 : 0;
}

static int
read_blind(void)
{
	return try_open(under("granted_blind/file"), O_RDONLY);
}

static int
read_granted(void)
{
	return try_open(under("granted/file"), O_RDONLY);
}

static int
receive(enum message_type type, size_t fd_count)
{
	AUTO(message_clear) struct message m;

	return channel_receive(&have.clerk, 1000, &m) == OK && m.type == type &&
		       m.fd_count == fd_count
		   ? 0
		   : -1;
}

static int
receive_descriptor(void)
{
	if (channel_send(&have.signer, MESSAGE_crl, 1, SPAN(NULL, 0),
		&have.memory, 1) != OK)
		exit(2);
	return receive(MESSAGE_crl, 1);
}

static int
rename_granted(void)
{
	char to[512];

	snprintf(to, sizeof(to), "%s/granted_write/file2", have.folder);
	return rename(under("granted_write/file"), to);
}

static int
send_message(void)
{
	return channel_send(&have.signer, MESSAGE_issued, 1,
		   span_of_text("answer"), NULL, 0) == OK
		   ? 0
		   : -1;
}

static int
set_limits_of_parent(void)
{
	struct rlimit limit;

	return prlimit(getppid(), RLIMIT_CORE, NULL, &limit);
}

static int
signal_itself(void)
{
	return kill(getpid(), 0);
}

static int
signal_parent(void)
{
	return kill(getppid(), 0);
}

static int
socket_inet(void)
{
	return socket(AF_INET, SOCK_STREAM, 0);
}

static int
socket_packet(void)
{
	return socket(AF_PACKET, SOCK_RAW, 0);
}

static int
socket_unix(void)
{
	return socket(AF_UNIX, SOCK_STREAM, 0);
}

static void *
nothing(void *data)
{
	return data;
}

static int
start_thread(void)
{
	pthread_t thread;

	if (pthread_create(&thread, NULL, nothing, NULL) != 0)
		return -1;
	return pthread_join(thread, NULL);
}

static int
start_uring(void)
{
	char params[256] = {0};

	return (int)syscall(SYS_io_uring_setup, 1, params);
}

static int
stat_password_file(void)
{
	struct stat st;

	return stat("/etc/passwd", &st);
}

static int
trace_itself(void)
{
	return (int)ptrace(PTRACE_TRACEME, 0, NULL, NULL);
}

static int
truncate_granted(void)
{
	return truncate(under("granted_write/file"), 0);
}

static int
wait_for_message(void)
{
	if (send_message() != 0)
		exit(2);
	return receive(MESSAGE_issued, 0);
}

static int
watch_files(void)
{
	int fd = inotify_init1(IN_CLOEXEC);

	return fd < 0 ? -1 : inotify_add_watch(fd, "/etc", IN_ACCESS);
}

static int
write_stderr(void)
{
	return fprintf(stderr, "# a line from inside\n") < 0 ? -1 : 0;
}

static const struct {
	const char *name;
	int (*run)(void);
} actions[] = {
#define JAIL(action, web, clerk, inspector, reader, signer) {#action, action},
#include "jail.def"
#undef JAIL
};

static const char *const kinds[] = {
    [CAGE_web] = "web",
    [CAGE_clerk] = "clerk",
    [CAGE_inspector] = "inspector",
    [CAGE_reader] = "reader",
    [CAGE_signer] = "signer",
};

static void
open_what_is_needed(void)
{
	struct sockaddr_in address = local();
	socklen_t size = sizeof(address);
	int fds[2];

	have.tcp = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	have.listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	have.caller = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	have.memory = memfd_create("grows", MFD_CLOEXEC);
	if (bind(have.listener, (struct sockaddr *)&address, size) != 0 ||
	    listen(have.listener, 1) != 0 ||
	    getsockname(have.listener, (struct sockaddr *)&address, &size) !=
		0 ||
	    connect(have.caller, (struct sockaddr *)&address, size) != 0 ||
	    memfile_room(4096, &have.room) != OK || channel_pair(fds) != OK)
		exit(2);
	have.clerk = (struct channel){fds[0], ROLE_clerk, ROLE_signer, true};
	have.signer = (struct channel){fds[1], ROLE_signer, ROLE_clerk, true};
}

static enum cage_kind
kind_of(const char *name)
{
	size_t kind = enum_find(kinds, COUNT_OF(kinds), name);

	if (kind == COUNT_OF(kinds))
		exit(2);
	return (enum cage_kind)kind;
}

static void
enter(enum cage_kind kind)
{
	AUTO(buf_clear) struct buf missing;
	char granted[3][512];
	struct cage_path paths[3] = {{.path = granted[0]},
	    {.path = granted[1], .write = true},
	    {.path = granted[2], .write = true, .blind = true}};
	size_t count = kind == CAGE_inspector || kind == CAGE_reader ? 0 : 3;

	buf_init(&missing, 1000);
	snprintf(granted[0], 512, "%s/granted", have.folder);
	snprintf(granted[1], 512, "%s/granted_write", have.folder);
	snprintf(granted[2], 512, "%s/granted_blind", have.folder);
	enum err result = cage_enter(kind, paths, count, true, &missing);
	if (result == OK)
		return;
	fprintf(stderr, "# %s\n", err_explanation());
	exit(result == ERR_UNAVAILABLE ? 3 : 2);
}

int
main(int argc, char **argv)
{
	if (argc != 4)
		return 2;
	enum cage_kind kind = kind_of(argv[1]);
	have.folder = argv[3];
	open_what_is_needed();
	enter(kind);
	for (size_t i = 0; i < COUNT_OF(actions); i++) {
		if (strcmp(actions[i].name, argv[2]) != 0)
			continue;
		if (actions[i].run() >= 0)
			return 0;
		fprintf(stderr, "# %s: %m\n", argv[2]);
		return 1;
	}
	return 2;
}
