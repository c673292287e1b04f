/*
 * Deletion: on the day and not before, by class, and written down.
 */
#include "flow/fixture.h"

#include "flow/retention.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <string.h>
#include <unistd.h>

#define F &b->f, &b->a

static struct retention walk;
static bool whole;

static int
approved_setup(void **state)
{
	int done = bench_setup(state);

	bench_approve_retention(*state);
	return done;
}

#define APPROVED(name)                                                         \
	cmocka_unit_test_setup_teardown(name, approved_setup, bench_teardown)

static struct evidence
refused_picture(struct bench *b)
{
	struct registration r = bench_collecting(b);
	struct findings good = bench_good_findings();
	struct evidence e = bench_picture(b, r.id, &good);

	assert_int_equal(registration_cancel(F, &bench_member, r.id, &r), OK);
	return e;
}

static bool
file_is_there(struct bench *b, const struct evidence *e)
{
	char path[256];

	snprintf(path, sizeof(path), "%s/vault/%s", b->dir, e->id);
	return access(path, F_OK) == 0;
}

static void
what_led_to_nothing_goes_after_thirty_days(void **state)
{
	struct bench *b = *state;
	struct evidence e = refused_picture(b), after;
	const struct own_key brought = {.registration = e.registration,
	    .request = span_of_text("request"), .sha256 = "aa11",
	    .algorithm = "P-256"};
	struct own_key key;
	struct findings found;
	size_t count;

	assert_int_equal(own_key_save(b->f.store, &brought), OK);
	clock_set(BENCH_NOW + 30 * DAY - 1);
	assert_int_equal(retention_run(F, &walk, &count, &whole), OK);
	assert_int_equal(count, 0);
	assert_int_equal(
	    own_key_load(b->f.store, &b->a, e.registration, &key), OK);
	assert_true(file_is_there(b, &e));
	clock_set(BENCH_NOW + 30 * DAY + 1);
	assert_int_equal(retention_run(F, &walk, &count, &whole), OK);
	assert_true(count >= 1);
	assert_false(file_is_there(b, &e));
	assert_int_equal(own_key_load(b->f.store, &b->a, e.registration, &key),
	    ERR_NOT_FOUND);
	assert_int_equal(evidence_load(b->f.store, &b->a, e.id, &after), OK);
	assert_string_equal(after.state, "deleted");
	assert_int_equal(after.sealed_key.size, 0);
	assert_string_equal(after.sha256, e.sha256);
	assert_int_equal(findings_load(b->f.store, e.id, &found), OK);
	assert_int_equal(found.count, 0);
	assert_int_equal(retention_run(F, &walk, &count, &whole), OK);
	assert_int_equal(count, 0);
}

static void
what_is_still_open_stays(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_collecting(b);
	struct findings good = bench_good_findings();
	struct evidence e = bench_picture(b, r.id, &good);
	size_t count;

	clock_set(BENCH_NOW + 300 * DAY);
	assert_int_equal(retention_run(F, &walk, &count, &whole), OK);
	assert_int_equal(count, 0);
	assert_true(file_is_there(b, &e));
}

static struct evidence
film_of(struct bench *b, const char *registration)
{
	uint8_t *sealed = arena_get(&b->a, VAULT_SEALED_SIZE);
	const struct evidence e = {.id = "evd_film",
	    .registration = registration, .kind = "film_face",
	    .state = "kept", .reasons = "", .media_type = "", .sha256 = "",
	    .attempt = 1, .created_at = BENCH_NOW,
	    .sealed_key = SPAN(sealed, VAULT_SEALED_SIZE)};

	assert_int_equal(vault_write(conf_text(b->conf, CONF_store_vault),
			     e.id, span_of_text("film"), b->keys.vault_public,
			     sealed),
	    OK);
	assert_int_equal(evidence_save(b->f.store, &e), OK);
	return e;
}

static void
set_state(struct bench *b, const char *id, const char *to)
{
	struct registration r;

	assert_int_equal(registration_load(b->f.store, &b->a, id, &r), OK);
	r.state = to;
	assert_int_equal(registration_update(b->f.store, &r), OK);
}

/* A year long, from when the clock stands. */
static struct certificate
certificate_of_a_year(struct bench *b, const struct registration *r)
{
	const struct certificate c = {.id = "crt_aaaa",
	    .registration = r->id, .workspace = r->workspace,
	    .level = r->level, .rank = 1, .issuer = "issuing-l",
	    .serial = "01", .fullname = BENCH_NAME, .name_folded = "",
	    .email = r->email, .email_folded = r->email_folded, .phone = "",
	    .person_serial = "", .not_before = BENCH_NOW,
	    .not_after = BENCH_NOW + 365 * DAY, .der = span_of_text("x"),
	    .key_blob = span_of_text(""), .fingerprint = "",
	    .created_at = BENCH_NOW};

	assert_int_equal(certificate_save(b->f.store, &c), OK);
	return c;
}

static size_t
run(struct bench *b, int64_t at)
{
	size_t count;

	clock_set(at);
	assert_int_equal(retention_run(F, &walk, &count, &whole), OK);
	return count;
}

static void
what_is_decided_or_waits_to_be_stays(void **state)
{
	static const char *const states[] = {"created", "opened",
	    "collecting", "checking", "action_required", "in_review",
	    "approved"};
	struct bench *b = *state;
	struct registration r = bench_collecting(b);
	struct findings good = bench_good_findings();
	struct evidence e = bench_picture(b, r.id, &good);

	for (size_t i = 0; i < sizeof(states) / sizeof(*states); i++) {
		set_state(b, r.id, states[i]);
		assert_int_equal(run(b, BENCH_NOW + 9000 * DAY), 0);
	}
	assert_true(file_is_there(b, &e));
}

static void
years_are_counted_from_the_end_of_the_certificate(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_collecting(b);
	struct findings good = bench_good_findings();
	struct evidence e = bench_picture(b, r.id, &good);
	struct evidence film = film_of(b, r.id);
	struct certificate c = certificate_of_a_year(b, &r);
	int64_t end = c.not_after + 2557 * DAY;

	set_state(b, r.id, "issued");
	c.revoked_at = BENCH_NOW + DAY; /* that shortens nothing */
	assert_int_equal(certificate_save(b->f.store, &c), OK);
	assert_int_equal(run(b, end - 1), 0);
	assert_true(file_is_there(b, &e));
	assert_true(file_is_there(b, &film));
	assert_true(run(b, end + 1) >= 2);
	assert_false(file_is_there(b, &e));
	assert_false(file_is_there(b, &film));
}

static size_t
imprints_of(struct bench *b, const char *id)
{
	struct imprint *rows;
	size_t count;

	assert_int_equal(imprint_list(b->f.store, &b->a, id, &rows, &count),
	    OK);
	return count;
}

/* Imprints are of pictures, and go when these go. */
static void
recordings_may_go_before_the_rest(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_collecting(b);
	struct findings good = bench_good_findings();
	struct evidence e = bench_picture(b, r.id, &good);
	struct evidence film = film_of(b, r.id);
	struct certificate c = certificate_of_a_year(b, &r);

	bench_conf(b, "[retention]\nrecordings_days = 10\n");
	bench_approve_retention(b);
	set_state(b, r.id, "issued");
	assert_int_equal(imprint_save(b->f.store, r.id, "picture_front", "x",
			     BENCH_NOW),
	    OK);
	assert_int_equal(run(b, c.not_after + 10 * DAY - 1), 0);
	assert_int_equal(run(b, c.not_after + 10 * DAY + 1), 1);
	assert_false(file_is_there(b, &film));
	assert_true(file_is_there(b, &e));
	assert_int_equal(imprints_of(b, r.id), 1);
	assert_true(run(b, c.not_after + 2557 * DAY + 1) >= 1);
	assert_int_equal(imprints_of(b, r.id), 0);
}

/* A person may still be asked, who will want to see it. */
static void
what_was_refused_stays_while_a_person_may_be_asked(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_collecting(b);
	struct findings good = bench_good_findings();
	struct evidence e = bench_picture(b, r.id, &good);
	bool can;

	bench_conf(b, "[retention]\nabandoned_days = 2\n");
	bench_approve_retention(b);
	set_state(b, r.id, "refused");
	assert_int_equal(run(b, BENCH_NOW + 6 * DAY), 0);
	assert_true(file_is_there(b, &e));
	assert_int_equal(registration_load(b->f.store, &b->a, r.id, &r), OK);
	assert_int_equal(journey_can_ask_a_person(F, &r, &can), OK);
	assert_true(can);
	assert_true(run(b, BENCH_NOW + 7 * DAY + 1) >= 1);
	set_state(b, r.id, "cancelled");
	e = film_of(b, r.id);
	assert_int_equal(run(b, BENCH_NOW + 7 * DAY + 2), 1);
	assert_false(file_is_there(b, &e));
}

/* More than a page of it: what comes later is found later, and then from the
 * beginning again. */
static void
many_pieces_are_looked_at_page_by_page(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_collecting(b);
	uint8_t *sealed = arena_get(&b->a, VAULT_SEALED_SIZE);
	size_t count;

	for (int i = 0; i < RETENTION_PAGE + 10; i++) {
		const struct evidence e = {
		    .id = arena_format(&b->a, "evd_%06d", i),
		    .registration = r.id, .kind = "picture_front",
		    .state = "kept", .reasons = "", .media_type = "",
		    .sha256 = "", .attempt = 1, .created_at = BENCH_NOW,
		    .sealed_key = SPAN(sealed, VAULT_SEALED_SIZE)};

		assert_int_equal(evidence_save(b->f.store, &e), OK);
	}
	clock_set(BENCH_NOW + 9000 * DAY);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(retention_run(F, &walk, &count, &whole), OK);
		assert_int_equal(count, 0);
		assert_int_equal(whole, i == 1);
	}
	set_state(b, r.id, "declined");
	assert_int_equal(retention_run(F, &walk, &count, &whole), OK);
	assert_int_equal(count, RETENTION_PAGE);
	assert_int_equal(retention_run(F, &walk, &count, &whole), OK);
	assert_in_range(count, 10, 12); /* two of the bench among them */
	assert_true(whole);
	assert_int_equal(retention_run(F, &walk, &count, &whole), OK);
	assert_int_equal(count, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    APPROVED(what_led_to_nothing_goes_after_thirty_days),
	    APPROVED(what_is_still_open_stays),
	    APPROVED(what_is_decided_or_waits_to_be_stays),
	    APPROVED(years_are_counted_from_the_end_of_the_certificate),
	    APPROVED(recordings_may_go_before_the_rest),
	    APPROVED(what_was_refused_stays_while_a_person_may_be_asked),
	    APPROVED(many_pieces_are_looked_at_page_by_page),
	};

	return cmocka_run_group_tests_name("retention", tests, NULL, NULL);
}
