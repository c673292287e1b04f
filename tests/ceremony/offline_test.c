/*
 * paraph ca ceremony as a shell sees it: a root on a machine of its own, an
 * issuing authority certified by files, everything done twice, cut short,
 * forged and mistyped. The two machines are two folders.
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
#define ROOT "--config root/paraph.conf "
#define SIGNER "--config signer/paraph.conf "
#define NAMES "--custodian 'Anna Eins' --custodian 'Bert Zwei' "
#define WHERE                                                                  \
	"--place Luxembourg --present 'Carla Drei, security officer' "         \
	"--present 'Dora Vier, notary, witness' "

static int
set_up(void **state)
{
	(void)state;
	snprintf(here.dir, sizeof(here.dir), "/tmp/paraph-offline-XXXXXX");
	if (!mkdtemp(here.dir))
		return -1;
	return instance_shell(&here,
	    "umask 077; mkdir root signer other carried sheetless; "
	    "printf '[pki]\\nbase_url = http://pki.example.com\\n"
	    "organisation = TEST Paraph\\n' | tee root/paraph.conf "
	    ">signer/paraph.conf; sed s/Paraph/Others/ root/paraph.conf "
	    ">other/paraph.conf; printf 'correct horse battery' >p1; "
	    "printf 'another long sentence' >p2; printf 'neither of those' "
	    ">p3");
}

static int
tear_down(void **state)
{
	(void)state;
	instance_clear(&here);
	return 0;
}

static void
said(const char *text)
{
	if (!strstr(instance_said(&here), text))
		fail_msg("not said: %s, but %s", text, instance_said(&here));
}

static void
two_custodians_make_a_root(void **state)
{
	(void)state;
	step(1, "needs --custodian NAME for each", "root " ROOT BOTH);
	step(2, "of two at least", "root --custodian Anna " ROOT BOTH);
	step(1, "are the same",
	    "root " ROOT NAMES
	    "--passphrase-file p1 --passphrase-file p1");
	step(0, "The root certifies itself", "root " ROOT NAMES BOTH WHERE);
	said("No share is spare");
	said("Luxembourg");
	said("  2  Dora Vier, notary, witness");
	said("  3  Anna Eins, custodian");
	said("ECDSA with SHA-384");
	shell(0, "TEST Paraph Root CA G1",
	    "openssl x509 -inform der -in root/ceremony/root.cer -noout -text");
	/* nothing in the folder opens the token */
	shell(1, "", "ls root/ceremony | grep -i pin");
}

static void
minutes_have_80_columns_and_a_digest_that_is_right(void **state)
{
	(void)state;
	shell(0, "",
	    "f=$(ls root/ceremony/minutes-root-*.txt | tail -1); "
	    "test $(wc -L <$f) -le 80 && "
	    "sed '/^The text up to here/,$d' $f | head -c -1 | sha256sum | "
	    "tr a-f A-F | cut -c1-64 >digest; "
	    "sed -n '/^The text up to here/,/^SIGN/p' $f | grep '^    ' | "
	    "tr -d ' \\n' | cmp - digest -n 64");
}

/* A colon is in no name on the sticks that people carry. */
static void
what_is_carried_has_names_for_any_stick(void **state)
{
	(void)state;
	shell(0, "minutes-request-", "ls carried; ls carried | grep -c . >all; "
		     "ls carried | grep -c '^[A-Za-z0-9.-]*$' | cmp - all");
}

static void
a_root_is_made_once(void **state)
{
	(void)state;
	shell(0, "", "cp root/ceremony/root.cer first.cer");
	step(0, "exists already", "root " ROOT BOTH);
	shell(0, "", "cmp root/ceremony/root.cer first.cer");
}

static void
a_step_that_was_cut_short_goes_on_with_the_same_key(void **state)
{
	(void)state;
	shell(0, "", "cp -r root kept; rm root/ceremony/root.cer");
	step(0, "in the token already", "root " ROOT BOTH);
	shell(0, "",
	    "for f in first.cer root/ceremony/root.cer; do openssl x509 "
	    "-inform der -in $f -noout -pubkey >$(basename $f).key; done; "
	    "cmp first.cer.key root.cer.key && rm -r root && mv kept root");
}

static void
one_custodian_does_not_open_the_root(void **state)
{
	(void)state;
	step(1, "this opens no custodian's share",
	    "list --folder carried " ROOT
	    "--passphrase-file p1 --passphrase-file p3");
	step(1, "was given already",
	    "list --folder carried " ROOT
	    "--passphrase-file p1 --passphrase-file p1");
	step(1, "2 custodians are needed, of 1 there was the share",
	    "list --folder carried " ROOT "--passphrase-file p1");
}

static void
a_request_is_made_and_made_again(void **state)
{
	(void)state;
	step(0, "cannot be taken", "request issuing-l --folder carried " SIGNER);
	shell(0, "verify OK",
	    "openssl req -inform der -in carried/issuing-l.p10 -verify -noout");
	shell(0, "", "openssl req -inform der -in carried/issuing-l.p10 "
		     "-pubkey -noout >before");
	step(0, "in the token already",
	    "request issuing-l --folder carried " SIGNER);
	shell(0, "", "openssl req -inform der -in carried/issuing-l.p10 "
		     "-pubkey -noout | cmp - before");
	step(1, "does not issue", "request root-2 --folder carried " SIGNER);
}

/* The digest of the key as openssl sees it. */
#define KEY                                                                    \
	"\"$(openssl req -inform der -in carried/issuing-l.p10 -noout -pubkey " \
	"| openssl pkey -pubin -outform der | sha256sum | cut -c1-64)\" "

static void
what_was_read_aloud_decides_which_key_is_certified(void **state)
{
	(void)state;
	step(1, "another key than was read aloud",
	    "certify issuing-l --folder carried " ROOT BOTH
	    "--fingerprint "
	    "00000000000000000000000000000000"
	    "00000000000000000000000000000000");
	/* before anybody's share is opened: p3 opens none */
	step(1, "another key than was read aloud",
	    "certify issuing-l --folder carried " ROOT
	    "--passphrase-file p1 --passphrase-file p3 "
	    "--fingerprint "
	    "00000000000000000000000000000000"
	    "00000000000000000000000000000000");
	step(2, "64 hex digits",
	    "certify issuing-l --folder carried " ROOT BOTH
	    "--fingerprint 0011");
	step(0, "compared with the signer's", 
	    "certify issuing-l --folder carried " ROOT BOTH
	    "--fingerprint " KEY);
	said("TEST Paraph Issuing CA L G1");
	shell(0, "", "cp carried/issuing-l.cer given.cer");
	step(0, "was certified before with this key",
	    "certify issuing-l --folder carried " ROOT BOTH
	    "--fingerprint " KEY);
	step(2, "certify needs --fingerprint",
	    "certify issuing-l --folder carried " ROOT BOTH);
	shell(0, "", "cmp carried/issuing-l.cer given.cer");
}

/* Whatever is in the folder: the custodians were deceived. */
#define READ_ALOUD                                                             \
	"--fingerprint \"$(grep -h -A2 'Public key, SHA-256' "                  \
	"$(ls -t $(grep -l 'key, SHA' */minutes-request-*) | head -1) | tail -2 | tr -d ' \\n')\""

static void
forged_requests_are_refused(void **state)
{
	(void)state;
	shell(0, "", "mkdir -p forged; cp carried/issuing-l.p10 forged/; "
		     "printf 'X' | dd of=forged/issuing-l.p10 bs=1 seek=60 "
		     "conv=notrunc");
	step(1, "It was not finished",
	    "certify issuing-l --folder forged " ROOT BOTH READ_ALOUD);
	/* the same name, another key */
	step(0, "", "request issuing-l --folder forged --config "
		    "other/paraph.conf");
	step(1, "was certified with another key",
	    "certify issuing-l --folder forged " ROOT BOTH READ_ALOUD);
	step(0, "", "request issuing-q --folder forged --config "
		    "other/paraph.conf");
	step(1, "names somebody else",
	    "certify issuing-q --folder forged " ROOT BOTH READ_ALOUD);
	shell(0, "", "cp forged/issuing-q.p10 forged/issuing-l-2.p10");
	step(1, "names somebody else",
	    "certify issuing-l-2 --folder forged " ROOT BOTH READ_ALOUD);
	shell(1, "", "ls root/ceremony/issuing-q.cer root/ceremony/issuing-l-2.cer "
		     "| grep cer$");
}

/* What would stand in a certificate for ten years is told before it does. */
static void
machines_that_were_told_different_things_certify_nothing(void **state)
{
	(void)state;
	shell(0, "", "mkdir changed; sed s/pki.example/other.example/ "
		     "root/paraph.conf >changed/paraph.conf; sed s/Paraph/Others/ "
		     "root/paraph.conf >root/others.conf");
	step(0, "", "request issuing-q --folder changed --config "
		    "changed/paraph.conf");
	step(1, "pki.base_url is http://pki.example.com here",
	    "certify issuing-q --folder changed " ROOT BOTH READ_ALOUD);
	step(1, "made for somebody else",
	    "certify issuing-q --folder changed --config root/others.conf " BOTH
	    READ_ALOUD);
	shell(1, "", "ls root/ceremony/issuing-q.cer | grep cer$");
}

#define PRINT                                                                  \
	"$(openssl x509 -inform der -in root/ceremony/root.cer -noout "        \
	"-fingerprint -sha256 | cut -d= -f2) "

static void
the_answer_is_taken_in_when_it_is_believed(void **state)
{
	(void)state;
	step(1, "a new root needs --fingerprint",
	    "accept --folder carried " SIGNER);
	step(1, "another digest than was read aloud",
	    "accept --folder carried " SIGNER "--fingerprint "
	    "00000000000000000000000000000000"
	    "00000000000000000000000000000000");
	shell(1, "", "ls signer/ca/root.cer | grep cer");
	step(0, "with an OCSP responder and a first list",
	    "accept --folder carried " SIGNER "--fingerprint " PRINT);
	step(0, "issuing-l is here already", "accept --folder carried " SIGNER);
	step(1, "has its certificate",
	    "request issuing-l --folder carried " SIGNER);
	shell(0, "issuing-l.pem: OK",
	    "for n in root issuing-l; do openssl x509 -inform der -in "
	    "signer/ca/$n.cer -out $n.pem; openssl crl -inform der -in "
	    "signer/ca/$n.crl -out $n.crl.pem; done; openssl verify "
	    "-x509_strict -CAfile root.pem -CRLfile root.crl.pem "
	    "-crl_check_all issuing-l.pem");
}

static void
the_signer_begins_with_what_was_taken_in(void **state)
{
	static struct issue_result result;
	struct signer s;
	struct order o;
	struct issue_work w = {.order = &o, .result = &result};
	char path[128];
	size_t repaired;

	(void)state;
	snprintf(path, sizeof(path), "%s/signer/paraph.conf", here.dir);
	assert_int_equal(conf_load(path, &here.conf), OK);
	assert_int_equal(signer_open(here.conf, &s, &repaired), OK);
	instance_order(1, &o);
	o.known = *records_mark(s.records);
	signer_issue(&s, &w, 1);
	if (w.outcome != OK)
		fail_msg("%s", w.explanation);
	assert_string_equal(result.issuer, "issuing-l");
	/* its ledger has one writer */
	step(1, "stop the service", "accept --folder carried " SIGNER);
	step(1, "stop the service", "begin issuing-l " SIGNER);
	signer_close(&s);
}

static void
lists_of_the_root_go_forward_only(void **state)
{
	(void)state;
	shell(0, "", "cp carried/root.crl first.crl");
	step(0, "list number 2", "list --folder carried " ROOT BOTH);
	step(0, "list number 2 of the root is taken in",
	    "accept --folder carried " SIGNER);
	shell(0, "", "cp signer/ca/root.crl second.crl; cp first.crl "
		     "carried/root.crl");
	step(0, "", "accept --folder carried " SIGNER);
	shell(0, "", "cmp signer/ca/root.crl second.crl");
	/* another root's list */
	step(0, "", "root --config other/paraph.conf " NAMES BOTH);
	shell(0, "", "cp other/ceremony/root.crl carried/root.crl");
	step(1, "the list is not the root's",
	    "accept --folder carried " SIGNER);
	shell(0, "", "cmp signer/ca/root.crl second.crl; cp second.crl "
		     "carried/root.crl");
}

static void
an_authority_is_revoked_by_its_root_alone(void **state)
{
	(void)state;
	step(1, "not a certificate of an authority under this root",
	    "list --revoke other/ceremony/root.cer --folder carried " ROOT BOTH);
	step(1, "not a certificate of an authority under this root",
	    "list --revoke root/ceremony/root.cer --folder carried " ROOT BOTH);
	step(2, "no such reason",
	    "list --revoke carried/issuing-l.cer --reason hold --folder "
	    "carried " ROOT BOTH);
	step(0, "is revoked, for good",
	    "list --revoke carried/issuing-l.cer --reason superseded --folder "
	    "carried " ROOT BOTH);
	step(0, "was revoked before",
	    "list --revoke carried/issuing-l.cer --folder carried " ROOT BOTH);
	shell(2, "certificate revoked",
	    "openssl crl -inform der -in carried/root.crl -out root.crl.pem; "
	    "openssl verify -x509_strict -CAfile root.pem -CRLfile "
	    "root.crl.pem -crl_check_all issuing-l.pem");
	shell(0, "Superseded",
	    "openssl crl -inform der -in carried/root.crl -noout -text");
}

static void
a_lost_ledger_of_the_root_is_made_of_its_last_list(void **state)
{
	(void)state;
	shell(0, "", "cp -a root kept; rm root/ceremony/ledger; openssl crl "
		     "-inform der -in root/ceremony/root.crl -noout -text | "
		     "grep -A3 'Serial Number:' >before");
	step(0, "names 1 revoked", "list --folder carried " ROOT BOTH);
	said("list number 5");
	shell(0, "", "openssl crl -inform der -in carried/root.crl -noout "
		     "-text | grep -A3 'Serial Number:' | cmp - before");
	/* a list that somebody else made is no memory */
	shell(0, "", "rm root/ceremony/ledger; cp other/ceremony/root.crl "
		     "root/ceremony/root.crl");
	step(1, "is not signed by this root",
	    "list --folder carried " ROOT BOTH);
	shell(0, "", "rm root/ceremony/ledger root/ceremony/root.crl");
	step(1, "its last list is not here",
	    "list --folder carried " ROOT BOTH);
	shell(0, "", "rm -r root; mv kept root; cp root/ceremony/root.crl "
		     "carried/root.crl");
}

/* A second root in the same token, under a name of its own. */
static void
a_second_root_certifies_the_next_generation(void **state)
{
	(void)state;
	step(0, "TEST Paraph Root CA G2", "root --root root-2 " ROOT BOTH);
	step(0, "", "request issuing-l-2 --folder carried " SIGNER);
	step(0, "The root-2 certifies issuing-l-2",
	    "certify issuing-l-2 --root root-2 --folder carried " ROOT BOTH
	    READ_ALOUD);
	step(0, "issuing-l-2 is certified by its root",
	    "accept --folder carried " SIGNER "--fingerprint $(openssl x509 "
	    "-inform der -in root/ceremony/root-2.cer -noout -fingerprint "
	    "-sha256 | cut -d= -f2)");
	shell(0, "pki/crl/root-2.crl",
	    "openssl x509 -inform der -in signer/ca/issuing-l-2.cer -noout "
	    "-text");
	step(0, "is the one that issues", "begin issuing-l-2 " SIGNER);
	step(1, "there is no issuing-q here", "begin issuing-q " SIGNER);
	/* back to the first one is possible, to nobody is not */
	step(0, "is the one that issues",
	    "begin issuing-l-2 --from 2049-01-01 " SIGNER);
	step(1, "nothing else would until then",
	    "begin issuing-l --from 2049-01-01 " SIGNER);
	step(1, "--from is a day", "begin issuing-l-2 --from soon " SIGNER);
}

/* A token that is not mounted is no reason to make another. */
static void
a_missing_token_is_not_made_anew(void **state)
{
	(void)state;
	shell(0, "", "mv signer/token away");
	step(1, "there is no token",
	    "request issuing-q --folder carried " SIGNER);
	shell(0, "", "rm -rf signer/token; mv away signer/token");
}

static void
a_dry_run_leaves_nothing(void **state)
{
	(void)state;
	setenv("TMPDIR", here.dir, 1);
	shell(0, "", "find root signer -type f | xargs sha256sum >before");
	step(0, "DRY RUN: nothing of this is in use",
	    "accept --dry-run " SIGNER NAMES BOTH);
	said("with an OCSP responder");
	step(0, "DRY RUN", "root --dry-run " ROOT BOTH);
	said("Anna Eins, custodian"); /* who holds the real one */
	step(0, "is revoked, for good",
	    "list --dry-run --revoke x " ROOT BOTH);
	shell(0, "", "find root signer -type f | xargs sha256sum | cmp - "
		     "before; ls -d paraph-rehearsal-* 2>/dev/null | "
		     "wc -l | grep -x 0");
}

static void
wrong_use_ends_with_2(void **state)
{
	(void)state;
	step(0, "usage: paraph ca ceremony root", "--help");
	step(2, "paraph ca ceremony shares", "");
	step(2, "which authority?", "request --folder x");
	step(2, "no such authority: 'issuing-x'", "request issuing-x --folder x");
	step(2, "--folder is missing", "request issuing-l");
	step(2, "there is no such folder", "list --folder nowhere " ROOT);
	shell(2, "No such file", "ls -d nowhere");
	step(1, "nothing of a root lies in", "accept --folder sheetless " SIGNER);
	step(2, "no such authority that is a root: 'issuing-l'",
	    "root --root issuing-l");
	step(2, "--place needs a value", "root --place");
	step(2, "unknown argument 'issuing-l'", "root issuing-l");
	step(1, "no root here", "list --folder carried " SIGNER);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(two_custodians_make_a_root),
	    cmocka_unit_test(
		minutes_have_80_columns_and_a_digest_that_is_right),
	    cmocka_unit_test(a_root_is_made_once),
	    cmocka_unit_test(
		a_step_that_was_cut_short_goes_on_with_the_same_key),
	    cmocka_unit_test(one_custodian_does_not_open_the_root),
	    cmocka_unit_test(a_request_is_made_and_made_again),
	    cmocka_unit_test(
		what_was_read_aloud_decides_which_key_is_certified),
	    cmocka_unit_test(forged_requests_are_refused),
	    cmocka_unit_test(
		machines_that_were_told_different_things_certify_nothing),
	    cmocka_unit_test(the_answer_is_taken_in_when_it_is_believed),
	    cmocka_unit_test(the_signer_begins_with_what_was_taken_in),
	    cmocka_unit_test(lists_of_the_root_go_forward_only),
	    cmocka_unit_test(an_authority_is_revoked_by_its_root_alone),
	    cmocka_unit_test(
		a_lost_ledger_of_the_root_is_made_of_its_last_list),
	    cmocka_unit_test(a_second_root_certifies_the_next_generation),
	    cmocka_unit_test(what_is_carried_has_names_for_any_stick),
	    cmocka_unit_test(a_missing_token_is_not_made_anew),
	    cmocka_unit_test(a_dry_run_leaves_nothing),
	    cmocka_unit_test(wrong_use_ends_with_2),
	};

	if (argc < 2)
		return 2;
	ca = realpath(argv[1], NULL);
	return ca ? cmocka_run_group_tests_name(
			"offline", tests, set_up, tear_down)
		  : 2;
}
