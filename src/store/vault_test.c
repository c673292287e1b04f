#include "store/vault.h"

#include <fcntl.h>
#include <stdbool.h>
#include <setjmp.h>
#include <stdarg.h>
#include <sys/stat.h>
#include <cmocka.h>

#define ID "idv_test"
#define BIG ((size_t)200000) /* four chunks, the last one short */

struct bench {
	char dir[64];
	uint8_t public_key[VAULT_PUBLIC_SIZE];
	struct secret key;
	uint8_t sealed[VAULT_SEALED_SIZE];
	uint8_t *content;
};

static int
setup(void **state)
{
	struct bench *b = calloc(1, sizeof(*b));

	snprintf(b->dir, sizeof(b->dir), "/tmp/vault-test-XXXXXX");
	b->content = malloc(BIG);
	if (!mkdtemp(b->dir) || !b->content)
		return -1;
	for (size_t i = 0; i < BIG; i++)
		b->content[i] = (uint8_t)(i * 31 >> 3);
	if (vault_pair(b->public_key, &b->key) != OK)
		return -1;
	*state = b;
	return vault_write(b->dir, ID, SPAN(b->content, BIG), b->public_key,
		   b->sealed) == OK
	    ? 0
	    : -1;
}

static int
teardown(void **state)
{
	struct bench *b = *state;

	IGNORE(vault_remove(b->dir, ID)); /* a test may have done it */
	rmdir(b->dir);
	secret_clear(&b->key);
	free(b->content);
	free(b);
	return 0;
}

static enum err
read_back(struct bench *b, struct buf *out)
{
	buf_init(out, 2 * BIG);
	return vault_read(b->dir, ID, SPAN(b->sealed, sizeof(b->sealed)),
	    &b->key, out);
}

static int
open_file(struct bench *b)
{
	char path[128];

	snprintf(path, sizeof(path), "%s/%s", b->dir, ID);
	return open(path, O_RDWR | O_CLOEXEC);
}

static void
what_was_written_is_read_back(void **state)
{
	struct bench *b = *state;
	AUTO(buf_clear) struct buf out;

	assert_int_equal(read_back(b, &out), OK);
	assert_int_equal(out.size, BIG);
	assert_memory_equal(out.data, b->content, BIG);
}

static void
nothing_and_one_whole_chunk_are_contents_too(void **state)
{
	static const size_t sizes[] = {0, 1, 65536, 65537, 131072};
	struct bench *b = *state;
	uint8_t sealed[VAULT_SEALED_SIZE];

	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		AUTO(buf_clear) struct buf out;
		buf_init(&out, BIG);
		assert_int_equal(vault_write(b->dir, "idv_other",
				     SPAN(b->content, sizes[i]),
				     b->public_key, sealed),
		    OK);
		assert_int_equal(vault_read(b->dir, "idv_other",
				     SPAN(sealed, sizeof(sealed)), &b->key,
				     &out),
		    OK);
		assert_int_equal(out.size, sizes[i]);
		assert_int_equal(vault_remove(b->dir, "idv_other"), OK);
	}
}

struct streamed {
	size_t pieces, size;
	const uint8_t *expected;
	bool same;
};

static enum err
take_piece(void *data, struct span bytes)
{
	struct streamed *s = data;

	s->same = s->same && bytes.size <= 65536 &&
	    memcmp(s->expected + s->size, bytes.data, bytes.size) == 0;
	s->size += bytes.size;
	s->pieces++;
	return s->pieces < 100 ? OK : ERR_INTERNAL;
}

static void
it_comes_in_pieces_and_none_that_is_not_proven(void **state)
{
	struct bench *b = *state;
	struct streamed s = {.expected = b->content, .same = true};
	struct span sealed = SPAN(b->sealed, sizeof(b->sealed));
	AUTO(close) int fd = open_file(b);
	uint8_t byte;

	assert_int_equal(
	    vault_stream(b->dir, ID, sealed, &b->key, take_piece, &s), OK);
	assert_int_equal(s.pieces, 4);
	assert_int_equal(s.size, BIG);
	assert_true(s.same);
	off_t third = 8 + 2 * (65536 + 16) + 5;
	assert_int_equal(pread(fd, &byte, 1, third), 1);
	byte ^= 1;
	assert_int_equal(pwrite(fd, &byte, 1, third), 1);
	s = (struct streamed){.expected = b->content, .same = true};
	assert_int_equal(
	    vault_stream(b->dir, ID, sealed, &b->key, take_piece, &s),
	    ERR_INVALID);
	assert_int_equal(s.pieces, 2);
	assert_true(s.same);
	s.pieces = 98; /* who takes them may refuse */
	byte ^= 1;
	assert_int_equal(pwrite(fd, &byte, 1, third), 1);
	s.size = 0;
	assert_int_equal(
	    vault_stream(b->dir, ID, sealed, &b->key, take_piece, &s),
	    ERR_INTERNAL);
}

static void
a_file_is_for_its_owner_alone_and_shows_nothing(void **state)
{
	struct bench *b = *state;
	AUTO(close) int fd = open_file(b);
	uint8_t start[512];
	struct stat st;

	assert_int_equal(fstat(fd, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(read(fd, start, sizeof(start)), sizeof(start));
	assert_null(memmem(start, sizeof(start), b->content + 100, 16));
}

static void
any_changed_byte_is_found(void **state)
{
	struct bench *b = *state;
	AUTO(close) int fd = open_file(b);
	off_t end = lseek(fd, 0, SEEK_END);
	uint8_t byte;

	for (off_t at = 0; at < end; at += at < 40 ? 1 : 9973) {
		AUTO(buf_clear) struct buf out;
		assert_int_equal(pread(fd, &byte, 1, at), 1);
		byte ^= 1;
		assert_int_equal(pwrite(fd, &byte, 1, at), 1);
		assert_int_equal(read_back(b, &out), ERR_INVALID);
		assert_int_equal(out.size, 0);
		byte ^= 1;
		assert_int_equal(pwrite(fd, &byte, 1, at), 1);
	}
}

static void
a_cut_tail_is_found_also_between_chunks(void **state)
{
	static const off_t ends[] = {0, 5, 8, 8 + 65552, 8 + 2 * 65552,
	    8 + 3 * 65552, 200000};
	struct bench *b = *state;
	AUTO(close) int fd = open_file(b);

	for (size_t i = sizeof(ends) / sizeof(*ends); i-- > 0;) {
		AUTO(buf_clear) struct buf out;
		assert_int_equal(ftruncate(fd, ends[i]), 0);
		assert_int_equal(read_back(b, &out), ERR_INVALID);
	}
}

static void
chunks_that_changed_places_are_found(void **state)
{
	struct bench *b = *state;
	AUTO(close) int fd = open_file(b);
	AUTO(buf_clear) struct buf out;
	static uint8_t one[65552], two[65552];

	assert_int_equal(pread(fd, one, sizeof(one), 8), sizeof(one));
	assert_int_equal(pread(fd, two, sizeof(two), 8 + 65552), sizeof(two));
	assert_int_equal(pwrite(fd, two, sizeof(two), 8), sizeof(two));
	assert_int_equal(pwrite(fd, one, sizeof(one), 8 + 65552),
	    sizeof(one));
	assert_int_equal(read_back(b, &out), ERR_INVALID);
}

static void
another_key_or_another_name_opens_nothing(void **state)
{
	struct bench *b = *state;
	AUTO(secret_clear) struct secret other = {0};
	AUTO(buf_clear) struct buf out;
	uint8_t public_key[VAULT_PUBLIC_SIZE];
	struct span sealed = SPAN(b->sealed, sizeof(b->sealed));
	char from[128], to[128];

	buf_init(&out, 2 * BIG);
	assert_int_equal(vault_pair(public_key, &other), OK);
	assert_int_equal(vault_read(b->dir, ID, sealed, &other, &out),
	    ERR_INVALID);
	assert_int_equal(vault_read(b->dir, ID, SPAN(NULL, 0), &b->key, &out),
	    ERR_INVALID);
	snprintf(from, sizeof(from), "%s/%s", b->dir, ID);
	snprintf(to, sizeof(to), "%s/idv_two", b->dir);
	assert_int_equal(rename(from, to), 0);
	assert_int_equal(vault_read(b->dir, "idv_two", sealed, &b->key, &out),
	    ERR_INVALID);
	assert_int_equal(vault_read(b->dir, ID, sealed, &b->key, &out),
	    ERR_NOT_FOUND);
	assert_int_equal(vault_remove(b->dir, "idv_two"), OK);
}

static void
a_changed_sealed_key_is_found(void **state)
{
	struct bench *b = *state;

	for (size_t i = 0; i < VAULT_SEALED_SIZE; i += 7) {
		AUTO(buf_clear) struct buf out;
		b->sealed[i] ^= 4;
		assert_int_equal(read_back(b, &out), ERR_INVALID);
		b->sealed[i] ^= 4;
	}
}

static void
a_name_cannot_leave_the_vault(void **state)
{
	static const char *const bad[] = {"", "../x", "a/b", ".hidden"};
	struct bench *b = *state;
	uint8_t sealed[VAULT_SEALED_SIZE];

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		assert_int_equal(vault_write(b->dir, bad[i], SPAN("x", 1),
				     b->public_key, sealed),
		    ERR_INVALID);
		assert_int_equal(vault_remove(b->dir, bad[i]), ERR_INVALID);
	}
}

static void
a_vault_that_is_not_there_is_an_error(void **state)
{
	struct bench *b = *state;
	AUTO(buf_clear) struct buf out;
	uint8_t sealed[VAULT_SEALED_SIZE];

	assert_int_equal(vault_write("/nowhere/at/all", ID, SPAN("x", 1),
			     b->public_key, sealed),
	    ERR_INTERNAL);
	assert_int_equal(read_back(b, &out), OK);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    CASE(what_was_written_is_read_back),
	    CASE(nothing_and_one_whole_chunk_are_contents_too),
	    CASE(it_comes_in_pieces_and_none_that_is_not_proven),
	    CASE(a_file_is_for_its_owner_alone_and_shows_nothing),
	    CASE(any_changed_byte_is_found),
	    CASE(a_cut_tail_is_found_also_between_chunks),
	    CASE(chunks_that_changed_places_are_found),
	    CASE(another_key_or_another_name_opens_nothing),
	    CASE(a_changed_sealed_key_is_found),
	    CASE(a_name_cannot_leave_the_vault),
	    CASE(a_vault_that_is_not_there_is_an_error),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
