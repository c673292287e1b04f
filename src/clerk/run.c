/*
 * The clerk's loop: control, web, readings in progress, and the time of the
 * next job.
 */
#include "clerk/errand.h"

#include "base/clock.h"
#include "base/log.h"

#include <poll.h>

const struct actor clerk_actor = {ACTOR_clerk, "clerk", "clerk"};

#define HEARD_AT_ONCE 32 /* questions of web's */

enum { AT_CONTROL, AT_WEB, AT_SIGNER, AT_INSPECTION };

/* more: questions wait until the signer's channel takes them. */
static nfds_t
gather(const struct clerk *c, bool more, struct pollfd *fds)
{
	const short wanted = more ? POLLIN | POLLOUT : POLLIN;

	fds[AT_CONTROL] = (struct pollfd){c->program.control.fd, POLLIN, 0};
	fds[AT_WEB] =
	    (struct pollfd){c->program.peers[ROLE_web].fd, POLLIN, 0};
	fds[AT_SIGNER] =
	    (struct pollfd){c->program.peers[ROLE_signer].fd, wanted, 0};
	for (size_t i = 0; i < INSPECTIONS_MAX; i++)
		fds[AT_INSPECTION + i] = (struct pollfd){
		    c->inspections[i].reply.fd, POLLIN, 0};
	return AT_INSPECTION + INSPECTIONS_MAX;
}

static void
answer_web(struct clerk *c, struct message *m)
{
	if (m->type == MESSAGE_still)
		still_answer(c, m);
	if (m->type == MESSAGE_pin_set || m->type == MESSAGE_pin_change)
		pin_answer(c, m);
	if (m->type == MESSAGE_own_key)
		own_key_answer(c, m);
	if (m->type == MESSAGE_withdraw)
		withdraw_answer(c, m);
	if (m->type == MESSAGE_weigh)
		weigh_answer(c, m);
	if (m->type == MESSAGE_ocsp_ask)
		status_answer(c, m);
	if (m->type == MESSAGE_ocsp_make)
		status_make(c, m);
}

/* Whether it may have left jobs: questions about status come by the thousand,
 * and to look for jobs costs more than to pass one on. */
static bool
hear_web(struct clerk *c)
{
	bool look = false;

	for (size_t i = 0; i < HEARD_AT_ONCE; i++) {
		AUTO(message_clear) struct message m = {0};

		/* a closed channel is replaced by PEER; nothing to do here */
		enum err received =
		    channel_receive(&c->program.peers[ROLE_web], 0, &m);
		if (received != OK)
			return look || received != ERR_EXPIRED;
		answer_web(c, &m);
		look = look || (m.type != MESSAGE_ocsp_ask &&
				   m.type != MESSAGE_ocsp_make);
	}
	return look;
}

/* Another program was started anew: web waits for the comparison, the signer
 * has to be shown that everything is known. */
static void
hear_of_start(struct clerk *c)
{
	if (c->signers != c->program.introduced[ROLE_signer])
		errands_lose(c);
	c->signers = c->program.introduced[ROLE_signer];
	queue_signer_back(c);
	IGNORE(job_add(c->store, "agree", "", JOB_FIRST));
}

static int
wait_for_readings(const struct clerk *c, int timeout)
{
	int64_t now = clock_ticks();

	for (size_t i = 0; i < INSPECTIONS_MAX; i++) {
		const struct inspection *place = &c->inspections[i];
		if (place->reply.fd < 0)
			continue;
		int64_t left = place->deadline - now;
		if (left < timeout)
			timeout = left < 0 ? 0 : (int)left;
	}
	return timeout;
}

static bool
hear_inspector(struct clerk *c, const struct pollfd *fds)
{
	bool ended = false;

	for (size_t i = 0; i < INSPECTIONS_MAX; i++) {
		struct inspection *place = &c->inspections[i];
		if (place->reply.fd < 0)
			continue;
		bool answered = fds[AT_INSPECTION + i].revents != 0;
		if (!answered && clock_ticks() < place->deadline)
			continue;
		inspect_end(c, place, answered);
		ended = true;
	}
	return ended;
}

static int
until(int64_t ticks)
{
	int64_t left = ticks - clock_ticks();

	return left < 0 ? 0 : (int)left;
}

/* When something has to be done without being told. */
static int
timeout(struct clerk *c, int64_t due)
{
	int held = inspect_hold(c), tended = errands_tend(c);
	int left = until(due);

	left = left < held ? left : held;
	return wait_for_readings(c, left < tended ? left : tended);
}

RESULT
clerk_run(struct clerk *c)
{
	struct pollfd fds[AT_INSPECTION + INSPECTIONS_MAX];

	bool look = true; /* for jobs */
	int64_t due = 0;

	TRY(queue_begin(c));
	for (;;) {
		if (look || c->ended || clock_ticks() >= due)
			due = queue_run(c) + clock_ticks();
		bool more = errands_send(c);
		int wait = timeout(c, due);
		wait = c->ended ? 0 : wait;
		nfds_t count = gather(c, more, fds);
		look = false;
		if (poll(fds, count, wait) < 0)
			continue;
		if (fds[AT_CONTROL].revents) {
			TRY(program_control(&c->program, NULL, NULL));
			hear_of_start(c);
			look = true;
		}
		/* what ends with it tells that there may be more to do */
		if (fds[AT_SIGNER].revents & ~POLLOUT)
			(void)errands_hear(c);
		if (fds[AT_WEB].revents && hear_web(c))
			look = true;
		if (hear_inspector(c, fds))
			look = true;
	}
}
