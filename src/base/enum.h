/*
 * Tables into enums.
 *
 * A table is a .def file: one row per line, the includer defines the row
 * macro. These two macros make the text functions that every table needs, so
 * that a name is written once: in its row.
 */
#pragma once

#include <stddef.h>
#include <string.h>

/* Looks a text up in a list of names; count when it is not there. */
static inline size_t
enum_find(const char *const *names, size_t count, const char *text)
{
	for (size_t i = 0; text && i < count; i++)
		if (strcmp(names[i], text) == 0)
			return i;
	return count;
}

#define COUNT_OF(a) (sizeof(a) / sizeof((a)[0]))
