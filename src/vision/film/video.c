/*
 * Frames of a recording, decoded, at a glance and in colour.
 *
 * The decoders' error counts tell little (most bit errors in VP8 are decoded
 * without one): whether a recording is good is judged from its pictures.
 */
#include "vision/film/video_inside.h"

#include <stdlib.h>

#define ERRORS_MAX 200
#define PICK_US 100000
#define ROW_STEP 64
#define TIME_MAX (INT64_C(1) << 60) /* of two, the difference is one too */
#define STEP_GRID 4 /* every so many pixels, each way */

/* Gives the decoder its next piece; at the end of the file the last word. */
static bool
feed(struct video *v)
{
	int got = av_read_frame(v->format, v->packet);
	if (got < 0) {
		v->flushing = true;
		avcodec_send_packet(v->decoder, NULL);
		return true;
	}
	if (v->packet->stream_index == v->track &&
	    avcodec_send_packet(v->decoder, v->packet) < 0)
		v->facts.errors++;
	av_packet_unref(v->packet);
	return v->facts.errors < ERRORS_MAX;
}

static bool
is_taken(const AVFrame *f)
{
	switch ((int)f->format) {
	case AV_PIX_FMT_YUV420P:
	case AV_PIX_FMT_YUVJ420P:
	case AV_PIX_FMT_YUV422P:
	case AV_PIX_FMT_YUVJ422P:
	case AV_PIX_FMT_YUV444P:
	case AV_PIX_FMT_YUVJ444P:
	case AV_PIX_FMT_GRAY8:
		return f->width <= VIDEO_SIDE_MAX &&
		    f->height <= VIDEO_SIDE_MAX &&
		    f->width >= VIDEO_SIDE_MIN && f->height >= VIDEO_SIDE_MIN;
	default:
		return false;
	}
}

/* The next frame out of the decoder. */
static bool
decode(struct video *v)
{
	for (;;) {
		int got = avcodec_receive_frame(v->decoder, v->frame);
		if (got == 0 && is_taken(v->frame))
			return true;
		if (got == 0) {
			v->facts.errors++;
			continue;
		}
		if (got == AVERROR_EOF || v->flushing)
			return false;
		if (got != AVERROR(EAGAIN))
			v->facts.errors++;
		if (v->facts.errors >= ERRORS_MAX || !feed(v))
			return false;
	}
}

/* Means of the cells of a grid, of every second row. */
static void
take_glance(const AVFrame *f, uint8_t out[GLANCE_SIZE])
{
	for (int i = 0; i < GLANCE_SIZE; i++) {
		int column = i % GLANCE_WIDTH, row = i / GLANCE_WIDTH;
		int left = column * f->width / GLANCE_WIDTH;
		int right = (column + 1) * f->width / GLANCE_WIDTH;
		int top = row * f->height / GLANCE_HEIGHT;
		int bottom = (row + 1) * f->height / GLANCE_HEIGHT;
		unsigned sum = 0, count = 0;
		for (int y = top; y < bottom; y += 2) {
			const uint8_t *line = f->data[0] + (ptrdiff_t)y *
			    f->linesize[0];
			for (int x = left; x < right; x++)
				sum += line[x];
			count += (unsigned)(right - left);
		}
		out[i] = (uint8_t)(count ? sum / count : 0);
	}
}

/* Mean difference to the frame before, on a coarse grid of single pixels. */
static float
take_step(struct video *v)
{
	const AVFrame *f = v->frame;
	int across = f->width / STEP_GRID, down = f->height / STEP_GRID;
	size_t size = (size_t)across * (size_t)down, at = 0;
	bool same = across == v->before_width && down == v->before_height;
	uint64_t sum = 0;
	if (!same) {
		free(v->before);
		v->before = calloc(1, size);
		v->before_width = v->before ? across : 0;
		v->before_height = v->before ? down : 0;
	}
	for (int y = 0; v->before && y < down; y++) {
		const uint8_t *line = f->data[0] + (ptrdiff_t)(y * STEP_GRID) *
		    f->linesize[0];
		for (int x = 0; x < across; x++, at++) {
			uint8_t now = line[x * STEP_GRID];
			sum += (unsigned)abs(now - v->before[at]);
			v->before[at] = now;
		}
	}
	return same && size ? (float)sum / (float)size : 0;
}

static int64_t
time_of(struct video *v)
{
	AVRational micro = {1, 1000000};
	int64_t pts = v->frame->best_effort_timestamp;
	if (pts == AV_NOPTS_VALUE)
		return v->last_us;
	int64_t time = av_rescale_q(pts,
	    v->format->streams[v->track]->time_base, micro);
	return time > -TIME_MAX && time < TIME_MAX ? time : v->last_us;
}

static void
note_time(struct video *v, struct video_frame *out)
{
	int64_t now = time_of(v);
	if (!v->started) {
		v->first_us = v->last_us = v->next_pick_us = now;
	} else if (now <= v->last_us) {
		v->facts.back_in_time++;
		now = v->last_us;
	}
	v->last_us = now;
	out->time_us = now - v->first_us;
	v->facts.duration_us = out->time_us;
	out->picked = now >= v->next_pick_us;
	/* by a clock of its own: a late frame does not delay the next one */
	if (out->picked)
		v->next_pick_us += (1 + (now - v->next_pick_us) / PICK_US) *
		    PICK_US;
}

static void
note_size(struct video *v, struct video_frame *out)
{
	bool aside = v->turn % 2 == 1;
	out->width = aside ? v->frame->height : v->frame->width;
	out->height = aside ? v->frame->width : v->frame->height;
	if (v->started && (v->before_width != v->frame->width / STEP_GRID ||
	    v->before_height != v->frame->height / STEP_GRID))
		v->facts.size_changes++;
	if (v->started)
		return;
	v->facts.width = out->width;
	v->facts.height = out->height;
}

bool
video_next(struct video *v, struct video_frame *out)
{
	if (v->facts.frames >= VIDEO_FRAMES_MAX ||
	    v->facts.picked >= VIDEO_PICKED_MAX ||
	    v->facts.duration_us > (int64_t)VIDEO_SECONDS_MAX * 1000000) {
		v->facts.cut_short = true;
		return false;
	}
	if (!decode(v))
		return false;
	note_size(v, out);
	note_time(v, out);
	out->step = take_step(v);
	take_glance(v->frame, out->glance);
	v->started = true;
	v->facts.frames++;
	v->facts.picked += out->picked;
	return true;
}

/* The scaler writes in steps that go past the end of a row. */
static RESULT
scale(struct video *v, struct raster *out)
{
	const AVFrame *f = v->frame;
	size_t row = (size_t)out->width * 3;
	size_t step = (row + ROW_STEP) / ROW_STEP * ROW_STEP;
	AUTO(free) uint8_t *room = malloc(step * (size_t)(out->height + 1));
	uint8_t *to[4] = {room};
	int steps[4] = {(int)step};
	v->scaler = sws_getCachedContext(v->scaler, f->width, f->height,
	    (enum AVPixelFormat)f->format, out->width, out->height,
	    AV_PIX_FMT_RGB24, SWS_BILINEAR, NULL, NULL, NULL);
	if (!room || !v->scaler || sws_scale(v->scaler,
	    (const uint8_t *const *)f->data, f->linesize, 0, f->height, to,
	    steps) != out->height)
		return FAIL(ERR_UNREADABLE, "a frame cannot be shown");
	for (int y = 0; y < out->height; y++)
		memcpy(raster_row(out, y), room + step * (size_t)y, row);
	return OK;
}

RESULT
video_picture(struct video *v, int width_most, struct raster *out)
{
	const AVFrame *f = v->frame;
	int across = v->turn % 2 ? f->height : f->width;
	int most = across > width_most ? width_most : across;
	int width = f->width * most / across;
	int height = f->height * most / across;
	static const int turned[] = {1, 6, 3, 8};
	AUTO(raster_clear) struct raster made = {0};
	TRY(raster_make(width > 0 ? width : 1, height > 0 ? height : 1, 3,
	    &made));
	TRY(scale(v, &made));
	if (v->turn)
		TRY(raster_turn(&made, turned[v->turn]));
	raster_move(&made, out);
	return OK;
}

bool
video_square(struct video *v, int x, int y, int side, float *out)
{
	const AVFrame *f = v->frame;
	if (v->turn || x < 0 || y < 0 || x + side > f->width ||
	    y + side > f->height)
		return false;
	for (int row = 0; row < side; row++)
		for (int column = 0; column < side; column++)
			*out++ = f->data[0][(ptrdiff_t)(y + row) *
			    f->linesize[0] + x + column];
	return true;
}

struct video_facts
video_facts(const struct video *v)
{
	return v->facts;
}
