/*
 * Whom the signer believes: operators whom both custodians put on the list, and
 * custodians to whom the ones before them handed over.
 */
#include "qualified.h"

#include "base/clock.h"
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
	assert_int_equal(issue(&o, &result), ERR_UNAVAILABLE);
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
	AUTO(operators_clear) struct operators list = {0};
	AUTO(secret_clear) struct secret key = {0};
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
	assert_int_equal(issue(&o, &result), ERR_UNAVAILABLE);
	/* nor when theirs is the newer list, by its number */
	must(custodians_unlock(&c, passphrases, &key));
	must(operators_load(signer_dir(), &c, &list));
	list.number = 1000;
	must(operators_save(signer_dir(), &list, &key));
	assert_int_equal(issue(&o, &result), ERR_UNAVAILABLE);
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

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_removed_operator_approves_no_more),
	    cmocka_unit_test(
		a_list_that_the_custodians_did_not_sign_is_refused),
	    cmocka_unit_test(other_custodians_than_the_first_are_refused),
	    cmocka_unit_test(
		custodians_to_whom_the_first_handed_over_are_believed),
	    cmocka_unit_test(
		custodians_may_change_twice_while_the_signer_is_away),
	    cmocka_unit_test(one_custodian_signs_nothing),
	};

	return cmocka_run_group_tests_name(
	    "believed", tests, qualified_set_up, qualified_tear_down);
}
