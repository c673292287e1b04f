#include "signer/ledger.h"

#include "base/enum.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static char dir[64], path[96];
static bool disk_fails;

/* In place of the system's. */
int
fdatasync(int fd)
{
	errno = EIO;
	return disk_fails ? -1 : (int)syscall(SYS_fdatasync, fd);
}

static int
set_up(void **state)
{
	(void)state;
	snprintf(dir, sizeof(dir), "/tmp/paraph-ledger-XXXXXX");
	if (!mkdtemp(dir))
		return -1;
	snprintf(path, sizeof(path), "%s/ledger", dir);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	disk_fails = false;
	unlink(path);
	return rmdir(dir);
}

struct seen {
	size_t count;
	char last[32];
};

static enum err
see(void *data, const struct ledger_entry *e)
{
	struct seen *seen = data;

	seen->count++;
	snprintf(seen->last, sizeof(seen->last), "%.*s", (int)e->body.size,
	    (const char *)e->body.data);
	return OK;
}

static enum err
open_it(struct ledger **l, struct seen *seen, bool *dropped)
{
	*seen = (struct seen){0};
	return ledger_open(dir, see, seen, l, dropped);
}

static void
append(struct ledger *l, const char *text)
{
	assert_int_equal(
	    ledger_append(l, ENTRY_intent, 1000, span_of_text(text), NULL), OK);
}

static void
write_three(void)
{
	AUTO(ledger_close) struct ledger *l = NULL;
	struct seen seen;
	bool dropped;

	assert_int_equal(open_it(&l, &seen, &dropped), OK);
	append(l, "one");
	append(l, "two");
	append(l, "three");
	assert_int_equal(ledger_sync(l), OK);
}

static size_t
file_size(void)
{
	struct stat st;

	assert_int_equal(stat(path, &st), 0);
	return (size_t)st.st_size;
}

static void
patch(size_t offset, uint8_t mask)
{
	AUTO(close) int fd = open(path, O_RDWR);
	uint8_t octet;

	assert_int_equal(pread(fd, &octet, 1, (off_t)offset), 1);
	octet ^= mask;
	assert_int_equal(pwrite(fd, &octet, 1, (off_t)offset), 1);
}

static void
what_was_written_is_walked_through_again(void **state)
{
	AUTO(ledger_close) struct ledger *l = NULL;
	struct seen seen;
	struct digest head;
	bool dropped;

	(void)state;
	write_three();
	assert_int_equal(open_it(&l, &seen, &dropped), OK);
	assert_false(dropped);
	assert_int_equal(seen.count, 3);
	assert_string_equal(seen.last, "three");
	assert_int_equal(ledger_head(l, &head), 3);
	assert_int_equal(ledger_last_time(l), 1000);
}

static void
an_entry_is_read_again_by_its_place(void **state)
{
	AUTO(ledger_close) struct ledger *l = NULL;
	AUTO(buf_clear) struct buf room;
	struct ledger_entry e;
	struct seen seen;
	int64_t offset;
	bool dropped;

	(void)state;
	write_three();
	buf_init(&room, 2 * LEDGER_BODY_MAX);
	assert_int_equal(open_it(&l, &seen, &dropped), OK);
	assert_int_equal(
	    ledger_append(l, ENTRY_revoked, 5, span_of_text("four"), &offset),
	    OK);
	assert_int_equal(ledger_read(l, offset, &room, &e), OK);
	assert_int_equal(e.kind, ENTRY_revoked);
	assert_int_equal(e.at, 5);
	assert_int_equal(e.sequence, 3);
	assert_memory_equal(e.body.data, "four", 4);
	assert_int_not_equal(ledger_read(l, offset + 1, &room, &e), OK);
}

static void
an_entry_cut_short_at_the_end_is_dropped(void **state)
{
	size_t whole;

	(void)state;
	write_three();
	whole = file_size();
	for (size_t cut = 1; cut < 40; cut += 3) {
		AUTO(ledger_close) struct ledger *l = NULL;
		struct seen seen;
		bool dropped;

		unlink(path);
		write_three();
		assert_int_equal(truncate(path, (off_t)(whole - cut)), 0);
		assert_int_equal(open_it(&l, &seen, &dropped), OK);
		assert_true(dropped);
		assert_int_equal(seen.count, 2);
		append(l, "again"); /* and the chain goes on */
		ledger_close(STEAL(l));
		assert_int_equal(open_it(&l, &seen, &dropped), OK);
		assert_false(dropped);
		assert_int_equal(seen.count, 3);
		assert_string_equal(seen.last, "again");
	}
}

static void
space_never_filled_is_dropped(void **state)
{
	AUTO(ledger_close) struct ledger *l = NULL;
	struct seen seen;
	bool dropped;

	(void)state;
	write_three();
	size_t size = file_size();
	assert_int_equal(truncate(path, (off_t)size + 5000), 0);
	assert_int_equal(open_it(&l, &seen, &dropped), OK);
	assert_true(dropped);
	assert_int_equal(seen.count, 3);
	assert_int_equal(file_size(), size);
}

static void
a_change_anywhere_before_the_end_is_noticed(void **state)
{
	size_t last_entry = 8 + 17 + 5 + 32;

	(void)state;
	write_three();
	size_t size = file_size();
	for (size_t at = 0; at < size - last_entry; at++) {
		struct ledger *l = NULL;
		struct seen seen;
		bool dropped;

		patch(at, 0x01);
		enum err result = open_it(&l, &seen, &dropped);
		if (result == OK)
			fail_msg("a change at %zu was not noticed", at);
		assert_int_equal(file_size(), size);
		patch(at, 0x01);
	}
}

static void
an_entry_taken_out_is_noticed(void **state)
{
	uint8_t bytes[512];
	struct ledger *l = NULL;
	struct seen seen;
	bool dropped;
	size_t first = 8 + 17 + 3 + 32;

	(void)state;
	write_three();
	AUTO(fclose) FILE *f = fopen(path, "rb");
	size_t size = fread(bytes, 1, sizeof(bytes), f);
	AUTO(fclose) FILE *out = fopen(path, "wb");
	fwrite(bytes + first, 1, size - first, out);
	fflush(out);
	assert_int_equal(open_it(&l, &seen, &dropped), ERR_CONFLICT);
}

static void
two_cannot_have_it_at_once(void **state)
{
	AUTO(ledger_close) struct ledger *l = NULL;
	struct ledger *second = NULL;
	struct seen seen;
	bool dropped;

	(void)state;
	assert_int_equal(open_it(&l, &seen, &dropped), OK);
	assert_int_equal(open_it(&second, &seen, &dropped), ERR_LEDGER);
	assert_null(second);
}

static void
an_entry_too_large_is_refused_and_leaves_no_trace(void **state)
{
	static uint8_t much[LEDGER_BODY_MAX + 1];
	AUTO(ledger_close) struct ledger *l = NULL;
	struct seen seen;
	bool dropped;

	(void)state;
	assert_int_equal(open_it(&l, &seen, &dropped), OK);
	assert_int_equal(
	    ledger_append(l, ENTRY_intent, 1, SPAN(much, sizeof(much)), NULL),
	    ERR_TOO_LARGE);
	assert_int_equal(file_size(), 0);
	assert_int_equal(ledger_append(l, ENTRY_intent, 1,
			     SPAN(much, sizeof(much) - 1), NULL),
	    OK);
}

static enum err
refuse(void *data, const struct ledger_entry *e)
{
	(void)data;
	(void)e;
	return FAIL(ERR_CONFLICT, "no");
}

static void
after_a_sync_that_failed_it_takes_nothing_more(void **state)
{
	AUTO(ledger_close) struct ledger *l = NULL;
	struct seen seen;
	bool dropped;

	(void)state;
	assert_int_equal(open_it(&l, &seen, &dropped), OK);
	append(l, "one");
	assert_true(ledger_is_sound(l));
	disk_fails = true;
	ledger_sync_begin(l);
	assert_int_equal(ledger_sync_end(l), ERR_LEDGER);
	disk_fails = false;
	assert_false(ledger_is_sound(l));
	assert_int_equal(ledger_sync(l), ERR_LEDGER);
	assert_int_equal(ledger_append(l, ENTRY_intent, 1000,
			     span_of_text("two"), NULL),
	    ERR_LEDGER);
}

/* The pages of a sync that failed before may be on no disk. */
static void
one_whose_end_cannot_be_made_durable_is_not_opened(void **state)
{
	AUTO(ledger_close) struct ledger *l = NULL;
	struct seen seen;
	bool dropped;

	(void)state;
	write_three();
	disk_fails = true;
	assert_int_equal(open_it(&l, &seen, &dropped), ERR_LEDGER);
	disk_fails = false;
	assert_int_equal(open_it(&l, &seen, &dropped), OK);
	assert_int_equal(seen.count, 3);
}

static void
a_visitor_that_refuses_keeps_it_shut(void **state)
{
	struct ledger *l = NULL;
	bool dropped;

	(void)state;
	write_three();
	assert_int_equal(
	    ledger_open(dir, refuse, NULL, &l, &dropped), ERR_CONFLICT);
	assert_null(l);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(what_was_written_is_walked_through_again),
	    TEST(an_entry_is_read_again_by_its_place),
	    TEST(an_entry_cut_short_at_the_end_is_dropped),
	    TEST(space_never_filled_is_dropped),
	    TEST(a_change_anywhere_before_the_end_is_noticed),
	    TEST(an_entry_taken_out_is_noticed),
	    TEST(two_cannot_have_it_at_once),
	    TEST(an_entry_too_large_is_refused_and_leaves_no_trace),
	    TEST(after_a_sync_that_failed_it_takes_nothing_more),
	    TEST(one_whose_end_cannot_be_made_durable_is_not_opened),
	    TEST(a_visitor_that_refuses_keeps_it_shut),
	};

	return cmocka_run_group_tests_name("ledger", tests, NULL, NULL);
}
