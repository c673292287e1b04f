/*
 * One generation follows another: certificates of both, their lists and
 * answers, judged by OpenSSL's tools; and an authority at its end.
 */
#include "instance.h"

#include "base/clock.h"
#include "pki/certificate.h"
#include "signer/joining.h"
#include "signer/root.h"
#include "signer/standing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <sys/stat.h>

static struct instance here;
static struct signer signer;
static char folder[128];
static struct issue_result old, new;

static void
must(enum err result)
{
	if (result != OK)
		fail_msg("%s", err_explanation());
}

static void
open_signer(void)
{
	size_t repaired;

	must(signer_open(here.conf, &signer, &repaired));
}

static int
set_up(void **state)
{
	(void)state;
	instance_init(&here, "");
	snprintf(folder, sizeof(folder), "%s/carried", here.dir);
	mkdir(folder, 0700);
	open_signer();
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	clock_set(0);
	signer_close(&signer);
	instance_clear(&here);
	return 0;
}

static enum err
issue(unsigned number, struct issue_result *out)
{
	struct order o;
	struct issue_work w = {.order = &o, .result = out};

	instance_order(number, &o);
	o.known = *records_mark(signer.records);
	signer_issue(&signer, &w, 1);
	return w.outcome;
}

static void
shell(const char *said, const char *command)
{
	int status = instance_shell(&here, "%s", command);

	if (status != 0 || !strstr(instance_said(&here), said))
		fail_msg(
		    "%s: %d, said %s", command, status, instance_said(&here));
}

static void
publish(const char *issuer, uint64_t number, const struct issue_result *revoked)
{
	AUTO(buf_clear) struct buf list;
	AUTO(buf_clear) struct buf entries;
	struct crl_entry entry = {{0}};
	struct crl_order o = {.number = number, .count = revoked ? 1 : 0};
	struct crl_result result;
	char name[64];

	buf_init(&list, 0);
	buf_init(&entries, CRL_ENTRY_SIZE_MAX);
	snprintf(o.issuer, sizeof(o.issuer), "%s", issuer);
	if (revoked) {
		memcpy(entry.serial, revoked->serial, revoked->serial_size);
		entry.serial_size = revoked->serial_size;
		must(crl_entry_put(&entries, &entry));
	}
	o.entries = span_of_buf(&entries);
	must(signer_publish(&signer, &o, &list, &result));
	snprintf(name, sizeof(name), "%s.list", issuer);
	instance_write(&here, name, span_of_buf(&list));
}

/* Both chains with all lists, and both answers by their own responder. */
static void
judge(const struct issue_result *r, const char *issuer, const char *verified,
    const char *answered)
{
	char command[1024];

	instance_write(
	    &here, "leaf.cer", SPAN(r->certificate, r->certificate_size));
	instance_write(&here, "leaf.ocsp", SPAN(r->ocsp, r->ocsp_size));
	snprintf(command, sizeof(command),
	    "openssl x509 -inform der -in leaf.cer -out leaf.pem; "
	    "for n in root %s; do openssl x509 -inform der -in ca/$n.cer -out "
	    "$n.pem; done; openssl crl -inform der -in ca/root.crl -out "
	    "root.crl.pem; openssl crl -inform der -in %s.list -out list.pem; "
	    "openssl verify -x509_strict -CAfile root.pem -untrusted %s.pem "
	    "-CRLfile root.crl.pem -CRLfile list.pem -crl_check_all leaf.pem "
	    "|| true",
	    issuer, issuer, issuer);
	shell(verified, command);
	snprintf(command, sizeof(command),
	    "openssl ocsp -respin leaf.ocsp -issuer %s.pem -cert leaf.pem "
	    "-CAfile root.pem -verify_other %s.pem",
	    issuer, issuer);
	shell(answered, command);
	shell("Response verify OK", command);
}

static void
make_generation(enum authority authority)
{
	AUTO(minutes_clear) struct minutes m;
	AUTO(root_close) struct root r = {0};

	signer_close(&signer);
	minutes_init(&m, "the next", "TEST Paraph", "here");
	must(joining_request(here.conf, authority, folder, &m));
	must(root_open(here.conf, AUTHORITY_root, NULL, false, &r));
	must(root_certify(&r, authority, folder, NULL, &m));
	root_close(&r);
	must(joining_accept(here.conf, folder, NULL, &m));
	open_signer();
}

static void
begin(enum authority authority, int64_t from)
{
	AUTO(minutes_clear) struct minutes m;

	signer_close(&signer);
	minutes_init(&m, "begin", "TEST Paraph", "here");
	must(joining_begin(here.conf, authority, from, &m));
	open_signer();
}

/* As somebody sees it who only looks. */
static void
expect_standing(enum authority a, enum standing_state state, const char *advice)
{
	struct standing all[AUTHORITY_COUNT];
	AUTO(buf_clear) struct buf text;

	buf_init(&text, 4096);
	must(standing_load(here.conf, clock_now(), all));
	assert_string_equal(standing_name(all[a].state), standing_name(state));
	must(standing_advice(here.conf, all, a, clock_now(), &text));
	if (advice ? !strstr(buf_text(&text), advice) : text.size > 0)
		fail_msg("%s: %s", authority_name(a), buf_text(&text));
}

static void
a_new_generation_waits_for_its_day(void **state)
{
	static struct issue_result waiting;
	int64_t now = clock_now();

	(void)state;
	must(issue(1, &old));
	assert_string_equal(old.issuer, "issuing-l");
	make_generation(AUTHORITY_issuing_l_2);
	must(issue(2, &waiting));
	assert_string_equal(waiting.issuer, "issuing-l");
	expect_standing(AUTHORITY_issuing_l, STANDING_issues, NULL);
	expect_standing(AUTHORITY_issuing_l_2, STANDING_waits,
	    "paraph ca ceremony begin");
	expect_standing(AUTHORITY_issuing_l_3, STANDING_absent, NULL);
	expect_standing(AUTHORITY_root, STANDING_root, NULL);
	begin(AUTHORITY_issuing_l_2, now + DAY);
	must(issue(3, &waiting));
	assert_string_equal(waiting.issuer, "issuing-l");
	clock_set(now + 2 * DAY);
	must(issue(4, &new));
	assert_string_equal(new.issuer, "issuing-l-2");
	expect_standing(AUTHORITY_issuing_l, STANDING_follows_up, NULL);
	expect_standing(AUTHORITY_issuing_l_2, STANDING_issues, NULL);
	clock_set(0);
}

static void
both_generations_are_verified_and_answered_for(void **state)
{
	(void)state;
	begin(AUTHORITY_issuing_l_2, clock_now());
	must(issue(5, &new));
	assert_string_equal(new.issuer, "issuing-l-2");
	publish("issuing-l", 2, NULL);
	publish("issuing-l-2", 2, NULL);
	judge(&old, "issuing-l", "leaf.pem: OK", "leaf.pem: good");
	judge(&new, "issuing-l-2", "leaf.pem: OK", "leaf.pem: good");
	shell("pki/crl/issuing-l-2.crl",
	    "openssl x509 -inform der -in leaf.cer -noout -text");
	shell("pki/ca/issuing-l-2.cer",
	    "openssl x509 -inform der -in leaf.cer -noout -text");
	shell("TEST Paraph Issuing CA L G2",
	    "openssl x509 -inform der -in leaf.cer -noout -issuer");
	shell("OCSP L G2",
	    "openssl ocsp -respin leaf.ocsp -resp_text -noverify");
}

static void
the_former_generation_still_revokes(void **state)
{
	static struct status_result told;
	struct status_order o = {.serial_size = old.serial_size, .reason = 1};

	(void)state;
	o.revoked_at = clock_now();
	memcpy(o.issuer, old.issuer, sizeof(o.issuer));
	memcpy(o.serial, old.serial, old.serial_size);
	must(signer_revoke(&signer, &o, &told));
	memcpy(old.ocsp, told.ocsp, told.ocsp_size);
	old.ocsp_size = told.ocsp_size;
	publish("issuing-l", 3, &old);
	publish("issuing-l-2", 3, NULL);
	judge(&old, "issuing-l", "certificate revoked", "leaf.pem: revoked");
	judge(&new, "issuing-l-2", "leaf.pem: OK", "leaf.pem: good");
}

/* One generation does not speak for the other. */
static void
a_serial_of_one_generation_is_unknown_to_the_other(void **state)
{
	static struct status_result told;
	struct status_order o = {.serial_size = new.serial_size};

	(void)state;
	snprintf(o.issuer, sizeof(o.issuer), "issuing-l");
	memcpy(o.serial, new.serial, new.serial_size);
	assert_int_equal(signer_answer(&signer, &o, &told), ERR_NOT_FOUND);
	snprintf(o.issuer, sizeof(o.issuer), "issuing-l-3");
	assert_int_equal(signer_answer(&signer, &o, &told), ERR_NOT_FOUND);
}

static void
a_repeated_order_keeps_its_generation(void **state)
{
	static struct issue_result again;

	(void)state;
	must(issue(1, &again));
	assert_string_equal(again.issuer, "issuing-l");
	assert_memory_equal(
	    again.certificate, old.certificate, old.certificate_size);
}

static void
the_other_family_goes_on_with_its_first(void **state)
{
	(void)state;
	assert_int_equal(signer_issuing_now(
			     &signer, AUTHORITY_issuing_q, clock_now())
			     ->authority,
	    AUTHORITY_issuing_q);
}

/* never beyond the issuer; near its end nothing at all. */
static void
certificates_end_with_their_authority_and_then_no_more_are_made(void **state)
{
	static struct issue_result last;
	const struct issuing *i =
	    signer_issuing(&signer, AUTHORITY_issuing_l);

	(void)state;
	clock_set(i->not_after - 100 * DAY);
	must(issue(6, &last));
	expect_standing(
	    AUTHORITY_issuing_l, STANDING_issues, "begin the next generation");
	expect_standing(AUTHORITY_root, STANDING_root, "must be renewed by");
	assert_true(last.not_after == i->not_after);
	clock_set(i->not_after - 1200 * DAY);
	expect_standing(AUTHORITY_issuing_l, STANDING_issues,
	    "make the next generation");
	clock_set(i->not_after + DAY);
	expect_standing(AUTHORITY_issuing_l, STANDING_ended, NULL);
	clock_set(i->not_after - 29 * DAY);
	expect_standing(
	    AUTHORITY_issuing_l, STANDING_issues, "issues no more");
	assert_int_equal(issue(7, &last), ERR_UNAVAILABLE);
	assert_non_null(strstr(err_explanation(), "ends too soon"));
	clock_set(0);
}

/* Whoever revokes hears that it is done, and does not ask for ever. */
static void
a_certificate_of_an_authority_that_ended_is_revoked_without_an_answer(
    void **state)
{
	static struct status_result told;
	static struct issue_result last;
	struct status_order o = {.reason = 1};

	(void)state;
	must(issue(9, &last)); /* of the test before */
	snprintf(o.issuer, sizeof(o.issuer), "%s", last.issuer);
	memcpy(o.serial, last.serial, last.serial_size);
	o.serial_size = last.serial_size;
	int64_t end =
	    signer_issuing(&signer, authority_find(o.issuer))->not_after;
	clock_set(end + SECOND);
	o.revoked_at = clock_now();
	must(signer_revoke(&signer, &o, &told));
	assert_true(told.revoked_at == o.revoked_at / SECOND * SECOND);
	assert_int_equal(told.ocsp_size, 0);
	must(signer_revoke(&signer, &o, &told)); /* asked again: the same */
	assert_int_equal(told.ocsp_size, 0);
	assert_int_equal(signer_answer(&signer, &o, &told), ERR_UNAVAILABLE);
	clock_set(0);
}

/* Its answers end with it; what others sign goes on, over a restart, too. */
static void
an_authority_that_ended_does_not_keep_the_others_from_their_work(void **state)
{
	static struct status_result told;
	struct status_order of_old = {.serial_size = old.serial_size};
	struct status_order of_last = {.serial_size = 0};
	static struct issue_result last;
	int64_t end = signer_issuing(&signer, AUTHORITY_issuing_l)->not_after;

	(void)state;
	snprintf(of_old.issuer, sizeof(of_old.issuer), "issuing-l");
	memcpy(of_old.serial, old.serial, old.serial_size);
	make_generation(AUTHORITY_issuing_l_3);
	begin(AUTHORITY_issuing_l_3, clock_now());
	must(issue(9, &last));
	assert_string_equal(last.issuer, "issuing-l-3");
	snprintf(of_last.issuer, sizeof(of_last.issuer), "issuing-l-3");
	memcpy(of_last.serial, last.serial, last.serial_size);
	of_last.serial_size = last.serial_size;
	clock_set(end);
	must(signer_tend(&signer));
	assert_int_equal(
	    signer_answer(&signer, &of_old, &told), ERR_UNAVAILABLE);
	assert_non_null(strstr(err_explanation(), "issuing-l has ended"));
	signer_close(&signer);
	open_signer();
	assert_int_equal(
	    signer_answer(&signer, &of_old, &told), ERR_UNAVAILABLE);
	clock_set(0);
	signer_close(&signer);
	open_signer();
	must(signer_answer(&signer, &of_last, &told));
}

static void
a_revoked_authority_issues_no_more_and_still_signs_lists(void **state)
{
	static struct issue_result last;
	AUTO(minutes_clear) struct minutes m;
	AUTO(root_close) struct root r = {0};
	AUTO(buf_clear) struct buf revoked;

	(void)state;
	buf_init(&revoked, CERTIFICATE_MAX);
	must(buf_add_span(&revoked,
	    span_of_buf(
		&signer_issuing(&signer, AUTHORITY_issuing_l_2)->certificate)));
	signer_close(&signer);
	minutes_init(&m, "list", "TEST Paraph", "here");
	must(root_open(here.conf, AUTHORITY_root, NULL, false, &r));
	must(root_list(&r, folder, span_of_buf(&revoked), 2, &m));
	root_close(&r);
	must(joining_accept(here.conf, folder, NULL, &m));
	open_signer();
	expect_standing(AUTHORITY_issuing_l_2, STANDING_revoked, NULL);
	must(issue(8, &last)); /* the generation before is still good */
	assert_string_equal(last.issuer, "issuing-l");
	publish("issuing-l-2", 4, NULL);
	judge(&new, "issuing-l-2", "certificate revoked", "leaf.pem: good");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_new_generation_waits_for_its_day),
	    cmocka_unit_test(both_generations_are_verified_and_answered_for),
	    cmocka_unit_test(the_former_generation_still_revokes),
	    cmocka_unit_test(
		a_serial_of_one_generation_is_unknown_to_the_other),
	    cmocka_unit_test(a_repeated_order_keeps_its_generation),
	    cmocka_unit_test(the_other_family_goes_on_with_its_first),
	    cmocka_unit_test(
		a_revoked_authority_issues_no_more_and_still_signs_lists),
	    cmocka_unit_test(
		certificates_end_with_their_authority_and_then_no_more_are_made),
	    cmocka_unit_test(
		an_authority_that_ended_does_not_keep_the_others_from_their_work),
	    cmocka_unit_test(
		a_certificate_of_an_authority_that_ended_is_revoked_without_an_answer),
	};

	return cmocka_run_group_tests_name(
	    "rollover", tests, set_up, tear_down);
}
