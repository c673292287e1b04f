/*
 * A request's way through the program: address, sender, limits, body,
 * handler, answer.
 */
#pragma once

#include "web/request.h"

/* The head is here: finds the route and refuses early what it can
 * (q->early), before a byte of the body is read. */
void dispatch_begin(struct request *q);

/* Bytes of the body; past the limit they are counted and dropped. False:
 * enough, end the connection. */
bool dispatch_data(struct request *q, const void *data, size_t size);

/* The body is here: fills the answer. */
void dispatch_finish(struct request *q);

/* Frees what the request holds; writes its line in the log. */
void dispatch_end(struct request *q);
