#include "proc/channel.h"

#include "base/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

struct both {
	struct channel clerk, signer;
};

static struct both
clerk_and_signer(void)
{
	int fds[2];

	assert_int_equal(channel_pair(fds), OK);
	return (struct both){{.fd = fds[0],
				 .self = ROLE_clerk,
				 .peer = ROLE_signer,
				 .started = true},
	    {.fd = fds[1],
		.self = ROLE_signer,
		.peer = ROLE_clerk,
		.started = true}};
}

static void
close_both(struct both *b)
{
	channel_close(&b->clerk);
	channel_close(&b->signer);
}

DEFINE_AUTO_CLEAR(close_both, struct both)

static int
open_descriptors(void)
{
	int count = 0;

	for (int fd = 0; fd < 100; fd++)
		count += fcntl(fd, F_GETFD) >= 0;
	return count;
}

static void
carries_a_message(void **state)
{
	AUTO(close_both) struct both b = clerk_and_signer();
	AUTO(message_clear) struct message m;

	(void)state;
	assert_int_equal(channel_send(&b.clerk, MESSAGE_issue, 7,
			     span_of_text("order"), NULL, 0),
	    OK);
	assert_int_equal(channel_receive(&b.signer, 1000, &m), OK);
	assert_int_equal(m.type, MESSAGE_issue);
	assert_int_equal(m.request, 7);
	assert_string_equal(buf_text(&m.body), "order");
	assert_int_equal(m.fd_count, 0);
}

static void
carries_the_longest_message(void **state)
{
	AUTO(close_both) struct both b = clerk_and_signer();
	AUTO(message_clear) struct message m;
	AUTO(free) uint8_t *bytes = calloc(1, WIRE_MAX + 1);

	(void)state;
	assert_int_equal(channel_send(&b.clerk, MESSAGE_issue, 1,
			     SPAN(bytes, WIRE_MAX + 1), NULL, 0),
	    ERR_TOO_LARGE);
	assert_int_equal(channel_send(&b.clerk, MESSAGE_issue, 1,
			     SPAN(bytes, WIRE_MAX), NULL, 0),
	    OK);
	assert_int_equal(channel_receive(&b.signer, 1000, &m), OK);
	assert_int_equal(m.body.size, WIRE_MAX);
}

static void
carries_a_descriptor_closed_on_exec(void **state)
{
	AUTO(close_both) struct both b = clerk_and_signer();
	AUTO(close) int fd = open("/dev/null", O_RDONLY | O_CLOEXEC);

	(void)state;
	int before = open_descriptors();
	assert_int_equal(
	    channel_send(&b.signer, MESSAGE_crl, 1, SPAN(NULL, 0), &fd, 1), OK);
	{
		AUTO(message_clear) struct message m;
		assert_int_equal(channel_receive(&b.clerk, 1000, &m), OK);
		assert_int_equal(m.fd_count, 1);
		assert_int_equal(fcntl(m.fds[0], F_GETFD), FD_CLOEXEC);
	}
	assert_int_equal(open_descriptors(), before);
}

static void
says_when_nothing_came(void **state)
{
	AUTO(close_both) struct both b = clerk_and_signer();
	struct message m;

	(void)state;
	assert_int_equal(channel_receive(&b.signer, 0, &m), ERR_EXPIRED);
	assert_true(b.signer.fd >= 0);
}

static void
says_when_the_peer_is_gone(void **state)
{
	AUTO(close_both) struct both b = clerk_and_signer();
	struct message m;

	(void)state;
	channel_close(&b.clerk);
	assert_int_equal(
	    channel_send(&b.signer, MESSAGE_issued, 1, SPAN(NULL, 0), NULL, 0),
	    ERR_UNAVAILABLE);
	assert_int_equal(channel_receive(&b.signer, 1000, &m), ERR_UNAVAILABLE);
	assert_int_equal(b.signer.fd, -1);
	assert_int_equal(channel_receive(&b.signer, 1000, &m), ERR_UNAVAILABLE);
	assert_int_equal(
	    channel_send(&b.signer, MESSAGE_issued, 1, SPAN(NULL, 0), NULL, 0),
	    ERR_UNAVAILABLE);
}

static void
does_not_send_what_the_table_forbids(void **state)
{
	AUTO(close_both) struct both b = clerk_and_signer();
	AUTO(close) int fd = open("/dev/null", O_RDONLY | O_CLOEXEC);

	(void)state;
	assert_int_equal(
	    channel_send(&b.clerk, MESSAGE_issued, 1, SPAN(NULL, 0), NULL, 0),
	    ERR_INTERNAL);
	assert_int_equal(
	    channel_send(&b.clerk, MESSAGE_issue, 1, SPAN(NULL, 0), &fd, 1),
	    ERR_INTERNAL);
	assert_int_equal(
	    channel_send(&b.signer, MESSAGE_crl, 1, SPAN(NULL, 0), NULL, 0),
	    ERR_INTERNAL);
}

/* Sends raw bytes with descriptors, as a subverted peer could. */
static void
send_raw(int fd, struct span bytes, size_t descriptors)
{
	char control[CMSG_SPACE(4 * sizeof(int))] = {0};
	int null[4];
	struct iovec part = {(void *)(uintptr_t)bytes.data, bytes.size};
	struct msghdr packet = {.msg_iov = &part, .msg_iovlen = 1};

	for (size_t i = 0; i < descriptors; i++)
		null[i] = open("/dev/null", O_RDONLY | O_CLOEXEC);
	if (descriptors > 0) {
		packet.msg_control = control;
		packet.msg_controllen = CMSG_SPACE(descriptors * sizeof(int));
		struct cmsghdr *c = CMSG_FIRSTHDR(&packet);
		c->cmsg_level = SOL_SOCKET;
		c->cmsg_type = SCM_RIGHTS;
		c->cmsg_len = CMSG_LEN(descriptors * sizeof(int));
		memcpy(CMSG_DATA(c), null, descriptors * sizeof(int));
	}
	assert_int_equal(sendmsg(fd, &packet, 0), (ssize_t)bytes.size);
	for (size_t i = 0; i < descriptors; i++)
		close(null[i]);
}

/* Whether the signer refuses it, closes the channel and keeps nothing. */
static void
assert_refused(struct span bytes, size_t descriptors)
{
	AUTO(close_both) struct both b = clerk_and_signer();
	struct message m;
	int before = open_descriptors();

	send_raw(b.clerk.fd, bytes, descriptors);
	assert_int_equal(channel_receive(&b.signer, 1000, &m), ERR_UNAVAILABLE);
	assert_int_equal(b.signer.fd, -1);
	assert_int_equal(open_descriptors(), before - 1);
}

static const char issue_header[] = {0, MESSAGE_issue, 0, 0, 0, 1, 0, 0, 0, 0};
static const char issued_header[] = {0, MESSAGE_issued, 0, 0, 0, 1, 0, 0, 0, 0};
static const char config_header[] = {0, MESSAGE_config, 0, 0, 0, 1, 0, 0, 0, 0};
static const char long_header[] = {0, MESSAGE_issue, 0, 0, 0, 1, 0, 0, 0, 5};
static const char none_header[] = {0, 0, 0, 0, 0, 1, 0, 0, 0, 0};
static const char high_header[] = {1, MESSAGE_issue, 0, 0, 0, 1, 0, 0, 0, 0};

static void
takes_a_message_made_by_hand(void **state)
{
	AUTO(close_both) struct both b = clerk_and_signer();
	AUTO(message_clear) struct message m;

	(void)state;
	send_raw(b.clerk.fd, SPAN(issue_header, 10), 0);
	assert_int_equal(channel_receive(&b.signer, 1000, &m), OK);
}

static void
refuses_a_type_that_the_sender_may_not_send(void **state)
{
	(void)state;
	assert_refused(SPAN(issued_header, 10), 0);
	assert_refused(SPAN(config_header, 10), 1);
	assert_refused(SPAN(none_header, 10), 0);
	assert_refused(SPAN(high_header, 10), 0);
}

static void
refuses_descriptors_too_many(void **state)
{
	(void)state;
	assert_refused(SPAN(issue_header, 10), 1);
	assert_refused(SPAN(issue_header, 10), 2);
	assert_refused(SPAN(issue_header, 10), 4);
}

static void
refuses_a_packet_that_is_no_message(void **state)
{
	AUTO(free) char *bytes = calloc(1, WIRE_MAX + 20);

	(void)state;
	assert_refused(SPAN(issue_header, 9), 0);
	assert_refused(SPAN(issue_header, 9), 2);
	assert_refused(SPAN(long_header, 10), 0);
	memcpy(bytes, issue_header, 10);
	assert_refused(SPAN(bytes, 11), 0);
	assert_refused(SPAN(bytes, WIRE_MAX + 20), 0);
}

static void
refuses_a_starting_message_after_the_start(void **state)
{
	int fds[2];
	struct message m;

	(void)state;
	assert_int_equal(channel_pair(fds), OK);
	struct channel above = {
	    .fd = fds[0], .self = ROLE_supervisor, .peer = ROLE_web};
	struct channel web = {
	    .fd = fds[1], .self = ROLE_web, .peer = ROLE_supervisor};
	assert_int_equal(
	    channel_send(&above, MESSAGE_start, 0, SPAN(NULL, 0), NULL, 0), OK);
	assert_int_equal(
	    channel_send(&above, MESSAGE_start, 0, SPAN(NULL, 0), NULL, 0),
	    ERR_INTERNAL);
	above.started = false;
	assert_int_equal(
	    channel_send(&above, MESSAGE_start, 0, SPAN(NULL, 0), NULL, 0), OK);
	assert_int_equal(channel_receive(&web, 1000, &m), OK);
	message_clear(&m);
	assert_int_equal(channel_receive(&web, 1000, &m), ERR_UNAVAILABLE);
	channel_close(&above);
}

/* Answers the second question, after an answer to another one. */
static void *
answer(void *data)
{
	struct channel *c = data;
	struct message m;

	if (channel_receive(c, 5000, &m) != OK)
		return NULL;
	IGNORE(channel_send(c, MESSAGE_status_reply, m.request + 1000,
	    span_of_text("late"), NULL, 0));
	IGNORE(channel_send(
	    c, MESSAGE_status_reply, m.request, span_of_text("mine"), NULL, 0));
	message_clear(&m);
	return NULL;
}

static void
a_question_gets_its_own_answer(void **state)
{
	AUTO(close_both) struct both b = clerk_and_signer();
	AUTO(message_clear) struct message reply;
	pthread_t thread;

	(void)state;
	assert_int_equal(pthread_create(&thread, NULL, answer, &b.signer), 0);
	assert_int_equal(
	    channel_ask(&b.clerk, MESSAGE_status, SPAN(NULL, 0), 5000, &reply),
	    OK);
	pthread_join(thread, NULL);
	assert_string_equal(buf_text(&reply.body), "mine");
}

static void
a_question_without_answer_expires(void **state)
{
	AUTO(close_both) struct both b = clerk_and_signer();
	AUTO(message_clear) struct message reply;

	(void)state;
	assert_int_equal(
	    channel_ask(&b.clerk, MESSAGE_status, SPAN(NULL, 0), 1, &reply),
	    ERR_EXPIRED);
}

/* Two that nobody has taken: more than the limit of a reader, who is not
 * excused from it as root is. */
static int
send_behind_others(int64_t patient_until, bool they_arrive)
{
	struct both others = clerk_and_signer(), b = clerk_and_signer();
	const struct rlimit one = {1, 1};
	int fd = open("/dev/null", O_RDONLY | O_CLOEXEC);

	if (setresuid(1234567, 1234567, 1234567) != 0 && geteuid() == 0)
		return -1;
	for (int i = 0; i < 2; i++)
		if (channel_send(&others.signer, MESSAGE_crl, 1,
			SPAN(NULL, 0), &fd, 1) != OK)
			return -1;
	if (setrlimit(RLIMIT_NOFILE, &one) != 0)
		return -1;
	pid_t slow = they_arrive ? fork() : -1;
	if (slow == 0) {
		struct message m;
		usleep(2300000);
		_exit(channel_receive(&others.clerk, 0, &m) != OK);
	}
	if (they_arrive)
		close_both(&others);
	b.signer.patient_until = patient_until;
	return (int)channel_send(
	    &b.signer, MESSAGE_crl, 1, SPAN(NULL, 0), &fd, 1);
}

static int
in_a_process(int64_t patient_until, bool they_arrive)
{
	int status;
	pid_t pid = fork();

	if (pid == 0)
		_exit(send_behind_others(patient_until, they_arrive));
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WEXITSTATUS(status);
}

static void
waits_until_descriptors_of_others_have_arrived(void **state)
{
	(void)state;
	assert_int_equal(in_a_process(clock_ticks() + 20000, true), OK);
	assert_int_equal(in_a_process(0, false), ERR_UNAVAILABLE);
}

static void
every_name_of_the_table_has_a_text(void **state)
{
	(void)state;
	for (int type = 0; type < MESSAGE_COUNT; type++)
		assert_true(strlen(message_name((enum message_type)type)) > 0);
	assert_string_equal(message_name(MESSAGE_wake), "wake");
	assert_string_equal(message_name(MESSAGE_COUNT), "unknown");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(carries_a_message),
	    cmocka_unit_test(carries_the_longest_message),
	    cmocka_unit_test(carries_a_descriptor_closed_on_exec),
	    cmocka_unit_test(says_when_nothing_came),
	    cmocka_unit_test(says_when_the_peer_is_gone),
	    cmocka_unit_test(does_not_send_what_the_table_forbids),
	    cmocka_unit_test(takes_a_message_made_by_hand),
	    cmocka_unit_test(refuses_a_type_that_the_sender_may_not_send),
	    cmocka_unit_test(refuses_descriptors_too_many),
	    cmocka_unit_test(refuses_a_packet_that_is_no_message),
	    cmocka_unit_test(refuses_a_starting_message_after_the_start),
	    cmocka_unit_test(a_question_gets_its_own_answer),
	    cmocka_unit_test(a_question_without_answer_expires),
	    cmocka_unit_test(waits_until_descriptors_of_others_have_arrived),
	    cmocka_unit_test(every_name_of_the_table_has_a_text),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
