#include "flow/fixture.h"

#include "flow/decide_attempt.h"
#include "flow/seen.h"

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

/* A zone that is not of the declared name: strong, mendable, not quality. */
static struct findings
of_another(void)
{
	struct fixture f;

	fixture_passport(&f);
	fixture_zone(&f, "FRA", "24AB12345", "900713", "300211",
	    "SOMEBODY<<ELSE");
	fixture_remove(&f.front, FINDING_printed_surname);
	fixture_remove(&f.front, FINDING_printed_given_names);
	return f.front;
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

static struct issued
certificate(void)
{
	return (struct issued){.seen = {1, "aa"}, .issuer = "issuing-lcp",
	    .serial = "0a0b",
	    .not_before = BENCH_NOW,
	    .not_after = BENCH_NOW + 1095 * DAY,
	    .der = SPAN("der", 3),
	    .key_blob = SPAN("key", 3),
	    .ocsp = SPAN("good", 4),
	    .ocsp_next_update = BENCH_NOW + DAY,
	    .person_serial = "psn"};
}

static struct registration
approved(struct bench *b)
{
	struct registration r = bench_collecting(b);
	struct findings good = bench_good_findings();

	r = bench_checked(b, r.id, &good);
	assert_string_equal(r.state, "approved");
	return r;
}

static void
a_good_passport_is_approved_in_a_test_workspace(void **state)
{
	struct bench *b = *state;
	struct registration r = approved(b);

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
	struct findings other = of_another();

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
contested_data_go_back_to_a_person(void **state)
{
	struct bench *b = *state;
	struct registration r = approved(b);

	assert_int_equal(journey_confirm(F, r.id, false, &r), OK);
	assert_string_equal(r.state, "in_review");
	bench_review(b, 0, r.id, OPERATOR_APPROVE, "");
	assert_string_equal(bench_step(b, r.id, STEP_confirm), "doing");
}

static void
confirmed_data_become_a_certificate_once(void **state)
{
	struct bench *b = *state;
	struct registration r = approved(b);
	struct issued i = certificate();
	struct certificate c, again;
	int64_t entries;

	assert_int_equal(decide_issued(F, r.id, &i, &c), ERR_WRONG_STATE);
	assert_int_equal(journey_confirm(F, r.id, true, &r), OK);
	assert_int_equal(journey_confirm(F, r.id, true, &r), OK);
	assert_int_equal(journey_confirm(F, r.id, false, &r),
	    ERR_WRONG_STATE);
	assert_true(bench_has_job(b, "issue", r.id));
	assert_int_equal(decide_issued(F, r.id, &i, &c), OK);
	assert_string_equal(bench_state(b, r.id), "issued");
	assert_string_equal(c.fullname, "Zoé Åsa Lindqvist");
	assert_int_equal(decide_issued(F, r.id, &i, &again), OK);
	assert_string_equal(again.id, c.id);
	i.serial = "ffff";
	assert_int_equal(decide_issued(F, r.id, &i, &again), ERR_CONFLICT);
	assert_int_equal(bench_mails(b, r.id, "issued"), 1);
	assert_int_equal(bench_mails(b, r.id, "issued_requester"), 1);
	assert_string_equal(bench_step(b, r.id, STEP_certificate), "done");
	assert_int_equal(audit_verify(b->f.store, 0, NULL, &entries), OK);
}

static void
what_is_approved_waits_a_week_and_what_is_confirmed_longer(void **state)
{
	struct bench *b = *state;
	struct registration r = approved(b);
	struct issued i = certificate();
	struct certificate c;
	size_t count;

	clock_set(BENCH_NOW + 7 * DAY - 1);
	assert_int_equal(journey_confirm(F, r.id, true, &r), OK);
	clock_set(BENCH_NOW + 8 * DAY);
	assert_int_equal(registration_expire_due(F, &count), OK);
	assert_int_equal(count, 0);
	assert_int_equal(decide_issued(F, r.id, &i, &c), OK);
	clock_set(BENCH_NOW);
	struct registration_request q = bench_request("other@example.org");
	assert_int_equal(registration_create(F, &bench_member, &q, &r), OK);
}

static void
a_revoked_certificate_is_no_longer_good_at_once(void **state)
{
	struct bench *b = *state;
	struct registration r = approved(b);
	struct issued i = certificate();
	struct certificate c;
	const struct ledger_point seen = {2, "bb"};
	struct ledger_seen known;
	struct span ocsp;
	int64_t next;

	assert_int_equal(journey_confirm(F, r.id, true, &r), OK);
	assert_int_equal(decide_issued(F, r.id, &i, &c), OK);
	assert_int_equal(ledger_seen_load(b->f.store, &b->a, &known), OK);
	assert_true(known.entries == 1);
	assert_int_equal(ocsp_load(b->f.store, &b->a, c.issuer, c.serial,
			     &ocsp, &next),
	    OK);
	assert_int_equal(decide_revoked(F, c.id, SPAN("r", 1), 1, &seen),
	    ERR_WRONG_STATE);
	assert_int_equal(decide_revoke(F, &bench_member, c.id, 6, &c),
	    ERR_INVALID);
	assert_int_equal(decide_revoke(F, &bench_member, c.id, 1, &c), OK);
	assert_int_equal(ocsp_load(b->f.store, &b->a, c.issuer, c.serial,
			     &ocsp, &next),
	    ERR_NOT_FOUND);
	assert_int_equal(decide_revoke(F, &bench_member, c.id, 1, &c),
	    ERR_WRONG_STATE);
	assert_int_equal(bench_mails(b, r.id, "revoked"), 1);
	assert_int_equal(decide_revoked(F, c.id, SPAN("r", 1), 1, &seen), OK);
	assert_int_equal(ledger_seen_load(b->f.store, &b->a, &known), OK);
	assert_true(known.entries == 2);
	assert_string_equal(known.head, "bb");
	assert_true(bench_has_job(b, "revoke", c.id));
	assert_true(bench_has_job(b, "crl", "issuing-lcp"));
}

static void
a_mistyped_name_is_corrected_without_new_pictures(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_collecting(b);
	struct findings other = of_another();

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
	struct findings other = of_another(), good = bench_good_findings();

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
	struct findings other = of_another();

	assert_int_equal(registration_load(b->f.store, &b->a, r.id, &r), OK);
	r.fullname_type = "prerequisite";
	assert_int_equal(registration_update(b->f.store, &r), OK);
	r = bench_checked(b, r.id, &other);
	assert_string_equal(r.state, "action_required");
	assert_string_equal(bench_step(b, r.id, STEP_name), "done");
	assert_int_equal(journey_name(F, r.id, true, "Else Somebody", &r),
	    ERR_WRONG_STATE);
}

static const char *
verdict_of(struct bench *b, const struct registration *r, const char *check)
{
	struct verdict_row *rows;
	size_t count;

	assert_int_equal(verdict_list(b->f.store, &b->a, r->id, r->attempt,
			     &rows, &count),
	    OK);
	for (size_t i = 0; i < count; i++)
		if (strcmp(rows[i].name, check) == 0)
			return rows[i].verdict;
	return "";
}

static void
what_was_shown_under_another_email_is_seen_again(void **state)
{
	struct bench *b = *state;
	struct registration first = approved(b);
	struct findings good = bench_good_findings();
	struct earlier *seen;
	size_t count;

	assert_string_equal(verdict_of(b, &first, "seen_before"), "pass");
	b->email = "other@example.org";
	struct registration second = bench_collecting(b);
	second = bench_checked(b, second.id, &good);
	assert_string_equal(verdict_of(b, &second, "seen_before"), "warn");
	assert_string_equal(second.state, "approved");
	assert_int_equal(seen_list(F, second.id, &seen, &count), OK);
	assert_int_equal(count, 2);
	for (size_t i = 0; i < count; i++)
		assert_string_equal(seen[i].registration, first.id);
	assert_string_equal(seen[0].kind, "document");
	assert_string_equal(seen[1].kind, "person");
}

static void
what_was_shown_under_the_same_email_is_no_warning(void **state)
{
	struct bench *b = *state;
	struct registration first = approved(b);
	struct findings good = bench_good_findings();
	struct issued i = certificate();
	struct certificate c;

	assert_int_equal(journey_confirm(F, first.id, true, &first), OK);
	assert_int_equal(decide_issued(F, first.id, &i, &c), OK);
	clock_set(BENCH_NOW + 1070 * DAY);
	struct registration second = bench_collecting(b);
	second = bench_checked(b, second.id, &good);
	assert_string_not_equal(second.id, first.id);
	assert_string_equal(verdict_of(b, &second, "seen_before"), "pass");
}

static void
a_picture_is_known_again_though_the_name_is_another(void **state)
{
	static const char one[] = "0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f"
				  "0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f",
			  near_it[] = "0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f"
				      "0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f1e";
	struct bench *b = *state;
	struct findings f = bench_good_findings(), other = of_another();
	struct earlier *seen;
	size_t count;

	fixture_text(&f, FINDING_imprint_picture, one, 1);
	struct registration first = bench_collecting(b);
	bench_checked(b, first.id, &f);
	b->email = "other@example.org";
	struct registration second = bench_collecting(b);
	fixture_text(&other, FINDING_imprint_picture, near_it, 1);
	bench_checked(b, second.id, &other);
	assert_int_equal(seen_list(F, second.id, &seen, &count), OK);
	assert_int_equal(count, 2); /* the number is the same as well */
	assert_string_equal(seen[0].kind, "document");
	assert_string_equal(seen[1].kind, "picture");
	assert_string_equal(seen[1].registration, first.id);
}

static void
a_misread_number_accuses_nobody(void **state)
{
	struct bench *b = *state;
	struct attempt *at = arena_get(&b->a, sizeof(*at));
	struct registration first = approved(b);
	struct act t = {0};

	b->email = "other@example.org";
	struct registration second = bench_collecting(b);
	struct findings good = bench_good_findings();
	bench_picture(b, second.id, &good);
	assert_int_equal(act_begin(F, second.id, &bench_clerk, &t), OK);
	assert_int_equal(attempt_load(&t, at), OK);
	at->dossier.mrz.bad_digits = 1;
	assert_int_equal(seen_note(&t, at), OK);
	assert_int_equal(at->dossier.seen.document, 0);
	at->dossier.mrz.bad_digits = 0;
	assert_int_equal(seen_note(&t, at), OK);
	assert_int_equal(at->dossier.seen.document, 1);
	act_end(&t);
	assert_string_not_equal(first.id, second.id);
}

static void
an_order_is_the_same_each_time_and_names_its_evidence(void **state)
{
	struct bench *b = *state;
	struct registration r = approved(b);
	struct digest d[2], e[2];
	char serial[2][64];

	for (int i = 0; i < 2; i++)
		assert_int_equal(decide_order_digests(F, &r, serial[i], 64,
				     &d[i], &e[i]),
		    OK);
	assert_string_equal(serial[0], serial[1]);
	assert_memory_equal(&d[0], &d[1], sizeof(d[0]));
	assert_memory_equal(&e[0], &e[1], sizeof(e[0]));
	r.surname = "Other";
	assert_int_equal(decide_order_digests(F, &r, serial[1], 64, &d[1],
			     &e[1]),
	    OK);
	assert_memory_not_equal(&d[0], &d[1], sizeof(d[0]));
	assert_int_equal(decide_order_digests(F, &r, serial[1], 8, &d[1],
			     &e[1]),
	    ERR_INTERNAL);
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
	    BENCH(always_means_always),
	    BENCH(a_bad_picture_is_turned_back_and_costs_nothing),
	    BENCH(a_back_given_as_the_front_is_turned_back),
	    BENCH(a_back_is_not_turned_back_by_the_network_or_the_zone_alone),
	    BENCH(the_twenty_first_bad_picture_is_taken_as_it_is),
	    BENCH(three_attempts_then_refusal_then_a_person),
	    BENCH(what_no_retake_mends_is_refused_at_once),
	    BENCH(a_person_is_asked_within_a_week_and_not_beside_a_new_request),
	    BENCH(an_operator_asks_again_before_expiry_and_it_comes_back),
	    BENCH(contested_data_go_back_to_a_person),
	    BENCH(confirmed_data_become_a_certificate_once),
	    BENCH(what_is_approved_waits_a_week_and_what_is_confirmed_longer),
	    BENCH(a_revoked_certificate_is_no_longer_good_at_once),
	    BENCH(a_mistyped_name_is_corrected_without_new_pictures),
	    BENCH(who_gives_another_document_stands_by_the_name),
	    BENCH(a_name_that_is_prerequisite_is_not_asked_again),
	    BENCH(what_was_shown_under_another_email_is_seen_again),
	    BENCH(what_was_shown_under_the_same_email_is_no_warning),
	    BENCH(a_picture_is_known_again_though_the_name_is_another),
	    BENCH(a_misread_number_accuses_nobody),
	    BENCH(an_order_is_the_same_each_time_and_names_its_evidence),
	    BENCH(the_rule_is_the_table_of_the_product),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
