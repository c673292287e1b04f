/*
 * What the tests of qualified certificates begin with.
 */
#include "qualified.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

struct instance here;
struct signer signer;
struct test_authenticator one, two, gone, stranger;
struct issue_result result;

void
must(enum err code)
{
	if (code != OK)
		fail_msg("%s", err_explanation());
}

void
open_signer(void)
{
	size_t repaired;

	must(signer_open(here.conf, &signer, &repaired));
}

int
qualified_set_up(void **state)
{
	(void)state;
	instance_init(&here, "\n[web]\nbase_url = https://ra.example.com\n");
	test_authenticator_init(&one, false);
	test_authenticator_init(&two, true);
	test_authenticator_init(&gone, false);
	test_authenticator_init(&stranger, false);
	instance_enrol(&here, ONE, &one);
	instance_enrol(&here, TWO, &two);
	instance_enrol(&here, GONE, &gone);
	open_signer();
	return 0;
}

int
qualified_tear_down(void **state)
{
	(void)state;
	signer_close(&signer);
	test_authenticator_clear(&one);
	test_authenticator_clear(&two);
	test_authenticator_clear(&gone);
	test_authenticator_clear(&stranger);
	instance_clear(&here);
	return 0;
}

void
order_of(unsigned number, const char *profile, struct order *o)
{
	instance_order(number, o);
	snprintf(o->profile, sizeof(o->profile), "%s", profile);
	snprintf(o->level, sizeof(o->level), "%s",
	    strcmp(profile, "qcp_n") == 0 ? "qcp" : "qcpnqscd");
	memset(o->evidence.bytes, (int)number, DIGEST_SIZE);
	o->needed = 1;
}

void
approve(struct order *o, const char *id, struct test_authenticator *a)
{
	instance_approve(o, id, a, &signer.relying_party);
}

enum err
issue(const struct order *o, struct issue_result *out)
{
	static struct order told;
	struct issue_work w = {.order = &told, .result = out};

	told = *o;
	told.known = *records_mark(signer.records);
	signer_issue(&signer, &w, 1);
	return w.outcome;
}

void
expect_denied(const struct order *o)
{
	assert_int_equal(issue(o, &result), ERR_DENIED);
}

void
judge(const char *policy)
{
	instance_write(&here, "leaf.cer",
	    SPAN(result.certificate, result.certificate_size));
	instance_write(
	    &here, "leaf.ocsp", SPAN(result.ocsp, result.ocsp_size));
	int status = instance_shell(&here,
	    "for n in root issuing-q; do openssl x509 -inform der -in "
	    "ca/$n.cer -out $n.pem; openssl crl -inform der -in ca/$n.crl "
	    "-out $n.crl.pem; done; openssl x509 -inform der -in leaf.cer "
	    "-out leaf.pem; openssl verify -x509_strict -CAfile root.pem "
	    "-untrusted issuing-q.pem -CRLfile root.crl.pem -CRLfile "
	    "issuing-q.crl.pem -crl_check -crl_check_all -policy_check "
	    "-explicit_policy -policy %s leaf.pem && openssl ocsp -respin "
	    "leaf.ocsp -issuer issuing-q.pem -cert leaf.pem -CAfile root.pem "
	    "-verify_other issuing-q.pem",
	    policy);
	const char *said = instance_said(&here);
	if (status != 0 || !strstr(said, "leaf.pem: OK") ||
	    !strstr(said, "leaf.pem: good") ||
	    !strstr(said, "Response verify OK"))
		fail_msg("%d, said %s", status, said);
}
