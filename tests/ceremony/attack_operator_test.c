/*
 * An operator who would approve for themselves, or for whom they belong to,
 * with the pages and the database behind them; and who would be made one.
 * Ways around an approval's signature are in qualified_test.c.
 */
#include "attack.h"

#include "base/clock.h"
#include "base/codec.h"
#include "base/enum.h"
#include "signer/approve.h"
#include "signer/lines.h"
#include "signer/weigh.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define ELSEWHERE "wsp_99999999999999999999999999"

static const char *
dir(void)
{
	return conf_text(here.conf, CONF_signer_dir);
}

static void
expect(const struct order *o, enum err expected)
{
	enum err said = issue(o, &result);
	uint32_t operators;

	if (said != expected)
		fail_msg("%s: %s", err_api_name(said), err_explanation());
	if (o->approval_count == 1)
		assert_int_equal(
		    approve_weigh(&signer, o, &operators), expected);
}

/* GONE belongs to the workspace of all orders. */
static int
set_up(void **state)
{
	if (attack_set_up(state) != 0)
		return -1;
	test_authenticator_init(&gone, false);
	instance_enrol_as(&here, GONE, &gone, "Ida Ówn", WORKSPACE);
	return 0;
}

static int
tear_down(void **state)
{
	test_authenticator_clear(&gone);
	return attack_tear_down(state);
}

static void
nobody_approves_for_a_workspace_of_theirs(void **state)
{
	struct order o;

	(void)state;
	order_of(1, "qcp_n", &o);
	approve(&o, GONE, &gone);
	expect(&o, ERR_OWN_CASE);
	assert_non_null(strstr(err_explanation(), "own workspace"));
	order_of(1, "qcp_n", &o); /* nothing was left by it */
	approve(&o, ONE, &one);
	must(issue(&o, &result));
	order_of(2, "qcp_n", &o);
	memcpy(o.workspace, ELSEWHERE, sizeof(ELSEWHERE));
	approve(&o, GONE, &gone);
	must(issue(&o, &result));
}

static void
nor_as_the_second_of_two(void **state)
{
	struct order o;

	(void)state;
	order_of(3, "qcp_n", &o);
	o.needed = 2;
	approve(&o, ONE, &one);
	approve(&o, GONE, &gone);
	expect(&o, ERR_OWN_CASE);
	o.approval_count = 1;
	approve(&o, TWO, &two);
	must(issue(&o, &result));
}

static void
nor_what_they_asked_for_or_for_their_own_address(void **state)
{
	struct order o;

	(void)state;
	order_of(4, "qcp_n", &o);
	memcpy(o.requested_by, ONE, sizeof(ONE));
	approve(&o, ONE, &one);
	expect(&o, ERR_OWN_CASE);
	o.approval_count = 0;
	approve(&o, TWO, &two);
	must(issue(&o, &result));
	order_of(5, "qcp_n", &o);
	o.address = approval_address(ONE); /* as instance_enrol() has it */
	approve(&o, ONE, &second); /* another passkey of the same */
	expect(&o, ERR_OWN_CASE);
}

/* Asked for from another address of theirs, through somebody else. */
static void
nor_for_their_own_name(void **state)
{
	struct order o;

	(void)state;
	order_of(71, "qcp_n", &o);
	memcpy(o.workspace, ELSEWHERE, sizeof(ELSEWHERE));
	snprintf(o.given_names, sizeof(o.given_names), "IDA");
	snprintf(o.surname, sizeof(o.surname), "ówn");
	snprintf(o.common_name, sizeof(o.common_name), "IDA ówn");
	approve(&o, GONE, &gone);
	expect(&o, ERR_OWN_CASE);
	assert_non_null(strstr(err_explanation(), "own name"));
	o.approval_count = 0;
	approve(&o, ONE, &one);
	must(issue(&o, &result));
}

/* The database says afterwards that it was for somebody else. */
static void
whose_it_is_stands_in_what_was_signed(void **state)
{
	struct order good, o;

	(void)state;
	order_of(6, "qcp_n", &good);
	approve(&good, GONE, &gone);
	o = good;
	memcpy(o.workspace, ELSEWHERE, sizeof(ELSEWHERE));
	expect(&o, ERR_DENIED);
	order_of(6, "qcp_n", &good);
	approve(&good, ONE, &one);
	o = good;
	memcpy(o.workspace, ELSEWHERE, sizeof(ELSEWHERE));
	expect(&o, ERR_DENIED);
	o = good;
	o.workspace[0] = '\0';
	expect(&o, ERR_DENIED);
	o = good;
	o.requested_by[0] = '\0';
	expect(&o, ERR_DENIED);
	o = good;
	o.address.bytes[0] ^= 1;
	expect(&o, ERR_DENIED);
	o = good;
	o.withdrawal_size = sizeof(o.withdrawal);
	expect(&o, ERR_APPROVAL_VOID);
	must(issue(&good, &result));
}

static void
a_request_of_no_workspace_is_approved_by_nobody(void **state)
{
	struct order o;

	(void)state;
	order_of(7, "qcp_n", &o);
	o.workspace[0] = '\0';
	approve(&o, ONE, &one);
	expect(&o, ERR_INVALID);
}

/* ---- what older pages had signed ---- */

static void
add(struct buf *b, struct span field)
{
	uint8_t size[4] = {0, 0, (uint8_t)(field.size >> 8),
	    (uint8_t)field.size};

	must(buf_add(b, size, sizeof(size)));
	must(buf_add_span(b, field));
}

/* Encoding 3, which named no workspace. */
static struct digest
former_digest(const struct order *o)
{
	const char *const texts[] = {"paraph approval 3", o->registration,
	    o->level, o->profile, o->given_names, o->surname, o->common_name,
	    o->country, o->person_serial};
	uint8_t end[16] = {0, 0, 0, (uint8_t)o->needed, 0, 0, 0,
	    (uint8_t)o->attempt};
	AUTO(buf_clear) struct buf b;

	buf_init(&b, 8192);
	for (size_t i = 0; i < COUNT_OF(texts); i++)
		add(&b, span_of_text(texts[i]));
	add(&b, SPAN(o->evidence.bytes, DIGEST_SIZE));
	add(&b, SPAN(NULL, 0));
	add(&b, span_of_text("approve"));
	for (size_t i = 0; i < 8; i++)
		end[8 + i] = (uint8_t)(o->made_at >> (56 - 8 * i));
	must(buf_add(&b, end, sizeof(end)));
	return digest_sha256(span_of_buf(&b));
}

static void
the_encoding_before_is_refused(void **state)
{
	AUTO(buf_clear) struct buf credential;
	struct test_answer answer;
	struct order o;

	(void)state;
	order_of(8, "qcp_n", &o);
	struct digest d = former_digest(&o);
	test_authenticator_sign(&one, &signer.relying_party,
	    SPAN(d.bytes, DIGEST_SIZE), &answer);
	buf_init(&credential, 2 * CREDENTIAL_ID_MAX);
	must(base64url_encode(answer.assertion.credential_id, &credential));
	must(order_add_approval(&o, ONE, buf_text(&credential),
	    answer.assertion.authenticator_data, answer.assertion.client_data,
	    answer.assertion.signature));
	test_answer_clear(&answer);
	expect(&o, ERR_DENIED);
	assert_non_null(strstr(err_explanation(), "challenge"));
}

/* The mark of one request is none for another. */
static void
a_mark_is_of_one_request(void **state)
{
	struct withdrawal w = {.until = clock_now()};
	struct withdrawn_mark first, other;
	struct order o;

	(void)state;
	order_of(9, "qcp_n", &o);
	memcpy(w.registration, o.registration, ID_SIZE);
	must(weigh_withdraw(&signer, &w, &first));
	order_of(10, "qcp_n", &o);
	memcpy(w.registration, o.registration, ID_SIZE);
	must(weigh_withdraw(&signer, &w, &other));
	assert_memory_not_equal(&first, &other, sizeof(first));
	o.made_at = w.until + 1;
	memcpy(o.withdrawal, first.bytes, sizeof(first.bytes));
	o.withdrawal_size = sizeof(first.bytes);
	approve(&o, ONE, &one);
	expect(&o, ERR_APPROVAL_VOID);
	memcpy(o.withdrawal, other.bytes, sizeof(other.bytes));
	o.made_at = w.until; /* the mark, and a time before it */
	o.approval_count = 0;
	approve(&o, ONE, &one);
	expect(&o, ERR_APPROVAL_VOID);
	o.made_at = w.until + 1;
	o.approval_count = 0;
	approve(&o, ONE, &one);
	must(issue(&o, &result));
}

/* ---- the list ---- */

static void
load(struct operators *list, struct secret *key)
{
	struct custodians c;

	must(custodians_load(dir(), &c));
	must(custodians_unlock(&c, instance_passphrases, key));
	must(operators_load(dir(), &c, list));
}

static void
two_operators_are_two_people(void **state)
{
	AUTO(operators_clear) struct operators list = {0};
	AUTO(secret_clear) struct secret key = {0};
	struct operator_key k;

	(void)state;
	load(&list, &key);
	const struct operator_key *ida =
	    operators_find(&list, SPAN(gone.credential_id,
				      sizeof(gone.credential_id)));
	test_authenticator_init(&stranger, false);
	k = *ida;
	memcpy(k.operator_id, "mem_44444444444444444444444444", 31);
	memcpy(k.credential_id, stranger.credential_id,
	    sizeof(stranger.credential_id));
	memcpy(k.public_key, stranger.public_key.data,
	    stranger.public_key.size);
	k.public_key_size = stranger.public_key.size;
	assert_int_equal(operators_add(&list, &k), ERR_CONFLICT);
	snprintf(k.person, sizeof(k.person), "Somebody Else");
	assert_int_equal(operators_add(&list, &k), ERR_CONFLICT); /* address */
	snprintf(k.person, sizeof(k.person), "ida ówn");
	k.address = approval_address("another@example.org");
	assert_int_equal(operators_add(&list, &k), ERR_CONFLICT); /* name */
	snprintf(k.person, sizeof(k.person), "Somebody Else");
	must(operators_add(&list, &k));
	test_authenticator_clear(&stranger);
}

static void
what_custodians_know_of_operators_survives_the_file(void **state)
{
	AUTO(operators_clear) struct operators list = {0};
	AUTO(operators_clear) struct operators again = {0};
	AUTO(secret_clear) struct secret key = {0}, other = {0};
	size_t keys;

	(void)state;
	load(&list, &key);
	must(operators_join(&list, GONE, ELSEWHERE, &keys));
	assert_int_equal(keys, 1);
	assert_int_equal(
	    operators_join(&list, GONE, "no workspace", &keys), ERR_INVALID);
	must(operators_save(dir(), &list, &key));
	load(&again, &other);
	assert_true(operators_are_of(&again, GONE, WORKSPACE));
	assert_true(operators_are_of(&again, GONE, ELSEWHERE));
	assert_false(operators_are_of(&again, ONE, WORKSPACE));
	struct order o;
	order_of(11, "qcp_n", &o);
	memcpy(o.workspace, ELSEWHERE, sizeof(ELSEWHERE));
	approve(&o, GONE, &gone);
	expect(&o, ERR_OWN_CASE); /* seen by the running signer */
}

/* A workspace taken out of the file, which two passphrases signed. */
static void
an_edited_list_makes_nobody_an_operator(void **state)
{
	struct order o;

	(void)state;
	instance_shell(&here, "cp -p signer/operators whole");
	assert_int_equal(instance_shell(&here,
	    "sed -i 's/" WORKSPACE "/wsp_88888888888888888888888888/' "
	    "signer/operators"), 0);
	order_of(12, "qcp_n", &o);
	approve(&o, GONE, &gone);
	expect(&o, ERR_DENIED);
	o.approval_count = 0;
	approve(&o, ONE, &one);
	expect(&o, ERR_DENIED);
	instance_shell(&here, "cp -p whole signer/operators");
	must(issue(&o, &result));
}

/* Before workspaces were asked: what nobody said is not taken for none. */
static void
who_was_enrolled_before_is_enrolled_again(void **state)
{
	AUTO(operators_clear) struct operators list = {0};
	AUTO(secret_clear) struct secret key = {0};
	uint8_t signature[CUSTODIANS_SIGNATURE_SIZE];
	AUTO(buf_clear) struct buf b;
	struct order o;

	(void)state;
	load(&list, &key);
	buf_init(&b, LINES_FILE_MAX);
	must(buf_add_format(&b, "paraph operators 1\nnumber %llu\noperator "
				"%s ",
	    (unsigned long long)list.number + 1, ONE));
	must(base64url_encode(SPAN(one.credential_id,
				  sizeof(one.credential_id)), &b));
	must(buf_add_text(&b, " "));
	must(base64url_encode(span_of_buf(&one.public_key), &b));
	must(buf_add_format(&b, " %lld\n", (long long)clock_now()));
	must(custodians_sign(&key, span_of_buf(&b), signature));
	must(buf_add_text(&b, "signature "));
	must(base64url_encode(SPAN(signature, sizeof(signature)), &b));
	must(buf_add_text(&b, "\n"));
	must(lines_save(dir(), "operators", span_of_buf(&b)));
	order_of(13, "qcp_n", &o);
	approve(&o, ONE, &one);
	expect(&o, ERR_DENIED);
	assert_non_null(strstr(err_explanation(), "enrol them again"));
	operators_clear(&list);
	secret_clear(&key);
	load(&list, &key);
	assert_int_equal(operators_remove(&list, ONE), 1);
	must(operators_save(dir(), &list, &key));
	instance_enrol(&here, ONE, &one);
	must(issue(&o, &result));
}

/* Who had another address when their second passkey was enrolled. */
static void
nobody_approves_for_an_address_of_another_passkey_of_theirs(void **state)
{
	static const char *const addresses[] = {"Ida Ówn", "Ida Moved"};
	struct test_authenticator moved;
	struct order o;

	(void)state;
	test_authenticator_init(&moved, false);
	instance_enrol_as(&here, GONE, &gone, "Ida Ówn", WORKSPACE);
	instance_enrol_as(&here, GONE, &moved, "Ida Moved", WORKSPACE);
	order_of(14, "qcp_n", &o);
	memcpy(o.workspace, ELSEWHERE, sizeof(ELSEWHERE));
	for (size_t i = 0; i < COUNT_OF(addresses); i++) {
		o.address = approval_address(addresses[i]);
		o.approval_count = 0;
		approve(&o, GONE, &gone);
		expect(&o, ERR_OWN_CASE);
		o.approval_count = 0;
		approve(&o, GONE, &moved);
		expect(&o, ERR_OWN_CASE);
		assert_non_null(strstr(err_explanation(), "own address"));
	}
	o.approval_count = 0;
	approve(&o, ONE, &one);
	must(issue(&o, &result));
	test_authenticator_clear(&moved);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(nobody_approves_for_a_workspace_of_theirs),
	    cmocka_unit_test(nor_as_the_second_of_two),
	    cmocka_unit_test(nor_what_they_asked_for_or_for_their_own_address),
	    cmocka_unit_test(nor_for_their_own_name),
	    cmocka_unit_test(whose_it_is_stands_in_what_was_signed),
	    cmocka_unit_test(a_request_of_no_workspace_is_approved_by_nobody),
	    cmocka_unit_test(the_encoding_before_is_refused),
	    cmocka_unit_test(a_mark_is_of_one_request),
	    cmocka_unit_test(two_operators_are_two_people),
	    cmocka_unit_test(
		what_custodians_know_of_operators_survives_the_file),
	    cmocka_unit_test(an_edited_list_makes_nobody_an_operator),
	    cmocka_unit_test(who_was_enrolled_before_is_enrolled_again),
	    cmocka_unit_test(
		nobody_approves_for_an_address_of_another_passkey_of_theirs),
	};

	return cmocka_run_group_tests_name(
	    "operators", tests, set_up, tear_down);
}
