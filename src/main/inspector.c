/*
 * paraph-inspector: started by paraphd, never by hand.
 *
 * Loads what reading needs and waits. It never looks at a document itself:
 * for each it forks a process (vision/reading.h), ends it when it takes too
 * long, and asks to be started anew when one died by a signal, so that
 * nobody can try a second time against the same layout of memory.
 */
#include "base/clock.h"
#include "base/enum.h"
#include "base/log.h"
#include "proc/cage.h"
#include "proc/program.h"
#include "vision/pixels/threads.h"
#include "vision/reading.h"

#include <errno.h>
#include <malloc.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>

#define READINGS_MAX 2

struct reading {
	pid_t pid; /* 0: free */
	int64_t deadline;
};

struct warm {
	struct program program;
	struct inspector tools;
	struct reading readings[READINGS_MAX];
	bool tainted; /* one died by a signal: no more of this process */
};

static bool uncaged; /* starting again will not help */

static struct reading *
free_place(struct warm *w)
{
	for (size_t i = 0; i < READINGS_MAX; i++)
		if (w->readings[i].pid == 0)
			return &w->readings[i];
	return NULL;
}

static size_t
running(const struct warm *w)
{
	size_t count = 0;
	for (size_t i = 0; i < READINGS_MAX; i++)
		count += w->readings[i].pid != 0;
	return count;
}

static RESULT
begin(struct warm *w, struct reading *place, const struct message *m)
{
	struct inspection_request request;
	if (m->type != MESSAGE_inspect || m->fd_count != 2)
		return FAIL(ERR_INVALID, "not a question of ours");
	TRY(inspection_request_get(span_of_buf(&m->body), &request));
	place->deadline = clock_ticks() + request.wall_ms;
	struct reading_wish wish = {.kind = request.kind,
	    .detail = SPAN(request.detail, request.detail_size),
	    .strict = !w->program.demo};
	return reading_start(&w->tools, m->fds[0], m->fds[1], &wish,
	    &place->pid);
}

/* A message that makes no sense is dropped with its reply socket, which
 * tells the clerk. */
static RESULT
take_question(struct warm *w)
{
	AUTO(message_clear) struct message m;
	struct channel *clerk = &w->program.peers[ROLE_clerk];
	message_init(&m);
	enum err code = channel_receive(clerk, 0, &m);
	if (code == ERR_EXPIRED || code == ERR_UNAVAILABLE) {
		err_clear();
		return OK; /* a new clerk will come through control */
	}
	TRY(code);
	if (begin(w, free_place(w), &m) != OK)
		log_warn("inspector.refused why=\"%s\"", err_explanation());
	err_clear();
	return OK;
}

static void
reap(struct warm *w)
{
	int status;
	pid_t pid;
	while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
		for (size_t i = 0; i < READINGS_MAX; i++)
			if (w->readings[i].pid == pid)
				w->readings[i].pid = 0;
		if (!WIFSIGNALED(status))
			continue;
		log_warn("inspector.died signal=%d", WTERMSIG(status));
		w->tainted = true;
	}
}

/* Ends what is late; milliseconds until the next one is, or -1. */
static int
mind_the_time(struct warm *w)
{
	int64_t now = clock_ticks(), next = -1;
	for (size_t i = 0; i < READINGS_MAX; i++) {
		struct reading *r = &w->readings[i];
		if (r->pid == 0)
			continue;
		if (r->deadline <= now) {
			log_warn("inspector.late");
			kill(r->pid, SIGKILL);
			r->deadline = now + SECOND;
		}
		if (next < 0 || r->deadline - now < next)
			next = r->deadline - now;
	}
	return (int)next;
}

static int
wait_for_news(struct pollfd *fds, int ms)
{
	sigset_t none;
	struct timespec time = {ms / 1000, ms % 1000 * 1000000L};
	sigemptyset(&none);
	int ready = ppoll(fds, 2, ms < 0 ? NULL : &time, &none);
	return ready < 0 && errno == EINTR ? 0 : ready;
}

static RESULT
serve(struct warm *w)
{
	for (;;) {
		bool open = free_place(w) && !w->tainted;
		struct pollfd fds[2] = {
		    {.fd = w->program.control.fd, .events = POLLIN},
		    {.fd = open ? w->program.peers[ROLE_clerk].fd : -1,
			.events = POLLIN}};
		if (w->tainted && running(w) == 0)
			return FAIL(ERR_INTERNAL, "a reading died");
		int ready = wait_for_news(fds, mind_the_time(w));
		if (ready < 0)
			return FAIL(ERR_INTERNAL, "poll: %m");
		reap(w);
		if (ready > 0 && fds[0].revents)
			TRY(program_control(&w->program, NULL, NULL));
		else if (ready > 0 && fds[1].revents)
			TRY(take_question(w));
	}
}

/* Only wakes the poll. */
static void
child_ended(int signal)
{
	(void)signal;
}

static RESULT
watch_children(void)
{
	struct sigaction action = {.sa_handler = child_ended};
	sigset_t children;
	sigemptyset(&children);
	sigaddset(&children, SIGCHLD);
	if (sigaction(SIGCHLD, &action, NULL) != 0 ||
	    sigprocmask(SIG_BLOCK, &children, NULL) != 0)
		return FAIL(ERR_INTERNAL, "sigaction: %m");
	return OK;
}

static RESULT
set_patience(const struct conf *conf, struct inspector *tools)
{
	int64_t percent = conf_number(conf, CONF_vision_patience);
	if (percent < 1 || percent > PATIENCE_MOST)
		return FAIL(ERR_INVALID, "vision.patience is 1 to %d",
		    PATIENCE_MOST);
	tools->patience = (unsigned)percent;
	return OK;
}

static RESULT
run(struct warm *w)
{
	AUTO(buf_clear) struct buf missing;
	buf_init(&missing, 512);
	TRY(program_begin(ROLE_inspector, &w->program));
	const struct conf *conf = w->program.conf;
	TRY(inspector_load(conf_text(conf, CONF_vision_models), &w->tools));
	TRY(inspector_load_faces(conf_text(conf, CONF_vision_landmarks),
	    conf_text(conf, CONF_vision_landmarks_sha256), &w->tools));
	/* without it faces are compared by eye, which is no reason to stop */
	if (inspector_load_embedding(conf_text(conf, CONF_vision_face_model),
	    &w->tools) != OK)
		log_warn("inspector.no_face_model why=\"%s\"",
		    err_explanation());
	err_clear();
	TRY(set_patience(conf, &w->tools));
	malloc_trim(0);
	TRY(watch_children());
	uncaged = true;
	TRY(cage_enter(CAGE_inspector, NULL, 0, !w->program.demo, &missing));
	uncaged = false;
	TRY(program_ready(&w->program, buf_text(&missing)));
	return serve(w);
}

int
main(int argc, char **argv)
{
	struct warm w = {.tools = {.nowhere = -1}};
	(void)argc;
	threads_off(argv);
	log_as("inspector");
	enum err result = run(&w);
	if (result != OK)
		log_info("inspector.ends why=\"%s\"", err_explanation());
	program_clear(&w.program);
	_exit(uncaged ? PROGRAM_REFUSES
	               : result == ERR_UNAVAILABLE ? 0 : 1);
}
