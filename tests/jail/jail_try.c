/*
 * jail_try CAGE ACTION FOLDER: enters a cage and tries one thing.
 *
 * Exit status: 0 it worked, 1 it was refused, 2 the attempt could not be
 * made, 3 the kernel lacks a protection. A cage may also end the process by
 * a signal. Descriptors that an action needs are made before the cage closes,
 * since a program has them too.
 */
#include "jail_try.h"

#include "base/enum.h"
#include "proc/cage.h"
#include "proc/memfile.h"

#include <arpa/inet.h>
#include <errno.h>
#include <sys/mman.h>
#include <sys/socket.h>

struct belongings have;

struct sockaddr_in
jail_local(void)
{
	return (struct sockaddr_in){
	    .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
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
	struct sockaddr_in address = jail_local();
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
