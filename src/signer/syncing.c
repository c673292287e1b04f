/*
 * fdatasync() beside. If no thread can be had, it happens in begin: slower,
 * and as durable.
 */
#include "signer/syncing.h"

#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

struct syncing {
	int fd;
	bool alone; /* no thread */
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	bool asked, ends;
	int failed; /* of the last one */
};

static int
sync_file(int fd)
{
	return fdatasync(fd) == 0 ? 0 : errno;
}

static void *
run(void *data)
{
	struct syncing *s = data;

	pthread_mutex_lock(&s->lock);
	for (;;) {
		while (!s->asked && !s->ends)
			pthread_cond_wait(&s->changed, &s->lock);
		if (s->ends)
			break;
		pthread_mutex_unlock(&s->lock);
		int failed = sync_file(s->fd);
		pthread_mutex_lock(&s->lock);
		s->failed = failed;
		s->asked = false;
		pthread_cond_broadcast(&s->changed);
	}
	pthread_mutex_unlock(&s->lock);
	return NULL;
}

struct syncing *
syncing_new(int fd)
{
	struct syncing *s = calloc(1, sizeof(*s));

	if (!s)
		abort();
	s->fd = fd;
	pthread_mutex_init(&s->lock, NULL);
	pthread_cond_init(&s->changed, NULL);
	s->alone = pthread_create(&s->thread, NULL, run, s) != 0;
	return s;
}

void
syncing_free(struct syncing *s)
{
	if (!s)
		return;
	if (!s->alone) {
		pthread_mutex_lock(&s->lock);
		s->ends = true;
		pthread_cond_broadcast(&s->changed);
		pthread_mutex_unlock(&s->lock);
		pthread_join(s->thread, NULL);
	}
	pthread_cond_destroy(&s->changed);
	pthread_mutex_destroy(&s->lock);
	free(s);
}

void
syncing_begin(struct syncing *s)
{
	if (s->alone) {
		s->failed = sync_file(s->fd);
		return;
	}
	pthread_mutex_lock(&s->lock);
	s->failed = 0;
	s->asked = true;
	pthread_cond_broadcast(&s->changed);
	pthread_mutex_unlock(&s->lock);
}

int
syncing_end(struct syncing *s)
{
	if (s->alone)
		return s->failed;
	pthread_mutex_lock(&s->lock);
	while (s->asked)
		pthread_cond_wait(&s->changed, &s->lock);
	int failed = s->failed;
	pthread_mutex_unlock(&s->lock);
	return failed;
}
