/*
 * Custodians of a root: one may be lost, one alone is nothing.
 */
#include "signer/quorum.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char dir[64], path[128];
static struct quorum held;

static const char *const names[] = {"Anna Eins", "Bert Zwei", "Cleo Drei"};
static struct span passphrases[3];

static enum err
make(const char *file, const char *const *people, const struct span *secrets,
    unsigned count, unsigned needed, struct quorum *out)
{
	AUTO(quorum_hand_clear) struct quorum_hand hand = {0};

	return quorum_make(
	    dir, file, people, secrets, count, needed, out, &hand);
}

static int
set_up(void **state)
{
	(void)state;
	snprintf(dir, sizeof(dir), "/tmp/paraph-quorum-XXXXXX");
	passphrases[0] = span_of_text("correct horse battery");
	passphrases[1] = span_of_text("another long sentence");
	passphrases[2] = span_of_text("the third of the three");
	if (!mkdtemp(dir))
		return -1;
	snprintf(path, sizeof(path), "%s/" QUORUM_FILE, dir);
	enum err made = make(QUORUM_FILE, names, passphrases, 3, 2, &held);
	return made == OK ? 0 : -1;
}

static int
tear_down(void **state)
{
	(void)state;
	unlink(path);
	return rmdir(dir);
}

static void
open_with(unsigned a, unsigned b, struct secret *out)
{
	AUTO(quorum_hand_clear) struct quorum_hand hand = {0};
	unsigned found = 99;

	assert_int_equal(
	    quorum_give(&held, &hand, passphrases[a], a, &found), OK);
	assert_int_equal(found, a);
	assert_int_equal(quorum_give(&held, &hand, passphrases[b],
			     QUORUM_ANYBODY, &found),
	    OK);
	assert_int_equal(found, b);
	assert_int_equal(quorum_open(&held, &hand, out), OK);
}

static void
one_custodian_may_be_lost(void **state)
{
	AUTO(secret_clear) struct secret first = {0};
	AUTO(secret_clear) struct secret second = {0};
	AUTO(secret_clear) struct secret third = {0};

	(void)state;
	open_with(0, 1, &first);
	open_with(1, 2, &second);
	open_with(2, 0, &third);
	assert_true(span_equal(span_of_secret(&first), span_of_secret(&second)));
	assert_true(span_equal(span_of_secret(&first), span_of_secret(&third)));
}

static void
one_custodian_alone_opens_nothing(void **state)
{
	AUTO(quorum_hand_clear) struct quorum_hand hand = {0};
	AUTO(secret_clear) struct secret key = {0};
	unsigned found;

	(void)state;
	assert_int_equal(
	    quorum_give(&held, &hand, passphrases[0], 0, &found), OK);
	assert_int_equal(quorum_open(&held, &hand, &key), ERR_DENIED);
	/* twice the same is no second one */
	assert_int_equal(quorum_give(&held, &hand, passphrases[0], 0, &found),
	    ERR_CONFLICT);
	assert_int_equal(quorum_give(&held, &hand, passphrases[0], 1, &found),
	    ERR_DENIED);
	assert_int_equal(quorum_open(&held, &hand, &key), ERR_DENIED);
}

static void
a_wrong_passphrase_is_told_by_name(void **state)
{
	AUTO(quorum_hand_clear) struct quorum_hand hand = {0};
	unsigned found;

	(void)state;
	assert_int_equal(quorum_give(&held, &hand,
			     span_of_text("correct horse batterie"), 0, &found),
	    ERR_DENIED);
	assert_non_null(strstr(err_explanation(), "Anna Eins"));
	assert_int_equal(quorum_give(&held, &hand,
			     span_of_text("correct horse batterie"),
			     QUORUM_ANYBODY, &found),
	    ERR_DENIED);
}

static void
make_sheet(unsigned who, struct buf *out)
{
	AUTO(quorum_hand_clear) struct quorum_hand hand = {0};
	unsigned found;

	buf_init(out, 4096);
	assert_int_equal(quorum_sheet(&held, &hand, who, "TEST", out),
	    ERR_NOT_FOUND);
	assert_int_equal(
	    quorum_give(&held, &hand, passphrases[who], who, &found), OK);
	assert_int_equal(quorum_sheet(&held, &hand, who, "TEST", out), OK);
}

static void
a_sheet_serves_instead_of_a_passphrase(void **state)
{
	AUTO(quorum_hand_clear) struct quorum_hand hand = {0};
	AUTO(secret_clear) struct secret key = {0};
	AUTO(secret_clear) struct secret same = {0};
	AUTO(buf_wipe) struct buf sheet;
	unsigned found;

	(void)state;
	make_sheet(2, &sheet);
	assert_int_equal(
	    quorum_give(&held, &hand, span_of_buf(&sheet), 0, &found),
	    ERR_DENIED); /* not that one's */
	assert_int_equal(quorum_give(&held, &hand, span_of_buf(&sheet),
			     QUORUM_ANYBODY, &found),
	    OK);
	assert_int_equal(found, 2);
	assert_int_equal(
	    quorum_give(&held, &hand, passphrases[1], 1, &found), OK);
	assert_int_equal(quorum_open(&held, &hand, &key), OK);
	open_with(0, 1, &same);
	assert_true(span_equal(span_of_secret(&key), span_of_secret(&same)));
}

static void
sheets_alone_do_when_the_file_is_lost(void **state)
{
	AUTO(quorum_hand_clear) struct quorum_hand hand = {0};
	AUTO(secret_clear) struct secret key = {0};
	AUTO(secret_clear) struct secret same = {0};
	AUTO(buf_wipe) struct buf first, third;
	struct quorum learned;
	unsigned found;

	(void)state;
	make_sheet(0, &first);
	make_sheet(2, &third);
	assert_int_equal(quorum_learn(span_of_buf(&first), &learned), OK);
	assert_int_equal(quorum_give(&learned, &hand, span_of_buf(&first),
			     QUORUM_ANYBODY, &found),
	    OK);
	assert_int_equal(quorum_open(&learned, &hand, &key), ERR_DENIED);
	assert_int_equal(quorum_give(&learned, &hand, span_of_buf(&third),
			     QUORUM_ANYBODY, &found),
	    OK);
	assert_int_equal(quorum_open(&learned, &hand, &key), OK);
	open_with(0, 1, &same);
	assert_true(span_equal(span_of_secret(&key), span_of_secret(&same)));
}

static void
a_sheet_of_an_earlier_set_is_refused(void **state)
{
	AUTO(quorum_hand_clear) struct quorum_hand hand = {0};
	AUTO(buf_wipe) struct buf sheet;
	unsigned found;

	(void)state;
	make_sheet(0, &sheet);
	unlink(path);
	assert_int_equal(
	    make(QUORUM_FILE, names, passphrases, 3, 2, &held), OK);
	assert_int_equal(quorum_give(&held, &hand, span_of_buf(&sheet),
			     QUORUM_ANYBODY, &found),
	    ERR_DENIED);
	assert_non_null(strstr(err_explanation(), "another set"));
}

static void
refuses_custodians_who_are_not_apart(void **state)
{
	const char *const twins[] = {"Anna", "Anna"};
	struct span same[] = {passphrases[0], passphrases[0]};
	struct span brief[] = {passphrases[0], span_of_text("short")};
	struct quorum q;

	(void)state;
	assert_int_equal(
	    make("x", twins, passphrases, 2, 2, &q), ERR_INVALID);
	assert_int_equal(
	    make("x", names, same, 2, 2, &q), ERR_INVALID);
	assert_int_equal(
	    make("x", names, brief, 2, 2, &q), ERR_INVALID);
	assert_int_equal(
	    make("x", names, passphrases, 3, 1, &q), ERR_INVALID);
	assert_int_equal(
	    make("x", names, passphrases, 1, 1, &q), ERR_INVALID);
	assert_int_equal(
	    make(QUORUM_FILE, names, passphrases, 3, 2, &q), ERR_CONFLICT);
}

static void
a_file_that_was_changed_is_refused(void **state)
{
	struct quorum q;

	(void)state;
	assert_int_equal(quorum_parse(span_of_text(""), &q), ERR_INVALID);
	assert_int_equal(
	    quorum_parse(span_of_text("paraph root custodians 2\nneeded 1\n"),
		&q),
	    ERR_INVALID);
	FILE *f = fopen(path, "a");
	assert_non_null(f);
	fputs("custodian x\n", f);
	fclose(f);
	assert_int_equal(quorum_load(dir, QUORUM_FILE, &q), ERR_INVALID);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(one_custodian_may_be_lost),
	    cmocka_unit_test(one_custodian_alone_opens_nothing),
	    cmocka_unit_test(a_wrong_passphrase_is_told_by_name),
	    cmocka_unit_test(a_sheet_serves_instead_of_a_passphrase),
	    cmocka_unit_test(sheets_alone_do_when_the_file_is_lost),
	    cmocka_unit_test(a_sheet_of_an_earlier_set_is_refused),
	    cmocka_unit_test(refuses_custodians_who_are_not_apart),
	    cmocka_unit_test(a_file_that_was_changed_is_refused),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
