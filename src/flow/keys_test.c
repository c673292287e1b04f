#include "flow/flow.h"

#include <setjmp.h>
#include <stdarg.h>
#include <sys/stat.h>
#include <cmocka.h>

#define NAMES 4
static const char *const names[NAMES] = {"link.key", "digest.key",
    "vault.key", "vault.pub"};

static void
remove_keys(const char *dir)
{
	char path[128];

	for (int i = 0; i < NAMES; i++) {
		snprintf(path, sizeof(path), "%s/%s", dir, names[i]);
		unlink(path);
	}
	rmdir(dir);
}

static void
keys_are_made_once_and_for_their_owner(void **state)
{
	char dir[] = "/tmp/keys-test-XXXXXX", path[128];
	struct keys k = {0};
	struct stat st;

	(void)state;
	assert_non_null(mkdtemp(dir));
	assert_int_equal(keys_make(dir), OK);
	assert_int_equal(keys_make(dir), ERR_CONFLICT);
	for (int i = 0; i < NAMES; i++) {
		snprintf(path, sizeof(path), "%s/%s", dir, names[i]);
		assert_int_equal(stat(path, &st), 0);
		assert_int_equal(st.st_mode & 0777, 0600);
		assert_int_equal(st.st_size, 32);
	}
	assert_int_equal(keys_load(dir, false, &k), OK);
	assert_int_equal(k.vault.size, 0);
	keys_clear(&k);
	assert_int_equal(keys_load(dir, true, &k), OK);
	assert_int_equal(k.vault.size, 32);
	assert_memory_not_equal(k.link.data, k.digest.data, 32);
	keys_clear(&k);
	remove_keys(dir);
}

static void
a_key_that_others_may_read_is_refused(void **state)
{
	char dir[] = "/tmp/keys-test-XXXXXX", path[128];
	struct keys k = {0};

	(void)state;
	assert_non_null(mkdtemp(dir));
	assert_int_equal(keys_make(dir), OK);
	snprintf(path, sizeof(path), "%s/digest.key", dir);
	assert_int_equal(chmod(path, 0644), 0);
	assert_int_equal(keys_load(dir, false, &k), ERR_DENIED);
	assert_null(k.link.data);
	assert_int_equal(chmod(path, 0600), 0);
	assert_int_equal(truncate(path, 31), 0);
	assert_int_equal(keys_load(dir, false, &k), ERR_INVALID);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(keys_load(dir, false, &k), ERR_NOT_FOUND);
	remove_keys(dir);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(keys_are_made_once_and_for_their_owner),
	    cmocka_unit_test(a_key_that_others_may_read_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
