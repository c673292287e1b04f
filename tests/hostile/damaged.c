/*
 * Damaged files through every look, in this process: what the cage would
 * hide, a sanitizer sees here.
 *
 *	damaged [-k FILE] [-m MILLISECONDS] MODELS SEED COUNT FILE...
 *
 * COUNT times one of the FILEs (pictures, or recordings, of which pictures
 * are looked at) is damaged and read. FILE is written with what is read
 * next: after a crash it is the culprit. Slower ones than MILLISECONDS of
 * processor fail: the service would have ended them. To build it:
 *
 *	CC=gcc meson setup build-asan -Db_sanitize=address,undefined \
 *	    -Dsandbox=false && ninja -C build-asan tests/hostile/damaged
 */
#include "damage.h"

#include "base/clock.h"
#include "base/enum.h"
#include "vision/sight.h"
#include "vision/pixels/threads.h"
#include "vision/film/video.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FILES_MAX 256
#define FRAMES_MAX 60
#define LOOKED_AT 2 /* pictures of a recording */

static struct {
	const char *kept;
	int64_t most_ms;
	size_t whole, slow;
	int64_t slowest;
	struct findings found;
} run = {.most_ms = 2000};

static RESULT
look_at_frame(const struct inspector *tools, struct video *v)
{
	AUTO(raster_clear) struct raster seen = {0};
	AUTO(buf_clear) struct buf jpeg;
	buf_init(&jpeg, STILL_CLEAN_MAX);
	TRY(video_picture(v, 640, &seen));
	TRY(still_encode(&seen, &jpeg));
	return inspect_picture(tools, span_of_buf(&jpeg), false, &run.found,
	    NULL);
}

static RESULT
read_recording(const struct inspector *tools, struct span file)
{
	AUTO(video_free) struct video *v = NULL;
	struct video_frame f;
	int looked = 0;
	TRY(video_open(file, &v));
	for (int i = 0; i < FRAMES_MAX && video_next(v, &f); i++)
		if (f.picked && looked++ < LOOKED_AT)
			TRY(look_at_frame(tools, v));
	return OK;
}

static RESULT
read_file(const struct inspector *tools, struct span file, bool back)
{
	AUTO(raster_clear) struct raster seen = {0};
	struct mrz mrz;
	if (read_recording(tools, file) == OK)
		return OK;
	TRY(inspect_picture(tools, file, back, &run.found, &seen));
	(void)inspect_judge(&run.found, &mrz);
	return OK;
}

static void
keep(struct span file)
{
	AUTO(fclose) FILE *to = run.kept ? fopen(run.kept, "wb") : NULL;
	if (to && fwrite(file.data, 1, file.size, to) != file.size)
		perror(run.kept);
}

/* In a block of its own size, so that a read past its end is seen. */
static void
try_one(const struct inspector *tools, struct span damaged, const char *name,
    uint64_t number)
{
	AUTO(free) uint8_t *own = malloc(damaged.size + !damaged.size);
	int64_t begun = clock_work_micros();
	if (!own)
		abort();
	memcpy(own, damaged.data, damaged.size);
	keep(damaged);
	if (read_file(tools, SPAN(own, damaged.size), number & 1) == OK)
		run.whole++;
	err_clear();
	int64_t ms = (clock_work_micros() - begun) / 1000;
	if (ms > run.slowest)
		run.slowest = ms;
	if (ms <= run.most_ms)
		return;
	run.slow++;
	printf("%s, damage %llu: %lld ms\n", name,
	    (unsigned long long)number, (long long)ms);
}

static int
run_all(const struct inspector *tools, uint64_t seed, uint64_t count,
    char **names, int files)
{
	static struct buf read[FILES_MAX];
	for (int i = 0; i < files; i++) {
		buf_init(&read[i], VIDEO_FILE_MAX);
		if (buf_add_file(&read[i], names[i]) != OK) {
			fprintf(stderr, "%s: %s\n", names[i],
			    err_explanation());
			return 2;
		}
	}
	for (uint64_t i = 0; i < count; i++) {
		AUTO(buf_clear) struct buf out;
		int which = (int)(i % (uint64_t)files);
		int other = (int)((i * 7 + i / 3) % (uint64_t)files);
		buf_init(&out, VIDEO_FILE_MAX);
		if (damage(span_of_buf(&read[which]),
		    span_of_buf(&read[other]), seed * 1000003 + i,
		    &out) == OK)
			try_one(tools, span_of_buf(&out), names[which], i);
	}
	printf("%llu files, %zu read to their end, slowest %lld ms\n",
	    (unsigned long long)count, run.whole, (long long)run.slowest);
	for (int i = 0; i < files; i++)
		buf_clear(&read[i]);
	return run.slow > 0;
}

int
main(int argc, char **argv)
{
	AUTO(inspector_clear) struct inspector tools = {.nowhere = -1};
	int option;
	threads_off(argv);
	while ((option = getopt(argc, argv, "k:m:")) != -1) {
		if (option == 'k')
			run.kept = optarg;
		else if (option == 'm')
			run.most_ms = strtol(optarg, NULL, 10);
		else
			return 2;
	}
	if (argc - optind < 4 || argc - optind > FILES_MAX ||
	    inspector_load(argv[optind], &tools) != OK) {
		fprintf(stderr, "usage: damaged [-k FILE] [-m MILLISECONDS] "
		    "MODELS SEED COUNT FILE...\n");
		return 2;
	}
	return run_all(&tools, strtoull(argv[optind + 1], NULL, 10),
	    strtoull(argv[optind + 2], NULL, 10), argv + optind + 3,
	    argc - optind - 3);
}
