/*
 * The process that sees a stranger's file.
 *
 * Everything it needs is made before the cage closes: the mapping of the
 * document, room for the clean picture, a standard error that goes nowhere
 * (a library's complaint into a regular file would end it), and a clock: a
 * file that no library finishes with is answered for all the same, by the
 * signal of that clock, wherever the process stands then.
 */
#include "vision/reading.h"

#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <unistd.h>

#include "base/clock.h"
#include "ident/film.h"
#include "ident/mrz_drop.h"
#include "proc/cage.h"
#include "proc/channel.h"
#include "proc/memfile.h"
#include "proc/order.h"
#include "vision/film/video.h"
#include "vision/still/still.h"

#define DESCRIPTORS 1024
#define BEHIND 10 /* nice */
#define LARGE_PAGE ((size_t)2 * 1024 * 1024)
#define ROOM (14 * LARGE_PAGE) /* below KEPT_PICTURE (opencv.cpp) */
#define ROOMS 2                /* and these below KEPT_ALL */
#define PIXELS_MAX ((size_t)STILL_CLEAN_SIDE * STILL_CLEAN_SIDE * 3 + 8)

static void
close_others(int reply, int room)
{
	for (int fd = 3; fd < DESCRIPTORS; fd++)
		if (fd != reply && fd != room)
			close(fd);
}

/* Descriptors 0 to 2 go nowhere. */
static void
silence(const struct inspector *tools)
{
	for (int fd = 0; fd < 3; fd++)
		dup2(tools->nowhere, fd);
}

bool
reading_is_picture(enum inspection_kind kind)
{
	return kind == INSPECTION_front || kind == INSPECTION_back;
}

size_t
inspect_file_max(enum inspection_kind kind)
{
	if (kind == INSPECTION_comparison)
		return FILM_MAX;
	return reading_is_picture(kind) ? STILL_FILE_MAX : VIDEO_FILE_MAX;
}

static size_t
room_for(const struct reading_wish *wish)
{
	if (!reading_is_picture(wish->kind))
		return FILM_MAX;
	return wish->pixels ? PIXELS_MAX : STILL_CLEAN_MAX;
}

static RESULT
write_picture(const struct raster *seen, bool pixels, int room)
{
	AUTO(buf_clear) struct buf bytes;
	buf_init(&bytes, pixels ? PIXELS_MAX : STILL_CLEAN_MAX);
	if (pixels) {
		put_u32(&bytes, (uint32_t)seen->width);
		put_u32(&bytes, (uint32_t)seen->height);
		TRY(buf_add(&bytes, seen->data, (size_t)seen->width *
		    (size_t)seen->height * 3));
	} else {
		TRY(still_encode(seen, &bytes));
	}
	return memfile_fill(room, span_of_buf(&bytes));
}

static RESULT
read_picture(const struct inspector *tools, struct span file,
    const struct reading_wish *wish, int room, struct findings *found)
{
	AUTO(raster_clear) struct raster seen = {0};
	TRY(inspect_picture(tools, file, wish->kind == INSPECTION_back, found,
	    wish->blind ? NULL : &seen));
	return wish->blind ? OK : write_picture(&seen, wish->pixels, room);
}

static RESULT
read_recording(const struct inspector *tools, struct span file,
    const struct reading_wish *wish, int room, struct findings *found)
{
	AUTO(buf_clear) struct buf film;
	buf_init(&film, FILM_MAX);
	if (!tools->recordings)
		return FAIL(ERR_UNAVAILABLE, "recordings are not read here");
	TRY(tools->recordings->read(tools, wish->kind, file, wish->detail,
	    found, &film));
	return memfile_fill(room, span_of_buf(&film));
}

static RESULT
answer(const struct inspector *tools, struct span file,
    const struct reading_wish *wish, int room, struct channel *reply)
{
	AUTO(free) struct findings *found = calloc(1, sizeof(*found));
	AUTO(buf_clear) struct buf body;
	buf_init(&body, WIRE_MAX);
	if (!found)
		return FAIL(ERR_TOO_LARGE, "no memory");
	TRY(reading_is_picture(wish->kind) ?
	    read_picture(tools, file, wish, room, found) :
	    read_recording(tools, file, wish, room, found));
	if (!wish->whole)
		TRY(mrz_drop(found));
	TRY(findings_put(&body, found));
	return channel_send(reply, MESSAGE_findings, 0, span_of_buf(&body),
	    &room, 1);
}

static RESULT
refuse(enum err code, struct channel *reply)
{
	AUTO(buf_clear) struct buf body;
	buf_init(&body, WIRE_MAX);
	TRY(refusal_put(&body, code, err_explanation()));
	return channel_send(reply, MESSAGE_unreadable, 0, span_of_buf(&body),
	    NULL, 0);
}

/* The answer for a file that takes too long, made before it is opened. */
static struct {
	int fd;
	struct buf bytes;
} late;

static void
answer_late(int signal)
{
	(void)signal;
	ssize_t sent = write(late.fd, late.bytes.data, late.bytes.size);
	_exit(sent < 0);
}

/* A slow processor needs more of its time for the same work. */
static uint32_t
work_for(const struct inspector *tools, uint32_t ms)
{
	return tools->patience > 0 ? ms / 100 * tools->patience : ms;
}

static RESULT
set_clock(const struct channel *reply, uint32_t ms)
{
	AUTO(buf_clear) struct buf body;
	const struct itimerval time = {.it_value = {ms / 1000,
	    ms % 1000 * 1000}};
	struct sigaction action = {.sa_handler = answer_late};
	buf_init(&body, WIRE_MAX);
	buf_init(&late.bytes, WIRE_MAX);
	late.fd = reply->fd;
	TRY(refusal_put(&body, ERR_UNREADABLE, "reading takes too long"));
	TRY(channel_put(reply, MESSAGE_unreadable, span_of_buf(&body),
	    &late.bytes));
	if (sigaction(SIGPROF, &action, NULL) != 0 ||
	    setitimer(ITIMER_PROF, &time, NULL) != 0)
		return FAIL(ERR_INTERNAL, "no clock: %m");
	return OK;
}

/* What the inspector has already is shared; what is added is limited. */
static RESULT
set_memory(const struct inspector *tools, size_t more)
{
	const struct rlimit most = {tools->memory + more,
	    tools->memory + more};
	if (tools->memory > 0 && setrlimit(RLIMIT_DATA, &most) != 0)
		return FAIL(ERR_INTERNAL, "setrlimit: %m");
	return OK;
}

/* A picture of somebody who waits goes before a recording that takes long. */
static void
stand_back(enum inspection_kind kind)
{
	if (!reading_is_picture(kind))
		(void)setpriority(PRIO_PROCESS, 0, BEHIND);
}

/*
 * Pictures are a few large pieces of memory: in pages of two mebibytes the
 * kernel hands them out a hundred times at once. Asked for here, since it
 * cannot be asked in the cage; what is not used stays without memory.
 */
static void
prefer_large_pages(void)
{
	char *parts[ROOMS];
	for (int i = 0; i < ROOMS; i++)
		parts[i] = malloc(ROOM);
	for (int i = 0; i < ROOMS; i++) {
		uintptr_t from = ((uintptr_t)parts[i] + LARGE_PAGE - 1) &
		    ~(uintptr_t)(LARGE_PAGE - 1);
		uintptr_t to = ((uintptr_t)parts[i] + ROOM) &
		    ~(uintptr_t)(LARGE_PAGE - 1);
		if (parts[i])
			(void)madvise((void *)from, to - from,
			    MADV_HUGEPAGE);
	}
	for (int i = 0; i < ROOMS; i++)
		free(parts[i]);
}

static RESULT
lock_in(bool strict)
{
	AUTO(buf_clear) struct buf missing;
	buf_init(&missing, 256);
	return cage_enter(CAGE_reader, NULL, 0, strict, &missing);
}

/* The whole life of the process, after its descriptors are in place. */
static RESULT
live(const struct inspector *tools, int document,
    const struct reading_wish *wish, int room, struct channel *reply)
{
	AUTO(memfile_clear) struct memfile file = {0};
	const struct inspection_limits *most = inspection_limits(wish->kind);
	enum err code = memfile_map(document, inspect_file_max(wish->kind), &file);
	silence(tools);
	close_others(reply->fd, room);
	stand_back(wish->kind);
	prefer_large_pages();
	enum err locked = set_clock(reply, work_for(tools, most->work_ms));
	if (locked == OK)
		locked = set_memory(tools, most->memory);
	if (locked == OK)
		locked = lock_in(wish->strict);
	if (locked != OK)
		return refuse(locked, reply); /* unread */
	if (code == OK)
		code = answer(tools, file.bytes, wish, room, reply);
	return code == OK ? OK : refuse(code, reply);
}

RESULT
reading_start(const struct inspector *tools, int document, int reply,
    const struct reading_wish *wish, pid_t *out)
{
	AUTO(close) int room = -1;
	TRY(memfile_room(room_for(wish), &room));
	pid_t pid = fork();
	if (pid < 0)
		return FAIL(ERR_UNAVAILABLE, "fork: %m");
	if (pid > 0) {
		*out = pid;
		return OK;
	}
	struct channel channel = {.fd = reply, .self = ROLE_inspector,
	    .peer = ROLE_clerk, .started = true,
	    .patient_until = clock_ticks() - 1000 +
		(int64_t)inspection_limits(wish->kind)->wall_ms};
	_exit(live(tools, document, wish, room, &channel) == OK ?
	    0 : 1);
}

RESULT
reading_pixels(int fd, struct raster *out)
{
	AUTO(memfile_clear) struct memfile file = {0};
	TRY(memfile_map(fd, PIXELS_MAX, &file));
	struct wire_reader r = wire_read(file.bytes);
	uint32_t width = get_u32(&r), height = get_u32(&r);
	if (r.failed || width == 0 || height == 0 ||
	    width > STILL_CLEAN_SIDE || height > STILL_CLEAN_SIDE ||
	    file.bytes.size != 8 + (size_t)width * height * 3)
		return FAIL(ERR_INVALID, "not a picture of a reading");
	TRY(raster_make((int)width, (int)height, 3, out));
	memcpy(out->data, file.bytes.data + 8, (size_t)width * height * 3);
	return OK;
}
