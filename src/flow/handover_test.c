#include "flow/fixture.h"
#include "flow/handover.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

static struct handover
opened(struct bench *b, const char *id)
{
	struct handover h;

	assert_int_equal(handover_open(&b->f, &b->a, id, "Firefox, Windows",
			     &h),
	    OK);
	return h;
}

/* What the QR code says now, without the address before it. */
static const char *
code_of_now(struct bench *b, const struct handover *h)
{
	const char *url;
	int64_t changes_at;

	assert_int_equal(handover_url(&b->f, &b->a, h, &url, &changes_at), OK);
	assert_true(changes_at > clock_now());
	assert_true(changes_at <= clock_now() + HANDOVER_SLOT);
	const char *at = strstr(url, "/r#h.");
	assert_non_null(at);
	return at + strlen("/r#h.");
}

static enum err
claim(struct bench *b, const char *code, struct handover *h,
    const char **ticket)
{
	return handover_claim(&b->f, &b->a, code, "Safari, iPhone", h, ticket);
}

static struct handover
stands(struct bench *b, const char *id)
{
	struct handover h;

	assert_int_equal(handover_find(&b->f, &b->a, id, &h), OK);
	return h;
}

static void
a_phone_that_picks_the_number_goes_on(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_collecting(b), out;
	struct handover h = opened(b, r.id), seen;
	const char *ticket;

	assert_int_equal(claim(b, code_of_now(b, &h), &seen, &ticket), OK);
	assert_string_equal(seen.device, "Firefox, Windows");
	assert_int_equal(seen.created_at, h.created_at);
	seen = stands(b, r.id);
	assert_string_equal(seen.state, "asked");
	assert_string_equal(seen.phone, "Safari, iPhone");
	assert_int_equal(handover_pick(&b->f, &b->a, ticket, seen.number,
			     &out),
	    OK);
	assert_string_equal(out.id, r.id);
	assert_string_equal(stands(b, r.id).state, "taken");
	assert_int_equal(handover_pick(&b->f, &b->a, ticket, seen.number,
			     &out),
	    ERR_WRONG_STATE);
}

static void
three_different_numbers_are_offered_and_one_is_right(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_collecting(b);
	unsigned right_at[HANDOVER_CHOICES] = {0};

	for (int i = 0; i < 60; i++) {
		struct handover h = opened(b, r.id);
		unsigned n[3], found = 0;
		assert_int_equal(sscanf(h.choices, "%u %u %u", n, n + 1,
				     n + 2),
		    3);
		for (int j = 0; j < 3; j++) {
			assert_true(n[j] >= 10 && n[j] <= 99);
			assert_true(n[j] != n[(j + 1) % 3]);
			found += n[j] == h.number;
			right_at[j] += n[j] == h.number;
		}
		assert_int_equal(found, 1);
	}
	for (int j = 0; j < 3; j++)
		assert_true(right_at[j] > 0);
}

static void
a_wrong_number_ends_it_and_the_desktop_learns(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_collecting(b), out;
	struct handover h = opened(b, r.id), seen;
	const char *ticket;

	assert_int_equal(claim(b, code_of_now(b, &h), &seen, &ticket), OK);
	assert_int_equal(handover_pick(&b->f, &b->a, ticket,
			     h.number == 99 ? 98 : h.number + 1, &out),
	    ERR_DENIED);
	seen = stands(b, r.id);
	assert_string_equal(seen.state, "ended");
	assert_string_equal(seen.why, "wrong_number");
	assert_int_equal(handover_pick(&b->f, &b->a, ticket, h.number, &out),
	    ERR_WRONG_STATE);
	/* and a new one may be begun */
	assert_string_equal(opened(b, r.id).state, "open");
}

static void
what_a_phone_was_given_ends_when_it_is_taken_back(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_collecting(b), out;
	struct handover h = opened(b, r.id), seen;
	const char *ticket;

	assert_int_equal(handover_holds(&b->f, &b->a, r.id, h.generation),
	    ERR_HANDED_BACK);
	assert_int_equal(claim(b, code_of_now(b, &h), &seen, &ticket), OK);
	assert_int_equal(handover_holds(&b->f, &b->a, r.id, h.generation),
	    ERR_HANDED_BACK);
	assert_int_equal(handover_pick(&b->f, &b->a, ticket, h.number, &out),
	    OK);
	assert_int_equal(handover_holds(&b->f, &b->a, r.id, h.generation),
	    OK);
	assert_int_equal(handover_end(&b->f, &b->a, r.id, &seen), OK);
	assert_string_equal(seen.state, "ended");
	assert_string_equal(seen.why, "taken_back");
	assert_int_equal(handover_holds(&b->f, &b->a, r.id, h.generation),
	    ERR_HANDED_BACK);
}

/* The first phone is not let in again by the number of the second. */
static void
another_offer_ends_what_the_phone_before_was_given(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_collecting(b), out;
	struct handover first = opened(b, r.id), second, seen;
	const char *ticket;

	assert_int_equal(claim(b, code_of_now(b, &first), &seen, &ticket),
	    OK);
	assert_int_equal(handover_pick(&b->f, &b->a, ticket, first.number,
			     &out),
	    OK);
	second = opened(b, r.id);
	assert_int_equal(claim(b, code_of_now(b, &second), &seen, &ticket),
	    OK);
	assert_int_equal(handover_pick(&b->f, &b->a, ticket, second.number,
			     &out),
	    OK);
	assert_int_equal(handover_holds(&b->f, &b->a, r.id,
			     second.generation),
	    OK);
	assert_int_equal(handover_holds(&b->f, &b->a, r.id,
			     first.generation),
	    ERR_HANDED_BACK);
}

static void
a_phone_may_decline(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_collecting(b), out;
	struct handover h = opened(b, r.id), seen;
	const char *ticket;

	assert_int_equal(claim(b, code_of_now(b, &h), &seen, &ticket), OK);
	assert_int_equal(handover_pick(&b->f, &b->a, ticket, 0, &out),
	    ERR_DENIED);
	assert_string_equal(stands(b, r.id).why, "declined");
}

static void
a_code_works_once(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_collecting(b);
	struct handover h = opened(b, r.id), seen;
	const char *code = code_of_now(b, &h), *ticket, *other;

	assert_int_equal(claim(b, code, &seen, &ticket), OK);
	assert_int_equal(claim(b, code, &seen, &other), ERR_WRONG_STATE);
	/* and there is none while a phone is asked */
	seen = stands(b, r.id);
	int64_t at;
	assert_int_equal(handover_url(&b->f, &b->a, &seen, &other, &at),
	    ERR_WRONG_STATE);
}

static void
a_code_changes_and_the_old_one_soon_ends(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_collecting(b);
	const char *first, *second, *ticket;
	struct handover h, seen;

	clock_set(clock_now() / HANDOVER_SLOT * HANDOVER_SLOT);
	h = opened(b, r.id);
	first = code_of_now(b, &h);
	clock_set(clock_now() + HANDOVER_SLOT - 1);
	assert_string_equal(code_of_now(b, &h), first);
	clock_set(clock_now() + 1);
	second = code_of_now(b, &h);
	assert_string_not_equal(second, first);
	clock_set(clock_now() + HANDOVER_LATE);
	assert_int_equal(claim(b, first, &seen, &ticket), ERR_EXPIRED);
	assert_int_equal(claim(b, second, &seen, &ticket), OK);
}

static void
a_code_that_was_just_scanned_still_works(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_collecting(b);
	struct handover h, seen;
	const char *first, *ticket;

	clock_set(clock_now() / HANDOVER_SLOT * HANDOVER_SLOT);
	h = opened(b, r.id);
	first = code_of_now(b, &h);
	clock_set(clock_now() + HANDOVER_SLOT + HANDOVER_LATE - 1);
	assert_int_equal(claim(b, first, &seen, &ticket), OK);
}

static void
codes_that_are_not_ours_are_not_found(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_collecting(b), out;
	struct handover h = opened(b, r.id), seen;
	char *forged = arena_text(&b->a, code_of_now(b, &h));
	struct handover_token t;
	const char *ticket;

	assert_int_equal(claim(b, "", &seen, &ticket), ERR_NOT_FOUND);
	assert_int_equal(claim(b, "nonsense", &seen, &ticket), ERR_NOT_FOUND);
	size_t size = strlen(forged);
	forged[size - 2] = forged[size - 2] == 'A' ? 'B' : 'A';
	assert_int_equal(claim(b, forged, &seen, &ticket), ERR_NOT_FOUND);
	/* a code is no ticket, and a ticket no code */
	assert_int_equal(handover_token_parse(code_of_now(b, &h), &t), OK);
	char text[HANDOVER_TOKEN_SIZE];
	handover_token_format(&b->keys, HANDOVER_TICKET, &t, r.generation,
	    text);
	assert_int_equal(claim(b, text, &seen, &ticket), ERR_NOT_FOUND);
	assert_int_equal(handover_pick(&b->f, &b->a, code_of_now(b, &h),
			     h.number, &out),
	    ERR_NOT_FOUND);
}

static void
a_new_offer_ends_the_one_before(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_collecting(b);
	struct handover h = opened(b, r.id), seen;
	const char *first = code_of_now(b, &h), *ticket;

	h = opened(b, r.id);
	assert_int_equal(claim(b, first, &seen, &ticket), ERR_EXPIRED);
	assert_int_equal(claim(b, code_of_now(b, &h), &seen, &ticket), OK);
	opened(b, r.id);
	struct registration out;
	assert_int_equal(handover_pick(&b->f, &b->a, ticket, h.number, &out),
	    ERR_EXPIRED);
}

static void
a_new_link_ends_codes_of_the_old_one(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_collecting(b);
	struct handover h = opened(b, r.id), seen;
	const char *code = code_of_now(b, &h), *ticket;

	assert_int_equal(registration_new_link(&b->f, &b->a, &bench_member,
			     r.id, &r),
	    OK);
	assert_int_equal(claim(b, code, &seen, &ticket), ERR_NOT_FOUND);
}

static void
an_offer_ends_by_time_and_by_hand(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_collecting(b), out;
	struct handover h = opened(b, r.id), seen;
	const char *code = code_of_now(b, &h), *ticket;

	assert_int_equal(handover_end(&b->f, &b->a, r.id, &seen), OK);
	assert_string_equal(seen.why, "ended");
	assert_int_equal(claim(b, code, &seen, &ticket), ERR_WRONG_STATE);
	h = opened(b, r.id);
	assert_int_equal(claim(b, code_of_now(b, &h), &seen, &ticket), OK);
	clock_set(clock_now() + HANDOVER_PICK);
	assert_int_equal(handover_pick(&b->f, &b->a, ticket, h.number, &out),
	    ERR_EXPIRED);
	assert_string_equal(stands(b, r.id).state, "ended");
	assert_string_equal(stands(b, r.id).why, "expired");
	h = opened(b, r.id);
	clock_set(clock_now() + HANDOVER_LIFE);
	assert_string_equal(stands(b, r.id).why, "expired");
}

static void
there_is_nothing_to_hand_over_before_and_after_collecting(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_opened(b);
	struct handover h;

	assert_int_equal(handover_open(&b->f, &b->a, r.id, "", &h),
	    ERR_WRONG_STATE);
	assert_int_equal(handover_find(&b->f, &b->a, r.id, &h),
	    ERR_NOT_FOUND);
	b->email = "otto@example.org";
	r = bench_collecting(b);
	h = opened(b, r.id);
	const char *code = code_of_now(b, &h), *ticket;
	assert_int_equal(registration_cancel(&b->f, &b->a, &bench_member,
			     r.id, &r),
	    OK);
	assert_int_equal(claim(b, code, &h, &ticket), ERR_WRONG_STATE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    BENCH(a_phone_that_picks_the_number_goes_on),
	    BENCH(three_different_numbers_are_offered_and_one_is_right),
	    BENCH(a_wrong_number_ends_it_and_the_desktop_learns),
	    BENCH(what_a_phone_was_given_ends_when_it_is_taken_back),
	    BENCH(another_offer_ends_what_the_phone_before_was_given),
	    BENCH(a_phone_may_decline),
	    BENCH(a_code_works_once),
	    BENCH(a_code_changes_and_the_old_one_soon_ends),
	    BENCH(a_code_that_was_just_scanned_still_works),
	    BENCH(codes_that_are_not_ours_are_not_found),
	    BENCH(a_new_offer_ends_the_one_before),
	    BENCH(a_new_link_ends_codes_of_the_old_one),
	    BENCH(an_offer_ends_by_time_and_by_hand),
	    BENCH(there_is_nothing_to_hand_over_before_and_after_collecting),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
