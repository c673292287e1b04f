/*
 * Passkeys: an operator's first one is made with a code, every other change
 * needs one that was proven a moment ago.
 */
#include "flow/fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#define F &b->f, &b->a

static size_t
count_of(struct bench *b, const char *member)
{
	struct member_passkey *rows;
	size_t count;

	assert_int_equal(passkey_list(b->f.store, &b->a, member, &rows,
			     &count),
	    OK);
	return count;
}

static const char *
first_of(struct bench *b, const char *member)
{
	struct member_passkey *rows;
	size_t count;

	assert_int_equal(passkey_list(b->f.store, &b->a, member, &rows,
			     &count),
	    OK);
	assert_true(count > 0);
	return rows[0].id;
}

/* Proves with a key over a challenge. */
static enum err
prove(struct bench *b, const struct prover *by, const char *challenge,
    struct test_authenticator *key)
{
	struct test_answer answer = {0};
	struct relying_party rp;
	AUTO(buf_clear) struct buf bytes;

	buf_init(&bytes, 64);
	assert_int_equal(passkeys_party(&b->f, &rp), OK);
	assert_int_equal(base64url_decode(challenge, &bytes), OK);
	test_authenticator_sign(key, &rp, span_of_buf(&bytes), &answer);
	enum err code = passkeys_prove(F, &by->who, challenge,
	    &answer.assertion);
	test_answer_clear(&answer);
	return code;
}

static void
a_password_alone_makes_none(void **state)
{
	struct bench *b = *state;
	struct prover by = bench_prover(0);
	char challenge[PASSKEY_CHALLENGE_SIZE];

	by.passkey_at = 0;
	assert_int_equal(passkeys_begin(F, &by, PASSKEYS_LOGIN, "", challenge),
	    ERR_DENIED);
	assert_int_equal(passkeys_begin(F, &by, PASSKEYS_ENROL, "", challenge),
	    ERR_ENROLMENT_CODE);
	bench_key(b, &by);
	assert_int_equal(count_of(b, "mem_op"), 1);
	assert_int_equal(passkeys_begin(F, &by, PASSKEYS_ENROL, "", challenge),
	    ERR_PASSKEY_NEEDED);
	assert_int_equal(passkeys_remove(F, &by, first_of(b, "mem_op")),
	    ERR_PASSKEY_NEEDED);
	by.passkey_at = BENCH_NOW - PASSKEY_FRESH;
	assert_int_equal(passkeys_begin(F, &by, PASSKEYS_ENROL, "", challenge),
	    ERR_PASSKEY_NEEDED);
	by.passkey_at++;
	assert_int_equal(passkeys_begin(F, &by, PASSKEYS_ENROL, "", challenge),
	    OK);
}

/* A first passkey, for the browser that has this challenge. */
static enum err
add_first(struct bench *b, const struct prover *by, const char *challenge,
    const char *code)
{
	struct test_authenticator key;
	struct test_answer answer = {0};
	struct relying_party rp;
	struct member_passkey p;
	AUTO(buf_clear) struct buf bytes;

	buf_init(&bytes, 64);
	assert_int_equal(passkeys_party(&b->f, &rp), OK);
	assert_int_equal(base64url_decode(challenge, &bytes), OK);
	test_authenticator_init(&key, false);
	test_authenticator_register(&key, &rp, span_of_buf(&bytes), &answer);
	const struct new_passkey n = {challenge, "test", code,
	    span_of_buf(&answer.authenticator_data),
	    span_of_buf(&answer.client_data)};
	enum err result = passkeys_add(F, by, &n, &p);
	test_answer_clear(&answer);
	test_authenticator_clear(&key);
	return result;
}

static void
a_code_makes_one_first_passkey_in_three_days(void **state)
{
	struct bench *b = *state;
	struct prover by = bench_prover(0), other = bench_prover(1);
	char challenge[PASSKEY_CHALLENGE_SIZE], old[PASSKEY_CODE_SIZE];
	char code[PASSKEY_CODE_SIZE], spoken[32] = "";

	by.passkey_at = other.passkey_at = 0;
	assert_int_equal(passkeys_code(&b->f, &bench_platform, "mem_op", old),
	    OK);
	assert_int_equal(passkeys_code(&b->f, &bench_platform, "mem_op", code),
	    OK);
	assert_int_equal(passkeys_begin(F, &by, PASSKEYS_ENROL, old, challenge),
	    ERR_ENROLMENT_CODE); /* the last one counts */
	assert_int_equal(passkeys_begin(F, &other, PASSKEYS_ENROL, code,
			     challenge),
	    ERR_ENROLMENT_CODE); /* another's */
	for (size_t i = 0; code[i]; i++)
		spoken[i] = code[i] == '-' ? ' '
		    : code[i] >= 'A'	   ? (char)(code[i] + 'a' - 'A')
					   : code[i];
	assert_int_equal(passkeys_begin(F, &by, PASSKEYS_ENROL, spoken,
			     challenge),
	    OK);
	assert_int_equal(add_first(b, &by, challenge, ""),
	    ERR_ENROLMENT_CODE);
	assert_int_equal(passkeys_begin(F, &by, PASSKEYS_ENROL, code,
			     challenge),
	    OK);
	assert_int_equal(add_first(b, &by, challenge, code), OK);
	/* used: also when that passkey is gone again */
	assert_int_equal(passkey_remove(b->f.store, first_of(b, "mem_op"),
			     "mem_op"),
	    OK);
	assert_int_equal(passkeys_begin(F, &by, PASSKEYS_ENROL, code,
			     challenge),
	    ERR_ENROLMENT_CODE);
	assert_int_equal(passkeys_code(&b->f, &bench_platform, "mem_op", code),
	    OK);
	clock_set(BENCH_NOW + PASSKEY_CODE_LIFE);
	assert_int_equal(passkeys_begin(F, &by, PASSKEYS_ENROL, code,
			     challenge),
	    ERR_ENROLMENT_CODE);
}

static void
who_is_no_operator_needs_no_code(void **state)
{
	struct bench *b = *state;
	struct prover by = bench_prover(0);
	char challenge[PASSKEY_CHALLENGE_SIZE];

	by.who.kind = ACTOR_workspace;
	by.passkey_at = 0;
	assert_int_equal(passkeys_begin(F, &by, PASSKEYS_ENROL, "", challenge),
	    OK);
}

/* A row that somebody changed into the digest of an approval: an honest page
 * would have it signed at the next sign-in. */
static void
a_sign_in_is_never_the_signature_of_an_approval(void **state)
{
	struct bench *b = *state;
	struct prover by = bench_prover(0);
	struct test_authenticator *key = bench_key(b, &by);
	struct digest d = digest_sha256(span_of_text("an approval"));
	char challenge[PASSKEY_CHALLENGE_SIZE];
	AUTO(buf_clear) struct buf planted, bytes;

	buf_init(&planted, 64);
	buf_init(&bytes, 64);
	assert_int_equal(base64url_encode(SPAN(d.bytes, DIGEST_SIZE),
			     &planted),
	    OK);
	assert_int_equal(passkey_challenge_save(b->f.store, buf_text(&planted),
			     "mem_op", PASSKEYS_LOGIN, BENCH_NOW,
			     BENCH_NOW + MINUTE),
	    OK);
	assert_int_equal(prove(b, &by, buf_text(&planted), key), ERR_INVALID);
	assert_string_equal(err_field(), "challenge");
	/* nor one that was made for something else */
	assert_int_equal(passkeys_begin(F, &by, PASSKEYS_ENROL, "", challenge),
	    OK);
	assert_int_equal(passkey_challenge_take(b->f.store, challenge,
			     "mem_op", PASSKEYS_ENROL, BENCH_NOW),
	    OK);
	assert_int_equal(passkey_challenge_save(b->f.store, challenge,
			     "mem_op", PASSKEYS_LOGIN, BENCH_NOW,
			     BENCH_NOW + MINUTE),
	    OK);
	assert_int_equal(prove(b, &by, challenge, key), ERR_INVALID);
	/* and ours is longer than a digest, and says what it is for */
	assert_int_equal(passkeys_begin(F, &by, PASSKEYS_LOGIN, "", challenge),
	    OK);
	assert_int_equal(base64url_decode(challenge, &bytes), OK);
	assert_int_equal(bytes.size, PASSKEY_CHALLENGE_BYTES);
	assert_true(bytes.size > DIGEST_SIZE);
	assert_memory_equal(bytes.data, "paraph login:", 13);
	assert_int_equal(prove(b, &by, challenge, key), OK);
}

static void
a_challenge_is_good_for_one_try_of_its_purpose(void **state)
{
	struct bench *b = *state;
	struct prover by = bench_prover(0), other = bench_prover(1);
	char challenge[PASSKEY_CHALLENGE_SIZE], older[PASSKEY_CHALLENGE_SIZE];
	struct test_authenticator *key = bench_key(b, &by);

	bench_key(b, &other);
	assert_int_equal(passkeys_begin(F, &by, PASSKEYS_ENROL, "", challenge),
	    OK);
	assert_int_equal(prove(b, &by, challenge, key), ERR_INVALID);
	assert_int_equal(passkeys_begin(F, &by, PASSKEYS_LOGIN, "", older), OK);
	assert_int_equal(passkeys_begin(F, &by, PASSKEYS_LOGIN, "", challenge),
	    OK);
	assert_int_equal(prove(b, &by, older, key), ERR_INVALID);
	assert_int_equal(prove(b, &other, challenge, key), ERR_INVALID);
	assert_int_equal(prove(b, &by, challenge, key), OK);
	assert_int_equal(prove(b, &by, challenge, key), ERR_INVALID);
	assert_int_equal(passkeys_begin(F, &by, PASSKEYS_LOGIN, "", challenge),
	    OK);
	clock_set(BENCH_NOW + PASSKEY_CHALLENGE_LIFE);
	assert_int_equal(prove(b, &by, challenge, key), ERR_INVALID);
}

static void
the_key_has_to_be_the_members_own(void **state)
{
	struct bench *b = *state;
	struct prover by = bench_prover(0), other = bench_prover(1);
	char challenge[PASSKEY_CHALLENGE_SIZE];

	bench_key(b, &by);
	assert_int_equal(passkeys_begin(F, &by, PASSKEYS_LOGIN, "", challenge),
	    OK);
	assert_int_equal(prove(b, &by, challenge, bench_key(b, &other)),
	    ERR_DENIED);
	/* the try used it up */
	assert_int_equal(prove(b, &by, challenge, bench_key(b, &by)),
	    ERR_INVALID);
	assert_int_equal(passkeys_remove(F, &by, first_of(b, "mem_op2")),
	    ERR_NOT_FOUND);
}

static void
a_copy_that_lags_behind_is_noticed(void **state)
{
	struct bench *b = *state;
	struct prover by = bench_prover(0);
	struct test_authenticator *key = bench_key(b, &by);
	char challenge[PASSKEY_CHALLENGE_SIZE];
	uint32_t counter = key->counter;

	for (int i = 0; i < 2; i++) {
		assert_int_equal(passkeys_begin(F, &by, PASSKEYS_LOGIN, "",
				     challenge),
		    OK);
		assert_int_equal(prove(b, &by, challenge, key),
		    i == 0 ? OK : ERR_DENIED);
		key->counter = counter;
	}
}

static void
sessions_are_worth_less_when_a_passkey_goes(void **state)
{
	struct bench *b = *state;
	struct prover by = bench_prover(0);
	int64_t at;

	bench_key(b, &by);
	assert_int_equal(session_save(b->f.store, "token", "mem_op", BENCH_NOW,
			     BENCH_NOW + DAY),
	    OK);
	assert_int_equal(session_prove(b->f.store, "token", BENCH_NOW), OK);
	assert_int_equal(session_proven(b->f.store, "token", BENCH_NOW, &at),
	    OK);
	assert_int_equal(at, BENCH_NOW);
	assert_int_equal(passkeys_remove(F, &by, first_of(b, "mem_op")), OK);
	assert_int_equal(count_of(b, "mem_op"), 0);
	assert_int_equal(session_proven(b->f.store, "token", BENCH_NOW, &at),
	    OK);
	assert_int_equal(at, 0);
}

/* Whoever found it may sit in a session that it proved. */
static void
a_lost_passkey_takes_its_proof_along(void **state)
{
	struct bench *b = *state;
	struct prover by = bench_prover(0);
	int64_t at;

	bench_key(b, &by);
	assert_int_equal(session_save(b->f.store, "token", "mem_op", BENCH_NOW,
			     BENCH_NOW + DAY),
	    OK);
	assert_int_equal(session_prove(b->f.store, "token", BENCH_NOW), OK);
	assert_int_equal(passkeys_lost(F, &bench_platform, "mem_op"), OK);
	assert_int_equal(count_of(b, "mem_op"), 0);
	assert_int_equal(session_proven(b->f.store, "token", BENCH_NOW, &at),
	    OK);
	assert_int_equal(at, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    BENCH(a_password_alone_makes_none),
	    BENCH(a_code_makes_one_first_passkey_in_three_days),
	    BENCH(who_is_no_operator_needs_no_code),
	    BENCH(a_sign_in_is_never_the_signature_of_an_approval),
	    BENCH(a_challenge_is_good_for_one_try_of_its_purpose),
	    BENCH(the_key_has_to_be_the_members_own),
	    BENCH(a_copy_that_lags_behind_is_noticed),
	    BENCH(sessions_are_worth_less_when_a_passkey_goes),
	    BENCH(a_lost_passkey_takes_its_proof_along),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
