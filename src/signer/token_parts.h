/*
 * What the two files of the token share.
 */
#pragma once

#include "signer/token.h"

#include <p11-kit/pkcs11.h>

struct token {
	void *library;
	CK_FUNCTION_LIST *p11;
	bool pss;	  /* how RSA keys sign */
	bool initialised; /* by us, so ours to finalise */
	bool pin_refused; /* never tried again */
	CK_SESSION_HANDLE session;
	unsigned generation;	   /* counts openings: handles die with each */
	CK_OBJECT_HANDLE wrapping; /* of wrapping_generation */
	unsigned wrapping_generation;
	char label[TOKEN_LABEL_SIZE];
	struct secret pin;
};

enum err token_fail(unsigned long rv, const char *what);
/* F-23: ERR_DENIED for a key that could have left the token. */
RESULT token_check_guarded(struct token *t, CK_OBJECT_HANDLE key);
RESULT token_find_secret(
    struct token *t, const char *label, CK_OBJECT_HANDLE *out);
bool token_is_lost(unsigned long rv);

/* Closes whatever is left of it and opens it again. */
RESULT token_reopen(struct token *t, int tries);
