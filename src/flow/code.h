/*
 * Codes of six digits, sent by mail or SMS: one row for a registration and a
 * channel, good for five minutes, five tries and one use.
 *
 * A code is never stored. It is an HMAC of its row's numbers, so that the
 * mail can be rendered later and a stolen database tells nothing.
 */
#pragma once

#include "base/clock.h"
#include "flow/flow.h"

#define CODE_DIGITS 6
#define CODE_LIFE (5 * MINUTE)
#define CODE_TRIES 5
#define CODE_RESEND (30 * SECOND)
#define CODE_PER_HOUR 5

/* What a code proves: the channel of its row. */
#define CODE_EMAIL "email"
#define CODE_PHONE "phone"
#define CODE_REVOCATION "revocation"
#define CODE_PIN "pin"
#define CODE_REVOCATION_PHONE "revocation_phone"

/* The row; one that has sent nothing when there is none yet. */
RESULT code_of(struct flow *f, struct arena *a, const char *registration,
    const char *channel, struct code *out);

/* A new code for target; ERR_TOO_MANY: too soon, or five in an hour. */
RESULT code_renew(struct flow *f, struct code *c, const char *target,
    int64_t now);

/*
 * A try, which is stored whether right or not: commit before refusing.
 * ERR_WRONG_STATE: none was sent; ERR_TOO_MANY after five wrong ones;
 * ERR_INVALID (field code): its time is over.
 */
RESULT code_try(struct flow *f, struct code *c, const char *digits,
    int64_t now, bool *right);

/* For the message and for checking: never stored. */
void code_digits(const struct keys *k, const struct code *c,
    char out[CODE_DIGITS + 1]);
