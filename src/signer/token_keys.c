/*
 * Keys in the token: found, checked, and their public halves read.
 */
#include "signer/token_parts.h"

#include "base/digest.h"
#include "pki/key.h"
#include "pki/tbs.h"

#define POINT_MAX 97

CK_BBOOL token_yes = CK_TRUE, token_no = CK_FALSE;

size_t
token_octets(enum key_kind kind)
{
	return kind == KEY_p384 ? 48 : 32;
}

/* Handles of the objects with this class and label; how many, at most 2. */
RESULT
token_find_objects(struct token *t, CK_OBJECT_CLASS class, const char *label,
    CK_OBJECT_HANDLE out[2], CK_ULONG *count)
{
	char copy[TOKEN_LABEL_SIZE];
	CK_ATTRIBUTE wanted[] = {
	    VALUE(CKA_CLASS, class), {CKA_LABEL, copy, strlen(label)}};

	memcpy(copy, label, strlen(label) + 1);
	CK_RV rv = t->p11->C_FindObjectsInit(t->session, wanted, 2);
	if (rv == CKR_OK) {
		rv = t->p11->C_FindObjects(t->session, out, 2, count);
		t->p11->C_FindObjectsFinal(t->session);
	}
	return rv == CKR_OK ? OK : token_fail(t, rv, "C_FindObjects");
}

RESULT
token_find_one(struct token *t, CK_OBJECT_CLASS class, const char *label,
    CK_OBJECT_HANDLE *out)
{
	CK_OBJECT_HANDLE found[2];
	CK_ULONG count = 0;

	TRY(token_find_objects(t, class, label, found, &count));
	if (count == 0)
		return FAIL(ERR_NOT_FOUND, "no key %s in the token", label);
	if (count > 1)
		return FAIL(ERR_CONFLICT, "two keys %s in the token", label);
	*out = found[0];
	return OK;
}

/* F-23: a key that could have left the token is not a key of ours. */
RESULT
token_check_guarded(struct token *t, CK_OBJECT_HANDLE key)
{
	CK_BBOOL local = 0, never = 0, always = 0, extractable = 1;
	CK_ATTRIBUTE asked[] = {FLAG(CKA_LOCAL, local),
	    FLAG(CKA_NEVER_EXTRACTABLE, never),
	    FLAG(CKA_ALWAYS_SENSITIVE, always),
	    FLAG(CKA_EXTRACTABLE, extractable)};

	CK_RV rv = t->p11->C_GetAttributeValue(t->session, key, asked, 4);
	if (rv != CKR_OK)
		return token_fail(t, rv, "C_GetAttributeValue");
	if (!local || !never || !always || extractable)
		return FAIL(ERR_DENIED, "a key of the token is not guarded");
	return OK;
}

/* What fails beside is nobody's answer: the numbers in the token are the
 * first session's alone. */
enum err
token_session_fail(struct token *t, CK_SESSION_HANDLE session, CK_RV rv,
    const char *what)
{
	return session == t->session
		   ? token_fail(t, rv, what)
		   : FAIL(ERR_TOKEN, "beside: %s gives 0x%lx", what, rv);
}

bool
token_is_rsa(enum key_kind kind)
{
	return kind == KEY_rsa3072 || kind == KEY_rsa4096;
}

static RESULT
read_rsa(struct token *t, CK_OBJECT_HANDLE key, enum key_kind kind,
    struct buf *out)
{
	uint8_t modulus[TOKEN_RAW_MAX + 8], exponent[32];
	CK_ATTRIBUTE asked[] = {{CKA_MODULUS, modulus, sizeof(modulus)},
	    {CKA_PUBLIC_EXPONENT, exponent, sizeof(exponent)}};
	AUTO(buf_clear) struct buf spki;
	enum key_kind found;

	CK_RV rv = t->p11->C_GetAttributeValue(t->session, key, asked, 2);
	if (rv != CKR_OK)
		return token_fail(t, rv, "C_GetAttributeValue");
	buf_init(&spki, TOKEN_PUBLIC_KEY_MAX);
	TRY(public_key_from_rsa(SPAN(modulus, asked[0].ulValueLen),
	    SPAN(exponent, asked[1].ulValueLen), &spki));
	if (public_key_judge(span_of_buf(&spki), &found) != KEY_accepted ||
	    found != kind)
		return FAIL(ERR_INVALID, "a key of the token of another size");
	return buf_add_span(out, span_of_buf(&spki));
}

/* CKA_EC_POINT is the point in an OCTET STRING. */
RESULT
token_read_public_key(struct token *t, CK_SESSION_HANDLE session,
    CK_OBJECT_HANDLE key, enum key_kind kind, struct buf *out)
{
	uint8_t value[POINT_MAX + 8];
	CK_ATTRIBUTE asked = {CKA_EC_POINT, value, sizeof(value)};
	struct span point;

	if (token_is_rsa(kind))
		return read_rsa(t, key, kind, out);
	CK_RV rv = t->p11->C_GetAttributeValue(session, key, &asked, 1);
	if (rv != CKR_OK)
		return token_session_fail(
		    t, session, rv, "C_GetAttributeValue");
	struct span wrapped = SPAN(value, asked.ulValueLen);
	TRY(der_take(&wrapped, DER_OCTETS, &point));
	if (point.size != 1 + 2 * token_octets(kind))
		return FAIL(ERR_INVALID, "a key of the token on another curve");
	return public_key_from_point(kind, point, out);
}

void
token_copy_label(const char *label, char out[TOKEN_LABEL_SIZE])
{
	snprintf(out, TOKEN_LABEL_SIZE, "~%.*s", TOKEN_LABEL_SIZE - 2, label);
}

/*
 * SoftHSM locks and reads a key's file twice for each signature, which takes
 * longer than to sign. A copy for this session, in its memory, is as guarded
 * as the key and is no file. Where there is none the key itself signs.
 */
void
token_copy_for_session(struct token *t, struct token_key *key)
{
	char name[TOKEN_LABEL_SIZE];
	CK_OBJECT_HANDLE copy;
	CK_ATTRIBUTE changed[] = {
	    FLAG(CKA_TOKEN, token_no), {CKA_LABEL, name, 0}};

	if (!t->copies)
		return;
	token_copy_label(key->label, name);
	changed[1].ulValueLen = strlen(name);
	if (t->p11->C_CopyObject(
		t->session, key->handle, changed, 2, &copy) != CKR_OK)
		return;
	if (token_check_guarded(t, copy) == OK) {
		key->handle = copy;
		return;
	}
	err_clear();
	t->failed = 0;
	t->p11->C_DestroyObject(t->session, copy);
}

RESULT
token_fill_key(struct token *t, const char *label, enum key_kind kind,
    CK_OBJECT_HANDLE private, CK_OBJECT_HANDLE public, struct token_key *out)
{
	AUTO(buf_clear) struct buf spki;
	struct token_key key = {.token = t,
	    .kind = kind,
	    .handle = private,
	    .generation = t->generation};

	buf_init(&spki, sizeof(key.public_key));
	TRY(token_check_guarded(t, private));
	TRY(token_read_public_key(t, t->session, public, kind, &spki));
	snprintf(key.label, sizeof(key.label), "%s", label);
	memcpy(key.public_key, spki.data, spki.size);
	key.public_key_size = spki.size;
	*out = key;
	return OK;
}

RESULT
token_key_find(struct token *t, const char *label, enum key_kind kind,
    struct token_key *out)
{
	CK_OBJECT_HANDLE private, public;

	TRY(token_find_one(t, CKO_PRIVATE_KEY, label, &private));
	TRY(token_find_one(t, CKO_PUBLIC_KEY, label, &public));
	TRY(token_fill_key(t, label, kind, private, public, out));
	token_copy_for_session(t, out);
	return OK;
}

RESULT
token_find_secret(struct token *t, const char *label, CK_OBJECT_HANDLE *out)
{
	return token_find_one(t, CKO_SECRET_KEY, label, out);
}
