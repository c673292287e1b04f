/*
 * Nothing is destroyed before two people have approved exactly that.
 */
#include "flow/fixture.h"

#include "flow/audit.h"
#include "flow/retention.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <string.h>

#define F &b->f, &b->a
#define RULE RETENTION_abandoned

static struct retention walk;

static struct member
person(struct bench *b, const char *id, const char *role)
{
	const struct member m = {.id = id, .workspace = "", .email = id,
	    .email_folded = id, .name = id, .role = role,
	    .password_hash = "", .created_at = BENCH_NOW};

	assert_int_equal(member_save(b->f.store, &m), OK);
	return m;
}

/* One picture that nobody needs any more. */
static void
leave_one(struct bench *b)
{
	struct registration r = bench_collecting(b);
	struct findings good = bench_good_findings();

	(void)bench_picture(b, r.id, &good);
	assert_int_equal(registration_cancel(F, &bench_member, r.id, &r), OK);
	clock_set(BENCH_NOW + 31 * DAY);
}

static size_t
destroyed(struct bench *b)
{
	size_t count;
	bool whole;

	walk = (struct retention){.after = ""};
	assert_int_equal(retention_run(F, &walk, &count, &whole), OK);
	assert_true(whole);
	return count;
}

static void
nothing_is_destroyed_before_two_people_have_said_so(void **state)
{
	struct bench *b = *state;
	struct retention_due due[RETENTION_COUNT];
	struct retention_waiting *rows;
	size_t count;

	leave_one(b);
	const struct member pat = person(b, "mem_p", "platform_admin");
	const struct member aud = person(b, "mem_a", "auditor");
	assert_int_equal(destroyed(b), 0);
	assert_int_equal(retention_approve(F, &pat, RULE), OK);
	assert_int_equal(destroyed(b), 0);
	assert_int_equal(
	    retention_waiting_list(b->f.store, &b->a, &rows, &count), OK);
	assert_int_equal(count, RETENTION_COUNT);
	assert_string_equal(rows[0].rule, "abandoned");
	assert_true(rows[0].pieces >= 1);
	assert_int_equal(rows[0].since, BENCH_NOW + 30 * DAY);
	assert_int_equal(retention_count(&b->f, clock_now(), due), OK);
	assert_int_equal(due[RULE].pieces, rows[0].pieces);
	size_t waiting = due[RULE].pieces;
	assert_int_equal(retention_approve(F, &aud, RULE), OK);
	assert_int_equal(destroyed(b), waiting);
	assert_int_equal(retention_count(&b->f, clock_now(), due), OK);
	assert_int_equal(due[RULE].pieces, 0);
}

static void
the_journal_says_who_approved_and_what_was_destroyed_by_which_rule(
    void **state)
{
	struct bench *b = *state;
	char digest[DIGEST_TEXT_SIZE];
	struct audit_entry *entries;
	size_t count;
	int64_t all;

	leave_one(b);
	bench_approve_retention(b);
	size_t gone = destroyed(b);
	retention_digest(b->conf, RULE, digest);
	assert_int_equal(audit_of(b->f.store, &b->a, "abandoned", &entries,
			     &count), OK);
	assert_int_equal(count, 3);
	assert_string_equal(entries[0].act, "retention.approved");
	assert_string_equal(entries[0].actor, "mem_pat");
	assert_string_equal(entries[0].detail, "30 days");
	assert_string_equal(entries[1].actor, "mem_aud");
	assert_string_equal(entries[2].act, "retention.ran");
	assert_string_equal(entries[2].detail,
	    arena_format(&b->a, "destroyed %zu", gone));
	assert_string_equal(entries[2].evidence_digest, digest);
	assert_int_equal(audit_verify(b->f.store, 0, NULL, &all), OK);
}

static void
one_person_is_not_two(void **state)
{
	struct bench *b = *state;

	leave_one(b);
	const struct member pat = person(b, "mem_p", "platform_admin");
	assert_int_equal(retention_approve(F, &pat, RULE), OK);
	assert_int_equal(retention_approve(F, &pat, RULE), ERR_CONFLICT);
	assert_int_equal(destroyed(b), 0);
}

static void
who_has_not_the_right_approves_nothing(void **state)
{
	static const char *const roles[] = {"owner", "admin", "operator",
	    "reader", ""};
	struct bench *b = *state;

	for (size_t i = 0; i < sizeof(roles) / sizeof(*roles); i++) {
		const struct member m = person(
		    b, arena_format(&b->a, "mem_%zu", i), roles[i]);

		assert_int_equal(retention_approve(F, &m, RULE), ERR_DENIED);
	}
}

static void
two_auditors_are_not_enough(void **state)
{
	struct bench *b = *state;

	leave_one(b);
	const struct member one = person(b, "mem_a", "auditor");
	const struct member two = person(b, "mem_b", "auditor");
	assert_int_equal(retention_approve(F, &one, RULE), OK);
	assert_int_equal(retention_approve(F, &two, RULE), OK);
	assert_int_equal(destroyed(b), 0);
	const struct member pat = person(b, "mem_p", "platform_admin");
	assert_int_equal(retention_approve(F, &pat, RULE), OK);
	assert_true(destroyed(b) > 0);
}

static void
another_period_is_approved_anew_and_the_old_one_comes_back(void **state)
{
	struct bench *b = *state;
	struct retention_standing s;

	leave_one(b);
	bench_approve_retention(b);
	bench_conf(b, "[retention]\nabandoned_days = 10\n");
	assert_int_equal(destroyed(b), 0);
	assert_int_equal(retention_standing(F, RULE, &s), OK);
	assert_int_equal(s.count, 0);
	assert_int_equal(retention_standing(F, RETENTION_issued, &s), OK);
	assert_true(s.approved); /* which nobody changed */
	bench_conf(b, "[retention]\nabandoned_days = 30\n");
	assert_true(destroyed(b) > 0);
}

static void
the_approval_of_one_rule_is_not_that_of_another(void **state)
{
	struct bench *b = *state;

	leave_one(b);
	const struct member pat = person(b, "mem_p", "platform_admin");
	const struct member aud = person(b, "mem_a", "auditor");
	for (enum retention_class r = 0; r < RETENTION_COUNT; r++) {
		if (r == RULE)
			continue;
		assert_int_equal(retention_approve(F, &pat, r), OK);
		assert_int_equal(retention_approve(F, &aud, r), OK);
	}
	assert_int_equal(destroyed(b), 0);
}

static void
who_lost_the_right_has_lost_the_word(void **state)
{
	struct bench *b = *state;

	leave_one(b);
	bench_approve_retention(b);
	(void)person(b, "mem_pat", "auditor");
	assert_int_equal(destroyed(b), 0);
}

/* What somebody writes into the database. */
static void
a_row_that_was_forged_is_no_approval(void **state)
{
	struct bench *b = *state;
	struct retention_approval *real, forged;
	struct retention_standing s;
	size_t count;
	char digest[DIGEST_TEXT_SIZE];

	leave_one(b);
	const struct member pat = person(b, "mem_p", "platform_admin");
	(void)person(b, "mem_a", "auditor");
	assert_int_equal(retention_approve(F, &pat, RULE), OK);
	retention_digest(b->conf, RULE, digest);
	assert_int_equal(retention_approval_list(
			     b->f.store, &b->a, digest, &real, &count), OK);
	forged = real[0]; /* the same seal, another name */
	forged.member = "mem_a";
	assert_int_equal(retention_approval_save(b->f.store, &forged), OK);
	assert_int_equal(retention_standing(F, RULE, &s), OK);
	assert_int_equal(s.count, 1);
	forged = real[0]; /* another entry of the journal */
	forged.entry--;
	assert_int_equal(retention_approval_save(b->f.store, &forged), OK);
	assert_int_equal(retention_standing(F, RULE, &s), OK);
	assert_int_equal(s.count, 0);
	assert_int_equal(destroyed(b), 0);
	/* and it is in nobody's way */
	assert_int_equal(retention_approve(F, &pat, RULE), OK);
	assert_int_equal(retention_standing(F, RULE, &s), OK);
	assert_int_equal(s.count, 1);
}

static void
without_the_clerk_s_key_there_is_neither_approval_nor_destruction(
    void **state)
{
	struct bench *b = *state;
	struct keys without;
	char path[96];
	size_t count;
	bool whole;

	leave_one(b);
	bench_approve_retention(b);
	const struct member pat = person(b, "mem_p", "platform_admin");
	snprintf(path, sizeof(path), "%s/keys", b->dir);
	assert_int_equal(keys_load(path, false, &without), OK);
	b->f.keys = &without;
	assert_int_equal(retention_approve(F, &pat, RULE), ERR_INTERNAL);
	walk = (struct retention){.after = ""};
	assert_int_not_equal(retention_run(F, &walk, &count, &whole), OK);
	b->f.keys = &b->keys;
	keys_clear(&without);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    BENCH(nothing_is_destroyed_before_two_people_have_said_so),
	    BENCH(
		the_journal_says_who_approved_and_what_was_destroyed_by_which_rule),
	    BENCH(one_person_is_not_two),
	    BENCH(who_has_not_the_right_approves_nothing),
	    BENCH(two_auditors_are_not_enough),
	    BENCH(another_period_is_approved_anew_and_the_old_one_comes_back),
	    BENCH(the_approval_of_one_rule_is_not_that_of_another),
	    BENCH(who_lost_the_right_has_lost_the_word),
	    BENCH(a_row_that_was_forged_is_no_approval),
	    BENCH(
		without_the_clerk_s_key_there_is_neither_approval_nor_destruction),
	};

	return cmocka_run_group_tests_name(
	    "retention approvals", tests, NULL, NULL);
}
