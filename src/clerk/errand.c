/*
 * The table of errands, and the channel to the signer.
 *
 * A message is sent only when the channel takes it at once: the signer's
 * answers wait in the other direction, and two programs that both wait for
 * room would wait for each other.
 *
 * Patience counts from the signer's last sign of life: with a slow token many
 * questions may wait for long and none is lost.
 */
#include "clerk/errand.h"

#include "base/clock.h"
#include "base/log.h"
#include "clerk/agree.h"
#include "clerk/met.h"
#include "proc/order.h"

#include <poll.h>

#define ARENA_MAX ((size_t)64 << 20)
#define PATIENCE (20 * SECOND)
#define PROMPT 500     /* ms; an order that took longer: fewer at a time */
#define HELD (60 * SECOND)
#define HELD_ANEW (30 * SECOND) /* before it ends */
#define HEARD_AT_ONCE 64

struct errand *
errand_new(struct clerk *c, errand_end *end)
{
	size_t i = 0;

	while (i < ERRANDS_MAX && c->errands[i])
		i++;
	if (i == ERRANDS_MAX)
		return NULL;
	struct errand *e = calloc(1, sizeof(*e));
	if (!e)
		abort();
	arena_init(&e->arena, ARENA_MAX);
	buf_init(&e->body, WIRE_MAX);
	e->fd = -1;
	e->end = end;
	e->held_until = clock_ticks() + HELD;
	c->errands[i] = e;
	return e;
}

static void
errand_free(struct clerk *c, struct errand *e)
{
	c->ended = c->ended || !errands_free(c); /* jobs rest for want of room */
	for (size_t i = 0; i < ERRANDS_MAX; i++)
		if (c->errands[i] == e)
			c->errands[i] = NULL;
	if (e->fd >= 0)
		close(e->fd);
	buf_wipe(&e->body);
	arena_clear(&e->arena);
	free(e);
}

enum err
errand_ask(struct errand *e, enum message_type asks, struct span body,
    bool with_fd, enum message_type expected, errand_step *step)
{
	e->body.size = 0;
	TRY(buf_add_span(&e->body, body));
	e->asks = asks;
	e->expected = expected;
	e->with_fd = with_fd;
	e->step = step;
	e->request = 0;
	e->number = 0;
	return OK;
}

/* In the order of asking, which is that of sending. */
static uint64_t
next_number(void)
{
	static uint64_t last;

	return ++last;
}

static bool
changes_ledger(const struct errand *e)
{
	return e->asks == MESSAGE_issue || e->asks == MESSAGE_revoke;
}

void
errand_go(struct clerk *c, struct errand *e, enum err result)
{
	if (result == OK && e->step) {
		e->number = next_number();
		e->asked_at = clock_ticks();
		return;
	}
	e->step = NULL;
	e->end(c, e, result);
	errand_free(c, e);
}

size_t
errands_of(const struct clerk *c, const char *job)
{
	size_t count = 0;

	for (size_t i = 0; i < ERRANDS_MAX; i++)
		count += c->errands[i] && c->errands[i]->job.id &&
			 strcmp(c->errands[i]->job.name, job) == 0;
	return count;
}

size_t
errands_changing(const struct clerk *c)
{
	size_t count = 0;

	for (size_t i = 0; i < ERRANDS_MAX; i++)
		count += c->errands[i] && changes_ledger(c->errands[i]);
	return count;
}

bool
errands_free(const struct clerk *c)
{
	for (size_t i = 0; i < ERRANDS_MAX; i++)
		if (!c->errands[i])
			return true;
	return false;
}

size_t
errands_room(const struct clerk *c)
{
	size_t under_way = 0;
	size_t window = c->orders_window > 0 ? c->orders_window : 1;

	for (size_t i = 0; i < ERRANDS_MAX; i++)
		under_way += c->errands[i] != NULL;
	return window > under_way ? window - under_way : 0;
}

static struct errand *
first_unsent(const struct clerk *c)
{
	struct errand *first = NULL;

	for (size_t i = 0; i < ERRANDS_MAX; i++) {
		struct errand *e = c->errands[i];

		if (e && e->step && e->request == 0 &&
		    (!first || e->number < first->number))
			first = e;
	}
	return first;
}

/* Its step hears why, and may ask something else. */
static void
go_on(struct clerk *c, struct errand *e, enum err outcome,
    const struct message *answer)
{
	errand_step *step = e->step;

	e->step = NULL;
	enum err result = step(c, e, outcome, answer);
	store_rollback(c->store);
	errand_go(c, e, result);
}

static void
fail(struct clerk *c, struct errand *e, const char *why)
{
	struct message none = {.fds = {-1, -1}};
	int64_t since = e->asked_at > c->heard_at ? e->asked_at : c->heard_at;

	/* what was sent may have been done: until database and ledger were
	 * compared nobody says that all is known */
	if (e->request && changes_ledger(e))
		agree_doubt(c);
	go_on(c, e,
	    met_note(c, false, FAIL(ERR_UNAVAILABLE, "%s", why),
		clock_ticks() - since),
	    &none);
}

static bool
takes_more(const struct channel *signer)
{
	struct pollfd fd = {signer->fd, POLLOUT, 0};

	return poll(&fd, 1, 0) > 0 && fd.revents & POLLOUT;
}

bool
errands_send(struct clerk *c)
{
	struct channel *signer = &c->program.peers[ROLE_signer];
	struct errand *e;

	while ((e = first_unsent(c))) {
		char why[256];

		if (signer->fd >= 0 && !takes_more(signer))
			return true;
		e->request = channel_next_request();
		e->asked_at = clock_ticks();
		if (channel_send(signer, e->asks, e->request,
			span_of_buf(&e->body), &e->fd, e->with_fd) == OK)
			continue;
		snprintf(why, sizeof(why), "%s", err_explanation());
		fail(c, e, why);
	}
	return false;
}

static struct errand *
find(const struct clerk *c, uint32_t request)
{
	for (size_t i = 0; i < ERRANDS_MAX; i++)
		if (c->errands[i] && c->errands[i]->step &&
		    c->errands[i]->request == request)
			return c->errands[i];
	return NULL;
}

/* Orders that are answered soon let more follow. */
static void
note_pace(struct clerk *c, const struct errand *e, int64_t now)
{
	if (e->asks != MESSAGE_issue)
		return;
	if (now - e->asked_at > PROMPT)
		c->orders_window = (c->orders_window + 1) / 2;
	else if (c->orders_window < ORDERS_MAX)
		c->orders_window++;
}

static void
take_answer(struct clerk *c, const struct message *m)
{
	struct errand *e = find(c, m->request);
	int64_t now = clock_ticks(), since = c->heard_at;
	enum err outcome = OK;

	c->heard_at = now;
	if (!e)
		return; /* to a question that was given up */
	if (e->asked_at > since)
		since = e->asked_at;
	note_pace(c, e, now);
	if (m->type == MESSAGE_refused)
		outcome = refusal_get(span_of_buf(&m->body));
	else if (m->type != e->expected)
		outcome = FAIL(ERR_UNAVAILABLE, "the signer answered %s",
		    message_name(m->type));
	go_on(c, e, met_note(c, true, outcome, now - since), m);
}

/* Answers that came together are stored together: one sync serves them all.
 * When that fails none is stored, and each job runs again when its lease is
 * over. */
bool
errands_hear(struct clerk *c)
{
	struct channel *signer = &c->program.peers[ROLE_signer];
	enum err received = OK;
	size_t heard = 0;

	store_group_begin(c->store);
	for (; heard < HEARD_AT_ONCE && received == OK; heard++) {
		AUTO(message_clear) struct message m = {.fds = {-1, -1}};

		received = channel_receive(signer, 0, &m);
		if (received == OK)
			take_answer(c, &m);
	}
	if (store_group_end(c->store) != OK) {
		log_error("answers.unstored why=\"%s\"", err_explanation());
		agree_doubt(c);
	}
	if (received != OK && received != ERR_EXPIRED)
		errands_lose(c);
	err_clear();
	return heard > 1 || received == OK;
}

void
errands_lose(struct clerk *c)
{
	for (size_t i = 0; i < ERRANDS_MAX; i++) {
		struct errand *e = c->errands[i];

		if (e && e->step && e->request)
			fail(c, e, "the signer is gone");
	}
}

/* What a dead clerk had begun is begun again soon: a lease stays short. */
static void
hold(struct clerk *c, struct errand *e, int64_t now)
{
	if (!e->job.id || e->held_until - now > HELD_ANEW)
		return;
	if (job_hold(c->store, e->job.id, clock_now() + HELD) == OK)
		e->held_until = now + HELD;
}

/* Sent or not: a signer that takes none is silent as well, and nobody waits
 * any more for what would be done much later. */
static int64_t
patience_left(const struct clerk *c, const struct errand *e, int64_t now)
{
	int64_t since = e->asked_at > c->heard_at ? e->asked_at : c->heard_at;

	return since + PATIENCE - now;
}

static bool
is_overdue(const struct clerk *c, int64_t now)
{
	for (size_t i = 0; i < ERRANDS_MAX; i++)
		if (c->errands[i] && patience_left(c, c->errands[i], now) <= 0)
			return true;
	return false;
}

int
errands_tend(struct clerk *c)
{
	int64_t now = clock_ticks(), next = MINUTE;

	/* the answer may have come while this program was busy: it is not the
	 * signer then that is silent */
	if (is_overdue(c, now) && errands_hear(c))
		return 0;
	for (size_t i = 0; i < ERRANDS_MAX; i++) {
		struct errand *e = c->errands[i];

		if (!e)
			continue;
		hold(c, e, now);
		int64_t left = patience_left(c, e, now);
		if (left <= 0)
			fail(c, e, "the signer does not answer");
		else if (left < next)
			next = left;
	}
	return next < HELD_ANEW / 2 ? (int)next : (int)(HELD_ANEW / 2);
}
