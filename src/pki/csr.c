/*
 * PKCS#10 (RFC 2986) and what keys we accept.
 */
#include "pki/csr.h"

#include "pki/oids.h"
#include "pki/signing.h"

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/objects.h>
#include <pthread.h>

#define RSA_BITS_MIN 3072
#define RSA_BITS_MAX 8192
#define SMALL_FACTOR_MAX 8192

DEFINE_AUTO(BN_free, BIGNUM *)
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
group_of(int curve)
{
	pthread_once(&made, make_groups);
	return curve == NID_secp384r1 ? p384 : p256;
}

/* Uncompressed, on the curve, not at infinity. */
static RESULT
check_point(int curve, size_t size, struct span point)
{
	if (point.size != 1 + 2 * size || point.data[0] != 0x04)
		return FAIL(ERR_INVALID, "point not uncompressed");
	const EC_GROUP *group = group_of(curve);
	AUTO(EC_POINT_free) EC_POINT *p = group ? EC_POINT_new(group) : NULL;
	if (!p)
		abort();
	if (EC_POINT_oct2point(group, p, point.data, point.size, NULL) != 1)
		return FAIL(ERR_INVALID, "point not on its curve");
	return OK;
}

static RESULT
check_ec(struct span parameters, struct span point)
{
	struct span curve;

	TRY(der_take(&parameters, DER_OID, &curve)); /* namedCurve only */
	TRY(der_end(parameters));
	if (der_oid_is(curve, OID_P256))
		return check_point(NID_X9_62_prime256v1, 32, point);
	if (der_oid_is(curve, OID_P384))
		return check_point(NID_secp384r1, 48, point);
	return FAIL(ERR_INVALID, "curve not accepted");
}

/* A product of two large primes has no factor that fits in 13 bits. */
static bool
has_small_factor(const BIGNUM *n)
{
	for (BN_ULONG f = 2; f < SMALL_FACTOR_MAX; f += f == 2 ? 1 : 2)
		if (BN_mod_word(n, f) == 0)
			return true;
	return false;
}

static RESULT
check_modulus(struct span modulus)
{
	TRY(der_check_integer(modulus));
	if (modulus.data[0] & 0x80 || modulus.size > RSA_BITS_MAX / 8 + 1)
		return FAIL(ERR_INVALID, "RSA modulus out of range");
	AUTO(BN_free)
	BIGNUM *n = BN_bin2bn(modulus.data, (int)modulus.size, NULL);
	if (!n)
		abort();
	if (BN_num_bits(n) < RSA_BITS_MIN || BN_num_bits(n) > RSA_BITS_MAX)
		return FAIL(
		    ERR_INVALID, "RSA modulus of %d bits", BN_num_bits(n));
	if (has_small_factor(n))
		return FAIL(ERR_INVALID, "RSA modulus has a small factor");
	return OK;
}

/* 2^16 < e < 2^256, odd (TS 119 312) */
static RESULT
check_exponent(struct span exponent)
{
	TRY(der_check_integer(exponent));
	if (exponent.data[0] & 0x80 || exponent.size < 3 ||
	    exponent.size > 32 || (exponent.data[exponent.size - 1] & 1) == 0)
		return FAIL(ERR_INVALID, "RSA exponent out of range");
	return OK;
}

static RESULT
check_rsa(struct span parameters, struct span key)
{
	struct span null, pair, modulus, exponent;

	TRY(der_take(&parameters, DER_NULL, &null));
	TRY(der_end(null));
	TRY(der_end(parameters));
	TRY(der_take(&key, DER_SEQUENCE, &pair));
	TRY(der_end(key));
	TRY(der_take(&pair, DER_INTEGER, &modulus));
	TRY(der_take(&pair, DER_INTEGER, &exponent));
	TRY(der_end(pair));
	TRY(check_exponent(exponent));
	return check_modulus(modulus);
}

RESULT
public_key_check(struct span public_key)
{
	struct span rest, algorithm, oid, bits, octets;

	TRY(der_take(&public_key, DER_SEQUENCE, &rest));
	TRY(der_end(public_key));
	TRY(der_take(&rest, DER_SEQUENCE, &algorithm));
	TRY(der_take(&rest, DER_BITS, &bits));
	TRY(der_end(rest));
	TRY(der_get_octet_bits(bits, &octets));
	TRY(der_take(&algorithm, DER_OID, &oid));
	if (der_oid_is(oid, OID_EC_PUBLIC_KEY))
		return check_ec(algorithm, octets);
	if (der_oid_is(oid, OID_RSA))
		return check_rsa(algorithm, octets);
	return FAIL(ERR_INVALID, "kind of key not accepted");
}

/* Whether the value of an extension request asks for CA:TRUE. */
static RESULT
read_requested(struct span extension, struct csr *out)
{
	static const uint8_t ca_true[] = {0x01, 0x01, 0xff};
	struct span oid, flag, value, rest;
	bool present;

	TRY(der_take(&extension, DER_OID, &oid));
	TRY(der_take_if(&extension, DER_BOOLEAN, &present, &flag));
	TRY(der_take(&extension, DER_OCTETS, &value));
	TRY(der_end(extension));
	if (!der_oid_is(oid, OID_BASIC_CONSTRAINTS))
		return OK;
	TRY(der_take(&value, DER_SEQUENCE, &rest));
	out->wants_ca = rest.size >= 3 && memcmp(rest.data, ca_true, 3) == 0;
	return OK;
}

static RESULT
read_attribute(struct span attribute, struct csr *out)
{
	struct span oid, values, list, extension;

	TRY(der_take(&attribute, DER_OID, &oid));
	TRY(der_take(&attribute, DER_SET, &values));
	TRY(der_end(attribute));
	if (!der_oid_is(oid, OID_EXTENSION_REQUEST))
		return OK;
	TRY(der_take(&values, DER_SEQUENCE, &list));
	TRY(der_end(values));
	while (list.size > 0) {
		TRY(der_take(&list, DER_SEQUENCE, &extension));
		TRY(read_requested(extension, out));
	}
	return OK;
}

static RESULT
read_info(struct span info, struct csr *out)
{
	struct der_item subject, key;
	struct span version, attributes, one;
	uint64_t number;

	TRY(der_take(&info, DER_INTEGER, &version));
	TRY(der_get_number(version, &number));
	if (number != 0)
		return FAIL(ERR_INVALID, "unknown version of request");
	TRY(der_next(&info, &subject));
	TRY(der_next(&info, &key));
	out->subject = subject.whole;
	out->public_key = key.whole;
	TRY(der_take(&info, DER_CONTEXT_OF(0), &attributes));
	TRY(der_end(info));
	while (attributes.size > 0) {
		TRY(der_take(&attributes, DER_SEQUENCE, &one));
		TRY(read_attribute(one, out));
	}
	return OK;
}

RESULT
csr_parse(struct span der, struct csr *out)
{
	struct csr found = {0};
	struct der_item info, algorithm;
	struct span rest, bits, signature;

	if (der.size > CSR_MAX)
		return FAIL(ERR_TOO_LARGE, "certificate request too large");
	TRY(der_take(&der, DER_SEQUENCE, &rest));
	TRY(der_end(der));
	TRY(der_next(&rest, &info));
	TRY(der_next(&rest, &algorithm));
	TRY(der_take(&rest, DER_BITS, &bits));
	TRY(der_end(rest));
	TRY(der_get_octet_bits(bits, &signature));
	if (info.tag != DER_SEQUENCE)
		return FAIL(ERR_INVALID, "not a certificate request");
	TRY(read_info(info.content, &found));
	if (found.wants_ca)
		return FAIL(ERR_INVALID, "asks to be an authority");
	TRY(public_key_check(found.public_key));
	TRY(signature_verify(
	    found.public_key, algorithm.whole, info.whole, signature));
	*out = found;
	return OK;
}
