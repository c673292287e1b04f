/*
 * One copy for all threads, replaced as a whole. A certificate of an authority
 * that exists is never exchanged for another under its name, so that an old
 * copy can only lack one: whoever asks about one that is not there has it
 * looked for, though not more often than READ_LEAST, or strangers could have
 * all of them read for each question.
 */
#include "web/known_issuers.h"

#include "base/clock.h"

#include <pthread.h>

#define KEPT (5 * SECOND)
#define READ_LEAST 200 /* ms between two readings */

static struct issuers kept;
static int64_t read_at; /* clock_ticks() plus 1; 0: never */
static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;

static RESULT
load(struct request *q, struct flow *f, struct issuers *out)
{
	*out = (struct issuers){0};
	for (size_t i = 0; i < AUTHORITY_COUNT; i++) {
		const char *name = authority_name((enum authority)i);
		struct span der;
		enum err code =
		    ca_certificate_load(f->store, &q->arena, name, &der);
		if (code == ERR_NOT_FOUND)
			continue;
		TRY(code);
		TRY(issuer_init(name, der, &out->of[i]));
	}
	return OK;
}

static RESULT
refresh(struct request *q)
{
	struct flow *f;
	struct issuers *fresh = arena_get(&q->arena, sizeof(*fresh));

	TRY(request_flow(q, &f));
	TRY(load(q, f, fresh));
	pthread_rwlock_wrlock(&lock);
	kept = *fresh;
	read_at = clock_ticks() + 1;
	pthread_rwlock_unlock(&lock);
	return OK;
}

/* Whether it is there, and how old what was looked at is. */
static bool
look(const struct ocsp_query *query, char name[ISSUER_NAME_SIZE], int64_t *age)
{
	pthread_rwlock_rdlock(&lock);
	const struct issuer *found = issuers_match(&kept, query);
	if (found)
		memcpy(name, found->name, ISSUER_NAME_SIZE);
	*age = read_at ? clock_ticks() + 1 - read_at : INT64_MAX;
	pthread_rwlock_unlock(&lock);
	return found;
}

RESULT
known_issuer(struct request *q, const struct ocsp_query *query,
    char name[ISSUER_NAME_SIZE])
{
	int64_t age;
	bool found = look(query, name, &age);

	if (age > KEPT || (!found && age > READ_LEAST)) {
		TRY(refresh(q));
		found = look(query, name, &age);
	}
	return found ? OK : FAIL(ERR_NOT_FOUND, "not our issuer");
}
