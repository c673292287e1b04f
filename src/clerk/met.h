/*
 * How the signer is, as its answers show: told to who looks after the
 * service, and a reason for its jobs to rest.
 */
#pragma once

#include "clerk/clerk.h"

/*
 * Asks the signer and waits for its answer, of this type; a refusal is the
 * outcome. How that went is written down when it is another state than before:
 * a signer that refuses for a reason of the order is well.
 */
enum err met_ask(struct clerk *c, enum message_type question, struct span body,
    int fd, enum message_type answer, struct message *out);
