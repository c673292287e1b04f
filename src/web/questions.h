/*
 * Questions to the signer about status, of many requests at once.
 *
 * One of the threads that wait asks for all, in one message; meanwhile the
 * others wait, and more come, which go together next. So a message is shorter
 * the fewer ask, and nobody waits for company.
 */
#pragma once

#include "proc/program.h"
#include "proc/status_ask.h"

/* What one request gets. */
struct question_told {
	struct buf answer;
	size_t never_issued;
};

static inline void
question_told_clear(struct question_told *t)
{
	buf_clear(&t->answer);
}

DEFINE_AUTO_CLEAR(question_told_clear, struct question_told)

/*
 * ERR_UNAVAILABLE: too many wait, or the signer cannot now. ERR_EXPIRED: it
 * did not answer in time.
 */
RESULT questions_ask(struct program *p, const struct ocsp_question *question,
    struct question_told *out);
