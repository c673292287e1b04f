/*
 * The table of programs.
 */
#include "proc/roles.h"

#include <assert.h>
#include <stddef.h>

struct row {
	const char *name;
	char letter;
	const char *user;
	const char *peers;
};

static const struct row rows[ROLE_COUNT] = {
#define ROLE(name, letter, user, peers) {#name, letter, user, peers},
#include "proc/roles.def"
#undef ROLE
};

const char *
role_name(enum role role)
{
	assert(role < ROLE_COUNT);
	return rows[role].name;
}

char
role_letter(enum role role)
{
	assert(role < ROLE_COUNT);
	return rows[role].letter;
}

const char *
role_user(enum role role)
{
	assert(role < ROLE_COUNT);
	return rows[role].user;
}

const char *
role_peers(enum role role)
{
	assert(role < ROLE_COUNT);
	return rows[role].peers;
}

enum role
role_of_letter(char letter)
{
	size_t role = 0;

	while (role < ROLE_COUNT && rows[role].letter != letter)
		role++;
	return (enum role)role;
}
