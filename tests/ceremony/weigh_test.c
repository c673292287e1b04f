/*
 * Until when an approval counts and how many it takes: the signer's own rules,
 * whatever operators signed.
 */
#include "qualified.h"

#include "base/clock.h"
#include "signer/approve.h"
#include "signer/weigh.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static void
expect_void(const struct order *o)
{
	assert_int_equal(issue(o, &result), ERR_APPROVAL_VOID);
}

static void
an_approval_counts_in_its_time_only(void **state)
{
	struct order o;

	(void)state;
	order_of(50, "qcp_n", &o);
	o.made_at = clock_now() - 21 * DAY - MINUTE;
	approve(&o, ONE, &one);
	expect_void(&o); /* signer.approval_days */
	o.made_at = clock_now(); /* another time than was signed */
	expect_denied(&o);
	order_of(50, "qcp_n", &o);
	o.made_at = clock_now() + HOUR;
	approve(&o, ONE, &one);
	expect_denied(&o); /* from the future */
	order_of(50, "qcp_n", &o);
	o.made_at = clock_now() - 21 * DAY + HOUR;
	approve(&o, ONE, &one);
	must(issue(&o, &result));
}

static void
the_approval_of_another_attempt_is_refused(void **state)
{
	struct order o;

	(void)state;
	order_of(51, "qcp_n", &o);
	approve(&o, ONE, &one);
	o.attempt = 2;
	expect_denied(&o);
}

/* As both custodians would, on that day. */
static void
renew(const char *id, int64_t at)
{
	const char *dir = conf_text(here.conf, CONF_signer_dir);
	AUTO(operators_clear) struct operators o;
	AUTO(secret_clear) struct secret key = {0};
	struct custodians c;

	must(custodians_load(dir, &c));
	must(custodians_unlock(&c, instance_passphrases, &key));
	must(operators_load(dir, &c, &o));
	assert_int_equal(operators_renew(&o, id, (uint64_t)at), 1);
	must(operators_save(dir, &o, &key));
}

/* Whatever day of training the database says. */
static void
an_operator_is_believed_for_a_year(void **state)
{
	struct order o;

	(void)state;
	order_of(49, "qcp_n", &o);
	approve(&o, ONE, &one);
	renew(ONE, o.made_at - 365 * DAY - 1);
	expect_denied(&o);
	assert_non_null(strstr(err_explanation(), "enrolled more than"));
	renew(ONE, o.made_at - 365 * DAY);
	must(issue(&o, &result));
	renew(ONE, clock_now());
}

static struct withdrawn_mark mark; /* of the last withdrawal */

static enum err
withdraw(const char *registration, int64_t until)
{
	struct withdrawal w = {.until = until};

	snprintf(w.registration, sizeof(w.registration), "%s", registration);
	return weigh_withdraw(&signer, &w, &mark);
}

static void
with_mark(struct order *o)
{
	memcpy(o->withdrawal, mark.bytes, sizeof(mark.bytes));
	o->withdrawal_size = sizeof(mark.bytes);
}

/* Whoever has taken the pages over has operators sign of a time to come. */
static void
what_was_dated_ahead_does_not_outlive_a_withdrawal(void **state)
{
	struct order ahead, o;
	int64_t now = clock_now();

	(void)state;
	order_of(157, "qcp_n", &ahead);
	ahead.made_at = now + 2 * DAY;
	approve(&ahead, ONE, &one);
	expect_denied(&ahead);
	assert_non_null(strstr(err_explanation(), "from the future"));
	must(withdraw(ahead.registration, now));
	clock_set(now + 3 * DAY); /* its time has come */
	expect_void(&ahead);
	o = ahead; /* with the mark that nobody had signed */
	with_mark(&o);
	expect_denied(&o);
	o = ahead; /* and with one that was guessed */
	o.withdrawal_size = sizeof(o.withdrawal);
	expect_void(&o);
	signer_close(&signer);
	open_signer();
	expect_void(&ahead);
	/* dated ahead again, after a withdrawal and before the next */
	o = ahead;
	o.approval_count = 0;
	o.made_at = now + 5 * DAY;
	with_mark(&o);
	approve(&o, ONE, &one);
	must(withdraw(o.registration, now + 3 * DAY));
	clock_set(now + 6 * DAY);
	expect_void(&o);
	o.approval_count = 0;
	o.made_at = now + 6 * DAY;
	with_mark(&o);
	approve(&o, ONE, &one);
	must(issue(&o, &result));
	clock_set(0);
}

static void
a_withdrawn_approval_is_refused_for_ever(void **state)
{
	struct order o, kept;

	(void)state;
	order_of(52, "qcp_n", &o);
	approve(&o, ONE, &one);
	kept = o; /* by whoever takes the clerk over later */
	must(withdraw(o.registration, o.made_at));
	expect_void(&o);
	must(withdraw(o.registration, o.made_at - HOUR)); /* changes nothing */
	expect_void(&o);
	signer_close(&signer);
	open_signer(); /* it stands in the ledger */
	expect_void(&o);
	order_of(52, "qcp_n", &o);
	o.made_at = kept.made_at + 1; /* looked at again, by one who knows */
	with_mark(&o);
	approve(&o, ONE, &one);
	must(issue(&o, &result));
	/* another registration's is not touched by it */
	order_of(53, "qcp_n", &o);
	o.made_at = kept.made_at;
	approve(&o, ONE, &one);
	must(issue(&o, &result));
}

static void
nothing_is_withdrawn_ahead_of_time(void **state)
{
	struct order o;

	(void)state;
	order_of(54, "qcp_n", &o);
	assert_int_equal(
	    withdraw(o.registration, clock_now() + HOUR), ERR_INVALID);
	assert_int_equal(withdraw(o.registration, 0), ERR_INVALID);
	assert_int_equal(withdraw("crt_x", clock_now()), ERR_INVALID);
	approve(&o, ONE, &one);
	must(issue(&o, &result));
}

static void
open_with(const char *setting)
{
	instance_shell(&here, "sed -i '/^second_percent/d;/^operators = /d;"
			      "s/^.signer.$/&\\n%s/' paraph.conf",
	    setting);
	signer_close(&signer);
	instance_again(&here);
	open_signer();
}

static uint32_t
weigh(unsigned number, const char *surname)
{
	struct order o = {.given_names = "Anna", .country = "FR"};
	uint32_t operators;

	snprintf(o.registration, sizeof(o.registration), "reg_%026u", number);
	snprintf(o.surname, sizeof(o.surname), "%s", surname);
	must(weigh_operators(&signer, &o, &operators));
	return operators;
}

static void
who_is_drawn_needs_two_whatever_was_signed(void **state)
{
	struct order o, lcp;

	(void)state;
	open_with("second_percent = 100");
	order_of(55, "qcp_n", &o);
	approve(&o, ONE, &one);
	assert_int_equal(issue(&o, &result), ERR_SECOND_NEEDED);
	assert_true(records_standing(signer.records, o.registration).drawn);
	instance_order(56, &lcp);
	must(issue(&lcp, &result)); /* LCP needs nobody */
	approve(&o, TWO, &two);
	must(issue(&o, &result));
	open_with("second_percent = 0");
}

static void
two_operators_may_be_the_rule(void **state)
{
	struct order o;

	(void)state;
	open_with("second_percent = 0\\noperators = 2");
	order_of(57, "qcp_n", &o);
	approve(&o, ONE, &one);
	assert_int_equal(issue(&o, &result), ERR_SECOND_NEEDED);
	assert_int_equal(weigh(58, "Any"), 2);
	approve(&o, TWO, &two);
	must(issue(&o, &result));
	open_with("second_percent = 0");
	assert_int_equal(weigh(58, "Any"), 1);
}

/* Whatever operators signed: the clerk says what was judged. */
static void
a_failed_check_takes_two(void **state)
{
	uint32_t operators;
	struct order o;

	(void)state;
	order_of(61, "qcp_n", &o);
	o.doubted = true;
	approve(&o, ONE, &one);
	must(approve_weigh(&signer, &o, &operators));
	assert_int_equal(operators, 2);
	assert_int_equal(issue(&o, &result), ERR_SECOND_NEEDED);
	assert_false(records_standing(signer.records, o.registration).drawn);
	approve(&o, TWO, &two);
	must(issue(&o, &result));
}

static void
set_qualified(const char *word)
{
	instance_shell(&here, "sed -i '/^.trust.$/d;/^qualified = /d' "
			      "paraph.conf; printf '[trust]\nqualified = "
			      "%s\n' >>paraph.conf",
	    word);
	signer_close(&signer);
	instance_again(&here);
	open_signer();
}

/* Not by two either, where a qualified certificate is one by law. */
static void
a_failed_check_is_nobodys_to_approve_under_qualified(void **state)
{
	uint32_t operators;
	struct order o;

	(void)state;
	set_qualified("yes");
	order_of(62, "qcp_n", &o);
	approve(&o, ONE, &one);
	o.faces_differ = true;
	assert_int_equal(
	    approve_weigh(&signer, &o, &operators), ERR_CHECK_FAILED);
	approve(&o, TWO, &two);
	assert_int_equal(issue(&o, &result), ERR_CHECK_FAILED);
	o.faces_differ = false;
	o.doubted = true;
	assert_int_equal(issue(&o, &result), ERR_CHECK_FAILED);
	o.doubted = false;
	must(issue(&o, &result));
	set_qualified("no");
}

static void
an_approval_that_does_not_hold_draws_nothing(void **state)
{
	struct order o;

	(void)state;
	open_with("second_percent = 100");
	order_of(59, "qcp_n", &o);
	approve(&o, ONE, &stranger);
	expect_denied(&o);
	assert_false(records_standing(signer.records, o.registration).drawn);
	open_with("second_percent = 0");
}

static uint64_t
entries(void)
{
	struct records_summary sum;

	records_summary(signer.records, &sum);
	return sum.entries;
}

/* Or whoever has the clerk would learn who is drawn, and fill the ledger. */
static void
only_a_signature_is_weighed(void **state)
{
	uint64_t before;
	uint32_t operators;
	struct order good, o;

	(void)state;
	open_with("second_percent = 100");
	order_of(60, "qcp_n", &good);
	before = entries();
	assert_int_equal(
	    approve_weigh(&signer, &good, &operators), ERR_INVALID);
	o = good;
	approve(&o, ONE, &stranger);
	assert_int_equal(approve_weigh(&signer, &o, &operators), ERR_DENIED);
	approve(&good, ONE, &one);
	o = good;
	o.surname[0] = 'X'; /* another person's name */
	assert_int_equal(approve_weigh(&signer, &o, &operators), ERR_DENIED);
	o = good;
	memcpy(o.profile, "lcp", 4);
	assert_int_equal(approve_weigh(&signer, &o, &operators), ERR_INVALID);
	assert_int_equal(entries(), before); /* nothing of all that */
	must(approve_weigh(&signer, &good, &operators));
	assert_int_equal(operators, 2);
	assert_int_equal(entries(), before + 1);
	must(approve_weigh(&signer, &good, &operators));
	assert_int_equal(entries(), before + 1); /* once */
	must(withdraw(good.registration, good.made_at));
	assert_int_equal(
	    approve_weigh(&signer, &good, &operators), ERR_APPROVAL_VOID);
	open_with("second_percent = 0");
}

static void
a_person_is_drawn_whatever_the_request(void **state)
{
	unsigned drawn = 0;

	(void)state;
	open_with("second_percent = 30");
	for (unsigned i = 0; i < 200; i++) {
		char surname[24];

		snprintf(surname, sizeof(surname), "Pers\u00f6n%u", i);
		uint32_t n = weigh(1000 + i, surname);
		drawn += n == 2;
		assert_int_equal(weigh(2000 + i, surname), n);
		snprintf(surname, sizeof(surname), "Perso\xcc\x88n%u", i);
		assert_int_equal(weigh(4000 + i, surname), n);
	}
	/* 60 of 200, 6.5 standard deviation: five of them either way */
	assert_in_range(drawn, 28, 92);
	open_with("second_percent = 0");
}

static void
another_spelling_of_the_name_does_not_undraw(void **state)
{
	char surname[24];
	unsigned i = 0;

	(void)state;
	open_with("second_percent = 30");
	do
		snprintf(surname, sizeof(surname), "Spelled%u", i++);
	while (weigh(3000 + i, surname) == 1);
	const unsigned drawn = 3000 + i;
	do
		snprintf(surname, sizeof(surname), "Spelled%u", i++);
	while (weigh(3000 + i, surname) == 2);
	assert_int_equal(weigh(drawn, surname), 2);
	signer_close(&signer);
	open_signer();
	assert_int_equal(weigh(drawn, surname), 2);
	open_with("second_percent = 0");
	assert_int_equal(weigh(drawn, surname), 1); /* nobody is drawn here */
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(an_approval_counts_in_its_time_only),
	    cmocka_unit_test(an_operator_is_believed_for_a_year),
	    cmocka_unit_test(the_approval_of_another_attempt_is_refused),
	    cmocka_unit_test(
		what_was_dated_ahead_does_not_outlive_a_withdrawal),
	    cmocka_unit_test(a_withdrawn_approval_is_refused_for_ever),
	    cmocka_unit_test(nothing_is_withdrawn_ahead_of_time),
	    cmocka_unit_test(who_is_drawn_needs_two_whatever_was_signed),
	    cmocka_unit_test(two_operators_may_be_the_rule),
	    cmocka_unit_test(a_failed_check_takes_two),
	    cmocka_unit_test(
		a_failed_check_is_nobodys_to_approve_under_qualified),
	    cmocka_unit_test(an_approval_that_does_not_hold_draws_nothing),
	    cmocka_unit_test(only_a_signature_is_weighed),
	    cmocka_unit_test(a_person_is_drawn_whatever_the_request),
	    cmocka_unit_test(another_spelling_of_the_name_does_not_undraw),
	};

	return cmocka_run_group_tests_name(
	    "weigh", tests, qualified_set_up, qualified_tear_down);
}
