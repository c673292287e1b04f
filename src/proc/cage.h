/*
 * Cages: what a program may still do once it has what it needs. One profile
 * a kind: no_new_privs, no capabilities, rlimits, Landlock rules, seccomp
 * list.
 *
 * Enter before the first thread and after everything is open that the paths
 * do not name: libraries that load modules lazily must have done so. What a
 * kind may call is in cage_denied.def and cage_reader.def.
 */
#pragma once

#include "base/buf.h"
#include "proc/roles.h"

#include <stdbool.h>

/*
 * Folders and files a program goes on using; Landlock forbids the rest. What
 * does not exist when the cage closes stays out of reach.
 */
struct cage_path {
	const char *path;
	bool write; /* also create and remove below it */
	bool blind; /* with write: may not read what is there */
};

enum cage_kind {
	CAGE_web,
	CAGE_clerk,
	CAGE_inspector, /* the warm parent: forks, passes descriptors */
	CAGE_reader,	/* its child, which sees the document: allow-list */
	CAGE_signer
};

/*
 * Locks the calling process in, for good. strict: a missing protection is
 * ERR_UNAVAILABLE; else its name is added to missing (space separated).
 *
 * A reader dies with its parent, may open no descriptor (one that comes in a
 * message is refused too), and writes its answer through memfile_fill().
 */
RESULT cage_enter(enum cage_kind kind, const struct cage_path *paths,
    size_t count, bool strict, struct buf *missing);
