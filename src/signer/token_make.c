/*
 * Keys made in the token, and those that go.
 */
#include "signer/token_parts.h"

#include "base/digest.h"
#include "base/enum.h"
#include "pki/oids.h"

#define ID_OCTETS 16

static RESULT
curve_der(enum key_kind kind, struct der *d)
{
	der_init(d, 32);
	der_put_oid(d, kind == KEY_p384 ? OID_P384 : OID_P256);
	return der_done(d);
}

/* A key pair; in the token for good, or for this session and extractable.
 * about: what the public half is to be, of count attributes. */
static RESULT
generate_pair(struct token *t, CK_SESSION_HANDLE session,
    CK_MECHANISM_TYPE how, const char *label, bool lasting,
    const CK_ATTRIBUTE *about, size_t count,
    CK_OBJECT_HANDLE *public, CK_OBJECT_HANDLE *private)
{
	CK_MECHANISM mechanism = {how, NULL, 0};
	CK_BBOOL stays = lasting, leaves = !lasting;
	uint8_t id[ID_OCTETS];
	char name[TOKEN_LABEL_SIZE];

	random_bytes(id, sizeof(id));
	snprintf(name, sizeof(name), "%s", label);
	CK_ATTRIBUTE shown[5 + 2] = {FLAG(CKA_TOKEN, stays),
	    FLAG(CKA_PRIVATE, token_no), FLAG(CKA_VERIFY, token_yes),
	    VALUE(CKA_ID, id),
	    {CKA_LABEL, name, strlen(name)}};
	memcpy(shown + 5, about, count * sizeof(*about));
	CK_ATTRIBUTE hidden[] = {FLAG(CKA_TOKEN, stays),
	    FLAG(CKA_PRIVATE, token_yes), FLAG(CKA_SENSITIVE, token_yes),
	    FLAG(CKA_EXTRACTABLE, leaves), FLAG(CKA_SIGN, token_yes),
	    FLAG(CKA_DECRYPT, token_no), FLAG(CKA_UNWRAP, token_no),
	    VALUE(CKA_ID, id), {CKA_LABEL, name, strlen(name)}};
	CK_RV rv = t->p11->C_GenerateKeyPair(session, &mechanism, shown,
	    5 + count, hidden, COUNT_OF(hidden), public, private);
	return rv == CKR_OK
		   ? OK
		   : token_session_fail(
			 t, session, rv, "C_GenerateKeyPair");
}

RESULT
token_generate(struct token *t, CK_SESSION_HANDLE session, const char *label,
    enum key_kind kind, bool lasting, CK_OBJECT_HANDLE *public,
    CK_OBJECT_HANDLE *private)
{
	CK_ULONG bits = kind == KEY_rsa4096 ? 4096 : 3072;
	uint8_t exponent[] = {1, 0, 1};
	const CK_ATTRIBUTE rsa[] = {
	    VALUE(CKA_MODULUS_BITS, bits),
	    VALUE(CKA_PUBLIC_EXPONENT, exponent)};
	AUTO(der_clear) struct der curve;

	if (token_is_rsa(kind))
		return generate_pair(t, session, CKM_RSA_PKCS_KEY_PAIR_GEN,
		    label, lasting, rsa, 2, public, private);
	TRY(curve_der(kind, &curve));
	const CK_ATTRIBUTE ec = {
	    CKA_EC_PARAMS, curve.bytes.data, curve.bytes.size};
	return generate_pair(t, session, CKM_EC_KEY_PAIR_GEN, label, lasting,
	    &ec, 1, public, private);
}

static RESULT
make_key(struct token *t, const char *label, enum key_kind kind,
    struct token_key *out)
{
	CK_OBJECT_HANDLE private, public, found[2];
	CK_ULONG count = 0;

	if (strlen(label) >= TOKEN_LABEL_SIZE)
		return FAIL(ERR_INTERNAL, "label of a key is too long");
	TRY(token_find_objects(t, CKO_PRIVATE_KEY, label, found, &count));
	if (count > 0)
		return FAIL(ERR_CONFLICT, "key %s exists", label);
	TRY(token_generate(
	    t, t->session, label, kind, true, &public, &private));
	return token_fill_key(t, label, kind, private, public, out);
}

RESULT
token_key_make(struct token *t, const char *label, enum key_kind kind,
    struct token_key *out)
{
	TRY(make_key(t, label, kind, out));
	token_copy_for_session(t, out);
	return OK;
}

static RESULT discard(
    struct token *t, CK_OBJECT_CLASS class, const char *label);

RESULT
token_key_destroy(struct token *t, const char *label)
{
	CK_OBJECT_HANDLE private, public;
	char copy[TOKEN_LABEL_SIZE];

	token_copy_label(label, copy);
	TRY(discard(t, CKO_PRIVATE_KEY, copy));
	TRY(token_find_one(t, CKO_PRIVATE_KEY, label, &private));
	TRY(token_find_one(t, CKO_PUBLIC_KEY, label, &public));
	CK_RV rv = t->p11->C_DestroyObject(t->session, private);
	if (rv == CKR_OK)
		rv = t->p11->C_DestroyObject(t->session, public);
	return rv == CKR_OK ? OK : token_fail(t, rv, "C_DestroyObject");
}

static RESULT
discard(struct token *t, CK_OBJECT_CLASS class, const char *label)
{
	CK_OBJECT_HANDLE found[2];
	CK_ULONG count;

	do {
		count = 0;
		TRY(token_find_objects(t, class, label, found, &count));
		for (CK_ULONG i = 0; i < count; i++) {
			CK_RV rv =
			    t->p11->C_DestroyObject(t->session, found[i]);
			if (rv != CKR_OK)
				return token_fail(t, rv, "C_DestroyObject");
		}
	} while (count > 0);
	return OK;
}

RESULT
token_key_discard(struct token *t, const char *label)
{
	TRY(discard(t, CKO_PRIVATE_KEY, label));
	return discard(t, CKO_PUBLIC_KEY, label);
}

static RESULT
make_resident(struct token *t, const char *label, struct buf *public_key)
{
	struct token_key key;

	TRY(token_key_discard(t, label));
	TRY(make_key(t, label, KEY_p256, &key));
	return buf_add(public_key, key.public_key, key.public_key_size);
}

RESULT
token_resident_key(struct token *t, const char *label, struct buf *public_key)
{
	if (strlen(label) >= TOKEN_LABEL_SIZE)
		return FAIL(ERR_INTERNAL, "label of a key is too long");
	t->failed = 0;
	enum err made = t->session ? make_resident(t, label, public_key)
				   : ERR_TOKEN;
	if (made == OK || !token_may_return(t))
		return token_out_of_reach(made);
	buf_clear(public_key);
	TRY(token_reopen(t, REOPEN_TRIES));
	return token_out_of_reach(make_resident(t, label, public_key));
}
