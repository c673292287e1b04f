/*
 * The token with SoftHSM: keys that cannot leave, a wrong PIN that is tried
 * once, a token that goes and comes back.
 */
#include "signer/token_parts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <dirent.h>
#include <ftw.h>
#include <stdio.h>
#include <sys/stat.h>

#define MODULE "/usr/lib/softhsm/libsofthsm2.so"

static char dir[64], conf[96], tokens[96];
static struct token_place place = {MODULE, conf, "test"};
static const struct span pin = {(const uint8_t *)"secret-pin", 10};
static const struct span so_pin = {(const uint8_t *)"so-secret", 9};

static int
set_up(void **state)
{
	(void)state;
	snprintf(dir, sizeof(dir), "/tmp/paraph-token-XXXXXX");
	if (!mkdtemp(dir))
		return -1;
	snprintf(tokens, sizeof(tokens), "%s/tokens", dir);
	snprintf(conf, sizeof(conf), "%s/softhsm2.conf", dir);
	mkdir(tokens, 0700);
	AUTO(fclose) FILE *f = fopen(conf, "w");
	fprintf(f, "directories.tokendir = %s\nlog.level = ERROR\n", tokens);
	fflush(f);
	return token_make(&place, so_pin, pin) == OK ? 0 : -1;
}

static int
remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

static int
tear_down(void **state)
{
	(void)state;
	return nftw(dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static struct token *
open_it(void)
{
	struct token *t = NULL;

	if (token_open(&place, pin, &t) != OK)
		fail_msg("%s", err_explanation());
	return t;
}

static enum err
try_sign(struct token_key *key)
{
	AUTO(buf_clear) struct buf signature;
	struct signing_key k = token_key_signing(key);
	struct span message = span_of_text("something to sign");
	struct span public_key = SPAN(key->public_key, key->public_key_size);

	buf_init(&signature, SIGNATURE_MAX);
	TRY(k.sign(k.data, message, &signature));
	return signature_verify(public_key,
	    signature_algorithm_der(k.algorithm), message,
	    span_of_buf(&signature));
}

static void
keys_of_both_kinds_sign_and_are_found_again(void **state)
{
	AUTO(token_close) struct token *t = open_it();
	struct token_key one, two, found;

	(void)state;
	assert_int_equal(token_key_make(t, "one", KEY_p256, &one), OK);
	assert_int_equal(token_key_make(t, "two", KEY_p384, &two), OK);
	for (unsigned i = 0; i < 20; i++) {
		assert_int_equal(try_sign(&one), OK);
		assert_int_equal(try_sign(&two), OK);
	}
	assert_int_equal(
	    token_key_make(t, "one", KEY_p256, &found), ERR_CONFLICT);
	token_close(STEAL(t));
	t = open_it();
	assert_int_equal(token_key_find(t, "two", KEY_p384, &found), OK);
	assert_int_equal(try_sign(&found), OK);
	assert_int_equal(
	    token_key_find(t, "three", KEY_p256, &found), ERR_NOT_FOUND);
	assert_int_equal(token_key_destroy(t, "two"), OK);
	assert_int_equal(
	    token_key_find(t, "two", KEY_p384, &found), ERR_NOT_FOUND);
}

/* What signs is a copy in the token's memory, which is as little to be had,
 * and goes with its key. */
static void
a_copy_for_the_session_is_guarded_and_goes_with_its_key(void **state)
{
	AUTO(token_close) struct token *t = open_it();
	struct token_key key, found;
	CK_OBJECT_HANDLE copy;
	uint8_t value[64];
	CK_ATTRIBUTE asked = {CKA_VALUE, value, sizeof(value)};

	(void)state;
	assert_int_equal(token_key_make(t, "copied", KEY_p256, &key), OK);
	assert_int_equal(token_key_find(t, "copied", KEY_p256, &found), OK);
	copy = found.handle;
	assert_int_equal(token_check_guarded(t, copy), OK);
	assert_int_equal(
	    t->p11->C_GetAttributeValue(t->session, copy, &asked, 1),
	    CKR_ATTRIBUTE_SENSITIVE);
	assert_int_equal(try_sign(&found), OK);
	assert_int_equal(token_key_destroy(t, "copied"), OK);
	assert_int_not_equal(try_sign(&key), OK);
	assert_int_not_equal(try_sign(&found), OK);
	assert_int_equal(
	    token_key_find(t, "~copied", KEY_p256, &found), ERR_NOT_FOUND);
}

/* Asks the token itself, past our functions. */
static void
the_key_of_an_authority_cannot_leave(void **state)
{
	AUTO(token_close) struct token *t = open_it();
	CK_MECHANISM mechanism = {CKM_AES_KEY_WRAP_PAD, NULL, 0};
	struct token_key key;
	uint8_t bytes[512];
	CK_ULONG size = sizeof(bytes), count = 0;
	CK_ATTRIBUTE value = {CKA_VALUE, bytes, sizeof(bytes)};
	CK_OBJECT_CLASS class = CKO_SECRET_KEY;
	CK_ATTRIBUTE wanted = {CKA_CLASS, &class, sizeof(class)};
	CK_OBJECT_HANDLE wrapping;

	(void)state;
	assert_int_equal(token_wrapping_make(t), OK);
	assert_int_equal(token_wrapping_make(t), ERR_CONFLICT);
	assert_int_equal(token_wrapping_check(t), OK);
	assert_int_equal(token_key_make(t, "ca", KEY_p256, &key), OK);
	t->p11->C_FindObjectsInit(t->session, &wanted, 1);
	t->p11->C_FindObjects(t->session, &wrapping, 1, &count);
	t->p11->C_FindObjectsFinal(t->session);
	assert_int_equal(count, 1);
	assert_int_equal(t->p11->C_WrapKey(t->session, &mechanism, wrapping,
			     key.handle, bytes, &size),
	    CKR_KEY_UNEXTRACTABLE);
	assert_int_equal(
	    t->p11->C_GetAttributeValue(t->session, key.handle, &value, 1),
	    CKR_ATTRIBUTE_SENSITIVE);
}

static void
a_key_that_could_leave_is_not_taken(void **state)
{
	AUTO(token_close) struct token *t = open_it();
	CK_MECHANISM mechanism = {CKM_EC_KEY_PAIR_GEN, NULL, 0};
	CK_BBOOL yes = CK_TRUE;
	uint8_t curve[] = {
	    0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07};
	char label[] = "loose";
	CK_ATTRIBUTE shown[] = {{CKA_TOKEN, &yes, 1}, {CKA_LABEL, label, 5},
	    {CKA_EC_PARAMS, curve, sizeof(curve)}};
	CK_ATTRIBUTE hidden[] = {{CKA_TOKEN, &yes, 1}, {CKA_PRIVATE, &yes, 1},
	    {CKA_SIGN, &yes, 1}, {CKA_EXTRACTABLE, &yes, 1},
	    {CKA_LABEL, label, 5}};
	CK_OBJECT_HANDLE public, private;
	struct token_key key;

	(void)state;
	assert_int_equal(t->p11->C_GenerateKeyPair(t->session, &mechanism,
			     shown, 3, hidden, 5, &public, &private),
	    CKR_OK);
	assert_int_equal(
	    token_key_find(t, "loose", KEY_p256, &key), ERR_DENIED);
}

static void
a_persons_key_leaves_wrapped_and_leaves_nothing(void **state)
{
	AUTO(token_close) struct token *t = open_it();
	AUTO(buf_clear) struct buf blob, public_key, signature;
	CK_OBJECT_HANDLE found[4];
	CK_OBJECT_CLASS class = CKO_PRIVATE_KEY;
	CK_ATTRIBUTE wanted = {CKA_CLASS, &class, sizeof(class)};
	CK_ULONG count = 0;

	(void)state;
	buf_init(&blob, 4096);
	buf_init(&public_key, 4096);
	buf_init(&signature, SIGNATURE_MAX);
	assert_int_equal(token_wrapping_make(t), OK);
	assert_int_equal(token_person_key(t, &blob, &public_key), OK);
	t->p11->C_FindObjectsInit(t->session, &wanted, 1);
	t->p11->C_FindObjects(t->session, found, 4, &count);
	t->p11->C_FindObjectsFinal(t->session);
	assert_int_equal(count, 0);
	assert_int_equal(token_person_sign(t, span_of_buf(&blob),
			     span_of_text("hello"), &signature),
	    OK);
	assert_int_equal(signature_verify(span_of_buf(&public_key),
			     signature_algorithm_der(ECDSA_SHA256),
			     span_of_text("hello"), span_of_buf(&signature)),
	    OK);
}

/* Made by a thread beside, while others are made here and the token is opened
 * anew. */
static void
keys_made_ahead_are_each_given_once(void **state)
{
	static uint8_t seen[60][TOKEN_PUBLIC_KEY_MAX];
	AUTO(token_close) struct token *t = open_it();
	struct span message = span_of_text("a document");

	(void)state;
	assert_int_equal(token_wrapping_make(t), OK);
	token_make_ahead(t, 8);
	for (size_t i = 0; i < 60; i++) {
		AUTO(buf_clear) struct buf blob, public_key, signature;

		buf_init(&blob, 1024);
		buf_init(&public_key, TOKEN_PUBLIC_KEY_MAX);
		buf_init(&signature, SIGNATURE_MAX);
		if (i % 20 == 19)
			assert_int_equal(token_reopen(t, 3), OK);
		assert_int_equal(token_person_key(t, &blob, &public_key), OK);
		memcpy(seen[i], public_key.data, public_key.size);
		for (size_t k = 0; k < i; k++)
			assert_memory_not_equal(
			    seen[k], seen[i], public_key.size);
		assert_int_equal(token_person_sign(t, span_of_buf(&blob),
				     message, &signature), OK);
		assert_int_equal(signature_verify(span_of_buf(&public_key),
				     signature_algorithm_der(ECDSA_SHA256),
				     message, span_of_buf(&signature)), OK);
	}
}

/* SoftHSM does not lock; what counts is that we do not come again. */
static void
a_wrong_pin_is_tried_once(void **state)
{
	struct token *t = NULL;

	(void)state;
	assert_int_equal(
	    token_open(&place, SPAN("wrong-pin", 9), &t), ERR_DENIED);
	assert_null(t);
	t = open_it();
	t->pin_refused = true; /* it was changed while we ran */
	assert_int_equal(t->p11->C_CloseSession(t->session), CKR_OK);
	assert_int_equal(token_reopen(t, 3), ERR_TOKEN);
	token_close(t);
}

static void
a_token_is_made_once(void **state)
{
	struct token_place other = {MODULE, conf, "another"};
	struct token *t = NULL;

	(void)state;
	assert_int_equal(token_make(&place, so_pin, pin), ERR_CONFLICT);
	assert_int_equal(token_open(&other, pin, &t), ERR_NOT_FOUND);
	other.module = "/nonexistent/module.so";
	assert_int_equal(token_open(&other, pin, &t), ERR_TOKEN);
	other.module = "libcrypto.so.3";
	assert_int_equal(token_open(&other, pin, &t), ERR_TOKEN);
}

/* Sessions end behind our back, as with a card pulled out. */
static void
a_lost_session_is_opened_again(void **state)
{
	AUTO(token_close) struct token *t = open_it();
	struct token_key key;

	(void)state;
	assert_int_equal(token_key_make(t, "one", KEY_p256, &key), OK);
	assert_int_equal(t->p11->C_CloseSession(t->session), CKR_OK);
	assert_int_equal(try_sign(&key), OK);
	assert_int_equal(t->p11->C_Finalize(NULL), CKR_OK);
	assert_int_equal(try_sign(&key), OK);
	assert_int_equal(t->p11->C_Logout(t->session), CKR_OK);
	assert_int_equal(try_sign(&key), OK);
}

static void
a_token_that_went_away_comes_back(void **state)
{
	AUTO(token_close) struct token *t = open_it();
	char away[112];
	struct token_key key;

	(void)state;
	snprintf(away, sizeof(away), "%s.away", tokens);
	assert_int_equal(token_key_make(t, "one", KEY_p256, &key), OK);
	assert_int_equal(rename(tokens, away), 0);
	assert_int_equal(mkdir(tokens, 0700), 0);
	t->p11->C_Finalize(NULL);
	assert_int_not_equal(try_sign(&key), OK);
	assert_int_not_equal(try_sign(&key), OK);
	assert_int_equal(nftw(tokens, remove_one, 4, FTW_DEPTH | FTW_PHYS), 0);
	assert_int_equal(rename(away, tokens), 0);
	assert_int_equal(try_sign(&key), OK);
}

static struct ledger_mark
mark_of(uint64_t entries)
{
	struct ledger_mark m = {.entries = entries};

	memset(m.head.bytes, (int)entries, DIGEST_SIZE);
	return m;
}

static void
assert_anchor(struct token *t, uint64_t entries)
{
	struct ledger_mark found, m = mark_of(entries);

	if (token_anchor_read(t, &found) != OK)
		fail_msg("%s", err_explanation());
	assert_int_equal(found.entries, entries);
	assert_true(ledger_mark_same(&found, &m));
}

static void
write_anchor(struct token *t, uint64_t entries, bool whatever)
{
	const struct ledger_mark m = mark_of(entries);

	if (token_anchor_write(t, &m, whatever) != OK)
		fail_msg("%s", err_explanation());
}

static void
it_keeps_how_far_the_ledger_had_come(void **state)
{
	AUTO(token_close) struct token *t = open_it();
	struct ledger_mark found;

	(void)state;
	assert_int_equal(token_anchor_read(t, &found), ERR_NOT_FOUND);
	write_anchor(t, 3, false);
	assert_anchor(t, 3);
	for (uint64_t i = 4; i < 9; i++) {
		write_anchor(t, i, false);
		assert_anchor(t, i);
	}
	t->p11->C_Finalize(NULL); /* gone, and back */
	assert_anchor(t, 8);
	t->p11->C_Finalize(NULL);
	write_anchor(t, 300, false);
	assert_anchor(t, 300);
	write_anchor(t, 5, false); /* an older one does not take its place */
	assert_anchor(t, 300);
	write_anchor(t, 5, true); /* unless somebody means it */
	assert_anchor(t, 5);
}

/* Without the PIN nothing of it is seen, changed or taken away. */
static void
nobody_writes_it_without_the_pin(void **state)
{
	AUTO(token_close) struct token *t = open_it();
	CK_OBJECT_HANDLE found[4];
	CK_OBJECT_CLASS class = CKO_DATA;
	CK_ATTRIBUTE wanted = {CKA_CLASS, &class, sizeof(class)};
	CK_ULONG count = 0;

	(void)state;
	write_anchor(t, 1, false);
	write_anchor(t, 2, false);
	assert_int_equal(
	    t->p11->C_FindObjectsInit(t->session, &wanted, 1), CKR_OK);
	assert_int_equal(
	    t->p11->C_FindObjects(t->session, found, 4, &count), CKR_OK);
	t->p11->C_FindObjectsFinal(t->session);
	assert_int_equal(count, 2);
	assert_int_equal(t->p11->C_Logout(t->session), CKR_OK);
	assert_int_not_equal(
	    t->p11->C_DestroyObject(t->session, found[0]), CKR_OK);
	count = 0;
	assert_int_equal(
	    t->p11->C_FindObjectsInit(t->session, &wanted, 1), CKR_OK);
	assert_int_equal(
	    t->p11->C_FindObjects(t->session, found, 4, &count), CKR_OK);
	t->p11->C_FindObjectsFinal(t->session);
	assert_int_equal(count, 0);
}

/* As when power is lost while it is written: the other one stands. */
static void
one_that_was_cut_short_leaves_the_other(void **state)
{
	AUTO(token_close) struct token *t = open_it();
	CK_OBJECT_HANDLE found[2];
	CK_OBJECT_CLASS class = CKO_DATA;
	char label[] = "ledger 1";
	CK_ATTRIBUTE wanted[] = {{CKA_CLASS, &class, sizeof(class)},
	    {CKA_LABEL, label, strlen(label)}};
	CK_BBOOL yes = CK_TRUE;
	CK_ATTRIBUTE half[] = {{CKA_CLASS, &class, sizeof(class)},
	    {CKA_TOKEN, &yes, sizeof(yes)}, {CKA_PRIVATE, &yes, sizeof(yes)},
	    {CKA_LABEL, label, strlen(label)}, {CKA_VALUE, label, 3}};
	CK_ULONG count = 0;

	(void)state;
	write_anchor(t, 7, false);
	write_anchor(t, 8, false);
	assert_int_equal(
	    t->p11->C_FindObjectsInit(t->session, wanted, 2), CKR_OK);
	assert_int_equal(
	    t->p11->C_FindObjects(t->session, found, 2, &count), CKR_OK);
	t->p11->C_FindObjectsFinal(t->session);
	assert_int_equal(count, 1);
	assert_int_equal(
	    t->p11->C_DestroyObject(t->session, found[0]), CKR_OK);
	assert_anchor(t, 7);
	assert_int_equal(
	    t->p11->C_CreateObject(t->session, half, 5, found), CKR_OK);
	assert_anchor(t, 7);
	write_anchor(t, 9, false);
	assert_anchor(t, 9);
	write_anchor(t, 10, false);
	assert_anchor(t, 10);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(keys_of_both_kinds_sign_and_are_found_again),
	    TEST(a_copy_for_the_session_is_guarded_and_goes_with_its_key),
	    TEST(the_key_of_an_authority_cannot_leave),
	    TEST(a_key_that_could_leave_is_not_taken),
	    TEST(a_persons_key_leaves_wrapped_and_leaves_nothing),
	    TEST(keys_made_ahead_are_each_given_once),
	    TEST(a_wrong_pin_is_tried_once),
	    TEST(a_token_is_made_once),
	    TEST(a_lost_session_is_opened_again),
	    TEST(a_token_that_went_away_comes_back),
	    TEST(it_keeps_how_far_the_ledger_had_come),
	    TEST(nobody_writes_it_without_the_pin),
	    TEST(one_that_was_cut_short_leaves_the_other),
	};

	return cmocka_run_group_tests_name("token", tests, NULL, NULL);
}
