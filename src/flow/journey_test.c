#include "flow/fixture.h"

#include "flow/terms.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#define F &b->f, &b->a

static const uint8_t png[] = "\x89PNG\r\n\x1a\n and so on";

static struct registration
create(struct bench *b, const char *name, const char *name_type,
    const char *phone, const char *phone_type)
{
	struct registration_request q = bench_request(BENCH_EMAIL);
	struct registration r;

	q.fullname = name;
	q.fullname_type = name_type;
	q.phone = phone;
	q.phone_type = phone_type;
	assert_int_equal(registration_create(F, &bench_member, &q, &r), OK);
	assert_int_equal(journey_open(F, r.id, false, &r), OK);
	return r;
}

static const char *
digits_of(struct bench *b, const char *id, const char *channel)
{
	char *digits = arena_get(&b->a, CODE_DIGITS + 1);
	struct code c;

	assert_int_equal(code_load(b->f.store, &b->a, id, channel, &c), OK);
	code_digits(&b->keys, &c, digits);
	return digits;
}

static void
only_the_mailed_link_proves_the_address(void **state)
{
	struct bench *b = *state;
	struct registration r = create(b, "", "", "", "");

	assert_string_equal(r.state, "opened");
	assert_string_equal(bench_step(b, r.id, STEP_email), "todo");
	assert_string_equal(bench_step(b, r.id, STEP_name), "doing");
	assert_int_equal(journey_open(F, r.id, true, &r), OK);
	assert_string_equal(bench_step(b, r.id, STEP_email), "done");
	assert_int_equal(journey_open(F, r.id, false, &r), OK);
	assert_string_equal(bench_step(b, r.id, STEP_email), "done");
}

static void
a_refused_name_ends_it_and_the_requester_is_told(void **state)
{
	struct bench *b = *state;
	struct registration r = create(b, "Zoé", "suggestion", "", "");

	assert_int_equal(journey_name(F, r.id, false, "", &r), OK);
	assert_string_equal(r.state, "declined");
	assert_int_equal(bench_mails(b, r.id, "declined"), 1);
	assert_int_equal(journey_name(F, r.id, true, "Zoé", &r),
	    ERR_WRONG_STATE);
}

static void
what_was_not_filled_in_cannot_be_refused(void **state)
{
	struct bench *b = *state;
	struct registration r = create(b, "", "", "", "");

	assert_int_equal(journey_name(F, r.id, false, "", &r),
	    ERR_WRONG_STATE);
	assert_int_equal(journey_name(F, r.id, true, "", &r), ERR_INVALID);
	assert_int_equal(journey_name(F, r.id, true, "1337", &r), ERR_INVALID);
	assert_int_equal(journey_name(F, r.id, true, " Zoé  Åsa ", &r), OK);
	assert_string_equal(r.fullname, "Zoé Åsa");
	assert_string_equal(r.name_folded, "zoe asa");
}

static void
a_prerequisite_is_not_edited_and_a_suggestion_is(void **state)
{
	struct bench *b = *state;
	struct registration r =
	    create(b, "Zoé Åsa", "prerequisite", "+33612345678",
		"prerequisite");

	assert_int_equal(journey_name(F, r.id, true, "Zoé", &r), ERR_INVALID);
	assert_string_equal(err_field(), "fullname");
	assert_int_equal(journey_name(F, r.id, true, "", &r), OK);
	assert_int_equal(journey_send_code(F, r.id, "phone", "+33600000000",
			     &r),
	    ERR_INVALID);
	assert_string_equal(err_field(), "phone_number");
	assert_int_equal(registration_cancel(F, &bench_member, r.id, &r), OK);
	r = create(b, "Zoé", "suggestion", "+33612345678", "suggestion");
	assert_int_equal(journey_name(F, r.id, true, "Zoé Åsa", &r), OK);
	assert_int_equal(journey_send_code(F, r.id, "phone", "0033600000000",
			     &r),
	    OK);
	assert_string_equal(r.phone, "+33600000000");
}

static void
five_wrong_codes_are_enough(void **state)
{
	struct bench *b = *state;
	struct registration r = create(b, "", "", "+33612345678", "");
	const char *right;

	assert_int_equal(journey_check_code(F, r.id, "phone", "000000", &r),
	    ERR_WRONG_STATE);
	assert_int_equal(journey_send_code(F, r.id, "phone", "", &r), OK);
	right = digits_of(b, r.id, "phone");
	const char *wrong = strcmp(right, "123456") ? "123456" : "654321";
	for (int i = 0; i < CODE_TRIES; i++) {
		assert_int_equal(journey_check_code(F, r.id, "phone", wrong,
				     &r),
		    ERR_INVALID);
		assert_string_equal(err_field(), "code");
	}
	assert_int_equal(journey_check_code(F, r.id, "phone", right, &r),
	    ERR_TOO_MANY);
	clock_set(BENCH_NOW + CODE_RESEND);
	assert_int_equal(journey_send_code(F, r.id, "phone", "", &r), OK);
	assert_int_equal(journey_check_code(F, r.id, "phone", right, &r),
	    ERR_INVALID);
	right = digits_of(b, r.id, "phone");
	assert_int_equal(journey_check_code(F, r.id, "phone", right, &r), OK);
	assert_string_equal(bench_step(b, r.id, STEP_phone), "done");
	assert_int_equal(journey_check_code(F, r.id, "phone", right, &r),
	    ERR_WRONG_STATE);
}

static void
a_code_lives_five_minutes_and_is_sent_five_times_an_hour(void **state)
{
	struct bench *b = *state;
	struct registration r = create(b, "", "", "", "");

	for (int i = 0; i < CODE_PER_HOUR; i++) {
		assert_int_equal(journey_send_code(F, r.id, "email", "", &r),
		    OK);
		clock_set(clock_now() + CODE_RESEND - 1);
		assert_int_equal(journey_send_code(F, r.id, "email", "", &r),
		    ERR_TOO_MANY);
		clock_set(clock_now() + 1);
	}
	assert_int_equal(journey_send_code(F, r.id, "email", "", &r),
	    ERR_TOO_MANY);
	assert_int_equal(bench_mails(b, r.id, "code"), CODE_PER_HOUR);
	const char *right = digits_of(b, r.id, "email");
	clock_set(clock_now() - CODE_RESEND + CODE_LIFE);
	assert_int_equal(journey_check_code(F, r.id, "email", right, &r),
	    ERR_INVALID);
	clock_set(clock_now() - 1);
	assert_int_equal(journey_check_code(F, r.id, "email", right, &r), OK);
	assert_int_equal(journey_send_code(F, r.id, "email", "", &r),
	    ERR_WRONG_STATE);
	assert_int_equal(journey_send_code(F, r.id, "fax", "", &r),
	    ERR_INVALID);
}

static void
only_the_text_that_was_shown_is_agreed_to(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_opened(b);
	struct evidence *rows;
	struct terms terms;
	size_t count;

	assert_int_equal(journey_agree(F, r.id, "0123", &r), ERR_INVALID);
	assert_string_equal(err_field(), "sha256");
	assert_int_equal(terms_load(b->f.store, b->conf, &b->a, TERMS_CONSENT,
			     &r, &terms),
	    OK);
	assert_int_equal(journey_agree(F, r.id, terms.sha256, &r),
	    ERR_INVALID);
	assert_int_equal(journey_consent(F, r.id, terms.sha256, &r), OK);
	assert_int_equal(journey_consent(F, r.id, terms.sha256, &r), OK);
	assert_int_equal(evidence_list(b->f.store, &b->a, r.id, &rows, &count),
	    OK);
	assert_int_equal(count, 1);
	assert_string_equal(rows[0].kind, "consent");
	AUTO(buf_clear) struct buf kept;
	buf_init(&kept, 1 << 20);
	assert_int_equal(vault_read(conf_text(b->conf, CONF_store_vault),
			     rows[0].id, rows[0].sealed_key, &b->keys.vault,
			     &kept),
	    OK);
	assert_non_null(strstr(buf_text(&kept), terms.text));
	assert_non_null(strstr(buf_text(&kept), r.id));
}

static void
the_agreement_is_in_the_language_that_was_chosen(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_opened(b);
	struct terms french;

	assert_int_equal(terms_load(b->f.store, b->conf, &b->a,
			     TERMS_AGREEMENT, &r, &french),
	    OK);
	assert_int_equal(journey_language(F, r.id, "en", &r), OK);
	assert_int_equal(journey_agree(F, r.id, french.sha256, &r),
	    ERR_INVALID);
	assert_int_equal(journey_language(F, r.id, "xx", &r), ERR_INVALID);
	assert_int_equal(journey_language(F, r.id, "fr", &r), OK);
	assert_int_equal(journey_agree(F, r.id, french.sha256, &r), OK);
}

static void
when_all_statements_are_made_evidence_is_collected(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_collecting(b);

	assert_string_equal(bench_step(b, r.id, STEP_agreement), "done");
	assert_string_equal(bench_step(b, r.id, STEP_document), "doing");
	assert_int_equal(journey_name(F, r.id, true, "Other", &r),
	    ERR_WRONG_STATE);
}

static void
a_document_is_chosen_from_what_the_level_accepts(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_collecting(b);
	struct evidence e;

	assert_int_equal(journey_picture(F, r.id, "front",
			     SPAN(png, sizeof(png)), &e),
	    ERR_WRONG_STATE);
	assert_int_equal(journey_document(F, r.id, "FRA", "driving_licence",
			     &r),
	    ERR_INVALID);
	assert_int_equal(journey_document(F, r.id, "ZZZ", "passport", &r),
	    ERR_INVALID);
	assert_int_equal(journey_document(F, r.id, "UTO", "passport", &r), OK);
	bench_test_workspace(b, false, "on_doubt");
	assert_int_equal(journey_document(F, r.id, "UTO", "passport", &r),
	    ERR_INVALID);
}

static void
a_pdf_is_taken_where_files_are(void **state)
{
	static const uint8_t pdf[] = "%PDF-1.7 and so on";
	struct bench *b = *state;
	struct registration r = bench_collecting(b);
	struct evidence e;

	assert_int_equal(journey_document(F, r.id, "FRA", "passport", &r), OK);
	r.level = "qcp";
	assert_int_equal(registration_update(b->f.store, &r), OK);
	assert_int_equal(journey_picture(F, r.id, "front",
			     SPAN(pdf, sizeof(pdf)), &e),
	    ERR_MEDIA_TYPE);
	r.level = "lcp";
	assert_int_equal(registration_update(b->f.store, &r), OK);
	assert_int_equal(journey_picture(F, r.id, "front",
			     SPAN(pdf, sizeof(pdf)), &e),
	    OK);
	assert_string_equal(e.media_type, "application/pdf");
}

static void
what_is_no_picture_is_refused_and_loses_nothing(void **state)
{
	static const uint8_t gif[] = "GIF89a and so on";
	struct bench *b = *state;
	struct registration r = bench_collecting(b);
	AUTO(free) uint8_t *huge = calloc(1, PICTURE_MAX + 1);
	struct evidence e, *rows;
	size_t before, count;

	assert_int_equal(journey_document(F, r.id, "FRA", "passport", &r), OK);
	assert_int_equal(evidence_list(b->f.store, &b->a, r.id, &rows,
			     &before),
	    OK);
	memcpy(huge, png, 8);
	assert_int_equal(journey_picture(F, r.id, "front", SPAN(huge, 0), &e),
	    ERR_INVALID);
	assert_int_equal(journey_picture(F, r.id, "front",
			     SPAN(gif, sizeof(gif)), &e),
	    ERR_MEDIA_TYPE);
	assert_int_equal(journey_picture(F, r.id, "front",
			     SPAN(huge, PICTURE_MAX + 1), &e),
	    ERR_TOO_LARGE);
	assert_int_equal(journey_picture(F, r.id, "back",
			     SPAN(png, sizeof(png)), &e),
	    ERR_INVALID);
	assert_int_equal(journey_picture(F, r.id, "left",
			     SPAN(png, sizeof(png)), &e),
	    ERR_INVALID);
	assert_int_equal(evidence_list(b->f.store, &b->a, r.id, &rows, &count),
	    OK);
	assert_int_equal(count, before);
	assert_int_equal(journey_picture(F, r.id, "front",
			     SPAN(png, sizeof(png)), &e),
	    OK);
	assert_string_equal(e.state, "received");
	assert_true(bench_has_job(b, "inspect", e.id));
}

static void
one_picture_of_a_side_is_read_at_a_time(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_collecting(b);
	struct evidence one, two;
	struct span bytes = SPAN(png, sizeof(png));

	assert_int_equal(journey_document(F, r.id, "FRA", "identity_card", &r),
	    OK);
	assert_int_equal(journey_picture(F, r.id, "front", bytes, &one), OK);
	assert_int_equal(journey_picture(F, r.id, "front", bytes, &two),
	    ERR_TOO_MANY);
	assert_int_equal(journey_picture(F, r.id, "back", bytes, &two), OK);
	clock_set(BENCH_NOW + PICTURE_PAUSE);
	assert_int_equal(journey_picture(F, r.id, "front", bytes, &two), OK);
	assert_int_equal(evidence_load(b->f.store, &b->a, one.id, &one), OK);
	assert_string_equal(one.state, "superseded");
	struct findings good = bench_good_findings();
	assert_int_equal(decide_picture(F, one.id, &good, NULL), OK);
	assert_int_equal(evidence_load(b->f.store, &b->a, one.id, &one), OK);
	assert_string_equal(one.state, "superseded");
}

static void
another_choice_starts_the_pictures_over(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_collecting(b);
	struct findings good = bench_good_findings();
	struct evidence e = bench_picture(b, r.id, &good);

	assert_string_equal(e.state, "read");
	assert_int_equal(journey_document(F, r.id, "FRA", "identity_card", &r),
	    OK);
	assert_int_equal(evidence_load(b->f.store, &b->a, e.id, &e), OK);
	assert_string_equal(e.state, "superseded");
	assert_int_equal(journey_complete(F, r.id, &r), ERR_WRONG_STATE);
	assert_string_equal(err_field(), "front");
}

static void
nothing_is_accepted_after_the_time(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_collecting(b);
	struct evidence e;

	assert_int_equal(journey_document(F, r.id, "FRA", "passport", &r), OK);
	clock_set(r.expires_at);
	assert_int_equal(journey_picture(F, r.id, "front",
			     SPAN(png, sizeof(png)), &e),
	    ERR_EXPIRED);
	assert_int_equal(journey_complete(F, r.id, &r), ERR_EXPIRED);
	assert_string_equal(bench_state(b, r.id), "expired");
}

static void
everything_is_in_the_journal_and_nobody_is_named(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_collecting(b);
	struct audit_entry *entries;
	size_t count;
	int64_t all;

	assert_int_equal(audit_of(b->f.store, &b->a, r.id, &entries, &count),
	    OK);
	assert_true(count >= 8);
	for (size_t i = 0; i < count; i++) {
		assert_null(strstr(entries[i].detail, "@"));
		assert_null(strstr(entries[i].detail, "Zo"));
		assert_null(strstr(entries[i].detail, "+33"));
	}
	assert_int_equal(audit_verify(b->f.store, 0, NULL, &all), OK);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    BENCH(only_the_mailed_link_proves_the_address),
	    BENCH(a_refused_name_ends_it_and_the_requester_is_told),
	    BENCH(what_was_not_filled_in_cannot_be_refused),
	    BENCH(a_prerequisite_is_not_edited_and_a_suggestion_is),
	    BENCH(five_wrong_codes_are_enough),
	    BENCH(a_code_lives_five_minutes_and_is_sent_five_times_an_hour),
	    BENCH(only_the_text_that_was_shown_is_agreed_to),
	    BENCH(the_agreement_is_in_the_language_that_was_chosen),
	    BENCH(when_all_statements_are_made_evidence_is_collected),
	    BENCH(a_document_is_chosen_from_what_the_level_accepts),
	    BENCH(a_pdf_is_taken_where_files_are),
	    BENCH(what_is_no_picture_is_refused_and_loses_nothing),
	    BENCH(one_picture_of_a_side_is_read_at_a_time),
	    BENCH(another_choice_starts_the_pictures_over),
	    BENCH(nothing_is_accepted_after_the_time),
	    BENCH(everything_is_in_the_journal_and_nobody_is_named),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
