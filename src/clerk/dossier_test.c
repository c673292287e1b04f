/*
 * Seals of dossiers: what the signer answers is kept for who waits, its
 * refusal as well; what passes is tried again.
 */
#include "clerk/errand.h"

#include "flow/fixture.h"
#include "proc/order.h"
#include "proc/seal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define ID "dos_00000000000000000000000000"
#define DIGEST                                                                 \
	"00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

static struct clerk clerk;
static struct channel signer;
static enum err ended;

static void
end(struct clerk *c, struct errand *e, enum err result)
{
	(void)c;
	(void)e;
	ended = result;
}

static struct registration
begin(struct bench *b)
{
	struct registration r = bench_create(b);
	const struct dossier_row d = {.id = ID,
	    .registration = r.id,
	    .member = "mem_ida",
	    .digest = DIGEST,
	    .asked_at = clock_now(),
	    .refused = ""};
	int pair[2];

	clerk = (struct clerk){.program = {.conf = b->conf},
	    .store = b->f.store, .keys = b->keys, .flow = b->f};
	assert_int_equal(dossier_save(b->f.store, &d), OK);
	assert_int_equal(channel_pair(pair), OK);
	clerk.program.peers[ROLE_signer] = (struct channel){
	    pair[0], ROLE_clerk, ROLE_signer, true};
	signer = (struct channel){pair[1], ROLE_signer, ROLE_clerk, true};
	ended = ERR_COUNT;
	return r;
}

static void
finish(void)
{
	channel_close(&signer);
	(void)errands_hear(&clerk);
	channel_close(&clerk.program.peers[ROLE_signer]);
}

/* The request's number; 0: nothing was asked. */
static uint32_t
ask(const char *registration)
{
	AUTO(message_clear) struct message m = {.fds = {-1, -1}};
	struct errand *e = errand_new(&clerk, end);
	struct seal_order order;

	e->job.subject = ID;
	errand_go(&clerk, e, run_seal(&clerk, e));
	assert_false(errands_send(&clerk));
	if (channel_receive(&signer, 0, &m) != OK)
		return 0;
	assert_int_equal(m.type, MESSAGE_seal);
	assert_int_equal(seal_order_get(span_of_buf(&m.body), &order), OK);
	assert_string_equal(order.registration, registration);
	assert_int_equal(order.content.bytes[1], 0x11);
	return m.request;
}

static void
answer(uint32_t request, const char *registration)
{
	static struct seal_result r;
	AUTO(buf_clear) struct buf body;

	r = (struct seal_result){.size = 4};
	memcpy(r.registration, registration, strlen(registration));
	memcpy(r.signature, "seal", 4);
	buf_init(&body, WIRE_MAX);
	assert_int_equal(seal_result_put(&body, &r), OK);
	assert_int_equal(channel_send(&signer, MESSAGE_sealed, request,
			     span_of_buf(&body), NULL, 0),
	    OK);
	assert_true(errands_hear(&clerk));
}

static void
refuse(uint32_t request, enum err code)
{
	AUTO(buf_clear) struct buf body;

	buf_init(&body, WIRE_MAX);
	assert_int_equal(refusal_put(&body, code, "dossiers of this hour"), OK);
	assert_int_equal(channel_send(&signer, MESSAGE_refused, request,
			     span_of_buf(&body), NULL, 0),
	    OK);
	assert_true(errands_hear(&clerk));
}

static struct dossier_row
kept(struct bench *b)
{
	struct dossier_row d;

	assert_int_equal(dossier_load(b->f.store, &b->a, ID, &d), OK);
	return d;
}

static void
the_seal_is_kept_and_asked_for_once(void **state)
{
	struct bench *b = *state;
	struct registration r = begin(b);

	answer(ask(r.id), r.id);
	assert_int_equal(ended, OK);
	struct dossier_row d = kept(b);
	assert_int_equal(d.seal.size, 4);
	assert_memory_equal(d.seal.data, "seal", 4);
	assert_true(d.sealed_at > 0);
	assert_string_equal(d.refused, "");
	assert_int_equal(ask(r.id), 0);
	finish();
}

static void
the_seal_of_another_registration_is_not_kept(void **state)
{
	struct bench *b = *state;
	struct registration r = begin(b);

	answer(ask(r.id), "reg_00000000000000000000000000");
	assert_int_equal(ended, ERR_INTERNAL);
	assert_int_equal(kept(b).sealed_at, 0);
	finish();
}

static void
a_refusal_is_told_to_who_waits(void **state)
{
	struct bench *b = *state;
	struct registration r = begin(b);

	refuse(ask(r.id), ERR_TOO_MANY);
	assert_int_equal(ended, OK);
	struct dossier_row d = kept(b);
	assert_int_equal(d.seal.size, 0);
	assert_true(d.sealed_at > 0);
	assert_string_equal(d.refused, "dossiers of this hour");
	finish();
}

static void
what_passes_is_tried_again(void **state)
{
	struct bench *b = *state;
	struct registration r = begin(b);

	refuse(ask(r.id), ERR_UNAVAILABLE);
	assert_int_equal(ended, ERR_UNAVAILABLE);
	assert_int_equal(kept(b).sealed_at, 0);
	answer(ask(r.id), r.id);
	assert_int_equal(kept(b).seal.size, 4);
	finish();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    BENCH(the_seal_is_kept_and_asked_for_once),
	    BENCH(the_seal_of_another_registration_is_not_kept),
	    BENCH(a_refusal_is_told_to_who_waits),
	    BENCH(what_passes_is_tried_again),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
