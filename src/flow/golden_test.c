/*
 * The tables as compiled, against a file that a person has read. After a
 * change: GOLDEN_WRITE=1 writes it anew, to be looked at before the commit.
 */
#include "base/buf.h"
#include "flow/flow.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#define PRINTED_MAX ((size_t)64 * 1024)

static void
print_states(struct buf *b)
{
	assert_int_equal(buf_add_text(b, "# states\n"), OK);
	for (enum state s = 0; s < STATE_COUNT; s++)
		assert_int_equal(buf_add_format(b, "%s%s: %s\n", state_name(s),
				     state_is_terminal(s) ? " (terminal)" : "",
				     state_text(s)),
		    OK);
}

static void
print_moves_of(enum state from, enum event event, struct buf *b)
{
	enum state to;

	for (enum actor_kind k = 0; k < ACTOR_COUNT; k++) {
		if (state_after(from, event, k, &to) != OK)
			continue;
		assert_int_equal(buf_add_format(b, "%s %s %s by %s\n",
				     state_name(from), event_name(event),
				     state_name(to), actor_kind_name(k)),
		    OK);
	}
}

static void
print_moves(struct buf *b)
{
	assert_int_equal(buf_add_text(b, "\n# moves\n"), OK);
	for (enum state s = 0; s < STATE_COUNT; s++)
		for (enum event e = 0; e < EVENT_COUNT; e++)
			print_moves_of(s, e, b);
}

static void
print_steps(struct buf *b)
{
	assert_int_equal(buf_add_text(b, "\n# steps\n"), OK);
	for (enum step_name s = 0; s < STEP_COUNT; s++)
		assert_int_equal(buf_add_format(b, "%s: %s\n",
				     step_name_text(s), step_title(s)),
		    OK);
	assert_int_equal(buf_add_text(b, "\n# mails\n"), OK);
	for (enum mail_kind k = 0; k < MAIL_COUNT; k++)
		assert_int_equal(buf_add_format(b, "%s to the %s\n",
				     mail_kind_name(k),
				     mail_to_participant(k) ? "participant"
							    : "requester"),
		    OK);
}

static void
print_errors(struct buf *b)
{
	assert_int_equal(buf_add_text(b, "\n# errors\n"), OK);
	for (enum err e = OK + 1; e < ERR_COUNT; e++)
		assert_int_equal(buf_add_format(b, "%d %s: %s\n",
				     err_http_status(e), err_api_name(e),
				     err_text(e)),
		    OK);
}

static void
compare(const char *path, const struct buf *printed)
{
	AUTO(free) char *golden = calloc(1, PRINTED_MAX);
	AUTO(fclose) FILE *file = fopen(path, "re");

	assert_non_null(file);
	assert_true(fread(golden, 1, PRINTED_MAX - 1, file) > 0);
	assert_string_equal(buf_text(printed), golden);
}

static void
write_anew(const char *path, const struct buf *printed)
{
	AUTO(fclose) FILE *file = fopen(path, "we");

	assert_non_null(file);
	assert_int_equal(fwrite(printed->data, 1, printed->size, file),
	    printed->size);
}

static void
the_tables_are_as_written_down(void **state)
{
	AUTO(buf_clear) struct buf printed;
	char path[512];

	(void)state;
	buf_init(&printed, PRINTED_MAX);
	print_states(&printed);
	print_moves(&printed);
	print_steps(&printed);
	print_errors(&printed);
	snprintf(path, sizeof(path), "%s/states.txt", getenv("GOLDEN"));
	if (getenv("GOLDEN_WRITE"))
		write_anew(path, &printed);
	compare(path, &printed);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_tables_are_as_written_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
