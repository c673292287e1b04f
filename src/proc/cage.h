/*
 * Cages: what a program may still do once it has what it needs. One profile
 * a role: no_new_privs, rlimits, Landlock rules, seccomp list.
 */
#pragma once

#include "base/buf.h"
#include "proc/roles.h"

/* Folders and files a program goes on using; Landlock forbids the rest. */
struct cage_path {
	const char *path;
	bool write; /* also create and remove below it */
};

enum cage_kind {
	CAGE_web,
	CAGE_clerk,
	CAGE_inspector, /* the warm parent: forks, passes descriptors */
	CAGE_reader,    /* its child, which sees the document: allow-list */
	CAGE_signer
};

/*
 * Locks the calling process in, for good. strict: a missing protection is
 * ERR_UNAVAILABLE; else its name is added to missing (space separated).
 */
RESULT cage_enter(enum cage_kind kind, const struct cage_path *paths,
    size_t count, bool strict, struct buf *missing);
