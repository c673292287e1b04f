/*
 * People's keys: made in the token, and kept outside it under a key that
 * never leaves it.
 */
#include "signer/token_parts.h"

#include "base/enum.h"

#define WRAPPING_LABEL "wrap"

RESULT
token_wrapping_make(struct token *t)
{
	CK_MECHANISM mechanism = {CKM_AES_KEY_GEN, NULL, 0};
	CK_OBJECT_HANDLE key, found[2];
	CK_ULONG length = 32, count = 0;
	char label[] = WRAPPING_LABEL;
	CK_ATTRIBUTE wanted[] = {FLAG(CKA_TOKEN, token_yes),
	    FLAG(CKA_PRIVATE, token_yes),
	    FLAG(CKA_SENSITIVE, token_yes), FLAG(CKA_EXTRACTABLE, token_no),
	    FLAG(CKA_WRAP, token_yes), FLAG(CKA_UNWRAP, token_yes),
	    FLAG(CKA_ENCRYPT, token_no),
	    FLAG(CKA_DECRYPT, token_no), VALUE(CKA_VALUE_LEN, length),
	    {CKA_LABEL, label, strlen(label)}};

	TRY(token_find_objects(
	    t, CKO_SECRET_KEY, WRAPPING_LABEL, found, &count));
	if (count > 0)
		return FAIL(ERR_CONFLICT, "the wrapping key exists");
	CK_RV rv = t->p11->C_GenerateKey(
	    t->session, &mechanism, wanted, COUNT_OF(wanted), &key);
	return rv == CKR_OK ? OK : token_fail(t, rv, "C_GenerateKey");
}

/* While nobody is beside. Searching a token is slow: it decrypts what it
 * compares. */
static RESULT
look_for_wrapping(struct token *t)
{
	TRY(token_find_one(t, CKO_SECRET_KEY, WRAPPING_LABEL, &t->wrapping));
	t->wrapping_generation = t->generation;
	return OK;
}

/* Who makes keys ahead reads what is found here. */
static RESULT
find_wrapping(struct token *t, CK_OBJECT_HANDLE *out)
{
	if (t->wrapping_generation != t->generation) {
		token_ahead_stop(t);
		enum err looked = look_for_wrapping(t);
		token_ahead_resume(t);
		TRY(looked);
	}
	*out = t->wrapping;
	return OK;
}

/* Right after it was opened, while nobody is beside. */
void
token_look_for_wrapping(struct token *t)
{
	if (look_for_wrapping(t) != OK)
		err_clear();
	t->failed = 0;
}

RESULT
token_wrapping_check(struct token *t)
{
	CK_OBJECT_HANDLE key;

	TRY(find_wrapping(t, &key));
	return token_check_guarded(t, key);
}

static RESULT
wrap(struct token *t, CK_SESSION_HANDLE session, CK_OBJECT_HANDLE private,
    struct buf *blob)
{
	CK_MECHANISM mechanism = {CKM_AES_KEY_WRAP_PAD, NULL, 0};
	uint8_t bytes[TOKEN_BLOB_MAX];
	CK_ULONG size = sizeof(bytes);

	CK_RV rv = t->p11->C_WrapKey(
	    session, &mechanism, t->wrapping, private, bytes, &size);
	if (rv != CKR_OK)
		return token_session_fail(t, session, rv, "C_WrapKey");
	return buf_add(blob, bytes, size);
}

RESULT
token_person_key_in(struct token *t, CK_SESSION_HANDLE session,
    struct buf *blob, struct buf *public_key)
{
	CK_OBJECT_HANDLE private, public;

	if (t->wrapping_generation != t->generation)
		return FAIL(ERR_TOKEN, "no wrapping key yet");
	TRY(token_generate(
	    t, session, "person", KEY_p256, false, &public, &private));
	enum err result = wrap(t, session, private, blob);
	if (result == OK)
		result = token_read_public_key(
		    t, session, public, KEY_p256, public_key);
	t->p11->C_DestroyObject(session, private);
	t->p11->C_DestroyObject(session, public);
	return result;
}

static RESULT
make_person_key(struct token *t, struct buf *blob, struct buf *public_key)
{
	CK_OBJECT_HANDLE wrapping;

	TRY(find_wrapping(t, &wrapping));
	return token_person_key_in(t, t->session, blob, public_key);
}

RESULT
token_person_key(struct token *t, struct buf *blob, struct buf *public_key)
{
	t->failed = 0;
	if (token_take_ahead(t, blob, public_key))
		return OK;
	enum err made = t->session ? make_person_key(t, blob, public_key)
				   : ERR_TOKEN;
	if (made != OK && token_may_return(t)) {
		buf_clear(blob);
		buf_clear(public_key);
		TRY(token_reopen(t, REOPEN_TRIES));
		made = make_person_key(t, blob, public_key);
	}
	if (made == OK)
		token_ahead_works(t);
	return token_out_of_reach(made);
}

static RESULT
unwrap(struct token *t, struct span blob, CK_OBJECT_HANDLE *out)
{
	CK_MECHANISM mechanism = {CKM_AES_KEY_WRAP_PAD, NULL, 0};
	CK_OBJECT_HANDLE wrapping;
	CK_OBJECT_CLASS class = CKO_PRIVATE_KEY;
	CK_KEY_TYPE type = CKK_EC;
	uint8_t bytes[TOKEN_BLOB_MAX];
	CK_ATTRIBUTE wanted[] = {VALUE(CKA_CLASS, class),
	    VALUE(CKA_KEY_TYPE, type), FLAG(CKA_TOKEN, token_no),
	    FLAG(CKA_PRIVATE, token_yes), FLAG(CKA_SENSITIVE, token_yes),
	    FLAG(CKA_EXTRACTABLE, token_no), FLAG(CKA_SIGN, token_yes)};

	if (blob.size > sizeof(bytes))
		return FAIL(ERR_TOO_LARGE, "wrapped key too long");
	memcpy(bytes, blob.data, blob.size);
	TRY(find_wrapping(t, &wrapping));
	CK_RV rv = t->p11->C_UnwrapKey(t->session, &mechanism, wrapping, bytes,
	    blob.size, wanted, COUNT_OF(wanted), out);
	if (rv != CKR_OK)
		return FAIL(ERR_INVALID, "not a key wrapped here");
	return OK;
}

RESULT
token_person_sign(struct token *t, struct span blob, struct span message,
    struct buf *signature)
{
	CK_OBJECT_HANDLE key;
	uint8_t raw[TOKEN_RAW_MAX];

	TRY(unwrap(t, blob, &key));
	CK_RV rv = token_sign_raw(t, key, KEY_p256, message, raw);
	t->p11->C_DestroyObject(t->session, key);
	if (rv != CKR_OK)
		return token_fail(t, rv, "C_Sign");
	return token_raw_to_der(raw, token_octets(KEY_p256), signature);
}
