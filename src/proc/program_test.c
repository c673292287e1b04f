#include "proc/program.h"

#include "proc/control.h"
#include "proc/memfile.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <pthread.h>

struct stage {
	struct channel above; /* the supervisor's end */
	struct program program;
};

static int
raise_stage(void **state)
{
	struct stage *s = calloc(1, sizeof(*s));
	int fds[2];

	if (!s || channel_pair(fds) != OK)
		return -1;
	s->above = (struct channel){
	    .fd = fds[0], .self = ROLE_supervisor, .peer = ROLE_web};
	s->program.control.fd = fds[1];
	*state = s;
	return 0;
}

static int
strike_stage(void **state)
{
	struct stage *s = *state;

	channel_close(&s->above);
	program_clear(&s->program);
	free(s);
	return 0;
}

static void
send_file(struct stage *s, enum message_type type, const char *text)
{
	AUTO(close) int fd = -1;

	assert_int_equal(memfile_make(span_of_text(text), &fd), OK);
	assert_int_equal(
	    channel_send(&s->above, type, 0, SPAN(NULL, 0), &fd, 1), OK);
}

/* Sends one end of a pair as PEER and gives back the other. */
static int
send_peer(struct stage *s, enum role peer)
{
	AUTO(buf_clear) struct buf body;
	int fds[2];

	buf_init(&body, WIRE_MAX);
	assert_int_equal(channel_pair(fds), OK);
	assert_int_equal(peer_put(&body, peer), OK);
	assert_int_equal(channel_send(&s->above, MESSAGE_peer, 0,
			     span_of_buf(&body), &fds[0], 1),
	    OK);
	close(fds[0]);
	return fds[1];
}

static void
send_start(struct stage *s)
{
	assert_int_equal(
	    channel_send(&s->above, MESSAGE_start, 0, SPAN(NULL, 0), NULL, 0),
	    OK);
}

static enum err
begin(struct stage *s)
{
	return program_begin_on(ROLE_web, s->program.control.fd, &s->program);
}

static void
begins_with_what_the_supervisor_sends(void **state)
{
	struct stage *s = *state;

	send_file(s, MESSAGE_config, "[sandbox]\nmode = demo\n");
	send_file(s, MESSAGE_listen, "stands for a socket");
	AUTO(close) int clerk = send_peer(s, ROLE_clerk);
	send_start(s);
	assert_int_equal(begin(s), OK);
	assert_true(s->program.demo);
	assert_true(s->program.listen_fd >= 0);
	assert_true(s->program.peers[ROLE_clerk].fd >= 0);
	assert_int_equal(s->program.peers[ROLE_signer].fd, -1);
}

static void
is_strict_when_nothing_is_said(void **state)
{
	struct stage *s = *state;

	send_file(s, MESSAGE_config, "");
	send_start(s);
	assert_int_equal(begin(s), OK);
	assert_false(s->program.demo);
}

static void
refuses_to_start_without_configuration(void **state)
{
	send_start(*state);
	assert_int_equal(begin(*state), ERR_INVALID);
}

static void
refuses_a_peer_that_its_table_does_not_name(void **state)
{
	struct stage *s = *state;

	AUTO(close) int signer = send_peer(s, ROLE_signer);
	assert_int_equal(begin(s), ERR_INVALID);
}

static void
ends_when_the_supervisor_is_gone(void **state)
{
	struct stage *s = *state;

	send_file(s, MESSAGE_config, "");
	channel_close(&s->above);
	assert_int_equal(begin(s), ERR_UNAVAILABLE);
}

static void
tells_that_it_is_ready(void **state)
{
	struct stage *s = *state;
	AUTO(message_clear) struct message m;
	char missing[CONTROL_MISSING_MAX];

	send_file(s, MESSAGE_config, "");
	send_start(s);
	assert_int_equal(begin(s), OK);
	assert_int_equal(program_ready(&s->program, "landlock"), OK);
	assert_int_equal(channel_receive(&s->above, 1000, &m), OK);
	assert_int_equal(ready_get(span_of_buf(&m.body), missing), OK);
	assert_string_equal(missing, "landlock");
}

static void
note(const struct message *m, void *data)
{
	*(enum message_type *)data = m->type;
}

static void
a_new_peer_takes_the_place_of_the_old(void **state)
{
	struct stage *s = *state;
	AUTO(message_clear) struct message m;

	send_file(s, MESSAGE_config, "");
	AUTO(close) int old = send_peer(s, ROLE_clerk);
	send_start(s);
	assert_int_equal(begin(s), OK);
	AUTO(close) int new = send_peer(s, ROLE_clerk);
	assert_int_equal(program_control(&s->program, NULL, NULL), OK);
	assert_int_equal(
	    program_send(&s->program, ROLE_clerk, MESSAGE_wake, SPAN(NULL, 0)),
	    OK);
	struct channel clerk = {
	    .fd = new, .self = ROLE_clerk, .peer = ROLE_web, .started = true};
	assert_int_equal(channel_receive(&clerk, 1000, &m), OK);
	assert_int_equal(m.type, MESSAGE_wake);
	/* the old end is closed */
	assert_int_equal(read(old, &(char){0}, 1), 0);
}

static void
hands_other_messages_to_its_owner(void **state)
{
	struct stage *s = *state;
	enum message_type seen = MESSAGE_NONE;

	send_file(s, MESSAGE_config, "");
	send_start(s);
	assert_int_equal(begin(s), OK);
	assert_int_equal(
	    program_control(&s->program, note, &seen), ERR_EXPIRED);
	assert_int_equal(channel_send(&s->above, MESSAGE_programs, 0,
			     SPAN("\0", 1), NULL, 0),
	    OK);
	assert_int_equal(program_control(&s->program, note, &seen), OK);
	assert_int_equal(seen, MESSAGE_programs);
	channel_close(&s->above);
	assert_int_equal(
	    program_control(&s->program, note, &seen), ERR_UNAVAILABLE);
}

static void
asks_nobody_who_is_not_there(void **state)
{
	struct stage *s = *state;
	AUTO(message_clear) struct message reply;

	send_file(s, MESSAGE_config, "");
	send_start(s);
	assert_int_equal(begin(s), OK);
	assert_int_equal(program_ask(&s->program, ROLE_clerk, MESSAGE_still,
			     SPAN(NULL, 0), 1000, &reply),
	    ERR_UNAVAILABLE);
}

struct asker {
	struct stage *stage;
	const char *question;
	enum err result;
	char answer[8];
};

static void *
ask_clerk(void *data)
{
	struct asker *a = data;
	AUTO(message_clear) struct message reply;

	a->result = program_ask(&a->stage->program, ROLE_clerk,
	    MESSAGE_still, span_of_text(a->question), 10000, &reply);
	if (a->result == OK)
		snprintf(a->answer, sizeof(a->answer), "%s",
		    buf_text(&reply.body));
	return NULL;
}

/* The first is answered last: nobody waits behind somebody else's question,
 * and each gets its own. */
static void
several_threads_ask_at_once(void **state)
{
	struct stage *s = *state;
	struct asker askers[] = {{.stage = s, .question = "one"},
	    {.stage = s, .question = "two"}, {.stage = s, .question = "three"}};
	struct message m[3];
	pthread_t threads[3];

	send_file(s, MESSAGE_config, "");
	struct channel clerk = {.fd = send_peer(s, ROLE_clerk),
	    .self = ROLE_clerk,
	    .peer = ROLE_web,
	    .started = true};
	send_start(s);
	assert_int_equal(begin(s), OK);
	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(pthread_create(
		    &threads[i], NULL, ask_clerk, &askers[i]), 0);
		assert_int_equal(channel_receive(&clerk, 10000, &m[i]), OK);
	}
	for (size_t i = 2; i > 0; i--)
		assert_int_equal(channel_send(&clerk, MESSAGE_still_missing,
				     m[i].request, span_of_buf(&m[i].body),
				     NULL, 0),
		    OK);
	channel_close(&clerk); /* and nobody waits for one who is gone */
	for (size_t i = 0; i < 3; i++) {
		pthread_join(threads[i], NULL);
		message_clear(&m[i]);
	}
	assert_int_equal(askers[0].result, ERR_UNAVAILABLE);
	assert_int_equal(askers[1].result, OK);
	assert_string_equal(askers[1].answer, "two");
	assert_string_equal(askers[2].answer, "three");
}

static void
states_of_programs_survive_the_wire(void **state)
{
	AUTO(buf_clear) struct buf b;
	struct program_state in[] = {{ROLE_web, true, 1234567890123, 0, ""},
	    {ROLE_signer, false, 0, 7, "landlock users"}};
	struct program_state out[ROLE_COUNT];
	size_t count;

	(void)state;
	buf_init(&b, WIRE_MAX);
	assert_int_equal(programs_put(&b, in, 2), OK);
	assert_int_equal(programs_get(span_of_buf(&b), out, &count), OK);
	assert_int_equal(count, 2);
	assert_int_equal(out[1].role, ROLE_signer);
	assert_int_equal(out[1].restarts, 7);
	assert_string_equal(out[1].missing, "landlock users");
	assert_true(out[0].ready && out[0].since == 1234567890123);
	b.data[0] = ROLE_COUNT + 1;
	assert_int_equal(
	    programs_get(span_of_buf(&b), out, &count), ERR_INVALID);
	b.data[0] = 2;
	b.data[1] = '?';
	assert_int_equal(
	    programs_get(span_of_buf(&b), out, &count), ERR_INVALID);
}

#define STAGED(f) cmocka_unit_test_setup_teardown(f, raise_stage, strike_stage)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    STAGED(begins_with_what_the_supervisor_sends),
	    STAGED(is_strict_when_nothing_is_said),
	    STAGED(refuses_to_start_without_configuration),
	    STAGED(refuses_a_peer_that_its_table_does_not_name),
	    STAGED(ends_when_the_supervisor_is_gone),
	    STAGED(tells_that_it_is_ready),
	    STAGED(a_new_peer_takes_the_place_of_the_old),
	    STAGED(hands_other_messages_to_its_owner),
	    STAGED(asks_nobody_who_is_not_there),
	    STAGED(several_threads_ask_at_once),
	    cmocka_unit_test(states_of_programs_survive_the_wire),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
