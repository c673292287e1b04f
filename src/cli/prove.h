/*
 * Who somebody is, by their own password: to be on the server is not enough to
 * be a person whom the journal names.
 */
#pragma once

#include "cli/admin.h"

/* Asks on the terminal, or reads a line of the input. ERR_NOT_FOUND: no such
 * member; ERR_UNAUTHORISED: not their password. */
RESULT prove_member(struct admin *a, const char *email, bool from_input,
    struct member *out);
