/*
 * What one lint costs, for a certificate of each profile, in CPU time of this
 * thread: the machine may be busy with other things.
 *
 *     meson test -C build --benchmark lint -v
 */
#include "pki/lint.h"
#include "pki/test_key.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define ROUNDS 20000

static struct test_pki pki;

static double
cpu_seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void
measure(const char *name, const struct profile *profile, struct span der,
    struct span issuer)
{
	struct trust trust = {.test = true};
	struct lint_context context = {.base_url = pki.plan.base_url,
	    .issuer = issuer,
	    .options = &profile_defaults,
	    .trust = &trust};
	struct lint_report report;
	double cpu = cpu_seconds();

	for (size_t i = 0; i < ROUNDS; i++)
		lint_certificate(der, profile, &context, &report);
	cpu = cpu_seconds() - cpu;
	printf("%-24s %6.1f us, %zu findings\n", name, cpu / ROUNDS * 1e6,
	    report.count);
}

static void
measure_person(const char *name, const struct profile *profile,
    const struct buf *public_key)
{
	AUTO(buf_clear) struct buf tbs, der;
	struct tbs_facts f = test_pki_facts_of(&pki, profile);

	buf_init(&tbs, CERTIFICATE_MAX);
	buf_init(&der, CERTIFICATE_MAX);
	f.public_key = span_of_buf(public_key);
	if (tbs_build(&f, &tbs) != OK ||
	    signed_object(span_of_buf(&tbs),
		&test_pki_issuer(&pki, profile)->signing, &der) != OK)
		abort();
	measure(name, profile, span_of_buf(&der),
	    test_pki_issuer_certificate(&pki, profile));
}

int
main(void)
{
	struct test_key rsa;
	struct span root;

	test_pki_init(&pki);
	test_key_init(KEY_rsa3072, &rsa);
	root = span_of_buf(&pki.product.root);
	measure("root", &profile_root, root, root);
	measure("issuing_q", &profile_issuing_q,
	    span_of_buf(&pki.issuing_q_certificate), root);
	measure_person("lcp", &profile_lcp, &pki.person.public_key);
	measure_person("qcp_n", &profile_qcp_n, &pki.person.public_key);
	measure_person(
	    "qcp_n_qscd", &profile_qcp_n_qscd, &pki.person.public_key);
	measure_person(
	    "qcp_n_qscd, RSA-3072", &profile_qcp_n_qscd, &rsa.public_key);
	test_key_clear(&rsa);
	test_pki_clear(&pki);
	return 0;
}
