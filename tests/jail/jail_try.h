/*
 * What jail_try.c has before the cage closes, and the actions of jail.def:
 * each gives 0 or more when it worked.
 */
#pragma once

#include "proc/channel.h"

#include <netinet/in.h>
#include <stdio.h>

struct belongings {
	const char *folder;
	int tcp, listener, caller, memory, room;
	struct channel clerk, signer;
};

extern struct belongings have;

/* 127.0.0.1, at no port. */
struct sockaddr_in jail_local(void);

#define JAIL(action, web, clerk, inspector, reader, signer) int action(void);
#include "jail.def"
#undef JAIL
