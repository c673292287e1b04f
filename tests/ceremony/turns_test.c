/*
 * Turns of orders behind each other: what is told of each, in which order, and
 * what stays of all after a start.
 */
#include "instance.h"

#include "base/enum.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define TURNS 6
#define EACH 3

static struct instance here;
static struct signer signer;

static struct flow_of_turns {
	struct order orders[TURNS][EACH];
	struct issue_result results[TURNS][EACH];
	struct issue_work works[TURNS][EACH];
	size_t taken, given;
	struct ledger_mark at_first;
} turns;

static int
set_up(void **state)
{
	size_t repaired;

	(void)state;
	instance_init(&here, "");
	return signer_open(here.conf, &signer, &repaired) == OK ? 0 : -1;
}

static int
tear_down(void **state)
{
	(void)state;
	signer_close(&signer);
	instance_clear(&here);
	return 0;
}

/* All say what the clerk knew before the first: it hears of none meanwhile. */
static bool
take(void *data, size_t slot, struct issue_turn *out)
{
	struct flow_of_turns *t = data;

	assert_true(slot == t->taken % ISSUE_TURNS);
	if (t->taken == TURNS)
		return false;
	for (size_t i = 0; i < EACH; i++) {
		struct order *o = &t->orders[t->taken][i];
		unsigned number = (unsigned)(t->taken * EACH + i);

		/* one that is made and not yet durable, one that is meant */
		if (t->taken == 3 && i > 0)
			number = i == 1 ? 0 : 2 * EACH;
		instance_order(number, o);
		o->known = t->at_first;
		t->works[t->taken][i] = (struct issue_work){
		    .order = o, .result = &t->results[t->taken][i]};
	}
	*out = (struct issue_turn){t->works[t->taken], EACH};
	t->taken++;
	return true;
}

static void
give(void *data, size_t slot, const struct issue_turn *turn)
{
	struct flow_of_turns *t = data;

	assert_true(slot == t->given % ISSUE_TURNS);
	assert_true(turn->works == t->works[t->given]);
	t->given++;
}

static void
turns_are_given_back_in_order_and_durable(void **state)
{
	const struct issue_stream stream = {take, give, &turns};
	struct records_summary before, after;
	size_t repaired = 1;

	(void)state;
	turns.at_first = *records_mark(signer.records);
	signer_issue_stream(&signer, &stream);
	assert_int_equal(turns.given, TURNS);
	for (size_t k = 0; k < TURNS; k++)
		for (size_t i = 0; i < EACH; i++)
			if (k != 3 || i != 2)
				assert_int_equal(
				    turns.works[k][i].outcome, OK);
	/* repeated: the same; on its way: not a second one */
	assert_memory_equal(
	    turns.results[3][1].serial, turns.results[0][0].serial, 16);
	assert_int_equal(turns.works[3][2].outcome, ERR_CONFLICT);

	records_summary(signer.records, &before);
	assert_int_equal(before.issued, TURNS * EACH - 2);
	signer_close(&signer);
	assert_int_equal(signer_open(here.conf, &signer, &repaired), OK);
	assert_int_equal(repaired, 0);
	records_summary(signer.records, &after);
	assert_int_equal(after.entries, before.entries);
	assert_int_equal(after.issued, before.issued);
}

/* Nobody hears of certificates that the answers behind theirs bring. */
static void
each_turn_tells_the_mark_of_its_own_entries(void **state)
{
	(void)state;
	uint64_t before = turns.at_first.entries;

	for (size_t k = 0; k < TURNS; k++) {
		const struct issue_result *r = &turns.results[k][0];

		assert_true(r->mark.entries > before);
		before = r->mark.entries;
		for (size_t i = 1; i < EACH; i++)
			if (turns.works[k][i].fresh)
				assert_true(turns.results[k][i].mark.entries ==
					    r->mark.entries);
	}
	assert_true(turns.results[0][0].mark.entries <
		    records_mark(signer.records)->entries);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(turns_are_given_back_in_order_and_durable),
	    cmocka_unit_test(each_turn_tells_the_mark_of_its_own_entries),
	};

	return cmocka_run_group_tests_name("turns", tests, set_up, tear_down);
}
