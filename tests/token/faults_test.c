/*
 * Tokens that cannot, are away, or refuse, and a disk that fails: what the
 * signer makes of it. The token is SoftHSM behind faulty.c.
 */
#include "instance.h"

#include "base/clock.h"
#include "signer/pins.h"
#include "signer/place.h"
#include "signer/run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

static bool disk_fails;

/* In place of the system's. */
int
fdatasync(int fd)
{
	errno = EIO;
	return disk_fails ? -1 : (int)syscall(SYS_fdatasync, fd);
}

static struct instance here;
static struct signer signer;
static struct issue_result result;
static unsigned number;

static void
faults(const char *text)
{
	instance_write(&here, "token/faults", span_of_text(text));
}

/* How often somebody has tried to log in. */
static size_t
logins(void)
{
	char path[128], line[32];
	size_t count = 0;

	snprintf(path, sizeof(path), "%s/token/calls", here.dir);
	AUTO(fclose) FILE *f = fopen(path, "re");
	while (f && fgets(line, sizeof(line), f))
		count++;
	return count;
}

static enum err
open_it(void)
{
	size_t repaired;

	return signer_open(here.conf, &signer, &repaired);
}

static int
set_up(void **state)
{
	(void)state;
	instance_init(&here, "keys_ahead = 0\n[pki]\nmodule = " FAULTY "\n");
	return open_it() == OK ? 0 : -1;
}

static int
tear_down(void **state)
{
	(void)state;
	signer_close(&signer);
	instance_clear(&here);
	return 0;
}

/* The outcome of the order of this number, and what is said of it. */
static enum err
issue(unsigned of, char explanation[256])
{
	struct order order;
	struct issue_work w = {.order = &order, .result = &result};

	instance_order(of, &order);
	order.known = *records_mark(signer.records);
	signer_issue(&signer, &w, 1);
	memcpy(explanation, w.explanation, sizeof(w.explanation));
	return w.outcome;
}

#define TURN 6

/* Several in one turn: what became of each is in works. */
static void
issue_turn(unsigned first, struct issue_work works[TURN])
{
	static struct issue_result results[TURN];
	static struct order orders[TURN];

	for (unsigned i = 0; i < TURN; i++) {
		instance_order(first + i, &orders[i]);
		orders[i].known = *records_mark(signer.records);
		works[i] = (struct issue_work){
		    .order = &orders[i], .result = &results[i]};
	}
	signer_issue(&signer, works, TURN);
}

static struct records_summary
summary(void)
{
	struct records_summary s;

	records_summary(signer.records, &s);
	return s;
}

/* Refused in words, nothing half issued, and made when it is asked again. */
static void
fails_and_comes_later(const char *fault, const char *words)
{
	struct records_summary before = summary();
	size_t tried = logins();
	char why[256];

	number++;
	faults(fault);
	assert_int_equal(issue(number, why), ERR_TOKEN);
	if (!strstr(why, words))
		fail_msg("\"%s\" says nothing of \"%s\"", why, words);
	assert_int_equal(logins(), tried); /* it is there: nobody reopens it */
	assert_int_equal(summary().issued, before.issued);
	assert_int_equal(summary().not_issued, before.not_issued + 1);
	faults("");
	assert_int_equal(issue(number, why), OK);
	assert_int_equal(summary().issued, before.issued + 1);
}

static void
a_full_token_fails_an_order_in_words_and_takes_it_later(void **state)
{
	(void)state;
	fails_and_comes_later("C_GenerateKeyPair 31 0", "full");
	fails_and_comes_later("C_WrapKey 31 0", "full");
	fails_and_comes_later("C_Sign 31 0", "full");
	fails_and_comes_later("C_GenerateKeyPair e2 0", "nothing new");
}

/* At every step, and also after the ledger was opened again. */
static void
what_a_full_token_stopped_was_never_issued(void **state)
{
	struct records_summary before;
	char why[256];

	(void)state;
	faults("C_WrapKey 31 0");
	assert_int_equal(issue(1, why), ERR_TOKEN);
	before = summary();
	signer_close(&signer);
	faults("");
	assert_int_equal(open_it(), OK);
	assert_int_equal(summary().not_issued, before.not_issued);
	assert_int_equal(summary().issued, before.issued);
	assert_int_equal(issue(1, why), OK);
}

static void
a_device_key_that_does_not_fit_leaves_nothing(void **state)
{
	static const char label[] = "reg_00000000000000000000000077";
	AUTO(buf_clear) struct buf public_key;
	struct token_key found;

	(void)state;
	buf_init(&public_key, TOKEN_PUBLIC_KEY_MAX);
	faults("C_GenerateKeyPair e2 0");
	assert_int_equal(token_resident_key(signer.token, label, &public_key),
	    ERR_TOKEN);
	faults("");
	assert_int_equal(
	    token_key_find(signer.token, label, KEY_p256, &found),
	    ERR_NOT_FOUND);
	assert_int_equal(
	    token_resident_key(signer.token, label, &public_key), OK);
}

static void
a_token_that_was_pulled_out_is_used_again_at_once(void **state)
{
	char why[256];

	(void)state;
	faults("all 32 0");
	assert_int_equal(issue(1, why), ERR_TOKEN);
	assert_int_equal(issue(2, why), ERR_TOKEN);
	assert_non_null(strstr(why, "taken away"));
	faults("");
	int64_t begun = clock_ticks();
	assert_int_equal(issue(1, why), OK);
	assert_int_equal(issue(2, why), OK);
	assert_true(clock_ticks() - begun < 5 * SECOND);
}

static void
a_slow_token_is_waited_for(void **state)
{
	int64_t begun = clock_ticks();
	char why[256];

	(void)state;
	faults("C_Sign 0 200");
	assert_int_equal(issue(1, why), OK);
	assert_true(clock_ticks() - begun >= 400); /* certificate, answer */
}

/* The session is lost, and the PIN was changed meanwhile. */
static void
a_refused_pin_is_tried_once_by_all_starts_together(void **state)
{
	size_t tried = logins();
	char why[256], path[4096];
	AUTO(buf_clear) struct buf pin;

	(void)state;
	faults("C_Sign b3 0\nC_Login a0 0\n");
	assert_int_equal(issue(1, why), ERR_TOKEN);
	assert_non_null(strstr(why, "refuses the PIN"));
	assert_int_equal(logins(), tried + 1);
	assert_int_equal(issue(2, why), ERR_TOKEN);
	assert_int_equal(logins(), tried + 1);
	signer_close(&signer);
	faults("");
	assert_int_equal(open_it(), ERR_DENIED);
	assert_non_null(strstr(err_explanation(), "refused this PIN before"));
	assert_int_equal(open_it(), ERR_DENIED);
	assert_int_equal(logins(), tried + 1);

	snprintf(path, sizeof(path), "%s",
	    conf_text(here.conf, CONF_pki_pin_file));
	assert_int_equal(place_read(path, 256, &pin), OK);
	assert_int_equal(place_write(path, span_of_buf(&pin), 0600), OK);
	assert_int_equal(open_it(), OK);
	assert_int_equal(logins(), tried + 2);
	assert_int_equal(issue(1, why), OK);
}

static struct status_order
revocation(void)
{
	struct status_order o = {.serial_size = result.serial_size,
	    .revoked_at = clock_now(),
	    .reason = 4,
	    .known = *records_mark(signer.records)};

	memcpy(o.issuer, result.issuer, sizeof(o.issuer));
	memcpy(o.serial, result.serial, result.serial_size);
	return o;
}

/* What the clerk hears when it sends this revocation. */
static enum message_type
answer_to(const struct status_order *o)
{
	struct channel clerk = {.self = ROLE_clerk, .peer = ROLE_signer};
	struct channel ours = {.self = ROLE_signer, .peer = ROLE_clerk};
	AUTO(message_clear) struct message m = {.fds = {-1, -1}};
	AUTO(message_clear) struct message answer = {.fds = {-1, -1}};
	AUTO(buf_clear) struct buf body;
	int fds[2];

	assert_int_equal(channel_pair(fds), OK);
	clerk.fd = fds[0];
	ours.fd = fds[1];
	buf_init(&body, WIRE_MAX);
	assert_int_equal(status_order_put(&body, o), OK);
	assert_int_equal(channel_send(&clerk, MESSAGE_revoke, 1,
			     span_of_buf(&body), NULL, 0),
	    OK);
	assert_int_equal(channel_receive(&ours, 1000, &m), OK);
	order_handle(&signer, &ours, &m);
	assert_int_equal(channel_receive(&clerk, 1000, &answer), OK);
	channel_close(&clerk);
	channel_close(&ours);
	return answer.type;
}

static void
a_revocation_that_did_not_become_durable_is_never_confirmed(void **state)
{
	struct status_order o;
	struct status_result told;
	char why[256];

	(void)state;
	assert_int_equal(issue(1, why), OK);
	o = revocation();
	disk_fails = true;
	assert_int_equal(
	    signer_revoke(&signer, &o, &told), ERR_LEDGER);
	disk_fails = false;
	/* the signer knows it; the disk may not */
	assert_int_equal(answer_to(&o), MESSAGE_refused);
	signer_close(&signer);
	assert_int_equal(open_it(), OK);
	assert_int_equal(answer_to(&o), MESSAGE_revoked);
}

/* The clerk would throw its answers away. */
static void
a_token_that_is_not_there_says_nothing_about_a_certificate(void **state)
{
	struct status_order o;
	struct status_result told;
	char why[256];

	(void)state;
	assert_int_equal(issue(1, why), OK);
	o = revocation();
	o.revoked_at = 0;
	faults("C_Sign b3 0\nC_GetSlotList ffffffff 0\n");
	assert_int_equal(signer_answer(&signer, &o, &told), ERR_TOKEN);
	assert_non_null(strstr(err_explanation(), "there is no token"));
	assert_int_equal(issue(2, why), ERR_TOKEN);
	faults("");
	assert_int_equal(signer_answer(&signer, &o, &told), OK);
	assert_int_equal(issue(2, why), OK);
}

/* So that it is started again, and reads what there is. */
static void
a_signer_whose_ledger_failed_ends(void **state)
{
	struct program p = {.conf = here.conf};
	struct channel clerk = {.self = ROLE_clerk, .peer = ROLE_signer};
	AUTO(message_clear) struct message answer = {.fds = {-1, -1}};
	AUTO(buf_clear) struct buf body;
	int control[2], fds[2];
	char why[256];

	(void)state;
	assert_int_equal(issue(1, why), OK);
	struct status_order o = revocation();
	assert_int_equal(channel_pair(control), OK);
	assert_int_equal(channel_pair(fds), OK);
	p.control = (struct channel){.fd = control[0]};
	p.peers[ROLE_clerk] = (struct channel){
	    .fd = fds[0], .self = ROLE_signer, .peer = ROLE_clerk};
	clerk.fd = fds[1];
	buf_init(&body, WIRE_MAX);
	assert_int_equal(status_order_put(&body, &o), OK);
	assert_int_equal(channel_send(&clerk, MESSAGE_revoke, 1,
			     span_of_buf(&body), NULL, 0),
	    OK);
	disk_fails = true;
	assert_int_equal(signer_run(&signer, &p), ERR_INTERNAL);
	disk_fails = false;
	assert_int_equal(channel_receive(&clerk, 1000, &answer), OK);
	assert_int_equal(answer.type, MESSAGE_refused);
	close(control[0]);
	close(control[1]);
	channel_close(&clerk);
	channel_close(&p.peers[ROLE_clerk]);
}

static enum err
change_pin(const char *old, struct pin_result *out)
{
	struct pin_order o = {.birth_date = "1990-05-17", .pin = "593024"};
	struct order order;

	instance_order(1, &order);
	memcpy(o.registration, order.registration, ID_SIZE);
	snprintf(o.old, sizeof(o.old), "%s", old);
	return pins_change(&signer, &o, out);
}

static void
has_pin(void)
{
	struct pin_order o = {.birth_date = "1990-05-17", .pin = "482913"};
	struct pin_result r;
	struct order order;
	char why[256];

	instance_order(1, &order);
	memcpy(o.registration, order.registration, ID_SIZE);
	assert_int_equal(pins_set(&signer, &o, &r), OK);
	assert_int_equal(issue(1, why), OK);
}

/* Or who stops the machine at the right moment, or fills its disk, tries as
 * often as they like. */
static void
a_try_of_a_pin_counts_before_it_is_looked_at(void **state)
{
	struct pin_result r;

	(void)state;
	has_pin();
	disk_fails = true;
	assert_int_equal(change_pin("482913", &r), ERR_LEDGER);
	disk_fails = false;
	signer_close(&signer);
	assert_int_equal(open_it(), OK);
	assert_int_equal(change_pin("000000", &r), OK);
	assert_int_equal(r.tries_left, 3);
	assert_int_equal(change_pin("482913", &r), OK);
	assert_true(r.right);
}

static void
a_try_that_the_token_could_not_look_at_is_given_back(void **state)
{
	struct pin_result r;

	(void)state;
	has_pin();
	faults("all 32 0");
	for (int i = 0; i < 6; i++)
		assert_int_equal(change_pin("482913", &r), ERR_TOKEN);
	faults("");
	assert_int_equal(change_pin("000000", &r), OK);
	assert_int_equal(r.tries_left, 4);
	assert_int_equal(change_pin("482913", &r), OK);
	assert_true(r.right);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

/* The next is signed before it is known whether this one is right. */
static void
a_wrong_signature_never_leaves_and_spoils_no_other(void **state)
{
	struct records_summary before = summary();
	struct issue_work works[TURN];
	size_t wrong = 0;

	(void)state;
	/* the answers are signed after the certificates */
	faults("C_Sign fffffffe 0\n");
	issue_turn(700, works);
	faults("");
	for (size_t i = 0; i < TURN; i++) {
		if (works[i].outcome == OK)
			continue;
		assert_int_equal(works[i].outcome, ERR_TOKEN);
		assert_string_equal(works[i].explanation,
		    "the token gave a wrong signature");
		assert_int_equal(works[i].result->certificate_size, 0);
		wrong++;
	}
	assert_int_equal(wrong, TURN / 2);
	assert_int_equal(summary().issued, before.issued + TURN - wrong);
	assert_int_equal(summary().not_issued, before.not_issued + wrong);
	/* asked again, with a token that is well */
	issue_turn(700, works);
	for (size_t i = 0; i < TURN; i++)
		assert_int_equal(works[i].outcome, OK);
	assert_int_equal(summary().issued, before.issued + TURN);
}

/* While what it signed before is being verified. */
static void
a_token_that_is_opened_anew_amid_a_turn_goes_on(void **state)
{
	struct issue_work works[TURN];
	size_t tried = logins();

	(void)state;
	faults("C_Sign fffffffd 0\n");
	issue_turn(800, works);
	faults("");
	for (size_t i = 0; i < TURN; i++)
		assert_int_equal(works[i].outcome, OK);
	assert_true(logins() > tried + 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(a_wrong_signature_never_leaves_and_spoils_no_other),
	    TEST(a_token_that_is_opened_anew_amid_a_turn_goes_on),
	    TEST(a_full_token_fails_an_order_in_words_and_takes_it_later),
	    TEST(what_a_full_token_stopped_was_never_issued),
	    TEST(a_device_key_that_does_not_fit_leaves_nothing),
	    TEST(a_token_that_was_pulled_out_is_used_again_at_once),
	    TEST(a_slow_token_is_waited_for),
	    TEST(a_token_that_is_not_there_says_nothing_about_a_certificate),
	    TEST(a_signer_whose_ledger_failed_ends),
	    TEST(a_try_of_a_pin_counts_before_it_is_looked_at),
	    TEST(a_try_that_the_token_could_not_look_at_is_given_back),
	    TEST(a_revocation_that_did_not_become_durable_is_never_confirmed),
	    TEST(a_refused_pin_is_tried_once_by_all_starts_together),
	};

	return cmocka_run_group_tests_name("faults", tests, NULL, NULL);
}
