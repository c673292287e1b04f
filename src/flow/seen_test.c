/*
 * A document, person or picture that was shown before, and when that says
 * something.
 */
#include "flow/fixture.h"

#include "flow/decide_attempt.h"
#include "flow/seen.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#define F &b->f, &b->a

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
	struct registration first = bench_approved(b);
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
	struct registration first = bench_approved(b);
	struct findings good = bench_good_findings();
	struct issued i = bench_issued();
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
	struct findings f = bench_good_findings(), other = bench_of_another();
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

/* How often the first one's picture is seen for the second one's. */
static size_t
pictures_seen(struct bench *b, const char *first, const char *second)
{
	struct findings f = bench_good_findings(), other = bench_of_another();
	struct earlier *seen;
	size_t count, pictures = 0;

	fixture_text(&f, FINDING_imprint_picture, first, 1);
	struct registration one = bench_collecting(b);
	bench_checked(b, one.id, &f);
	b->email = "other@example.org";
	struct registration two = bench_collecting(b);
	fixture_text(&other, FINDING_imprint_picture, second, 1);
	bench_checked(b, two.id, &other);
	assert_int_equal(seen_list(F, two.id, &seen, &count), OK);
	for (size_t i = 0; i < count; i++)
		pictures += strcmp(seen[i].kind, "picture") == 0;
	return pictures;
}

#define PLAIN "0000000000000000000000000000000000000000000000000000000"

static void
a_picture_turned_by_a_degree_is_known_again(void **state)
{
	/* 28 bits, as measured */
	assert_int_equal(pictures_seen(*state, PLAIN "000000000",
			     PLAIN "00fffffff"),
	    1);
}

static void
a_tight_page_of_another_person_is_another_picture(void **state)
{
	/* 35 bits: the least between pages of one model */
	assert_int_equal(pictures_seen(*state, PLAIN "000000000",
			     PLAIN "7ffffffff"),
	    0);
}

static void
a_misread_number_accuses_nobody(void **state)
{
	struct bench *b = *state;
	struct attempt *at = arena_get(&b->a, sizeof(*at));
	struct registration first = bench_approved(b);
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

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    BENCH(what_was_shown_under_another_email_is_seen_again),
	    BENCH(what_was_shown_under_the_same_email_is_no_warning),
	    BENCH(a_picture_is_known_again_though_the_name_is_another),
	    BENCH(a_picture_turned_by_a_degree_is_known_again),
	    BENCH(a_tight_page_of_another_person_is_another_picture),
	    BENCH(a_misread_number_accuses_nobody),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
