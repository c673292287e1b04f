/*
 * Steps of a ceremony as its people type them, each with how it has to end and
 * what it has to say.
 */
#pragma once

#include "instance.h"

static struct instance here;
static const char *ca; /* paraph-ca */

static void
shell(int status, const char *said, const char *command)
{
	int found = instance_shell(&here, "%s", command);

	if (found != status || !strstr(instance_said(&here), said))
		fail_msg(
		    "%s: %d, said %s", command, found, instance_said(&here));
}

static void
step(int status, const char *said, const char *arguments)
{
	char command[2048];

	snprintf(command, sizeof(command), "'%s' ceremony %s", ca, arguments);
	shell(status, said, command);
}
