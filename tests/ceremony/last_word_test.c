/*
 * The last list of an authority and its last answers, which have no end: when
 * they may be given, and of what.
 */
#include "plain.h"

#include "base/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

/* Before the clock is set ahead: what the ledger heard then, it does not go
 * back behind. */
static int
issue_first(void **state)
{
	static struct status_result revoked;
	static struct issue_result r;

	if (plain_set_up(state) != 0)
		return -1;
	issue_number(44, &r);
	struct status_order o = status_of(&r, clock_now(), 1);
	must(signer_revoke(&signer, &o, &revoked));
	issue_number(31, &r);
	write_leaf(&r, SPAN(r.ocsp, r.ocsp_size));
	return 0;
}

/* B-19: neither before the authority's last day, nor while a certificate of
 * it is in force. */
static void
the_last_list_of_an_authority_has_no_end(void **state)
{
	int64_t end = ISSUING_L.not_after;

	(void)state;
	clock_set(end - 2 * DAY);
	must(publish(NULL, 0, list_number + 1));
	expect_shell(0, "",
	    "openssl crl -in issuing-l.crl.pem -noout -nextupdate >ends; "
	    "! grep -q 9999 ends");
	clock_set(end - 20 * HOUR);
	must(publish(NULL, 0, list_number + 1));
	clock_set(0);
	expect_shell(0, "",
	    "openssl asn1parse -inform der -in issuing-l.crl | grep "
	    "'GENERALIZEDTIME *:99991231235959Z' >ends && openssl crl -in "
	    "issuing-l.crl.pem -CAfile both.pem -noout");
}

static int64_t
end_of_answer(const struct issue_result *r, int64_t revoked_at, int64_t at)
{
	static struct status_result answer;
	struct status_order o = status_of(r, revoked_at, revoked_at ? 1 : 0);

	clock_set(at);
	if (revoked_at)
		must(signer_revoke(&signer, &o, &answer));
	else
		must(signer_answer(&signer, &o, &answer));
	clock_set(0);
	return answer.ocsp_next_update;
}

/* B-32: on an authority's last day, of what can change no more. */
static void
the_last_answers_of_an_authority_have_no_end(void **state)
{
	static struct issue_result holds, revoked;
	int64_t end = ISSUING_L.not_after, at = 1;

	(void)state;
	issue_number(31, &holds);
	issue_number(44, &revoked); /* before */
	assert_true(end_of_answer(&holds, 0, end - 2 * DAY) <= end);
	assert_true(
	    end_of_answer(&holds, 0, end - 20 * HOUR) == CLOCK_FOREVER);
	assert_true(
	    end_of_answer(&revoked, at, end - 20 * HOUR) == CLOCK_FOREVER);
	assert_true(end_of_answer(&revoked, at, end - 2 * DAY) <= end);
}

/* It may be revoked in its last hour, and an answer after that can be had. */
static void
what_ends_before_its_authority_gets_no_last_answer_while_it_holds(
    void **state)
{
	static struct issue_result r;
	int64_t before = ISSUING_L.not_after;

	(void)state;
	issue_number(31, &r);
	ISSUING_L.not_after = r.not_after + 5 * HOUR;
	assert_true(end_of_answer(&r, 0, r.not_after - 30 * MINUTE) !=
		    CLOCK_FOREVER);
	assert_true(end_of_answer(&r, 0, r.not_after) == CLOCK_FOREVER);
	ISSUING_L.not_after = before;
}

/* One that ends with its authority may be revoked until then. */
static void
what_is_in_force_gets_no_last_answer_before_its_last_hour(void **state)
{
	static struct issue_result r;
	int64_t before = ISSUING_L.not_after;

	(void)state;
	issue_number(31, &r);
	ISSUING_L.not_after = r.not_after;
	assert_true(
	    end_of_answer(&r, 0, r.not_after - 2 * HOUR) != CLOCK_FOREVER);
	assert_true(
	    end_of_answer(&r, 0, r.not_after - HOUR) == CLOCK_FOREVER);
	ISSUING_L.not_after = before;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_last_list_of_an_authority_has_no_end),
	    cmocka_unit_test(the_last_answers_of_an_authority_have_no_end),
	    cmocka_unit_test(
		what_ends_before_its_authority_gets_no_last_answer_while_it_holds),
	    cmocka_unit_test(
		what_is_in_force_gets_no_last_answer_before_its_last_hour),
	};

	return cmocka_run_group_tests_name(
	    "last words", tests, issue_first, plain_tear_down);
}
