/*
 * QCP-n-qscd: a key that is made in the token after a PIN, and what can be done
 * with the PIN afterwards.
 */
#include "qualified.h"

#include "base/clock.h"
#include "pki/certificate.h"
#include "pki/tbs.h"
#include "signer/pins.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static enum err
set_pin(const char *registration, const char *pin)
{
	struct pin_result r;
	struct pin_order o = {.birth_date = "1990-05-17"};

	snprintf(o.registration, sizeof(o.registration), "%s", registration);
	snprintf(o.pin, sizeof(o.pin), "%s", pin);
	return pins_set(&signer, &o, &r);
}

static enum err
change_pin(const char *registration, const char *old, const char *pin,
    struct pin_result *out)
{
	struct pin_order o = {.birth_date = "1990-05-17"};

	snprintf(o.registration, sizeof(o.registration), "%s", registration);
	snprintf(o.old, sizeof(o.old), "%s", old);
	snprintf(o.pin, sizeof(o.pin), "%s", pin);
	return pins_change(&signer, &o, out);
}

/* Whether it is the one that is set; it stays. */
static struct pin_result
try_pin(const char *registration, const char *pin)
{
	struct pin_result r;

	must(change_pin(registration, pin, "482913", &r));
	return r;
}

static void
with_pin(unsigned number, struct order *o)
{
	order_of(number, "qcp_n_qscd", o);
	approve(o, ONE, &one);
	must(set_pin(o->registration, "482913"));
}

static void
a_key_of_the_device_is_made_there_after_a_pin(void **state)
{
	static struct issue_result again;
	struct token_key key;
	struct certificate c;
	struct order o;

	(void)state;
	order_of(20, "qcp_n_qscd", &o);
	approve(&o, ONE, &one);
	expect_denied(&o); /* no PIN */
	assert_int_equal(set_pin(o.registration, "123456"), ERR_INVALID);
	assert_int_equal(set_pin(o.registration, "170590"), ERR_INVALID);
	must(set_pin(o.registration, "482913"));
	must(issue(&o, &result));
	judge("0.4.0.194112.1.2");
	assert_int_equal(result.key_blob_size, 0);
	assert_string_equal(result.key_label, o.registration);
	must(certificate_parse(
	    SPAN(result.certificate, result.certificate_size), &c));
	must(token_key_find(
	    signer.token, o.registration, KEY_p256, &key)); /* guarded */
	assert_true(span_equal(
	    c.public_key, SPAN(key.public_key, key.public_key_size)));
	must(issue(&o, &again));
	assert_string_equal(again.key_label, o.registration);
	/* the PIN stays with the key */
	assert_int_equal(set_pin(o.registration, "593024"), ERR_CONFLICT);
}

static void
five_wrong_pins_block_it_for_good(void **state)
{
	struct pin_result r;
	struct order o;

	(void)state;
	with_pin(22, &o);
	const char *id = o.registration;
	assert_int_equal(
	    change_pin(id, "482913", "593024", &r), ERR_NOT_FOUND);
	must(issue(&o, &result));
	assert_true(try_pin(id, "482913").right);
	for (int left = 4; left > 2; left--) {
		r = try_pin(id, "482914");
		assert_false(r.right);
		assert_int_equal(r.tries_left, left);
	}
	assert_true(try_pin(id, "482913").right); /* counts from five again */
	for (int left = 4; left >= 2; left--)
		assert_int_equal(try_pin(id, "000000").tries_left, left);
	signer_close(&signer); /* the count is in the ledger */
	open_signer();
	assert_int_equal(try_pin(id, "000000").tries_left, 1);
	assert_int_equal(try_pin(id, "000000").tries_left, 0);
	assert_false(try_pin(id, "482913").right);
	assert_int_equal(try_pin(id, "482913").tries_left, 0);
}

static void
who_knows_the_pin_changes_it(void **state)
{
	struct pin_result r;
	struct order o;

	(void)state;
	with_pin(45, &o);
	must(issue(&o, &result));
	must(change_pin(o.registration, "482914", "593024", &r));
	assert_false(r.right);
	assert_int_equal(r.tries_left, 4);
	assert_true(try_pin(o.registration, "482913").right);
	/* the rules hold, and cost no try */
	assert_int_equal(change_pin(o.registration, "482913", "170590", &r),
	    ERR_INVALID);
	must(change_pin(o.registration, "482913", "593024", &r));
	assert_true(r.right);
	signer_close(&signer);
	open_signer();
	must(change_pin(o.registration, "482913", "604135", &r));
	assert_false(r.right);
	must(change_pin(o.registration, "593024", "604135", &r));
	assert_true(r.right);
	/* of a key that is not there */
	assert_int_equal(change_pin("reg_00000000000000000000000099",
			     "482913", "593024", &r),
	    ERR_NOT_FOUND);
}

static void
the_ledger_alone_does_not_tell_a_pin(void **state)
{
	char a[ID_SIZE], b[ID_SIZE];

	(void)state;
	snprintf(a, sizeof(a), "reg_%026u", 23);
	snprintf(b, sizeof(b), "reg_%026u", 24);
	must(set_pin(a, "482913"));
	must(set_pin(b, "482913"));
	assert_memory_not_equal(
	    records_find_pin(signer.records, a)->verifier.bytes,
	    records_find_pin(signer.records, b)->verifier.bytes, DIGEST_SIZE);
	assert_int_not_equal(
	    instance_shell(&here, "grep -aq 482913 signer/ledger"), 0);
	assert_int_not_equal(
	    instance_shell(&here, "grep -raq 482913 token"), 0);
}

/* As after a crash between key and certificate. */
static void
a_key_of_an_order_given_up_goes(void **state)
{
	AUTO(buf_clear) struct buf public_key;
	const struct digest none = {{0}};
	const struct approved nobody = {.count = 0};
	struct record r = {.authority = AUTHORITY_issuing_q,
	    .serial_size = SERIAL_SIZE};
	struct token_key key;

	(void)state;
	snprintf(r.registration, sizeof(r.registration), "reg_%026u", 30);
	snprintf(r.profile, sizeof(r.profile), "qcp_n_qscd");
	serial_make(r.serial);
	must(records_intend(
	    signer.records, &r, &none, &none, &nobody, clock_now()));
	must(records_sync(signer.records));
	buf_init(&public_key, 256);
	must(token_resident_key(signer.token, r.registration, &public_key));
	must(token_key_find(signer.token, r.registration, KEY_p256, &key));
	signer_close(&signer);
	size_t repaired;
	must(signer_open(here.conf, &signer, &repaired));
	assert_int_equal(repaired, 1);
	assert_int_equal(
	    token_key_find(signer.token, r.registration, KEY_p256, &key),
	    ERR_NOT_FOUND);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_key_of_the_device_is_made_there_after_a_pin),
	    cmocka_unit_test(five_wrong_pins_block_it_for_good),
	    cmocka_unit_test(who_knows_the_pin_changes_it),
	    cmocka_unit_test(the_ledger_alone_does_not_tell_a_pin),
	    cmocka_unit_test(a_key_of_an_order_given_up_goes),
	};

	return cmocka_run_group_tests_name(
	    "device", tests, qualified_set_up, qualified_tear_down);
}
