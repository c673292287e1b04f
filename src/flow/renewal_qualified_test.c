/*
 * Renewal where operators approve: they sign the subject's number with the
 * rest, so whose it is must be settled before they sign (C-16).
 */
#include "flow/fixture.h"

#include "flow/journey_act.h"
#include "flow/renewal.h"
#include "flow/review_act.h"
#include "flow/terms.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#define F &b->f, &b->a
#define END (BENCH_NOW + 60 * DAY) /* operators are trained for a year */

static void
pass_all(struct bench *b, const char *id)
{
	for (int i = 0; i < CHECK_COUNT; i++) {
		const struct verdict_row row = {
		    .name = check_name_text((enum check_name)i),
		    .verdict = "pass",
		    .reason = "",
		    .explanation = "",
		    .position = i};

		assert_int_equal(verdict_save(b->f.store, id, 1, &row), OK);
	}
}

/* All evidence of a qualified level, and an operator's turn. */
static struct registration
show(struct bench *b, const char *id, const struct findings *front)
{
	AUTO(act_end) struct act t = {0};
	struct findings none = {0};
	struct registration r;

	bench_picture(b, id, front);
	bench_recording(b, id, "face_video", &none);
	bench_recording(b, id, "document_video", &none);
	assert_int_equal(journey_complete(F, id, &r), OK);
	assert_int_equal(act_begin(F, id, &clerk_as_actor, &t), OK);
	assert_int_equal(act_move(&t, EVENT_review, "always"), OK);
	assert_int_equal(journey_open_review(&t, "always"), OK);
	pass_all(b, id);
	assert_int_equal(act_commit(&t, &r), OK);
	return r;
}

/* What the operator signs; and the case is approved. */
static struct approval
approve(struct bench *b, const char *id)
{
	struct prover by = bench_prover(0);
	const char *outcome = "";
	struct approval x;

	bench_opinion(b, &by, id);
	assert_int_equal(review_approval(F, &by, id, &x), OK);
	assert_int_equal(bench_approve(b, &by, id, &outcome), OK);
	assert_string_equal(outcome, "approved");
	return x;
}

static struct certificate
issue(struct bench *b, const char *id, const char *serial, int64_t end)
{
	struct registration r;
	struct certificate c;

	assert_int_equal(journey_confirm(F, id, true, &r), OK);
	const struct issued i = {.issuer = "issuing-q",
	    .serial = serial,
	    .not_before = clock_now(),
	    .not_after = end,
	    .der = SPAN("der", 3),
	    .key_blob = SPAN("key", 3),
	    .ocsp = SPAN("good", 4),
	    .ocsp_next_update = clock_now() + DAY,
	    .person_serial = r.person_serial,
	    .seen = {1, "00"}};
	assert_int_equal(decide_issued(F, id, &i, &c), OK);
	return c;
}

static struct certificate
issued(struct bench *b)
{
	struct findings good = bench_good_findings();

	b->level = "qcp";
	struct registration r = bench_collecting(b);
	show(b, r.id, &good);
	approve(b, r.id);
	return issue(b, r.id, "0a", END);
}

/* Up to the evidence: all of it is asked again. */
static struct registration
given(struct bench *b, struct registration r)
{
	assert_string_equal(r.level, "qcp");
	assert_int_equal(journey_open(F, r.id, true, &r), OK);
	assert_int_equal(journey_name(F, r.id, true, BENCH_NAME, &r), OK);
	bench_prove(b, r.id, "phone");
	for (int kind = TERMS_CONSENT; kind <= TERMS_AGREEMENT; kind++) {
		struct terms terms;
		assert_int_equal(terms_load(b->f.store, b->conf, &b->a,
				     (enum terms_kind)kind, &r, &terms),
		    OK);
		assert_int_equal(kind == TERMS_CONSENT
			? journey_consent(F, r.id, terms.sha256, &r)
			: journey_agree(F, r.id, terms.sha256, &r),
		    OK);
	}
	assert_string_equal(bench_step(b, r.id, STEP_document), "doing");
	assert_string_equal(bench_step(b, r.id, STEP_proof_of_life), "todo");
	return r;
}

/* Through the mailed link. */
static struct registration
renew(struct bench *b, const struct certificate *c)
{
	struct registration r;
	const char *link;

	assert_int_equal(renewal_link(F, c, &link), OK);
	assert_int_equal(
	    renewal_begin(F, strchr(link, '#') + 1, &r), OK);
	return given(b, r);
}

static struct registration
replace(struct bench *b, const struct certificate *c)
{
	struct registration r;

	assert_int_equal(renewal_replace(F, c->registration, &r), OK);
	return given(b, r);
}

static struct findings
somebody_else(void)
{
	struct fixture f;

	fixture_passport(&f);
	fixture_zone(&f, "FRA", "24AB12345", "880102", "300211",
	    "LINDQVIST<<ZOE<ASA");
	fixture_text(&f.front, FINDING_printed_birth_date, "1988-01-02", 0.95);
	return f.front;
}

static void
the_number_of_the_holder_is_what_the_operator_signs(void **state)
{
	struct bench *b = *state;
	struct findings good = bench_good_findings();
	struct certificate c = issued(b), next;

	clock_set(END - 30 * DAY);
	struct registration r = renew(b, &c);
	assert_string_not_equal(r.person_serial, c.person_serial);
	show(b, r.id, &good);
	struct approval x = approve(b, r.id);
	assert_string_equal(x.person_serial, c.person_serial);
	next = issue(b, r.id, "0b", END + 60 * DAY);
	assert_string_equal(next.person_serial, c.person_serial);
}

/* The link got into other hands, with a document of their own. */
static void
somebody_else_of_that_name_has_another_number_signed(void **state)
{
	struct findings other = somebody_else();
	struct bench *b = *state;
	struct certificate c = issued(b);

	clock_set(END - 30 * DAY);
	struct registration r = renew(b, &c);
	show(b, r.id, &other);
	struct approval x = approve(b, r.id);
	assert_string_not_equal(x.person_serial, c.person_serial);
	assert_string_equal(x.person_serial, r.person_serial);
}

static void
revoked_before_the_signature_it_is_no_renewal(void **state)
{
	struct bench *b = *state;
	struct findings good = bench_good_findings();
	struct certificate c = issued(b), revoked;

	clock_set(END - 30 * DAY);
	struct registration r = renew(b, &c);
	show(b, r.id, &good);
	assert_int_equal(decide_revoke(F, &bench_member, c.id, 1, &revoked),
	    OK);
	struct approval x = approve(b, r.id);
	assert_string_not_equal(x.person_serial, c.person_serial);
}

static void
a_revoked_or_ended_one_is_not_renewed(void **state)
{
	struct bench *b = *state;
	struct certificate c = issued(b), revoked;
	struct registration r;
	const char *link;

	assert_int_equal(renewal_link(F, &c, &link), OK);
	const char *token = strchr(link, '#') + 1;
	clock_set(END - 31 * DAY);
	assert_int_equal(renewal_begin(F, token, &r), ERR_CERTIFICATE_EXISTS);
	clock_set(END);
	assert_int_equal(renewal_begin(F, token, &r), ERR_EXPIRED);
	clock_set(END - 10 * DAY);
	assert_int_equal(decide_revoke(F, &bench_member, c.id, 1, &revoked),
	    OK);
	assert_int_equal(renewal_begin(F, token, &r), ERR_WRONG_STATE);
}

/* For a PIN that is forgotten: two years before the end. */
static void
a_replaced_one_is_revoked_when_the_new_one_is_there(void **state)
{
	struct bench *b = *state;
	struct findings good = bench_good_findings();
	struct certificate c = issued(b), next, old;

	struct registration r = replace(b, &c);
	show(b, r.id, &good);
	struct approval x = approve(b, r.id);
	assert_string_equal(x.person_serial, c.person_serial);
	assert_int_equal(certificate_load(b->f.store, &b->a, c.id, &old), OK);
	assert_int_equal(old.revoked_at, 0); /* not before */
	next = issue(b, r.id, "0b", END + DAY);
	assert_int_equal(next.revoked_at, 0);
	assert_int_equal(certificate_load(b->f.store, &b->a, c.id, &old), OK);
	assert_true(old.revoked_at > 0);
	assert_int_equal(old.reason, 4);
	assert_int_equal(bench_mails(b, c.registration, "revoked"), 1);
	assert_true(bench_has_job(b, "revoke", c.id));
}

/* The PIN is forgotten when the renewal is approved and not confirmed yet. */
static void
a_renewal_that_is_approved_for_its_holder_replaces_too(void **state)
{
	struct bench *b = *state;
	struct findings good = bench_good_findings();
	struct certificate c = issued(b), old;
	struct registration again;

	clock_set(END - 30 * DAY);
	struct registration r = renew(b, &c);
	show(b, r.id, &good);
	approve(b, r.id);
	assert_int_equal(renewal_replace(F, c.registration, &again), OK);
	assert_string_equal(again.id, r.id);
	issue(b, r.id, "0b", END + 60 * DAY);
	assert_int_equal(certificate_load(b->f.store, &b->a, c.id, &old), OK);
	assert_int_equal(old.reason, 4);
}

/* It was approved for who it is for, and revokes nobody's. */
static void
a_renewal_that_is_approved_for_somebody_else_replaces_none(void **state)
{
	struct findings other = somebody_else();
	struct bench *b = *state;
	struct certificate c = issued(b), old;
	struct registration again;

	clock_set(END - 30 * DAY);
	struct registration r = renew(b, &c);
	show(b, r.id, &other);
	approve(b, r.id);
	assert_int_equal(renewal_replace(F, c.registration, &again), OK);
	issue(b, r.id, "0b", END + 60 * DAY);
	assert_int_equal(certificate_load(b->f.store, &b->a, c.id, &old), OK);
	assert_int_equal(old.revoked_at, 0);
}

/* Whoever has mailbox and link does not replace it by one of their own. */
static void
only_its_holder_replaces_a_certificate(void **state)
{
	struct findings other = somebody_else();
	struct bench *b = *state;
	struct prover by = bench_prover(0);
	struct certificate c = issued(b), old;
	struct approval x;

	struct registration r = replace(b, &c);
	show(b, r.id, &other);
	bench_opinion(b, &by, r.id);
	assert_int_equal(review_approval(F, &by, r.id, &x), ERR_INVALID);
	assert_string_equal(err_field(), "decision");
	assert_int_equal(certificate_load(b->f.store, &b->a, c.id, &old), OK);
	assert_int_equal(old.revoked_at, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    BENCH(the_number_of_the_holder_is_what_the_operator_signs),
	    BENCH(somebody_else_of_that_name_has_another_number_signed),
	    BENCH(revoked_before_the_signature_it_is_no_renewal),
	    BENCH(a_revoked_or_ended_one_is_not_renewed),
	    BENCH(a_replaced_one_is_revoked_when_the_new_one_is_there),
	    BENCH(a_renewal_that_is_approved_for_its_holder_replaces_too),
	    BENCH(a_renewal_that_is_approved_for_somebody_else_replaces_none),
	    BENCH(only_its_holder_replaces_a_certificate),
	};

	return cmocka_run_group_tests_name(
	    "renewal_qualified", tests, NULL, NULL);
}
