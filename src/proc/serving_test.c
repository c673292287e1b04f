/*
 * Two services on one place.
 */
#include "proc/serving.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static char dir[64];

static void
make(const char *name)
{
	char path[128];

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	assert_int_equal(mkdir(path, 0700), 0);
}

static int
setup(void **state)
{
	(void)state;
	snprintf(dir, sizeof(dir), "/tmp/paraph-serving-XXXXXX");
	assert_non_null(mkdtemp(dir));
	make("signer");
	make("store");
	return 0;
}

static int
teardown(void **state)
{
	static const char *const names[] = {"signer", "store", "other", ""};
	char path[128];

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		snprintf(path, sizeof(path), "%s/%s", dir, names[i]);
		(void)rmdir(path);
	}
	return 0;
}

static enum err
begin(const char *text, struct serving *out)
{
	AUTO(conf_free) struct conf *conf = NULL;

	assert_int_equal(conf_parse(span_of_text(text), dir, &conf), OK);
	return serving_begin(conf, out);
}

static void
a_second_service_is_refused_and_told_whose_the_place_is(void **state)
{
	struct serving one, two;
	char pid[32];

	(void)state;
	assert_int_equal(begin("", &one), OK);
	assert_int_equal(begin("", &two), ERR_CONFLICT);
	snprintf(pid, sizeof(pid), "(process %ld)", (long)getpid());
	assert_non_null(strstr(err_explanation(), pid));
	serving_end(&one);
	assert_int_equal(begin("", &two), OK);
	serving_end(&two);
}

static void
one_folder_in_common_is_enough(void **state)
{
	struct serving one, two;

	(void)state;
	make("other");
	assert_int_equal(begin("", &one), OK);
	assert_int_equal(begin("[signer]\ndir = other\n", &two), ERR_CONFLICT);
	assert_int_equal(
	    begin("[store]\npath = other/paraph.db\n", &two), ERR_CONFLICT);
	/* what was taken before the refusal is free again */
	assert_int_equal(begin("[signer]\ndir = other\n"
			       "[store]\npath = other/paraph.db\n", &two), OK);
	serving_end(&two);
	serving_end(&one);
}

static void
who_was_killed_holds_nothing(void **state)
{
	struct serving one;
	int status;
	pid_t pid = fork();

	(void)state;
	if (pid == 0)
		_exit(begin("", &one) == OK ? 0 : 1);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	assert_int_equal(begin("", &one), OK);
	serving_end(&one);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(
		a_second_service_is_refused_and_told_whose_the_place_is, setup,
		teardown),
	    cmocka_unit_test_setup_teardown(
		one_folder_in_common_is_enough, setup, teardown),
	    cmocka_unit_test_setup_teardown(
		who_was_killed_holds_nothing, setup, teardown),
	};

	return cmocka_run_group_tests_name("serving", tests, NULL, NULL);
}
