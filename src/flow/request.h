/*
 * What a workspace asks for, checked and in its final form.
 */
#pragma once

#include "flow/registration.h"

#define REQUEST_URL_MAX 2000
#define REQUEST_METADATA_MAX 4096

/* Fills the members of *out that come from the request; ERR_INVALID with the
 * field. Texts live in the arena. */
RESULT request_check(struct arena *a, const struct registration_request *q,
    const struct workspace *w, struct registration *out);

/* "en" or "fr". */
bool language_is_known(const char *language);
