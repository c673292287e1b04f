/*
 * What the tries to have something signed begin with: an instance with two
 * operators, one of whom has two passkeys, and its signer. The token is the one
 * thing that nobody who tries has.
 */
#pragma once

#include "qualified.h"

#define RATE 40 /* certificates of a profile in an hour */

extern struct test_authenticator second; /* of the operator ONE */

int attack_set_up(void **state);
int attack_tear_down(void **state);

size_t issued(void);
/* Opens another signer on the same files, and closes it. */
enum err try_open(void);
/* The next list of issuing-q. */
enum err publish(uint64_t number);
