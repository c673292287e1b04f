/*
 * One message out. Rendered when it leaves, not when it is decided: neither
 * link nor code is ever stored.
 */
#include "clerk/deliver.h"

#include "base/clock.h"
#include "base/log.h"

enum err
run_message(struct clerk *c, struct arena *a, const struct job *job)
{
	struct letter letter;
	struct mail m;

	TRY(mail_load(c->store, a, job->subject, &m));
	if (m.sent_at || m.failed_at)
		return OK;
	enum err rendered = render_letter(c, a, &m, &letter);
	if (rendered == ERR_EXPIRED) {
		/* a code that nobody can use any more */
		m.failed_at = clock_now();
		return mail_save(c->store, &m);
	}
	TRY(rendered);
	TRY(deliver(c, a, &m, &letter));
	m.sent_at = clock_now();
	TRY(mail_save(c->store, &m));
	log_info("message.sent message=%s kind=%s channel=%s", m.id, m.kind,
	    m.channel);
	return OK;
}
