/*
 * paraph ca and paraph cert as a shell sees them: what they print and how
 * they end.
 */
#include "instance.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static struct instance here;
static const char *ca, *cert;

static int
set_up(void **state)
{
	(void)state;
	instance_init(&here, "");
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	instance_clear(&here);
	return 0;
}

static void
expect(const char *program, const char *arguments, int status, const char *said)
{
	int found = instance_shell(&here, "'%s' %s", program, arguments);

	if (found != status || !strstr(instance_said(&here), said))
		fail_msg(
		    "%s: %d, said %s", arguments, found, instance_said(&here));
}

static void
ca_init_again_changes_nothing(void **state)
{
	(void)state;
	expect(ca, "init --config paraph.conf", 0, "nothing was changed");
	expect(ca, "init --json --config paraph.conf", 0,
	    "{\"result\": \"exists\"}");
}

static void
ca_shows_certificates_and_lists(void **state)
{
	(void)state;
	expect(ca, "show --config paraph.conf", 0, "TEST Paraph Root CA G1");
	expect(ca, "show --json --config paraph.conf | python3 -m json.tool", 0,
	    "\"file\": \"ocsp-l.cer\"");
	expect(ca, "crl --json --config paraph.conf | python3 -m json.tool", 0,
	    "\"number\": 1");
	expect(ca, "crl --config paraph.conf ca/root.crl", 0,
	    "entries                  0");
	expect(ca, "crl --config paraph.conf ca/root.cer", 1, "paraph ca: ");
}

static void
the_ledger_is_printed_and_checked(void **state)
{
	(void)state;
	expect(ca, "ledger --config paraph.conf", 0,
	    "authority authority=issuing-q certificate=");
	expect(ca, "ledger --config paraph.conf", 0, "entries, digest ");
	expect(ca, "ledger --config paraph.conf issuing-q | grep -c '^[0-9]* 2'",
	    0, "3"); /* itself, its responder, its first list */
	instance_shell(&here, "cp signer/ledger kept; printf 'xx' | dd "
			      "of=signer/ledger bs=1 seek=40 conv=notrunc");
	expect(ca, "ledger --config paraph.conf", 1, "the chain is broken");
	instance_shell(&here, "cp kept signer/ledger; printf 'xx' "
			      ">>signer/ledger");
	expect(ca, "ledger --config paraph.conf", 0, "an unfinished one");
	instance_shell(&here, "cmp kept signer/ledger || cp kept "
			      "signer/ledger");
}

static void
cert_lint_ends_with_1_when_there_are_findings(void **state)
{
	(void)state;
	expect(cert, "lint --issuer ca/root.cer ca/issuing-l.cer ca/root.cer",
	    0, "no findings");
	expect(cert, "lint --profile lcp ca/issuing-l.cer", 1,
	    "lcp.basic_constraints [RFC 5280 4.2.1.9]");
	expect(cert,
	    "lint --json --profile lcp ca/issuing-l.cer paraph.conf "
	    "| python3 -m json.tool",
	    0, "lcp.key_usage [EN 319 412-2 4.3.2]");
	expect(cert, "lint paraph.conf", 1, "neither DER nor PEM");
	expect(cert, "lint --profile qcp_n ca/issuing-l.cer", 1,
	    "error qcp_n.qc_absent [EN 319 412-2 5]");
	expect(cert,
	    "lint --json --profile issuing_l --base-url http://localhost "
	    "ca/issuing-l.cer | python3 -m json.tool",
	    0, "\"weight\": \"profile\"");
}

static void
all_certificates_of_a_file_are_held_against_their_issuers(void **state)
{
	(void)state;
	instance_shell(&here,
	    "{ echo some words; for f in issuing-l root; do openssl x509 "
	    "-inform der -in ca/$f.cer; done; openssl ecparam -genkey -name "
	    "prime256v1; } >chain.pem; openssl x509 -inform der -in "
	    "ca/issuing-q.cer >apart.pem; cp ca/issuing-l.cer changed.cer; "
	    "printf '\\001' | dd of=changed.cer bs=1 conv=notrunc seek=$(($("
	    "wc -c <changed.cer) - 1))");
	expect(cert, "lint chain.pem | grep -c 'signature *holds'", 0, "2");
	expect(cert, "lint --json chain.pem | python3 -m json.tool", 0,
	    "\"certificate\": 2");
	expect(cert, "lint apart.pem", 0, "no issuer is given");
	expect(cert, "lint --issuer ca/root.cer changed.cer", 1, "WRONG");
	expect(cert, "lint --issuer ca/issuing-q.cer ca/issuing-l.cer", 1,
	    "error issuing_l.issuer_bytes");
	expect(cert, "show chain.pem | grep -c subject", 0, "2");
}

static void
cert_shows_der_and_pem(void **state)
{
	(void)state;
	instance_shell(&here,
	    "openssl x509 -inform der -in ca/root.cer -text -out root.pem");
	expect(cert, "show ca/root.cer", 0, "CN=TEST Paraph Root CA G1");
	expect(cert, "show root.pem", 0, "CN=TEST Paraph Root CA G1");
	expect(cert, "show absent.pem", 1, "No such file");
	expect(cert, "profile lcp", 0, "nonRepudiation");
	expect(cert, "profile qcp_n_qscd", 0, "QcSSCD");
	expect(cert, "rules | grep qc_sscd", 0,
	    "error    qc_sscd [EN 319 412-5 4.2.2");
	expect(cert, "rules --json | python3 -m json.tool | grep qc_", 0,
	    "\"rule\": \"qc_sscd\"");
	expect(cert, "rules ca/root.cer", 2, "unknown argument 'ca/root.cer'");
}

static void
wrong_use_ends_with_2_and_help_with_0(void **state)
{
	(void)state;
	expect(ca, "--help", 0, "usage: paraph ca init");
	expect(cert, "lint --help", 0, "usage: paraph cert show");
	expect(ca, "", 2, "what is to be done?");
	expect(ca, "destroy", 2, "it cannot do 'destroy'");
	expect(ca, "show extra", 2, "unknown argument 'extra'");
	expect(ca, "show --config", 2, "--config needs a value");
	expect(cert, "show", 2, "FILE is missing");
	expect(cert, "lint --profile qcp x", 2, "no such profile: 'qcp'");
	expect(ca, "show --config absent.conf", 1, "paraph ca: ");
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(ca_init_again_changes_nothing),
	    cmocka_unit_test(ca_shows_certificates_and_lists),
	    cmocka_unit_test(the_ledger_is_printed_and_checked),
	    cmocka_unit_test(cert_lint_ends_with_1_when_there_are_findings),
	    cmocka_unit_test(
		all_certificates_of_a_file_are_held_against_their_issuers),
	    cmocka_unit_test(cert_shows_der_and_pem),
	    cmocka_unit_test(wrong_use_ends_with_2_and_help_with_0),
	};

	if (argc < 3)
		return 2;
	ca = realpath(argv[1], NULL); /* the shell works elsewhere */
	cert = realpath(argv[2], NULL);
	if (!ca || !cert)
		return 2;
	return cmocka_run_group_tests_name("cli", tests, set_up, tear_down);
}
