/*
 * What the commands of an instance share, whatever they are linked with.
 */
#pragma once

#include <stdio.h>

/* given, else $PARAPH_CONFIG, ./paraph.conf or /etc/paraph/paraph.conf. */
const char *config_find(const char *given);

/* Text that others wrote, on one line of a terminal: what would move its
 * cursor, turn its direction or is no text at all is shown as \\x1b. */
void plain_text(FILE *out, const char *text);

/* A JSON string with its quotes; what is no UTF-8 becomes U+FFFD. */
void json_text(FILE *out, const char *text);
