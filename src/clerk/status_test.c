/*
 * The answer that is made for who asks first: given when it is kept, and never
 * when it is no longer true.
 */
#include "clerk/errand.h"

#include "flow/fixture.h"
#include "proc/status_ask.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#define DER "an answer"

static struct clerk clerk;
static struct channel signer, web;
static struct certificate crt;

static void
connect(enum role with, struct channel *there)
{
	int pair[2];

	assert_int_equal(channel_pair(pair), OK);
	clerk.program.peers[with] =
	    (struct channel){pair[0], ROLE_clerk, with, true};
	*there = (struct channel){pair[1], with, ROLE_clerk, true};
}

static void
begin(struct bench *b)
{
	struct registration r = bench_collecting(b);

	clerk = (struct clerk){.program = {.conf = b->conf},
	    .store = b->f.store, .keys = b->keys, .flow = b->f};
	connect(ROLE_signer, &signer);
	connect(ROLE_web, &web);
	crt = (struct certificate){.id = "crt_aaaa", .registration = r.id,
	    .workspace = r.workspace, .level = r.level, .rank = 1,
	    .issuer = "issuing-l", .serial = "01", .fullname = BENCH_NAME,
	    .name_folded = "", .email = r.email,
	    .email_folded = r.email_folded, .phone = "", .person_serial = "",
	    .not_before = BENCH_NOW, .not_after = BENCH_NOW + 365 * DAY,
	    .der = span_of_text("x"), .key_blob = span_of_text(""),
	    .fingerprint = "", .created_at = BENCH_NOW};
	assert_int_equal(certificate_save(b->f.store, &crt), OK);
}

static void
finish(void)
{
	channel_close(&signer);
	channel_close(&web);
	channel_close(&clerk.program.peers[ROLE_signer]);
	channel_close(&clerk.program.peers[ROLE_web]);
	for (size_t i = 0; i < ERRANDS_MAX; i++)
		assert_null(clerk.errands[i]);
}

static void
web_asks(const char *certificate, uint32_t request)
{
	AUTO(message_clear) struct message m;
	AUTO(buf_clear) struct buf body;
	struct ocsp_make asked = {""};

	buf_init(&body, WIRE_MAX);
	memcpy(asked.certificate, certificate, strlen(certificate) + 1);
	assert_int_equal(ocsp_make_put(&body, &asked), OK);
	assert_int_equal(channel_send(&web, MESSAGE_ocsp_make, request,
			     span_of_buf(&body), NULL, 0),
	    OK);
	assert_int_equal(
	    channel_receive(&clerk.program.peers[ROLE_web], 0, &m), OK);
	status_make(&clerk, &m);
	assert_false(errands_send(&clerk));
}

/* The number that the signer was asked by. */
static uint32_t
signer_hears(void)
{
	AUTO(message_clear) struct message m;

	assert_int_equal(channel_receive(&signer, 0, &m), OK);
	assert_int_equal(m.type, MESSAGE_ocsp_sign);
	return m.request;
}

static void
signer_answers(uint32_t request)
{
	struct status_result r = {.ocsp = DER, .ocsp_size = strlen(DER),
	    .ocsp_next_update = BENCH_NOW + DAY};
	AUTO(buf_clear) struct buf body;

	buf_init(&body, WIRE_MAX);
	assert_int_equal(status_result_put(&body, &r), OK);
	assert_int_equal(channel_send(&signer, MESSAGE_ocsp_signed, request,
			     span_of_buf(&body), NULL, 0),
	    OK);
	assert_true(errands_hear(&clerk));
}

static void
web_hears_the_answer(uint32_t request)
{
	AUTO(message_clear) struct message m;
	struct ocsp_made made;

	assert_int_equal(channel_receive(&web, 0, &m), OK);
	assert_int_equal(m.type, MESSAGE_ocsp_made);
	assert_int_equal(m.request, request);
	assert_int_equal(ocsp_made_get(span_of_buf(&m.body), &made), OK);
	assert_true(span_equal(made.der, span_of_text(DER)));
	assert_int_equal(made.next_update, BENCH_NOW + DAY);
}

static void
web_is_refused(enum err expected)
{
	AUTO(message_clear) struct message m;

	assert_int_equal(channel_receive(&web, 0, &m), OK);
	assert_int_equal(m.type, MESSAGE_refused);
	assert_int_equal(refusal_get(span_of_buf(&m.body)), expected);
}

static bool
is_kept(struct bench *b)
{
	int64_t next_update;
	struct span der;

	return ocsp_load(b->f.store, &b->a, crt.issuer, crt.serial, &der,
		   &next_update) == OK;
}

static void
the_first_who_asks_has_it_made_and_the_next_gets_it_from_the_store(
    void **state)
{
	struct bench *b = *state;

	begin(b);
	web_asks(crt.id, 7);
	signer_answers(signer_hears());
	web_hears_the_answer(7);
	assert_true(is_kept(b));
	web_asks(crt.id, 8); /* nobody is asked any more */
	web_hears_the_answer(8);
	finish();
}

static void
what_was_revoked_while_it_was_signed_is_neither_kept_nor_given(void **state)
{
	struct bench *b = *state;

	begin(b);
	web_asks(crt.id, 7);
	uint32_t asked = signer_hears();
	crt.revoked_at = BENCH_NOW;
	assert_int_equal(certificate_save(b->f.store, &crt),
	    OK);
	signer_answers(asked);
	web_is_refused(ERR_UNAVAILABLE);
	assert_false(is_kept(b));
	finish();
}

static void
nothing_is_made_of_a_certificate_that_is_not_there_or_while_it_is_compared(
    void **state)
{
	struct errand comparing = {.job = {.id = "job", .name = "agree"}};

	begin(*state);
	web_asks("crt_bbbb", 7);
	web_is_refused(ERR_NOT_FOUND);
	clerk.errands[0] = &comparing;
	web_asks(crt.id, 8);
	web_is_refused(ERR_UNAVAILABLE);
	clerk.errands[0] = NULL;
	finish();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    BENCH(
		the_first_who_asks_has_it_made_and_the_next_gets_it_from_the_store),
	    BENCH(
		what_was_revoked_while_it_was_signed_is_neither_kept_nor_given),
	    BENCH(
		nothing_is_made_of_a_certificate_that_is_not_there_or_while_it_is_compared),
	};

	return cmocka_run_group_tests_name("status", tests, NULL, NULL);
}
