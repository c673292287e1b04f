/*
 * Notices of the end.
 *
 * The nearest one is looked at first, and one that was given stands for those
 * that should have been before it: whose server was down for a month gets one
 * mail, not three.
 */
#include "flow/expiry.h"

#include "base/clock.h"
#include "base/enum.h"
#include "flow/audit.h"
#include "flow/notice.h"

#define LOOK_BACK (30 * DAY) /* for ends that are not written down */

static const int notices[] = {3, 14, 30}; /* product 8; ascending */
static const struct actor the_clock = {ACTOR_clock, "clock", "clock"};

/* Looked at again behind the lock: it may be revoked by now. */
static RESULT
note(struct flow *f, struct arena *a, const char *id, int days, bool *done)
{
	AUTO(store_rollback) struct store *s = f->store;
	struct registration r;
	struct certificate c;

	*done = false;
	TRY(store_begin(s));
	TRY(certificate_load(s, a, id, &c));
	if (c.revoked_at)
		return OK;
	TRY(registration_load(s, a, c.registration, &r));
	TRY(expiry_notice_save(s, c.id, days, clock_now()));
	TRY(audit_write(f, &the_clock,
	    days ? "certificate.expiring" : "certificate.expired", c.id,
	    days ? arena_format(a, "%d days", days) : "", c.fingerprint));
	if (days)
		TRY(notice_mail(f, &r, MAIL_expiring));
	TRY(store_commit(s));
	*done = true;
	return OK;
}

static RESULT
note_all(struct flow *f, struct arena *a, const struct certificate *due,
    size_t count, int days, size_t *total)
{
	for (size_t i = 0; i < count; i++) {
		bool done;

		TRY(note(f, a, due[i].id, days, &done));
		*total += done;
	}
	return OK;
}

RESULT
expiry_tell_due(struct flow *f, struct arena *a, size_t *out)
{
	int64_t now = clock_now();
	struct certificate *due;
	size_t count, total = 0;

	for (size_t i = 0; i < COUNT_OF(notices); i++) {
		int64_t notice = notices[i] * DAY;

		TRY(certificate_ending(f->store, a, now, now + notice, notice,
		    notices[i], &due, &count));
		TRY(note_all(f, a, due, count, notices[i], &total));
	}
	*out = total;
	return OK;
}

RESULT
expiry_note_ended(struct flow *f, struct arena *a, size_t *out)
{
	int64_t now = clock_now();
	struct certificate *due;
	size_t count, total = 0;

	TRY(certificate_ended(f->store, a, now, now - LOOK_BACK, &due,
	    &count));
	TRY(note_all(f, a, due, count, 0, &total));
	*out = total;
	return OK;
}
