/*
 * A line of those that wait, and the messages under way. Whoever finds fewer
 * of these than there may be takes the front of the line and asks for it,
 * theirs among it or not; who was asked for finds the answer in their place.
 *
 * Nobody waits longer than LINE_MS and ASK_MS: a relying party that is told
 * tryLater comes again, one that is told nothing gives up. After a message
 * without an answer the signer counts as silent: one question at a time goes on
 * to find out, each a moment after the one before, and all others end at once.
 */
#include "web/questions.h"

#include "base/clock.h"

#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <time.h>

#define WAITING_MAX 192 /* signed in a fiftieth of a second */
#define UNDER_WAY_MAX 2 /* the signer has the next one when it is done */
#define LINE_MS 1000
#define ASK_MS 2000
#define SILENT_MS 1000 /* before a signer that did not answer is asked again */
#define ROOM_USUAL 128 /* octets of a question about one certificate */

struct waiting {
	const struct ocsp_question *question;
	struct question_told *told;
	enum err outcome;
	bool taken; /* out of the line, into a message */
	bool left;  /* the line, by itself */
	atomic_bool done;
	sem_t woken;	     /* posted when it is first, and when it is done */
	size_t calls, heard; /* posts but the last; those that were taken */
	struct waiting *next; /* in the line */
};

static struct {
	pthread_mutex_t lock;
	struct waiting *first, **last;
	size_t waiting, under_way;
	bool silent;
	int64_t again_at; /* clock_ticks(); when silent */
} line = {PTHREAD_MUTEX_INITIALIZER, NULL, &line.first, 0, 0, false, 0};

/* Questions that go together. */
struct party {
	struct waiting *members[OCSP_ASK_MAX];
	size_t count;
};

/* With the lock. */
static void
take_party(struct party *out)
{
	size_t asked = 0;

	out->count = 0;
	while (line.first && out->count < OCSP_ASK_MAX) {
		asked += line.first->question->count;
		if (asked > OCSP_ASK_ASKED_MAX)
			break;
		line.first->taken = true;
		out->members[out->count++] = line.first;
		line.first = line.first->next;
	}
	if (!line.first)
		line.last = &line.first;
}

static RESULT
put_all(const struct party *party, struct buf *body)
{
	TRY(buf_reserve(body, ROOM_USUAL * party->count));
	ocsp_ask_begin(body, party->count);
	for (size_t i = 0; i < party->count; i++)
		TRY(ocsp_question_put(body, party->members[i]->question));
	return OK;
}

/* Nobody else looks at the places of members until they are done. */
static void
hand_out(const struct party *party, const struct ocsp_told *told)
{
	for (size_t i = 0; i < party->count; i++) {
		const struct ocsp_answer *one = &told->answers[i];
		struct waiting *w = party->members[i];

		w->outcome = one->outcome;
		w->told->never_issued = one->never_issued;
		if (one->outcome == OK)
			w->outcome = buf_add_span(&w->told->answer, one->der);
	}
}

static RESULT
ask_signer(struct program *p, const struct party *party)
{
	AUTO(message_clear) struct message m = {.fds = {-1, -1}};
	AUTO(buf_clear) struct buf body;
	struct ocsp_told told;

	buf_init(&body, WIRE_MAX);
	TRY(put_all(party, &body));
	TRY(program_ask(p, ROLE_clerk, MESSAGE_ocsp_ask, span_of_buf(&body),
	    ASK_MS, &m));
	if (m.type == MESSAGE_refused)
		return refusal_get(span_of_buf(&m.body));
	if (m.type != MESSAGE_ocsp_told)
		return FAIL(ERR_UNAVAILABLE, "no answer");
	TRY(ocsp_told_get(span_of_buf(&m.body), &told));
	if (told.count != party->count)
		return FAIL(ERR_UNAVAILABLE, "not as many answers");
	hand_out(party, &told);
	return OK;
}

/* Afterwards it is gone: its thread goes on. */
static void
end_one(struct waiting *w)
{
	atomic_store_explicit(&w->done, true, memory_order_release);
	sem_post(&w->woken);
}

/* With the lock. Who is in line would wait for the same silence. */
static void
note_asked(enum err asked)
{
	line.silent = asked == ERR_EXPIRED;
	line.again_at = clock_ticks() + SILENT_MS;
	if (!line.silent)
		return;
	while (line.first) {
		struct waiting *w = line.first;

		line.first = w->next;
		line.waiting--;
		end_one(w);
	}
	line.last = &line.first;
}

/* With the lock. */
static void
wake_first(void)
{
	if (!line.first || line.under_way == UNDER_WAY_MAX)
		return;
	line.first->calls++;
	sem_post(&line.first->woken);
}

/* Without the lock, or all that wake up would wait for it. */
static void
end_party(const struct party *party, enum err asked)
{
	for (size_t i = 0; i < party->count; i++) {
		if (asked != OK)
			party->members[i]->outcome = asked;
		end_one(party->members[i]);
	}
}

/* With the lock; returns without it. Two that end at once wake
 * the same one: who leads wakes the next. */
static void
lead(struct program *p)
{
	struct party party;

	take_party(&party);
	line.under_way++;
	wake_first();
	pthread_mutex_unlock(&line.lock);
	enum err asked = ask_signer(p, &party);
	pthread_mutex_lock(&line.lock);
	line.under_way--;
	line.waiting -= party.count;
	note_asked(asked);
	wake_first(); /* somebody asks for those that came meanwhile */
	pthread_mutex_unlock(&line.lock);
	end_party(&party, asked);
}

/* With the lock. */
static void
leave(struct waiting *mine)
{
	struct waiting **at = &line.first;

	while (*at != mine)
		at = &(*at)->next;
	*at = mine->next;
	if (!mine->next)
		line.last = at;
	line.waiting--;
	mine->left = true;
	wake_first(); /* what woke this one was meant for the first */
}

/* Until it is woken, or the time is over. */
static void
sleep_until(struct waiting *mine, int64_t until)
{
	const struct timespec end = {.tv_sec = until / 1000,
	    .tv_nsec = until % 1000 * 1000000};

	if (sem_clockwait(&mine->woken, CLOCK_MONOTONIC, &end) == 0)
		mine->heard++;
}

/* Who ended it may be about to post: until that has come, its place stays. */
static bool
is_done(struct waiting *mine)
{
	if (!atomic_load_explicit(&mine->done, memory_order_acquire))
		return false;
	while (mine->heard <= mine->calls)
		sleep_until(mine, clock_ticks() + LINE_MS);
	return true;
}

/* With the lock; returns without it. Who was taken out of the line waits for
 * the message, whose time is kept by who sent it. */
static void
go_on(struct program *p, struct waiting *mine, int64_t until)
{
	bool in_line = !mine->taken && !mine->done;
	int64_t now = clock_ticks();

	if (in_line && now < until && line.under_way < UNDER_WAY_MAX) {
		lead(p);
		return;
	}
	if (in_line && now >= until)
		leave(mine);
	pthread_mutex_unlock(&line.lock);
	if (!mine->left)
		sleep_until(mine, in_line ? until : now + LINE_MS);
}

/* With the lock. */
static bool
may_wait(void)
{
	if (line.silent &&
	    (line.under_way > 0 || clock_ticks() < line.again_at))
		return false;
	return line.waiting < WAITING_MAX;
}

static bool
join(struct waiting *mine)
{
	pthread_mutex_lock(&line.lock);
	bool room = may_wait();
	if (room) {
		*line.last = mine;
		line.last = &mine->next;
		line.waiting++;
	}
	pthread_mutex_unlock(&line.lock);
	return room;
}

RESULT
questions_ask(struct program *p, const struct ocsp_question *question,
    struct question_told *out)
{
	struct waiting mine = {.question = question,
	    .told = out,
	    .outcome = ERR_UNAVAILABLE};
	int64_t until = clock_ticks() + LINE_MS;

	buf_init(&out->answer, OCSP_TOLD_MAX);
	sem_init(&mine.woken, 0, 0);
	bool room = join(&mine);
	while (room && !mine.left && !is_done(&mine)) {
		pthread_mutex_lock(&line.lock);
		go_on(p, &mine, until);
	}
	sem_destroy(&mine.woken);
	if (!room)
		return FAIL(
		    ERR_UNAVAILABLE, "too many wait, or the signer is silent");
	return mine.outcome == OK
		   ? OK
		   : FAIL(mine.outcome, "no answer was made");
}
