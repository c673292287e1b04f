/*
 * An authority on its last day: who gets an answer without an end.
 */
#include "clerk/answers.h"

#include "base/clock.h"
#include "flow/fixture.h"
#include "proc/order.h"

#include <openssl/x509.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static struct clerk clerk;
static struct channel signer;
static enum err ended_with;

static void
end(struct clerk *c, struct errand *e, enum err result)
{
	(void)c;
	(void)e;
	ended_with = result;
}

static void
save_authority(struct bench *b, int64_t lives)
{
	EVP_PKEY *key = EVP_EC_gen("P-256");
	X509 *c = X509_new();
	uint8_t *der = NULL;

	X509_set_version(c, 2);
	ASN1_INTEGER_set(X509_get_serialNumber(c), 4711);
	ASN1_TIME_set(X509_getm_notBefore(c), BENCH_NOW / SECOND - 1000);
	ASN1_TIME_set(
	    X509_getm_notAfter(c), (BENCH_NOW + lives) / SECOND);
	X509_NAME_add_entry_by_txt(X509_get_subject_name(c), "CN",
	    MBSTRING_ASC, (const uint8_t *)"L", -1, -1, 0);
	X509_set_issuer_name(c, X509_get_subject_name(c));
	X509_set_pubkey(c, key);
	assert_true(X509_sign(c, key, EVP_sha256()) > 0);
	int size = i2d_X509(c, &der);
	assert_int_equal(ca_certificate_save(b->f.store, "issuing-l",
			     SPAN(der, (size_t)size)),
	    OK);
	OPENSSL_free(der);
	X509_free(c);
	EVP_PKEY_free(key);
}

static void
save_certificate(
    struct bench *b, int number, int64_t not_after, int64_t revoked_at)
{
	const struct registration r = bench_waiting(
	    b, arena_format(&b->a, "p%d@mail.example", number));
	const struct certificate c = {
	    .id = arena_format(&b->a, "crt_%d", number),
	    .registration = r.id, .workspace = r.workspace,
	    .level = r.level, .rank = 1, .issuer = "issuing-l",
	    .serial = arena_format(&b->a, "%02x", number),
	    .fullname = BENCH_NAME, .name_folded = "", .email = r.email,
	    .email_folded = r.email_folded, .phone = "", .person_serial = "",
	    .not_before = BENCH_NOW - 9 * DAY, .not_after = not_after,
	    .der = span_of_text("x"), .key_blob = span_of_text(""),
	    .fingerprint = "", .created_at = BENCH_NOW - 9 * DAY,
	    .revoked_at = revoked_at, .reason = revoked_at ? 1 : 0};

	assert_int_equal(certificate_save(b->f.store, &c), OK);
}

static void
begin(struct bench *b)
{
	int pair[2];

	clerk = (struct clerk){.program = {.conf = b->conf},
	    .store = b->f.store, .keys = b->keys, .flow = b->f};
	assert_int_equal(channel_pair(pair), OK);
	clerk.program.peers[ROLE_signer] =
	    (struct channel){pair[0], ROLE_clerk, ROLE_signer, true};
	signer = (struct channel){pair[1], ROLE_signer, ROLE_clerk, true};
}

static void
finish(void)
{
	channel_close(&signer);
	channel_close(&clerk.program.peers[ROLE_signer]);
}

/* As the signer does of what it may say so. */
static void
answer(const struct message *m)
{
	static struct status_order o;
	static struct status_result r;
	AUTO(buf_clear) struct buf body;

	buf_init(&body, WIRE_MAX);
	assert_int_equal(status_order_get(span_of_buf(&m->body), &o), OK);
	r = (struct status_result){.revoked_at = o.revoked_at,
	    .ocsp = "last", .ocsp_size = 4,
	    .ocsp_next_update = CLOCK_FOREVER};
	assert_int_equal(status_result_put(&body, &r), OK);
	assert_int_equal(channel_send(&signer,
			     m->type == MESSAGE_revoke ? MESSAGE_revoked
						       : MESSAGE_ocsp_signed,
			     m->request, span_of_buf(&body), NULL, 0),
	    OK);
	assert_true(errands_hear(&clerk));
}

/* How many answers were asked for. */
static size_t
run(const char *subject)
{
	struct errand *e = errand_new(&clerk, end);
	size_t asked = 0;

	assert_non_null(e);
	e->job = (struct job){.id = "job_x", .name = "last",
	    .subject = subject};
	errand_go(&clerk, e, run_last(&clerk, e));
	for (; errands_of(&clerk, "last") > 0; asked++) {
		AUTO(message_clear) struct message m;

		assert_false(errands_send(&clerk));
		assert_int_equal(channel_receive(&signer, 1000, &m), OK);
		answer(&m);
	}
	assert_int_equal(ended_with, OK);
	return asked;
}

static bool
has_last(struct bench *b, const char *serial)
{
	int64_t next_update = 0;
	struct span bytes;

	return ocsp_load(b->f.store, &b->a, "issuing-l", serial, &bytes,
		   &next_update) == OK &&
	       next_update == CLOCK_FOREVER;
}

static bool
take_last(struct bench *b, struct job *out)
{
	while (job_take(b->f.store, &b->a, clock_now() + HOUR, 1000, out) ==
	       OK)
		if (strcmp(out->name, "last") == 0)
			return true;
	err_clear();
	return false;
}

static void
what_can_change_no_more_gets_its_last_answer(void **state)
{
	struct bench *b = *state;
	struct job job;

	begin(b);
	save_authority(b, 20 * HOUR);
	save_certificate(b, 1, BENCH_NOW - DAY, 0);
	save_certificate(b, 2, BENCH_NOW + 20 * HOUR, BENCH_NOW - HOUR);
	save_certificate(b, 3, BENCH_NOW + 20 * HOUR, 0);
	save_certificate(b, 4, BENCH_NOW + 30 * MINUTE, 0); /* may be revoked */
	assert_int_equal(last_begin(&clerk), OK);
	assert_true(take_last(b, &job));
	assert_string_equal(job.subject, "issuing-l");
	assert_int_equal(run(job.subject), 2);
	assert_true(has_last(b, "01") && has_last(b, "02"));
	assert_false(has_last(b, "03") || has_last(b, "04"));
	/* it goes on where it was, to the end */
	assert_true(take_last(b, &job));
	assert_string_equal(job.subject, "issuing-l 04");
	assert_int_equal(run(job.subject), 0);
	assert_false(take_last(b, &job));
	clock_set(BENCH_NOW + HOUR);
	assert_int_equal(run("issuing-l"), 1);
	assert_true(has_last(b, "04"));
	/* in the last hour the one that is in force, and none twice */
	clock_set(BENCH_NOW + 19 * HOUR + MINUTE);
	assert_int_equal(run("issuing-l"), 1);
	assert_true(has_last(b, "03"));
	assert_int_equal(run("issuing-l"), 0);
	finish();
}

static void
before_its_last_day_and_after_it_there_is_nothing_to_do(void **state)
{
	struct bench *b = *state;
	struct job job;

	begin(b);
	save_authority(b, 26 * HOUR);
	save_certificate(b, 1, BENCH_NOW - DAY, 0);
	assert_int_equal(last_begin(&clerk), OK);
	assert_false(take_last(b, &job));
	clock_set(BENCH_NOW + 27 * HOUR);
	assert_int_equal(last_begin(&clerk), OK);
	assert_false(take_last(b, &job));
	assert_int_equal(run("issuing-l"), 0);
	assert_false(has_last(b, "01"));
	finish();
}

static void
an_authority_that_cannot_be_read_does_not_keep_the_other_from_its_last(
    void **state)
{
	struct bench *b = *state;
	struct job job;

	begin(b);
	save_authority(b, 20 * HOUR);
	assert_int_equal(ca_certificate_save(b->f.store, "issuing-q",
			     span_of_text("no certificate")),
	    OK);
	assert_int_equal(last_begin(&clerk), OK);
	assert_true(take_last(b, &job));
	assert_string_equal(job.subject, "issuing-l");
	assert_false(take_last(b, &job));
	finish();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    BENCH(what_can_change_no_more_gets_its_last_answer),
	    BENCH(before_its_last_day_and_after_it_there_is_nothing_to_do),
	    BENCH(
		an_authority_that_cannot_be_read_does_not_keep_the_other_from_its_last),
	};

	return cmocka_run_group_tests_name("last", tests, NULL, NULL);
}
