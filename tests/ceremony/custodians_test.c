/*
 * The root's custodians as a shell sees them: three, of whom one is lost,
 * forgets, types wrongly, is followed by another, or is cut short.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "steps.h"

#include <stdio.h>
#include <stdlib.h>

static const char *typed;

#define ROOT "--config root/paraph.conf "
#define NAMES                                                                  \
	"--custodian 'Anna Eins' --custodian 'Bert Zwei' --custodian 'Cleo Drei' "
#define OTHERS "--custodian 'Dora Vier' --custodian 'Emil Funf' "

static int
set_up(void **state)
{
	(void)state;
	snprintf(here.dir, sizeof(here.dir), "/tmp/paraph-custodians-XXXXXX");
	if (!mkdtemp(here.dir))
		return -1;
	setenv("TMPDIR", here.dir, 1);
	return instance_shell(&here,
	    "umask 077; mkdir root carried sheets; printf '[pki]\\nbase_url = "
	    "http://pki.example.com\\norganisation = TEST Paraph\\n' "
	    ">root/paraph.conf; printf 'correct horse battery' >p1; "
	    "printf 'another long sentence' >p2; printf 'the third of three' "
	    ">p3; printf 'the fourth of them' >p4; printf 'and the last one' "
	    ">p5");
}

static int
tear_down(void **state)
{
	(void)state;
	instance_clear(&here);
	return 0;
}

/* The same on a terminal, where these lines are typed. */
static void
type(int status, const char *said, const char *arguments, const char *lines)
{
	char command[2048];

	snprintf(command, sizeof(command),
	    "/usr/bin/python3 '%s' \"$(printf '%s\\n.')\" '%s' ceremony %s", typed,
	    lines, ca, arguments);
	shell(status, said, command);
}

static void
said(const char *text)
{
	if (!strstr(instance_said(&here), text))
		fail_msg("not said: %s, but %s", text, instance_said(&here));
}

#define P1 "--passphrase-file p1 "
#define P2 "--passphrase-file p2 "
#define P3 "--passphrase-file p3 "
#define P4 "--passphrase-file p4 "
#define P5 "--passphrase-file p5 "

static void
three_hold_a_root_that_two_open(void **state)
{
	(void)state;
	step(2, "--needed: from 2", "root --needed 4 " ROOT NAMES P1 P2 P3);
	step(2, "--needed: from 2", "root --needed 1 " ROOT NAMES P1 P2 P3);
	step(0, "any 2 of the", "root --sheets sheets " ROOT NAMES P1 P2 P3);
	said("Every such choice was tried");
	step(0, "list number 2", "list --folder carried " ROOT P1 P2);
	step(0, "list number 3", "list --folder carried " ROOT P3 P1);
	said("Anna Eins and Cleo Drei gave");
	said("their shares, 2 of 3");
	step(1, "2 custodians are needed, of 1",
	    "list --folder carried " ROOT P3);
	step(1, "was given already", "list --folder carried " ROOT P3 P3);
}

static void
sheets_are_for_their_owner_and_printed_in_80_columns(void **state)
{
	(void)state;
	shell(0, "SHARE 2 OF 3, ANY 2 OPEN THE ROOT",
	    "stat -c %a sheets/share-?.txt | sort -u | grep -x 600 && "
	    "test $(cat sheets/share-?.txt | wc -L) -le 80 && "
	    "cat sheets/share-2.txt");
	said("of Bert Zwei, written 20");
	/* nothing of a share is in minutes, file or folder */
	shell(1, "", "for i in 1 2 3 4; do grep -h \"^    $i  \" "
		     "sheets/share-?.txt | cut -c8-27; done | grep -rFf - "
		     "root carried");
}

static void
a_sheet_serves_who_forgot_the_passphrase(void **state)
{
	(void)state;
	step(0, "list number 4",
	    "list --folder carried " ROOT P1
	    "--passphrase-file sheets/share-3.txt");
	shell(0, "", "sed 's/^    2  ./    2  7/' sheets/share-3.txt >wrong; "
		     "cmp -s wrong sheets/share-3.txt && sed 's/^    2  ./    "
		     "2  8/' sheets/share-3.txt >wrong; chmod 600 wrong");
	step(1, "this opens no custodian's share",
	    "list --folder carried " ROOT P1 "--passphrase-file wrong");
}

static void
each_share_can_be_tried_without_the_root(void **state)
{
	(void)state;
	step(0, "Tried and good: the shares of Anna Eins and Bert Zwei",
	    "shares " ROOT P1 "--passphrase-file sheets/share-2.txt");
	said("Not shown to be good: the share of Cleo Drei");
	step(1, "this opens no custodian's share", "shares " ROOT P4);
	step(0, "share-3.txt", "shares --sheets carried " ROOT P3);
	shell(0, "", "cmp sheets/share-3.txt carried/share-3.txt; "
		     "rm carried/share-3.txt");
}

static void
what_is_typed_on_a_terminal_is_not_seen_and_may_be_wrong_twice(void **state)
{
	(void)state;
	type(0, "is not the passphrase of Anna Eins",
	    "shares --place L --present X " ROOT,
	    "not this one\\ncorrect horse battery\\n\\n\\n");
	said("Tried and good: the shares of Anna Eins");
	said("echo is on");
	if (strstr(instance_said(&here), "horse"))
		fail_msg("a passphrase was seen");
	type(1, "nobody tried a share", "shares --place L --present X " ROOT,
	    "\\n\\n\\n");
}

/* Nobody has to type again what was good. */
static void
a_new_passphrase_that_cannot_be_one_is_asked_for_again(void **state)
{
	(void)state;
	shell(0, "", "mkdir -p typed; cp root/paraph.conf typed/");
	type(0, "has at least 12 characters. Once more",
	    "root --place L --present X --config typed/paraph.conf "
	    "--custodian Anna --custodian Bert ",
	    "short\nmy long first one\nmy long frist one\n"
	    "my long first one\nmy long first one\nmy long first one\n"
	    "and another one\nand another one\n");
	said("not the same twice. Once more");
	said("the same as another custodian's. Once more");
	said("The root certifies itself");
}

static void
a_sheet_is_typed_line_by_line(void **state)
{
	char command[1024];

	(void)state;
	snprintf(command, sizeof(command),
	    "/usr/bin/python3 '%s' \"$(echo sheet; echo 0000; grep '^    [1-4]  "
	    "' sheets/share-1.txt | cut -c8- | tr A-Z a-z; echo; echo; "
	    "echo .)\" '%s' "
	    "ceremony shares --place L --present X " ROOT,
	    typed, ca);
	shell(0, "a line of a share has 18 letters", command);
	said("Tried and good: the shares of Anna Eins");
}

static void
an_interruption_gives_the_terminal_its_echo_back(void **state)
{
	(void)state;
	type(1, "echo is on", "shares --place L --present X " ROOT, "\\003");
	said("it was interrupted");
}

static void
an_interrupted_rehearsal_leaves_no_folder(void **state)
{
	(void)state;
	type(1, "echo is on", "root --dry-run --place L --present X " ROOT,
	    "\\003");
	said("what it made is gone");
	shell(0, "0", "ls -d paraph-rehearsal-* 2>/dev/null | wc -l");
}

static void
a_terminated_rehearsal_leaves_no_folder(void **state)
{
	char command[1024];

	(void)state;
	snprintf(command, sizeof(command),
	    "'%s' ceremony list --dry-run " ROOT P1 P2 P3
	    ">/dev/null 2>&1 & pid=$!; for i in $(seq 100); do ls -d "
	    "paraph-rehearsal-*/* >/dev/null 2>&1 && break; sleep 0.02; done; "
	    "ls -d paraph-rehearsal-* && kill -TERM $pid; wait $pid; "
	    "ls -d paraph-rehearsal-* 2>/dev/null | wc -l | grep -x 0",
	    ca);
	shell(0, "paraph-rehearsal-", command);
}

/* ---- others instead of them ---- */

static void
a_lost_custodian_is_followed_by_others(void **state)
{
	(void)state;
	shell(0, "", "cp -a root kept");
	step(1, "who are they from now on?", "custodians " ROOT P1 P2);
	step(1, "2 custodians are needed, of 1",
	    "custodians " ROOT NAMES P1);
	/* Bert is lost; Anna and Cleo hand over */
	step(0, "The token has a new PIN",
	    "custodians " ROOT OTHERS P1 P3 P4 P5);
	step(0, "Dora Vier and Emil Funf",
	    "list --folder carried " ROOT P4 P5);
	step(1, "this opens no custodian's share",
	    "list --folder carried " ROOT P1 P3);
	step(1, "of another set of shares",
	    "list --folder carried " ROOT
	    "--passphrase-file sheets/share-1.txt");
	/* the old secret is not the token's PIN any more */
	shell(0, "", "cp root/ceremony/custodians new; cp kept/ceremony/"
		     "custodians root/ceremony/custodians");
	step(1, "the token refuses the PIN",
	    "list --folder carried " ROOT P1 P3);
	shell(0, "", "cp new root/ceremony/custodians");
}

static void
a_change_that_was_cut_short_before_the_token_goes_on(void **state)
{
	(void)state;
	shell(0, "", "mv root done; cp -a kept root; cp done/ceremony/custodians "
		     "root/ceremony/custodians.next");
	/* the token's folder is an absolute path of its own: as it was */
	step(1, "was begun and not finished",
	    "list --folder carried " ROOT P1 P3);
	step(0, "was begun before, and goes on",
	    "custodians " ROOT P1 P3 P4 P5);
	step(0, "list number", "list --folder carried " ROOT P4 P5);
	shell(1, "", "ls root/ceremony/custodians.next | grep next$");
}

static void
a_change_that_was_cut_short_after_the_token_goes_on(void **state)
{
	(void)state;
	shell(0, "", "cp root/ceremony/custodians root/ceremony/custodians.next;"
		     "cp kept/ceremony/custodians root/ceremony/custodians");
	step(0, "was begun before, and goes on",
	    "custodians " ROOT P1 P3 P4 P5);
	step(0, "list number", "list --folder carried " ROOT P5 P4);
}

static void
sheets_open_the_root_when_the_file_is_lost(void **state)
{
	(void)state;
	shell(0, "", "rm -r root done; mv kept root; rm "
		     "root/ceremony/custodians");
	step(1, "there is no root here", "list --folder carried " ROOT P1 P2);
	step(0, "the secret was put together",
	    "custodians " ROOT NAMES "--passphrase-file sheets/share-1.txt "
	    "--passphrase-file sheets/share-3.txt " P1 P2 P3);
	step(0, "list number", "list --folder carried " ROOT P2 P3);
}

static void
a_root_whose_pin_is_in_a_file_is_handed_to_custodians(void **state)
{
	(void)state;
	shell(0, "", "mkdir one; sed s/Paraph/One/ root/paraph.conf "
		     ">one/paraph.conf");
	char command[512];
	snprintf(command, sizeof(command), "'%s' init --config one/paraph.conf",
	    ca);
	shell(0, "", command);
	step(1, "has its PIN in", "root --config one/paraph.conf " NAMES P1 P2
	    P3);
	step(0, "and one person could use",
	    "custodians --config one/paraph.conf " NAMES P1 P2 P3);
	said("the file of the PIN and its .so");
	step(0, "list number 2",
	    "list --folder carried --config one/paraph.conf " P1 P3);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(three_hold_a_root_that_two_open),
	    cmocka_unit_test(
		sheets_are_for_their_owner_and_printed_in_80_columns),
	    cmocka_unit_test(a_sheet_serves_who_forgot_the_passphrase),
	    cmocka_unit_test(each_share_can_be_tried_without_the_root),
	    cmocka_unit_test(
		what_is_typed_on_a_terminal_is_not_seen_and_may_be_wrong_twice),
	    cmocka_unit_test(
		a_new_passphrase_that_cannot_be_one_is_asked_for_again),
	    cmocka_unit_test(a_sheet_is_typed_line_by_line),
	    cmocka_unit_test(an_interruption_gives_the_terminal_its_echo_back),
	    cmocka_unit_test(an_interrupted_rehearsal_leaves_no_folder),
	    cmocka_unit_test(a_terminated_rehearsal_leaves_no_folder),
	    cmocka_unit_test(a_lost_custodian_is_followed_by_others),
	    cmocka_unit_test(
		a_change_that_was_cut_short_before_the_token_goes_on),
	    cmocka_unit_test(
		a_change_that_was_cut_short_after_the_token_goes_on),
	    cmocka_unit_test(sheets_open_the_root_when_the_file_is_lost),
	    cmocka_unit_test(
		a_root_whose_pin_is_in_a_file_is_handed_to_custodians),
	};

	if (argc < 3)
		return 2;
	ca = realpath(argv[1], NULL);
	typed = realpath(argv[2], NULL);
	return ca && typed ? cmocka_run_group_tests_name(
				 "custodians", tests, set_up, tear_down)
			   : 2;
}
