/*
 * Stills for web: of cases in review and of nothing else, whatever web asks.
 */
#include "clerk/clerk.h"

#include "flow/fixture.h"
#include "flow/finding_seal.h"
#include "flow/picture_seal.h"
#include "flow/verdict_seal.h"
#include "proc/inspection.h"
#include "store/vault.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

/* What it was made of. */
static struct evidence
front_of(struct bench *b, const struct registration *r)
{
	struct evidence e = {
	    .id = "evd_front",
	    .registration = r->id,
	    .kind = "document_front",
	    .state = "read",
	    .reasons = "",
	    .media_type = "image/jpeg",
	    .sha256 = "aa",
	    .attempt = r->attempt,
	    .created_at = BENCH_NOW,
	};

	if (evidence_find(b->f.store, &b->a, r->id, r->attempt, e.kind, &e) !=
	    OK)
		assert_int_equal(evidence_save(b->f.store, &e), OK);
	return e;
}

/* The row says what was given; the file may be another one. */
static void
keep_still(struct bench *b, const struct registration *r, const char *given)
{
	struct digest d = digest_sha256(span_of_text(given));
	uint8_t sealed[VAULT_SEALED_SIZE];
	char sha256[DIGEST_TEXT_SIZE];
	struct evidence e = {
	    .id = "evd_stillfront",
	    .registration = r->id,
	    .kind = "still_front",
	    .state = "kept",
	    .reasons = "",
	    .media_type = "image/jpeg",
	    .sha256 = sha256,
	    .attempt = r->attempt,
	    .size = 5,
	    .created_at = BENCH_NOW,
	    .sealed_key = SPAN(sealed, sizeof(sealed)),
	};

	digest_format(&d, sha256);
	assert_int_equal(vault_write(conf_text(b->conf, CONF_store_vault),
	    e.id, span_of_text("pixel"), b->keys.vault_public, sealed), OK);
	assert_int_equal(evidence_save(b->f.store, &e), OK);
	struct evidence front = front_of(b, r);
	assert_int_equal(picture_seal_keep(&b->f, &front, &e), OK);
}

/* What comes back to web for evidence of a registration, beside a case. */
static enum message_type
ask_for(struct bench *b, const char *id, const char *beside, const char *kind)
{
	struct clerk c = {.program = {.conf = b->conf}, .store = b->f.store,
	    .keys = b->keys, .flow = b->f};
	struct still_request wish = {0};
	AUTO(message_clear) struct message answer;
	AUTO(message_clear) struct message question;
	int pair[2];

	assert_int_equal(channel_pair(pair), OK);
	c.program.peers[ROLE_web] = (struct channel){pair[0], ROLE_clerk,
	    ROLE_web, true};
	struct channel web = {pair[1], ROLE_web, ROLE_clerk, true};
	message_init(&question);
	question.type = MESSAGE_still;
	snprintf(wish.registration, sizeof(wish.registration), "%s", id);
	snprintf(wish.beside, sizeof(wish.beside), "%s", beside);
	snprintf(wish.kind, sizeof(wish.kind), "%s", kind);
	assert_int_equal(still_request_put(&question.body, &wish), OK);
	still_answer(&c, &question);
	assert_int_equal(channel_receive(&web, 1000, &answer), OK);
	channel_close(&web);
	channel_close(&c.program.peers[ROLE_web]);
	return answer.type;
}

static enum message_type
ask_beside(struct bench *b, const char *id, const char *beside)
{
	return ask_for(b, id, beside, "still_front");
}

static enum message_type
ask(struct bench *b, const char *id)
{
	return ask_beside(b, id, "");
}

static void
a_case_in_review_shows_its_still(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_collecting(b);

	keep_still(b, &r, "pixel");
	r.state = "in_review";
	assert_int_equal(registration_update(b->f.store, &r), OK);
	assert_int_equal(ask(b, r.id), MESSAGE_still_reply);
}

static void
other_registrations_do_not_whoever_asks(void **state)
{
	static const char *const others[] = {"collecting", "checking",
	    "approved", "issued", "refused"};
	struct bench *b = *state;
	struct registration r = bench_collecting(b);

	keep_still(b, &r, "pixel");
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		r.state = others[i];
		assert_int_equal(registration_update(b->f.store, &r), OK);
		assert_int_equal(ask(b, r.id), MESSAGE_still_missing);
	}
}

/* One person twice, under two e-mails, the first refused. */
static void
an_earlier_request_is_shown_beside_the_case_it_is_like(void **state)
{
	struct findings good = bench_good_findings();
	struct bench *b = *state;
	struct registration first, held, other;

	b->email = "first@example.org";
	first = bench_collecting(b);
	first = bench_checked(b, first.id, &good);
	keep_still(b, &first, "pixel");
	b->email = "held@example.org";
	held = bench_collecting(b);
	held = bench_checked(b, held.id, &good);
	b->email = "other@example.org";
	other = bench_collecting(b);
	held.state = other.state = "in_review";
	assert_int_equal(registration_update(b->f.store, &held), OK);
	assert_int_equal(registration_update(b->f.store, &other), OK);
	assert_int_equal(
	    ask_beside(b, first.id, held.id), MESSAGE_still_reply);
	assert_int_equal(ask(b, first.id), MESSAGE_still_missing);
	/* nothing in common, or nobody reviews it */
	assert_int_equal(
	    ask_beside(b, first.id, other.id), MESSAGE_still_missing);
	held.state = "approved";
	assert_int_equal(registration_update(b->f.store, &held), OK);
	assert_int_equal(
	    ask_beside(b, first.id, held.id), MESSAGE_still_missing);
}

/* A file that was uploaded may be made for the program that shows it: only
 * what was made in the cage leaves, of a case and of one beside it. */
static void
what_came_from_outside_is_shown_to_nobody(void **state)
{
	static const char *const kinds[] = {"document_front", "document_back",
	    "face_video", "document_video", "own_key", ""};
	struct findings good = bench_good_findings();
	struct bench *b = *state;
	struct registration first, held;

	b->email = "first@example.org";
	first = bench_collecting(b);
	first = bench_checked(b, first.id, &good);
	keep_still(b, &first, "pixel");
	b->email = "held@example.org";
	held = bench_collecting(b);
	held = bench_checked(b, held.id, &good);
	held.state = "in_review";
	assert_int_equal(registration_update(b->f.store, &held), OK);
	assert_int_equal(
	    ask_beside(b, first.id, held.id), MESSAGE_still_reply);
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		uint8_t sealed[VAULT_SEALED_SIZE];
		struct evidence e;

		/* all that a still has, but for what it is */
		assert_int_equal(evidence_load(b->f.store, &b->a,
				     "evd_stillfront", &e),
		    OK);
		e.id = arena_format(&b->a, "evd_%zu", i);
		e.kind = kinds[i];
		e.created_at += 10;
		e.sealed_key = SPAN(sealed, sizeof(sealed));
		assert_int_equal(vault_write(
				     conf_text(b->conf, CONF_store_vault),
				     e.id, span_of_text("pixel"),
				     b->keys.vault_public, sealed),
		    OK);
		assert_int_equal(evidence_save(b->f.store, &e), OK);
		assert_int_equal(ask_for(b, first.id, held.id, kinds[i]),
		    MESSAGE_still_missing);
		assert_int_equal(ask_for(b, held.id, "", kinds[i]),
		    MESSAGE_still_missing);
	}
}

/* Approvals are over what the row says: nothing else is looked at. Who
 * writes to store and vault can seal what they like. */
static void
what_was_put_in_its_place_is_not_shown(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_collecting(b);

	keep_still(b, &r, "other");
	r.state = "in_review";
	assert_int_equal(registration_update(b->f.store, &r), OK);
	assert_int_equal(ask(b, r.id), MESSAGE_still_missing);
}

/* Of the evidence that is there now, and as the clerk sealed it. */
static void
what_was_not_made_of_it_is_not_shown(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_collecting(b);
	struct evidence e, another;

	keep_still(b, &r, "pixel");
	r.state = "in_review";
	assert_int_equal(registration_update(b->f.store, &r), OK);
	assert_int_equal(ask(b, r.id), MESSAGE_still_reply);
	assert_int_equal(evidence_load(b->f.store, &b->a, "evd_stillfront",
			     &e), OK);
	another = front_of(b, &r);
	another.id = "evd_another";
	another.created_at++;
	assert_int_equal(evidence_save(b->f.store, &another), OK);
	assert_int_equal(ask(b, r.id), MESSAGE_refused);
	another.state = "superseded";
	assert_int_equal(evidence_save(b->f.store, &another), OK);
	assert_int_equal(ask(b, r.id), MESSAGE_still_reply);
	assert_int_equal(finding_seal_save(b->f.store, e.id, "aa"), OK);
	assert_int_equal(ask(b, r.id), MESSAGE_refused);
	/* nor does the seal of before count, which says nothing of it */
	assert_int_equal(finding_seal_remove(b->f.store, e.id), OK);
	assert_int_equal(ask(b, r.id), MESSAGE_refused);
}

/* Where all else is the same, and its seal is there. */
static void
every_part_of_a_picture_is_sealed(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_collecting(b);
	struct finding_seal kept;
	struct evidence good, e;

	keep_still(b, &r, "pixel");
	assert_int_equal(evidence_load(b->f.store, &b->a, "evd_stillfront",
			     &good), OK);
	assert_int_equal(picture_seal_check(&b->f, &b->a, &r, &good), OK);
	assert_int_equal(finding_seal_load(b->f.store, &b->a, good.id, &kept),
	    OK);
	e = good;
	e.id = "evd_another";
	e.state = "superseded";
	assert_int_equal(evidence_save(b->f.store, &e), OK);
	assert_int_equal(finding_seal_save(b->f.store, e.id, kept.seal), OK);
	for (int part = 0; part < 3; part++) {
		e = good;
		switch (part) {
		case 0: e.id = "evd_another"; break;
		case 1: e.registration = "reg_another"; break;
		case 2: e.sha256 = "bb"; break;
		}
		if (picture_seal_check(&b->f, &b->a, &r, &e) !=
		    ERR_CHECK_FAILED)
			fail_msg("part %d is not sealed", part);
	}
	/* and what it was made of */
	assert_int_equal(evidence_gather(b->f.store, "evd_front", 1, "bb",
			     SPAN("key", 3)), OK);
	assert_int_equal(picture_seal_check(&b->f, &b->a, &r, &good),
	    ERR_CHECK_FAILED);
	assert_int_equal(picture_seal_check_all(&b->f, &b->a, &r),
	    ERR_CHECK_FAILED);
}

/* One that was judged before pictures had seals of their own. */
static void
the_seal_over_the_verdicts_vouches_for_older_ones(void **state)
{
	struct findings good = bench_good_findings();
	struct bench *b = *state;
	struct registration r = bench_collecting(b);
	struct evidence e;

	bench_picture(b, r.id, &good);
	keep_still(b, &r, "pixel");
	r = bench_loaded(b, r.id);
	r.state = "in_review";
	assert_int_equal(registration_update(b->f.store, &r), OK);
	assert_int_equal(finding_seal_remove(b->f.store, "evd_stillfront"),
	    OK);
	e = front_of(b, &r);
	struct evidence still;
	assert_int_equal(evidence_load(b->f.store, &b->a, "evd_stillfront",
			     &still), OK);
	assert_int_equal(finding_seal_keep(&b->f, &b->a, &e, &good, &still),
	    OK);
	assert_int_equal(finding_seal_remove(b->f.store, still.id), OK);
	assert_int_equal(verdict_seal_keep(&b->f, &b->a, &r), OK);
	assert_int_equal(ask(b, r.id), MESSAGE_still_reply);
	assert_int_equal(verdict_seal_void(&b->f, &r), OK);
	assert_int_equal(ask(b, r.id), MESSAGE_refused);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    BENCH(a_case_in_review_shows_its_still),
	    BENCH(other_registrations_do_not_whoever_asks),
	    BENCH(an_earlier_request_is_shown_beside_the_case_it_is_like),
	    BENCH(what_came_from_outside_is_shown_to_nobody),
	    BENCH(what_was_put_in_its_place_is_not_shown),
	    BENCH(what_was_not_made_of_it_is_not_shown),
	    BENCH(every_part_of_a_picture_is_sealed),
	    BENCH(the_seal_over_the_verdicts_vouches_for_older_ones),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
