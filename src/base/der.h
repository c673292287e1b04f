/*
 * DER (X.690), written and read.
 *
 * The writer keeps going after a failure and says so at the end, so that the
 * code that builds a structure reads like the structure. The reader takes a
 * span apart from its front and refuses whatever a DER writer would not have
 * written: a second encoding of the same value is how two programs come to
 * see two different certificates in one file.
 */
#pragma once

#include "base/buf.h"

#include <stdbool.h>
#include <stdint.h>

enum der_tag {
	DER_BOOLEAN = 0x01,
	DER_INTEGER = 0x02,
	DER_BITS = 0x03,
	DER_OCTETS = 0x04,
	DER_NULL = 0x05,
	DER_OID = 0x06,
	DER_ENUMERATED = 0x0a,
	DER_UTF8 = 0x0c,
	DER_SEQUENCE = 0x30,
	DER_SET = 0x31,
	DER_PRINTABLE = 0x13,
	DER_IA5 = 0x16,
	DER_UTC_TIME = 0x17,
	DER_GENERALIZED_TIME = 0x18
};

/* [n] of a primitive and of a constructed type. */
#define DER_CONTEXT(n) ((uint8_t)(0x80 | (n)))
#define DER_CONTEXT_OF(n) ((uint8_t)(0xa0 | (n)))

/* An object identifier as dotted text, and its NUL. */
#define DER_OID_TEXT_SIZE 96

/* ---- writing ---- */

#define DER_DEPTH_MAX 24

struct der {
	struct buf bytes;
	size_t open[DER_DEPTH_MAX];
	size_t depth;
	enum err failure; /* the first one; everything after is ignored */
};

void der_init(struct der *d, size_t ceiling);
void der_clear(struct der *d);

/* What is written until the matching close is the content. */
void der_open(struct der *d, uint8_t tag);
void der_close(struct der *d);

void der_put(struct der *d, uint8_t tag, struct span content);
/* Bytes that are DER already. */
void der_put_raw(struct der *d, struct span der);
void der_put_oid(struct der *d, const char *dotted);
void der_put_bool(struct der *d, bool value);
void der_put_null(struct der *d);
/* A big-endian number that is never negative; minimal form. */
void der_put_unsigned(struct der *d, uint8_t tag, struct span magnitude);
void der_put_number(struct der *d, uint8_t tag, uint64_t value);
/* A BIT STRING; unused counts the bits of the last octet that do not count. */
void der_put_bits(struct der *d, struct span octets, uint8_t unused);
void der_put_text(struct der *d, uint8_t tag, const char *text);
/* UTCTime up to 2049, GeneralizedTime from 2050 (RFC 5280 4.1.2.5). */
void der_put_time(struct der *d, int64_t ms);
void der_put_generalized(struct der *d, uint8_t tag, int64_t ms);

/* Whether all of it was written and closed. */
RESULT der_done(struct der *d);

/* ---- reading ---- */

struct der_item {
	uint8_t tag;
	struct span content;
	struct span whole; /* with tag and length */
};

/* Takes the next item off the front of *rest. ERR_INVALID: not DER. */
RESULT der_next(struct span *rest, struct der_item *out);

/* The same, and its tag must be this one; out is the content. */
RESULT der_take(struct span *rest, uint8_t tag, struct span *out);

/* Takes an item of this tag if it is the next one. */
RESULT der_take_if(
    struct span *rest, uint8_t tag, bool *present, struct span *out);

/* ERR_INVALID when something is left. */
RESULT der_end(struct span rest);

/* The values of contents; each refuses what is not in DER's one form. */
RESULT der_get_bool(struct span content, bool *out);
RESULT der_get_number(struct span content, uint64_t *out);
RESULT der_check_integer(struct span content);
RESULT der_check_oid(struct span content);
/* All bits counted: unused is 0. For keys and signatures. */
RESULT der_get_octet_bits(struct span content, struct span *out);
/* tag: DER_UTC_TIME or DER_GENERALIZED_TIME. */
RESULT der_get_time(uint8_t tag, struct span content, int64_t *out);

/* ERR_TOO_LARGE when the text is longer than out. */
RESULT der_oid_format(struct span content, char out[DER_OID_TEXT_SIZE]);
bool der_oid_is(struct span content, const char *dotted);

DEFINE_AUTO_CLEAR(der_clear, struct der)
