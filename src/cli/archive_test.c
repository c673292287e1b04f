/*
 * ZIP files, judged by Python's reader.
 */
#include "cli/archive.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>

static char dir[] = "/tmp/archive-test-XXXXXX";
static char path[64];
static int fd = -1;

static int
set_up(void **state)
{
	(void)state;
	memcpy(dir + sizeof(dir) - 7, "XXXXXX", 6);
	if (!mkdtemp(dir))
		return 1;
	snprintf(path, sizeof(path), "%s/a.zip", dir);
	fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	return fd < 0;
}

static int
tear_down(void **state)
{
	(void)state;
	close(fd);
	unlink(path);
	return rmdir(dir);
}

/* python3's reader checks every checksum. */
static int
judge(const char *script)
{
	char command[1024];

	snprintf(command, sizeof(command),
	    "python3 -c \"import zipfile; z = zipfile.ZipFile('%s'); %s\" "
	    "2>/dev/null",
	    path, script);
	return system(command);
}

static void
others_read_what_was_put_in(void **state)
{
	AUTO(archive_clear) struct archive a;

	(void)state;
	archive_init(&a, fd, 1700000000123);
	assert_int_equal(archive_add(&a, "mimetype", span_of_text("x/y")), OK);
	assert_int_equal(archive_begin(&a, "evidence/large.bin"), OK);
	for (int i = 0; i < 40; i++) {
		uint8_t piece[65536];

		memset(piece, i, sizeof(piece));
		assert_int_equal(
		    archive_write(&a, SPAN(piece, sizeof(piece))), OK);
	}
	assert_int_equal(archive_end(&a), OK);
	assert_int_equal(archive_add(&a, "nothing", SPAN("", 0)), OK);
	assert_int_equal(archive_finish(&a), OK);
	const struct digest d = digest_sha256(span_of_text("x/y"));
	assert_memory_equal(&d, &a.parts[0].digest, sizeof(d));
	assert_int_equal(judge("assert z.testzip() is None"), 0);
	assert_int_equal(judge("assert z.namelist() == ['mimetype', "
			       "'evidence/large.bin', 'nothing']"),
	    0);
	assert_int_equal(judge("assert z.read('evidence/large.bin') == "
			       "b''.join(bytes([i]) * 65536 for i in "
			       "range(40))"),
	    0);
	assert_int_equal(judge("assert z.infolist()[0].date_time == (2023, "
			       "11, 14, 22, 13, 20)"),
	    0);
	assert_int_equal(judge("assert z.infolist()[0].compress_type == 0"), 0);
	assert_int_equal(judge("assert open(z.filename, 'rb').read()[30:41] "
			       "== b'mimetypex/y'"),
	    0);
}

static void
a_changed_byte_is_seen_by_others(void **state)
{
	AUTO(archive_clear) struct archive a;

	(void)state;
	archive_init(&a, fd, 1700000000123);
	assert_int_equal(archive_add(&a, "one", span_of_text("abc")), OK);
	assert_int_equal(archive_finish(&a), OK);
	assert_int_equal(pwrite(fd, "d", 1, 33), 1);
	assert_int_not_equal(judge("assert z.testzip() is None"), 0);
}

static void
refuses_names_that_lead_elsewhere(void **state)
{
	static const char *const names[] = {"", "/etc/x", "../x", "a/../x",
	    "a b", "a\nb", "a\\b", "\xc3\xa9"};
	AUTO(archive_clear) struct archive a;

	(void)state;
	archive_init(&a, fd, 1700000000123);
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		assert_int_equal(archive_begin(&a, names[i]), ERR_INTERNAL);
	assert_int_equal(a.count, 0);
}

static void
refuses_more_than_four_gigabytes(void **state)
{
	AUTO(archive_clear) struct archive a;

	(void)state;
	archive_init(&a, fd, 1700000000123);
	assert_int_equal(archive_begin(&a, "one"), OK);
	a.size = UINT32_MAX - 2;
	assert_int_equal(
	    archive_write(&a, span_of_text("abc")), ERR_TOO_LARGE);
}

static void
a_part_that_was_dropped_was_never_there(void **state)
{
	AUTO(archive_clear) struct archive a;

	(void)state;
	archive_init(&a, fd, 1700000000123);
	assert_int_equal(archive_add(&a, "one", span_of_text("abc")), OK);
	assert_int_equal(archive_begin(&a, "two"), OK);
	assert_int_equal(archive_write(&a, span_of_text("secret")), OK);
	assert_int_equal(archive_drop(&a), OK);
	assert_int_equal(archive_add(&a, "three", span_of_text("d")), OK);
	assert_int_equal(archive_finish(&a), OK);
	assert_int_equal(judge("assert z.testzip() is None"), 0);
	assert_int_equal(judge("assert z.namelist() == ['one', 'three']"), 0);
	assert_int_equal(
	    judge("assert b'secret' not in open(z.filename, 'rb').read()"), 0);
}

static void
a_part_that_is_open_is_not_forgotten(void **state)
{
	AUTO(archive_clear) struct archive a;

	(void)state;
	archive_init(&a, fd, 1700000000123);
	assert_int_equal(archive_begin(&a, "one"), OK);
	assert_int_equal(archive_begin(&a, "two"), ERR_INTERNAL);
	assert_int_equal(archive_finish(&a), ERR_INTERNAL);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    CASE(others_read_what_was_put_in),
	    CASE(a_changed_byte_is_seen_by_others),
	    CASE(refuses_names_that_lead_elsewhere),
	    CASE(refuses_more_than_four_gigabytes),
	    CASE(a_part_that_was_dropped_was_never_there),
	    CASE(a_part_that_is_open_is_not_forgotten),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
