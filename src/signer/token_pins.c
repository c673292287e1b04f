/*
 * The token's share in PINs: a keyed digest under a secret that never leaves
 * it. Whoever has the ledger and not the token cannot try PINs.
 */
#include "signer/token_parts.h"

#define SECRET_LABEL "pin"
#define SECRET_OCTETS 32
#define REOPEN_TRIES 3

static RESULT
make_secret(struct token *t, CK_OBJECT_HANDLE *out)
{
	CK_MECHANISM mechanism = {CKM_GENERIC_SECRET_KEY_GEN, NULL, 0};
	CK_BBOOL yes = CK_TRUE, no = CK_FALSE;
	CK_ULONG length = SECRET_OCTETS;
	char label[] = SECRET_LABEL;
	CK_ATTRIBUTE wanted[] = {{CKA_TOKEN, &yes, sizeof(yes)},
	    {CKA_PRIVATE, &yes, sizeof(yes)},
	    {CKA_SENSITIVE, &yes, sizeof(yes)},
	    {CKA_EXTRACTABLE, &no, sizeof(no)}, {CKA_SIGN, &yes, sizeof(yes)},
	    {CKA_VALUE_LEN, &length, sizeof(length)},
	    {CKA_LABEL, label, strlen(label)}};

	CK_RV rv = t->p11->C_GenerateKey(t->session, &mechanism, wanted,
	    sizeof(wanted) / sizeof(wanted[0]), out);
	return rv == CKR_OK ? OK : token_fail(t, rv, "C_GenerateKey");
}

RESULT
token_pin_secret_make(struct token *t)
{
	CK_OBJECT_HANDLE key;
	enum err found = token_find_secret(t, SECRET_LABEL, &key);

	if (found == ERR_NOT_FOUND)
		found = make_secret(t, &key);
	return found == OK ? token_check_guarded(t, key) : found;
}

static CK_RV
digest_once(struct token *t, CK_OBJECT_HANDLE key, struct span message,
    struct digest *out)
{
	CK_MECHANISM mechanism = {CKM_SHA256_HMAC, NULL, 0};
	CK_ULONG size = DIGEST_SIZE;
	uint8_t copy[TOKEN_PIN_MESSAGE_MAX];

	memcpy(copy, message.data, message.size);
	CK_RV rv = t->p11->C_SignInit(t->session, &mechanism, key);
	if (rv == CKR_OK)
		rv = t->p11->C_Sign(
		    t->session, copy, message.size, out->bytes, &size);
	explicit_bzero(copy, sizeof(copy));
	return rv == CKR_OK && size != DIGEST_SIZE ? CKR_FUNCTION_FAILED : rv;
}

static RESULT
digest_pin(struct token *t, struct span message, struct digest *out)
{
	CK_OBJECT_HANDLE key;

	TRY(token_find_secret(t, SECRET_LABEL, &key));
	CK_RV rv = digest_once(t, key, message, out);
	return rv == CKR_OK ? OK : token_fail(t, rv, "C_Sign");
}

RESULT
token_pin_digest(struct token *t, struct span message, struct digest *out)
{
	if (message.size > TOKEN_PIN_MESSAGE_MAX)
		return FAIL(ERR_INTERNAL, "a message too long for the token");
	t->failed = 0;
	enum err made =
	    t->session ? digest_pin(t, message, out) : ERR_TOKEN;
	if (made == OK || !token_may_return(t))
		return token_out_of_reach(made);
	TRY(token_reopen(t, REOPEN_TRIES));
	return token_out_of_reach(digest_pin(t, message, out));
}
