/*
 * Recordings into pictures: a stranger's WebM or MP4, frame by frame.
 *
 *	TRY(video_open(bytes, &v));
 *	while (video_next(v, &frame))
 *		if (frame.picked)
 *			TRY(video_picture(v, 640, &colour));
 *	struct video_facts f = video_facts(v);
 *
 * Two containers and three codecs, named one by one: the library knows some
 * three hundred. Every frame is decoded, because one is made from the one
 * before; about ten a second are picked for being looked at. A file that is
 * damaged midway is no error: what was read counts, and the facts say it.
 */
#pragma once

#include "base/buf.h"
#include "vision/still/raster.h"

#define VIDEO_FILE_MAX ((size_t)40 << 20)
#define VIDEO_SIDE_MAX 1920
#define VIDEO_SIDE_MIN 160
#define VIDEO_SECONDS_MAX 120
#define VIDEO_FRAMES_MAX 4800
#define VIDEO_PICKED_MAX 1000
#define VIDEO_TEXT_MAX 64

/* The frame at a glance, in brightness: for comparing it with any other. */
#define GLANCE_WIDTH 32
#define GLANCE_HEIGHT 24
#define GLANCE_SIZE (GLANCE_WIDTH * GLANCE_HEIGHT)

struct video_frame {
	int64_t time_us; /* since the first one; never less than before */
	int width, height; /* upright */
	bool picked;     /* one of ten a second */
	float step;      /* how far its pixels are from those of the frame
	                    before, in grey levels; 0 for the first */
	uint8_t glance[GLANCE_SIZE];
};

/* Whole once video_next() said false. */
struct video_facts {
	const char *container, *codec; /* "webm", "mp4"; "vp8", "vp9", "h264" */
	char writer[VIDEO_TEXT_MAX];   /* the program that the file names */
	int width, height;             /* of the first frame */
	size_t frames, picked;
	int64_t duration_us;           /* of what was read */
	size_t errors;                 /* pieces that could not be decoded */
	size_t size_changes;
	size_t other_tracks;           /* beside the one that was read */
	size_t back_in_time;           /* frames not after the one before */
	bool cut_short;                /* a limit was reached */
};

struct video;

/*
 * file stays the caller's while v lives. ERR_MEDIA_TYPE: neither WebM nor
 * MP4, or in a codec that is not taken; ERR_TOO_LARGE: past a limit;
 * ERR_UNREADABLE: damaged so that nothing of it can be shown.
 */
RESULT video_open(struct span file, struct video **out);
void video_free(struct video *v);

/* The next frame; false at the end, or where nothing more can be read. */
bool video_next(struct video *v, struct video_frame *out);

/* The frame that video_next() gave, in colour, upright, at most so wide. */
RESULT video_picture(struct video *v, int width_most, struct raster *out);

/* A square of its brightness, pixel by pixel as it was recorded; false: it
 * does not lie in the frame, or the frame does not stand upright. */
bool video_square(struct video *v, int x, int y, int side, float *out);

struct video_facts video_facts(const struct video *v);

DEFINE_AUTO(video_free, struct video *)
