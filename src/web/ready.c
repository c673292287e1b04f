/*
 * A table without chains: another key of the same place takes it over, so
 * that a flood of invented questions costs no memory. An answer is queued
 * under its lock, because only the library counts who still uses it.
 */
#include "web/ready.h"

#include "base/clock.h"

#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>

#define PLACES 1024
#define LIFE 200 /* ms */

struct place {
	pthread_mutex_t lock;
	uint8_t key[READY_KEY_MAX];
	size_t key_size;
	uint64_t age;
	int64_t until;
	struct MHD_Response *answer; /* NULL: free */
};

struct ready {
	struct place places[PLACES];
};

static atomic_uint_least64_t age, given;

struct ready *
ready_new(void)
{
	struct ready *r = calloc(1, sizeof(*r));

	if (!r)
		abort();
	for (size_t i = 0; i < PLACES; i++)
		pthread_mutex_init(&r->places[i].lock, NULL);
	return r;
}

void
ready_free(struct ready *r)
{
	if (!r)
		return;
	for (size_t i = 0; i < PLACES; i++) {
		if (r->places[i].answer)
			MHD_destroy_response(r->places[i].answer);
		pthread_mutex_destroy(&r->places[i].lock);
	}
	free(r);
}

/* FNV-1a: who makes two keys meet only takes their place from themselves. */
static struct place *
place_of(struct ready *r, struct span key)
{
	uint64_t hash = 0xcbf29ce484222325;

	for (size_t i = 0; i < key.size; i++)
		hash = (hash ^ key.data[i]) * 0x100000001b3;
	return &r->places[(hash ^ hash >> 32) % PLACES];
}

bool
ready_give(struct ready *r, struct span key, struct MHD_Connection *connection)
{
	bool queued = false;

	if (key.size > READY_KEY_MAX)
		return false;
	struct place *p = place_of(r, key);
	pthread_mutex_lock(&p->lock);
	if (p->answer && p->age == atomic_load(&age) &&
	    clock_ticks() < p->until &&
	    span_equal(key, SPAN(p->key, p->key_size)))
		queued = MHD_queue_response(connection, 200, p->answer);
	pthread_mutex_unlock(&p->lock);
	if (queued)
		atomic_fetch_add(&given, 1);
	return queued;
}

uint64_t
ready_age(void)
{
	return atomic_load(&age);
}

void
ready_forget(void)
{
	atomic_fetch_add(&age, 1);
}

uint64_t
ready_count(void)
{
	return atomic_load(&given);
}

void
ready_keep(struct ready *r, struct span key, uint64_t made_at,
    struct MHD_Response *answer)
{
	if (key.size > READY_KEY_MAX || key.size == 0) {
		MHD_destroy_response(answer);
		return;
	}
	struct place *p = place_of(r, key);
	pthread_mutex_lock(&p->lock);
	struct MHD_Response *before = p->answer;
	memcpy(p->key, key.data, key.size);
	p->key_size = key.size;
	p->age = made_at;
	p->until = clock_ticks() + LIFE;
	p->answer = answer;
	pthread_mutex_unlock(&p->lock);
	if (before)
		MHD_destroy_response(before);
}
