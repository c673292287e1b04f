/*
 * What the clerk asks of the signer, and what comes back: orders, never bytes
 * to sign. The signer looks the profile up in its own table and builds the
 * certificate itself.
 */
#pragma once

#include "base/digest.h"
#include "base/id.h"
#include "proc/ledger_mark.h"

#define ORDER_NAME_MAX 200 /* bytes of UTF-8 with its NUL */
#define ORDER_PROFILE_MAX 24
#define ORDER_ISSUER_MAX 24
#define ORDER_SERIAL_MAX 20 /* octets of a serial number */
#define ORDER_CSR_MAX 4096
#define ORDER_CERTIFICATE_MAX 8192
#define ORDER_KEY_BLOB_MAX 4096
#define ORDER_OCSP_MAX 4096
#define ORDER_LEVEL_MAX 16
#define ORDER_KEY_LABEL_MAX 48
#define ORDER_APPROVALS_MAX 2
#define ORDER_CREDENTIAL_MAX 1023
#define ORDER_AUTHENTICATOR_DATA_MAX 1024
#define ORDER_CLIENT_DATA_MAX 2048
#define ORDER_SIGNATURE_MAX 512
#define ORDER_MARK_SIZE 16

/* An operator's approval as their browser gave it: a WebAuthn assertion over
 * the digest that the signer computes again from the order (approval.h). */
struct order_approval {
	char operator_id[ID_SIZE];
	uint8_t credential_id[ORDER_CREDENTIAL_MAX];
	size_t credential_id_size;
	uint8_t authenticator_data[ORDER_AUTHENTICATOR_DATA_MAX];
	size_t authenticator_data_size;
	uint8_t client_data[ORDER_CLIENT_DATA_MAX];
	size_t client_data_size;
	uint8_t signature[ORDER_SIGNATURE_MAX];
	size_t signature_size;
};

/* ISSUE: one certificate for one registration. */
struct order {
	char registration[ID_SIZE];
	char level[ORDER_LEVEL_MAX];	 /* that ends in this profile */
	char profile[ORDER_PROFILE_MAX]; /* a row of profiles.def */
	char given_names[ORDER_NAME_MAX];
	char surname[ORDER_NAME_MAX];
	char common_name[ORDER_NAME_MAX];
	char country[3]; /* ISO 3166-1 alpha-2 of the nationality */
	char person_serial[ORDER_NAME_MAX]; /* subject serialNumber, opaque */
	struct digest decision;
	struct digest evidence;
	uint8_t csr[ORDER_CSR_MAX]; /* the participant's own PKCS#10, DER */
	size_t csr_size;	    /* 0: the signer makes the key */
	/* whose request it is, where operators approve: see approval.h */
	char workspace[ID_SIZE];
	char requested_by[ID_SIZE];
	struct digest address;
	uint8_t withdrawal[ORDER_MARK_SIZE]; /* of before; size 0: none */
	size_t withdrawal_size;
	/* operators that the approvals say are needed; 0 for LCP */
	uint32_t needed;
	uint32_t attempt; /* that they are about, and when they were drawn up */
	int64_t made_at;
	/* of the verdicts, as the clerk judged and sealed them: a strong check
	 * failed; the faces were not found alike. True where nobody can tell */
	bool doubted, faces_differ;
	size_t approval_count;
	struct order_approval approvals[ORDER_APPROVALS_MAX];
	struct ledger_mark known; /* how far the database knows the ledger */
};

/*
 * WITHDRAW: no approval of this registration that was drawn up until then
 * counts any more, for ever. WITHDRAWN answers it with a mark that nobody could
 * know before: only what is signed with it counts from now on, so what was
 * signed before counts no more whatever time it bears.
 */
struct withdrawal {
	char registration[ID_SIZE];
	int64_t until;
};

struct withdrawn_mark {
	uint8_t bytes[ORDER_MARK_SIZE];
};

/*
 * The same from web, which has to say who asks: the clerk looks whether they
 * may, and gives the time.
 */
struct withdrawing {
	char registration[ID_SIZE];
	char session[DIGEST_TEXT_SIZE]; /* of an operator; "": participant */
};

/*
 * WEIGH: how many operators the signer will ask for, whatever they signed.
 * Web brings one approval, of the attempt that is going on; the clerk makes of
 * it the order that it would be, and asks the signer with that. WEIGHED: the
 * number.
 */
struct weighing {
	char registration[ID_SIZE];
	uint32_t needed; /* operators, as was signed */
	struct order_approval approval;
};

/* ISSUED */
struct issue_result {
	char registration[ID_SIZE];
	char issuer[ORDER_ISSUER_MAX]; /* name in /pki/ca/{name}.cer */
	uint8_t serial[ORDER_SERIAL_MAX];
	size_t serial_size;
	int64_t not_before, not_after;
	uint8_t certificate[ORDER_CERTIFICATE_MAX]; /* DER */
	size_t certificate_size;
	uint8_t key_blob[ORDER_KEY_BLOB_MAX]; /* wrapped by the token's key */
	size_t key_blob_size;
	/* of the key that stays in the token; "": wrapped, or the person's */
	char key_label[ORDER_KEY_LABEL_MAX];
	uint8_t ocsp[ORDER_OCSP_MAX]; /* first answer, DER OCSPResponse */
	size_t ocsp_size;
	int64_t ocsp_next_update;
	struct ledger_mark mark; /* known to whoever has stored this */
};

/* REVOKE and OCSP_SIGN ask about one certificate; both are answered so. */
struct status_order {
	char issuer[ORDER_ISSUER_MAX];
	uint8_t serial[ORDER_SERIAL_MAX];
	size_t serial_size;
	int64_t revoked_at; /* 0: not revoked */
	uint8_t reason;	    /* CRLReason */
	struct ledger_mark known;
};

struct status_result {
	uint8_t ocsp[ORDER_OCSP_MAX];
	size_t ocsp_size;
	int64_t ocsp_next_update;
	int64_t revoked_at;
	struct ledger_mark mark;
};

/* PUBLISH: a CRL. The entries are in the message's memfd, one of crl_entry_put
 * after the other: there may be hundreds of thousands. */
struct crl_entry {
	uint8_t serial[ORDER_SERIAL_MAX];
	size_t serial_size;
	int64_t revoked_at;
	uint8_t reason;
};

#define CRL_ENTRIES_MAX ((size_t)1000000)
#define CRL_ENTRY_SIZE_MAX ((size_t)4 + ORDER_SERIAL_MAX + 8 + 1)

struct crl_order {
	char issuer[ORDER_ISSUER_MAX];
	uint64_t number; /* strictly greater than the last one */
	size_t revoked;	 /* that the database knows of */
	size_t count;	 /* of them here: the newer ones */
	struct span entries; /* not in the message */
};

/* CRL: the list itself is in the message's memfd. */
struct crl_result {
	char issuer[ORDER_ISSUER_MAX];
	uint64_t number;
	int64_t this_update, next_update;
	size_t count; /* of entries */
};

/* STATUS_REPLY: what the signer says of itself; STATUS has no body. */
struct signer_state {
	uint64_t entries;   /* of its ledger */
	struct digest head; /* over all of them: to be kept elsewhere */
	uint64_t issued, revoked, not_issued;
	int64_t issuing_not_after, responder_not_after;
};

/* ERR_TOO_LARGE: longer than any authenticator writes. */
RESULT order_approval_make(const char *operator_id, struct span credential_id,
    struct span authenticator_data, struct span client_data,
    struct span signature, struct order_approval *out);

/*
 * Adds an operator's approval to an order. credential: its id in base64url.
 * ERR_TOO_LARGE: longer than any authenticator writes, or a third one.
 */
RESULT order_add_approval(struct order *o, const char *operator_id,
    const char *credential, struct span authenticator_data,
    struct span client_data, struct span signature);

RESULT order_put(struct buf *b, const struct order *o);
RESULT order_get(struct span message, struct order *out);
RESULT withdrawal_put(struct buf *b, const struct withdrawal *w);
RESULT withdrawal_get(struct span message, struct withdrawal *out);
RESULT withdrawn_put(struct buf *b, const struct withdrawn_mark *m);
RESULT withdrawn_get(struct span message, struct withdrawn_mark *out);
RESULT withdrawing_put(struct buf *b, const struct withdrawing *w);
RESULT withdrawing_get(struct span message, struct withdrawing *out);
RESULT weighing_put(struct buf *b, const struct weighing *w);
RESULT weighing_get(struct span message, struct weighing *out);
RESULT weighed_put(struct buf *b, uint32_t operators);
RESULT weighed_get(struct span message, uint32_t *operators);
RESULT issue_result_put(struct buf *b, const struct issue_result *r);
RESULT issue_result_get(struct span message, struct issue_result *out);
RESULT status_order_put(struct buf *b, const struct status_order *o);
RESULT status_order_get(struct span message, struct status_order *out);
RESULT status_result_put(struct buf *b, const struct status_result *r);
RESULT status_result_get(struct span message, struct status_result *out);
RESULT crl_order_put(struct buf *b, const struct crl_order *o);
RESULT crl_order_get(struct span message, struct crl_order *out);
RESULT crl_entry_put(struct buf *b, const struct crl_entry *e);
/* Takes the next entry off the front. */
RESULT crl_entry_get(struct span *entries, struct crl_entry *out);
RESULT crl_result_put(struct buf *b, const struct crl_result *r);
RESULT crl_result_get(struct span message, struct crl_result *out);

RESULT signer_state_put(struct buf *b, const struct signer_state *s);
RESULT signer_state_get(struct span message, struct signer_state *out);

/* REFUSED: the code (an error, never OK) and an explanation without personal
 * data. */
RESULT refusal_put(struct buf *b, enum err code, const char *explanation);
/* Sets the thread's explanation and returns the code (never OK). */
enum err refusal_get(struct span message);
