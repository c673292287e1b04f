/*
 * From approved data to the order, the certificate and its end.
 */
#include "flow/fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#define F &b->f, &b->a

static void
contested_data_go_back_to_a_person(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_approved(b);

	assert_int_equal(journey_confirm(F, r.id, false, &r), OK);
	assert_string_equal(r.state, "in_review");
	bench_review(b, 0, r.id, OPERATOR_APPROVE, "");
	assert_string_equal(bench_step(b, r.id, STEP_confirm), "doing");
}

static void
confirmed_data_become_a_certificate_once(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_approved(b);
	struct issued i = bench_issued();
	struct certificate c, again;
	int64_t entries;

	assert_int_equal(decide_issued(F, r.id, &i, &c), ERR_WRONG_STATE);
	assert_int_equal(journey_confirm(F, r.id, true, &r), OK);
	assert_int_equal(journey_confirm(F, r.id, true, &r), OK);
	assert_int_equal(journey_confirm(F, r.id, false, &r),
	    ERR_WRONG_STATE);
	assert_true(bench_has_job(b, "issue", r.id));
	assert_int_equal(decide_issued(F, r.id, &i, &c), OK);
	assert_string_equal(bench_state(b, r.id), "issued");
	assert_string_equal(c.fullname, "Zoé Åsa Lindqvist");
	assert_int_equal(decide_issued(F, r.id, &i, &again), OK);
	assert_string_equal(again.id, c.id);
	i.serial = "ffff";
	assert_int_equal(decide_issued(F, r.id, &i, &again), ERR_CONFLICT);
	assert_int_equal(bench_mails(b, r.id, "issued"), 1);
	assert_int_equal(bench_mails(b, r.id, "issued_requester"), 1);
	assert_string_equal(bench_step(b, r.id, STEP_certificate), "done");
	assert_int_equal(audit_verify(b->f.store, 0, NULL, &entries), OK);
}

static void
what_is_approved_waits_a_week_and_what_is_confirmed_longer(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_approved(b);
	struct issued i = bench_issued();
	struct certificate c;
	size_t count;

	clock_set(BENCH_NOW + 7 * DAY - 1);
	assert_int_equal(journey_confirm(F, r.id, true, &r), OK);
	clock_set(BENCH_NOW + 8 * DAY);
	assert_int_equal(registration_expire_due(F, &count), OK);
	assert_int_equal(count, 0);
	assert_int_equal(decide_issued(F, r.id, &i, &c), OK);
	clock_set(BENCH_NOW);
	struct registration_request q = bench_request("other@example.org");
	assert_int_equal(registration_create(F, &bench_member, &q, &r), OK);
}

static void
a_revoked_certificate_is_no_longer_good_at_once(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_approved(b);
	struct issued i = bench_issued();
	struct certificate c;
	const struct ledger_point seen = {2, "bb"};
	struct ledger_seen known;
	struct span ocsp;
	int64_t next;

	assert_int_equal(journey_confirm(F, r.id, true, &r), OK);
	assert_int_equal(decide_issued(F, r.id, &i, &c), OK);
	assert_int_equal(ledger_seen_load(b->f.store, &b->a, &known), OK);
	assert_true(known.entries == 1);
	assert_int_equal(ocsp_load(b->f.store, &b->a, c.issuer, c.serial,
			     &ocsp, &next),
	    OK);
	assert_int_equal(decide_revoked(F, c.id, SPAN("r", 1), 1, &seen),
	    ERR_WRONG_STATE);
	assert_int_equal(decide_revoke(F, &bench_member, c.id, 6, &c),
	    ERR_INVALID);
	assert_int_equal(decide_revoke(F, &bench_member, c.id, 1, &c), OK);
	assert_int_equal(ocsp_load(b->f.store, &b->a, c.issuer, c.serial,
			     &ocsp, &next),
	    ERR_NOT_FOUND);
	assert_int_equal(decide_revoke(F, &bench_member, c.id, 1, &c),
	    ERR_WRONG_STATE);
	assert_int_equal(bench_mails(b, r.id, "revoked"), 1);
	assert_int_equal(decide_revoked(F, c.id, SPAN("r", 1), 1, &seen), OK);
	assert_int_equal(ledger_seen_load(b->f.store, &b->a, &known), OK);
	assert_true(known.entries == 2);
	assert_string_equal(known.head, "bb");
	assert_true(bench_has_job(b, "revoke", c.id));
	assert_true(bench_has_job(b, "crl", "issuing-lcp"));
}

static void
an_order_is_the_same_each_time_and_names_its_evidence(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_approved(b);
	struct digest d[2], e[2];
	char serial[2][64];

	for (int i = 0; i < 2; i++)
		assert_int_equal(decide_order_digests(F, &r, serial[i], 64,
				     &d[i], &e[i]),
		    OK);
	assert_string_equal(serial[0], serial[1]);
	assert_memory_equal(&d[0], &d[1], sizeof(d[0]));
	assert_memory_equal(&e[0], &e[1], sizeof(e[0]));
	r.surname = "Other";
	assert_int_equal(decide_order_digests(F, &r, serial[1], 64, &d[1],
			     &e[1]),
	    OK);
	assert_memory_not_equal(&d[0], &d[1], sizeof(d[0]));
	assert_int_equal(decide_order_digests(F, &r, serial[1], 8, &d[1],
			     &e[1]),
	    ERR_INTERNAL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    BENCH(contested_data_go_back_to_a_person),
	    BENCH(confirmed_data_become_a_certificate_once),
	    BENCH(what_is_approved_waits_a_week_and_what_is_confirmed_longer),
	    BENCH(a_revoked_certificate_is_no_longer_good_at_once),
	    BENCH(an_order_is_the_same_each_time_and_names_its_evidence),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
