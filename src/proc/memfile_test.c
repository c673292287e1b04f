#include "proc/memfile.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

static void
carries_bytes(void **state)
{
	AUTO(memfile_clear) struct memfile m = {0};
	AUTO(close) int fd = -1;

	(void)state;
	assert_int_equal(memfile_make(span_of_text("picture"), &fd), OK);
	assert_int_equal(memfile_map(fd, 7, &m), OK);
	assert_true(span_equal(m.bytes, span_of_text("picture")));
	assert_int_equal(fcntl(fd, F_GETFD) & FD_CLOEXEC, FD_CLOEXEC);
}

static void
carries_nothing(void **state)
{
	AUTO(memfile_clear) struct memfile m = {0};
	AUTO(close) int fd = -1;

	(void)state;
	assert_int_equal(memfile_make(SPAN(NULL, 0), &fd), OK);
	assert_int_equal(memfile_map(fd, 0, &m), OK);
	assert_int_equal(m.bytes.size, 0);
}

static void
nobody_can_change_a_sealed_file(void **state)
{
	AUTO(close) int fd = -1;

	(void)state;
	assert_int_equal(memfile_make(span_of_text("picture"), &fd), OK);
	assert_int_equal(pwrite(fd, "P", 1, 0), -1);
	assert_int_equal(ftruncate(fd, 1), -1);
	assert_int_equal(ftruncate(fd, 100), -1);
	assert_ptr_equal(
	    mmap(NULL, 7, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0),
	    MAP_FAILED);
}

static void
refuses_a_file_that_could_change(void **state)
{
	AUTO(close) int open_fd = memfd_create("open", MFD_ALLOW_SEALING);
	AUTO(close) int half = memfd_create("half", MFD_ALLOW_SEALING);
	AUTO(close) int null = open("/dev/null", O_RDONLY | O_CLOEXEC);
	struct memfile m;

	(void)state;
	assert_int_equal(
	    fcntl(half, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW), 0);
	assert_int_equal(memfile_map(open_fd, 10, &m), ERR_INVALID);
	assert_int_equal(memfile_map(half, 10, &m), ERR_INVALID);
	assert_int_equal(memfile_map(null, 10, &m), ERR_INVALID);
	assert_int_equal(memfile_map(-1, 10, &m), ERR_INVALID);
}

static void
refuses_a_file_past_the_maximum(void **state)
{
	AUTO(close) int fd = -1;
	struct memfile m;

	(void)state;
	assert_int_equal(memfile_make(span_of_text("picture"), &fd), OK);
	assert_int_equal(memfile_map(fd, 6, &m), ERR_TOO_LARGE);
}

static void
refuses_more_than_the_room_made(void **state)
{
	AUTO(close) int fd = -1;

	(void)state;
	assert_int_equal(memfile_room(3, &fd), OK);
	assert_int_equal(memfile_fill(fd, span_of_text("four")), ERR_TOO_LARGE);
}

/* As a caged reader does; at the end, since the limit stays. */
static void
fills_room_without_the_right_to_grow_files(void **state)
{
	AUTO(memfile_clear) struct memfile m = {0};
	AUTO(close) int fd = -1;

	(void)state;
	assert_int_equal(memfile_room(4096, &fd), OK);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &(struct rlimit){0, 0}), 0);
	assert_int_equal(memfile_fill(fd, span_of_text("still")), OK);
	assert_int_equal(memfile_map(fd, 5, &m), OK);
	assert_true(span_equal(m.bytes, span_of_text("still")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(carries_bytes),
	    cmocka_unit_test(carries_nothing),
	    cmocka_unit_test(nobody_can_change_a_sealed_file),
	    cmocka_unit_test(refuses_a_file_that_could_change),
	    cmocka_unit_test(refuses_a_file_past_the_maximum),
	    cmocka_unit_test(refuses_more_than_the_room_made),
	    cmocka_unit_test(fills_room_without_the_right_to_grow_files),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
