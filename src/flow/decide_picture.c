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

/* After so many, the picture is taken as it is and the checks decide. */
static bool
is_turned_back(struct act *t, const char *reasons)
{
	if (!*reasons || t->r.turned_back >= TURNED_BACK_MAX)
		return false;
	t->r.turned_back++;
	return true;
}

static RESULT
store_reading(struct act *t, struct evidence *e, const struct findings *f,
    const struct evidence *still)
{
	static const struct findings none;

	TRY(evidence_save(t->f->store, e));
	TRY(findings_save(t->f->store, e->id, f ? f : &none));
	if (still)
		TRY(evidence_save(t->f->store, still));
	TRY(journey_show_document(t, e->reasons));
	return act_note(t, "evidence.read",
	    arena_format(t->a, "%s %s %s", e->kind, e->state, e->reasons),
	    e->sha256);
}

static bool
is_wanted(const struct act *t, const struct evidence *e)
{
	return e->attempt == t->r.attempt &&
	    act_require(t, IN(collecting) | IN(action_required)) == OK;
}

static RESULT
read_picture(struct act *t, struct evidence *e, const struct findings *f,
    const struct evidence *still)
{
	char reasons[REASONS_MAX];

	TRY(judge(t, e, f, reasons));
	e->reasons = arena_text(t->a, reasons);
	e->state = is_turned_back(t, reasons) ? "retake" : "read";
	return store_reading(t, e, f, still);
}

RESULT
decide_picture(struct flow *f, struct arena *a, const char *evidence,
    const struct findings *findings, const struct evidence *still)
{
	AUTO(act_end) struct act t = {0};
	struct evidence e;

	TRY(evidence_load(f->store, a, evidence, &e));
	enum err begun =
	    act_begin(f, a, e.registration, &clerk_as_actor, &t);
	if (begun == ERR_EXPIRED) {
		err_clear(); /* nobody waits for it any more */
		return OK;
	}
	TRY(begun);
	TRY(evidence_load(f->store, a, evidence, &e));
	if (strcmp(e.state, "received") != 0)
		return OK;
	if (is_wanted(&t, &e)) {
		TRY(read_picture(&t, &e, findings, still));
		return act_commit(&t, NULL);
	}
	err_clear();
	e.state = "superseded";
	TRY(evidence_save(f->store, &e));
	return act_commit(&t, NULL);
}
