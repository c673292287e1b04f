/*
 * A certificate of each profile, read by programs that are not ours: openssl
 * and certtool. What openssl prints is compared with golden files, which a
 * person has read; keys, serials and times are the same every time.
 *
 * SAMPLES=DIR keeps the files (DER), for other judges.
 */
#include "pki/lint.h"

#include "base/clock.h"
#include "base/codec.h"
#include "pki/oids.h"
#include "pki/test_key.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <ftw.h>
#include <sys/stat.h>
#include <sys/wait.h>

#define MADE INT64_C(1795000000000) /* 2026-11-18 */
#define AT "1795100000"		    /* the day after */

static char dir[256];
static bool keep; /* SAMPLES is given, and its folder is there */
/* With known keys at a known time; and of today, since certtool verifies at
 * no other time. */
static struct test_pki pki, today;

static const struct profile *const people[] = {
    &profile_lcp, &profile_qcp_n, &profile_qcp_n_qscd};

static void
write_file(const char *name, const char *ending, struct span bytes)
{
	char path[512];

	snprintf(path, sizeof(path), "%s/%s.%s", dir, name, ending);
	AUTO(fclose) FILE *f = fopen(path, "wbe");
	assert_non_null(f);
	assert_int_equal(fwrite(bytes.data, 1, bytes.size, f), bytes.size);
}

/* As DER for people, as PEM for the tools. */
static void
write_certificate(const char *name, struct span der)
{
	AUTO(buf_clear) struct buf pem;

	buf_init(&pem, 65536);
	assert_int_equal(pem_encode("CERTIFICATE", der, &pem), OK);
	write_file(name, "cer", der);
	write_file(name, "pem", span_of_buf(&pem));
}

static int shell(const char *format, ...) __attribute__((format(printf, 1, 2)));

static int
shell(const char *format, ...)
{
	char command[2048], whole[2600];
	va_list args;

	va_start(args, format);
	vsnprintf(command, sizeof(command), format, args);
	va_end(args);
	snprintf(
	    whole, sizeof(whole), "cd %s && { %s ; } >said 2>&1", dir, command);
	int status = system(whole);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void
read_text(const char *path, char *text, size_t room)
{
	AUTO(fclose) FILE *f = fopen(path, "rbe");

	text[f ? fread(text, 1, room - 1, f) : 0] = '\0';
}

static const char *
said(void)
{
	static char text[16384];
	char path[512];

	snprintf(path, sizeof(path), "%s/said", dir);
	read_text(path, text, sizeof(text));
	return text;
}

static void
must(int status)
{
	if (status != 0)
		fail_msg("%d: %s", status, said());
}

static void
make_sample(struct test_pki *of, const char *name, const struct tbs_facts *f)
{
	AUTO(buf_clear) struct buf tbs, der;
	const struct test_key *issuer = test_pki_issuer(of, f->profile);
	struct lint_context context = {.base_url = f->base_url,
	    .own_policy = f->own_policy,
	    .issuer = test_pki_issuer_certificate(of, f->profile),
	    .options = f->options ? f->options : &profile_defaults};
	struct lint_report report;

	buf_init(&tbs, CERTIFICATE_MAX);
	buf_init(&der, CERTIFICATE_MAX);
	assert_int_equal(tbs_build(f, &tbs), OK);
	assert_int_equal(
	    signed_object(span_of_buf(&tbs), &issuer->signing, &der), OK);
	lint_certificate(span_of_buf(&der), f->profile, &context, &report);
	assert_int_equal(report.count, 0);
	write_certificate(name, span_of_buf(&der));
}

static void
make_variants(void)
{
	struct profile_options document = {.pds_url = "",
	    .retention_years = 7,
	    .ident_method = QC_IDENT_ARC "3"};
	struct profile_options short_term = {.pds_url = "", .short_term = true};
	struct tbs_facts f = test_pki_facts_of(&pki, &profile_qcp_n_qscd);

	f.options = &document;
	f.own_policy = "1.3.6.1.4.1.99999.1.3";
	make_sample(&pki, "own", &f);
	f.options = &short_term;
	f.not_after = f.not_before + DAY - SECOND;
	make_sample(&pki, "short", &f);
}

/* The seal of a dossier, by L. */
static void
make_seal(void)
{
	struct ceremony_plan plan = pki.plan;
	AUTO(buf_clear) struct buf der;

	plan.root_file = "issuing-l";
	buf_init(&der, CERTIFICATE_MAX);
	assert_int_equal(ceremony_seal(&plan,
			     span_of_buf(&pki.product.issuing),
			     span_of_buf(&pki.person.public_key), &der),
	    OK);
	write_certificate("dossier", span_of_buf(&der));
}

static void
make_samples(struct test_pki *of, const char *prefix)
{
	const struct {
		const char *name;
		const struct buf *der;
	} made[] = {
	    {"root", &of->product.root},
	    {"issuing_l", &of->product.issuing},
	    {"issuing_q", &of->issuing_q_certificate},
	    {"ocsp", &of->product.responder},
	};
	char name[64];

	for (size_t i = 0; i < 3; i++) {
		struct tbs_facts f = test_pki_facts_of(of, people[i]);

		snprintf(name, sizeof(name), "%s%s", prefix, people[i]->name);
		make_sample(of, name, &f);
	}
	for (size_t i = 0; i < 4; i++) {
		snprintf(name, sizeof(name), "%s%s", prefix, made[i].name);
		write_certificate(name, span_of_buf(made[i].der));
	}
}

static int
set_up(void **state)
{
	const char *wanted = getenv("SAMPLES");

	(void)state;
	keep = wanted != NULL;
	snprintf(dir, sizeof(dir), "%s",
	    wanted ? wanted : "/tmp/paraph-samples-XXXXXX");
	if (!keep && !mkdtemp(dir))
		return 1;
	test_pki_init(&today);
	make_samples(&today, "today_");
	clock_set(MADE);
	test_pki_init_known(&pki);
	make_samples(&pki, "");
	make_variants();
	make_seal();
	return 0;
}

static int
remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

static int
tear_down(void **state)
{
	(void)state;
	test_pki_clear(&pki);
	test_pki_clear(&today);
	clock_set(0);
	if (!keep)
		nftw(dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	return 0;
}

static void
openssl_prints_each_profile_as_written_down(void **state)
{
	static const char *const names[] = {"dossier", "issuing_l",
	    "issuing_q", "lcp", "ocsp", "own", "qcp_n", "qcp_n_qscd", "root", "short"};
	static char expected[16384];
	char path[512];

	(void)state;
	for (size_t i = 0; i < 10; i++) {
		must(shell("openssl x509 -in %s.pem -noout -text -nameopt "
			   "RFC2253,utf8,-esc_msb -certopt "
			   "ext_dump,no_sigdump,no_serial | sed 's/ *$//'",
		    names[i]));
		if (keep)
			write_file(names[i], "txt", span_of_text(said()));
		snprintf(path, sizeof(path), "%s/profile_%s.certificate.txt",
		    getenv("GOLDEN"), names[i]);
		read_text(path, expected, sizeof(expected));
		assert_string_equal(said(), expected);
		assert_non_null(strstr(said(), "Certificate:"));
	}
}

static int
verify(const char *leaf, const char *issuer, const char *policy)
{
	return shell("openssl verify -x509_strict -attime " AT
		     " -CAfile root.pem -untrusted %s.pem -policy_check "
		     "-explicit_policy -policy %s %s",
	    issuer, policy, leaf);
}

static void
openssl_accepts_each_level_for_its_policy_alone(void **state)
{
	static const char *const policies[] = {
	    OID_POLICY_LCP, OID_POLICY_QCP_N, OID_POLICY_QCP_N_QSCD};
	char leaf[64];

	(void)state;
	for (size_t i = 0; i < 3; i++)
		for (size_t j = 0; j < 3; j++) {
			const char *issuer = i ? "issuing_q" : "issuing_l";

			snprintf(leaf, sizeof(leaf), "%s.pem", people[i]->name);
			int status = verify(leaf, issuer, policies[j]);
			if ((status == 0) != (i == j))
				fail_msg(
				    "%s for %s: %s", leaf, policies[j], said());
		}
	assert_int_not_equal(verify("qcp_n.pem", "issuing_l", "2.5.29.32.0"),
	    0); /* by the other authority */
	must(verify("own.pem", "issuing_q", "1.3.6.1.4.1.99999.1.3"));
}

static void
openssl_refuses_one_that_was_altered(void **state)
{
	(void)state;
	must(
	    shell("python3 -c \"d=open('qcp_n.cer','rb').read(); "
		  "open('altered.cer','wb').write("
		  "d.replace(b'Lef', b'Luf'))\" && "
		  "openssl x509 -inform der -in altered.cer -out altered.pem"));
	assert_int_not_equal(
	    verify("altered.pem", "issuing_q", OID_POLICY_QCP_N), 0);
	assert_non_null(strstr(said(), "signature failure"));
}

static void
openssl_takes_the_responder_for_one(void **state)
{
	(void)state;
	must(shell("openssl verify -x509_strict -attime " AT
		   " -purpose ocsphelper -CAfile root.pem "
		   "-untrusted issuing_l.pem ocsp.pem"));
}

static void
certtool_reads_and_verifies_each_level(void **state)
{
	static const char *const parts[] = {"Zoé Anaïs Lefèvre",
	    "Key Usage (critical):\n\t\t\tNon repudiation.", "Email protection",
	    "1.3.6.1.5.5.7.3.36", "http://pki.example.com/pki/ocsp"};

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		const char *issuer = i ? "issuing_q" : "issuing_l";
		const char *name = people[i]->name;

		must(shell("certtool -i --infile today_%s.pem", name));
		for (size_t j = 0; j < 5; j++)
			if (!strstr(said(), parts[j]))
				fail_msg("no %s: %s", parts[j], said());
		assert_non_null(strstr(said(), people[i]->policies[0]));
		assert_true(!strstr(said(), "1.3.6.1.5.5.7.1.3") == !i);
		must(shell("cat today_%s.pem today_%s.pem >chain.pem && "
			   "certtool --verify --infile chain.pem "
			   "--load-ca-certificate today_root.pem",
		    name, issuer));
		assert_non_null(strstr(said(), "Chain verification output: "
					       "Verified."));
	}
}

/* RSA-4096 authorities, by both ways to sign with RSA. */
static void
openssl_accepts_authorities_with_rsa_keys(void **state)
{
	static const enum signature_algorithm ways[] = {
	    RSA_SHA256, RSA_PSS_SHA256};
	struct ceremony_plan plan = pki.plan;
	struct test_key key;

	(void)state;
	test_key_init(KEY_rsa4096, &key);
	plan.root_public = plan.issuing_public = span_of_buf(&key.public_key);
	for (size_t i = 0; i < 2; i++) {
		AUTO(test_product_clear) struct test_product product;

		key.signing.algorithm = ways[i];
		plan.root = plan.issuing = key.signing;
		if (test_product_build(&plan, &product) != OK)
			fail_msg("%s", err_explanation());
		write_certificate("rsa_root", span_of_buf(&product.root));
		write_certificate("rsa_issuing", span_of_buf(&product.issuing));
		write_certificate("rsa_ocsp", span_of_buf(&product.responder));
		must(shell("openssl verify -x509_strict -attime " AT
			   " -CAfile rsa_root.pem -untrusted rsa_issuing.pem "
			   "rsa_ocsp.pem"));
	}
	test_key_clear(&key);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(openssl_prints_each_profile_as_written_down),
	    cmocka_unit_test(openssl_accepts_each_level_for_its_policy_alone),
	    cmocka_unit_test(openssl_refuses_one_that_was_altered),
	    cmocka_unit_test(openssl_takes_the_responder_for_one),
	    cmocka_unit_test(certtool_reads_and_verifies_each_level),
	    cmocka_unit_test(openssl_accepts_authorities_with_rsa_keys),
	};

	return cmocka_run_group_tests_name("samples", tests, set_up, tear_down);
}
