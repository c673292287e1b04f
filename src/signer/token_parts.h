/*
 * What the files of the token share.
 */
#pragma once

#include "signer/token.h"

#include <p11-kit/pkcs11.h>

#define TOKEN_PATH_MAX 4096
#define TOKEN_STAMP_SIZE 96

struct token {
	void *library;
	CK_FUNCTION_LIST *p11;
	bool pss;	  /* how RSA keys sign */
	bool initialised; /* by us, so ours to finalise */
	bool pin_refused; /* never tried again */
	char refused[TOKEN_PATH_MAX]; /* where that is noted; "": nowhere */
	char pin_stamp[TOKEN_STAMP_SIZE]; /* of the file that the PIN is from */
	unsigned long failed; /* what the last call that failed gave; 0 */
	CK_SESSION_HANDLE session;
	unsigned generation;	   /* counts openings: handles die with each */
	CK_OBJECT_HANDLE wrapping; /* of wrapping_generation */
	unsigned wrapping_generation;
	char label[TOKEN_LABEL_SIZE];
	struct secret pin;
};

/* In words, and kept in failed. */
enum err token_fail(struct token *t, unsigned long rv, const char *what);
/* F-23: ERR_DENIED for a key that could have left the token. */
RESULT token_check_guarded(struct token *t, CK_OBJECT_HANDLE key);
RESULT token_find_secret(
    struct token *t, const char *label, CK_OBJECT_HANDLE *out);
bool token_is_lost(unsigned long rv);
/* Whether what failed may work once it was opened anew. */
bool token_may_return(const struct token *t);

/* The PIN that was refused: remembered by the file that it is from. */
RESULT token_refusal_init(struct token *t, const char *pin_file);
bool token_was_refused(const struct token *t);
void token_note_refused(const struct token *t);

/* Closes whatever is left of it and opens it again. */
RESULT token_reopen(struct token *t, int tries);
