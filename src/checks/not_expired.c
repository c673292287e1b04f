/*
 * Whether the document is in force today (its last day included).
 *
 * Two things only a person can tell: an expiry so far ahead that the century
 * is doubtful, and French cards of 2004 to 2013, which the law prolonged by
 * five years for adults without a new print (decree 2013-1188).
 */
#include "checks/printed.h"

#define FRENCH_PRINTED_YEARS 10
#define FRENCH_MORE_YEARS 5

static void
unsure(struct result *out, const char *why)
{
	result_set(out, VERDICT_UNSURE, "%s", why);
	result_reason(out, "expired");
}

static void
expired(struct result *out)
{
	result_set(out, VERDICT_FAIL, "no longer in force");
	result_reason(out, "expired");
}

/* Only the month is known; in that very month the print may tell the day. */
static void
judge_month(const struct dossier *d, struct result *out)
{
	int end = date_number(d->mrz.expiry) / 100;
	int today = date_today(d->now);
	const struct finding *f = printed_find(d, FINDING_printed_expiry,
	    NULL);
	int printed = f && f->confidence >= PRINTED_SURE
	    ? date_number(f->text)
	    : 0;

	if (today / 100 > end)
		expired(out);
	else if (today / 100 < end || (printed / 100 == end &&
	    printed >= today))
		result_set(out, VERDICT_PASS, "in force");
	else
		unsure(out, "ends this month on a day that the zone hides");
}

static void
judge_french(const struct dossier *d, struct result *out)
{
	const struct mrz *m = &d->mrz;
	int month = date_today(d->now) / 100;
	int issued = date_number(m->issue_date) / 100;
	int printed_end = issued + 100 * FRENCH_PRINTED_YEARS;

	if (m->expiry_uncertain && month >= printed_end &&
	    month <= printed_end + 100 * FRENCH_MORE_YEARS) {
		unsure(out, "in force only if the holder was of age at issue");
		return;
	}
	judge_month(d, out);
	if (out->verdict == VERDICT_PASS && m->expiry_extended &&
	    month >= printed_end)
		unsure(out, "in force only by the law that prolonged it");
}

/* A date that no digit covers may be another date of the document: it is
 * told, and decides nothing. */
static void
by_print(const struct dossier *d, struct result *out)
{
	const struct finding *f = printed_find(d, FINDING_printed_expiry,
	    &out->side);

	if (!f || date_number(f->text) == 0) {
		unsure(out, "no expiry was read");
		return;
	}
	out->box = f->box;
	unsure(out, date_number(f->text) < date_today(d->now)
		? "no longer in force by its print alone"
		: "in force by its print alone");
}

static void
run(const struct dossier *d, struct result *out)
{
	const struct mrz *m = &d->mrz;

	out->side = d->mrz_side;
	if (m->format == MRZ_NONE || m->expiry[0] == '\0') {
		by_print(d, out);
		return;
	}
	if (m->format == MRZ_FRA2) {
		judge_french(d, out);
		return;
	}
	if (m->bad[MRZ_DIGIT_expiry] || m->expiry_far) {
		unsure(out, "the expiry that was read is doubtful");
		return;
	}
	if (date_number(m->expiry) % 100 == 0) {
		judge_month(d, out);
		return;
	}
	if (date_number(m->expiry) < date_today(d->now))
		expired(out);
	else
		result_set(out, VERDICT_PASS, "in force");
}

const struct check check_not_expired = {"not_expired", run};
