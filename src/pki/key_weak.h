/*
 * RSA moduli that can be factored: by a small prime, by the generator that
 * made them (ROCA), or because their primes lie close together (Fermat).
 */
#pragma once

#include "base/buf.h"

/*
 * The quick part, some microseconds: odd, no prime factor below 752, not
 * the fingerprint of ROCA. modulus: big endian, positive.
 */
RESULT weak_modulus_check(struct span modulus);

/* A hundred rounds of Fermat's method, some milliseconds. */
RESULT weak_modulus_examine(struct span modulus);
