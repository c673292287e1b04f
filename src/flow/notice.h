/*
 * Messages: a row and a job, in the transaction of what they tell. The clerk
 * renders and sends them.
 */
#pragma once

#include "flow/flow.h"

/* To whom mails.def says; a requester that is no more gets none. */
RESULT notice_mail(struct flow *f, const struct registration *r,
    enum mail_kind kind);
RESULT notice_sms(struct flow *f, const struct registration *r,
    enum mail_kind kind);
/* The mails of a move (notices.def); from: the state it left. */
RESULT notice_move(struct flow *f, const struct registration *r,
    enum state from, enum event event);
