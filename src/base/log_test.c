/*
 * What reaches standard error, read back through a pipe in its place.
 */
#include "base/log.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/* Writes a line at a level with something hostile in it. */
static void
say(enum log_level level, char out[256])
{
	int ends[2], before = dup(STDERR_FILENO);

	assert_int_equal(pipe(ends), 0);
	dup2(ends[1], STDERR_FILENO);
	close(ends[1]);
	log_line(level, "event what=%s", "a\nb\x1b[2J\x7f");
	dup2(before, STDERR_FILENO);
	close(before);
	ssize_t size = read(ends[0], out, 255);
	out[size > 0 ? size : 0] = '\0';
	close(ends[0]);
}

static void
a_line_stays_one_line_without_controls(void **state)
{
	char line[256];

	(void)state;
	say(LOG_WARN, line);
	assert_non_null(strstr(line, "warn event what=a?b?[2J?\n"));
	assert_ptr_equal(strchr(line, '\n'), line + strlen(line) - 1);
}

static void
a_line_below_the_threshold_is_not_written(void **state)
{
	char line[256];

	(void)state;
	assert_int_equal(log_threshold("error"), OK);
	say(LOG_WARN, line);
	assert_string_equal(line, "");
	say(LOG_ERROR, line);
	assert_string_not_equal(line, "");
	assert_int_equal(log_threshold("info"), OK);
}

static void
refuses_a_level_that_is_none(void **state)
{
	(void)state;
	assert_int_equal(log_threshold("loud"), ERR_INVALID);
	assert_int_equal(log_threshold(""), ERR_INVALID);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_line_stays_one_line_without_controls),
	    cmocka_unit_test(a_line_below_the_threshold_is_not_written),
	    cmocka_unit_test(refuses_a_level_that_is_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
