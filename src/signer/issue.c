/*
 * Certificates for people.
 *
 * validate -> serial and intent on disk -> key -> to-be-signed bytes -> lint
 * -> sign -> lint, parse back, compare, verify -> result on disk -> first
 * answer.
 * A crash before the second sync leaves an intent, which the next start turns
 * into "not issued"; one after it leaves the certificate, which the same
 * order gets again. What happens when is in issue_stream.c.
 */
#include "signer/issue_steps.h"

#include "base/clock.h"
#include "pki/certificate.h"
#include "pki/csr.h"
#include "pki/lint.h"
#include "pki/ocsp.h"
#include "pki/semantics.h"
#include "pki/subject.h"
#include "pki/tbs.h"
#include "signer/approve.h"
#include "signer/choices.h"
#include "signer/own_key.h"

#define CLOCK_SLACK (5 * MINUTE)

/* What is asked, without the digests that say why: the same order again may
 * come with a later decision about the same person. */
static struct digest
order_digest(const struct order *o)
{
	static const uint8_t key[] = "paraph order 1";
	const struct span parts[] = {span_of_text(o->profile),
	    span_of_text(o->given_names), span_of_text(o->surname),
	    span_of_text(o->common_name), span_of_text(o->country),
	    span_of_text(o->person_serial), SPAN(o->csr, o->csr_size)};

	return digest_keyed(SPAN(key, sizeof(key) - 1), parts, 7);
}

/* People's profiles only: no order makes an authority. */
static RESULT
check_profile(struct signer *s, const struct order *o, struct record *intent)
{
	const struct profile *p = profile_find(o->profile);

	if (!p || p->kind != KIND_person)
		return FAIL(ERR_INVALID, "no such profile");
	if (strcmp(profile_level(p), o->level) != 0)
		return FAIL(ERR_INVALID, "a profile of another level");
	const struct issuing *i =
	    signer_issuing_now(s, authority_find(p->issuer), clock_now());
	if (!i)
		return FAIL(ERR_UNAVAILABLE,
		    "there is no %s yet: paraph ca init makes it", p->issuer);
	TRY(profile_permit(p, &i->trust));
	memcpy(intent->profile, o->profile, sizeof(intent->profile));
	intent->authority = i->authority;
	return OK;
}

/* The declaration that goes with a document's number; another number stands
 * for nothing (EN 319 412-1 5.1.3). */
static struct profile_options
options_of(const struct signer *s, const struct order *o)
{
	struct profile_options chosen = s->options;

	chosen.document_serial =
	    chosen.document_serial && semantics_is_document(o->person_serial);
	return chosen;
}

RESULT
signer_check_subject(const struct order *o, struct buf *subject)
{
	char why[128];
	struct subject s = {
	    .country = o->country,
	    .surname = o->surname,
	    .given_names = o->given_names,
	    .serial = o->person_serial,
	    .common_name = o->common_name,
	};

	if (subject_build_person(&s, subject) == OK)
		return OK;
	snprintf(why, sizeof(why), "%s", err_explanation());
	return FAIL(ERR_NOT_CERTIFIABLE, "%s", why);
}

static RESULT
check_time_and_rate(struct signer *s, const struct order *o,
    const struct issuing *i, int64_t now)
{
	int64_t limit = conf_number(s->conf, CONF_signer_rate_per_hour);

	if (now + CLOCK_SLACK < records_last_time(s->records))
		return FAIL(ERR_UNAVAILABLE, "the clock was set back");
	if (now + ISSUING_LEAST > i->not_after)
		return FAIL(ERR_UNAVAILABLE,
		    "%s ends too soon to issue: paraph ca ceremony makes the "
		    "next one",
		    authority_name(i->authority));
	if (records_rate(s->records, o->profile, now) >= (size_t)limit)
		return FAIL(ERR_TOO_MANY, "certificates of this hour");
	return OK;
}

/* A key in a device is made after its holder chose a PIN. */
static RESULT
check_key(struct signer *s, const struct issue_work *w)
{
	const struct order *o = w->order;

	if (profile_in_device(profile_find(o->profile)) &&
	    !records_find_pin(s->records, o->registration))
		return FAIL(ERR_DENIED, "no PIN was set for the key");
	return w->own_key ? own_key_check(s, o, &w->csr, &w->subject) : OK;
}

/* A repetition of an order that was carried out: the same certificate. */
static RESULT
repeat(struct signer *s, const struct record *before, struct issue_work *w)
{
	if (memcmp(before->order.bytes, w->intent.order.bytes, DIGEST_SIZE))
		return FAIL(
		    ERR_CONFLICT, "another order for the same registration");
	if (before->state != RECORD_issued)
		return FAIL(ERR_CONFLICT, "this order is being carried out");
	return records_replay(s->records, before, w->result);
}

/*
 * A database that forgot certificates, or knows some that the ledger does not,
 * was put back from a copy, or the ledger was: what is issued on its word might
 * have been refused, revoked or issued already.
 */
static RESULT
check_step(struct signer *s, const struct issue_work *w)
{
	const struct ledger_mark *known = &w->order->known;

	if (ledger_mark_same(known, records_mark(s->records))) {
		s->agreed = *known;
		s->has_agreed = true;
		return OK;
	}
	if (w->follows)
		return OK;
	return FAIL(ERR_OUT_OF_STEP,
	    "the database knows %llu entries of the ledger, its last change "
	    "is %llu",
	    (unsigned long long)known->entries,
	    (unsigned long long)records_mark(s->records)->entries);
}

static RESULT
begin(struct signer *s, struct issue_work *w)
{
	const struct order *o = w->order;
	int64_t now = clock_now();

	if (!id_is("reg", o->registration))
		return FAIL(ERR_INVALID, "no registration");
	w->follows = signer_follows(s, &o->known);
	w->intent = (struct record){.order = order_digest(o)};
	memcpy(w->intent.registration, o->registration, ID_SIZE);
	const struct record *before =
	    records_of_registration(s->records, o->registration);
	if (before)
		return repeat(s, before, w);
	TRY(check_step(s, w));
	TRY(check_profile(s, o, &w->intent));
	TRY(signer_check_subject(o, &w->subject));
	w->options = options_of(s, o);
	TRY(approve_read_key(o, &w->csr, &w->own_key));
	TRY(approve_check(
	    s, profile_find(o->profile), o, w->own_key, &w->approved));
	TRY(check_key(s, w));
	TRY(check_time_and_rate(
	    s, o, signer_issuing(s, w->intent.authority), now));
	serial_make(w->intent.serial);
	w->intent.serial_size = SERIAL_SIZE;
	TRY(records_intend(s->records, &w->intent, &o->decision, &o->evidence,
	    &w->approved, now));
	w->fresh = true;
	return OK;
}

/* Makes the key, or takes the participant's own. */
static RESULT
take_key(struct signer *s, struct issue_work *w, struct buf *public_key)
{
	AUTO(buf_wipe) struct buf blob;
	const struct order *o = w->order;

	if (w->own_key) {
		/* again: another order of this batch may have brought it */
		TRY(own_key_check(s, o, &w->csr, &w->subject));
		return buf_add_span(public_key, w->csr.public_key);
	}
	if (record_in_token(&w->intent)) {
		memcpy(w->result->key_label, o->registration, ID_SIZE);
		return token_resident_key(
		    s->token, o->registration, public_key);
	}
	buf_init(&blob, sizeof(w->result->key_blob));
	TRY(token_person_key(s->token, &blob, public_key));
	memcpy(w->result->key_blob, blob.data, blob.size);
	w->result->key_blob_size = blob.size;
	return OK;
}

static void
set_validity(const struct signer *s, const struct issuing *i,
    const struct profile *p, struct tbs_facts *f)
{
	int64_t days = conf_number(s->conf, CONF_pki_validity_days);
	int64_t now = clock_now();

	if (days > p->longest_days)
		days = p->longest_days;
	f->not_before = now - now % SECOND;
	f->not_after = f->not_before + days * DAY - SECOND; /* */
	if (f->not_after > i->not_after)		    /* N13 */
		f->not_after = i->not_after;
}

static RESULT
build(struct signer *s, struct issue_work *w, struct span public_key,
    struct buf *tbs)
{
	struct certificate issuer;
	uint8_t issuer_key[KEY_IDENTIFIER_SIZE];
	const struct profile *p = profile_find(w->order->profile);
	struct issuing *i = signer_issuing(s, w->intent.authority);

	TRY(certificate_parse(span_of_buf(&i->certificate), &issuer));
	TRY(key_identifier(issuer.public_key, issuer_key));
	struct tbs_facts f = {
	    .profile = p,
	    .serial = SPAN(w->intent.serial, w->intent.serial_size),
	    .issuer_name = issuer.subject.der,
	    .issuer_file = authority_name(i->authority),
	    .issuer_key = SPAN(issuer_key, sizeof(issuer_key)),
	    .subject = span_of_buf(&w->subject),
	    .public_key = public_key,
	    .algorithm = token_key_signing(&i->key).algorithm,
	    .base_url = conf_text(s->conf, CONF_pki_base_url),
	    .own_policy = conf_text(s->conf, CONF_pki_policy_oid),
	    .options = &w->options,
	};
	set_validity(s, i, p, &f);
	w->result->not_before = f.not_before;
	w->result->not_after = f.not_after;
	return tbs_build(&f, tbs);
}

/* What came back must be what was meant, byte for byte, and verify: that is
 * looked at while the token signs the next, by a thread (verifying.h). */
static enum err
look_at_made(const void *of)
{
	const struct issue_made *m = of;
	struct lint_report report;
	struct certificate c;

	lint_certificate(m->certificate, m->profile, &m->lint, &report);
	TRY(lint_refuse(&report));
	TRY(certificate_parse(m->certificate, &c));
	if (!span_equal(c.tbs, span_of_buf(&m->tbs)))
		return FAIL(ERR_INTERNAL, "the certificate changed");
	return signature_verify(
	    m->public_key, c.algorithm, c.tbs, c.signature);
}

static struct lint_context
lint_context(const struct signer *s, const struct issuing *i,
    const struct issue_work *w)
{
	return (struct lint_context){
	    .base_url = conf_text(s->conf, CONF_pki_base_url),
	    .own_policy = conf_text(s->conf, CONF_pki_policy_oid),
	    .issuer = span_of_buf(&i->certificate),
	    .issuer_file = authority_name(i->authority),
	    .options = &w->options,
	    .trust = &i->trust,
	};
}

static RESULT
sign(struct signer *s, struct issue_work *w)
{
	AUTO(buf_clear) struct buf der;
	struct issuing *i = signer_issuing(s, w->intent.authority);
	struct signing_key key = token_key_signing(&i->key);
	struct issue_result *r = w->result;
	struct span tbs = span_of_buf(&w->made.tbs);
	struct lint_report report;

	w->made.profile = profile_find(w->order->profile);
	w->made.lint = lint_context(s, i, w);
	lint_tbs(tbs, w->made.profile, &w->made.lint, &report);
	TRY(lint_refuse(&report));
	buf_init(&der, sizeof(r->certificate));
	TRY(signed_object(tbs, &key, &der));
	memcpy(r->certificate, der.data, der.size);
	r->certificate_size = der.size;
	w->made.certificate = SPAN(r->certificate, r->certificate_size);
	w->made.public_key = SPAN(i->key.public_key, i->key.public_key_size);
	w->verified =
	    (struct verified){.look = look_at_made, .of = &w->made};
	verifying_begin(s->verifying, &w->verified);
	return OK;
}

static RESULT
make(struct signer *s, struct issue_work *w)
{
	AUTO(buf_clear) struct buf public_key;
	struct issue_result *r = w->result;

	*r = (struct issue_result){0};
	buf_init(&public_key, CSR_MAX);
	memcpy(r->registration, w->intent.registration, ID_SIZE);
	snprintf(r->issuer, sizeof(r->issuer), "%s",
	    authority_name(w->intent.authority));
	memcpy(r->serial, w->intent.serial, w->intent.serial_size);
	r->serial_size = w->intent.serial_size;
	TRY(take_key(s, w, &public_key));
	TRY(build(s, w, span_of_buf(&public_key), &w->made.tbs));
	return sign(s, w);
}

/* Only what verified is written down, and only that leaves. */
static RESULT
settle(struct signer *s, struct issue_work *w)
{
	if (verifying_end(s->verifying, &w->verified) != OK) {
		w->result->certificate_size = 0;
		return FAIL(ERR_TOKEN, "the token gave a wrong signature");
	}
	return records_issue(s->records, w->result, clock_now());
}

/* The answer is not part of the result: it is made anew for a repetition,
 * when the certificate may have been revoked since. */
static RESULT
finish(struct signer *s, struct issue_work *w)
{
	AUTO(buf_clear) struct buf answer;
	const struct record *record =
	    records_of_registration(s->records, w->order->registration);

	buf_init(&answer, sizeof(w->result->ocsp));
	if (!record || record->state != RECORD_issued)
		return FAIL(ERR_INTERNAL, "no record of a certificate");
	TRY(answer_sign(s, record, &answer, &w->result->ocsp_next_update));
	memcpy(w->result->ocsp, answer.data, answer.size);
	w->result->ocsp_size = answer.size;
	w->result->mark = w->follows ? w->mark : w->order->known;
	return OK;
}

static void
note(struct issue_work *w, enum err outcome)
{
	w->outcome = outcome;
	if (outcome == OK)
		return;
	snprintf(
	    w->explanation, sizeof(w->explanation), "%s", err_explanation());
}

/* The certificate will never be: say so where the intent stands. */
static void
give_up(struct signer *s, struct issue_work *w)
{
	IGNORE(
	    records_give_up(s->records, w->intent.registration, clock_now()));
	/* what is left of it now goes at the next start */
	if (record_in_token(&w->intent))
		IGNORE(token_key_discard(s->token, w->intent.registration));
}

typedef enum err step(struct signer *s, struct issue_work *w);

static void
one(struct signer *s, struct issue_work *w, step *run, bool fresh_only)
{
	if (w->outcome != OK || (fresh_only && !w->fresh))
		return;
	note(w, run(s, w));
	if (w->outcome != OK && w->fresh && (run == make || run == settle))
		give_up(s, w);
}

static void
each(struct signer *s, struct issue_turn *t, step *run, bool fresh_only)
{
	for (size_t i = 0; i < t->count; i++)
		one(s, &t->works[i], run, fresh_only);
}

void
issue_begin(struct signer *s, struct issue_turn *t)
{
	for (size_t i = 0; i < t->count; i++) {
		struct issue_work *w = &t->works[i];

		w->outcome = OK;
		w->fresh = false;
		buf_init(&w->subject, SUBJECT_MAX);
		buf_init(&w->made.tbs, CERTIFICATE_MAX);
	}
	each(s, t, begin, false);
}

/* Who brings a key waits for those before in the turn: one of them may have
 * brought the same, and only what is settled is known to own_key_check. What
 * follows in the ledger is not this turn's to tell. */
void
issue_make(struct signer *s, struct issue_turn *t)
{
	size_t settled = 0;

	for (size_t i = 0; i < t->count; i++) {
		while (t->works[i].own_key && settled < i)
			one(s, &t->works[settled++], settle, true);
		one(s, &t->works[i], make, true);
	}
	while (settled < t->count)
		one(s, &t->works[settled++], settle, true);
	for (size_t i = 0; i < t->count; i++)
		t->works[i].mark = *records_mark(s->records);
}

void
issue_finish(struct signer *s, struct issue_turn *t)
{
	each(s, t, finish, false);
	for (size_t i = 0; i < t->count; i++) {
		buf_clear(&t->works[i].subject);
		buf_clear(&t->works[i].made.tbs);
	}
}

void
issue_lost(struct issue_turn *t, enum err why)
{
	for (size_t i = 0; i < t->count; i++)
		if (t->works[i].outcome == OK)
			note(&t->works[i], why);
}
