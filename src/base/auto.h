/*
 * Cleanup bound to a scope.
 *
 * AUTO(x_free) struct x *p = NULL;   p is mine until the scope ends.
 * return STEAL(p);                   p is the caller's now.
 *
 * Each owner type says DEFINE_AUTO(x_free, struct x *) once, beside its
 * destructor. Destructors accept NULL and half-built objects: a variable that
 * a function leaves before initialising it is all zero (meson.build sees to
 * it), except descriptors, which must begin with -1.
 */
#pragma once

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* unused: clang does not see that the cleanup uses it */
#define AUTO(destructor)                                                       \
	__attribute__((unused, cleanup(auto_##destructor)))

#define DEFINE_AUTO(destructor, type)                                          \
	static inline void auto_##destructor(type *p)                          \
	{                                                                      \
		if (*p)                                                        \
			destructor(*p);                                        \
	}

/* For structs in the caller's memory: destructor takes their address. */
#define DEFINE_AUTO_CLEAR(destructor, type)                                    \
	static inline void auto_##destructor(type *p)                          \
	{                                                                      \
		destructor(p);                                                 \
	}

#define STEAL(p)                                                               \
	({                                                                     \
		__typeof__(p) stolen_ = (p);                                   \
		(p) = NULL;                                                    \
		stolen_;                                                       \
	})

/* The same for descriptors, where "nothing" is -1. */
#define STEAL_FD(fd)                                                           \
	({                                                                     \
		int stolen_ = (fd);                                            \
		(fd) = -1;                                                     \
		stolen_;                                                       \
	})

static inline void
auto_close(const int *fd)
{
	if (*fd >= 0)
		close(*fd);
}

static inline void
auto_free(void *p)
{
	free(*(void **)p);
}

DEFINE_AUTO(fclose, FILE *)
