/*
 * Who has the ledger's file: edits it, cuts it, puts an older one back, writes
 * it whole.
 */
#include "attack.h"

#include "base/clock.h"
#include "pki/certificate.h"
#include "proc/pin.h"
#include "signer/anchor.h"
#include "signer/custodians.h"
#include "signer/pins.h"
#include "signer/place.h"
#include "signer/respond.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

/* An administrator's word, as of paraph ca reconcile. */
static void
accept_ledger(void)
{
	struct records *records;
	struct token *token;
	size_t repaired;

	must(place_open_signer(here.conf, false, &token));
	must(records_open(conf_text(here.conf, CONF_signer_dir), clock_now(),
	    &records, &repaired));
	must(anchor_set(here.conf, token, records));
	records_close(records);
	token_close(token);
}

static void
a_ledger_that_was_edited_is_not_opened(void **state)
{
	(void)state;
	signer_close(&signer);
	instance_shell(&here, "cp signer/ledger whole");
	assert_int_equal(instance_shell(&here,
	    "printf X | dd of=signer/ledger bs=1 seek=400 conv=notrunc"), 0);
	assert_int_equal(try_open(), ERR_CONFLICT);
	/* an entry in the middle is gone */
	instance_shell(&here, "head -c 300 whole >signer/ledger; tail -c +700 "
			      "whole >>signer/ledger");
	assert_int_equal(try_open(), ERR_CONFLICT);
	/* none at all: the authorities are nobody's */
	instance_shell(&here, ": >signer/ledger");
	assert_int_equal(try_open(), ERR_CONFLICT);
	/* a link to another place */
	instance_shell(&here, "rm signer/ledger; ln -s ../whole signer/ledger");
	assert_int_equal(try_open(), ERR_LEDGER);
	instance_shell(&here, "rm signer/ledger; cp whole signer/ledger");
	open_signer();
}

static void
replace_ledger(const char *command)
{
	struct order o;

	instance_shell(&here, "%s", command);
	instance_order(39, &o);
	assert_int_equal(issue(&o, &result), ERR_LEDGER);
	assert_false(records_are_sound(signer.records));
	signer_close(&signer);
	instance_shell(&here, "cp whole signer/ledger");
	open_signer();
}

/* What was written into a file without a name would be gone. */
static void
a_ledger_that_is_replaced_under_the_signer_stops_it(void **state)
{
	(void)state;
	clock_set(clock_now() + 2 * HOUR);
	replace_ledger("cp signer/ledger whole; cp whole x; mv x "
		       "signer/ledger");
	replace_ledger("truncate -s -100 signer/ledger");
	clock_set(0);
}

/* Cut behind a whole entry it is a good ledger of before: the database knows
 * more, and nothing is issued on its word. */
static void
an_older_ledger_is_out_of_step(void **state)
{
	static struct issue_result r;
	struct issue_work w = {.result = &r};
	struct ledger_mark held;
	struct order o;

	(void)state;
	clock_set(clock_now() + 3 * HOUR);
	instance_shell(&here, "cp signer/ledger older");
	instance_order(40, &o);
	must(issue(&o, &r));
	held = *records_mark(signer.records);
	signer_close(&signer);
	instance_shell(&here, "cp older signer/ledger");
	assert_int_equal(try_open(), ERR_CONFLICT); /* the token knows more */
	assert_non_null(strstr(err_explanation(), "ca reconcile"));
	assert_int_equal(try_open(), ERR_CONFLICT); /* still */
	/* with a token that keeps no data it is the database that knows */
	instance_shell(&here, "cp paraph.conf kept.conf; sed -i "
			      "'s/^rate_per_hour/anchor_seconds = 0\\n&/' "
			      "paraph.conf");
	instance_again(&here);
	open_signer();
	instance_order(41, &o);
	o.known = held;
	w.order = &o;
	signer_issue(&signer, &w, 1);
	assert_int_equal(w.outcome, ERR_OUT_OF_STEP);
	signer_close(&signer);
	/* which is a setting that counts from the next start */
	instance_shell(&here, "cp kept.conf paraph.conf");
	instance_again(&here);
	assert_int_equal(try_open(), ERR_CONFLICT);
	accept_ledger();
	open_signer();
	clock_set(0);
}

/* The chain is of hashes: who can write the file can write it whole. That its
 * responder is a person's key in the token must not make that key sign. */
static void
a_responder_that_the_authority_did_not_make_is_refused(void **state)
{
	static struct issue_result person;
	struct responder forged = {.label = ""};
	struct pin_order pin = {.birth_date = "1990-05-17", .pin = "482913"};
	struct pin_result set;
	struct order o;

	(void)state;
	clock_set(clock_now() + 5 * HOUR);
	order_of(50, "qcp_n_qscd", &o);
	approve(&o, ONE, &one);
	memcpy(pin.registration, o.registration, ID_SIZE);
	must(pins_set(&signer, &pin, &set));
	must(issue(&o, &person));
	snprintf(forged.label, sizeof(forged.label), "%s", person.key_label);
	memcpy(forged.certificate, person.certificate, person.certificate_size);
	forged.certificate_size = person.certificate_size;
	instance_shell(&here, "cp signer/ledger whole");
	must(records_responder(
	    signer.records, AUTHORITY_issuing_q, &forged, clock_now()));
	must(records_sync(signer.records));
	signer_close(&signer);
	assert_int_equal(try_open(), ERR_CONFLICT);
	instance_shell(&here, "cp whole signer/ledger");
	accept_ledger();
	open_signer();
	clock_set(0);
}

/* Numbers of responders are told as good. One that the authority did not make,
 * before the last one, would have another's certificate told so: one that the
 * ledger was made to forget. */
static void
a_responder_of_before_that_is_forged_is_not_told_as_good(void **state)
{
	const struct responder *last =
	    records_last_responder(signer.records, AUTHORITY_issuing_q);
	struct responder true_one = *last, forged = *last;
	struct ocsp_question q = {.issuer = "issuing-q", .count = 2};
	AUTO(buf_clear) struct buf told;
	struct certificate c;
	size_t never;

	(void)state;
	clock_set(clock_now() + 5 * HOUR + MINUTE);
	buf_init(&told, OCSP_TOLD_MAX);
	must(certificate_parse(
	    SPAN(true_one.certificate, true_one.certificate_size), &c));
	memcpy(q.asked[0].serial, c.serial.data, c.serial.size);
	memcpy(q.asked[1].serial, c.serial.data, c.serial.size);
	q.asked[0].serial_size = q.asked[1].serial_size = c.serial.size;
	size_t at = (size_t)(c.serial.data - true_one.certificate);
	forged.certificate[at + 5] ^= 1;
	q.asked[1].serial[5] ^= 1;
	instance_shell(&here, "cp signer/ledger whole");
	must(records_responder(
	    signer.records, AUTHORITY_issuing_q, &forged, clock_now()));
	must(records_responder(
	    signer.records, AUTHORITY_issuing_q, &true_one, clock_now()));
	must(records_sync(signer.records));
	signer_close(&signer);
	open_signer();
	must(signer_respond(&signer, &q, &told, &never));
	assert_int_equal(never, 1); /* the true one is good */
	signer_close(&signer);
	instance_shell(&here, "cp whole signer/ledger");
	accept_ledger();
	open_signer();
	clock_set(0);
}

/* Others named behind the end that the token knows would enrol operators of
 * their own, and those approve. */
static void
custodians_that_the_token_was_not_told_of_are_refused(void **state)
{
	const struct digest mine = {{0x66}}, *before;
	struct custodians c;
	struct digest real;

	(void)state;
	clock_set(clock_now() + 6 * HOUR);
	must(custodians_load(conf_text(here.conf, CONF_signer_dir), &c));
	real = custodians_digest(&c);
	before = &real; /* as if those had handed over */
	anchor_keep(&signer, true);
	instance_shell(&here, "cp signer/ledger whole");
	must(records_custodians(signer.records, &mine, before, clock_now()));
	signer.anchor.holds = false; /* no orderly stop: it is written beside */
	signer_close(&signer);
	assert_int_equal(try_open(), ERR_CONFLICT);
	assert_non_null(strstr(err_explanation(), "custodians"));
	instance_shell(&here, "cp whole signer/ledger");
	open_signer();
	clock_set(0);
}

/* The token is told of custodians before anything else happens, so that a
 * crash after it stops nobody. */
static void
custodians_of_the_signer_s_own_are_told_at_once(void **state)
{
	const struct digest next = {{0x67}};
	struct custodians c;
	struct digest real;

	(void)state;
	clock_set(clock_now() + 6 * HOUR);
	must(custodians_load(conf_text(here.conf, CONF_signer_dir), &c));
	real = custodians_digest(&c);
	instance_shell(&here, "cp signer/ledger whole");
	must(records_custodians(signer.records, &next, &real, clock_now()));
	anchor_custodians(&signer);
	signer.anchor.holds = false; /* a crash */
	signer_close(&signer);
	open_signer();
	signer_close(&signer);
	instance_shell(&here, "cp whole signer/ledger");
	accept_ledger();
	open_signer();
	clock_set(0);
}

/* What follows the end that the token knows may be anybody's: an order in the
 * name of an authority that was given up must not take its key away. */
static void
an_order_by_the_name_of_an_authority_destroys_no_key(void **state)
{
	static const char *const names[] = {"issuing-q", "issuing-l"};
	static const struct digest none;
	const struct approved nobody = {.count = 0};
	struct order o;

	(void)state;
	clock_set(clock_now() + 7 * HOUR);
	instance_shell(&here, "cp signer/ledger whole");
	for (uint8_t i = 0; i < 2; i++) {
		struct record r = {.profile = "qcp_n_qscd",
		    .order = {{1}}, .authority = AUTHORITY_issuing_q,
		    .serial = {0x11, i}, .serial_size = 2};

		snprintf(r.registration, ID_SIZE, "%s", names[i]);
		must(records_intend(signer.records, &r, &none, &none, &nobody,
		    clock_now()));
		must(records_give_up(
		    signer.records, r.registration, clock_now()));
	}
	must(records_sync(signer.records));
	signer_close(&signer);
	open_signer(); /* looks for keys of what was given up */
	signer_close(&signer);
	open_signer();
	instance_order(61, &o);
	must(issue(&o, &result));
	signer_close(&signer);
	instance_shell(&here, "cp whole signer/ledger");
	accept_ledger();
	open_signer();
	clock_set(0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_ledger_that_was_edited_is_not_opened),
	    cmocka_unit_test(
		a_ledger_that_is_replaced_under_the_signer_stops_it),
	    cmocka_unit_test(an_older_ledger_is_out_of_step),
	    cmocka_unit_test(
		a_responder_that_the_authority_did_not_make_is_refused),
	    cmocka_unit_test(
		a_responder_of_before_that_is_forged_is_not_told_as_good),
	    cmocka_unit_test(
		custodians_that_the_token_was_not_told_of_are_refused),
	    cmocka_unit_test(custodians_of_the_signer_s_own_are_told_at_once),
	    cmocka_unit_test(
		an_order_by_the_name_of_an_authority_destroys_no_key),
	};

	return cmocka_run_group_tests_name(
	    "the ledger's file", tests, attack_set_up, attack_tear_down);
}
