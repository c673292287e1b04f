/*
 * The PIN of a key in the token, as far as the database has to do with it:
 * when it is chosen, and who may try to change it.
 *
 * Tries of an old PIN are counted by the signer and end after five. A link
 * alone, which a workspace may have handed over, must not be enough to use
 * them up: a code that was mailed comes first, and what it proves is a word
 * for whoever typed it, not a state of the registration.
 */
#include "flow/journey_act.h"

#include "base/codec.h"
#include "base/digest.h"
#include "flow/notice.h"

#include <openssl/crypto.h>

RESULT
journey_pin_is_asked(struct flow *f, struct arena *a, const char *id,
    struct registration *out)
{
	struct registration r;
	struct step *steps;
	size_t count;

	TRY(registration_current(f, a, id, &r));
	TRY(step_list(f->store, a, id, &steps, &count));
	if (state_of(r.state) != STATE_approved || !r.confirmed_at ||
	    !level_find(r.level)->pin || step_is(steps, count, STEP_pin, "done"))
		return FAIL(ERR_WRONG_STATE, "no PIN is asked for");
	*out = r;
	return OK;
}

RESULT
journey_pin_is_set(struct flow *f, struct arena *a, const char *id,
    struct registration *out)
{
	AUTO(act_end) struct act t = {0};

	TRY(act_begin_participant(f, a, id, &t));
	TRY(act_require(&t, IN(approved)));
	if (!t.r.confirmed_at || !level_find(t.r.level)->pin)
		return FAIL(ERR_WRONG_STATE, "no PIN is asked for");
	TRY(act_step(&t, STEP_pin, "done", ""));
	TRY(act_note(&t, "participant.pin_set", "", ""));
	TRY(act_job(&t, "issue", t.r.id));
	return act_commit(&t, out);
}

RESULT
journey_pin_may_change(struct flow *f, struct arena *a, const char *id,
    struct registration *out)
{
	struct registration r;
	struct certificate c;

	TRY(registration_current(f, a, id, &r));
	if (state_of(r.state) != STATE_issued || !level_find(r.level)->pin)
		return FAIL(ERR_WRONG_STATE, "there is no PIN to change");
	TRY(certificate_of(f->store, a, id, &c));
	if (c.revoked_at)
		return FAIL(ERR_WRONG_STATE, "its certificate is revoked");
	*out = r;
	return OK;
}

RESULT
journey_pin_was_tried(struct flow *f, struct arena *a, const char *id,
    bool changed, struct registration *out)
{
	AUTO(act_end) struct act t = {0};

	TRY(act_begin_participant(f, a, id, &t));
	TRY(act_note(&t, changed ? "participant.pin_changed"
				 : "participant.pin_wrong", "", ""));
	if (changed)
		TRY(notice_mail(f, &t.r, MAIL_pin_changed));
	return act_commit(&t, out);
}

RESULT
journey_pin_code(struct flow *f, struct arena *a, const char *id,
    struct registration *out)
{
	AUTO(act_end) struct act t = {0};
	struct code c;

	TRY(journey_pin_may_change(f, a, id, out));
	TRY(act_begin_participant(f, a, id, &t));
	TRY(code_of(f, a, id, CODE_PIN, &c));
	TRY(code_renew(f, &c, t.r.email, t.now));
	TRY(notice_mail(f, &t.r, MAIL_pin_code));
	TRY(act_note(&t, "participant.code_sent", CODE_PIN, ""));
	return act_commit(&t, out);
}

/* Of one code, once it was right. */
static RESULT
make_proof(const struct flow *f, const struct code *c,
    char out[PIN_PROOF_SIZE])
{
	AUTO(buf_clear) struct buf text;
	const struct span parts[] = {span_of_text("paraph pin proof"),
	    span_of_text(c->registration),
	    SPAN(&c->number, sizeof(c->number))};
	struct digest d =
	    digest_keyed(span_of_secret(&f->keys->link), parts, 3);

	buf_init(&text, PIN_PROOF_SIZE);
	TRY(base64url_encode(SPAN(d.bytes, sizeof(d.bytes)), &text));
	snprintf(out, PIN_PROOF_SIZE, "%s", buf_text(&text));
	return OK;
}

RESULT
journey_pin_code_check(struct flow *f, struct arena *a, const char *id,
    const char *code, char proof[PIN_PROOF_SIZE])
{
	AUTO(act_end) struct act t = {0};
	struct registration r;
	struct code c;
	bool right;

	TRY(journey_pin_may_change(f, a, id, &r));
	TRY(act_begin_participant(f, a, id, &t));
	TRY(code_of(f, a, id, CODE_PIN, &c));
	TRY(code_try(f, &c, code, t.now, &right));
	TRY(act_commit(&t, NULL)); /* a wrong one counts */
	return right ? make_proof(f, &c, proof)
		     : err_set_field(ERR_INVALID, "code", "is not the code");
}

RESULT
journey_pin_proven(struct flow *f, struct arena *a, const char *id,
    const char *proof)
{
	char right[PIN_PROOF_SIZE];
	struct code c;

	TRY(code_of(f, a, id, CODE_PIN, &c));
	TRY(make_proof(f, &c, right));
	if (c.number == 0 || clock_now() >= c.sent_at + PIN_PROOF_LIFE ||
	    strnlen(proof, PIN_PROOF_SIZE) != strlen(right) ||
	    CRYPTO_memcmp(proof, right, strlen(right)) != 0)
		return err_set_field(ERR_INVALID, "proof",
		    "is over: another code is needed");
	return OK;
}
