/*
 * Known cases: what a person before the camera would have done.
 */
#include "flow/plant.h"

#include "base/enum.h"
#include "flow/journey_act.h"
#include "flow/quality.h"
#include "flow/take_act.h"
#include "flow/take_seal.h"
#include "flow/terms.h"
#include "ident/document.h"

/* One that no operator would get is none. */
static RESULT
check_workspace(const struct workspace *w, const struct level *level)
{
	if (!w->test)
		return FAIL(ERR_WRONG_STATE, "not a test workspace");
	if (!level->operator_always && strcmp(w->lcp_review, "always") != 0)
		return FAIL(ERR_WRONG_STATE,
		    "not all cases of this workspace go to operators");
	return OK;
}

static RESULT
check(struct flow *f, struct arena *a, const struct plant *p)
{
	const struct level *level = level_find(p->level);
	struct workspace w;

	TRY(quality_check_truth(p->truth, p->reason));
	if (!level)
		return err_set_field(ERR_INVALID, "level", "is no level");
	if (!*p->fullname)
		return err_set_field(ERR_INVALID, "fullname", "is missing");
	if (!document_accepts(p->country, p->kind, level_letter(level), true))
		return err_set_field(ERR_INVALID, "kind",
		    "is not accepted for this level");
	TRY(workspace_load(f->store, a, p->workspace, &w));
	return check_workspace(&w, level);
}

static RESULT
request(struct flow *f, struct arena *a, const struct actor *who,
    const struct plant *p, struct registration *out)
{
	char id[ID_SIZE];

	id_make("psn", id); /* for its letters: two addresses never meet */
	const struct registration_request q = {.workspace = p->workspace,
	    .email = arena_format(a, "%s@" PLANT_DOMAIN, id + 4),
	    .level = p->level,
	    .fullname = p->fullname,
	    .fullname_type = "suggestion",
	    .phone = "",
	    .phone_type = "",
	    .language = "",
	    .redirect_url = "",
	    .metadata = ""};

	return registration_create(f, a, who, &q, out);
}

/* No phone rings for it: the step alone is set. */
static RESULT
skip_phone(struct flow *f, struct arena *a, const char *id)
{
	AUTO(act_end) struct act t = {0};

	TRY(act_begin_participant(f, a, id, &t));
	TRY(act_step(&t, STEP_phone, "done", ""));
	TRY(journey_identified(&t));
	return act_commit(&t, NULL);
}

static RESULT
say(struct flow *f, struct arena *a, const struct plant *p,
    struct registration *r)
{
	struct terms terms;

	TRY(journey_open(f, a, r->id, true, r));
	TRY(journey_name(f, a, r->id, true, p->fullname, r));
	TRY(skip_phone(f, a, r->id));
	TRY(terms_load(f->store, f->conf, a, TERMS_CONSENT, r, &terms));
	TRY(journey_consent(f, a, r->id, terms.sha256, r));
	TRY(terms_load(f->store, f->conf, a, TERMS_AGREEMENT, r, &terms));
	TRY(journey_agree(f, a, r->id, terms.sha256, r));
	return journey_document(f, a, r->id, p->country, p->kind, r);
}

RESULT
plant_begin(struct flow *f, struct arena *a, const struct actor *who,
    const struct plant *p, struct registration *out)
{
	struct registration r;

	TRY(check(f, a, p));
	TRY(request(f, a, who, p, &r));
	TRY(quality_plant(f, a, who, r.id, p->truth, p->reason));
	TRY(say(f, a, p, &r));
	*out = r;
	return OK;
}

/* recordings */

static RESULT
check_times(const char *name, const char *text, size_t wanted)
{
	uint32_t times[CHALLENGE_MAX];
	size_t count;

	if (take_times_parse(text, times, &count) == OK && count == wanted)
		return OK;
	return err_set_field(ERR_INVALID, name,
	    "is not one moment for each prompt");
}

RESULT
plant_check_film(const struct plant_film *film)
{
	struct challenge c;

	TRY(challenge_parse(film->part, film->prompts, &c));
	TRY(check_times("asked", film->asked, c.count));
	return check_times("shown", film->shown, c.count);
}

RESULT
plant_check_picture(struct flow *f, struct span bytes)
{
	struct digest d = digest_sha256(bytes);
	char sha256[DIGEST_TEXT_SIZE];
	int64_t before;

	digest_format(&d, sha256);
	TRY(evidence_noted(f->store, sha256, &before));
	return before == 0 ? OK
			   : FAIL(ERR_CONFLICT,
				 "a picture was handed in before");
}

/* As if it had been asked: it begins now, because the chunks come
 * now, and nobody shall read that they came late. */
static RESULT
ask(struct flow *f, struct arena *a, const char *id,
    const struct plant_film *film, struct take *t)
{
	AUTO(store_rollback) struct store *s = f->store;

	TRY(store_begin(s));
	TRY(take_open(f, a, id, t->id, t));
	t->asked = film->asked;
	t->started_at = clock_now();
	t->expires_at = t->started_at + TAKE_LIFE;
	TRY(take_seal_save(f, a, t));
	return store_commit(s);
}

static RESULT
send(struct flow *f, struct arena *a, const char *id, struct take *t,
    struct span bytes)
{
	char mac[DIGEST_TEXT_SIZE];

	for (size_t at = 0; at < bytes.size; at += CHUNK_MAX) {
		size_t size = bytes.size - at < CHUNK_MAX ? bytes.size - at
							  : CHUNK_MAX;
		struct span part = SPAN((const uint8_t *)bytes.data + at,
		    size);
		struct digest d = digest_sha256(part);

		TRY(take_chain_next(f->keys, t->id, t->chain, t->chunks, &d,
		    mac));
		const struct take_chunk c = {t->chunks, mac, part};
		TRY(take_chunk(f, a, id, t->id, &c, t));
	}
	return OK;
}

RESULT
plant_recording(struct flow *f, struct arena *a, const char *id,
    const struct plant_film *film)
{
	struct planted_case known;
	struct take t;

	/* nobody else's challenge is chosen */
	TRY(planted_load(f->store, a, id, &known));
	TRY(plant_check_film(film));
	TRY(take_begin_asking(f, a, id, film->part, film->prompts,
	    film->media_type, "", &t));
	TRY(ask(f, a, id, film, &t));
	TRY(send(f, a, id, &t, film->bytes));
	const struct take_end e = {t.chunks, t.chain, film->shown, ""};
	return take_finish(f, a, id, t.id, &e, &t);
}
