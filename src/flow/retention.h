/*
 * What has been kept long enough is destroyed: the key of each piece of
 * evidence, its file, what was read from it, and the perceptual hashes. The
 * rows stay and say that it was there (ETSI TS 119 461 8.5; product 14).
 *
 * A rule destroys nothing until two people have approved exactly this rule:
 * the class, the states it speaks of, and the days. Whoever changes the days in
 * the settings needs both again.
 */
#pragma once

#include "base/digest.h"
#include "flow/flow.h"

enum retention_class {
#define RETENTION(name, states, recordings, setting, least, doc) RETENTION_##name,
#include "flow/retention.def"
#undef RETENTION
	RETENTION_COUNT
};

const char *retention_name(enum retention_class r);
const char *retention_doc(enum retention_class r);
enum retention_class retention_of(const char *name); /* RETENTION_COUNT: none */
int64_t retention_days(const struct conf *conf, enum retention_class r);
/* Of all that decides what it destroys, as it is set now. */
void retention_digest(const struct conf *conf, enum retention_class r,
    char out[DIGEST_TEXT_SIZE]);

#define RETENTION_APPROVERS 2
#define RETENTION_APPROVED_MAX 16
#define RETENTION_PATIENCE (7 * DAY) /* evidence past its time that waits */

/* Who has approved it as it is set now, and whose approval holds. */
struct retention_standing {
	struct member who[RETENTION_APPROVED_MAX];
	int64_t at[RETENTION_APPROVED_MAX];
	size_t count;
	bool approved; /* by two, an administrator of the platform among them */
};

/* Needs the vault's secret key (keys_load): what web or whoever writes the
 * database puts there is no approval. */
RESULT retention_standing(struct flow *f, struct arena *a,
    enum retention_class r, struct retention_standing *out);

/* By a member who has proven to be that. ERR_DENIED: neither administrator of
 * the platform nor auditor; ERR_CONFLICT: has done so already. */
RESULT retention_approve(struct flow *f, struct arena *a,
    const struct member *who, enum retention_class r);

/* What is past its time. */
struct retention_due {
	size_t pieces;
	int64_t since; /* the first of them was due; 0: there is none */
};

/* Where a walk through all that is kept stands; zero: at the beginning. */
struct retention {
	char after[ID_SIZE];
	struct retention_due waiting[RETENTION_COUNT]; /* for an approval */
	size_t destroyed[RETENTION_COUNT];
};

#define RETENTION_PAGE 1000

/* Looks at the next page of what is kept and destroys what is due; how much
 * that was. whole: the walk has come to its end and begins anew; what waits for
 * an approval is written down then. A page at a time, so that nobody waits for
 * the evidence of a million certificates. */
RESULT retention_run(struct flow *f, struct arena *a, struct retention *r,
    size_t *out, bool *whole);

/* What would be due at that time, approved or not; changes nothing. */
RESULT retention_count(struct flow *f, int64_t at,
    struct retention_due out[RETENTION_COUNT]);
