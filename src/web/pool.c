/*
 * The pool. Last in, first out: the busiest connection has the warmest cache.
 */
#include "web/pool.h"

#include <pthread.h>
#include <time.h>

#define WAIT_SECONDS 5

struct pool {
	pthread_mutex_t lock;
	pthread_cond_t given;
	struct store *free[POOL_SIZE];
	size_t count;
};

RESULT
pool_new(const char *path, struct pool **out)
{
	AUTO(pool_free) struct pool *p = calloc(1, sizeof(*p));
	pthread_condattr_t monotonic;

	if (!p)
		abort();
	pthread_condattr_init(&monotonic);
	pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	pthread_mutex_init(&p->lock, NULL);
	pthread_cond_init(&p->given, &monotonic);
	pthread_condattr_destroy(&monotonic);
	while (p->count < POOL_SIZE) {
		TRY(store_open(path, false, &p->free[p->count]));
		p->count++;
	}
	*out = STEAL(p);
	return OK;
}

void
pool_free(struct pool *p)
{
	if (!p)
		return;
	for (size_t i = 0; i < p->count; i++)
		store_close(p->free[i]);
	pthread_mutex_destroy(&p->lock);
	pthread_cond_destroy(&p->given);
	free(p);
}

RESULT
pool_take(struct pool *p, struct store **out)
{
	struct timespec until;
	int waited = 0;

	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += WAIT_SECONDS;
	pthread_mutex_lock(&p->lock);
	while (p->count == 0 && waited == 0)
		waited = pthread_cond_timedwait(&p->given, &p->lock, &until);
	struct store *s = p->count > 0 ? p->free[--p->count] : NULL;
	pthread_mutex_unlock(&p->lock);
	if (!s)
		return FAIL(ERR_UNAVAILABLE, "the store is busy");
	*out = s;
	return OK;
}

void
pool_give(struct pool *p, struct store *s)
{
	store_rollback(s);
	pthread_mutex_lock(&p->lock);
	p->free[p->count++] = s;
	pthread_cond_signal(&p->given);
	pthread_mutex_unlock(&p->lock);
}
