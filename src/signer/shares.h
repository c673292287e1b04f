/*
 * Shares of a secret: any needed of them give it back, fewer say nothing
 * about it (Shamir, "How to share a secret", 1979; byte by byte over GF(256)
 * with the polynomial of AES).
 *
 * A share on paper is four lines of sixteen letters, each with two more that
 * check it, so that a mistyped line is known before the next is typed:
 *
 *     1  04MK 7QZ2 ...  9A
 *
 * The letters are Crockford's: no I, L, O or U is printed; I and L are read
 * as 1, O as 0.
 */
#pragma once

#include "base/digest.h"
#include "base/secret.h"

#include <stdbool.h>

#define SHARES_MIN 2
#define SHARES_MAX 8
#define SHARE_SIZE 32 /* the secret's, and so of each share */
#define SHARE_SET_SIZE 4
#define SHARE_LINES 4
#define SHARE_LINE_SIZE 32   /* as it is printed */
#define SHARE_PACKED_SIZE 40 /* what the lines say */

struct share {
	uint8_t set[SHARE_SET_SIZE]; /* shares of another secret are told */
	uint8_t number;		     /* 1 and on */
	uint8_t needed;
	uint8_t value[SHARE_SIZE];
};

/* The shares 1 to count of a secret of SHARE_SIZE; each SHARE_SIZE octets of
 * out, one behind the other. */
RESULT shares_split(const struct secret *secret, unsigned count,
    unsigned needed, struct secret *out);

/* numbers and values of exactly as many as are needed. A wrong share gives a
 * wrong secret: the caller knows a digest of the right one. */
RESULT shares_join(const uint8_t *numbers, const struct secret *values,
    unsigned count, struct secret *out);

/* Line 0 to SHARE_LINES - 1 of a share, without its number. */
void share_line(const struct share *s, unsigned line,
    char out[SHARE_LINE_SIZE]);

/* Reads such a line into packed, and the share with the last; spaces, dashes
 * and small letters as they come. ERR_INVALID: not this line of any share. */
RESULT share_read_line(struct span text, unsigned line, struct share *s,
    uint8_t packed[SHARE_PACKED_SIZE]);

/* The first four lines in a row that are a share, whatever stands around
 * them; each with its number or without. ERR_NOT_FOUND: there are none. */
RESULT share_find(struct span text, struct share *out);
