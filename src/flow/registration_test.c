#include "flow/fixture.h"

#include "base/clock.h"
#include "flow/link.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

static enum err
create(struct bench *b, const struct registration_request *q)
{
	struct registration r;

	return registration_create(&b->f, &b->a, &bench_member, q, &r);
}

static void
a_request_becomes_a_registration_with_an_invitation(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_create(b);
	int64_t entries;

	assert_string_equal(r.state, "created");
	assert_string_equal(r.requested_by_name, "Ida");
	assert_int_equal(r.expires_at, BENCH_NOW + 7 * DAY);
	assert_string_equal(r.language, "fr");
	assert_int_equal(strlen(r.person_serial), 26);
	assert_int_equal(bench_mails(b, r.id, "invitation"), 1);
	assert_string_equal(bench_step(b, r.id, STEP_name), "todo");
	assert_string_equal(bench_step(b, r.id, STEP_proof_of_life), "skipped");
	assert_string_equal(bench_step(b, r.id, STEP_pin), "skipped");
	assert_int_equal(audit_verify(b->f.store, 0, NULL, &entries), OK);
	assert_int_equal(entries, 1);
}

static void
bad_fields_are_refused_by_name(void **state)
{
	static const struct {
		const char *field, *email, *level, *name, *name_type, *phone;
		const char *phone_type, *language, *redirect;
	} bad[] = {
	    {"applicant", "no address", "lcp", "", "", "", "", "", ""},
	    {"applicant", "a@example.org\nBcc: b", "lcp", "", "", "", "", "",
		""},
	    {"level", "a@example.org", "gold", "", "", "", "", "", ""},
	    {"fullname", "a@example.org", "lcp", "R2 D2\x01", "", "", "", "",
		""},
	    {"fullname", "a@example.org", "lcp", "\xff\xfe", "", "", "", "",
		""},
	    {"fullname_type", "a@example.org", "lcp", "", "suggestion", "", "",
		"", ""},
	    {"fullname_type", "a@example.org", "lcp", "Zoé", "maybe", "", "",
		"", ""},
	    {"phone_number", "a@example.org", "lcp", "", "", "12", "", "", ""},
	    {"phone_number_type", "a@example.org", "lcp", "", "", "", "x", "",
		""},
	    {"language", "a@example.org", "lcp", "", "", "", "", "tlh", ""},
	    {"redirect_url", "a@example.org", "lcp", "", "", "", "", "",
		"https://evil.example"},
	    {"redirect_url", "a@example.org", "lcp", "", "", "", "", "",
		"https://example.org@evil.example/"},
	    {"redirect_url", "a@example.org", "lcp", "", "", "", "", "",
		"javascript:alert(1)"},
	    {"redirect_url", "a@example.org", "lcp", "", "", "", "", "",
		"https://example.org.evil.example/"},
	};
	struct bench *b = *state;

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		struct registration_request q = bench_request(bad[i].email);
		q.level = bad[i].level;
		q.fullname = bad[i].name;
		q.fullname_type = bad[i].name_type;
		q.phone = bad[i].phone;
		q.phone_type = bad[i].phone_type;
		q.language = bad[i].language;
		q.redirect_url = bad[i].redirect;
		assert_int_equal(create(b, &q), ERR_INVALID);
		assert_string_equal(err_field(), bad[i].field);
	}
	struct registration_request good = bench_request("a@example.org");
	good.redirect_url = "https://example.org/back?x=1";
	good.fullname = "Zoé Åsa";
	good.phone = "+33 6 12 34 56 78";
	assert_int_equal(create(b, &good), OK);
}

static void
the_upper_levels_need_a_feature_of_their_own(void **state)
{
	struct bench *b = *state;
	struct registration_request q = bench_request("a@example.org");

	q.level = "qcp";
	assert_int_equal(feature_set(b->f.store, "wsp_a", "qualified_levels",
			     false, BENCH_NOW),
	    OK);
	assert_int_equal(create(b, &q), ERR_FEATURE_DISABLED);
	q.level = "lcp";
	assert_int_equal(create(b, &q), OK);
}

static void
nothing_is_made_while_the_feature_is_off(void **state)
{
	struct bench *b = *state;
	struct registration_request q = bench_request(BENCH_EMAIL);

	assert_int_equal(feature_set(b->f.store, "wsp_a",
			     "certificate_creation", false, 1),
	    OK);
	assert_int_equal(create(b, &q), ERR_FEATURE_DISABLED);
	q.workspace = "wsp_none";
	assert_int_equal(create(b, &q), ERR_NOT_FOUND);
}

static void
a_second_request_is_told_of_the_first(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_create(b);
	struct registration_request q = bench_request("ZOE@Example.ORG");

	assert_int_equal(create(b, &q), ERR_REGISTRATION_PENDING);
	assert_string_equal(err_field(), r.id);
	clock_set(r.expires_at);
	assert_int_equal(create(b, &q), OK);
	assert_string_equal(bench_state(b, r.id), "expired");
}

struct racer {
	struct flow f;
	pthread_barrier_t *start;
	enum err result;
};

static void *
race(void *argument)
{
	struct registration_request q = bench_request(BENCH_EMAIL);
	AUTO(arena_clear) struct arena a;
	struct racer *racer = argument;
	struct registration r;

	arena_init(&a, (size_t)1 << 24);
	pthread_barrier_wait(racer->start);
	racer->result =
	    registration_create(&racer->f, &a, &bench_member, &q, &r);
	return NULL;
}

static void
two_requests_at_the_same_instant_end_in_one(void **state)
{
	struct bench *b = *state;
	struct registration *rows;
	struct racer racers[2];
	pthread_t threads[2];
	pthread_barrier_t start;
	size_t count;

	for (int round = 0; round < 10; round++) {
		pthread_barrier_init(&start, NULL, 2);
		for (int i = 0; i < 2; i++) {
			racers[i] = (struct racer){bench_second(b), &start, OK};
			assert_int_equal(pthread_create(&threads[i], NULL,
					     race, &racers[i]),
			    0);
		}
		for (int i = 0; i < 2; i++) {
			pthread_join(threads[i], NULL);
			store_close(racers[i].f.store);
		}
		pthread_barrier_destroy(&start);
		assert_true((racers[0].result == OK) !=
		    (racers[1].result == OK));
		assert_int_equal(
		    racers[racers[0].result == OK].result,
		    ERR_REGISTRATION_PENDING);
		clock_set(clock_now() + 7 * DAY);
		assert_int_equal(registration_expire_due(&b->f, &b->a, &count),
		    OK);
		assert_int_equal(count, 1);
	}
	assert_int_equal(registration_due(b->f.store, &b->a, clock_now(), 0, 0,
			     &rows, &count),
	    OK);
	assert_int_equal(count, 0);
}

static void
save_certificate(struct bench *b, const char *registration, int64_t not_after)
{
	const struct certificate c = {.id = "crt_1",
	    .registration = registration,
	    .workspace = "wsp_a",
	    .level = "lcp",
	    .rank = 1,
	    .issuer = "issuing-lcp",
	    .serial = "0102",
	    .fullname = "Zoé-Åsa Lindqvist",
	    .name_folded = "zoe asa lindqvist",
	    .email = BENCH_EMAIL,
	    .email_folded = BENCH_EMAIL,
	    .phone = "+33612345678",
	    .person_serial = "x",
	    .not_before = 1,
	    .not_after = not_after,
	    .der = SPAN("der", 3),
	    .fingerprint = "f"};

	assert_int_equal(certificate_save(b->f.store, &c), OK);
}

static void
an_existing_certificate_blocks_until_its_last_month(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_create(b);
	struct registration_request q = bench_request("ZOE@example.org");
	struct audit_entry *entries;
	size_t count;

	assert_int_equal(registration_cancel(&b->f, &b->a, &bench_member, r.id,
			     &r),
	    OK);
	save_certificate(b, r.id, BENCH_NOW + 30 * DAY + 1);
	assert_int_equal(create(b, &q), ERR_CERTIFICATE_EXISTS);
	assert_int_equal(audit_of(b->f.store, &b->a, "wsp_a", &entries,
			     &count),
	    OK);
	assert_int_equal(count, 1);
	assert_string_equal(entries[0].act,
	    "registration.certificate_exists");
	clock_set(BENCH_NOW + 1);
	assert_int_equal(create(b, &q), OK);
}

static void
a_prerequisite_that_differs_is_another_certificate(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_create(b);
	struct registration_request q = bench_request(BENCH_EMAIL);

	assert_int_equal(registration_cancel(&b->f, &b->a, &bench_member, r.id,
			     &r),
	    OK);
	save_certificate(b, r.id, BENCH_NOW + 300 * DAY);
	q.fullname = "ZOE  ASA LIND-QVIST";
	q.fullname_type = "prerequisite";
	assert_int_equal(create(b, &q), ERR_CERTIFICATE_EXISTS);
	q.fullname = "Zoé Other";
	q.fullname_type = "suggestion";
	assert_int_equal(create(b, &q), ERR_CERTIFICATE_EXISTS);
	q.phone = "+33600000000";
	q.phone_type = "prerequisite";
	assert_int_equal(create(b, &q), OK);
}

static void
it_expires_to_the_millisecond_and_says_so(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_create(b), now;

	clock_set(r.expires_at - 1);
	assert_int_equal(registration_current(&b->f, &b->a, r.id, &now), OK);
	assert_string_equal(now.state, "created");
	clock_set(r.expires_at);
	assert_int_equal(journey_open(&b->f, &b->a, r.id, true, &now),
	    ERR_EXPIRED);
	assert_string_equal(bench_state(b, r.id), "expired");
	assert_int_equal(bench_mails(b, r.id, "expired"), 1);
	assert_int_equal(bench_mails(b, r.id, "expired_requester"), 1);
	assert_int_equal(journey_open(&b->f, &b->a, r.id, true, &now),
	    ERR_EXPIRED);
	assert_int_equal(bench_mails(b, r.id, "expired"), 1);
}

static void
it_is_cancelled_once_and_not_after_its_end(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_opened(b);

	assert_int_equal(registration_cancel(&b->f, &b->a, &bench_member, r.id,
			     &r),
	    OK);
	assert_string_equal(r.state, "cancelled");
	assert_int_equal(bench_mails(b, r.id, "cancelled"), 1);
	assert_int_equal(registration_cancel(&b->f, &b->a, &bench_member, r.id,
			     &r),
	    ERR_WRONG_STATE);
	assert_int_equal(journey_name(&b->f, &b->a, r.id, true, "Zoé", &r),
	    ERR_WRONG_STATE);
	assert_int_equal(registration_cancel(&b->f, &b->a, &bench_member,
			     "reg_none", &r),
	    ERR_NOT_FOUND);
}

static const char *
token_of(const char *link)
{
	return strchr(link, '#') + 1;
}

static void
a_link_finds_its_registration_and_no_other(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_create(b), found;
	const char *link, *mailed_link;
	char token[LINK_TOKEN_SIZE];
	bool mailed;

	assert_int_equal(registration_link(&b->f, &b->a, &r, &link), OK);
	assert_int_equal(registration_mailed_link(&b->f, &b->a, &r,
			     &mailed_link),
	    OK);
	assert_string_not_equal(link, mailed_link);
	assert_int_equal(registration_by_token(&b->f, &b->a, token_of(link),
			     &mailed, &found),
	    OK);
	assert_false(mailed);
	assert_string_equal(found.id, r.id);
	assert_int_equal(registration_by_token(&b->f, &b->a,
			     token_of(mailed_link), &mailed, &found),
	    OK);
	assert_true(mailed);
	snprintf(token, sizeof(token), "%s", token_of(link));
	for (size_t i = 0; token[i]; i++) {
		char kept = token[i];
		token[i] = kept == 'A' ? 'B' : 'A';
		assert_int_equal(registration_by_token(&b->f, &b->a, token,
				     &mailed, &found),
		    ERR_NOT_FOUND);
		token[i] = kept;
	}
	assert_int_equal(registration_by_token(&b->f, &b->a, "", &mailed,
			     &found),
	    ERR_NOT_FOUND);
}

static void
a_new_link_ends_the_old_one(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_create(b), found;
	const char *old;
	bool mailed;

	assert_int_equal(registration_link(&b->f, &b->a, &r, &old), OK);
	assert_int_equal(registration_new_link(&b->f, &b->a, &bench_member,
			     r.id, &r),
	    OK);
	assert_int_equal(registration_by_token(&b->f, &b->a, token_of(old),
			     &mailed, &found),
	    ERR_NOT_FOUND);
}

static void
reminders_come_on_request_and_once_by_themselves(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_create(b);
	size_t count;

	assert_int_equal(registration_remind(&b->f, &b->a, &bench_member, r.id,
			     &r),
	    OK);
	assert_int_equal(registration_remind(&b->f, &b->a, &bench_member, r.id,
			     &r),
	    ERR_TOO_MANY);
	assert_int_equal(bench_mails(b, r.id, "reminder"), 1);
	clock_set(r.expires_at - DAY - 1);
	assert_int_equal(registration_remind_due(&b->f, &b->a, &count), OK);
	assert_int_equal(count, 0);
	clock_set(r.expires_at - DAY);
	assert_int_equal(registration_remind_due(&b->f, &b->a, &count), OK);
	assert_int_equal(count, 1);
	assert_int_equal(registration_remind_due(&b->f, &b->a, &count), OK);
	assert_int_equal(count, 0);
	assert_int_equal(bench_mails(b, r.id, "reminder"), 2);
}

static void
who_never_heard_of_us_is_not_told_that_it_is_over(void **state)
{
	struct bench *b = *state;
	struct registration_request q = bench_request(BENCH_EMAIL);
	struct registration r;

	assert_int_equal(registration_create(&b->f, &b->a, &bench_member, &q,
			     &r),
	    OK);
	assert_int_equal(bench_mails(b, r.id, "invitation"), 0);
	assert_int_equal(registration_cancel(&b->f, &b->a, &bench_member, r.id,
			     &r),
	    OK);
	assert_int_equal(bench_mails(b, r.id, "cancelled"), 0);
}

static void
a_revocation_code_is_always_the_same(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_create(b);
	const char *one, *two;

	assert_int_equal(registration_revocation_code(&b->f, &b->a, &r, &one),
	    OK);
	assert_int_equal(registration_revocation_code(&b->f, &b->a, &r, &two),
	    OK);
	assert_string_equal(one, two);
	assert_int_equal(strlen(one), 12);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    BENCH(a_request_becomes_a_registration_with_an_invitation),
	    BENCH(bad_fields_are_refused_by_name),
	    BENCH(the_upper_levels_need_a_feature_of_their_own),
	    BENCH(nothing_is_made_while_the_feature_is_off),
	    BENCH(a_second_request_is_told_of_the_first),
	    BENCH(two_requests_at_the_same_instant_end_in_one),
	    BENCH(an_existing_certificate_blocks_until_its_last_month),
	    BENCH(a_prerequisite_that_differs_is_another_certificate),
	    BENCH(it_expires_to_the_millisecond_and_says_so),
	    BENCH(it_is_cancelled_once_and_not_after_its_end),
	    BENCH(a_link_finds_its_registration_and_no_other),
	    BENCH(a_new_link_ends_the_old_one),
	    BENCH(reminders_come_on_request_and_once_by_themselves),
	    BENCH(who_never_heard_of_us_is_not_told_that_it_is_over),
	    BENCH(a_revocation_code_is_always_the_same),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
