/*
 * paraph-signer itself, in its cage, driven as its supervisor and its clerk
 * drive it; and killed in the middle of orders.
 */
#include "instance.h"

#include "base/clock.h"
#include "proc/control.h"
#include "pki/certificate.h"
#include "proc/memfile.h"
#include "proc/pin.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>

#define PATIENCE 20000
#define ROUNDS 12
#define AT_ONCE 24

static struct instance here;
static const char *program;
static struct test_authenticator passkey;

struct running {
	pid_t pid;
	struct channel control, clerk;
};

static void
must(enum err result)
{
	if (result != OK)
		fail_msg("%s", err_explanation());
}

static void
send_start(struct running *r, int peer)
{
	AUTO(buf_clear) struct buf text, body;
	AUTO(close) int fd = -1;

	buf_init(&text, 65536);
	buf_init(&body, 64);
	must(conf_extract(here.conf, 'g', &text));
	must(memfile_make(span_of_buf(&text), &fd));
	must(channel_send(
	    &r->control, MESSAGE_config, 0, SPAN(NULL, 0), &fd, 1));
	must(peer_put(&body, ROLE_clerk));
	must(channel_send(
	    &r->control, MESSAGE_peer, 0, span_of_buf(&body), &peer, 1));
	must(channel_send(
	    &r->control, MESSAGE_start, 0, SPAN(NULL, 0), NULL, 0));
	r->control.started = true;
}

static void
execute(int control)
{
	if (control == 3)
		fcntl(3, F_SETFD, 0);
	else
		dup2(control, 3);
	execl(program, program, (char *)NULL);
	_exit(127);
}

/* What the database would know. */
static struct ledger_mark known;

static void
learn(struct running *r)
{
	AUTO(message_clear) struct message m = {0};
	static struct ledger_changes changes;
	const struct ledger_question q = {{0}};
	AUTO(buf_clear) struct buf body;

	buf_init(&body, WIRE_MAX);
	must(ledger_question_put(&body, &q));
	must(channel_ask(
	    &r->clerk, MESSAGE_changes, span_of_buf(&body), PATIENCE, &m));
	assert_int_equal(m.type, MESSAGE_changed);
	must(ledger_changes_get(span_of_buf(&m.body), &changes));
	known = changes.now;
}

static void
start(struct running *r)
{
	AUTO(message_clear) struct message m = {0};
	int control[2], clerk[2];

	must(channel_pair(control));
	must(channel_pair(clerk));
	r->pid = fork();
	assert_true(r->pid >= 0);
	if (r->pid == 0)
		execute(control[1]);
	close(control[1]);
	r->control = (struct channel){
	    .fd = control[0], .self = ROLE_supervisor, .peer = ROLE_signer};
	r->clerk = (struct channel){.fd = clerk[0],
	    .self = ROLE_clerk,
	    .peer = ROLE_signer,
	    .started = true};
	send_start(r, clerk[1]);
	close(clerk[1]);
	must(channel_receive(&r->control, PATIENCE, &m));
	assert_int_equal(m.type, MESSAGE_ready);
	learn(r);
}

static void
stop(struct running *r, int signal_number)
{
	int status;

	kill(r->pid, signal_number);
	waitpid(r->pid, &status, 0);
	channel_close(&r->control);
	channel_close(&r->clerk);
}

static int
set_up(void **state)
{
	(void)state;
	instance_init(&here, "\n[sandbox]\nmode = demo\n");
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	test_authenticator_clear(&passkey);
	instance_clear(&here);
	return 0;
}

static void
send_order(struct running *r, unsigned number)
{
	AUTO(buf_clear) struct buf body;
	struct order o;

	buf_init(&body, WIRE_MAX);
	instance_order(number, &o);
	o.known = known;
	must(order_put(&body, &o));
	must(channel_send(
	    &r->clerk, MESSAGE_issue, number, span_of_buf(&body), NULL, 0));
}

static void
ask_issue(struct running *r, unsigned number, struct issue_result *out)
{
	AUTO(message_clear) struct message m = {0};
	AUTO(buf_clear) struct buf body;
	struct order o;

	buf_init(&body, WIRE_MAX);
	instance_order(number, &o);
	o.known = known;
	must(order_put(&body, &o));
	must(channel_ask(
	    &r->clerk, MESSAGE_issue, span_of_buf(&body), PATIENCE, &m));
	if (m.type == MESSAGE_refused)
		must(refusal_get(span_of_buf(&m.body)));
	assert_int_equal(m.type, MESSAGE_issued);
	must(issue_result_get(span_of_buf(&m.body), out));
}

static void
ask_revoke(struct running *r, const struct issue_result *issued)
{
	AUTO(message_clear) struct message m = {0};
	AUTO(buf_clear) struct buf body;
	struct status_order o = {.serial_size = issued->serial_size,
	    .revoked_at = clock_now(),
	    .reason = 4};

	buf_init(&body, WIRE_MAX);
	memcpy(o.issuer, issued->issuer, sizeof(o.issuer));
	memcpy(o.serial, issued->serial, issued->serial_size);
	must(status_order_put(&body, &o));
	must(channel_ask(
	    &r->clerk, MESSAGE_revoke, span_of_buf(&body), PATIENCE, &m));
	assert_int_equal(m.type, MESSAGE_revoked);
}

static void
ask_list(
    struct running *r, const struct issue_result *revoked, struct message *m)
{
	AUTO(buf_clear) struct buf body, entries;
	AUTO(close) int fd = -1;
	struct crl_entry entry = {.serial_size = revoked->serial_size};
	struct crl_order o = {.issuer = "issuing-l", .number = 2, .count = 1};

	buf_init(&body, WIRE_MAX);
	buf_init(&entries, CRL_ENTRY_SIZE_MAX);
	memcpy(entry.serial, revoked->serial, revoked->serial_size);
	must(crl_entry_put(&entries, &entry));
	must(memfile_make(span_of_buf(&entries), &fd));
	must(crl_order_put(&body, &o));
	must(channel_ask_with(&r->clerk, MESSAGE_publish, span_of_buf(&body),
	    &fd, 1, PATIENCE, m));
}

static void
ask_state(struct running *r, struct signer_state *out)
{
	AUTO(message_clear) struct message m = {0};

	must(channel_ask(
	    &r->clerk, MESSAGE_status, SPAN(NULL, 0), PATIENCE, &m));
	assert_int_equal(m.type, MESSAGE_status_reply);
	must(signer_state_get(span_of_buf(&m.body), out));
}

static void
it_issues_revokes_and_publishes_from_its_cage(void **state)
{
	AUTO(message_clear) struct message list = {0};
	AUTO(memfile_clear) struct memfile file = {0};
	static struct issue_result issued;
	struct signer_state summary;
	struct running r;

	(void)state;
	start(&r);
	ask_issue(&r, 1, &issued);
	assert_true(issued.certificate_size > 500);
	assert_true(issued.key_blob_size > 50);
	assert_true(issued.ocsp_size > 500);
	ask_revoke(&r, &issued);
	ask_list(&r, &issued, &list);
	assert_int_equal(list.type, MESSAGE_crl);
	must(memfile_map(list.fds[0], 65536, &file));
	assert_true(file.bytes.size > 200);
	ask_state(&r, &summary);
	assert_int_equal(summary.issued, 1);
	assert_int_equal(summary.revoked, 1);
	stop(&r, SIGTERM);
}

#define OPERATOR "mem_11111111111111111111111111"

static void
make_order(unsigned number, struct order *o)
{
	struct relying_party rp;

	instance_order(number, o);
	memcpy(o->level, "qcpnqscd", 9);
	memcpy(o->profile, "qcp_n_qscd", 11);
	o->needed = 1;
	must(relying_party_of("http://localhost:8080", &rp));
	instance_approve(o, OPERATOR, &passkey, &rp);
}

static enum err
ask(struct running *r, enum message_type question, const struct buf *body,
    enum message_type expected, struct message *m)
{
	must(channel_ask(
	    &r->clerk, question, span_of_buf(body), PATIENCE, m));
	if (m->type == MESSAGE_refused)
		return refusal_get(span_of_buf(&m->body));
	assert_int_equal(m->type, expected);
	return OK;
}

static enum err
ask_pin(struct running *r, enum message_type question, unsigned number,
    const char *old, const char *pin, struct pin_result *out)
{
	AUTO(message_clear) struct message m = {0};
	AUTO(buf_wipe) struct buf body;
	struct pin_order o = {.birth_date = ""};

	buf_init(&body, WIRE_MAX);
	snprintf(o.registration, sizeof(o.registration), "reg_%026u", number);
	snprintf(o.old, sizeof(o.old), "%s", old);
	snprintf(o.pin, sizeof(o.pin), "%s", pin);
	must(pin_order_put(&body, &o));
	enum err result = ask(r, question, &body, MESSAGE_pin_reply, &m);
	if (result != OK)
		return result;
	return pin_result_get(span_of_buf(&m.body), out);
}

static enum err
ask_qualified(struct running *r, unsigned number, struct issue_result *out)
{
	AUTO(message_clear) struct message m = {0};
	AUTO(buf_clear) struct buf body;
	static struct order o;

	make_order(number, &o);
	o.known = known;
	buf_init(&body, WIRE_MAX);
	must(order_put(&body, &o));
	enum err result = ask(r, MESSAGE_issue, &body, MESSAGE_issued, &m);
	if (result != OK)
		return result;
	return issue_result_get(span_of_buf(&m.body), out);
}

static void
it_verifies_approvals_and_pins_in_its_cage(void **state)
{
	static struct issue_result issued;
	struct pin_result pin;
	struct running r;

	(void)state;
	start(&r);
	test_authenticator_init(&passkey, false);
	instance_enrol(&here, OPERATOR, &passkey); /* while it runs */
	assert_int_equal(ask_qualified(&r, 50, &issued), ERR_DENIED);
	assert_int_equal(
	    ask_pin(&r, MESSAGE_pin_set, 50, "", "111111", &pin), ERR_INVALID);
	must(ask_pin(&r, MESSAGE_pin_set, 50, "", "482913", &pin));
	must(ask_qualified(&r, 50, &issued));
	assert_string_equal(issued.issuer, "issuing-q");
	assert_string_equal(issued.key_label, issued.registration);
	must(ask_pin(&r, MESSAGE_pin_change, 50, "482914", "593024", &pin));
	assert_false(pin.right);
	assert_int_equal(pin.tries_left, 4);
	must(ask_pin(&r, MESSAGE_pin_change, 50, "482913", "593024", &pin));
	assert_true(pin.right);
	assert_int_equal(
	    ask_pin(&r, MESSAGE_pin_set, 50, "", "593024", &pin), ERR_CONFLICT);
	stop(&r, SIGTERM);
}

static void
it_ends_when_its_supervisor_ends(void **state)
{
	struct running r;
	int status;

	(void)state;
	start(&r);
	channel_close(&r.control);
	assert_int_equal(waitpid(r.pid, &status, 0), r.pid);
	assert_true(WIFEXITED(status));
	channel_close(&r.clerk);
}

static void
it_refuses_what_it_cannot_read_and_goes_on(void **state)
{
	AUTO(message_clear) struct message m = {0};
	static struct issue_result issued;
	struct running r;

	(void)state;
	start(&r);
	must(channel_ask(
	    &r.clerk, MESSAGE_issue, span_of_text("nonsense"), PATIENCE, &m));
	assert_int_equal(m.type, MESSAGE_refused);
	assert_int_equal(refusal_get(span_of_buf(&m.body)), ERR_INVALID);
	ask_issue(&r, 2, &issued);
	stop(&r, SIGTERM);
}

/* What was answered before a kill, by order number. */
static uint8_t answered[ROUNDS * AT_ONCE][16];
static bool was_answered[ROUNDS * AT_ONCE];

static void
note_answer(const struct issue_result *r, unsigned index)
{
	if (was_answered[index])
		assert_memory_equal(answered[index], r->serial, 16);
	memcpy(answered[index], r->serial, 16);
	was_answered[index] = true;
}

/* Takes answers for a while, then kills in the middle. */
static void
hear_and_kill(struct running *r, unsigned base, int ms)
{
	static struct issue_result result;
	int64_t end = clock_ticks() + ms;

	for (;;) {
		AUTO(message_clear) struct message m = {0};
		int64_t left = end - clock_ticks();

		if (left <= 0 ||
		    channel_receive(&r->clerk, (int)left, &m) != OK)
			break;
		assert_int_equal(m.type, MESSAGE_issued);
		must(issue_result_get(span_of_buf(&m.body), &result));
		note_answer(&result, m.request - base);
	}
	stop(r, SIGKILL);
}

static void
kills_lose_and_double_nothing(void **state)
{
	static struct issue_result result;
	const unsigned base = 1000, total = ROUNDS * AT_ONCE;
	struct signer_state before, after;
	struct running r;

	(void)state;
	start(&r);
	ask_state(&r, &before);
	stop(&r, SIGKILL);
	for (unsigned round = 0; round < ROUNDS; round++) {
		start(&r);
		for (unsigned i = 0; i < AT_ONCE; i++)
			send_order(&r, base + round * AT_ONCE + i);
		hear_and_kill(&r, base, (int)random_below(120));
	}
	start(&r);
	for (unsigned i = 0; i < total; i++) {
		ask_issue(&r, base + i, &result);
		note_answer(&result, i);
	}
	ask_state(&r, &after);
	assert_int_equal(after.issued - before.issued, total);
	for (unsigned i = 0; i < total; i++)
		for (unsigned j = 0; j < i; j++)
			assert_memory_not_equal(answered[i], answered[j], 16);
	stop(&r, SIGTERM);
}

#define DEVICE_ROUNDS 6
#define DEVICE_ORDERS 8
#define DEVICE_BASE 70000

static void
send_qualified(struct running *r, unsigned number)
{
	AUTO(buf_clear) struct buf body;
	static struct order o;

	make_order(number, &o);
	o.known = known;
	buf_init(&body, WIRE_MAX);
	must(order_put(&body, &o));
	must(channel_send(
	    &r->clerk, MESSAGE_issue, number, span_of_buf(&body), NULL, 0));
}

/* The one key of a registration is the certificate's. ERR_CONFLICT: two. */
static void
check_device_key(struct signer *s, const struct issue_result *r)
{
	struct certificate c;
	struct token_key key;

	must(certificate_parse(SPAN(r->certificate, r->certificate_size), &c));
	must(token_key_find(s->token, r->registration, KEY_p256, &key));
	assert_true(span_equal(
	    c.public_key, SPAN(key.public_key, key.public_key_size)));
}

static void
kills_leave_one_key_for_each_certificate(void **state)
{
	const unsigned total = DEVICE_ROUNDS * DEVICE_ORDERS;
	static struct issue_result results[DEVICE_ROUNDS * DEVICE_ORDERS];
	struct pin_result pin;
	struct signer opened;
	struct running r;
	size_t repaired;

	(void)state;
	start(&r);
	for (unsigned i = 0; i < total; i++)
		must(ask_pin(
		    &r, MESSAGE_pin_set, DEVICE_BASE + i, "", "482913", &pin));
	stop(&r, SIGKILL);
	for (unsigned round = 0; round < DEVICE_ROUNDS; round++) {
		start(&r);
		for (unsigned i = 0; i < DEVICE_ORDERS; i++)
			send_qualified(
			    &r, DEVICE_BASE + round * DEVICE_ORDERS + i);
		usleep(1000 * random_below(150));
		stop(&r, SIGKILL);
	}
	start(&r);
	for (unsigned i = 0; i < total; i++)
		must(ask_qualified(&r, DEVICE_BASE + i, &results[i]));
	stop(&r, SIGTERM);
	must(signer_open(here.conf, &opened, &repaired));
	for (unsigned i = 0; i < total; i++)
		check_device_key(&opened, &results[i]);
	signer_close(&opened);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(it_issues_revokes_and_publishes_from_its_cage),
	    cmocka_unit_test(it_verifies_approvals_and_pins_in_its_cage),
	    cmocka_unit_test(it_ends_when_its_supervisor_ends),
	    cmocka_unit_test(it_refuses_what_it_cannot_read_and_goes_on),
	    cmocka_unit_test(kills_lose_and_double_nothing),
	    cmocka_unit_test(kills_leave_one_key_for_each_certificate),
	};

	program = argc > 1 ? argv[1] : "paraph-signer";
	return cmocka_run_group_tests_name("signer", tests, set_up, tear_down);
}
