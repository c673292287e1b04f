/*
 * A file to a process of its own and back. What comes back is not believed
 * either: findings are validated, pixels are pixels, and a process that says
 * nothing is a file that cannot be read.
 */
#include "vision/inspect.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "ident/film.h"
#include "proc/channel.h"
#include "proc/memfile.h"
#include "proc/order.h"
#include "vision/reading.h"

static RESULT
start(const struct inspector *i, struct span file,
    const struct inspect_wish *wish, struct inspect_pending *p)
{
	AUTO(close) int document = -1;
	AUTO(close) int ours = -1;
	AUTO(close) int theirs = -1;
	struct reading_wish told = {.kind = wish->kind,
	    .detail = wish->detail, .strict = !wish->uncaged,
	    .pixels = true, .blind = !wish->picture,
	    .whole = true};
	size_t most = inspect_file_max(wish->kind);
	int pair[2];
	if (file.size > most)
		return FAIL(ERR_TOO_LARGE, "larger than %zu MiB", most >> 20);
	TRY(memfile_make(file, &document));
	TRY(channel_pair(pair));
	ours = pair[0];
	theirs = pair[1];
	TRY(reading_start(i, document, theirs, &told, &p->pid));
	p->reply = STEAL_FD(ours);
	return OK;
}

void
inspect_begin(const struct inspector *i, struct span file,
    const struct inspect_wish *wish, struct inspect_pending *out)
{
	*out = (struct inspect_pending){.picture = wish->picture,
	    .kind = wish->kind, .reply = -1, .begun = clock_ticks()};
	out->code = start(i, file, wish, out);
	if (out->code != OK)
		snprintf(out->explanation, sizeof(out->explanation), "%s",
		    err_explanation());
	err_clear();
}

static RESULT
take_film(int fd, struct buf *out)
{
	AUTO(memfile_clear) struct memfile file = {0};
	struct film f;
	TRY(memfile_map(fd, FILM_MAX, &file));
	TRY(film_open(file.bytes, &f));
	return buf_add_span(out, file.bytes);
}

static RESULT
hear(int fd, int64_t patience, const struct inspect_pending *p,
    struct inspect_result *out)
{
	AUTO(message_clear) struct message m;
	struct channel c = {.fd = fd, .self = ROLE_clerk,
	    .peer = ROLE_inspector, .started = true};
	message_init(&m);
	enum err code = channel_receive(&c,
	    patience > 0 ? (int)patience : 0, &m);
	TRY(code);
	if (m.type != MESSAGE_findings)
		return refusal_get(span_of_buf(&m.body));
	TRY(findings_get(span_of_buf(&m.body), &out->findings));
	if (!p->picture)
		return OK;
	return reading_is_picture(p->kind) ?
	    reading_pixels(m.fds[0], &out->picture) :
	    take_film(m.fds[0], &out->film);
}

/* The signal that ended it; 0 when it ended by itself. */
static int
end_of(pid_t pid)
{
	siginfo_t info = {0};
	waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT);
	return info.si_code == CLD_EXITED ? 0 : info.si_status;
}

static RESULT
conclude(struct inspect_pending *p, struct inspect_result *out)
{
	int64_t spent = clock_ticks() - p->begun;
	int64_t wall = inspection_limits(p->kind)->wall_ms;
	enum err code = hear(p->reply, wall - spent, p, out);
	if (code == ERR_EXPIRED)
		code = FAIL(ERR_UNREADABLE, "reading takes too long");
	if (code == ERR_UNAVAILABLE && end_of(p->pid) != 0)
		code = FAIL(ERR_UNREADABLE, "the reading process ended "
		    "early, by signal %d", end_of(p->pid));
	kill(p->pid, SIGKILL);
	waitpid(p->pid, NULL, 0);
	close(p->reply);
	return code;
}

void
inspect_end(struct inspect_pending *p, struct inspect_result *out)
{
	*out = (struct inspect_result){.code = p->code,
	    .verdict = INSPECT_UNREADABLE};
	buf_init(&out->film, FILM_MAX);
	if (p->code != OK) {
		memcpy(out->explanation, p->explanation,
		    sizeof(out->explanation));
		return;
	}
	out->code = conclude(p, out);
	if (out->code == OK)
		out->verdict = reading_is_picture(p->kind) ?
		    inspect_judge(&out->findings, &out->mrz) : INSPECT_READ;
	else
		snprintf(out->explanation, sizeof(out->explanation), "%s",
		    err_explanation());
	out->total_ms = clock_ticks() - p->begun;
	err_clear();
}

void
inspect_file(const struct inspector *i, struct span file,
    const struct inspect_wish *wish, struct inspect_result *out)
{
	struct inspect_pending p;
	inspect_begin(i, file, wish, &p);
	inspect_end(&p, out);
}

void
inspect_result_clear(struct inspect_result *r)
{
	raster_clear(&r->picture);
	buf_clear(&r->film);
}
