/*
 * What becomes of certificates in one process: answers, revocations, lists,
 * and a database that forgot; judged by OpenSSL's and GnuTLS' tools.
 */
#include "plain.h"

#include "base/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

/* B-18, B-31: for as long as the authority's certificates can be relied on. */
static void
status_is_kept_from_the_first_day_of_the_authority(void **state)
{
	static struct issue_result r;

	(void)state;
	issue_number(9, &r);
	must(publish(NULL, 0, list_number + 1));
	write_leaf(&r, SPAN(r.ocsp, r.ocsp_size));
	expect_shell(0, "",
	    "date -u -d \"$(openssl x509 -in issuing-l.pem -noout -startdate | "
	    "cut -d= -f2)\" +%Y%m%d%H%M%SZ >first; openssl asn1parse -inform "
	    "der -in leaf.ocsp -strparse $(openssl asn1parse -inform der -in "
	    "leaf.ocsp | grep 'OCTET STRING' | head -1 | cut -d: -f1) >answer; "
	    "test $(grep -c 'Archive Cutoff' answer) = 2 && "
	    "openssl ocsp -respin leaf.ocsp -text -noverify | grep -A1 'Archive "
	    "Cutoff' | grep GMT | sed 's/^ *//' | sort -u >cutoff; "
	    "test \"$(date -u -d \"$(cat cutoff)\" +%Y%m%d%H%M%SZ)\" = \"$(cat "
	    "first)\" && openssl crl -in issuing-l.crl.pem -noout -text | grep "
	    "-A1 2.5.29.60 | grep -q \"$(cat first)\"");
}

/* B-16, B-29, B-15 */
static void
nothing_is_valid_for_longer_than_it_may_be(void **state)
{
	(void)state;
	expect_shell(0, "",
	    "days() { echo $((($(date -d \"$(openssl crl -in $1 -noout "
	    "-nextupdate | cut -d= -f2)\" +%s) - $(date -d \"$(openssl crl -in $1 "
	    "-noout -lastupdate | cut -d= -f2)\" +%s)) / 86400)); }; "
	    "test $(days root.crl.pem) -le 365 && test $(days issuing-l.crl.pem) "
	    "-le 2");
	expect_shell(0, "",
	    "t() { date -u -d \"$(openssl ocsp -respin leaf.ocsp -text -noverify "
	    "| grep \"$1\" | head -1 | sed 's/.*: //')\" +%s; }; test $(($(t "
	    "'Next Update') - $(t 'This Update'))) -le 86400");
}

static void
judges_see_a_revoked_certificate(void **state)
{
	static struct issue_result r;
	static struct status_result revoked, again;

	(void)state;
	issue_number(10, &r);
	struct status_order o = status_of(&r, clock_now(), 1);
	must(signer_revoke(&signer, &o, &revoked));
	/* a database that forgot it gets it all the same */
	must(publish(NULL, 0, list_number + 1));
	write_leaf(&r, SPAN(revoked.ocsp, revoked.ocsp_size));
	expect_shell(2, "certificate revoked", VERIFY);
	must(publish(&r, 1, list_number + 1));
	write_leaf(&r, SPAN(revoked.ocsp, revoked.ocsp_size));
	expect_shell(2, "certificate revoked", VERIFY);
	expect_shell(0, "leaf.pem: revoked", OCSP);
	expect_said("keyCompromise");
	instance_shell(&here, OCSPTOOL);
	expect_said("revoked");
	expect_shell(1, "revoked",
	    "certtool --verify --load-ca-certificate root.pem --load-crl "
	    "lists.pem --infile chain.pem");
	/* for good: neither time nor reason change, nor does it come back */
	o.revoked_at += HOUR;
	o.reason = 4;
	must(signer_revoke(&signer, &o, &again));
	assert_true(again.revoked_at == revoked.revoked_at);
	o.revoked_at = 0;
	must(signer_answer(&signer, &o, &again));
	assert_true(again.revoked_at == revoked.revoked_at);
	reopen();
	must(signer_answer(&signer, &o, &again));
	assert_true(again.revoked_at == revoked.revoked_at);
}

static void
revocations_that_cannot_be_are_refused(void **state)
{
	static struct issue_result r;
	static struct status_result answer;
	struct status_order o;

	(void)state;
	issue_number(11, &r);
	o = status_of(&r, clock_now() + HOUR, 1);
	assert_int_equal(signer_revoke(&signer, &o, &answer), ERR_INVALID);
	o = status_of(&r, clock_now() - DAY, 1);
	assert_int_equal(signer_revoke(&signer, &o, &answer), ERR_INVALID);
	o = status_of(&r, clock_now(), 6); /* certificateHold */
	assert_int_equal(signer_revoke(&signer, &o, &answer), ERR_INVALID);
	o = status_of(&r, clock_now(), 1);
	assert_int_equal(signer_answer(&signer, &o, &answer), ERR_CONFLICT);
	o.serial[3] ^= 1; /* never issued: never good */
	assert_int_equal(signer_revoke(&signer, &o, &answer), ERR_NOT_FOUND);
	o.revoked_at = 0;
	assert_int_equal(signer_answer(&signer, &o, &answer), ERR_NOT_FOUND);
	memcpy(o.issuer, "root", 5);
	assert_int_equal(signer_answer(&signer, &o, &answer), ERR_NOT_FOUND);
}

static void
numbers_of_lists_only_grow(void **state)
{
	static struct issue_result r;

	(void)state;
	issue_number(10, &r); /* the revoked one */
	uint64_t last = list_number;
	assert_int_equal(publish(&r, 1, last), ERR_CONFLICT);
	assert_int_equal(publish(&r, 1, last - 1), ERR_CONFLICT);
	must(publish(&r, 1, last + 5));
	reopen();
	assert_int_equal(publish(&r, 1, last + 5), ERR_CONFLICT);
	must(publish(&r, 1, last + 6));
}

static void
a_list_names_nothing_that_is_not_revoked(void **state)
{
	static struct issue_result both[2], twice[2];

	(void)state;
	issue_number(10, &both[0]);
	issue_number(1, &both[1]);
	assert_int_equal(publish(both, 2, list_number + 1), ERR_OUT_OF_STEP);
	twice[0] = twice[1] = both[0];
	assert_int_equal(publish(twice, 2, list_number + 1), ERR_INVALID);
}

/* The newest are named; of the others their number: a ledger that was put back
 * from an older copy has fewer, and signs no list. */
static void
a_ledger_that_knows_of_fewer_gives_no_list(void **state)
{
	AUTO(buf_clear) struct buf list;
	struct crl_order o = {.issuer = "issuing-l",
	    .number = list_number + 1,
	    .revoked = records_revoked_count(
		signer.records, AUTHORITY_issuing_l) + 1};
	struct crl_result result;

	(void)state;
	buf_init(&list, 0);
	assert_int_equal(
	    signer_publish(&signer, &o, &list, &result), ERR_OUT_OF_STEP);
	assert_int_equal(list.size, 0);
	o.revoked--;
	must(signer_publish(&signer, &o, &list, &result));
	assert_int_equal(result.count, o.revoked);
	list_number = o.number;
}

static enum err
issue_knowing(unsigned number, const struct ledger_mark *known,
    struct issue_result *out)
{
	struct issue_work w = {.result = out};
	struct order o;

	instance_order(number, &o);
	o.known = *known;
	w.order = &o;
	signer_issue(&signer, &w, 1);
	return w.outcome;
}

static void
a_database_that_forgot_gets_no_certificate(void **state)
{
	static struct issue_result first, second, third;
	const struct ledger_mark before = *records_mark(signer.records);
	struct ledger_mark other;

	(void)state;
	must(issue_knowing(40, &before, &first));
	assert_true(ledger_mark_same(
	    &first.mark, records_mark(signer.records)));
	/* an answer may still be under way: whoever stores both knows all */
	must(issue_knowing(41, &before, &second));
	assert_true(ledger_mark_same(
	    &second.mark, records_mark(signer.records)));
	/* but not one whose ledger was another at that length */
	other = first.mark;
	other.head.bytes[0] ^= 1;
	assert_int_equal(issue_knowing(43, &other, &third), ERR_OUT_OF_STEP);
	other = first.mark;
	other.entries++; /* no mark ever stood there */
	assert_int_equal(issue_knowing(43, &other, &third), ERR_OUT_OF_STEP);
	must(issue_knowing(43, &first.mark, &third));
	signer_new_clerk(&signer);
	assert_int_equal(issue_knowing(42, &before, &third), ERR_OUT_OF_STEP);
	assert_int_equal(
	    issue_knowing(42, &first.mark, &third), ERR_OUT_OF_STEP);
	/* what was made is given again, and moves nothing */
	must(issue_knowing(41, &before, &third));
	assert_memory_equal(second.serial, third.serial, 16);
	assert_true(ledger_mark_same(&third.mark, &before));
	/* the digest counts, and so does a mark from the future */
	other = *records_mark(signer.records);
	other.head.bytes[0] ^= 1;
	assert_int_equal(issue_knowing(42, &other, &third), ERR_OUT_OF_STEP);
	other = *records_mark(signer.records);
	other.entries++;
	assert_int_equal(issue_knowing(42, &other, &third), ERR_OUT_OF_STEP);
	must(issue_knowing(42, records_mark(signer.records), &third));
	reopen();
	assert_true(
	    ledger_mark_same(&third.mark, records_mark(signer.records)));
}

static void
a_revocation_is_carried_out_for_a_database_that_forgot(void **state)
{
	static struct status_result answer;
	static struct issue_result r;

	(void)state;
	issue_number(43, &r);
	struct status_order o = status_of(&r, clock_now(), 1);
	signer_new_clerk(&signer);
	must(signer_revoke(&signer, &o, &answer));
	assert_true(answer.revoked_at > 0);
	assert_true(answer.mark.entries == 0); /* as it was known */
}

static void
changes_are_told_in_order_after_a_mark(void **state)
{
	static struct ledger_changes changes;
	static struct status_result answer;
	static struct issue_result r;
	struct ledger_question q = {.known = *records_mark(signer.records)};

	(void)state;
	q.after = q.known.entries;
	must(records_changes(signer.records, &q, &changes));
	assert_false(changes.strange);
	assert_int_equal(changes.count, 0);
	issue_number(44, &r);
	struct status_order o = status_of(&r, clock_now(), 1);
	must(signer_revoke(&signer, &o, &answer));
	must(records_changes(signer.records, &q, &changes));
	assert_false(changes.strange);
	assert_int_equal(changes.count, 2);
	assert_false(changes.changes[0].revoked);
	assert_true(changes.changes[1].revoked);
	assert_memory_equal(changes.changes[1].serial, r.serial, 16);
	assert_true(changes.changes[1].number == changes.now.entries);
	q.known.head.bytes[3] ^= 1;
	must(records_changes(signer.records, &q, &changes));
	assert_true(changes.strange);
	q.known = (struct ledger_mark){changes.now.entries + 1, {{0}}};
	must(records_changes(signer.records, &q, &changes));
	assert_true(changes.strange);
}

static void
the_responder_is_renewed_before_it_ends(void **state)
{
	static struct issue_result r;
	static struct status_result answer;
	int64_t now = clock_now(), end = ISSUING_L.responder_not_after;
	char label[TOKEN_LABEL_SIZE];

	(void)state;
	issue_number(31, &r);
	must(signer_tend(&signer));
	assert_true(ISSUING_L.responder_not_after == end);
	memcpy(label, ISSUING_L.responder.label, sizeof(label));
	clock_set(now + 21 * DAY);
	must(signer_tend(&signer));
	assert_true(ISSUING_L.responder_not_after > end);
	assert_string_not_equal(label, ISSUING_L.responder.label);
	struct status_order o = status_of(&r, 0, 0);
	must(signer_answer(&signer, &o, &answer));
	clock_set(0);
	write_leaf(&r, SPAN(answer.ocsp, answer.ocsp_size));
	/* its times are read against today's clock: the signature is what
	 * counts here */
	instance_shell(&here, OCSP " -attime $(($(date +%%s) + 21 * 86400))");
	expect_said("Response verify OK");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(
		status_is_kept_from_the_first_day_of_the_authority),
	    cmocka_unit_test(nothing_is_valid_for_longer_than_it_may_be),
	    cmocka_unit_test(judges_see_a_revoked_certificate),
	    cmocka_unit_test(revocations_that_cannot_be_are_refused),
	    cmocka_unit_test(numbers_of_lists_only_grow),
	    cmocka_unit_test(a_list_names_nothing_that_is_not_revoked),
	    cmocka_unit_test(a_ledger_that_knows_of_fewer_gives_no_list),
	    cmocka_unit_test(a_database_that_forgot_gets_no_certificate),
	    cmocka_unit_test(
		a_revocation_is_carried_out_for_a_database_that_forgot),
	    cmocka_unit_test(changes_are_told_in_order_after_a_mark),
	    cmocka_unit_test(the_responder_is_renewed_before_it_ends),
	};

	return cmocka_run_group_tests_name(
	    "status", tests, plain_set_up, plain_tear_down);
}
