#include "signer/records_parts.h"

#include "base/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>

static char dir[64], path[96];
static struct records *records;
static const struct digest none;
static const struct approved nobody;
static const int64_t now = 1800000000000;

static void
open_it(size_t expected_repairs)
{
	size_t repaired = 0;

	if (records_open(dir, now, &records, &repaired) != OK)
		fail_msg("%s", err_explanation());
	assert_int_equal(repaired, expected_repairs);
}

static void
reopen(size_t expected_repairs)
{
	records_close(records);
	records = NULL;
	open_it(expected_repairs);
}

static int
set_up(void **state)
{
	(void)state;
	snprintf(dir, sizeof(dir), "/tmp/paraph-records-XXXXXX");
	if (!mkdtemp(dir))
		return -1;
	snprintf(path, sizeof(path), "%s/ledger", dir);
	open_it(0);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	records_close(records);
	unlink(path);
	return rmdir(dir);
}

static struct record
intent_of(unsigned number)
{
	struct record r = {.authority = AUTHORITY_issuing_l,
	    .order = {{1}},
	    .serial_size = 16};

	snprintf(r.registration, sizeof(r.registration), "reg_%026u", number);
	snprintf(r.profile, sizeof(r.profile), "lcp");
	snprintf((char *)r.serial, 17, "%016u", number);
	return r;
}

static enum err
intend(unsigned number)
{
	struct record r = intent_of(number);

	return records_intend(records, &r, &none, &none, &nobody, now);
}

static enum err
issue(unsigned number)
{
	static struct issue_result result;
	struct record r = intent_of(number);

	result = (struct issue_result){
	    .serial_size = 16, .certificate_size = 3, .certificate = {1, 2, 3}};
	memcpy(result.registration, r.registration, ID_SIZE);
	memcpy(result.serial, r.serial, 16);
	snprintf(result.issuer, sizeof(result.issuer), "issuing-l");
	return records_issue(records, &result, now);
}

static const struct record *
of(unsigned number)
{
	struct record r = intent_of(number);

	return records_of_registration(records, r.registration);
}

static void
an_intent_without_a_result_becomes_not_issued(void **state)
{
	struct record r = intent_of(1);

	(void)state;
	assert_int_equal(intend(1), OK);
	assert_int_equal(of(1)->state, RECORD_intended);
	reopen(1);
	assert_null(of(1));
	assert_null(records_of_serial(
	    records, AUTHORITY_issuing_l, SPAN(r.serial, 16)));
	reopen(0);
	assert_int_equal(issue(1), ERR_CONFLICT); /* too late */
}

static void
a_registration_may_be_tried_again_after_not_issued(void **state)
{
	struct record again = intent_of(1);

	(void)state;
	assert_int_equal(intend(1), OK);
	reopen(1);
	assert_int_equal(intend(1), ERR_CONFLICT); /* the serial is used up */
	again.serial[0] = 'x';
	assert_int_equal(
	    records_intend(records, &again, &none, &none, &nobody, now), OK);
	assert_int_equal(issue(1), OK);
}

static void
a_result_stays(void **state)
{
	static struct issue_result out;

	(void)state;
	assert_int_equal(intend(1), OK);
	assert_int_equal(issue(1), OK);
	reopen(0);
	assert_int_equal(of(1)->state, RECORD_issued);
	assert_int_equal(records_replay(records, of(1), &out), OK);
	assert_int_equal(out.certificate_size, 3);
	assert_memory_equal(out.certificate, "\1\2\3", 3);
	assert_int_equal(intend(1), ERR_CONFLICT);
	assert_int_equal(issue(1), ERR_CONFLICT);
}

static void
what_is_refused_is_not_written(void **state)
{
	struct record r = intent_of(1);
	struct records_summary before, after;

	(void)state;
	assert_int_equal(intend(1), OK);
	records_summary(records, &before);
	assert_int_equal(intend(1), ERR_CONFLICT);
	assert_int_equal(issue(2), ERR_CONFLICT);
	assert_int_equal(records_give_up(records, "reg_x", now), ERR_CONFLICT);
	assert_int_equal(
	    records_revoke(records, of(1), now, 1, now), ERR_CONFLICT);
	assert_int_equal(
	    records_list(records, AUTHORITY_issuing_l, 0, now), ERR_CONFLICT);
	records_summary(records, &after);
	assert_int_equal(before.entries, after.entries);
	assert_memory_equal(r.registration, of(1)->registration, ID_SIZE);
}

static void
a_revocation_is_found_by_its_serial(void **state)
{
	struct record r = intent_of(2);

	(void)state;
	for (unsigned i = 0; i < 300; i++) {
		assert_int_equal(intend(i), OK);
		assert_int_equal(issue(i), OK);
	}
	assert_int_equal(
	    records_revoke(records, of(2), now - HOUR, 9, now), OK);
	reopen(0);
	const struct record *found =
	    records_of_serial(records, AUTHORITY_issuing_l, SPAN(r.serial, 16));
	assert_true(found->revoked_at == now - HOUR);
	assert_int_equal(found->reason, 9);
	assert_int_equal(
	    records_revoked_count(records, AUTHORITY_issuing_l), 1);
	assert_null(
	    records_of_serial(records, AUTHORITY_root, SPAN(r.serial, 16)));
	assert_null(records_of_serial(
	    records, AUTHORITY_issuing_l, SPAN(r.serial, 15)));
}

static void
the_rate_counts_an_hour_and_survives_a_start(void **state)
{
	(void)state;
	for (unsigned i = 0; i < 10; i++)
		assert_int_equal(intend(i), OK);
	assert_int_equal(records_rate(records, "lcp", now), 10);
	assert_int_equal(records_rate(records, "qcp", now), 0);
	reopen(10);
	assert_int_equal(records_rate(records, "lcp", now + 59 * MINUTE), 10);
	assert_int_equal(records_rate(records, "lcp", now + 60 * MINUTE), 0);
}

static void
an_authority_is_known_by_its_certificate(void **state)
{
	(void)state;
	struct span one = span_of_text("one"), two = span_of_text("two");

	assert_false(records_know_authority(records, AUTHORITY_issuing_l, one));
	assert_int_equal(
	    records_authority(records, AUTHORITY_issuing_l, one, now), OK);
	reopen(0);
	assert_true(records_know_authority(records, AUTHORITY_issuing_l, one));
	assert_false(records_know_authority(records, AUTHORITY_issuing_l, two));
	assert_false(records_know_authority(records, AUTHORITY_root, one));
}

static struct ledger_changes
ask(const struct ledger_mark *held)
{
	static struct ledger_changes c;
	const struct ledger_question q = {
	    .known = *records_mark(records), .held = *held};

	assert_int_equal(records_changes(records, &q, &c), OK);
	assert_false(c.strange);
	return c;
}

static void
shell(const char *verb, const char *from, const char *to)
{
	char command[256];

	snprintf(command, sizeof(command), "%s %s/%s %s/%s", verb, dir, from,
	    dir, to);
	assert_int_equal(system(command), 0);
}

/* Put back alone: the mark of certificates is the same in both. */
static void
a_ledger_that_forgot_no_certificate_is_noticed(void **state)
{
	static const struct ledger_mark nothing;
	struct ledger_mark before, after;

	(void)state;
	assert_int_equal(intend(0), OK);
	assert_int_equal(issue(0), OK);
	for (unsigned i = 1; i < 700; i++) { /* more than a step */
		struct record r = intent_of(i);

		assert_int_equal(intend(i), OK);
		assert_int_equal(
		    records_give_up(records, r.registration, now), OK);
	}
	assert_false(ask(&nothing).forgot);
	before = ask(&nothing).holds;
	shell("cp", "ledger", "older");
	assert_int_equal(
	    records_list(records, AUTHORITY_issuing_l, 1, now), OK);
	assert_false(ask(&before).forgot);
	after = ask(&before).holds;
	assert_false(ask(&after).forgot);

	records_close(records);
	shell("mv", "older", "ledger");
	open_it(0);
	assert_false(ask(&before).forgot);
	assert_true(ask(&after).forgot);
	/* it grows again, and not into what it was */
	for (uint64_t i = 5; i < 8; i++)
		assert_int_equal(records_list(
		    records, AUTHORITY_issuing_l, i, now), OK);
	assert_false(ask(&before).forgot);
	assert_true(ask(&after).forgot);
}

/* The vectors of the reference: key 00 01 .. 0f, message 00 01 02 .. */
static void
the_hash_of_names_is_siphash_2_4(void **state)
{
	static const uint64_t key[2] = {
	    UINT64_C(0x0706050403020100), UINT64_C(0x0f0e0d0c0b0a0908)};
	uint8_t message[15];

	(void)state;
	for (uint8_t i = 0; i < sizeof(message); i++)
		message[i] = i;
	assert_true(records_siphash(key, SPAN(message, 0)) ==
		    UINT64_C(0x726fdb47dd0e0e31));
	assert_true(records_siphash(key, SPAN(message, 15)) ==
		    UINT64_C(0xa129ca6149be45e5));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(an_intent_without_a_result_becomes_not_issued),
	    TEST(a_registration_may_be_tried_again_after_not_issued),
	    TEST(a_result_stays),
	    TEST(what_is_refused_is_not_written),
	    TEST(a_revocation_is_found_by_its_serial),
	    TEST(the_rate_counts_an_hour_and_survives_a_start),
	    TEST(an_authority_is_known_by_its_certificate),
	    TEST(a_ledger_that_forgot_no_certificate_is_noticed),
	    cmocka_unit_test(the_hash_of_names_is_siphash_2_4),
	};

	return cmocka_run_group_tests_name("records", tests, NULL, NULL);
}
