/*
 * Whether both pictures of a card are of one card: the zone on one side
 * against the print on the other. Somebody may show their own front with the
 * back of a stranger.
 */
#include "checks/printed.h"
#include "ident/document.h"
#include "ident/person.h"

#include <string.h>

static void
refuse(struct result *out, const char *reason, int side, const char *why)
{
	result_set(out, VERDICT_FAIL, "%s", why);
	result_reason(out, reason);
	out->side = side;
}

/* Each side has a zone: of two documents, or one side was given twice. */
static bool
judge_two_zones(const struct dossier *d, struct result *out)
{
	struct mrz front, back;

	if (!dossier_side_mrz(d, 0, &front) || !dossier_side_mrz(d, 1, &back))
		return false;
	if (strcmp(front.number, back.number) || front.format != back.format)
		refuse(out, "different_documents", 1, "two different zones");
	else if (front.format == MRZ_TD1)
		refuse(out, "front_missing", 0, "the same side twice");
	else
		refuse(out, "back_missing", 1, "the same side twice");
	return true;
}

static bool
name_agrees(const struct findings *f, const struct mrz *m)
{
	const char *surname = findings_text(f, FINDING_printed_surname);

	return surname[0] && person_name_folds_to_mrz(surname, m->surname, "",
	    m->truncated);
}

/* Names are read too badly to contradict; they may confirm. */
static void
judge_print(const struct dossier *d, int side, struct result *out)
{
	const struct findings *f = d->sides[side];
	enum agreement number = printed_number_agrees(
	    findings_find(f, FINDING_printed_number), &d->mrz);
	enum agreement birth = printed_birth_agrees(
	    findings_find(f, FINDING_printed_birth_date), &d->mrz);

	if (number == CONTRADICTS || birth == CONTRADICTS) {
		refuse(out, "different_documents", side,
		    "the print of one side contradicts the zone of the other");
		return;
	}
	out->side = side;
	if (number == AGREES || birth == AGREES || name_agrees(f, &d->mrz)) {
		result_set(out, VERDICT_PASS, "one card");
		return;
	}
	result_set(out, VERDICT_UNSURE,
	    "nothing on the other side could be compared");
	result_reason(out, "different_documents");
}

static bool
has_print(const struct findings *f)
{
	return findings_find(f, FINDING_printed_number) ||
	    findings_find(f, FINDING_printed_birth_date) ||
	    findings_find(f, FINDING_printed_surname);
}

static void
run(const struct dossier *d, struct result *out)
{
	int sides = document_sides(d->country, d->kind);

	if (sides == 1) {
		result_set(out, VERDICT_PASS, "this kind has one side");
		return;
	}
	if (!d->sides[0] || !d->sides[1]) {
		refuse(out, d->sides[0] ? "back_missing" : "front_missing",
		    d->sides[0] ? 1 : 0, "a side is missing");
		return;
	}
	if (judge_two_zones(d, out))
		return;
	if (d->mrz_side == 1) {
		judge_print(d, 0, out);
		return;
	}
	if (d->mrz_side < 0) {
		result_set(out, VERDICT_UNSURE, "no zone to compare with");
		result_reason(out, "unreadable_zone");
		return;
	}
	/* its zone is on the back: the sides were given the other way round,
	 * or both are in the first picture */
	if (d->mrz.format == MRZ_TD1) {
		judge_print(d, has_print(d->sides[1]) ? 1 : 0, out);
		return;
	}
	/* zone and data on the front: the back holds nothing of the holder */
	result_set(out, VERDICT_PASS, "this card tells all on its front");
}

const struct check check_sides_agree = {"sides_agree", run};
