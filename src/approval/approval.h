/*
 * What an operator approves, as one digest: the challenge that their passkey
 * signs. docs/approval.md has the encoding and a worked example.
 */
#pragma once

#include "base/digest.h"

#define APPROVAL_OPERATORS_MAX 2
#define APPROVAL_FIELD_MAX 512
#define APPROVAL_MARK_SIZE 16
#define APPROVAL_ENCODED_MAX ((size_t)16 * APPROVAL_FIELD_MAX)

struct approval {
	const char *registration;
	/* whose it is: no operator approves for a workspace that they belong
	 * to, for an address of their own, or what they asked for */
	const char *workspace;
	const char *requested_by; /* a member or a key; "": nobody is named */
	struct digest address;	  /* of the participant: approval_address() */
	const char *level; /* as in levels: "qcp", "qcpnqscd" */
	const char *profile;
	/* what will be certified */
	const char *given_names;
	const char *surname;
	const char *common_name;
	const char *country;
	const char *person_serial;
	struct digest evidence;
	/* SHA-256 of the SubjectPublicKeyInfo of a key that the participant
	 * brings; NULL: the signer makes one */
	const struct digest *own_key;
	const char *decision; /* "approve" */
	uint32_t needed;      /* operators: 1 or 2 */
	uint32_t attempt;     /* of the registration, from 1 */
	int64_t made_at;      /* when it was drawn up, ms since 1970 */
	/* the mark that the signer gave when earlier ones were withdrawn, of
	 * APPROVAL_MARK_SIZE; size 0: none were */
	struct span withdrawal;
};

/* ERR_INVALID: a field that is not clean UTF-8 or too long, another decision
 * than to approve, needed is neither 1 nor 2, no attempt, no time, or a mark of
 * another size. */
RESULT approval_encode(const struct approval *a, struct buf *b);
/* SHA-256 of that. */
RESULT approval_digest(const struct approval *a, struct digest *out);

/* Of a mail address in its folded form: an operator's own and a participant's
 * are compared by it. */
struct digest approval_address(const char *folded);
