/*
 * Text files that were made part of a program at build time (tools/embed).
 */
#pragma once

#include "base/enum.h"

struct embedded {
	const char *name; /* file name; NULL ends the table */
	const char *text;
};

/* NULL when there is no file of that name. */
static inline const char *
embedded_find(const struct embedded *table, const char *name)
{
	for (; table->name; table++)
		if (strcmp(table->name, name) == 0)
			return table->text;
	return NULL;
}
