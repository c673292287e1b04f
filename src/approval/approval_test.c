/*
 * One approval, one digest; whatever is changed changes it.
 */
#include "approval/approval.h"

#include "approval/vectors.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static struct approval
known(void)
{
	struct approval a = {.registration = "reg_00000000000000000000000000",
	    .workspace = "wsp_00000000000000000000000000",
	    .requested_by = "mem_00000000000000000000000000",
	    .address = approval_address("zoe@example.com"),
	    .level = "qcp",
	    .profile = "qcp_n",
	    .given_names = "Zoë Maï",
	    .surname = "Ļimanova",
	    .common_name = "Zoë Maï Ļimanova",
	    .country = "FR",
	    .person_serial = "PNOFR-0123456789",
	    .decision = "approve",
	    .needed = 1,
	    .attempt = 1,
	    .made_at = 1700000000123};

	for (uint8_t i = 0; i < DIGEST_SIZE; i++)
		a.evidence.bytes[i] = i;
	return a;
}

static void
the_digest_is_the_one_that_another_program_computed(void **state)
{
	struct approval a = known();
	struct digest d, e;

	(void)state;
	assert_int_equal(approval_digest(&a, &d), OK);
	assert_memory_equal(d.bytes, vector_challenge, DIGEST_SIZE);
	e = digest_sha256(SPAN(vector_approval, sizeof(vector_approval)));
	assert_memory_equal(d.bytes, e.bytes, DIGEST_SIZE);
}

static struct digest
a_key(void)
{
	struct digest key;

	for (uint8_t i = 0; i < DIGEST_SIZE; i++)
		key.bytes[i] = (uint8_t)(32 + i);
	return key;
}

static void
and_so_is_that_over_a_key_of_ones_own(void **state)
{
	struct approval a = known();
	struct digest d, e, key = a_key();

	(void)state;
	a.own_key = &key;
	assert_int_equal(approval_digest(&a, &d), OK);
	assert_memory_equal(d.bytes, vector_own_key_challenge, DIGEST_SIZE);
	e = digest_sha256(
	    SPAN(vector_own_key_approval, sizeof(vector_own_key_approval)));
	assert_memory_equal(d.bytes, e.bytes, DIGEST_SIZE);
	key.bytes[0] ^= 1;
	assert_int_equal(approval_digest(&a, &e), OK);
	assert_memory_not_equal(d.bytes, e.bytes, DIGEST_SIZE);
}

static void
and_so_is_that_after_a_withdrawal(void **state)
{
	struct approval a = known();
	struct digest d, e;
	uint8_t mark[APPROVAL_MARK_SIZE];

	(void)state;
	for (uint8_t i = 0; i < sizeof(mark); i++)
		mark[i] = (uint8_t)(64 + i);
	a.withdrawal = SPAN(mark, sizeof(mark));
	assert_int_equal(approval_digest(&a, &d), OK);
	assert_memory_equal(d.bytes, vector_again_challenge, DIGEST_SIZE);
	e = digest_sha256(
	    SPAN(vector_again_approval, sizeof(vector_again_approval)));
	assert_memory_equal(d.bytes, e.bytes, DIGEST_SIZE);
	mark[15] ^= 1;
	assert_int_equal(approval_digest(&a, &e), OK);
	assert_memory_not_equal(d.bytes, e.bytes, DIGEST_SIZE);
	a.withdrawal.size--;
	assert_int_equal(approval_digest(&a, &e), ERR_INVALID);
}

static void
addresses_are_told_apart(void **state)
{
	struct digest one = approval_address("zoe@example.com");
	struct digest other = approval_address("zoe@example.org");

	(void)state;
	assert_memory_not_equal(one.bytes, other.bytes, DIGEST_SIZE);
}

static void
every_field_changes_the_digest(void **state)
{
	struct approval a;
	struct digest d;
	const char **texts[] = {&a.registration, &a.level, &a.profile,
	    &a.given_names, &a.surname, &a.common_name, &a.country,
	    &a.person_serial, &a.workspace, &a.requested_by};

	(void)state;
	const size_t count = sizeof(texts) / sizeof(texts[0]);

	for (size_t i = 0; i < count + 6; i++) {
		a = known();
		if (i < count)
			*texts[i] = "other";
		a.evidence.bytes[31] ^= i == count;
		a.needed += i == count + 1;
		a.attempt += i == count + 2;
		a.made_at += i == count + 3;
		a.made_at += i == count + 4 ? (int64_t)1 << 32 : 0;
		a.address.bytes[0] ^= i == count + 5;
		assert_int_equal(approval_digest(&a, &d), OK);
		assert_memory_not_equal(d.bytes, vector_challenge, DIGEST_SIZE);
	}
}

static void
names_that_join_to_the_same_text_have_different_digests(void **state)
{
	struct approval a = known();
	struct digest one, other;

	(void)state;
	a.given_names = "Anna";
	a.surname = "Maria";
	assert_int_equal(approval_digest(&a, &one), OK);
	a.given_names = "Annam";
	a.surname = "aria";
	assert_int_equal(approval_digest(&a, &other), OK);
	assert_memory_not_equal(one.bytes, other.bytes, DIGEST_SIZE);
}

static void
refuses_what_is_no_approval(void **state)
{
	struct approval a = known();
	struct digest d;
	char longest[APPROVAL_FIELD_MAX + 2];

	(void)state;
	a.decision = "refuse";
	assert_int_equal(approval_digest(&a, &d), ERR_INVALID);
	a = known();
	a.needed = 0;
	assert_int_equal(approval_digest(&a, &d), ERR_INVALID);
	a.needed = 3;
	assert_int_equal(approval_digest(&a, &d), ERR_INVALID);
	a = known();
	a.surname = NULL;
	assert_int_equal(approval_digest(&a, &d), ERR_INVALID);
	a.surname = "line\nbreak";
	assert_int_equal(approval_digest(&a, &d), ERR_INVALID);
	memset(longest, 'a', sizeof(longest));
	longest[sizeof(longest) - 1] = '\0';
	a.surname = longest;
	assert_int_equal(approval_digest(&a, &d), ERR_INVALID);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(
		the_digest_is_the_one_that_another_program_computed),
	    cmocka_unit_test(and_so_is_that_over_a_key_of_ones_own),
	    cmocka_unit_test(and_so_is_that_after_a_withdrawal),
	    cmocka_unit_test(addresses_are_told_apart),
	    cmocka_unit_test(every_field_changes_the_digest),
	    cmocka_unit_test(
		names_that_join_to_the_same_text_have_different_digests),
	    cmocka_unit_test(refuses_what_is_no_approval),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
