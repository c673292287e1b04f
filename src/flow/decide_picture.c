/*
 * One picture, as soon as it was read: good enough, or taken again at once.
 * Only what a better picture mends is told here; what speaks against the
 * document itself waits for the check of the whole, of which there are three.
 */
#include "flow/decide_act.h"

#include "flow/journey_act.h"
#include "ident/document.h"

/* Whether every model of this kind carries its zone on this side. */
static bool
needs_zone(const struct registration *r, int side)
{
	const struct document *d;
	bool any = false;

	for (size_t i = 0; (d = document_at(i)) != NULL; i++) {
		if (strcmp(d->country, r->country) != 0 ||
		    strcmp(d->kind, r->kind) != 0)
			continue;
		any = true;
		if ((d->format == MRZ_TD1) != (side == 1))
			return false;
	}
	return any;
}

static bool
turns_back(enum check_name check, bool zone)
{
	if (check == CHECK_mrz_structure || check == CHECK_mrz_digits)
		return zone;
	return check == CHECK_quality || check == CHECK_not_grey;
}

/* The network is sure of the other side, and the zone stands there that only
 * the back of such a card has. */
static bool
is_other_side(const struct dossier *d, const struct result *r)
{
	struct mrz zone;

	return r->check == CHECK_kind_seen && r->verdict == VERDICT_WARN &&
	    r->side == 0 && strcmp(r->reason, "other_side") == 0 &&
	    dossier_side_mrz(d, 0, &zone) && zone.format == MRZ_TD1;
}

static RESULT
judge(struct act *t, const struct evidence *e, const struct findings *f,
    char reasons[REASONS_MAX])
{
	struct attempt *at = arena_get(t->a, sizeof(*at));
	int side = strcmp(e->kind, "document_back") == 0;
	bool zone = needs_zone(&t->r, side);

	reasons[0] = '\0';
	if (!f) {
		reasons_add(reasons, "bad_file");
		return OK;
	}
	TRY(attempt_load(t, at));
	at->dossier.sides[side] = f;
	at->dossier.sides[!side] = NULL;
	dossier_read_mrz(&at->dossier);
	at->count = checks_run(&at->dossier, at->results);
	for (size_t i = 0; i < at->count; i++)
		if (is_other_side(&at->dossier, &at->results[i]) ||
		    (at->results[i].verdict == VERDICT_FAIL &&
			turns_back(at->results[i].check, zone)))
			reasons_add(reasons, at->results[i].reason);
	return OK;
}

static const struct evidence_rule rule = {judge, journey_show_document};

RESULT
decide_picture(struct flow *f, struct arena *a, const char *evidence,
    const struct findings *findings, const struct evidence *still)
{
	const struct reading g = {findings, still};

	return decide_evidence(f, a, evidence, &g, &rule);
}
