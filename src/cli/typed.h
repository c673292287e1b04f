/*
 * A line that is typed on the terminal without being seen.
 */
#pragma once

#include "base/secret.h"

#define TYPED_MAX 1024 /* octets */

/* otherwise: the option that would have spared the question. ERR_DENIED: there
 * is no terminal, or it was interrupted; it is as it was before. */
RESULT typed_line(const char *prompt, const char *otherwise,
    struct secret *out);

/* Without the line's end. */
void typed_trim(struct secret *s);
