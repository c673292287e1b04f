/*
 * The operators' keys as the signer knows them: a list that both custodians
 * signed, each operator with the passkeys that were enrolled for them, and with
 * what the custodians know of them: who they are, their own address, and the
 * workspaces that they belong to. The database may say otherwise.
 *
 *     {signer.dir}/operators, mode 0600:
 *     paraph operators 2
 *     number N                                  grows with each change
 *     operator ID CREDENTIAL PUBLIC-KEY TIME ADDRESS PERSON WORKSPACES
 *                                               any number
 *     signature SIGNATURE                       over all lines before
 *
 * PERSON is base64url, or "-"; WORKSPACES are ids with commas between, or "-".
 * A list of the first form ends each line after TIME: its operators can be
 * listed and removed, and are believed when they are enrolled again.
 */
#pragma once

#include "approval/approval.h"
#include "approval/passkey.h"
#include "base/id.h"
#include "signer/custodians.h"

#include <stdbool.h>

#define OPERATOR_KEYS_MAX 400
#define OPERATOR_PERSON_MAX 201 /* octets of UTF-8 with the NUL */
#define OPERATOR_WORKSPACES_MAX 16

struct operator_key {
	char operator_id[ID_SIZE]; /* the member's */
	uint8_t credential_id[CREDENTIAL_ID_MAX];
	size_t credential_id_size;
	uint8_t public_key[PASSKEY_KEY_MAX];
	size_t public_key_size;
	uint64_t enrolled_at; /* or renewed */
	char person[OPERATOR_PERSON_MAX]; /* "": enrolled before it was asked */
	struct digest address; /* approval_address() of their own */
	char workspaces[OPERATOR_WORKSPACES_MAX][ID_SIZE];
	size_t workspace_count;
};

struct operators {
	uint64_t number; /* 0: no list yet */
	struct operator_key *keys;
	size_t count;
	struct digest digest; /* over the file */
};

void operators_clear(struct operators *o);

/* An absent file is an empty list. ERR_DENIED: not signed by the custodians. */
RESULT operators_load(
    const char *dir, const struct custodians *c, struct operators *out);

RESULT operators_parse(
    struct span text, const struct custodians *c, struct operators *out);

/* Writes the list under the next number. key: from custodians_unlock. */
RESULT operators_save(
    const char *dir, struct operators *o, const struct secret *key);

/* ERR_INVALID: not a workspace's id, or too many of them. */
RESULT operator_key_join(struct operator_key *k, const char *workspace);

/* ERR_CONFLICT: this credential or key is on the list, or this person is, under
 * another id: two operators are two people. */
RESULT operators_add(struct operators *o, const struct operator_key *key);
/* One more workspace that an operator belongs to; how many keys they have. */
RESULT operators_join(struct operators *o, const char *operator_id,
    const char *workspace, size_t *keys);
/* The time of all of an operator's keys; how many there are. */
size_t operators_renew(
    struct operators *o, const char *operator_id, uint64_t now);
/* All of an operator's keys; how many there were. */
size_t operators_remove(struct operators *o, const char *operator_id);

/* Whether any key of the operator is of this workspace. */
bool operators_are_of(const struct operators *o, const char *operator_id,
    const char *workspace);

/* Whether any key of the operator was enrolled with this address. */
bool operators_have_address(const struct operators *o,
    const char *operator_id, const struct digest *address);

/* Whether custodians wrote down this name for the operator, in any case. */
bool operators_have_name(
    const struct operators *o, const char *operator_id, const char *name);

/* NULL: not enrolled. */
const struct operator_key *operators_find(
    const struct operators *o, struct span credential_id);

DEFINE_AUTO_CLEAR(operators_clear, struct operators)
