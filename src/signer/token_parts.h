/*
 * What the files of the token share.
 */
#pragma once

#include "signer/token.h"

#include <p11-kit/pkcs11.h>

#define TOKEN_PATH_MAX 4096
#define TOKEN_BLOB_MAX 1024
#define TOKEN_STAMP_SIZE 96

struct token {
	void *library;
	CK_FUNCTION_LIST *p11;
	bool pss;	  /* how RSA keys sign */
	bool copies; /* SoftHSM: see token_keys.c */
	bool initialised; /* by us, so ours to finalise */
	bool pin_refused; /* never tried again */
	char refused[TOKEN_PATH_MAX]; /* where that is noted; "": nowhere */
	char pin_stamp[TOKEN_STAMP_SIZE]; /* of the file that the PIN is from */
	unsigned long failed; /* what the last call that failed gave; 0 */
	CK_SESSION_HANDLE session;
	bool threads; /* the module takes calls of several */
	struct ahead *ahead; /* NULL: none */
	CK_SESSION_HANDLE second; /* of second_generation, for ahead */
	unsigned second_generation;
	unsigned generation;	   /* counts openings: handles die with each */
	CK_OBJECT_HANDLE wrapping; /* of wrapping_generation */
	unsigned wrapping_generation;
	char label[TOKEN_LABEL_SIZE];
	struct secret pin;
};

/* How an attribute is named with its value: macros, because PKCS#11 wants the
 * address of a variable. */
#define FLAG(type, value)                                                      \
	{                                                                      \
		type, &(value), sizeof(CK_BBOOL)                               \
	}
#define VALUE(type, variable)                                                  \
	{                                                                      \
		type, &(variable), sizeof(variable)                            \
	}
extern CK_BBOOL token_yes, token_no;

#define REOPEN_TRIES 3

/* Of r and of s, for a key on a curve. */
size_t token_octets(enum key_kind kind);
bool token_is_rsa(enum key_kind kind);

/* Handles of the objects with this class and label; how many, at most 2. */
RESULT token_find_objects(struct token *t, CK_OBJECT_CLASS class,
    const char *label, CK_OBJECT_HANDLE out[2], CK_ULONG *count);
RESULT token_find_one(struct token *t, CK_OBJECT_CLASS class,
    const char *label, CK_OBJECT_HANDLE *out);
/* What fails beside is nobody's answer: the numbers in the token are the
 * first session's alone. */
enum err token_session_fail(struct token *t, CK_SESSION_HANDLE session,
    CK_RV rv, const char *what);
RESULT token_read_public_key(struct token *t, CK_SESSION_HANDLE session,
    CK_OBJECT_HANDLE key, enum key_kind kind, struct buf *out);
RESULT token_fill_key(struct token *t, const char *label, enum key_kind kind,
    CK_OBJECT_HANDLE private, CK_OBJECT_HANDLE public, struct token_key *out);

/* The copy of a key that signs in its place, where there is one. */
void token_copy_label(const char *label, char out[TOKEN_LABEL_SIZE]);
void token_copy_for_session(struct token *t, struct token_key *key);

/* A key pair; in the token for good, or for this session and extractable. */
RESULT token_generate(struct token *t, CK_SESSION_HANDLE session,
    const char *label, enum key_kind kind, bool lasting,
    CK_OBJECT_HANDLE *public, CK_OBJECT_HANDLE *private);

/* A signature as tokens give it; of ECDSA r and s next to each other, and the
 * SEQUENCE of both. */
CK_RV token_sign_raw(struct token *t, CK_OBJECT_HANDLE key,
    enum key_kind kind, struct span message, uint8_t raw[TOKEN_RAW_MAX]);
RESULT token_raw_to_der(
    const uint8_t *raw, size_t octets, struct buf *out);

/* In words, and kept in failed. */
enum err token_fail(struct token *t, unsigned long rv, const char *what);
/* F-23: ERR_DENIED for a key that could have left the token. */
RESULT token_check_guarded(struct token *t, CK_OBJECT_HANDLE key);
RESULT token_find_secret(
    struct token *t, const char *label, CK_OBJECT_HANDLE *out);
bool token_is_lost(unsigned long rv);
/* Whether what failed may work once it was opened anew. */
bool token_may_return(const struct token *t);

/* The second session, opened when it is not there. */
RESULT token_second_session(struct token *t, CK_SESSION_HANDLE *out);
/* One that is not there yet is no error. */
void token_look_for_wrapping(struct token *t);
RESULT token_person_key_in(struct token *t, CK_SESSION_HANDLE session,
    struct buf *blob, struct buf *public_key);

/* Keys made ahead. False: none is there now. */
bool token_take_ahead(
    struct token *t, struct buf *blob, struct buf *public_key);
/* A key could be made: whoever rests may go on. */
void token_ahead_works(struct token *t);
/* While the token is opened anew, or its wrapping key looked for; what was made
 * before is wiped. */
void token_ahead_stop(struct token *t);
void token_ahead_resume(struct token *t);
void token_ahead_free(struct token *t);

/* The PIN that was refused: remembered by the file that it is from. */
RESULT token_refusal_init(struct token *t, const char *pin_file);
bool token_was_refused(const struct token *t);
void token_note_refused(const struct token *t);

/* What a caller hears of a token that is gone or is another: ERR_UNAVAILABLE,
 * in the words that are there. OK stays OK. */
enum err token_out_of_reach(enum err result);

/* Closes whatever is left of it and opens it again. */
RESULT token_reopen(struct token *t, int tries);
