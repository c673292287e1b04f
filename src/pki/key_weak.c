/*
 * Factoring for the defence.
 *
 * Small primes and ROCA both need the modulus modulo many primes. Dividing
 * 3072 bits by each of them costs more than the rest of a lint, so primes
 * are multiplied together as long as they fit in 32 bits: one long division
 * for several of them.
 */
#include "pki/key_weak.h"

#include <openssl/bn.h>
#include <pthread.h>
#include <stdbool.h>

#define SMALL_PRIME_MAX 752 /* as the CA/Browser Forum asks (6.1.6) */
#define PRIMES_MAX 132
#define ROCA_PRIME_MAX 167
#define ROCA_GENERATOR 65537
#define FERMAT_ROUNDS 100

DEFINE_AUTO(BN_free, BIGNUM *)
DEFINE_AUTO(BN_CTX_free, BN_CTX *)

struct prime {
	uint32_t value;
	uint32_t product; /* of the group it is in; 0: the same as before */
	/* residues that powers of 65537 leave, for primes up to 167 */
	uint64_t powers[3];
};

static struct prime primes[PRIMES_MAX];
static size_t prime_count;
static pthread_once_t made = PTHREAD_ONCE_INIT;

static bool
is_prime(uint32_t n)
{
	for (uint32_t f = 2; f * f <= n; f++)
		if (n % f == 0)
			return false;
	return n > 1;
}

static void
note_powers(struct prime *p)
{
	uint32_t residue = 1 % p->value;

	if (p->value > ROCA_PRIME_MAX)
		return;
	do {
		p->powers[residue / 64] |= UINT64_C(1) << residue % 64;
		residue = residue * (ROCA_GENERATOR % p->value) % p->value;
	} while (residue != 1 % p->value);
}

/* The first prime of each group carries the product of the group. */
static void
note_products(void)
{
	struct prime *head = NULL;

	for (size_t i = 0; i < prime_count; i++) {
		uint64_t longer =
		    head ? (uint64_t)head->product * primes[i].value : 0;

		if (!head || longer > UINT32_MAX) {
			head = &primes[i];
			longer = head->value;
		}
		head->product = (uint32_t)longer;
	}
}

static void
make_primes(void)
{
	for (uint32_t n = 3; n < SMALL_PRIME_MAX; n += 2)
		if (is_prime(n) && prime_count < PRIMES_MAX) {
			primes[prime_count].value = n;
			note_powers(&primes[prime_count]);
			prime_count++;
		}
	note_products();
}

static uint32_t
remainder_of(struct span number, uint32_t divisor)
{
	uint64_t rest = 0;
	size_t i = 0;

	for (; i < number.size % 4; i++)
		rest = (rest << 8 | number.data[i]) % divisor;
	for (; i < number.size; i += 4) {
		const uint8_t *at = number.data + i;

		uint64_t word = (uint64_t)at[0] << 24 | (uint64_t)at[1] << 16 |
				(uint64_t)at[2] << 8 | at[3];

		rest = (rest << 32 | word) % divisor;
	}
	return (uint32_t)rest;
}

/*
 * ROCA (CVE-2017-15361): primes of the form k * M + 65537^a mod M, M the
 * product of the first primes. So is then their product, modulo each of
 * those; of other moduli about one in 2^28 looks the same by chance.
 */
RESULT
weak_modulus_check(struct span modulus)
{
	bool roca = true;
	uint32_t group = 0;

	pthread_once(&made, make_primes);
	if (modulus.size == 0 || (modulus.data[modulus.size - 1] & 1) == 0)
		return FAIL(ERR_INVALID, "RSA modulus has a small factor");
	for (size_t i = 0; i < prime_count; i++) {
		const struct prime *p = &primes[i];

		if (p->product)
			group = remainder_of(modulus, p->product);
		uint32_t rest = group % p->value;
		if (rest == 0)
			return FAIL(
			    ERR_INVALID, "RSA modulus has a small factor");
		if (p->value <= ROCA_PRIME_MAX)
			roca &= p->powers[rest / 64] >> rest % 64 & 1;
	}
	if (roca)
		return FAIL(ERR_INVALID, "RSA key of a weak generator (ROCA)");
	return OK;
}

/* The integer square root, by Newton's method from above. */
static bool
square_root(const BIGNUM *n, BIGNUM *root, BN_CTX *ctx)
{
	BN_CTX_start(ctx);
	BIGNUM *next = BN_CTX_get(ctx);
	bool good = next && BN_one(root) &&
		    BN_lshift(root, root, (BN_num_bits(n) + 1) / 2);

	while (good) {
		good = BN_div(next, NULL, n, root, ctx) &&
		       BN_add(next, next, root) && BN_rshift1(next, next);
		if (!good || BN_cmp(next, root) >= 0)
			break;
		good = BN_copy(root, next) != NULL;
	}
	BN_CTX_end(ctx);
	return good;
}

/* Squares leave few residues: most numbers are ruled out by a glance. */
static bool
may_be_square(const BIGNUM *n)
{
	BN_ULONG low = BN_mod_word(n, 64), rest = BN_mod_word(n, 63);

	for (BN_ULONG i = 0; i < 32; i++)
		if (i * i % 64 == low)
			break;
		else if (i == 31)
			return false;
	for (BN_ULONG i = 0; i < 32; i++)
		if (i * i % 63 == rest)
			return true;
	return false;
}

static bool
is_square(const BIGNUM *n, BN_CTX *ctx)
{
	bool square = false;

	if (BN_is_zero(n))
		return true;
	if (!may_be_square(n))
		return false;
	BN_CTX_start(ctx);
	BIGNUM *root = BN_CTX_get(ctx), *back = BN_CTX_get(ctx);
	if (!back || !square_root(n, root, ctx) || !BN_sqr(back, root, ctx))
		abort();
	square = BN_cmp(back, n) == 0;
	BN_CTX_end(ctx);
	return square;
}

/* n = a^2 - b^2 with a just above the root of n: p and q are a + b, a - b. */
static bool
fermat_factors(const BIGNUM *n, BN_CTX *ctx)
{
	AUTO(BN_free) BIGNUM *a = BN_new();
	AUTO(BN_free) BIGNUM *rest = BN_new();

	if (!a || !rest || !square_root(n, a, ctx))
		abort();
	for (int round = 0; round < FERMAT_ROUNDS; round++) {
		if (!BN_sqr(rest, a, ctx) || !BN_sub(rest, rest, n))
			abort();
		if (!BN_is_negative(rest) && is_square(rest, ctx))
			return true;
		if (!BN_add_word(a, 1))
			abort();
	}
	return false;
}

RESULT
weak_modulus_examine(struct span modulus)
{
	AUTO(BN_CTX_free) BN_CTX *ctx = BN_CTX_new();
	AUTO(BN_free)
	BIGNUM *n = BN_bin2bn(modulus.data, (int)modulus.size, NULL);

	if (!ctx || !n)
		abort();
	if (fermat_factors(n, ctx))
		return FAIL(ERR_INVALID, "RSA primes lie close together");
	return OK;
}
