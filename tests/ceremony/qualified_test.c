/*
 * Qualified certificates: what the signer demands of an approval, and each
 * way around it refused: a stolen session, a changed row, another's key.
 */
#include "qualified.h"

#include "base/clock.h"
#include "pki/certificate.h"
#include "pki/tbs.h"
#include "signer/ledger_print.h"
#include "signer/pins.h"
#include "signer/setup.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <sys/stat.h>

#define passphrases instance_passphrases

static const char *
signer_dir(void)
{
	return conf_text(here.conf, CONF_signer_dir);
}

static void
remove_operator(const char *id)
{
	AUTO(operators_clear) struct operators o;
	AUTO(secret_clear) struct secret key = {0};
	struct custodians c;

	must(custodians_load(signer_dir(), &c));
	must(custodians_unlock(&c, passphrases, &key));
	must(operators_load(signer_dir(), &c, &o));
	assert_int_equal(operators_remove(&o, id), 1);
	must(operators_save(signer_dir(), &o, &key));
}

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
	must(issue(&good, &result)); /* none of it left a trace */
}

static void
the_approval_of_another_registration_is_refused(void **state)
{
	struct order approved, o;

	(void)state;
	order_of(6, "qcp_n", &approved);
	approve(&approved, ONE, &one);
	order_of(7, "qcp_n", &o);
	o.evidence = approved.evidence;
	memcpy(o.person_serial, approved.person_serial,
	    sizeof(o.person_serial));
	o.approval_count = 1;
	o.approvals[0] = approved.approvals[0];
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

static void
a_removed_operator_approves_no_more(void **state)
{
	struct order o;

	(void)state;
	order_of(10, "qcp_n", &o);
	approve(&o, GONE, &gone);
	must(issue(&o, &result));
	order_of(11, "qcp_n", &o);
	approve(&o, GONE, &gone);
	instance_shell(&here, "cp signer/operators before");
	remove_operator(GONE); /* while the signer runs */
	expect_denied(&o);
	/* the list of before, put back, is signed and still refused */
	instance_shell(&here, "cp signer/operators now; "
			      "cp before signer/operators");
	assert_int_equal(issue(&o, &result), ERR_CONFLICT);
	instance_shell(&here, "cp now signer/operators");
	expect_denied(&o);
}

static void
a_list_that_the_custodians_did_not_sign_is_refused(void **state)
{
	struct order o;

	(void)state;
	order_of(12, "qcp_n", &o);
	approve(&o, ONE, &one);
	instance_shell(&here, "cp signer/operators now; sed -i "
			      "'s/^number .*/number 90/' signer/operators");
	expect_denied(&o);
	instance_shell(&here, "rm signer/operators");
	assert_int_equal(issue(&o, &result), ERR_UNAVAILABLE);
	instance_shell(&here, "cp now signer/operators; chmod 644 "
			      "signer/operators");
	expect_denied(&o); /* others may read it: not ours */
	instance_shell(&here, "chmod 600 signer/operators");
	must(issue(&o, &result));
}

static void
other_custodians_than_the_first_are_refused(void **state)
{
	static const char *const names[2] = {"Carl", "Dora"};
	struct custodians c;
	struct order o;

	(void)state;
	order_of(13, "qcp_n", &o);
	approve(&o, ONE, &one);
	assert_int_equal(custodians_make(signer_dir(), names, passphrases, &c),
	    ERR_CONFLICT);
	instance_shell(&here, "mkdir -p kept; mv signer/custodians "
			      "signer/operators kept");
	must(custodians_make(signer_dir(), names, passphrases, &c));
	instance_enrol(&here, ONE, &one);
	assert_int_equal(issue(&o, &result), ERR_CONFLICT);
	instance_shell(&here, "mv kept/custodians kept/operators signer");
	must(issue(&o, &result));
}

static void
custodians_to_whom_the_first_handed_over_are_believed(void **state)
{
	static const char *const names[2] = {"Carl", "Dora"};
	const struct span other[2] = {span_of_text("a third passphrase"),
	    span_of_text("a fourth passphrase")};
	AUTO(operators_clear) struct operators list;
	AUTO(secret_clear) struct secret key = {0};
	AUTO(secret_clear) struct secret next = {0};
	struct custodians c, followed;
	struct order o;

	(void)state;
	order_of(15, "qcp_n", &o);
	approve(&o, ONE, &one);
	must(custodians_load(signer_dir(), &c));
	must(operators_load(signer_dir(), &c, &list));
	must(custodians_unlock(&c, passphrases, &key));
	must(custodians_replace(
	    signer_dir(), &c, &key, names, other, &followed));
	must(custodians_unlock(&followed, other, &next));
	must(operators_save(signer_dir(), &list, &next));
	must(issue(&o, &result));
	/* and back, or the other tests have the wrong passphrases */
	must(custodians_replace(
	    signer_dir(), &followed, &next, names, passphrases, &c));
	secret_clear(&key);
	must(custodians_unlock(&c, passphrases, &key));
	must(operators_save(signer_dir(), &list, &key));
	order_of(16, "qcp_n", &o);
	approve(&o, ONE, &one);
	must(issue(&o, &result));
}

/* Twice while the signer sees nothing of it: it finds its own in the chain. */
static void
custodians_may_change_twice_while_the_signer_is_away(void **state)
{
	static const char *const names[2] = {"Carl", "Dora"};
	static const char *const more[2] = {"Emil", "Frida"};
	const struct span other[2] = {span_of_text("a third passphrase"),
	    span_of_text("a fourth passphrase")};
	const struct span last[2] = {span_of_text("the fifth passphrase"),
	    span_of_text("the sixth passphrase")};
	AUTO(operators_clear) struct operators list;
	AUTO(secret_clear) struct secret key = {0};
	AUTO(secret_clear) struct secret next = {0};
	AUTO(secret_clear) struct secret third = {0};
	struct custodians c, second, followed, forged;
	struct order o;

	(void)state;
	order_of(17, "qcp_n", &o);
	approve(&o, ONE, &one);
	must(custodians_load(signer_dir(), &c));
	must(operators_load(signer_dir(), &c, &list));
	must(custodians_unlock(&c, passphrases, &key));
	must(custodians_replace(signer_dir(), &c, &key, names, other, &second));
	must(custodians_unlock(&second, other, &next));
	must(custodians_replace(
	    signer_dir(), &second, &next, more, last, &followed));
	must(custodians_unlock(&followed, last, &third));
	must(operators_save(signer_dir(), &list, &third));
	assert_int_equal(followed.succeeded, c.succeeded + 2);
	/* a chain with somebody else's signature in it is none */
	forged = followed;
	forged.before[1].signature[0] ^= 1;
	struct custodians before;
	must(custodians_predecessor(&forged, 0, &before));
	assert_int_equal(custodians_predecessor(&forged, 1, &before),
	    ERR_DENIED);
	must(issue(&o, &result));
	must(custodians_replace(
	    signer_dir(), &followed, &third, names, passphrases, &c));
	secret_clear(&key);
	must(custodians_unlock(&c, passphrases, &key));
	must(operators_save(signer_dir(), &list, &key));
	order_of(18, "qcp_n", &o);
	approve(&o, ONE, &one);
	must(issue(&o, &result));
}

static void
one_custodian_signs_nothing(void **state)
{
	AUTO(secret_clear) struct secret key = {0};
	const struct span wrong[2] = {passphrases[0], passphrases[0]};
	struct custodians c;

	(void)state;
	must(custodians_load(signer_dir(), &c));
	assert_int_equal(custodians_unlock(&c, wrong, &key), ERR_DENIED);
	assert_non_null(strstr(err_explanation(), "passphrase of Dora"));
}

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
	must(ledger_look(signer_dir(), find_approved, &found, &all));
	assert_int_equal(found, 1);
	assert_true(all.entries > 20);
	assert_false(all.unfinished);
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
	instance_shell(&here, "mv ca/issuing-q.cer ca/ocsp-q.cer "
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
	    cmocka_unit_test(a_removed_operator_approves_no_more),
	    cmocka_unit_test(
		a_list_that_the_custodians_did_not_sign_is_refused),
	    cmocka_unit_test(other_custodians_than_the_first_are_refused),
	    cmocka_unit_test(
		custodians_to_whom_the_first_handed_over_are_believed),
	    cmocka_unit_test(
		custodians_may_change_twice_while_the_signer_is_away),
	    cmocka_unit_test(one_custodian_signs_nothing),
	    cmocka_unit_test(a_key_of_the_device_is_made_there_after_a_pin),
	    cmocka_unit_test(five_wrong_pins_block_it_for_good),
	    cmocka_unit_test(who_knows_the_pin_changes_it),
	    cmocka_unit_test(the_ledger_alone_does_not_tell_a_pin),
	    cmocka_unit_test(the_intent_tells_who_approved),
	    cmocka_unit_test(a_key_of_an_order_given_up_goes),
	    cmocka_unit_test(an_older_instance_gets_q_later),
	};

	return cmocka_run_group_tests_name(
	    "qualified", tests, qualified_set_up, qualified_tear_down);
}
