/*
 * Waking the clerk.
 */
#include "web/wake.h"

void
wake_clerk(struct web *w)
{
	/* a clerk that is away looks for jobs when it is back */
	IGNORE(program_send(w->program, ROLE_clerk, MESSAGE_wake,
	    SPAN(NULL, 0)));
}
