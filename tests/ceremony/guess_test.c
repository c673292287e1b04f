/*
 * Who has stolen everything but the token: ledger, database folder, settings,
 * keys, and the file of the token's PIN. Each way that leads from there to a
 * PIN of six digits is tried, and a control shows that with the token the same
 * arithmetic does lead there.
 */
#include "qualified.h"

#include "signer/pins.h"

#include <argon2.h>
#include <ftw.h>
#include <openssl/hmac.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define PIN "482913"
#define WINDOW 32 /* octets of a secret that may stand in a file */

static struct {
	uint8_t message[ID_SIZE + DIGEST_SIZE];
	struct digest verifier;
	size_t files, keys;
	bool found, in_clear;
} theft;

/* As src/signer/pins.c has it: what the token is asked about. */
static void
prepare(const struct pin_record *r)
{
	memcpy(theft.message, r->registration, strlen(r->registration));
	assert_int_equal(argon2id_hash_raw(2, 19456, 1, PIN, strlen(PIN),
			     r->salt, sizeof(r->salt),
			     theft.message + ID_SIZE, DIGEST_SIZE),
	    ARGON2_OK);
	theft.verifier = r->verifier;
}

static void
try_key(struct span key)
{
	uint8_t mac[EVP_MAX_MD_SIZE];
	unsigned size = 0;

	HMAC(EVP_sha256(), key.data, (int)key.size, theft.message,
	    sizeof(theft.message), mac, &size);
	theft.keys++;
	if (memcmp(mac, theft.verifier.bytes, DIGEST_SIZE) == 0)
		theft.found = true;
}

/* The whole, what it is a digest of, and every 32 octets in it. */
static void
try_bytes(struct span all)
{
	struct digest d = digest_sha256(all);
	struct span line = all;

	if (memmem(all.data, all.size, PIN, strlen(PIN)))
		theft.in_clear = true;
	while (line.size > 0 && line.data[line.size - 1] == '\n')
		line.size--;
	try_key(all);
	try_key(line);
	try_key(SPAN(d.bytes, DIGEST_SIZE));
	for (size_t i = 0; i + WINDOW <= all.size; i++)
		try_key(SPAN(all.data + i, WINDOW));
}

static int
steal(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	AUTO(fclose) FILE *file = NULL;
	uint8_t bytes[1 << 18];

	(void)ftw;
	(void)st;
	if (type != FTW_F || strstr(path, "/token/"))
		return 0;
	file = fopen(path, "rb");
	if (!file)
		return 0;
	theft.files++;
	try_bytes(SPAN(bytes, fread(bytes, 1, sizeof(bytes), file)));
	return 0;
}

static void
keep_a_pin(void)
{
	struct pin_order o = {.birth_date = "1990-05-17", .pin = PIN};
	struct pin_result r;
	struct order of;

	order_of(90, "qcp_n_qscd", &of);
	snprintf(o.registration, sizeof(o.registration), "%s",
	    of.registration);
	must(pins_set(&signer, &o, &r));
	prepare(records_find_pin(signer.records, of.registration));
}

static void
without_the_token_no_guess_can_be_tried(void **state)
{
	struct digest made;

	(void)state;
	keep_a_pin();
	must(token_pin_digest(signer.token,
	    SPAN(theft.message, sizeof(theft.message)), &made));
	assert_memory_equal(made.bytes, theft.verifier.bytes, DIGEST_SIZE);
	assert_int_equal(nftw(here.dir, steal, 16, FTW_PHYS), 0);
	assert_true(theft.files > 5 && theft.keys > 1000);
	assert_false(theft.found);
	assert_false(theft.in_clear);
	try_bytes(SPAN(theft.verifier.bytes, DIGEST_SIZE));
	try_bytes(SPAN(theft.message, sizeof(theft.message)));
	assert_false(theft.found);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(without_the_token_no_guess_can_be_tried),
	};

	return cmocka_run_group_tests_name(
	    "stolen", tests, qualified_set_up, qualified_tear_down);
}
