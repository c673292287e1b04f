/*
 * OCSP_ASK and OCSP_TOLD: answers that cannot be made in advance, because
 * they are about several certificates, about a serial number that was never
 * issued, or carry a nonce. From the public port through the clerk to the
 * signer, which decides by its own ledger and builds every byte itself.
 *
 * A message carries many questions, of people who know nothing of each other:
 * what three programs spend on a message is more than a signature costs.
 */
#pragma once

#include "proc/order.h"

#define OCSP_ASKED_MAX 16	/* certificates in one question */
#define OCSP_ASKED_NONCE_MAX 128
#define OCSP_ASK_MAX 16		/* questions in one message */
#define OCSP_ASK_ASKED_MAX 32	/* and certificates in all of them */
#define OCSP_TOLD_MAX 8192	/* octets of one answer */

/* A CertID, by its parts. */
struct ocsp_asked {
	uint8_t serial[ORDER_SERIAL_MAX]; /* big endian, as the ledger has it */
	size_t serial_size;
	bool sha256;	      /* else SHA-1 */
	bool null_parameters; /* of its AlgorithmIdentifier: to be repeated */
};

struct ocsp_question {
	char issuer[ORDER_ISSUER_MAX]; /* of all of them */
	struct ocsp_asked asked[OCSP_ASKED_MAX];
	size_t count; /* at least 1 */
	uint8_t nonce[OCSP_ASKED_NONCE_MAX];
	size_t nonce_size; /* 0: none */
	bool withheld;	   /* by the clerk: not to be answered now */
};

struct ocsp_ask {
	struct ocsp_question questions[OCSP_ASK_MAX];
	size_t count; /* at least 1 */
};

/* Of the question in the same place. */
struct ocsp_answer {
	enum err outcome;
	struct span der; /* OCSPResponse, when it is OK; borrowed */
	size_t never_issued; /* of those asked about */
};

struct ocsp_told {
	struct ocsp_answer answers[OCSP_ASK_MAX];
	size_t count;
};

/*
 * OCSP_MAKE and OCSP_MADE: the answer about one certificate that has none in
 * store, made for who asks first and kept for the others.
 */
struct ocsp_make {
	char certificate[ID_SIZE];
};

struct ocsp_made {
	struct span der; /* borrowed */
	int64_t next_update;
};

RESULT ocsp_make_put(struct buf *b, const struct ocsp_make *m);
RESULT ocsp_make_get(struct span message, struct ocsp_make *out);
RESULT ocsp_made_put(struct buf *b, const struct ocsp_made *m);
/* Borrows from the message. */
RESULT ocsp_made_get(struct span message, struct ocsp_made *out);

/* A message's questions one after the other, as many as it says first. */
void ocsp_ask_begin(struct buf *b, size_t count);
RESULT ocsp_question_put(struct buf *b, const struct ocsp_question *q);
RESULT ocsp_ask_put(struct buf *b, const struct ocsp_ask *ask);
RESULT ocsp_ask_get(struct span message, struct ocsp_ask *out);
RESULT ocsp_told_put(struct buf *b, const struct ocsp_told *told);
/* Borrows from the message. */
RESULT ocsp_told_get(struct span message, struct ocsp_told *out);
