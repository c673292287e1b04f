/*
 * Keys in the token: making, finding, checking, using.
 */
#include "signer/token_parts.h"

#include "base/digest.h"
#include "base/enum.h"
#include "pki/key.h"
#include "pki/oids.h"
#include "pki/tbs.h"

#include <openssl/sha.h>

#define WRAPPING_LABEL "wrap"
#define ID_OCTETS 16
#define REOPEN_TRIES 3
#define POINT_MAX 97

static CK_BBOOL yes = CK_TRUE, no = CK_FALSE;

#define FLAG(type, value)                                                      \
	{                                                                      \
		type, &(value), sizeof(CK_BBOOL)                               \
	}
#define VALUE(type, variable)                                                  \
	{                                                                      \
		type, &(variable), sizeof(variable)                            \
	}

static const struct {
	const char *oid;
	size_t octets; /* of r and of s */
} curves[] = {[KEY_p256] = {OID_P256, 32}, [KEY_p384] = {OID_P384, 48}};

/* Handles of the objects with this class and label; how many, at most 2. */
static RESULT
find_objects(struct token *t, CK_OBJECT_CLASS class, const char *label,
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

static RESULT
find_one(struct token *t, CK_OBJECT_CLASS class, const char *label,
    CK_OBJECT_HANDLE *out)
{
	CK_OBJECT_HANDLE found[2];
	CK_ULONG count = 0;

	TRY(find_objects(t, class, label, found, &count));
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
static enum err
session_fail(struct token *t, CK_SESSION_HANDLE session, CK_RV rv,
    const char *what)
{
	return session == t->session
		   ? token_fail(t, rv, what)
		   : FAIL(ERR_TOKEN, "beside: %s gives 0x%lx", what, rv);
}

static bool
is_rsa(enum key_kind kind)
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
static RESULT
read_public_key(struct token *t, CK_SESSION_HANDLE session,
    CK_OBJECT_HANDLE key, enum key_kind kind, struct buf *out)
{
	uint8_t value[POINT_MAX + 8];
	CK_ATTRIBUTE asked = {CKA_EC_POINT, value, sizeof(value)};
	struct span point;

	if (is_rsa(kind))
		return read_rsa(t, key, kind, out);
	CK_RV rv = t->p11->C_GetAttributeValue(session, key, &asked, 1);
	if (rv != CKR_OK)
		return session_fail(t, session, rv, "C_GetAttributeValue");
	struct span wrapped = SPAN(value, asked.ulValueLen);
	TRY(der_take(&wrapped, DER_OCTETS, &point));
	if (point.size != 1 + 2 * curves[kind].octets)
		return FAIL(ERR_INVALID, "a key of the token on another curve");
	return public_key_from_point(kind, point, out);
}

static void
copy_label(const char *label, char out[TOKEN_LABEL_SIZE])
{
	snprintf(out, TOKEN_LABEL_SIZE, "~%.*s", TOKEN_LABEL_SIZE - 2, label);
}

/*
 * SoftHSM locks and reads a key's file twice for each signature, which takes
 * longer than to sign. A copy for this session, in its memory, is as guarded
 * as the key and is no file. Where there is none the key itself signs.
 */
static void
copy_for_session(struct token *t, struct token_key *key)
{
	char name[TOKEN_LABEL_SIZE];
	CK_OBJECT_HANDLE copy;
	CK_ATTRIBUTE changed[] = {FLAG(CKA_TOKEN, no), {CKA_LABEL, name, 0}};

	if (!t->copies)
		return;
	copy_label(key->label, name);
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

static RESULT
fill_key(struct token *t, const char *label, enum key_kind kind,
    CK_OBJECT_HANDLE private, CK_OBJECT_HANDLE public, struct token_key *out)
{
	AUTO(buf_clear) struct buf spki;
	struct token_key key = {.token = t,
	    .kind = kind,
	    .handle = private,
	    .generation = t->generation};

	buf_init(&spki, sizeof(key.public_key));
	TRY(token_check_guarded(t, private));
	TRY(read_public_key(t, t->session, public, kind, &spki));
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

	TRY(find_one(t, CKO_PRIVATE_KEY, label, &private));
	TRY(find_one(t, CKO_PUBLIC_KEY, label, &public));
	TRY(fill_key(t, label, kind, private, public, out));
	copy_for_session(t, out);
	return OK;
}

RESULT
token_find_secret(struct token *t, const char *label, CK_OBJECT_HANDLE *out)
{
	return find_one(t, CKO_SECRET_KEY, label, out);
}

static RESULT
curve_der(enum key_kind kind, struct der *d)
{
	der_init(d, 32);
	der_put_oid(d, curves[kind].oid);
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
	    FLAG(CKA_PRIVATE, no), FLAG(CKA_VERIFY, yes), VALUE(CKA_ID, id),
	    {CKA_LABEL, name, strlen(name)}};
	memcpy(shown + 5, about, count * sizeof(*about));
	CK_ATTRIBUTE hidden[] = {FLAG(CKA_TOKEN, stays), FLAG(CKA_PRIVATE, yes),
	    FLAG(CKA_SENSITIVE, yes), FLAG(CKA_EXTRACTABLE, leaves),
	    FLAG(CKA_SIGN, yes), FLAG(CKA_DECRYPT, no), FLAG(CKA_UNWRAP, no),
	    VALUE(CKA_ID, id), {CKA_LABEL, name, strlen(name)}};
	CK_RV rv = t->p11->C_GenerateKeyPair(session, &mechanism, shown,
	    5 + count, hidden, COUNT_OF(hidden), public, private);
	return rv == CKR_OK ? OK
			    : session_fail(t, session, rv, "C_GenerateKeyPair");
}

static RESULT
generate(struct token *t, CK_SESSION_HANDLE session, const char *label,
    enum key_kind kind, bool lasting, CK_OBJECT_HANDLE *public,
    CK_OBJECT_HANDLE *private)
{
	CK_ULONG bits = kind == KEY_rsa4096 ? 4096 : 3072;
	uint8_t exponent[] = {1, 0, 1};
	const CK_ATTRIBUTE rsa[] = {
	    VALUE(CKA_MODULUS_BITS, bits), VALUE(CKA_PUBLIC_EXPONENT, exponent)};
	AUTO(der_clear) struct der curve;

	if (is_rsa(kind))
		return generate_pair(t, session, CKM_RSA_PKCS_KEY_PAIR_GEN, label,
		    lasting, rsa, 2, public, private);
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
	TRY(find_objects(t, CKO_PRIVATE_KEY, label, found, &count));
	if (count > 0)
		return FAIL(ERR_CONFLICT, "key %s exists", label);
	TRY(generate(t, t->session, label, kind, true, &public, &private));
	return fill_key(t, label, kind, private, public, out);
}

RESULT
token_key_make(struct token *t, const char *label, enum key_kind kind,
    struct token_key *out)
{
	TRY(make_key(t, label, kind, out));
	copy_for_session(t, out);
	return OK;
}

static RESULT discard(
    struct token *t, CK_OBJECT_CLASS class, const char *label);

RESULT
token_key_destroy(struct token *t, const char *label)
{
	CK_OBJECT_HANDLE private, public;
	char copy[TOKEN_LABEL_SIZE];

	copy_label(label, copy);
	TRY(discard(t, CKO_PRIVATE_KEY, copy));
	TRY(find_one(t, CKO_PRIVATE_KEY, label, &private));
	TRY(find_one(t, CKO_PUBLIC_KEY, label, &public));
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
		TRY(find_objects(t, class, label, found, &count));
		for (CK_ULONG i = 0; i < count; i++) {
			CK_RV rv = t->p11->C_DestroyObject(t->session, found[i]);
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

/* r and s next to each other become SEQUENCE { r, s } */
static RESULT
raw_to_der(const uint8_t *raw, size_t octets, struct buf *out)
{
	AUTO(der_clear) struct der d;

	der_init(&d, SIGNATURE_MAX);
	der_open(&d, DER_SEQUENCE);
	der_put_unsigned(&d, DER_INTEGER, SPAN(raw, octets));
	der_put_unsigned(&d, DER_INTEGER, SPAN(raw + octets, octets));
	der_close(&d);
	TRY(der_done(&d));
	return buf_add_span(out, span_of_buf(&d.bytes));
}

static CK_RV
sign_by(struct token *t, CK_MECHANISM *how, CK_OBJECT_HANDLE key,
    struct span message, uint8_t raw[TOKEN_RAW_MAX], CK_ULONG expected)
{
	uint8_t copy[SHA512_DIGEST_LENGTH]; /* C_Sign takes it writable */
	CK_ULONG size = TOKEN_RAW_MAX;

	if (!t->session)
		return CKR_SESSION_CLOSED;
	memcpy(copy, message.data, message.size);
	CK_RV rv = t->p11->C_SignInit(t->session, how, key);
	if (rv == CKR_OK)
		rv = t->p11->C_Sign(
		    t->session, copy, message.size, raw, &size);
	return rv == CKR_OK && size != expected ? CKR_FUNCTION_FAILED : rv;
}

/* Hashed here like the others: DigestInfo for PKCS#1 v1.5, the digest alone
 * for PSS (RFC 8017 9.1, 9.2). */
static CK_RV
sign_rsa(struct token *t, CK_OBJECT_HANDLE key, enum key_kind kind,
    struct span message, uint8_t raw[TOKEN_RAW_MAX])
{
	static const uint8_t info[] = {0x30, 0x31, 0x30, 0x0d, 0x06, 0x09,
	    0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00,
	    0x04, 0x20};
	CK_RSA_PKCS_PSS_PARAMS pss = {CKM_SHA256, CKG_MGF1_SHA256,
	    SHA256_DIGEST_LENGTH};
	CK_MECHANISM by_pss = {CKM_RSA_PKCS_PSS, &pss, sizeof(pss)};
	CK_MECHANISM by_pkcs1 = {CKM_RSA_PKCS, NULL, 0};
	CK_ULONG size = kind == KEY_rsa4096 ? 512 : 384;
	uint8_t text[sizeof(info) + SHA256_DIGEST_LENGTH];

	memcpy(text, info, sizeof(info));
	SHA256(message.data, message.size, text + sizeof(info));
	if (t->pss)
		return sign_by(t, &by_pss, key,
		    SPAN(text + sizeof(info), SHA256_DIGEST_LENGTH), raw, size);
	return sign_by(
	    t, &by_pkcs1, key, SPAN(text, sizeof(text)), raw, size);
}

/* CKM_ECDSA takes the digest: SoftHSM knows no ECDSA_SHA256. */
static CK_RV
sign_raw(struct token *t, CK_OBJECT_HANDLE key, enum key_kind kind,
    struct span message, uint8_t raw[TOKEN_RAW_MAX])
{
	CK_MECHANISM mechanism = {CKM_ECDSA, NULL, 0};
	uint8_t digest[SHA512_DIGEST_LENGTH];

	if (is_rsa(kind))
		return sign_rsa(t, key, kind, message, raw);
	if (kind == KEY_p384)
		SHA384(message.data, message.size, digest);
	else
		SHA256(message.data, message.size, digest);
	return sign_by(t, &mechanism, key, SPAN(digest, curves[kind].octets),
	    raw, 2 * curves[kind].octets);
}

/* After the token was opened anew, a key's handle is another. */
static RESULT
refresh(struct token_key *key)
{
	struct token_key found;

	if (key->generation == key->token->generation)
		return OK;
	TRY(token_key_find(key->token, key->label, key->kind, &found));
	if (!span_equal(SPAN(found.public_key, found.public_key_size),
		SPAN(key->public_key, key->public_key_size)))
		return FAIL(ERR_CONFLICT, "key %s is another one", key->label);
	/* what stays the same is being read: of the public half a thread
	 * verifies signatures (verifying.h) */
	key->handle = found.handle;
	key->generation = found.generation;
	return OK;
}

static enum err
sign(void *data, struct span message, struct buf *signature)
{
	struct token_key *key = data;
	uint8_t raw[TOKEN_RAW_MAX];

	for (int attempt = 0;; attempt++) {
		if (key->token->session)
			TRY(token_out_of_reach(refresh(key)));
		CK_RV rv =
		    sign_raw(key->token, key->handle, key->kind, message, raw);
		if (rv == CKR_OK && is_rsa(key->kind))
			return buf_add(signature, raw,
			    key->kind == KEY_rsa4096 ? 512 : 384);
		if (rv == CKR_OK)
			return raw_to_der(
			    raw, curves[key->kind].octets, signature);
		if (attempt > 0 || !token_is_lost(rv))
			return token_fail(key->token, rv, "C_Sign");
		TRY(token_reopen(key->token, REOPEN_TRIES));
	}
}

struct signing_key
token_key_signing(struct token_key *key)
{
	enum signature_algorithm rsa =
	    key->token->pss ? RSA_PSS_SHA256 : RSA_SHA256;

	return (struct signing_key){is_rsa(key->kind)	     ? rsa
				    : key->kind == KEY_p384 ? ECDSA_SHA384
							     : ECDSA_SHA256,
	    sign, key};
}

RESULT
token_wrapping_make(struct token *t)
{
	CK_MECHANISM mechanism = {CKM_AES_KEY_GEN, NULL, 0};
	CK_OBJECT_HANDLE key, found[2];
	CK_ULONG length = 32, count = 0;
	char label[] = WRAPPING_LABEL;
	CK_ATTRIBUTE wanted[] = {FLAG(CKA_TOKEN, yes), FLAG(CKA_PRIVATE, yes),
	    FLAG(CKA_SENSITIVE, yes), FLAG(CKA_EXTRACTABLE, no),
	    FLAG(CKA_WRAP, yes), FLAG(CKA_UNWRAP, yes), FLAG(CKA_ENCRYPT, no),
	    FLAG(CKA_DECRYPT, no), VALUE(CKA_VALUE_LEN, length),
	    {CKA_LABEL, label, strlen(label)}};

	TRY(find_objects(t, CKO_SECRET_KEY, WRAPPING_LABEL, found, &count));
	if (count > 0)
		return FAIL(ERR_CONFLICT, "the wrapping key exists");
	CK_RV rv = t->p11->C_GenerateKey(
	    t->session, &mechanism, wanted, COUNT_OF(wanted), &key);
	return rv == CKR_OK ? OK : token_fail(t, rv, "C_GenerateKey");
}

/* Searching a token is slow: it decrypts what it compares. */
static RESULT
find_wrapping(struct token *t, CK_OBJECT_HANDLE *out)
{
	if (t->wrapping_generation != t->generation) {
		TRY(find_one(t, CKO_SECRET_KEY, WRAPPING_LABEL, &t->wrapping));
		t->wrapping_generation = t->generation;
	}
	*out = t->wrapping;
	return OK;
}

/* Right after it was opened, while nobody is beside. */
void
token_look_for_wrapping(struct token *t)
{
	CK_OBJECT_HANDLE key;

	if (find_wrapping(t, &key) != OK)
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
		return session_fail(t, session, rv, "C_WrapKey");
	return buf_add(blob, bytes, size);
}

RESULT
token_person_key_in(struct token *t, CK_SESSION_HANDLE session,
    struct buf *blob, struct buf *public_key)
{
	CK_OBJECT_HANDLE private, public;

	if (t->wrapping_generation != t->generation)
		return FAIL(ERR_TOKEN, "no wrapping key yet");
	TRY(generate(
	    t, session, "person", KEY_p256, false, &public, &private));
	enum err result = wrap(t, session, private, blob);
	if (result == OK)
		result = read_public_key(
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
	    VALUE(CKA_KEY_TYPE, type), FLAG(CKA_TOKEN, no),
	    FLAG(CKA_PRIVATE, yes), FLAG(CKA_SENSITIVE, yes),
	    FLAG(CKA_EXTRACTABLE, no), FLAG(CKA_SIGN, yes)};

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
	CK_RV rv = sign_raw(t, key, KEY_p256, message, raw);
	t->p11->C_DestroyObject(t->session, key);
	if (rv != CKR_OK)
		return token_fail(t, rv, "C_Sign");
	return raw_to_der(raw, curves[KEY_p256].octets, signature);
}
