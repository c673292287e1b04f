/*
 * Whether the document is of the country and kind that was chosen, and
 * documents.def accepts that at this level.
 *
 * A zone does not tell its model. Where an older model with the same layout
 * is not accepted at the level, only an operator can tell them apart.
 */
#include "base/enum.h"
#include "checks/check.h"
#include "ident/country.h"
#include "ident/document.h"

#include <string.h>

static void
refuse(struct result *out, const char *why)
{
	result_set(out, VERDICT_FAIL, "%s", why);
	result_reason(out, "kind_not_accepted");
}

/* Of another kind than was chosen: which one, when its code says. */
static void
tell_kind(const struct dossier *d, struct result *out)
{
	static const struct {
		const char *kind, *reason;
	} kinds[] = {{"passport", "seen_passport"},
	    {"residence_permit", "seen_residence_permit"},
	    {"identity_card", "seen_identity_card"}};

	refuse(out, "of another kind than chosen");
	for (size_t i = 0; i < COUNT_OF(kinds); i++) {
		if (!document_code_fits(&d->mrz, kinds[i].kind))
			continue;
		result_set(out, VERDICT_FAIL, "a %s, and a %s was chosen",
		    kinds[i].kind, d->kind);
		result_reason(out, kinds[i].reason);
		return;
	}
}

/* Counts the models with this layout that the level takes and does not. */
static void
count_models(const struct dossier *d, int *taken, int *refused)
{
	const struct document *row;

	*taken = *refused = 0;
	for (size_t i = 0; (row = document_at(i)); i++) {
		if (strcmp(row->country, d->country) ||
		    strcmp(row->kind, d->kind) || row->format != d->mrz.format)
			continue;
		if (document_row_accepts(row, d->level, d->test))
			(*taken)++;
		else
			(*refused)++;
	}
}

static void
judge_model(const struct dossier *d, struct result *out)
{
	bool national = country_same(d->mrz.issuer, d->mrz.nationality);
	int taken, refused;

	count_models(d, &taken, &refused);
	if (taken == 0) {
		refuse(out, "no accepted model has this zone");
		return;
	}
	if (refused > 0 || (strcmp(d->kind, "identity_card") == 0 &&
	    !national)) {
		result_set(out, VERDICT_UNSURE, refused > 0
		    ? "only some models with this zone are accepted"
		    : "a card of a state that is not the holder's");
		result_reason(out, "kind_not_accepted");
		return;
	}
	result_set(out, VERDICT_PASS, "accepted at this level");
}

static void
run(const struct dossier *d, struct result *out)
{
	out->side = d->mrz_side;
	if (d->mrz.format == MRZ_NONE || !d->country || !d->kind) {
		result_set(out, VERDICT_UNSURE, "nothing to tell the kind by");
		result_reason(out, "unreadable_zone");
		return;
	}
	if (!mrz_format_is_evidence(d->mrz.format)) {
		refuse(out, "a visa or a driving licence");
		return;
	}
	if (!country_same(d->mrz.issuer, d->country)) {
		result_set(out, VERDICT_FAIL, "issued by %s, %s was chosen",
		    country_alpha3(d->mrz.issuer), d->country);
		result_reason(out, "other_country");
		return;
	}
	if (!document_code_fits(&d->mrz, d->kind)) {
		tell_kind(d, out);
		return;
	}
	judge_model(d, out);
}

const struct check check_kind_accepted = {"kind_accepted", run};
