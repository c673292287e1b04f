/*
 * How well and how fast operators decide: for themselves, for the platform's
 * administrator and for monitoring.
 *
 * Two measures of being right: whether two operators who saw the same case
 * agree, and planted cases, whose truth is known beforehand. Nothing an
 * operator sees tells that a case is planted; nothing follows from a decision
 * on it.
 */
#pragma once

#include "base/clock.h"
#include "flow/audit.h"

#define QUALITY_PERIOD (90 * DAY)

struct agreement {
	int64_t same, of;
};

/* Who asks again has neither caught a fraud nor let it pass; nor may one who
 * always asks look perfect. */
struct planted_figures {
	int64_t caught, missed, asked; /* frauds refused, approved, asked again */
	int64_t named, named_of; /* of those caught whose reason is known */
	int64_t accepted, refused, genuine_asked;
};

/* left: of the cases drawn, those put back or lost and not decided since,
 * less those that ended by themselves (cancelled, expired).
 * Who looks for a certain case, one name at a time, leaves many. */
struct draw_figures {
	int64_t drawn, left;
	int64_t left_most; /* by the one operator who left most */
};

struct operator_figures {
	const char *id, *name;
	int64_t decisions, median_seconds;
	struct draw_figures draws;
	struct agreement agreement;
	struct planted_figures planted;
};

/* Medians are -1 where there is nothing. */
struct quality {
	int64_t waiting, oldest_seconds, median_wait_seconds;
	/* of the waiting: who is trained has decided already, or may not; 0
	 * for an operator, whom it would tell which cases are planted */
	int64_t stranded;
	/* of the last 24 hours */
	int64_t decisions, approvals, refusals, redos;
	int64_t median_seconds, median_keys;
	struct draw_figures draws;
	/* of the last 90 days */
	struct operator_figures *operators;
	size_t operator_count;
};

/* Queue and day alone, planted cases apart. */
RESULT quality_service(struct flow *f, struct arena *a, struct quality *out);
/* "" for everybody's; of an operator: their own row, queue and day, in which
 * planted cases count like any other, so that no difference tells them. */
RESULT quality_figures(struct flow *f, struct arena *a, const char *operator,
    struct quality *out);

/*
 * Marks a request that has not been decided as a planted case. truth:
 * genuine or fraud; reason: what the fraud is to be refused for, one of those
 * that are never told outside, or "". ERR_INVALID with the field.
 */
RESULT quality_plant(struct flow *f, struct arena *a, const struct actor *who,
    const char *registration, const char *truth, const char *reason);

/* Whether these two are words that quality_plant takes. */
RESULT quality_check_truth(const char *truth, const char *reason);
