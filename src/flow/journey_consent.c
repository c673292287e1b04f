/*
 * Consent and agreement: explicit acts on a text that is named by its
 * digest. Act and text are kept as evidence.
 */
#include "flow/journey_act.h"

#include "base/clock.h"
#include "flow/terms.h"

#define STATEMENT_MAX ((size_t)64 * 1024)

static RESULT
write_statement(const struct act *t, const char *act, const struct terms *terms,
    struct buf *out)
{
	char at[CLOCK_TEXT_SIZE];

	clock_format(t->now, at);
	TRY(buf_add_format(out,
	    "act: %s\nregistration: %s\nat: %s\nlanguage: %s\n"
	    "text-sha256: %s\n\n",
	    act, t->r.id, at, t->r.language, terms->sha256));
	return buf_add_text(out, terms->text);
}

static RESULT
keep_statement(struct act *t, const char *kind, const struct terms *terms,
    struct evidence *out)
{
	AUTO(buf_clear) struct buf text;

	buf_init(&text, STATEMENT_MAX);
	TRY(write_statement(t, kind, terms, &text));
	return keep_bytes(t->f, t->a, &t->r, kind, "text/plain",
	    span_of_buf(&text), out);
}

static RESULT
record(struct act *t, enum step_name step, const struct evidence *e)
{
	TRY(evidence_save(t->f->store, e));
	TRY(act_step(t, step, "done", ""));
	TRY(act_note(t,
	    step == STEP_consent ? "participant.consented"
				 : "participant.agreed",
	    "", e->sha256));
	return journey_identified(t);
}

static RESULT
state_it(struct act *t, enum terms_kind kind, const char *sha256,
    struct evidence *out)
{
	struct terms terms;

	TRY(act_require(t, IN(opened)));
	TRY(terms_load(t->f->store, t->f->conf, t->a, kind, &t->r, &terms));
	if (strcmp(sha256, terms.sha256) != 0)
		return err_set_field(ERR_INVALID, "sha256",
		    "is not that of the text in force");
	return keep_statement(t,
	    kind == TERMS_CONSENT ? "consent" : "agreement", &terms, out);
}

static RESULT
agree_to(struct flow *f, struct arena *a, const char *id, enum terms_kind kind,
    const char *sha256, struct registration *out)
{
	AUTO(act_end) struct act t = {0};
	enum step_name step =
	    kind == TERMS_CONSENT ? STEP_consent : STEP_agreement;
	struct evidence e;
	struct step *steps;
	size_t count;

	TRY(act_begin_participant(f, a, id, &t));
	TRY(act_steps(&t, &steps, &count));
	if (step_is(steps, count, step, "done"))
		return act_commit(&t, out);
	TRY(state_it(&t, kind, sha256, &e));
	enum err result = record(&t, step, &e);
	if (result == OK)
		result = act_commit(&t, out);
	if (result != OK)
		keep_undo(f, &e);
	return result;
}

RESULT
journey_consent(struct flow *f, struct arena *a, const char *id,
    const char *text_sha256, struct registration *out)
{
	return agree_to(f, a, id, TERMS_CONSENT, text_sha256, out);
}

RESULT
journey_agree(struct flow *f, struct arena *a, const char *id,
    const char *text_sha256, struct registration *out)
{
	return agree_to(f, a, id, TERMS_AGREEMENT, text_sha256, out);
}
