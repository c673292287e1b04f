/*
 * The end of a certificate: who is told and when, and who may renew it. A
 * different person never gets the serialNumber that stands in it.
 */
#include "flow/fixture.h"

#include "flow/expiry.h"
#include "flow/renewal.h"
#include "flow/terms.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#define F &b->f, &b->a
#define END (BENCH_NOW + 1095 * DAY)

static struct certificate
issue(struct bench *b, const char *id, const char *serial, int64_t end)
{
	struct registration r;
	struct certificate c;

	assert_int_equal(journey_confirm(F, id, true, &r), OK);
	const struct issued i = {.seen = {1, "aa"}, .issuer = "issuing-l",
	    .serial = serial,
	    .not_before = clock_now(),
	    .not_after = end,
	    .der = SPAN("der", 3),
	    .key_blob = SPAN("key", 3),
	    .ocsp = SPAN("good", 4),
	    .ocsp_next_update = clock_now() + DAY,
	    .person_serial = r.person_serial};
	assert_int_equal(decide_issued(F, id, &i, &c), OK);
	return c;
}

static struct certificate
issued(struct bench *b)
{
	struct registration r = bench_collecting(b);
	struct findings good = bench_good_findings();

	r = bench_checked(b, r.id, &good);
	assert_string_equal(r.state, "approved");
	return issue(b, r.id, "0a", END);
}

static size_t
tell(struct bench *b)
{
	size_t count;

	assert_int_equal(expiry_tell_due(F, &count), OK);
	return count;
}

static size_t
journalled(struct bench *b, const char *subject, const char *act)
{
	struct audit_entry *e;
	size_t count, found = 0;

	assert_int_equal(audit_of(b->f.store, &b->a, subject, &e, &count),
	    OK);
	for (size_t i = 0; i < count; i++)
		found += strcmp(e[i].act, act) == 0;
	return found;
}

static const char *
token_of(struct bench *b, const struct certificate *c)
{
	const char *link;

	assert_int_equal(renewal_link(F, c, &link), OK);
	assert_non_null(strstr(link, "/renew#"));
	return strchr(link, '#') + 1;
}

/* Renews with a document that shows this zone; not yet confirmed. */
static struct registration
renewed(struct bench *b, const struct certificate *c, const char *birth)
{
	struct fixture f;
	struct registration r;

	assert_int_equal(renewal_begin(F, token_of(b, c), &r), OK);
	assert_int_equal(journey_open(F, r.id, true, &r), OK);
	assert_int_equal(journey_name(F, r.id, true, BENCH_NAME, &r), OK);
	bench_prove(b, r.id, "phone");
	for (int kind = TERMS_CONSENT; kind <= TERMS_AGREEMENT; kind++) {
		struct terms terms;
		assert_int_equal(terms_load(b->f.store, b->conf, &b->a,
				     (enum terms_kind)kind, &r, &terms),
		    OK);
		assert_int_equal(kind == TERMS_CONSENT
			? journey_consent(F, r.id, terms.sha256, &r)
			: journey_agree(F, r.id, terms.sha256, &r),
		    OK);
	}
	fixture_passport(&f);
	if (birth) {
		const char *printed = arena_format(&b->a, "19%.2s-%.2s-%.2s",
		    birth, birth + 2, birth + 4);
		fixture_zone(&f, "FRA", "24AB12345", birth, "300211",
		    "LINDQVIST<<ZOE<ASA");
		fixture_text(&f.front, FINDING_printed_birth_date, printed,
		    0.95);
	}
	r = bench_checked(b, r.id, &f.front);
	assert_string_equal(r.state, "approved");
	return r;
}

static void
a_holder_is_told_three_times_and_once_each(void **state)
{
	struct bench *b = *state;
	struct certificate c = issued(b);
	const char *r = c.registration;

	clock_set(END - 30 * DAY - 1);
	assert_int_equal(tell(b), 0);
	clock_set(END - 30 * DAY);
	assert_int_equal(tell(b), 1);
	assert_int_equal(tell(b), 0);
	clock_set(END - 14 * DAY - 1);
	assert_int_equal(tell(b), 0);
	clock_set(END - 14 * DAY);
	assert_int_equal(tell(b), 1);
	clock_set(END - 3 * DAY);
	assert_int_equal(tell(b), 1);
	clock_set(END - 1);
	assert_int_equal(tell(b), 0);
	assert_int_equal(bench_mails(b, r, "expiring"), 3);
	assert_int_equal(journalled(b, c.id, "certificate.expiring"), 3);
}

static void
after_a_long_silence_there_is_one_notice(void **state)
{
	struct bench *b = *state;
	struct certificate c = issued(b);

	clock_set(END - 2 * DAY);
	assert_int_equal(tell(b), 1);
	assert_int_equal(tell(b), 0);
	assert_int_equal(bench_mails(b, c.registration, "expiring"), 1);
}

static void
nobody_is_told_of_a_revoked_certificate(void **state)
{
	struct bench *b = *state;
	struct certificate c = issued(b);

	assert_int_equal(decide_revoke(F, &bench_member, c.id, 0, &c), OK);
	clock_set(END - 3 * DAY);
	assert_int_equal(tell(b), 0);
	assert_int_equal(bench_mails(b, c.registration, "expiring"), 0);
}

static void
a_short_certificate_has_only_the_notices_that_fit(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_collecting(b);
	struct findings good = bench_good_findings();

	r = bench_checked(b, r.id, &good);
	issue(b, r.id, "0a", BENCH_NOW + 10 * DAY);
	assert_int_equal(tell(b), 0);
	clock_set(BENCH_NOW + 7 * DAY);
	assert_int_equal(tell(b), 1);
	assert_int_equal(bench_mails(b, r.id, "expiring"), 1);
}

static void
the_end_is_written_down_once_and_nobody_is_written_to(void **state)
{
	struct bench *b = *state;
	struct certificate c = issued(b);
	size_t count;

	assert_int_equal(expiry_note_ended(F, &count), OK);
	assert_int_equal(count, 0);
	clock_set(END);
	for (int i = 0; i < 2; i++)
		assert_int_equal(expiry_note_ended(F, &count), OK);
	assert_int_equal(journalled(b, c.id, "certificate.expired"), 1);
	assert_int_equal(tell(b), 0);
	assert_int_equal(bench_mails(b, c.registration, "expiring"), 0);
}

static void
the_link_makes_a_request_that_is_filled_in(void **state)
{
	struct bench *b = *state;
	struct certificate c = issued(b);
	struct registration old, r, again;

	clock_set(END - 30 * DAY);
	assert_int_equal(renewal_begin(F, token_of(b, &c), &r), OK);
	assert_int_equal(registration_load(b->f.store, &b->a, c.registration,
			     &old),
	    OK);
	assert_string_equal(r.fullname, BENCH_NAME);
	assert_string_equal(r.fullname_type, "suggestion");
	assert_string_equal(r.phone, old.phone);
	assert_string_equal(r.phone_type, "suggestion");
	assert_string_equal(r.level, old.level);
	assert_string_equal(r.workspace, old.workspace);
	assert_string_equal(r.language, old.language);
	assert_string_not_equal(r.person_serial, c.person_serial);
	assert_int_equal(journalled(b, r.id, "registration.renews"), 1);
	assert_int_equal(renewal_begin(F, token_of(b, &c), &again), OK);
	assert_string_equal(again.id, r.id);
}

static void
it_is_open_from_thirty_days_before_the_end_until_it(void **state)
{
	struct bench *b = *state;
	struct certificate c = issued(b);
	const char *token = token_of(b, &c);
	struct registration r;

	clock_set(END - 30 * DAY - 1);
	assert_int_equal(renewal_begin(F, token, &r), ERR_CERTIFICATE_EXISTS);
	clock_set(END);
	assert_int_equal(renewal_begin(F, token, &r), ERR_EXPIRED);
	clock_set(END - DAY);
	assert_int_equal(renewal_begin(F, token, &r), OK);
}

static void
a_revoked_certificate_is_not_renewed(void **state)
{
	struct bench *b = *state;
	struct certificate c = issued(b);
	struct registration r;

	assert_int_equal(decide_revoke(F, &bench_member, c.id, 1, &c), OK);
	clock_set(END - 30 * DAY);
	assert_int_equal(renewal_begin(F, token_of(b, &c), &r),
	    ERR_WRONG_STATE);
}

static void
what_is_not_our_link_renews_nothing(void **state)
{
	struct bench *b = *state;
	struct certificate c = issued(b);
	char *token = arena_text(&b->a, token_of(b, &c));
	struct registration r;
	const char *link;

	clock_set(END - DAY);
	assert_int_equal(renewal_begin(F, "", &r), ERR_NOT_FOUND);
	assert_int_equal(renewal_begin(F, "nonsense!", &r), ERR_NOT_FOUND);
	assert_int_equal(renewal_begin(F,
			     arena_format(&b->a, "%s%s", token, token), &r),
	    ERR_NOT_FOUND);
	assert_int_equal(registration_load(b->f.store, &b->a, c.registration,
			     &r),
	    OK);
	/* the link of a registration is not that of a certificate */
	assert_int_equal(registration_mailed_link(F, &r, &link), OK);
	assert_int_equal(renewal_begin(F, strchr(link, '#') + 1, &r),
	    ERR_NOT_FOUND);
	token[3] = token[3] == 'a' ? 'b' : 'a';
	assert_int_equal(renewal_begin(F, token, &r), ERR_NOT_FOUND);
}

static void
a_document_s_number_stands_in_the_name_where_that_was_chosen(void **state)
{
	struct findings good = bench_good_findings();
	struct bench *b = *state;
	struct registration r = bench_collecting(b);

	bench_conf(b, "[pki]\nserial_number = document\n");
	r = bench_checked(b, r.id, &good);
	assert_string_equal(r.state, "approved");
	assert_string_equal(r.person_serial, "PASFR-24AB12345");
	assert_int_equal(journalled(b, r.id, "registration.document_number"), 1);
}

static void
the_same_person_keeps_the_number(void **state)
{
	struct bench *b = *state;
	struct certificate c = issued(b), next;

	clock_set(END - 30 * DAY);
	assert_int_equal(tell(b), 1);
	struct registration r = renewed(b, &c, NULL);
	assert_string_equal(r.person_serial, c.person_serial);
	assert_int_equal(journalled(b, r.id, "renewal.same_person"), 1);
	next = issue(b, r.id, "0b", END + 1065 * DAY);
	assert_string_equal(next.person_serial, c.person_serial);
	/* and nobody is told of the old one any more */
	clock_set(END - 3 * DAY);
	assert_int_equal(tell(b), 0);
	assert_int_equal(renewal_begin(F, token_of(b, &c), &r),
	    ERR_CERTIFICATE_EXISTS);
}

static void
another_person_of_that_name_gets_another_number(void **state)
{
	struct bench *b = *state;
	struct certificate c = issued(b);

	clock_set(END - 30 * DAY);
	struct registration r = renewed(b, &c, "880102");
	assert_string_not_equal(r.person_serial, c.person_serial);
	assert_int_equal(journalled(b, r.id, "renewal.same_person"), 0);
	assert_int_equal(journalled(b, r.id,
			     "renewal.not_known_as_same_person"),
	    1);
}

static void
revoked_meanwhile_it_is_no_renewal_any_more(void **state)
{
	struct bench *b = *state;
	struct certificate c = issued(b);
	struct registration r;

	clock_set(END - 30 * DAY);
	assert_int_equal(renewal_begin(F, token_of(b, &c), &r), OK);
	assert_int_equal(decide_revoke(F, &bench_member, c.id, 1, &c), OK);
	struct act t = {.f = &b->f, .a = &b->a, .who = bench_clerk, .r = r};
	struct mrz m = {.format = MRZ_TD3, .surname = "LINDQVIST",
	    .given_names = "ZOE ASA", .birth_date = "1990-07-13"};
	assert_int_equal(renewal_settle(&t, &m), OK);
	assert_string_equal(t.r.person_serial, r.person_serial);
}

static void
a_zone_that_is_not_certain_speaks_for_nobody(void **state)
{
	struct bench *b = *state;
	struct certificate c = issued(b);
	struct registration r;
	struct mrz m = {.format = MRZ_TD3, .surname = "LINDQVIST",
	    .given_names = "ZOE ASA", .birth_date = "1990-07-13"};

	clock_set(END - 30 * DAY);
	assert_int_equal(renewal_begin(F, token_of(b, &c), &r), OK);
	struct act t = {.f = &b->f, .a = &b->a, .who = bench_clerk, .r = r};
	assert_int_equal(renewal_settle(&t, &m), OK);
	assert_string_equal(t.r.person_serial, c.person_serial);
	m.bad_digits = 1;
	assert_int_equal(renewal_settle(&t, &m), OK);
	assert_string_equal(t.r.person_serial, r.person_serial);
	m.bad_digits = 0;
	m.truncated = true;
	assert_int_equal(renewal_settle(&t, &m), OK);
	assert_string_equal(t.r.person_serial, r.person_serial);
	m = (struct mrz){0};
	assert_int_equal(renewal_settle(&t, &m), OK);
	assert_string_equal(t.r.person_serial, r.person_serial);
}

static void
a_request_that_is_open_already_becomes_the_renewal(void **state)
{
	struct bench *b = *state;
	struct certificate c = issued(b);
	struct registration asked, r;

	clock_set(END - 20 * DAY);
	asked = bench_create(b);
	assert_int_equal(renewal_begin(F, token_of(b, &c), &r), OK);
	assert_string_equal(r.id, asked.id);
	r = renewed(b, &c, NULL);
	assert_string_equal(r.id, asked.id);
	assert_string_equal(r.person_serial, c.person_serial);
}

static void
without_the_feature_nothing_is_renewed(void **state)
{
	struct bench *b = *state;
	struct certificate c = issued(b);
	struct registration r;

	assert_int_equal(feature_set(b->f.store, "wsp_a",
			     "certificate_creation", false, BENCH_NOW),
	    OK);
	clock_set(END - DAY);
	assert_int_equal(renewal_begin(F, token_of(b, &c), &r),
	    ERR_FEATURE_DISABLED);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    BENCH(a_holder_is_told_three_times_and_once_each),
	    BENCH(after_a_long_silence_there_is_one_notice),
	    BENCH(nobody_is_told_of_a_revoked_certificate),
	    BENCH(a_short_certificate_has_only_the_notices_that_fit),
	    BENCH(the_end_is_written_down_once_and_nobody_is_written_to),
	    BENCH(the_link_makes_a_request_that_is_filled_in),
	    BENCH(it_is_open_from_thirty_days_before_the_end_until_it),
	    BENCH(a_revoked_certificate_is_not_renewed),
	    BENCH(what_is_not_our_link_renews_nothing),
	    BENCH(a_document_s_number_stands_in_the_name_where_that_was_chosen),
	    BENCH(the_same_person_keeps_the_number),
	    BENCH(another_person_of_that_name_gets_another_number),
	    BENCH(revoked_meanwhile_it_is_no_renewal_any_more),
	    BENCH(a_zone_that_is_not_certain_speaks_for_nobody),
	    BENCH(a_request_that_is_open_already_becomes_the_renewal),
	    BENCH(without_the_feature_nothing_is_renewed),
	};
	return cmocka_run_group_tests_name("renewal", tests, NULL, NULL);
}
