/*
 * A queue and a thread. It starts with the first signature, so that it is in
 * the cage of its maker; if none can be had, it is looked at in
 * verifying_end(), by who asks.
 */
#include "signer/verifying.h"

#include <pthread.h>
#include <stdlib.h>

/* Who waits is woken for so many at once: to wake for each costs the thread
 * that signs more than to write one down. */
#define TOGETHER 8

struct verifying {
	pthread_t thread;
	bool started, alone, ends;
	pthread_mutex_t lock;
	pthread_cond_t handed_in, looked_at; /* the thread waits; they do */
	struct verified *first, **last;
	size_t untold; /* looked at since somebody was woken */
};

static enum err
look(const struct verified *one)
{
	enum err outcome = one->look(one->of);

	err_clear();
	return outcome;
}

static struct verified *
take(struct verifying *v)
{
	struct verified *one = v->first;

	v->first = one->next;
	if (!v->first)
		v->last = &v->first;
	return one;
}

/* With the lock. Nobody is left waiting: the last one is always told. */
static void
tell(struct verifying *v)
{
	if (v->first && ++v->untold < TOGETHER)
		return;
	v->untold = 0;
	pthread_cond_signal(&v->looked_at);
}

static void *
run(void *data)
{
	struct verifying *v = data;

	pthread_mutex_lock(&v->lock);
	for (;;) {
		while (!v->first && !v->ends)
			pthread_cond_wait(&v->handed_in, &v->lock);
		if (!v->first)
			break;
		struct verified *one = take(v);
		pthread_mutex_unlock(&v->lock);
		enum err outcome = look(one);
		pthread_mutex_lock(&v->lock);
		one->outcome = outcome;
		one->done = true;
		tell(v);
	}
	pthread_mutex_unlock(&v->lock);
	return NULL;
}

struct verifying *
verifying_new(void)
{
	struct verifying *v = calloc(1, sizeof(*v));

	if (!v)
		abort();
	v->last = &v->first;
	pthread_mutex_init(&v->lock, NULL);
	pthread_cond_init(&v->handed_in, NULL);
	pthread_cond_init(&v->looked_at, NULL);
	return v;
}

void
verifying_free(struct verifying *v)
{
	if (!v)
		return;
	pthread_mutex_lock(&v->lock);
	v->ends = true;
	pthread_cond_signal(&v->handed_in);
	pthread_mutex_unlock(&v->lock);
	if (v->started)
		pthread_join(v->thread, NULL);
	pthread_cond_destroy(&v->handed_in);
	pthread_cond_destroy(&v->looked_at);
	pthread_mutex_destroy(&v->lock);
	free(v);
}

static void
start(struct verifying *v)
{
	if (v->started || v->alone)
		return;
	v->started = pthread_create(&v->thread, NULL, run, v) == 0;
	v->alone = !v->started;
}

void
verifying_begin(struct verifying *v, struct verified *one)
{
	start(v);
	one->begun = true;
	one->done = false;
	one->outcome = ERR_INTERNAL;
	one->next = NULL;
	if (v->alone)
		return;
	pthread_mutex_lock(&v->lock);
	*v->last = one;
	v->last = &one->next;
	pthread_cond_signal(&v->handed_in);
	pthread_mutex_unlock(&v->lock);
}

RESULT
verifying_end(struct verifying *v, struct verified *one)
{
	if (!one->begun)
		return FAIL(ERR_INTERNAL, "nothing was verified");
	if (v->alone)
		one->outcome = look(one);
	pthread_mutex_lock(&v->lock);
	while (!v->alone && !one->done)
		pthread_cond_wait(&v->looked_at, &v->lock);
	enum err outcome = one->outcome;
	one->begun = false;
	pthread_mutex_unlock(&v->lock);
	return outcome == OK ? OK : FAIL(outcome, "a wrong signature");
}
