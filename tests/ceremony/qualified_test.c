/*
 * Qualified certificates: what the signer demands of an approval, and each
 * way around it refused: a stolen session, a changed row, another's key.
 */
#include "qualified.h"

#include "base/clock.h"
#include "pki/tbs.h"
#include "signer/ledger_print.h"
#include "signer/setup.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static void
the_relying_party_is_our_address(void **state)
{
	(void)state;
	assert_string_equal(signer.relying_party.id, "ra.example.com");
	assert_string_equal(
	    signer.relying_party.origin, "https://ra.example.com");
}

static void
an_approved_order_gets_a_certificate_of_q(void **state)
{
	static struct issue_result again;
	struct order o;

	(void)state;
	order_of(1, "qcp_n", &o);
	approve(&o, ONE, &one);
	must(issue(&o, &result));
	assert_string_equal(result.issuer, "issuing-q");
	assert_true(result.key_blob_size > 0);
	assert_string_equal(result.key_label, "");
	judge("0.4.0.194112.1.0");
	must(issue(&o, &again)); /* its answer was lost: the same one */
	assert_memory_equal(result.serial, again.serial, SERIAL_SIZE);
}

static void
one_of_l_and_one_of_q_are_answered_by_their_own(void **state)
{
	static struct status_result answer;
	struct status_order q = {.issuer = "issuing-q",
	    .serial_size = SERIAL_SIZE};
	struct order o;

	(void)state;
	order_of(1, "qcp_n", &o);
	approve(&o, ONE, &one);
	must(issue(&o, &result));
	memcpy(q.serial, result.serial, SERIAL_SIZE);
	must(signer_answer(&signer, &q, &answer));
	memcpy(q.issuer, "issuing-l", 10);
	assert_int_equal(signer_answer(&signer, &q, &answer), ERR_NOT_FOUND);
}

static void
two_operators_approve_when_two_are_needed(void **state)
{
	struct order o;

	(void)state;
	order_of(2, "qcp_n", &o);
	o.needed = 2;
	approve(&o, ONE, &one);
	expect_denied(&o); /* one of two */
	approve(&o, TWO, &two);
	must(issue(&o, &result));
}

/* A sample: one was needed, a second looked as well. */
static void
a_second_approval_that_was_not_needed_must_hold_too(void **state)
{
	struct order good, o;

	(void)state;
	order_of(14, "qcp_n", &good);
	approve(&good, ONE, &one);
	o = good;
	approve(&o, TWO, &stranger);
	expect_denied(&o);
	approve(&good, TWO, &two);
	must(issue(&good, &result));
}

static void
one_operator_is_not_two(void **state)
{
	struct order o;

	(void)state;
	order_of(3, "qcp_n", &o);
	o.needed = 2;
	approve(&o, ONE, &one);
	approve(&o, ONE, &one);
	expect_denied(&o);
	o.approval_count = 1;
	approve(&o, TWO, &one); /* under another's name */
	expect_denied(&o);
}

static void
fewer_operators_than_was_signed_are_refused(void **state)
{
	struct order o;

	(void)state;
	order_of(4, "qcp_n", &o);
	o.needed = 2;
	approve(&o, ONE, &one);
	o.needed = 1; /* the row was changed */
	expect_denied(&o);
	o.needed = 0;
	expect_denied(&o);
	o.approval_count = 0;
	expect_denied(&o);
}

/* Each field of the order that was approved. */
static void
a_changed_row_is_refused(void **state)
{
	struct order good, o;

	(void)state;
	order_of(5, "qcp_n", &good);
	approve(&good, ONE, &one);
	o = good;
	o.surname[0] = 'X';
	expect_denied(&o);
	o = good;
	o.given_names[0] = 'X';
	expect_denied(&o);
	o = good;
	o.common_name[0] = 'X';
	expect_denied(&o);
	o = good;
	memcpy(o.country, "BE", 3);
	expect_denied(&o);
	o = good;
	o.person_serial[0] = 'X';
	expect_denied(&o);
	o = good;
	o.evidence.bytes[0] ^= 1;
	expect_denied(&o);
	o = good;
	o.made_at++;
	expect_denied(&o);
	o = good;
	memcpy(o.level, "qcpnqscd", 9);
	memcpy(o.profile, "qcp_n_qscd", 11);
	expect_denied(&o);
	o = good; /* one without the other is none of ours */
	memcpy(o.level, "qcpnqscd", 9);
	assert_int_not_equal(issue(&o, &result), OK);
	o = good;
	memcpy(o.profile, "qcp_n_qscd", 11);
	assert_int_not_equal(issue(&o, &result), OK);
	must(issue(&good, &result)); /* none of it left a trace */
}

static void
the_approval_of_another_registration_is_refused(void **state)
{
	struct order approved, other, o;

	(void)state;
	order_of(6, "qcp_n", &approved);
	approve(&approved, ONE, &one);
	order_of(7, "qcp_n", &other);
	o = approved; /* all else is the same */
	memcpy(o.registration, other.registration, sizeof(o.registration));
	expect_denied(&o);
}

static void
a_stolen_session_has_no_passkey(void **state)
{
	struct order o;

	(void)state;
	order_of(8, "qcp_n", &o);
	approve(&o, ONE, &stranger); /* not enrolled */
	expect_denied(&o);
	order_of(8, "qcp_n", &o);
	memcpy(stranger.credential_id, one.credential_id,
	    sizeof(one.credential_id));
	approve(&o, ONE, &stranger); /* under an enrolled id */
	expect_denied(&o);
	order_of(8, "qcp_n", &o);
	one.flags = 0x01; /* touched, but by whom? */
	approve(&o, ONE, &one);
	one.flags = 0x05;
	expect_denied(&o);
}

static void
an_approval_given_on_another_page_is_refused(void **state)
{
	struct relying_party evil = signer.relying_party;
	struct order o;

	(void)state;
	snprintf(evil.origin, sizeof(evil.origin), "https://evil.example");
	order_of(9, "qcp_n", &o);
	instance_approve(&o, ONE, &one, &evil);
	expect_denied(&o);
	evil = signer.relying_party;
	snprintf(evil.id, sizeof(evil.id), "example.com");
	order_of(9, "qcp_n", &o);
	instance_approve(&o, ONE, &one, &evil);
	expect_denied(&o);
}

static enum err
find_approved(void *data, const struct ledger_entry *e)
{
	AUTO(buf_clear) struct buf line;
	unsigned *found = data;

	buf_init(&line, 65536);
	must(ledger_print(e, &line));
	const char *text = buf_text(&line);
	if (strstr(text, " not readable"))
		fail_msg("%s", text);
	*found += strstr(text, " approved registration=reg_0") &&
	    strstr(text, "002 profile=qcp_n ") &&
	    strstr(text, " approvals=2 operator=" ONE " credential=") &&
	    strstr(text, " operator=" TWO " credential=");
	return OK;
}

static void
the_intent_tells_who_approved(void **state)
{
	struct ledger_extent all;
	unsigned found = 0;

	(void)state;
	must(ledger_look(conf_text(here.conf, CONF_signer_dir), find_approved,
	    &found, &all));
	assert_int_equal(found, 1);
	assert_true(all.entries > 10);
	assert_false(all.unfinished);
}

/* From before there were two: everything of Q is taken away. */
static void
an_older_instance_gets_q_later(void **state)
{
	AUTO(buf_clear) struct buf record;
	struct order o;
	bool done;

	(void)state;
	order_of(40, "qcp_n", &o);
	approve(&o, ONE, &one);
	signer_close(&signer);
	instance_shell(&here, "mkdir -p kept; mv ca/issuing-q.cer ca/ocsp-q.cer "
			      "ca/issuing-q.crl kept; cp ca/root.cer kept");
	open_signer();
	assert_int_equal(issue(&o, &result), ERR_UNAVAILABLE);
	instance_order(41, &o);
	must(issue(&o, &result)); /* LCP goes on */
	signer_close(&signer);
	buf_init(&record, 65536);
	must(setup_run(here.conf, &done, &record));
	assert_true(done);
	assert_non_null(strstr(buf_text(&record), "issuing-q.cer"));
	assert_null(strstr(buf_text(&record), "root.cer"));
	assert_int_equal(
	    instance_shell(&here, "cmp ca/root.cer kept/root.cer"), 0);
	open_signer();
	order_of(40, "qcp_n", &o);
	approve(&o, ONE, &one);
	must(issue(&o, &result));
	judge("0.4.0.194112.1.0");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_relying_party_is_our_address),
	    cmocka_unit_test(an_approved_order_gets_a_certificate_of_q),
	    cmocka_unit_test(one_of_l_and_one_of_q_are_answered_by_their_own),
	    cmocka_unit_test(two_operators_approve_when_two_are_needed),
	    cmocka_unit_test(
		a_second_approval_that_was_not_needed_must_hold_too),
	    cmocka_unit_test(one_operator_is_not_two),
	    cmocka_unit_test(fewer_operators_than_was_signed_are_refused),
	    cmocka_unit_test(a_changed_row_is_refused),
	    cmocka_unit_test(the_approval_of_another_registration_is_refused),
	    cmocka_unit_test(a_stolen_session_has_no_passkey),
	    cmocka_unit_test(an_approval_given_on_another_page_is_refused),
	    cmocka_unit_test(the_intent_tells_who_approved),
	    cmocka_unit_test(an_older_instance_gets_q_later),
	};

	return cmocka_run_group_tests_name(
	    "qualified", tests, qualified_set_up, qualified_tear_down);
}
