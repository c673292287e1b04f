#include "flow/flow.h"

#include "base/enum.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

static void
names_lead_back_to_states(void **state)
{
	(void)state;
	for (enum state s = 0; s < STATE_COUNT; s++) {
		assert_int_equal(state_of(state_name(s)), s);
		assert_true(*state_text(s));
	}
	assert_int_equal(state_of("approve"), STATE_COUNT);
	assert_int_equal(state_of(""), STATE_COUNT);
	assert_string_equal(state_name(STATE_COUNT), "");
}

static void
a_move_needs_its_row_and_its_actor(void **state)
{
	enum state to = STATE_COUNT;

	(void)state;
	assert_int_equal(state_after(STATE_in_review, EVENT_approve,
			     ACTOR_operator, &to),
	    OK);
	assert_int_equal(to, STATE_approved);
	assert_int_equal(state_after(STATE_in_review, EVENT_approve,
			     ACTOR_clerk, &to),
	    ERR_WRONG_STATE);
	assert_int_equal(state_after(STATE_approved, EVENT_cancel,
			     ACTOR_workspace, &to),
	    ERR_WRONG_STATE);
	assert_int_equal(to, STATE_approved);
}

static bool
moves_on(enum state from)
{
	enum state to;

	for (enum event e = 0; e < EVENT_COUNT; e++)
		for (enum actor_kind k = 0; k < ACTOR_COUNT; k++)
			if (state_after(from, e, k, &to) == OK)
				return true;
	return false;
}

static void
only_what_is_terminal_goes_nowhere(void **state)
{
	(void)state;
	for (enum state s = 0; s < STATE_COUNT; s++) {
		/* but for "ask a person" */
		bool on = moves_on(s) && s != STATE_refused;
		assert_int_equal(on, !state_is_terminal(s));
	}
}

static void
levels_have_rank_and_letter(void **state)
{
	static const char *const names[] = {"lcp", "qcp", "qcpnqscd"};

	(void)state;
	for (int i = 0; i < 3; i++) {
		assert_int_equal(level_find(names[i])->rank, i + 1);
		assert_int_equal(level_letter(level_find(names[i])),
		    "lqs"[i]);
	}
	assert_null(level_find("gold"));
	assert_null(level_find(NULL));
}

static void
mails_know_to_whom(void **state)
{
	(void)state;
	assert_true(mail_to_participant(MAIL_invitation));
	assert_false(mail_to_participant(MAIL_expired_requester));
	assert_string_equal(mail_kind_name(MAIL_redo), "redo");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(names_lead_back_to_states),
	    cmocka_unit_test(a_move_needs_its_row_and_its_actor),
	    cmocka_unit_test(only_what_is_terminal_goes_nowhere),
	    cmocka_unit_test(levels_have_rank_and_letter),
	    cmocka_unit_test(mails_know_to_whom),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
