/*
 * Where settings may put what programs keep from each other.
 */
#include "proc/apart.h"

#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static enum err
check(const char *text, const char *dir)
{
	AUTO(conf_free) struct conf *conf = NULL;

	assert_int_equal(conf_parse(span_of_text(text), dir, &conf), OK);
	return apart_check(conf);
}

static void
the_presets_keep_the_programs_apart(void **state)
{
	(void)state;
	assert_int_equal(check("", "/srv/paraph"), OK);
}

static void
a_database_beside_the_keys_is_refused(void **state)
{
	(void)state;
	assert_int_equal(check("[store]\npath = paraph.db\n", "/srv/paraph"),
	    ERR_INVALID);
	assert_int_equal(check("[store]\npath = keys/paraph.db\n",
	    "/srv/paraph"), ERR_INVALID);
	assert_int_equal(check("[store]\npath = /paraph.db\n", "/srv/paraph"),
	    ERR_INVALID);
}

static void
a_secret_below_what_another_reads_is_refused(void **state)
{
	(void)state;
	assert_int_equal(check("[pki]\npin_file = store/pin\n", "/srv/p"),
	    ERR_INVALID);
	assert_int_equal(check("[store]\nkeys_dir = vault/keys\n", "/srv/p"),
	    ERR_INVALID);
	assert_int_equal(check("[store]\nvault = outbox/vault\n", "/srv/p"),
	    ERR_INVALID);
	assert_int_equal(check("[pki]\npin_file = storehouse/pin\n", "/srv/p"),
	    OK);
}

static void
the_signers_secrets_do_not_lie_where_the_clerk_reads(void **state)
{
	(void)state;
	assert_int_equal(check("", "/etc/paraph"), ERR_INVALID);
	assert_int_equal(check("[signer]\ndir = /var/lib/paraph/signer\n"
	    "[pki]\npin_file = /var/lib/paraph/signer/pin\n"
	    "root_pin_file = /root/pin\n", "/etc/paraph"), OK);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_presets_keep_the_programs_apart),
	    cmocka_unit_test(a_database_beside_the_keys_is_refused),
	    cmocka_unit_test(a_secret_below_what_another_reads_is_refused),
	    cmocka_unit_test(
		the_signers_secrets_do_not_lie_where_the_clerk_reads),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
