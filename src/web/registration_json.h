/*
 * A registration as JSON, for members: in lists, and one with its messages
 * and history.
 */
#pragma once

#include "flow/registration.h"
#include "web/request.h"

/* detail: also messages, history and, for those who may create, the link. */
RESULT registration_write(struct request *q, struct flow *f, struct json *j,
    const struct registration *r, bool detail);

/* "own_key": what the participant brought, or null. */
RESULT registration_write_own_key(struct request *q, struct flow *f,
    struct json *j, const struct registration *r);

/* steps: for members and for participants. */
RESULT registration_write_steps(struct json *j, const struct step *steps,
    size_t count);
