/*
 * What the commands of an instance share, whatever they are linked with.
 */
#pragma once

#include <stdio.h>

/* given, else $PARAPH_CONFIG, ./paraph.conf or /etc/paraph/paraph.conf. */
const char *config_find(const char *given);

/* A JSON string with its quotes. */
void json_text(FILE *out, const char *text);
