/*
 * The journal under attack by somebody who can write the database, but not
 * the checkpoint that is kept elsewhere.
 */
#include "flow/fixture.h"
#include "store/engine.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#define ENTRIES 12

static void
fill(struct bench *b)
{
	for (int i = 0; i < ENTRIES; i++) {
		assert_int_equal(store_begin(b->f.store), OK);
		assert_int_equal(audit_write(&b->f, &bench_member, "test.act",
				     "reg_1", arena_format(&b->a, "%d", i),
				     ""),
		    OK);
		assert_int_equal(store_commit(b->f.store), OK);
	}
}

static enum err
after(struct bench *b, const char *attack)
{
	int64_t entries;

	assert_int_equal(audit_verify(b->f.store, 0, NULL, &entries), OK);
	assert_int_equal(engine_script(b->f.store, attack), OK);
	return audit_verify(b->f.store, 0, NULL, &entries);
}

static void
a_journal_that_nobody_touched_verifies(void **state)
{
	struct bench *b = *state;
	int64_t entries = -1;

	assert_int_equal(audit_verify(b->f.store, 0, NULL, &entries), OK);
	assert_int_equal(entries, 0);
	fill(b);
	assert_int_equal(audit_verify(b->f.store, 0, NULL, &entries), OK);
	assert_int_equal(entries, ENTRIES);
}

static void
any_altered_field_is_found(void **state)
{
	static const char *const attacks[] = {"at = at + 1",
	    "actor_kind = 'clerk'", "actor = 'mem_x'", "act = 'x'",
	    "subject = 'reg_2'", "detail = ''", "evidence_digest = '0'",
	    "hash = previous", "previous = hash",
	    /* moving a letter over a border */
	    "act = act || 'r', subject = 'eg_1'"};
	struct bench *b = *state;

	fill(b);
	for (size_t i = 0; i < sizeof(attacks) / sizeof(*attacks); i++) {
		assert_int_equal(store_begin(b->f.store), OK);
		assert_int_equal(after(b, arena_format(&b->a,
				     "UPDATE audit SET %s WHERE seq = 5",
				     attacks[i])),
		    ERR_INVALID);
		assert_non_null(strstr(err_explanation(), "entry 5"));
		store_rollback(b->f.store);
	}
}

static void
a_removed_entry_is_found_wherever_it_was(void **state)
{
	struct bench *b = *state;

	fill(b);
	for (int seq = 1; seq < ENTRIES; seq++) {
		assert_int_equal(store_begin(b->f.store), OK);
		assert_int_equal(after(b, arena_format(&b->a,
				     "DELETE FROM audit WHERE seq = %d", seq)),
		    ERR_INVALID);
		store_rollback(b->f.store);
	}
}

static void
a_removed_entry_is_found_though_the_rest_moved_up(void **state)
{
	struct bench *b = *state;

	fill(b);
	assert_int_equal(after(b, "DELETE FROM audit WHERE seq = 5;"
				  "UPDATE audit SET seq = -seq WHERE seq > 5;"
				  "UPDATE audit SET seq = -seq - 1"
				  " WHERE seq < 0;"),
	    ERR_INVALID);
}

static void
entries_that_changed_places_are_found(void **state)
{
	struct bench *b = *state;

	fill(b);
	assert_int_equal(after(b, "UPDATE audit SET seq = 99 WHERE seq = 4;"
				  "UPDATE audit SET seq = 4 WHERE seq = 5;"
				  "UPDATE audit SET seq = 5 WHERE seq = 99;"),
	    ERR_INVALID);
}

static void
a_cut_tail_is_found_against_a_checkpoint(void **state)
{
	struct bench *b = *state;
	struct audit_entry last;
	int64_t entries;

	fill(b);
	assert_int_equal(audit_last(b->f.store, &b->a, &last), OK);
	assert_int_equal(audit_verify(b->f.store, last.seq, last.hash,
			     &entries),
	    OK);
	assert_int_equal(after(b, "DELETE FROM audit WHERE seq > 9"), OK);
	assert_int_equal(audit_verify(b->f.store, last.seq, last.hash,
			     &entries),
	    ERR_INVALID);
	assert_non_null(strstr(err_explanation(), "cut off"));
}

static void
a_journal_written_anew_is_found_against_a_checkpoint(void **state)
{
	struct bench *b = *state;
	struct audit_entry last;
	int64_t entries;

	fill(b);
	assert_int_equal(audit_last(b->f.store, &b->a, &last), OK);
	assert_int_equal(engine_script(b->f.store, "DELETE FROM audit"), OK);
	clock_set(BENCH_NOW + 1);
	fill(b);
	assert_int_equal(audit_verify(b->f.store, 0, NULL, &entries), OK);
	assert_int_equal(audit_verify(b->f.store, last.seq, last.hash,
			     &entries),
	    ERR_INVALID);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    BENCH(a_journal_that_nobody_touched_verifies),
	    BENCH(any_altered_field_is_found),
	    BENCH(a_removed_entry_is_found_wherever_it_was),
	    BENCH(a_removed_entry_is_found_though_the_rest_moved_up),
	    BENCH(entries_that_changed_places_are_found),
	    BENCH(a_cut_tail_is_found_against_a_checkpoint),
	    BENCH(a_journal_written_anew_is_found_against_a_checkpoint),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
