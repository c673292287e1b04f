/*
 * The programs, by name.
 */
#pragma once

enum role {
#define ROLE(name, letter, user, peers) ROLE_##name,
#include "proc/roles.def"
#undef ROLE
	ROLE_COUNT
};

const char *role_name(enum role role);
char role_letter(enum role role);
const char *role_user(enum role role);
/* ROLE_COUNT when there is none of that letter. */
enum role role_of_letter(char letter);
const char *role_peers(enum role role);
