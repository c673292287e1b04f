/*
 * Files that a ceremony leaves: on the disk when it says so. fsync is ours
 * here, to see what it is called for.
 */
#include "signer/leaked.h"
#include "signer/lines.h"
#include "signer/place.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static char dir[64], path[PLACE_PATH];
static unsigned files, folders;
static int folder_fails;

int
fsync(int fd)
{
	struct stat st;

	if (fstat(fd, &st) != 0)
		return -1;
	files += S_ISREG(st.st_mode);
	folders += S_ISDIR(st.st_mode);
	/* the file first, under its own name */
	assert_true(folders <= files);
	errno = folder_fails;
	return S_ISDIR(st.st_mode) && folder_fails ? -1 : 0;
}

static int
set_up(void **state)
{
	(void)state;
	snprintf(dir, sizeof(dir), "/tmp/paraph-place-XXXXXX");
	if (!mkdtemp(dir))
		return -1;
	files = folders = 0;
	folder_fails = 0;
	return place_path(dir, "leaked", "", path) == OK ? 0 : -1;
}

static int
tear_down(void **state)
{
	(void)state;
	unlink(path);
	return rmdir(dir);
}

static void
a_file_and_its_folder_are_on_the_disk(void **state)
{
	AUTO(buf_clear) struct buf read;

	(void)state;
	assert_int_equal(place_write(path, SPAN("abc", 3), 0644), OK);
	assert_int_equal(files, 1);
	assert_int_equal(folders, 1);
	assert_int_equal(place_read(path, 3, &read), OK);
	assert_true(span_equal(span_of_buf(&read), SPAN("abc", 3)));
	assert_int_equal(lines_save(dir, "leaked", SPAN("d\n", 2)), OK);
	assert_int_equal(files, 2);
	assert_int_equal(folders, 2);
}

static void
a_folder_that_fails_is_told_and_one_that_cannot_is_not(void **state)
{
	(void)state;
	folder_fails = EIO;
	assert_int_equal(
	    place_write(path, SPAN("abc", 3), 0644), ERR_UNAVAILABLE);
	folder_fails = EINVAL;
	assert_int_equal(place_write(path, SPAN("abc", 3), 0644), OK);
}

static void
what_cannot_be_read_is_no_empty_file(void **state)
{
	AUTO(buf_clear) struct buf read;
	struct leaked list = {0};

	(void)state;
	/* a folder opens like a file, and no byte of it can be read */
	assert_int_equal(place_read(dir, 3, &read), ERR_UNAVAILABLE);
	assert_int_equal(mkdir(path, 0700), 0);
	assert_int_equal(leaked_refresh(dir, &list), ERR_UNAVAILABLE);
	leaked_clear(&list);
	assert_int_equal(rmdir(path), 0);
}

int
main(void)
{
#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
	const struct CMUnitTest tests[] = {
	    IN_FOLDER(a_file_and_its_folder_are_on_the_disk),
	    IN_FOLDER(a_folder_that_fails_is_told_and_one_that_cannot_is_not),
	    IN_FOLDER(what_cannot_be_read_is_no_empty_file),
	};

	return cmocka_run_group_tests_name("place", tests, NULL, NULL);
}
