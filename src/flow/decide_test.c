#include "flow/fixture.h"

#include "flow/decide_attempt.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#define F &b->f, &b->a

static struct findings
spoiled(enum finding_name name, double value)
{
	struct findings f = bench_good_findings();

	fixture_number(&f, name, value);
	return f;
}

/* Too young: strong, and no retake mends it. */
static struct findings
of_a_child(void)
{
	struct fixture f;

	fixture_passport(&f);
	fixture_zone(&f, "FRA", "24AB12345", "150713", "300211",
	    "LINDQVIST<<ZOE<ASA");
	fixture_text(&f.front, FINDING_printed_birth_date, "2015-07-13", 0.9);
	return f.front;
}

static void
a_good_passport_is_approved_in_a_test_workspace(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_approved(b);

	assert_string_equal(r.given_names, "Zoé Åsa");
	assert_string_equal(r.surname, "Lindqvist");
	assert_string_equal(r.nationality, "FR");
	assert_string_equal(bench_step(b, r.id, STEP_document), "done");
	assert_string_equal(bench_step(b, r.id, STEP_review), "skipped");
	assert_string_equal(bench_step(b, r.id, STEP_confirm), "doing");
	assert_int_equal(bench_mails(b, r.id, "approved"), 1);
}

static void
elsewhere_a_person_decides(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_collecting(b);
	struct findings good = bench_good_findings();

	bench_test_workspace(b, false, "never");
	r = bench_checked(b, r.id, &good);
	assert_string_equal(r.state, "in_review");
	assert_string_equal(bench_step(b, r.id, STEP_review), "doing");
	assert_int_equal(bench_mails(b, r.id, "review"), 1);
	assert_string_equal(bench_review(b, 0, r.id, OPERATOR_APPROVE, ""),
	    "approved");
	assert_int_equal(registration_load(b->f.store, &b->a, r.id, &r), OK);
	assert_string_equal(r.state, "approved");
	assert_string_equal(r.surname, "Lindqvist");
	assert_string_equal(bench_step(b, r.id, STEP_review), "done");
}

/* A passport may name a state that no certificate can (N17). */
static void
a_country_that_cannot_be_certified_is_an_operators(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_collecting(b);
	struct findings good = bench_good_findings();

	const struct finding *zone =
	    findings_find(&good, FINDING_mrz_line_2);
	char line[64];

	bench_test_workspace(b, false, "on_doubt");
	/* no check digit is over the nationality */
	snprintf(line, sizeof(line), "%.10sRKS%s", zone->text,
	    zone->text + 13);
	fixture_text(&good, FINDING_mrz_line_2, line, 1);
	r = bench_checked(b, r.id, &good);
	assert_string_equal(r.state, "in_review");
}

static void
always_means_always(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_collecting(b);
	struct findings good = bench_good_findings();

	bench_test_workspace(b, true, "always");
	r = bench_checked(b, r.id, &good);
	assert_string_equal(r.state, "in_review");
}

static void
a_bad_picture_is_turned_back_and_costs_nothing(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_collecting(b);
	struct findings blurred = spoiled(FINDING_quality_blur, 1.1);
	struct evidence e = bench_picture(b, r.id, &blurred);

	assert_string_equal(e.state, "retake");
	assert_string_equal(e.reasons, "blurred");
	assert_int_equal(journey_complete(F, r.id, &r), ERR_WRONG_STATE);
	e = bench_picture(b, r.id, NULL);
	assert_string_equal(e.state, "retake");
	assert_string_equal(e.reasons, "bad_file");
	assert_int_equal(registration_load(b->f.store, &b->a, r.id, &r), OK);
	assert_int_equal(r.attempt, 1);
	assert_int_equal(r.turned_back, 2);
}

/* The first picture of a card, which is to be its front. */
static struct evidence
front_of_a_card(struct bench *b, const char *id, const struct findings *f)
{
	static const uint8_t png[] = "\x89PNG\r\n\x1a\n and so on";
	struct registration r;
	struct evidence e;

	assert_int_equal(journey_document(F, id, "FRA", "identity_card", &r),
	    OK);
	assert_int_equal(journey_picture(F, id, "front",
			     SPAN(png, sizeof(png)), &e),
	    OK);
	assert_int_equal(decide_picture(F, e.id, f, NULL), OK);
	assert_int_equal(evidence_load(b->f.store, &b->a, e.id, &e), OK);
	return e;
}

static void
a_back_given_as_the_front_is_turned_back(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_collecting(b);
	struct fixture f;

	fixture_card(&f);
	struct evidence e = front_of_a_card(b, r.id, &f.back);
	assert_string_equal(e.state, "retake");
	assert_string_equal(e.reasons, "other_side");
	e = front_of_a_card(b, r.id, &f.front);
	assert_string_equal(e.state, "read");
	assert_string_equal(e.reasons, "");
}

/* The network alone turns nothing back, nor does a zone on its own. */
static void
a_back_is_not_turned_back_by_the_network_or_the_zone_alone(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_collecting(b);
	struct fixture f;

	fixture_card(&f);
	fixture_text(&f.front, FINDING_kind_seen, "card_back", 1);
	assert_string_equal(front_of_a_card(b, r.id, &f.front).state, "read");
	fixture_text(&f.back, FINDING_kind_seen, "card_back", 0.6);
	assert_string_equal(front_of_a_card(b, r.id, &f.back).state, "read");
	fixture_text(&f.back, FINDING_kind_seen, "card_front", 1);
	assert_string_equal(front_of_a_card(b, r.id, &f.back).state, "read");
	fixture_french(&f, "9706", "900713");
	fixture_text(&f.front, FINDING_kind_seen, "card_back", 1);
	assert_string_equal(front_of_a_card(b, r.id, &f.front).state, "read");
}

static void
the_twenty_first_bad_picture_is_taken_as_it_is(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_collecting(b);
	struct findings blurred = spoiled(FINDING_quality_blur, 1.1);

	for (int i = 0; i < TURNED_BACK_MAX; i++)
		assert_string_equal(bench_picture(b, r.id, &blurred).state,
		    "retake");
	r = bench_checked(b, r.id, &blurred);
	assert_string_equal(r.state, "action_required");
	assert_int_equal(r.attempt, 2);
}

static void
three_attempts_then_refusal_then_a_person(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_collecting(b);
	struct findings other = bench_of_another();

	for (int attempt = 1; attempt < ATTEMPTS_MAX; attempt++) {
		r = bench_checked(b, r.id, &other);
		assert_string_equal(r.state, "action_required");
		assert_int_equal(r.attempt, attempt + 1);
	}
	assert_int_equal(bench_mails(b, r.id, "redo"), 2);
	r = bench_checked(b, r.id, &other);
	assert_string_equal(r.state, "refused");
	assert_string_equal(bench_step(b, r.id, STEP_document), "failed");
	assert_int_equal(bench_mails(b, r.id, "refused"), 1);
	assert_int_equal(journey_ask_a_person(F, r.id, &r), OK);
	assert_string_equal(r.state, "in_review");
	assert_true(r.asked_a_person);
	bench_review(b, 0, r.id, OPERATOR_REFUSE, "name_differs");
	assert_int_equal(journey_ask_a_person(F, r.id, &r), ERR_WRONG_STATE);
}

static void
what_no_retake_mends_is_refused_at_once(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_collecting(b);
	struct findings child = of_a_child();
	struct step *steps;
	size_t count;

	r = bench_checked(b, r.id, &child);
	assert_string_equal(r.state, "refused");
	assert_int_equal(step_list(b->f.store, &b->a, r.id, &steps, &count),
	    OK);
	assert_non_null(strstr(steps[STEP_document].reasons, "too_young"));
	assert_int_equal(steps[STEP_document].attempts, 1);
}

static void
a_person_is_asked_within_a_week_and_not_beside_a_new_request(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_collecting(b), other;
	struct findings child = of_a_child();

	r = bench_checked(b, r.id, &child);
	other = bench_create(b);
	assert_int_equal(journey_ask_a_person(F, r.id, &r),
	    ERR_REGISTRATION_PENDING);
	assert_string_equal(err_field(), other.id);
	assert_int_equal(registration_cancel(F, &bench_member, other.id,
			     &other),
	    OK);
	clock_set(BENCH_NOW + 7 * DAY);
	assert_int_equal(journey_ask_a_person(F, r.id, &r), ERR_EXPIRED);
	clock_set(BENCH_NOW + 7 * DAY - 1);
	assert_int_equal(journey_ask_a_person(F, r.id, &r), OK);
	clock_set(BENCH_NOW + 10 * DAY - 1);
	assert_int_equal(registration_current(F, r.id, &r), OK);
	assert_string_equal(r.state, "in_review");
	clock_set(BENCH_NOW + 10 * DAY);
	assert_int_equal(registration_current(F, r.id, &r), OK);
	assert_string_equal(r.state, "expired");
}

static void
an_operator_asks_again_before_expiry_and_it_comes_back(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_collecting(b);
	struct findings good = bench_good_findings();

	bench_test_workspace(b, true, "always");
	r = bench_checked(b, r.id, &good);
	bench_review(b, 0, r.id, OPERATOR_REDO, "blurred");
	assert_string_equal(bench_state(b, r.id), "action_required");
	bench_test_workspace(b, true, "never");
	r = bench_checked(b, r.id, &good);
	assert_string_equal(r.state, "in_review");
	clock_set(r.expires_at);
	struct prover by = bench_prover(0);
	const char *outcome;
	bench_opinion(b, &by, r.id);
	assert_int_equal(bench_answer(b, &by, r.id, OPERATOR_REDO, "blurred",
			     "", &outcome),
	    ERR_EXPIRED);
	assert_string_equal(bench_state(b, r.id), "in_review");
}

static void
a_mistyped_name_is_corrected_without_new_pictures(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_collecting(b);
	struct findings other = bench_of_another();

	r = bench_checked(b, r.id, &other);
	assert_string_equal(r.state, "action_required");
	assert_string_equal(bench_step(b, r.id, STEP_name), "doing");
	assert_int_equal(journey_name(F, r.id, true, BENCH_NAME, &r),
	    ERR_INVALID);
	assert_int_equal(journey_name(F, r.id, false, "", &r),
	    ERR_WRONG_STATE);
	assert_int_equal(journey_name(F, r.id, true, "Else Somebody", &r),
	    OK);
	assert_string_equal(r.state, "checking");
	assert_int_equal(r.attempt, 2);
	assert_int_equal(decide_attempt(F, r.id, &r), OK);
	assert_string_equal(r.state, "approved");
	assert_string_equal(r.surname, "Somebody");
}

static void
who_gives_another_document_stands_by_the_name(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_collecting(b);
	struct findings other = bench_of_another(), good = bench_good_findings();

	bench_checked(b, r.id, &other);
	r = bench_checked(b, r.id, &good);
	assert_string_equal(bench_step(b, r.id, STEP_name), "done");
	assert_string_equal(r.state, "approved");
	assert_string_equal(r.surname, "Lindqvist");
}

static void
a_name_that_is_prerequisite_is_not_asked_again(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_collecting(b);
	struct findings other = bench_of_another();

	assert_int_equal(registration_load(b->f.store, &b->a, r.id, &r), OK);
	r.fullname_type = "prerequisite";
	assert_int_equal(registration_update(b->f.store, &r), OK);
	r = bench_checked(b, r.id, &other);
	assert_string_equal(r.state, "action_required");
	assert_string_equal(bench_step(b, r.id, STEP_name), "done");
	assert_int_equal(journey_name(F, r.id, true, "Else Somebody", &r),
	    ERR_WRONG_STATE);
}

static enum outcome
rule(struct ruling rule, enum verdict one, enum verdict two)
{
	const struct result results[] = {
	    {.check = CHECK_quality, .verdict = one, .reason = ""},
	    {.check = CHECK_adult, .verdict = two, .reason = ""}};
	const char *why;

	return ruling_decide(&rule, results, 2, &why);
}

static void
the_rule_is_the_table_of_the_product(void **state)
{
	const struct ruling plain = {.automatic = true, .attempts_left = 1};
	struct ruling r = plain;

	(void)state;
	assert_int_equal(rule(r, VERDICT_PASS, VERDICT_PASS), OUTCOME_APPROVE);
	assert_int_equal(rule(r, VERDICT_UNSURE, VERDICT_PASS),
	    OUTCOME_REVIEW);
	assert_int_equal(rule(r, VERDICT_WARN, VERDICT_PASS), OUTCOME_REVIEW);
	assert_int_equal(rule(r, VERDICT_FAIL, VERDICT_PASS), OUTCOME_RETAKE);
	assert_int_equal(rule(r, VERDICT_FAIL, VERDICT_FAIL), OUTCOME_REFUSE);
	r.attempts_left = 0;
	assert_int_equal(rule(r, VERDICT_FAIL, VERDICT_PASS), OUTCOME_REFUSE);
	r = plain;
	r.doubt_fails = true;
	assert_int_equal(rule(r, VERDICT_UNSURE, VERDICT_PASS),
	    OUTCOME_RETAKE);
	assert_int_equal(rule(r, VERDICT_PASS, VERDICT_UNSURE),
	    OUTCOME_REFUSE);
	r = plain;
	r.automatic = false;
	assert_int_equal(rule(r, VERDICT_PASS, VERDICT_PASS), OUTCOME_REVIEW);
	r = plain;
	r.seen_by_person = true;
	assert_int_equal(rule(r, VERDICT_FAIL, VERDICT_FAIL), OUTCOME_REVIEW);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    BENCH(a_good_passport_is_approved_in_a_test_workspace),
	    BENCH(elsewhere_a_person_decides),
	    BENCH(a_country_that_cannot_be_certified_is_an_operators),
	    BENCH(always_means_always),
	    BENCH(a_bad_picture_is_turned_back_and_costs_nothing),
	    BENCH(a_back_given_as_the_front_is_turned_back),
	    BENCH(a_back_is_not_turned_back_by_the_network_or_the_zone_alone),
	    BENCH(the_twenty_first_bad_picture_is_taken_as_it_is),
	    BENCH(three_attempts_then_refusal_then_a_person),
	    BENCH(what_no_retake_mends_is_refused_at_once),
	    BENCH(a_person_is_asked_within_a_week_and_not_beside_a_new_request),
	    BENCH(an_operator_asks_again_before_expiry_and_it_comes_back),
	    BENCH(a_mistyped_name_is_corrected_without_new_pictures),
	    BENCH(who_gives_another_document_stands_by_the_name),
	    BENCH(a_name_that_is_prerequisite_is_not_asked_again),
	    BENCH(the_rule_is_the_table_of_the_product),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
