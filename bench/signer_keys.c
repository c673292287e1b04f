/*
 * What the thread that signs makes of each kind of key, beside OpenSSL alone:
 * certificates are built, linted and signed there, looked at by a second one.
 */
#include "signer_bench.h"

#include "pki/certificate.h"
#include "pki/lint.h"
#include "pki/test_key.h"
#include "signer/verifying.h"

#include <openssl/evp.h>
#include <stdio.h>
#include <time.h>

struct kind {
	enum key_kind kind;
	const char *name;
};

double
cpu_seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

double
own_seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* What OpenSSL alone signs: digests of 32 octets, as openssl speed does. */
static double
signs_alone(EVP_PKEY *key, double seconds)
{
	uint8_t digest[32] = {1}, signature[1024];
	EVP_PKEY_CTX *c = EVP_PKEY_CTX_new(key, NULL);
	double begun = cpu_seconds(), spent = 0;
	size_t made = 0;

	if (!c || EVP_PKEY_sign_init(c) <= 0)
		exit(1);
	for (; spent < seconds; spent = cpu_seconds() - begun) {
		size_t size = sizeof(signature);
		if (EVP_PKEY_sign(c, signature, &size, digest, 32) <= 0)
			exit(1);
		made++;
	}
	EVP_PKEY_CTX_free(c);
	return (double)made / spent;
}

#define BESIDE 32 /* as many as a turn */

/* What is looked at by the thread that does it in the signer. */
struct signed_one {
	struct buf der;
	struct lint_context lint;
	struct span public_key;
};

static struct beside {
	struct verifying *verifying;
	struct signed_one made[BESIDE];
	struct verified verified[BESIDE];
	size_t count;
} beside;

static void
wait_beside(void)
{
	for (size_t i = 0; i < beside.count; i++) {
		if (verifying_end(beside.verifying, &beside.verified[i]) != OK)
			exit(1);
		buf_clear(&beside.made[i].der);
	}
	beside.count = 0;
}

static enum err
look(const void *of)
{
	const struct signed_one *one = of;
	struct lint_report report;
	struct certificate c;

	lint_certificate(
	    span_of_buf(&one->der), &profile_lcp, &one->lint, &report);
	TRY(certificate_parse(span_of_buf(&one->der), &c));
	return signature_verify(
	    one->public_key, c.algorithm, c.tbs, c.signature);
}

static void
look_beside(const struct test_key *key, const struct lint_context *lint,
    struct buf *der)
{
	struct signed_one *made = &beside.made[beside.count];
	struct verified *one = &beside.verified[beside.count];

	*made = (struct signed_one){*der, *lint, span_of_buf(&key->public_key)};
	*der = (struct buf){.ceiling = CERTIFICATE_MAX};
	*one = (struct verified){.look = look, .of = made};
	verifying_begin(beside.verifying, one);
	if (++beside.count == BESIDE)
		wait_beside();
}

/* Build, lint, sign, and have what was signed linted and verified, with a key
 * in memory. */
static void
make_one(struct test_pki *pki, struct test_key *key, bool verify)
{
	struct tbs_facts f = test_pki_facts(pki);
	struct lint_context context = {.base_url = "http://pki.example.com",
	    .issuer = span_of_buf(&pki->product.issuing)};
	AUTO(buf_clear) struct buf tbs, der;
	struct lint_report report;

	buf_init(&tbs, CERTIFICATE_MAX);
	buf_init(&der, CERTIFICATE_MAX);
	f.algorithm = key->signing.algorithm;
	if (tbs_build(&f, &tbs) != OK)
		exit(1);
	lint_tbs(span_of_buf(&tbs), &profile_lcp, &context, &report);
	if (signed_object(span_of_buf(&tbs), &key->signing, &der) != OK)
		exit(1);
	if (verify)
		look_beside(key, &context, &der);
}

static double
makes(struct test_pki *pki, struct test_key *key, bool verify, double seconds)
{
	double begun = own_seconds(), spent = 0;
	size_t made = 0;

	for (; spent < seconds; spent = own_seconds() - begun, made++)
		make_one(pki, key, verify);
	wait_beside();
	return (double)made / spent;
}

void
measure_keys(void)
{
	static const struct kind kinds[] = {{KEY_p256, "P-256"},
	    {KEY_p384, "P-384"}, {KEY_rsa3072, "RSA-3072"}};
	static struct test_pki pki;

	test_pki_init(&pki);
	beside.verifying = verifying_new();
	for (size_t i = 0; i < 3; i++) {
		struct test_key key;

		test_key_init(kinds[i].kind, &key);
		double alone = signs_alone(key.key, 1);
		double made = makes(&pki, &key, false, 1), cpu = cpu_seconds();
		double verified = makes(&pki, &key, true, 1);
		double both = verified / (cpu_seconds() - cpu); /* in one second */
		printf("%-10s OpenSSL alone signs %6.0f /CPU-s; built, linted "
		       "and signed %6.0f (%.0f %%); looked at beside %6.0f "
		       "(%.0f %%) of the thread that signs, %.0f (%.0f %%) of "
		       "both\n",
		    kinds[i].name, alone, made, 100 * made / alone, verified,
		    100 * verified / alone, both, 100 * both / alone);
		test_key_clear(&key);
	}
	verifying_free(beside.verifying);
	test_pki_clear(&pki);
}
