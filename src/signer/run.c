/*
 * The signer's loop: its supervisor, its clerk, and the hour at which the
 * responder is looked at.
 */
#include "signer/run.h"

#include "base/clock.h"
#include "base/log.h"
#include "signer/anchor.h"
#include "signer/approve.h"

#include <poll.h>
#include <signal.h>

#define TEND_MS 600000 /* ten minutes */

static void
hear_clerk(struct signer *s, struct program *p)
{
	AUTO(message_clear) struct message m = {0};
	struct channel *clerk = &p->peers[ROLE_clerk];

	/* a closed channel is replaced by PEER; the orders are not lost, the
	 * clerk sends them again */
	if (channel_receive(clerk, 0, &m) != OK) {
		err_clear();
		return;
	}
	order_handle(s, clerk, &m);
}

/* So that the ledger has a list soon after it was changed. */
static void
look_at_operators(struct signer *s)
{
	enum err result = approve_refresh(s);

	if (result != OK && result != ERR_UNAVAILABLE)
		log_error("signer.operators why=\"%s\"", err_explanation());
}

static volatile sig_atomic_t told_to_end;

static void
note_end(int number)
{
	(void)number;
	told_to_end = 1;
}

void
signer_hold_signals(void)
{
	const struct sigaction action = {.sa_handler = note_end};
	sigset_t ours;

	sigemptyset(&ours);
	sigaddset(&ours, SIGTERM);
	pthread_sigmask(SIG_BLOCK, &ours, NULL);
	sigaction(SIGTERM, &action, NULL);
}

/* SIGTERM comes in here alone. */
static int
wait_for(const struct signer *s, struct pollfd *fds, nfds_t count)
{
	int64_t anchor = anchor_wait(s);
	int64_t ms = anchor < TEND_MS ? anchor : TEND_MS;
	const struct timespec t = {ms / 1000, ms % 1000 * 1000000};
	sigset_t mask;

	pthread_sigmask(SIG_BLOCK, NULL, &mask);
	sigdelset(&mask, SIGTERM);
	return ppoll(fds, count, &t, &mask);
}

RESULT
signer_run(struct signer *s, struct program *p)
{
	int64_t tended = clock_ticks();

	look_at_operators(s);
	for (;;) {
		struct pollfd fds[] = {{p->control.fd, POLLIN, 0},
		    {p->peers[ROLE_clerk].fd, POLLIN, 0}};

		int ready = wait_for(s, fds, 2);
		if (told_to_end)
			return FAIL(ERR_UNAVAILABLE, "told to end");
		if (ready < 0)
			continue;
		if (fds[0].revents) {
			TRY(program_control(p, NULL, NULL));
			signer_new_clerk(s);
		}
		if (fds[1].revents)
			hear_clerk(s, p);
		/* the next start reads what there is, and makes it durable */
		if (!records_are_sound(s->records))
			return FAIL(ERR_INTERNAL,
			    "a write of the ledger failed: it is read anew");
		anchor_keep(s, false);
		if (clock_ticks() - tended < TEND_MS)
			continue;
		tended = clock_ticks();
		look_at_operators(s);
		if (signer_tend(s) != OK)
			log_error(
			    "signer.responder why=\"%s\"", err_explanation());
	}
}
