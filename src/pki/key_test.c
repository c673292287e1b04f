/*
 * Keys that must not be certified. The weak ones are made here, as their
 * generators made them.
 */
#include "pki/key.h"

#include "pki/test_key.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

DEFINE_AUTO(BN_free, BIGNUM *)
DEFINE_AUTO(BN_CTX_free, BN_CTX *)

static const uint8_t f4[] = {0x01, 0x00, 0x01};

/* SubjectPublicKeyInfo of an RSA key. */
static void
rsa_key(const BIGNUM *modulus, struct span exponent, struct buf *out)
{
	AUTO(der_clear) struct der key, d;
	uint8_t bytes[2048];
	int size = BN_bn2bin(modulus, bytes);

	der_init(&key, 4096);
	der_init(&d, 4096);
	der_open(&key, DER_SEQUENCE);
	der_put_unsigned(&key, DER_INTEGER, SPAN(bytes, (size_t)size));
	der_put_unsigned(&key, DER_INTEGER, exponent);
	der_close(&key);
	assert_int_equal(der_done(&key), OK);
	der_open(&d, DER_SEQUENCE);
	der_open(&d, DER_SEQUENCE);
	der_put_oid(&d, "1.2.840.113549.1.1.1");
	der_put_null(&d);
	der_close(&d);
	der_put_bits(&d, span_of_buf(&key.bytes), 0);
	der_close(&d);
	assert_int_equal(der_done(&d), OK);
	buf_init(out, 4096);
	assert_int_equal(buf_add_span(out, span_of_buf(&d.bytes)), OK);
}

static void
expect_rsa(const BIGNUM *modulus, struct span exponent, enum err quick,
    enum err whole, const char *why)
{
	AUTO(buf_clear) struct buf key;

	rsa_key(modulus, exponent, &key);
	assert_int_equal(public_key_check(span_of_buf(&key)), quick);
	if (quick != OK)
		assert_non_null(strstr(err_explanation(), why));
	assert_int_equal(public_key_examine(span_of_buf(&key)), whole);
	if (whole != OK)
		assert_non_null(strstr(err_explanation(), why));
}

static bool
has_small_factor(const BIGNUM *n)
{
	for (BN_ULONG f = 2; f < 752; f++)
		if (BN_mod_word(n, f) == 0)
			return true;
	return false;
}

/* A number of this size that looks like a prime to all that is held here:
 * to find a real one takes seconds. */
static BIGNUM *
number_of(int bits)
{
	BIGNUM *n = BN_new();

	do
		BN_rand(n, bits, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ODD);
	while (has_small_factor(n));
	return n;
}

static void
accepts_good_keys_and_says_their_kind(void **state)
{
	static const enum key_kind kinds[] = {KEY_p256, KEY_p384, KEY_rsa3072};
	AUTO(BN_free) BIGNUM *large = number_of(4096);
	AUTO(buf_clear) struct buf der_of_large;
	enum key_kind found;

	(void)state;
	rsa_key(large, SPAN(f4, 3), &der_of_large);
	assert_int_equal(
	    public_key_judge(span_of_buf(&der_of_large), &found), KEY_accepted);
	assert_int_equal(found, KEY_rsa4096);
	for (size_t i = 0; i < 3; i++) {
		struct test_key key;
		enum key_kind kind;

		test_key_init(kinds[i], &key);
		struct span der = span_of_buf(&key.public_key);
		assert_int_equal(public_key_judge(der, &kind), KEY_accepted);
		assert_int_equal(kind, kinds[i]);
		assert_int_equal(public_key_examine(der), OK);
		test_key_clear(&key);
	}
}

/* p = k * M + 65537^a mod M, M the product of the primes up to 167. That p
 * is prime does not matter to the fingerprint. */
static BIGNUM *
roca_number(int bits, BN_CTX *ctx)
{
	AUTO(BN_free) BIGNUM *m = BN_new();
	AUTO(BN_free) BIGNUM *a = BN_new();
	AUTO(BN_free) BIGNUM *g = BN_new();
	BIGNUM *p = BN_new();

	BN_one(m);
	for (unsigned n = 2; n <= 167; n++) {
		unsigned f = 2;
		while (f < n && n % f)
			f++;
		if (f == n)
			BN_mul_word(m, n);
	}
	BN_set_word(g, 65537);
	do {
		BN_rand(a, 64, BN_RAND_TOP_ANY, BN_RAND_BOTTOM_ANY);
		BN_mod_exp(p, g, a, m, ctx);
		BN_rand(a, bits - BN_num_bits(m), BN_RAND_TOP_TWO,
		    BN_RAND_BOTTOM_ANY);
		BN_mul(a, a, m, ctx);
		BN_add(p, p, a);
	} while (has_small_factor(p));
	return p;
}

static void
refuses_keys_of_the_roca_generator(void **state)
{
	AUTO(BN_CTX_free) BN_CTX *ctx = BN_CTX_new();
	AUTO(BN_free) BIGNUM *p = roca_number(1537, ctx);
	AUTO(BN_free) BIGNUM *q = roca_number(1537, ctx);
	AUTO(BN_free) BIGNUM *n = BN_new();

	(void)state;
	BN_mul(n, p, q, ctx);
	expect_rsa(n, SPAN(f4, 3), ERR_INVALID, ERR_INVALID, "ROCA");
	BN_free(q);
	q = number_of(1537); /* with one good factor it is none of those */
	BN_mul(n, p, q, ctx);
	expect_rsa(n, SPAN(f4, 3), OK, OK, "");
}

static void
refuses_small_factors(void **state)
{
	AUTO(BN_CTX_free) BN_CTX *ctx = BN_CTX_new();
	AUTO(BN_free) BIGNUM *big = number_of(3072);
	AUTO(BN_free) BIGNUM *n = BN_new();
	static const BN_ULONG small[] = {2, 3, 5, 7, 167, 173, 743, 751};

	(void)state;
	for (size_t i = 0; i < 8; i++) {
		BN_copy(n, big);
		BN_mul_word(n, small[i]);
		expect_rsa(n, SPAN(f4, 3), ERR_INVALID, ERR_INVALID, "factor");
	}
}

static void
refuses_factors_that_lie_close_together(void **state)
{
	AUTO(BN_CTX_free) BN_CTX *ctx = BN_CTX_new();
	AUTO(BN_free) BIGNUM *p = number_of(1537);
	AUTO(BN_free) BIGNUM *q = BN_dup(p);
	AUTO(BN_free) BIGNUM *n = BN_new();

	(void)state;
	do
		BN_add_word(q, 2);
	while (has_small_factor(q));
	BN_mul(n, p, q, ctx);
	expect_rsa(n, SPAN(f4, 3), OK, ERR_INVALID, "close together");
	BN_sqr(n, p, ctx); /* as close as can be */
	expect_rsa(n, SPAN(f4, 3), OK, ERR_INVALID, "close together");
}

static void
refuses_sizes_and_exponents_out_of_range(void **state)
{
	AUTO(BN_CTX_free) BN_CTX *ctx = BN_CTX_new();
	AUTO(BN_free) BIGNUM *n = number_of(3072);
	AUTO(BN_free) BIGNUM *less = number_of(3071);
	static const uint8_t small[] = {3}, even[] = {0x01, 0x00, 0x02},
			     below[] = {0xff, 0xff};
	uint8_t large[33] = {1};

	(void)state;
	large[32] = 1;
	expect_rsa(n, SPAN(f4, 3), OK, OK, "");
	expect_rsa(less, SPAN(f4, 3), ERR_INVALID, ERR_INVALID, "3071 bits");
	expect_rsa(n, SPAN(small, 1), ERR_INVALID, ERR_INVALID, "exponent");
	expect_rsa(n, SPAN(below, 2), ERR_INVALID, ERR_INVALID, "exponent");
	expect_rsa(n, SPAN(even, 3), ERR_INVALID, ERR_INVALID, "exponent");
	expect_rsa(n, SPAN(large, 33), ERR_INVALID, ERR_INVALID, "exponent");
	expect_rsa(n, SPAN(large + 1, 32), ERR_INVALID, ERR_INVALID, "exp");
	large[1] = 0x80;
	expect_rsa(n, SPAN(large + 1, 32), OK, OK, "");
	BN_one(n);
	BN_lshift(n, n, 8193);
	BN_add_word(n, 1);
	expect_rsa(n, SPAN(f4, 3), ERR_INVALID, ERR_INVALID, "RSA");
}

static void
expect_point(struct span point)
{
	AUTO(buf_clear) struct buf key;

	buf_init(&key, 1024);
	assert_int_equal(public_key_from_point(KEY_p256, point, &key), OK);
	assert_int_equal(public_key_check(span_of_buf(&key)), ERR_INVALID);
}

static void
expect_verdict(EVP_PKEY *key, enum key_verdict expected)
{
	uint8_t *der = NULL;
	int size = i2d_PUBKEY(key, &der);
	enum key_kind kind;

	assert_int_equal(
	    public_key_judge(SPAN(der, (size_t)size), &kind), expected);
	OPENSSL_free(der);
	EVP_PKEY_free(key);
}

/* For certificates of others: not ours is not the same as broken. */
static void
tells_keys_of_other_kinds_from_broken_ones(void **state)
{
	(void)state;
	expect_verdict(EVP_EC_gen("P-256"), KEY_accepted);
	expect_verdict(EVP_EC_gen("P-521"), KEY_of_another_kind);
	expect_verdict(EVP_EC_gen("brainpoolP256r1"), KEY_of_another_kind);
	expect_verdict(EVP_RSA_gen(2048), KEY_of_another_kind);
	expect_verdict(
	    EVP_PKEY_Q_keygen(NULL, NULL, "ED25519"), KEY_of_another_kind);
}

static void
refuses_points_that_are_no_keys(void **state)
{
	struct test_key key;
	uint8_t point[65] = {0x04};

	(void)state;
	test_key_init(KEY_p256, &key);
	memcpy(point, key.public_key.data + key.public_key.size - 65, 65);
	point[64] ^= 1;
	expect_point(SPAN(point, 65)); /* not on the curve */
	point[64] ^= 1;
	expect_point(SPAN(point, 64)); /* cut */
	point[0] = 0x02;
	expect_point(SPAN(point, 33)); /* compressed: another DER, same key */
	point[0] = 0x06;
	expect_point(SPAN(point, 65)); /* hybrid */
	expect_point(SPAN("", 1));     /* infinity */
	memset(point, 0, sizeof(point));
	point[0] = 0x04;
	expect_point(SPAN(point, 65));
	memset(point + 1, 0xff, 64); /* larger than the field */
	expect_point(SPAN(point, 65));
	test_key_clear(&key);
}

static void
finds_compromised_keys_in_a_list(void **state)
{
	AUTO(buf_clear) struct buf text, storage;
	struct test_key one, other;
	struct key_list list;
	char hex[DIGEST_TEXT_SIZE];

	(void)state;
	test_key_init(KEY_p256, &one);
	test_key_init(KEY_p256, &other);
	struct span key = span_of_buf(&one.public_key);
	struct digest digest = public_key_digest(key);
	digest_format(&digest, hex);
	buf_init(&text, 4096);
	assert_int_equal(
	    buf_add_format(
		&text, "# leaked\n%064x\r\n\n%s\n%s\nff%062x", 7, hex, hex, 0),
	    OK);
	assert_int_equal(
	    key_list_parse(span_of_buf(&text), &storage, &list), OK);
	assert_int_equal(list.count, 3); /* what is there twice counts once */
	assert_int_equal(key_list_check(&list, key), ERR_DENIED);
	assert_int_equal(
	    key_list_check(&list, span_of_buf(&other.public_key)), OK);
	list.count = 0;
	assert_int_equal(key_list_check(&list, key), OK);
	test_key_clear(&one);
	test_key_clear(&other);
}

static void
refuses_lists_that_cannot_be_searched(void **state)
{
	static const char *const wrong[] = {"abc", "# fine\nabc\n",
	    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
	    "0000000000000000000000000000000000000000000000000000000000000000 ",
	    "xx00000000000000000000000000000000000000000000000000000000000000"};
	uint8_t digests[3 * DIGEST_SIZE] = {0};
	struct key_list list;

	(void)state;
	for (size_t i = 0; i < 5; i++) {
		AUTO(buf_clear) struct buf storage;

		assert_int_equal(
		    key_list_parse(span_of_text(wrong[i]), &storage, &list),
		    ERR_INVALID);
	}
	digests[DIGEST_SIZE] = 2;
	digests[2 * DIGEST_SIZE] = 1;
	assert_int_equal(
	    key_list_of(SPAN(digests, sizeof(digests)), &list), ERR_INVALID);
	digests[2 * DIGEST_SIZE] = 2;
	assert_int_equal(
	    key_list_of(SPAN(digests, sizeof(digests)), &list), ERR_INVALID);
	digests[2 * DIGEST_SIZE] = 3;
	assert_int_equal(key_list_of(SPAN(digests, 95), &list), ERR_INVALID);
	assert_int_equal(key_list_of(SPAN(digests, 96), &list), OK);
	assert_int_equal(list.count, 3);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(accepts_good_keys_and_says_their_kind),
	    cmocka_unit_test(refuses_keys_of_the_roca_generator),
	    cmocka_unit_test(refuses_small_factors),
	    cmocka_unit_test(refuses_factors_that_lie_close_together),
	    cmocka_unit_test(refuses_sizes_and_exponents_out_of_range),
	    cmocka_unit_test(tells_keys_of_other_kinds_from_broken_ones),
	    cmocka_unit_test(refuses_points_that_are_no_keys),
	    cmocka_unit_test(finds_compromised_keys_in_a_list),
	    cmocka_unit_test(refuses_lists_that_cannot_be_searched),
	};

	return cmocka_run_group_tests_name("key", tests, NULL, NULL);
}
