/*
 * The clerk's loop: control, web, readings in progress, and the time of the
 * next job.
 */
#include "clerk/clerk.h"

#include "base/clock.h"
#include "base/log.h"

#include <poll.h>

const struct actor clerk_actor = {ACTOR_clerk, "clerk", "clerk"};

enum { AT_CONTROL, AT_WEB, AT_INSPECTION };

static nfds_t
gather(const struct clerk *c, struct pollfd *fds)
{
	fds[AT_CONTROL] = (struct pollfd){c->program.control.fd, POLLIN, 0};
	fds[AT_WEB] =
	    (struct pollfd){c->program.peers[ROLE_web].fd, POLLIN, 0};
	for (size_t i = 0; i < INSPECTIONS_MAX; i++)
		fds[AT_INSPECTION + i] = (struct pollfd){
		    c->inspections[i].reply.fd, POLLIN, 0};
	return AT_INSPECTION + INSPECTIONS_MAX;
}

/* Whether it may have left jobs: questions about status come by the thousand,
 * and to look for jobs costs more than to pass one on. */
static bool
hear_web(struct clerk *c)
{
	AUTO(message_clear) struct message m = {0};

	/* a closed channel is replaced by PEER; nothing to do about it here */
	if (channel_receive(&c->program.peers[ROLE_web], 0, &m) != OK)
		return true;
	if (m.type == MESSAGE_still)
		still_answer(c, &m);
	if (m.type == MESSAGE_pin_set || m.type == MESSAGE_pin_change)
		pin_answer(c, &m);
	if (m.type == MESSAGE_own_key)
		own_key_answer(c, &m);
	if (m.type == MESSAGE_withdraw)
		withdraw_answer(c, &m);
	if (m.type == MESSAGE_weigh)
		weigh_answer(c, &m);
	if (m.type == MESSAGE_ocsp_ask)
		status_answer(c, &m);
	return m.type != MESSAGE_ocsp_ask;
}

/* Another program was started anew: web waits for the comparison, the signer
 * has to be shown that everything is known. */
static void
hear_of_start(struct clerk *c)
{
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

RESULT
clerk_run(struct clerk *c)
{
	struct pollfd fds[AT_INSPECTION + INSPECTIONS_MAX];

	bool look = true; /* for jobs */
	int64_t due = 0;

	TRY(queue_begin(c));
	for (;;) {
		if (look || clock_ticks() >= due)
			due = queue_run(c) + clock_ticks();
		look = false;
		int left = until(due), held = inspect_hold(c);
		int timeout = wait_for_readings(c, left < held ? left : held);
		nfds_t count = gather(c, fds);
		if (poll(fds, count, timeout) < 0)
			continue;
		if (fds[AT_CONTROL].revents) {
			TRY(program_control(&c->program, NULL, NULL));
			hear_of_start(c);
			look = true;
		}
		if (fds[AT_WEB].revents && hear_web(c))
			look = true;
		if (hear_inspector(c, fds))
			look = true;
	}
}
