/*
 * The qcStatements extension (RFC 3739 3.2.6, EN 319 412-5): what makes a
 * certificate claim to be qualified. A statement without information is a
 * SEQUENCE of its identifier alone, never with a NULL.
 */
#pragma once

#include "base/der.h"

enum qc_id {
#define QC(symbol, oid, title) QC_##symbol,
#include "pki/qc.def"
#undef QC
	QC_COUNT
};

/* A set of statements. */
#define QC_BIT(symbol) (1u << QC_##symbol)

#define QC_TYPE_ESIGN "0.4.0.1862.1.6.1"
#define QC_TYPE_ARC "0.4.0.1862.1.6."
#define QC_IDENT_ARC "0.4.0.1862.1.8."
#define QC_SEMANTICS_NATURAL "0.4.0.194121.1.1"

#define QC_LANGUAGES_MAX 8
#define QC_URL_MAX ((size_t)256)

/* What stands in the statements that a profile writes. */
struct qc_facts {
	unsigned statements; /* QC_BIT of those to be written */
	/* An https address with {language} in it */
	const char *pds_url;
	const char *languages[QC_LANGUAGES_MAX]; /* lower case; NULL ends */
	unsigned retention_years;
	const char *ident_method; /* identifier */
};

/* Writes the value of the extension. */
RESULT qc_put(struct der *d, const struct qc_facts *f);

/* The address of the disclosure statement in one language. */
RESULT qc_pds_url(const char *pattern, const char *language, struct buf *out);

/* One kind of statement, as often as it is there. */
struct qc_item {
	unsigned count;
	struct span info; /* of the last one; size 0: none */
};

struct qc {
	struct qc_item of[QC_COUNT];
	unsigned present;		 /* QC_BIT */
	char unknown[DER_OID_TEXT_SIZE]; /* a statement of no name here */
	bool type_as_statement;		 /* a QcType where an id belongs */
};

/* ERR_INVALID: the frame is broken; what is in a statement is not read. */
RESULT qc_parse(struct span value, struct qc *out);

const char *qc_title(enum qc_id id);
