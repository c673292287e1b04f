/*
 * Counters in a table of fixed size, so that a flood of addresses cannot
 * grow it: a newcomer takes the place of the oldest of eight.
 */
#include "web/limit.h"

#include "base/clock.h"
#include "base/digest.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <stdbool.h>

#define SLOTS 8192
#define WAYS 8

struct row {
	int64_t count, span;
};

static const struct row rows[] = {
#define LIMIT(name, count, seconds, doc) {count, (seconds) * SECOND},
#include "web/limits.def"
#undef LIMIT
};

struct slot {
	uint64_t key; /* 0: empty */
	int64_t since, count;
};

struct limits {
	pthread_mutex_t lock;
	uint64_t salt[2]; /* so that nobody can aim at a slot */
	struct slot slots[SLOTS];
};

struct limits *
limits_new(void)
{
	struct limits *l = calloc(1, sizeof(*l));

	if (!l)
		abort();
	pthread_mutex_init(&l->lock, NULL);
	random_bytes(l->salt, sizeof(l->salt));
	return l;
}

void
limits_free(struct limits *l)
{
	if (!l)
		return;
	pthread_mutex_destroy(&l->lock);
	free(l);
}

/* A line has a /64 of IPv6 addresses and could take a new one each time. */
static struct span
place_of(const char *key, struct in6_addr *room)
{
	if (!strchr(key, ':') || inet_pton(AF_INET6, key, room) != 1)
		return span_of_text(key);
	if (IN6_IS_ADDR_V4MAPPED(room))
		return SPAN(room->s6_addr, 16);
	return SPAN(room->s6_addr, 8);
}

static uint64_t
key_of(const struct limits *l, enum limit limit, const char *key)
{
	struct in6_addr room;
	const struct span parts[] = {
		SPAN(&limit, sizeof(limit)),
		place_of(key, &room),
	};
	struct digest d = digest_keyed(SPAN(l->salt, sizeof(l->salt)), parts,
	    2);
	uint64_t value;

	memcpy(&value, d.bytes, sizeof(value));
	return value ? value : 1;
}

static struct slot *
slot_of(struct limits *l, uint64_t key)
{
	struct slot *first = l->slots + key % (SLOTS / WAYS) * WAYS;
	struct slot *oldest = first;

	for (size_t i = 0; i < WAYS; i++) {
		if (first[i].key == key)
			return first + i;
		if (first[i].since < oldest->since)
			oldest = first + i;
	}
	*oldest = (struct slot){.key = key};
	return oldest;
}

static RESULT
weigh(struct limits *l, enum limit limit, const char *key, int64_t now,
    bool count, int64_t *wait)
{
	uint64_t hashed = key_of(l, limit, key);

	pthread_mutex_lock(&l->lock);
	struct slot *s = slot_of(l, hashed);
	if (now - s->since >= rows[limit].span) {
		s->since = now;
		s->count = 0;
	}
	bool over = s->count >= rows[limit].count;
	if (!over && count)
		s->count++;
	int64_t left = (s->since + rows[limit].span - now) / SECOND + 1;
	pthread_mutex_unlock(&l->lock);
	if (!over)
		return OK;
	*wait = left;
	return FAIL(ERR_TOO_MANY, "limit %d", (int)limit);
}

RESULT
limit_count(struct limits *l, enum limit limit, const char *key, int64_t now,
    int64_t *wait)
{
	return weigh(l, limit, key, now, true, wait);
}

RESULT
limit_look(struct limits *l, enum limit limit, const char *key, int64_t now,
    int64_t *wait)
{
	return weigh(l, limit, key, now, false, wait);
}

void
limit_forgive(struct limits *l, enum limit limit, const char *key)
{
	uint64_t hashed = key_of(l, limit, key);

	pthread_mutex_lock(&l->lock);
	struct slot *s = slot_of(l, hashed);
	if (s->count > 0)
		s->count--;
	pthread_mutex_unlock(&l->lock);
}
