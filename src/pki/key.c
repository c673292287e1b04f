/*
 * Taking SubjectPublicKeyInfo apart and judging it (TS 119 312, RFC 5480).
 */
#include "pki/key.h"

#include "pki/key_weak.h"
#include "pki/oids.h"

#include <openssl/ec.h>
#include <openssl/objects.h>
#include <pthread.h>

#define RSA_BITS_MIN 3072
#define RSA_BITS_MAX 8192
#define RSA_BITS_LARGE 4096

DEFINE_AUTO(EC_POINT_free, EC_POINT *)

static EC_GROUP *p256, *p384;
static pthread_once_t made = PTHREAD_ONCE_INIT;

/* Making a group takes longer than a whole lint: they are kept. */
static void
make_groups(void)
{
	p256 = EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1);
	p384 = EC_GROUP_new_by_curve_name(NID_secp384r1);
}

static const EC_GROUP *
group_of(enum key_kind kind)
{
	pthread_once(&made, make_groups);
	return kind == KEY_p384 ? p384 : p256;
}

/* Uncompressed, on the curve, not at infinity. */
static RESULT
check_point(enum key_kind kind, struct span point)
{
	size_t size = kind == KEY_p384 ? 48 : 32;

	if (point.size == 1 + size && (point.data[0] & 0xfe) == 0x02)
		return FAIL(ERR_DENIED, "point compressed");
	if (point.size != 1 + 2 * size || point.data[0] != 0x04)
		return FAIL(ERR_INVALID, "point of a wrong form");
	const EC_GROUP *group = group_of(kind);
	AUTO(EC_POINT_free) EC_POINT *p = group ? EC_POINT_new(group) : NULL;
	if (!p)
		abort();
	if (EC_POINT_oct2point(group, p, point.data, point.size, NULL) != 1)
		return FAIL(ERR_INVALID, "point not on its curve");
	return OK;
}

/* ERR_DENIED, here and below: of a kind that is not taken. */
static RESULT
check_ec(struct span parameters, struct span point, enum key_kind *out)
{
	struct span curve;

	TRY(der_take(&parameters, DER_OID, &curve)); /* namedCurve only */
	TRY(der_end(parameters));
	if (der_oid_is(curve, OID_P256))
		*out = KEY_p256;
	else if (der_oid_is(curve, OID_P384))
		*out = KEY_p384;
	else
		return FAIL(ERR_DENIED, "curve not accepted");
	return check_point(*out, point);
}

struct rsa {
	struct span modulus, exponent; /* contents of the INTEGERs */
};

static RESULT
read_rsa(struct span parameters, struct span key, struct rsa *out)
{
	struct span null, pair;

	TRY(der_take(&parameters, DER_NULL, &null));
	TRY(der_end(null));
	TRY(der_end(parameters));
	TRY(der_take(&key, DER_SEQUENCE, &pair));
	TRY(der_end(key));
	TRY(der_take(&pair, DER_INTEGER, &out->modulus));
	TRY(der_take(&pair, DER_INTEGER, &out->exponent));
	TRY(der_end(pair));
	TRY(der_check_integer(out->modulus));
	TRY(der_check_integer(out->exponent));
	if (out->modulus.data[0] & 0x80 || out->exponent.data[0] & 0x80)
		return FAIL(ERR_INVALID, "negative RSA number");
	return OK;
}

static int
bits_of(struct span number)
{
	size_t zeros = 0;
	unsigned first;

	while (zeros < number.size && number.data[zeros] == 0)
		zeros++;
	if (zeros == number.size || number.size - zeros > RSA_BITS_MAX)
		return 0;
	first = number.data[zeros];
	return (int)(8 * (number.size - zeros)) - (__builtin_clz(first) - 24);
}

/* 2^16 < e < 2^256, odd (TS 119 312) */
static RESULT
check_exponent(struct span exponent)
{
	int bits = bits_of(exponent);

	if (bits < 17 || bits > 256 ||
	    (exponent.data[exponent.size - 1] & 1) == 0)
		return FAIL(ERR_INVALID, "RSA exponent out of range");
	return OK;
}

static RESULT
check_rsa(const struct rsa *key, enum key_kind *out)
{
	int bits = bits_of(key->modulus);

	TRY(check_exponent(key->exponent));
	TRY(weak_modulus_check(key->modulus));
	if (bits < RSA_BITS_MIN || bits > RSA_BITS_MAX)
		return FAIL(ERR_DENIED, "RSA modulus of %d bits", bits);
	*out = bits >= RSA_BITS_LARGE ? KEY_rsa4096 : KEY_rsa3072;
	return OK;
}

struct parts {
	struct span algorithm; /* identifier */
	struct span parameters;
	struct span key; /* octets of the BIT STRING */
};

static RESULT
take_apart(struct span public_key, struct parts *out)
{
	struct span rest, bits;

	TRY(der_take(&public_key, DER_SEQUENCE, &rest));
	TRY(der_end(public_key));
	TRY(der_take(&rest, DER_SEQUENCE, &out->parameters));
	TRY(der_take(&rest, DER_BITS, &bits));
	TRY(der_end(rest));
	TRY(der_get_octet_bits(bits, &out->key));
	return der_take(&out->parameters, DER_OID, &out->algorithm);
}

static RESULT
judge(struct span public_key, enum key_kind *out)
{
	struct parts parts;
	struct rsa rsa;

	TRY(take_apart(public_key, &parts));
	if (der_oid_is(parts.algorithm, OID_EC_PUBLIC_KEY))
		return check_ec(parts.parameters, parts.key, out);
	if (!der_oid_is(parts.algorithm, OID_RSA))
		return FAIL(ERR_DENIED, "kind of key not accepted");
	TRY(read_rsa(parts.parameters, parts.key, &rsa));
	return check_rsa(&rsa, out);
}

enum key_verdict
public_key_judge(struct span public_key, enum key_kind *kind)
{
	enum err result = judge(public_key, kind);

	if (result == OK)
		return KEY_accepted;
	return result == ERR_DENIED ? KEY_of_another_kind : KEY_broken;
}

RESULT
public_key_check(struct span public_key)
{
	enum key_kind kind;

	/* the explanation stays */
	return judge(public_key, &kind) == OK ? OK : ERR_INVALID;
}

RESULT
public_key_rsa_bits(struct span public_key, int *out)
{
	struct parts parts;
	struct rsa rsa;

	TRY(take_apart(public_key, &parts));
	*out = 0;
	if (!der_oid_is(parts.algorithm, OID_RSA))
		return OK;
	TRY(read_rsa(parts.parameters, parts.key, &rsa));
	*out = bits_of(rsa.modulus);
	return OK;
}

RESULT
public_key_examine(struct span public_key)
{
	struct parts parts;
	struct rsa rsa;

	TRY(public_key_check(public_key));
	TRY(take_apart(public_key, &parts));
	if (!der_oid_is(parts.algorithm, OID_RSA))
		return OK;
	TRY(read_rsa(parts.parameters, parts.key, &rsa));
	return weak_modulus_examine(rsa.modulus);
}

struct digest
public_key_digest(struct span public_key)
{
	return digest_sha256(public_key);
}
