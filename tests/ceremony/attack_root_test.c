/*
 * Who writes the instance's folders, and the folder that is carried, and tries
 * to have another root believed, or a revocation of the root forgotten. Their
 * root has the same names as the true one.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "steps.h"

#include <stdio.h>
#include <stdlib.h>

#define BOTH "--passphrase-file p1 --passphrase-file p2 "
#define ROOT "--config root/paraph.conf " BOTH
#define FALSE "--config false/paraph.conf " BOTH
#define SIGNER "--config signer/paraph.conf "
#define NAMES "--custodian 'Anna Eins' --custodian 'Bert Zwei' "

/* The digest of the key in a request, as its minutes say it. */
#define KEY(file)                                                              \
	"--fingerprint \"$(openssl req -inform der -in " file                  \
	" -noout -pubkey | openssl pkey -pubin -outform der | sha256sum | "    \
	"cut -c1-64)\" "
#define PRINT(file)                                                            \
	"--fingerprint \"$(openssl x509 -inform der -in " file                 \
	" -noout -fingerprint -sha256 | cut -d= -f2)\" "

static int
set_up(void **state)
{
	(void)state;
	snprintf(here.dir, sizeof(here.dir), "/tmp/paraph-roots-XXXXXX");
	if (!mkdtemp(here.dir))
		return -1;
	return instance_shell(&here,
	    "umask 077; mkdir root false signer carried forged next; "
	    "printf '[pki]\\nbase_url = http://pki.example.com\\n"
	    "organisation = TEST Paraph\\n' | tee root/paraph.conf "
	    "false/paraph.conf >signer/paraph.conf; "
	    "printf 'correct horse battery' >p1; "
	    "printf 'another long sentence' >p2");
}

static int
tear_down(void **state)
{
	(void)state;
	instance_clear(&here);
	return 0;
}

/* What a file says that lies where a root's would: nothing. */
static void
a_root_that_lies_there_already_is_not_believed(void **state)
{
	(void)state;
	step(0, "", "root " FALSE NAMES);
	step(0, "", "request issuing-l --folder carried " SIGNER);
	shell(0, "", "cp carried/issuing-l.* forged");
	step(0, "", "certify issuing-l --folder forged " FALSE
	    KEY("forged/issuing-l.p10"));
	shell(0, "", "mkdir -p signer/ca; cp forged/root.cer signer/ca/");
	step(1, "a new root needs --fingerprint",
	    "accept --folder forged " SIGNER);
	shell(1, "", "ls signer/ca/issuing-l.cer | grep cer$");
	shell(0, "", "rm signer/ca/root.cer");
}

static void
a_root_that_nobody_brought_certifies_nothing(void **state)
{
	(void)state;
	step(0, "", "root " ROOT NAMES);
	step(0, "", "certify issuing-l --folder carried " ROOT
	    KEY("carried/issuing-l.p10"));
	step(0, "with an OCSP responder", "accept --folder carried " SIGNER
	    PRINT("root/ceremony/root.cer"));
	step(0, "", "request issuing-l-2 --folder next " SIGNER);
	step(0, "", "root --root root-2 " FALSE);
	step(0, "", "certify issuing-l-2 --root root-2 --folder next " FALSE
	    KEY("next/issuing-l-2.p10"));
	shell(0, "", "mv next/root-2.cer signer/ca/; rm next/root-2.crl");
	step(1, "its root is not here", "accept --folder next " SIGNER);
	shell(1, "", "ls signer/ca/issuing-l-2.cer | grep cer$");
	shell(0, "", "rm signer/ca/root-2.cer");
}

static bool
issues(void)
{
	struct signer s;
	char path[128];
	size_t repaired;

	snprintf(path, sizeof(path), "%s/signer/paraph.conf", here.dir);
	assert_int_equal(conf_load(path, &here.conf), OK);
	assert_int_equal(signer_open(here.conf, &s, &repaired), OK);
	bool one = signer_issuing_now(
	    &s, AUTHORITY_issuing_l, clock_now()) != NULL;
	signer_close(&s);
	conf_free(here.conf);
	here.conf = NULL;
	return one;
}

static void
an_older_list_of_the_root_makes_no_authority_good_again(void **state)
{
	(void)state;
	assert_true(issues());
	shell(0, "", "cp signer/ca/root.crl before.crl; cp -r root before");
	step(0, "is revoked, for good",
	    "list --revoke carried/issuing-l.cer --folder carried " ROOT);
	step(0, "is taken in", "accept --folder carried " SIGNER);
	assert_false(issues());
	shell(0, "", "cp signer/ca/root.crl after.crl; cp before.crl "
		     "signer/ca/root.crl");
	assert_false(issues());
	shell(0, "", "rm signer/ca/root.crl");
	assert_false(issues());
	shell(0, "", "cp after.crl signer/ca/root.crl");
}

/* The root's own ledger and list as they were before the revocation. */
static void
a_root_that_forgot_a_revocation_is_told(void **state)
{
	(void)state;
	step(0, "list number 2", "list --folder forged --config "
		    "before/paraph.conf " BOTH);
	step(0, "list number 3", "list --folder forged --config "
		    "before/paraph.conf " BOTH);
	shell(0, "", "cp root/ceremony/root.cer forged/; "
		     "rm forged/issuing-l.cer");
	step(1, "leaves out a certificate that the root revoked",
	    "accept --folder forged " SIGNER);
	shell(0, "", "cmp signer/ca/root.crl after.crl");
	/* nor by the older one in the place of the newest */
	shell(0, "", "cp before.crl signer/ca/root.crl");
	step(1, "leaves out", "accept --folder forged " SIGNER);
	step(0, "is taken in", "accept --folder carried " SIGNER);
	shell(0, "", "cmp signer/ca/root.crl after.crl");
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_root_that_lies_there_already_is_not_believed),
	    cmocka_unit_test(a_root_that_nobody_brought_certifies_nothing),
	    cmocka_unit_test(
		an_older_list_of_the_root_makes_no_authority_good_again),
	    cmocka_unit_test(a_root_that_forgot_a_revocation_is_told),
	};

	if (argc < 2)
		return 2;
	ca = realpath(argv[1], NULL);
	return ca ? cmocka_run_group_tests_name(
			"attack by root", tests, set_up, tear_down)
		  : 2;
}
