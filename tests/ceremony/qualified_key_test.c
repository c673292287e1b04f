/*
 * Keys that participants bring for qualified certificates: what the operators
 * signed names the key, and the signer takes that one or none.
 */
#include "qualified.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>

/* A request for the key of this name, which is made when it is first asked
 * for. */
static void
bring_key(struct order *o, const char *name)
{
	char path[160];

	int status = instance_shell(&here,
	    "[ -e %s.key ] || openssl genpkey -algorithm EC -pkeyopt "
	    "ec_paramgen_curve:P-256 -out %s.key; openssl req -new -key "
	    "%s.key -subj /CN=x -outform der -out %s.p10",
	    name, name, name, name);
	assert_int_equal(status, 0);
	snprintf(path, sizeof(path), "%s/%s.p10", here.dir, name);
	AUTO(fclose) FILE *f = fopen(path, "rb");
	assert_non_null(f);
	o->csr_size = fread(o->csr, 1, sizeof(o->csr), f);
}

static void
a_key_made_elsewhere_is_not_the_devices(void **state)
{
	struct order o;

	(void)state;
	order_of(21, "qcp_n_qscd", &o);
	approve(&o, ONE, &one);
	o.csr_size = 10;
	assert_int_equal(issue(&o, &result), ERR_OWN_KEY_LEVEL);
	bring_key(&o, "theirs");
	o.approval_count = 0;
	approve(&o, ONE, &one); /* whoever approves it */
	assert_int_equal(issue(&o, &result), ERR_OWN_KEY_LEVEL);
}

static void
a_key_that_the_operator_approved_is_certified(void **state)
{
	struct order o;

	(void)state;
	order_of(26, "qcp_n", &o);
	bring_key(&o, "mine");
	approve(&o, ONE, &one);
	must(issue(&o, &result));
	assert_int_equal(result.key_blob_size, 0);
	assert_string_equal(result.key_label, "");
	judge("0.4.0.194112.1.0");
	/* openssl finds the key that was brought in it */
	int status = instance_shell(&here,
	    "openssl pkey -in mine.key -pubout -out mine.pub && openssl x509 "
	    "-in leaf.pem -noout -pubkey | cmp - mine.pub");
	assert_int_equal(status, 0);
}

static void
another_key_than_was_approved_is_refused(void **state)
{
	struct order good, o;

	(void)state;
	order_of(27, "qcp_n", &good);
	bring_key(&good, "kept");
	approve(&good, ONE, &one);
	o = good;
	bring_key(&o, "other");
	expect_denied(&o);
	o = good;
	o.csr_size = 0; /* the service would make one, and hold it */
	expect_denied(&o);
	must(issue(&good, &result)); /* none of it left a trace */
}

static void
a_key_where_none_was_approved_is_refused(void **state)
{
	struct order good, o;

	(void)state;
	order_of(28, "qcp_n", &good);
	approve(&good, ONE, &one);
	o = good;
	bring_key(&o, "late");
	expect_denied(&o);
	must(issue(&good, &result));
	assert_true(result.key_blob_size > 0);
}

/* Who approves a key does not vouch for what nobody could see. */
static void
an_approved_key_has_to_be_proven_and_ones_own(void **state)
{
	struct order o;

	(void)state;
	order_of(29, "qcp_n", &o);
	bring_key(&o, "mine");
	o.csr[o.csr_size - 1] ^= 1; /* not signed by it */
	approve(&o, ONE, &one);
	assert_int_equal(issue(&o, &result), ERR_KEY_SIGNATURE);
	order_of(29, "qcp_n", &o);
	bring_key(&o, "mine"); /* certified above, for another */
	approve(&o, ONE, &one);
	assert_int_equal(issue(&o, &result), ERR_KEY_OF_ANOTHER);
	order_of(29, "qcp_n", &o);
	o.csr_size = 10; /* no request at all */
	approve(&o, ONE, &one);
	assert_int_equal(issue(&o, &result), ERR_KEY_NOT_ACCEPTED);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_key_made_elsewhere_is_not_the_devices),
	    cmocka_unit_test(a_key_that_the_operator_approved_is_certified),
	    cmocka_unit_test(another_key_than_was_approved_is_refused),
	    cmocka_unit_test(a_key_where_none_was_approved_is_refused),
	    cmocka_unit_test(an_approved_key_has_to_be_proven_and_ones_own),
	};
	return cmocka_run_group_tests(
	    tests, qualified_set_up, qualified_tear_down);
}
