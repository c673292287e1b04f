#include "cli/config_say.h"

#include <stdio.h>

int
config_warn(const char *key, const char *why)
{
	printf("warning: %s: %s\n", key, why);
	return 1;
}

int
config_fail(const char *key, const char *why)
{
	fprintf(stderr, "error: %s: %s\n", key, why);
	return 1;
}
