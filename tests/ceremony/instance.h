/*
 * A throw-away instance with TEST authorities in a SoftHSM token of its own.
 */
#pragma once

#include "approval/test_authenticator.h"
#include "proc/order.h"
#include "signer/signer.h"

#define WORKSPACE "wsp_00000000000000000000000000" /* of all orders */

struct instance {
	char dir[64];
	struct conf *conf;
};

/* Makes the folder and runs the ceremony. more: lines for paraph.conf. */
void instance_init(struct instance *i, const char *more);
void instance_clear(struct instance *i);
/* Reads paraph.conf again; who borrowed the old one is closed before. */
void instance_again(struct instance *i);

/* An order for somebody invented; number tells them apart. */
void instance_order(unsigned number, struct order *out);

/* Enrols an operator as paraph operator does; names custodians first. */
extern const struct span instance_passphrases[CUSTODIANS];
void instance_enrol(const struct instance *i, const char *operator_id,
    const struct test_authenticator *a);

/* The same of somebody whose address that is, too; workspace: "" or one that
 * they belong to. */
void instance_enrol_as(const struct instance *i, const char *operator_id,
    const struct test_authenticator *a, const char *person,
    const char *workspace);

/* Adds an operator's approval of the order as it is now. */
void instance_approve(struct order *o, const char *operator_id,
    struct test_authenticator *a, const struct relying_party *rp);

/* Runs a shell command in the folder; its exit status. What it prints goes
 * to the file "said", which instance_said() reads. */
int instance_shell(const struct instance *i, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
const char *instance_said(const struct instance *i);
void instance_write(
    const struct instance *i, const char *name, struct span bytes);
