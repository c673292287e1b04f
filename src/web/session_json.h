/*
 * A registration as its participant sees it: which screen comes next, and
 * what that screen needs.
 */
#pragma once

#include "flow/journey.h"
#include "web/request.h"

RESULT session_write(struct request *q, struct flow *f, struct json *j,
    const struct registration *r);

/* The name of the screen to show. */
const char *session_next(const struct registration *r,
    const struct step *steps, size_t count);
