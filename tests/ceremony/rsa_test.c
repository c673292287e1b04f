/*
 * RSA authorities, whose keys the token makes: each way of signing, judged by
 * OpenSSL's and GnuTLS' tools.
 */
#include "instance.h"

#include "pki/certificate.h"
#include "pki/key.h"
#include "signer/place.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>

static struct instance here;
static struct signer signer;

static void
must(enum err result)
{
	if (result != OK)
		fail_msg("%s", err_explanation());
}

static void
shell(const char *said, const char *command)
{
	int status = instance_shell(&here, "%s", command);

	if (status != 0 || !strstr(instance_said(&here), said))
		fail_msg(
		    "%s: %d, said %s", command, status, instance_said(&here));
}

static void
begin(const char *settings)
{
	AUTO(buf_clear) struct buf told;
	struct conf *all;
	size_t repaired;

	instance_init(&here, settings);
	/* the signer knows no more than what it is told */
	buf_init(&told, 1 << 16);
	all = here.conf;
	must(conf_extract(all, 'g', &told));
	must(conf_parse(span_of_buf(&told), here.dir, &here.conf));
	conf_free(all);
	must(signer_open(here.conf, &signer, &repaired));
}

static void
end(void)
{
	signer_close(&signer);
	instance_clear(&here);
}

static void
issue(unsigned number, const char *request)
{
	static struct issue_result result;
	struct order o;
	struct issue_work w = {.order = &o, .result = &result};
	char path[256];

	instance_order(number, &o);
	if (request) {
		snprintf(path, sizeof(path), "%s/%s", here.dir, request);
		AUTO(fclose) FILE *f = fopen(path, "rb");
		assert_non_null(f);
		o.csr_size = fread(o.csr, 1, sizeof(o.csr), f);
	}
	o.known = *records_mark(signer.records);
	signer_issue(&signer, &w, 1);
	if (w.outcome != OK)
		fail_msg("%s", w.explanation);
	instance_write(&here, "leaf.cer",
	    SPAN(result.certificate, result.certificate_size));
	instance_write(&here, "leaf.ocsp", SPAN(result.ocsp, result.ocsp_size));
}

static void
publish(void)
{
	AUTO(buf_clear) struct buf list;
	static uint64_t number = 1;
	struct crl_order o = {.issuer = "issuing-l", .number = ++number};
	struct crl_result result;

	buf_init(&list, 0);
	must(signer_publish(&signer, &o, &list, &result));
	instance_write(&here, "list.crl", span_of_buf(&list));
}

static void
judge(void)
{
	publish();
	shell("leaf.pem: OK",
	    "for n in root issuing-l; do openssl x509 -inform der -in "
	    "ca/$n.cer -out $n.pem; done; openssl x509 -inform der -in "
	    "leaf.cer -out leaf.pem; openssl crl -inform der -in ca/root.crl "
	    "-out root.crl.pem; openssl crl -inform der -in list.crl -out "
	    "list.pem; openssl verify -x509_strict -CAfile root.pem -untrusted "
	    "issuing-l.pem -CRLfile root.crl.pem -CRLfile list.pem "
	    "-crl_check_all -policy_check -explicit_policy -policy "
	    "0.4.0.2042.1.3 leaf.pem");
	shell("Response verify OK",
	    "openssl ocsp -respin leaf.ocsp -issuer issuing-l.pem -cert "
	    "leaf.pem -CAfile root.pem -verify_other issuing-l.pem");
	shell("Chain verification output: Verified",
	    "cat leaf.pem issuing-l.pem root.pem >chain.pem; cat root.crl.pem "
	    "list.pem >lists.pem; certtool --verify --load-ca-certificate "
	    "root.pem --load-crl lists.pem --infile chain.pem");
}

static void
rsa_3072_under_rsa_4096_signs_with_pkcs1(void **state)
{
	(void)state;
	begin("\n[pki]\nroot_key = rsa4096\nissuing_key = rsa3072\n");
	issue(1, NULL);
	judge();
	shell("sha256WithRSAEncryption",
	    "openssl x509 -in leaf.pem -noout -text");
	shell("(3072 bit)", "openssl x509 -in issuing-l.pem -noout -text");
	shell("(4096 bit)", "openssl x509 -in root.pem -noout -text");
	/* people's own keys stay P-256 */
	shell("prime256v1", "openssl x509 -in leaf.pem -noout -text");
	shell("sha256WithRSAEncryption",
	    "openssl crl -in list.pem -noout -text");
}

/* A participant's own key may be RSA as well, from 3072 bits. */
static void
an_rsa_request_is_certified_by_it(void **state)
{
	static struct issue_result result;
	struct order o;
	struct issue_work w = {.order = &o, .result = &result};

	(void)state;
	shell("", "openssl req -new -newkey rsa:3072 -nodes -keyout k -subj "
		  "/CN=x -outform der -out own.p10 && openssl req -new -newkey "
		  "rsa:2048 -nodes -keyout k -subj /CN=x -outform der -out "
		  "small.p10");
	issue(2, "own.p10");
	judge();
	shell("(3072 bit)", "openssl x509 -in leaf.pem -noout -text");
	instance_order(3, &o);
	char path[256];
	snprintf(path, sizeof(path), "%s/small.p10", here.dir);
	AUTO(fclose) FILE *f = fopen(path, "rb");
	assert_non_null(f);
	o.csr_size = fread(o.csr, 1, sizeof(o.csr), f);
	o.known = *records_mark(signer.records);
	signer_issue(&signer, &w, 1);
	assert_int_equal(w.outcome, ERR_KEY_NOT_ACCEPTED);
	end();
}

static void
rsa_4096_signs_with_pss(void **state)
{
	struct certificate c;
	enum key_kind kind;

	(void)state;
	begin("\n[pki]\nroot_key = rsa4096\nissuing_key = rsa4096\n"
	      "rsa_padding = pss\n");
	issue(1, NULL);
	judge();
	shell("rsassaPss", "openssl x509 -in leaf.pem -noout -text");
	shell("Salt Length: 0x20", "openssl x509 -in leaf.pem -noout -text");
	must(certificate_parse(
	    span_of_buf(
		&signer_issuing(&signer, AUTHORITY_issuing_q)->certificate),
	    &c));
	assert_int_equal(public_key_judge(c.public_key, &kind), KEY_accepted);
	assert_int_equal(kind, KEY_rsa4096);
	end();
}

static void
settings_that_no_profile_allows_are_refused(void **state)
{
	static const struct {
		const char *key, *value, *said;
	} wrong[] = {{"root_key", "p256", "pki.root_key: no such kind"},
	    {"root_key", "rsa3072", "pki.root_key: no such kind"},
	    {"issuing_key", "rsa2048", "pki.issuing_key: no such kind"},
	    {"rsa_padding", "none", "pki.rsa_padding is pkcs1 or pss"}};

	(void)state;
	begin("");
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		AUTO(conf_free) struct conf *conf = NULL;
		AUTO(token_close) struct token *token = NULL;
		char text[256], dir[128];
		enum key_kind kind;

		snprintf(text, sizeof(text), "[pki]\n%s = %s\n", wrong[i].key,
		    wrong[i].value);
		snprintf(dir, sizeof(dir), "%s/none", here.dir);
		must(conf_parse(span_of_text(text), dir, &conf));
		enum err result = place_root_key(conf, &kind);
		if (result == OK)
			result = place_issuing_key(conf, &kind);
		if (result == OK)
			result = place_open_signer(conf, false, &token);
		assert_int_equal(result, ERR_INVALID);
		assert_string_equal(err_explanation(), wrong[i].said);
	}
	end();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(rsa_3072_under_rsa_4096_signs_with_pkcs1),
	    cmocka_unit_test(an_rsa_request_is_certified_by_it),
	    cmocka_unit_test(rsa_4096_signs_with_pss),
	    cmocka_unit_test(settings_that_no_profile_allows_are_refused),
	};

	return cmocka_run_group_tests_name("rsa", tests, NULL, NULL);
}
