/*
 * Whether every part is up, for people and for load balancers. Not knowing
 * is not being well.
 */
#include "web/health.h"

#include "web/lists.h"
#include "web/route.h"

#include <pthread.h>

struct health {
	pthread_mutex_t lock;
	size_t count;
	struct program_state states[ROLE_COUNT];
};

struct health *
health_new(void)
{
	struct health *h = calloc(1, sizeof(*h));

	if (!h)
		abort();
	pthread_mutex_init(&h->lock, NULL);
	return h;
}

void
health_free(struct health *h)
{
	if (!h)
		return;
	pthread_mutex_destroy(&h->lock);
	free(h);
}

void
health_take(const struct message *m, void *data)
{
	struct program_state states[ROLE_COUNT];
	struct health *h = data;
	size_t count;

	if (m->type != MESSAGE_programs ||
	    programs_get(span_of_buf(&m->body), states, &count) != OK)
		return;
	pthread_mutex_lock(&h->lock);
	h->count = count;
	memcpy(h->states, states, sizeof(states));
	pthread_mutex_unlock(&h->lock);
}

size_t
health_states(struct health *h, struct program_state *states)
{
	pthread_mutex_lock(&h->lock);
	size_t count = h->count;
	memcpy(states, h->states, sizeof(h->states));
	pthread_mutex_unlock(&h->lock);
	return count;
}

static void
write_program(struct json *j, const struct program_state *p)
{
	json_open(j, NULL);
	json_text(j, "name", role_name(p->role));
	json_bool(j, "up", p->ready);
	json_time(j, "since", p->since);
	json_number(j, "restarts", p->restarts);
	json_words(j, "missing", p->missing);
	json_close(j);
}

static void
write_list(struct json *j, const struct list_state *l)
{
	json_open(j, NULL);
	json_text(j, "issuer", authority_name(l->authority));
	json_number(j, "number", (int64_t)l->list.number);
	json_time(j, "this_update", l->list.this_update);
	json_time(j, "next_update", l->list.next_update);
	json_bool(j, "late", l->late);
	json_close(j);
}

/* A late list is somebody's work, and no reason for a load balancer to take
 * this server out: the status is 200 while all programs are up. */
RESULT
handle_health(struct request *q)
{
	struct list_state lists[AUTHORITY_COUNT];
	struct program_state states[ROLE_COUNT];
	size_t count = health_states(q->web->health, states), list_count = 0;
	bool up = count > 0;

	for (size_t i = 0; i < count; i++)
		up = up && states[i].ready;
	bool well = up && lists_read(q, lists, &list_count) == OK;
	for (size_t i = 0; i < list_count; i++)
		well = well && !lists[i].late;
	struct json j = reply_json(q, up ? 200 : 503);
	json_open(&j, NULL);
	json_text(&j, "object", "health");
	json_text(&j, "status", well ? "ok" : "degraded");
	json_list(&j, "programs");
	for (size_t i = 0; i < count; i++)
		write_program(&j, &states[i]);
	json_end(&j);
	json_list(&j, "lists");
	for (size_t i = 0; i < list_count; i++)
		write_list(&j, &lists[i]);
	json_end(&j);
	json_text(&j, "sandbox", q->web->program->demo ? "demo" : "strict");
	json_close(&j);
	return json_done(&j);
}
