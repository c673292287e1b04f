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

static int
wait_for(const struct signer *s)
{
	int64_t anchor = anchor_wait(s);

	return anchor < TEND_MS ? (int)anchor : TEND_MS;
}

RESULT
signer_run(struct signer *s, struct program *p)
{
	int64_t tended = clock_ticks();

	look_at_operators(s);
	for (;;) {
		struct pollfd fds[] = {{p->control.fd, POLLIN, 0},
		    {p->peers[ROLE_clerk].fd, POLLIN, 0}};

		if (poll(fds, 2, wait_for(s)) < 0)
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
