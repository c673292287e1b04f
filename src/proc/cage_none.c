/*
 * No cage at all: for builds with -Dsandbox=false or with libFuzzer, whose
 * run-time libraries cannot live in one. It says so, always.
 */
#include "proc/cage.h"

RESULT
cage_enter(enum cage_kind kind, const struct cage_path *paths, size_t count,
    bool strict, struct buf *missing)
{
	(void)kind;
	(void)paths;
	(void)count;
	(void)strict;
	return buf_add_format(
	    missing, "%s%s", missing->size > 0 ? " " : "", "sandbox-not-built");
}
