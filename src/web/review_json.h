/*
 * A case as an operator sees it.
 */
#pragma once

#include "flow/flow.h"
#include "web/request.h"

/* One line of the queue. */
RESULT review_write_line(struct request *q, struct flow *f, struct json *j,
    const struct registration *r);

/* The whole case. */
RESULT review_write(struct request *q, struct flow *f, struct json *j,
    const struct registration *r);
