/*
 * paraph operator as a shell sees it, and that the signer believes what it
 * wrote.
 */
#include "instance.h"

#include "base/codec.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define ONE "mem_11111111111111111111111111"
#define FILES "--passphrase-file first --passphrase-file second "
#define CONFIG "--config paraph.conf "

static struct instance here;
static struct test_authenticator passkey;
static const char *operator_program;
static char fingerprint[PASSKEY_FINGERPRINT_SIZE];

static void
write_card(const char *name, const char *id, struct span key)
{
	AUTO(buf_clear) struct buf b;

	buf_init(&b, 8192);
	assert_int_equal(buf_add_format(&b,
			     "paraph passkey 2\noperator %s\nperson %s\n"
			     "address %064d\ncredential ",
			     id, "T3R0byBNdXN0ZXI", 1), /* Otto Muster */
	    OK);
	assert_int_equal(base64url_encode(SPAN(passkey.credential_id,
					      sizeof(passkey.credential_id)),
			     &b),
	    OK);
	assert_int_equal(buf_add_text(&b, "\nkey "), OK);
	assert_int_equal(base64url_encode(key, &b), OK);
	assert_int_equal(
	    buf_add_text(&b, "\nworkspace " WORKSPACE "\n"), OK);
	instance_write(&here, name, span_of_buf(&b));
}

static int
set_up(void **state)
{
	(void)state;
	instance_init(&here, "");
	test_authenticator_init(&passkey, false);
	passkey_fingerprint(span_of_buf(&passkey.public_key), fingerprint);
	instance_write(
	    &here, "first", span_of_text("correct horse battery\n"));
	instance_write(
	    &here, "second", span_of_text("another long sentence\n"));
	instance_write(&here, "short", span_of_text("short\n"));
	instance_shell(&here, "chmod 600 first second short");
	write_card("card", ONE, span_of_buf(&passkey.public_key));
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	test_authenticator_clear(&passkey);
	instance_clear(&here);
	return 0;
}

static void
expect(int status, const char *said, const char *arguments)
{
	int found = instance_shell(&here, "'%s' %s", operator_program,
	    arguments);

	if (found != status || !strstr(instance_said(&here), said))
		fail_msg(
		    "%s: %d, said %s", arguments, found, instance_said(&here));
}

static void
nobody_is_enrolled_before_custodians_are_named(void **state)
{
	(void)state;
	expect(1, "no custodians yet", "enrol card " CONFIG FILES);
	expect(1, "no custodians yet", "list " CONFIG);
}

static void
custodians_are_two_people_with_two_passphrases(void **state)
{
	(void)state;
	expect(1, "at least 12",
	    "custodians Anna Bert " CONFIG
	    "--passphrase-file first --passphrase-file short");
	expect(1, "are the same",
	    "custodians Anna Bert " CONFIG
	    "--passphrase-file first --passphrase-file first");
	expect(1, "are one", "custodians Anna Anna " CONFIG FILES);
	expect(0, "Custodians: Anna and Bert",
	    "custodians Anna Bert " CONFIG FILES);
	expect(1, "named already", "custodians Carl Dora " CONFIG FILES);
}

static void
enrolling_needs_the_fingerprint_and_both_passphrases(void **state)
{
	char line[512];

	(void)state;
	expect(1, "fingerprint is another one",
	    "enrol card --fingerprint 'ba78 16bf' " CONFIG FILES);
	snprintf(line, sizeof(line),
	    "enrol card --fingerprint '%s' " CONFIG
	    "--passphrase-file second --passphrase-file first",
	    fingerprint);
	expect(1, "not the passphrase of Anna", line);
	expect(0, "[]", "list --json " CONFIG); /* nothing was written */
	snprintf(line, sizeof(line),
	    "enrol - <card --fingerprint '%s' " CONFIG FILES, fingerprint);
	expect(0, "list number 1 has 1 keys", line);
	expect(1, "this key is enrolled", line);
}

static void
the_list_is_for_its_owner_alone_and_tells_fingerprints(void **state)
{
	char line[256];

	(void)state;
	expect(0, fingerprint, "list " CONFIG);
	snprintf(line, sizeof(line), "'%s' list --json " CONFIG
		 "| python3 -m json.tool", operator_program);
	assert_int_equal(instance_shell(&here, "%s", line), 0);
	assert_int_equal(instance_shell(&here,
			     "test $(stat -c %%a signer/operators) = 600 && "
			     "test $(stat -c %%a signer/custodians) = 600"),
	    0);
}

static void
refuses_cards_that_are_none(void **state)
{
	(void)state;
	write_card("bad", "mem_x", span_of_buf(&passkey.public_key));
	expect(1, "not an operator's id", "enrol bad " CONFIG FILES);
	write_card("bad", ONE, span_of_text("no key"));
	expect(1, "not a key", "enrol bad " CONFIG FILES);
	expect(1, "show-passkey prints", "enrol paraph.conf " CONFIG FILES);
	expect(1, "cannot read", "enrol absent " CONFIG FILES);
}

static void
it_asks_on_a_terminal_without_showing_what_is_typed(void **state)
{
	char line[768];

	(void)state;
	if (instance_shell(&here, "command -v script") != 0)
		skip(); /* util-linux' script is the terminal here */
	expect(0, "Removed 1; list number 2",
	    "remove " ONE " " CONFIG FILES);
	snprintf(line, sizeof(line),
	    "(sleep 0.3; echo yes; sleep 0.3; echo correct horse battery; "
	    "sleep 1; echo another long sentence; sleep 1) | script -qec "
	    "\"'%s' enrol card " CONFIG "\" /dev/null",
	    operator_program);
	instance_shell(&here, "%s", line);
	const char *said = instance_said(&here);
	assert_non_null(strstr(said, "list number 3 has 1 keys"));
	assert_non_null(strstr(said, "Bert, your passphrase:"));
	assert_null(strstr(said, "long sentence"));
}

static void
renewing_says_that_the_training_is_new(void **state)
{
	(void)state;
	expect(1, "no key of this operator",
	    "renew mem_22222222222222222222222222 " CONFIG FILES);
	expect(0, "Renewed 1; list number 4 has 1 keys",
	    "renew " ONE " " CONFIG FILES);
	expect(0, "believed_until", "list --json " CONFIG);
}

static void
removing_takes_all_keys_of_an_operator(void **state)
{
	(void)state;
	expect(1, "no key of this operator",
	    "remove mem_22222222222222222222222222 " CONFIG FILES);
	expect(0, "has 0 keys", "remove " ONE " " CONFIG FILES);
}

static void
custodians_hand_over_to_others(void **state)
{
	char line[512];

	(void)state;
	snprintf(line, sizeof(line),
	    "enrol card --fingerprint '%s' " CONFIG FILES, fingerprint);
	expect(0, "has 1 keys", line);
	instance_write(&here, "third", span_of_text("a third passphrase\n"));
	instance_write(&here, "fourth", span_of_text("a fourth passphrase\n"));
	instance_shell(&here, "chmod 600 third fourth");
	expect(1, "not the passphrase of Anna",
	    "custodians Carl Dora --replace " CONFIG
	    "--passphrase-file third --passphrase-file fourth "
	    "--passphrase-file third --passphrase-file fourth");
	expect(1, "too few", "custodians Carl Dora --replace " CONFIG FILES);
	instance_shell(&here, "cp signer/operators before");
	expect(0, "Custodians: Carl and Dora",
	    "custodians Carl Dora --replace " CONFIG FILES
	    "--passphrase-file third --passphrase-file fourth");
	expect(0, fingerprint, "list " CONFIG);
	expect(1, "not the passphrase of Carl", "remove " ONE " " CONFIG FILES);
	/* cut short between the two files: the next change completes it */
	instance_shell(&here, "cp before signer/operators");
	expect(0, "still signed by the custodians before", "list " CONFIG);
	expect(0, "has 0 keys",
	    "remove " ONE " " CONFIG
	    "--passphrase-file third --passphrase-file fourth");
	expect(0, "[]", "list --json " CONFIG);
}

static void
wrong_use_ends_with_2(void **state)
{
	(void)state;
	expect(0, "usage: paraph operator", "--help");
	expect(2, "what is to be done?", "");
	expect(2, "FILE is missing", "enrol " CONFIG);
	expect(2, "for each custodian",
	    "enrol card --passphrase-file first " CONFIG);
	expect(2, "unknown argument 'more'", "list more " CONFIG);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(nobody_is_enrolled_before_custodians_are_named),
	    cmocka_unit_test(custodians_are_two_people_with_two_passphrases),
	    cmocka_unit_test(
		enrolling_needs_the_fingerprint_and_both_passphrases),
	    cmocka_unit_test(
		the_list_is_for_its_owner_alone_and_tells_fingerprints),
	    cmocka_unit_test(refuses_cards_that_are_none),
	    cmocka_unit_test(
		it_asks_on_a_terminal_without_showing_what_is_typed),
	    cmocka_unit_test(renewing_says_that_the_training_is_new),
	    cmocka_unit_test(removing_takes_all_keys_of_an_operator),
	    cmocka_unit_test(custodians_hand_over_to_others),
	    cmocka_unit_test(wrong_use_ends_with_2),
	};

	operator_program = argc > 1 ? realpath(argv[1], NULL) : NULL;
	if (!operator_program)
		return 2;
	return cmocka_run_group_tests_name(
	    "operator", tests, set_up, tear_down);
}
