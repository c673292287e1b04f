/*
 * The operators' keys as the signer knows them: a list that both custodians
 * signed, each operator with the passkeys that were enrolled for them.
 *
 *     {signer.dir}/operators, mode 0600:
 *     paraph operators 1
 *     number N                                  grows with each change
 *     operator ID CREDENTIAL PUBLIC-KEY TIME    any number
 *     signature SIGNATURE                       over all lines before
 */
#pragma once

#include "approval/passkey.h"
#include "base/id.h"
#include "signer/custodians.h"

#define OPERATOR_KEYS_MAX 400

struct operator_key {
	char operator_id[ID_SIZE]; /* the member's */
	uint8_t credential_id[CREDENTIAL_ID_MAX];
	size_t credential_id_size;
	uint8_t public_key[PASSKEY_KEY_MAX];
	size_t public_key_size;
	uint64_t enrolled_at; /* or renewed */
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

/* ERR_CONFLICT: this credential or key is on the list. */
RESULT operators_add(struct operators *o, const struct operator_key *key);
/* The time of all of an operator's keys; how many there are. */
size_t operators_renew(
    struct operators *o, const char *operator_id, uint64_t now);
/* All of an operator's keys; how many there were. */
size_t operators_remove(struct operators *o, const char *operator_id);

/* NULL: not enrolled. */
const struct operator_key *operators_find(
    const struct operators *o, struct span credential_id);

DEFINE_AUTO_CLEAR(operators_clear, struct operators)
