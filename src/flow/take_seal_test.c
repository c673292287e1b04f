/*
 * Whoever writes to the database while somebody records sets nothing of what
 * they are asked.
 */
#include "flow/take_fixture.h"

#include "flow/take_seal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

/* Each of what is sealed, one at a time. */
static void
every_part_of_a_challenge_is_sealed(void **state)
{
	struct bench *b = *state;
	struct registration r = taking_photographed(b);
	const struct take good = taking_sent(b, r.id, PART_FACE);

	assert_int_equal(take_seal_check(&b->f, &good), OK);
	for (int part = 0; part < 13; part++) {
		struct take t = good;

		switch (part) {
		case 0: t.id = "tak_another"; break;
		case 1: t.registration = "reg_another"; break;
		case 2: t.attempt++; break;
		case 3: t.part = "document"; break;
		case 4: t.prompts = "look_ahead turn_left"; break;
		case 5: t.asked = "0 1000"; break;
		case 6: t.shown = "0 1000"; break;
		case 7: t.hints = "{}"; break;
		case 8: t.evidence = "evd_another"; break;
		case 9: t.created_at--; break;
		case 10: t.started_at--; break;
		case 11: t.expires_at++; break;
		case 12: t.seal = ""; break;
		}
		if (take_seal_check(&b->f, &t) != ERR_WRONG_STATE)
			fail_msg("part %d is not sealed", part);
	}
}

/* Nor does a text run into the next. */
static void
what_is_asked_is_not_when(void **state)
{
	struct bench *b = *state;
	struct registration r = taking_photographed(b);
	struct take t = taking_begun(b, r.id, PART_FACE);

	t.asked = arena_format(&b->a, "%s", t.prompts);
	t.prompts = "";
	assert_int_equal(take_seal_check(&b->f, &t), ERR_WRONG_STATE);
}

/* Between two prompts: web does not seal what somebody wrote there. */
static void
a_take_that_a_row_changed_goes_nowhere(void **state)
{
	struct bench *b = *state;
	struct registration r = taking_photographed(b);
	struct take t = taking_begun(b, r.id, PART_FACE), changed;
	struct take_prompt p;

	taking_ask_all(b, &t);
	assert_int_equal(taking_send(b, &t, 0, TAKING_FIRST), OK);
	changed = taking_stored(b, t.id);
	const int64_t right = changed.expires_at;
	changed.expires_at += MINUTE;
	assert_int_equal(take_save(b->f.store, &changed), OK);
	assert_int_equal(take_prompt(&b->f, &b->a, r.id, t.id, 0, &p),
	    ERR_WRONG_STATE);
	assert_int_equal(taking_send(b, &t, 1, TAKING_SECOND),
	    ERR_WRONG_STATE);
	assert_int_equal(taking_finish(b, &t), ERR_WRONG_STATE);
	changed = taking_stored(b, t.id);
	changed.expires_at = right;
	assert_int_equal(take_save(b->f.store, &changed), OK);
	assert_int_equal(taking_finish(b, &t), OK);
}

/* Another one is begun, and the changed one ends. */
static void
another_take_is_begun_in_its_place(void **state)
{
	struct bench *b = *state;
	struct registration r = taking_photographed(b);
	struct take t = taking_begun(b, r.id, PART_FACE);

	t.seal = "";
	assert_int_equal(take_save(b->f.store, &t), OK);
	taking_sent(b, r.id, PART_FACE);
	assert_string_equal(taking_stored(b, t.id).state, "superseded");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    BENCH(every_part_of_a_challenge_is_sealed),
	    BENCH(what_is_asked_is_not_when),
	    BENCH(a_take_that_a_row_changed_goes_nowhere),
	    BENCH(another_take_is_begun_in_its_place),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
