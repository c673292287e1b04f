/*
 * libavformat and libavcodec, held short.
 *
 * The library is never asked to find out what a file is: the first bytes say
 * which of two demuxers is taken, and the track's codec which of three
 * decoders. It reads from memory, opens nothing, starts no thread and logs
 * nothing. Its error counts tell little (most bit errors in VP8 are decoded
 * without one): whether a recording is good is judged from its pictures.
 */
#include "vision/video.h"

#include "base/clock.h"
#include "base/enum.h"

#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/display.h>
#include <libavutil/imgutils.h>
#include <libswscale/swscale.h>

#include <math.h>
#include <stdlib.h>

#define READ_AHEAD 65536
#define PROBE_MAX "1048576"
#define STREAMS_MAX 4
#define ERRORS_MAX 200
#define PICK_US 100000
#define OPEN_PATIENCE_MS 5000
#define ROW_STEP 64
#define TIME_MAX (INT64_C(1) << 60) /* of two, the difference is one too */
#define STEP_GRID 4 /* every so many pixels, each way */

struct kind {
	const char *name, *demuxer;
	size_t at;
	const char *magic;
	size_t size;
};

static const struct kind kinds[] = {
    {"webm", "matroska", 0, "\x1a\x45\xdf\xa3", 4},
    {"mp4", "mov", 4, "ftyp", 4},
};

static const struct {
	enum AVCodecID id;
	const char *name;
} codecs[] = {
    {AV_CODEC_ID_VP8, "vp8"},
    {AV_CODEC_ID_VP9, "vp9"},
    {AV_CODEC_ID_H264, "h264"},
};

struct video {
	struct span file;
	size_t at; /* read so far */
	int64_t deadline; /* of opening; ticks */
	AVIOContext *io;
	AVFormatContext *format;
	AVCodecContext *decoder;
	AVPacket *packet;
	AVFrame *frame;
	struct SwsContext *scaler;
	int track, turn; /* quarters clockwise to be upright */
	bool flushing, started;
	int64_t first_us, last_us, next_pick_us;
	uint8_t *before; /* samples of the frame before */
	int before_width, before_height;
	struct video_facts facts;
};

static int
read_bytes(void *opaque, uint8_t *out, int size)
{
	struct video *v = opaque;
	size_t left = v->file.size - v->at;
	size_t taken = (size_t)size < left ? (size_t)size : left;
	if (taken == 0)
		return AVERROR_EOF;
	memcpy(out, v->file.data + v->at, taken);
	v->at += taken;
	return (int)taken;
}

static int64_t
seek_bytes(void *opaque, int64_t to, int whence)
{
	struct video *v = opaque;
	int64_t size = (int64_t)v->file.size;
	whence &= ~AVSEEK_FORCE;
	if (whence == AVSEEK_SIZE)
		return size;
	if (whence == SEEK_CUR)
		to += (int64_t)v->at;
	else if (whence == SEEK_END)
		to += size;
	else if (whence != SEEK_SET)
		return AVERROR(EINVAL);
	if (to < 0 || to > size)
		return AVERROR(EINVAL);
	v->at = (size_t)to;
	return to;
}

static int
is_late(void *opaque)
{
	const struct video *v = opaque;
	return v->deadline && clock_ticks() > v->deadline;
}

/* A file that names other files is not followed. */
static int
open_nothing(AVFormatContext *f, AVIOContext **out, const char *url,
    int flags, AVDictionary **options)
{
	(void)f;
	(void)out;
	(void)url;
	(void)flags;
	(void)options;
	return AVERROR(EACCES);
}

static void
say_nothing(void *context, int level, const char *format, va_list args)
{
	(void)context;
	(void)level;
	(void)format;
	(void)args;
}

static const struct kind *
kind_of(struct span file)
{
	for (size_t i = 0; i < COUNT_OF(kinds); i++)
		if (file.size >= kinds[i].at + kinds[i].size &&
		    memcmp(file.data + kinds[i].at, kinds[i].magic,
			kinds[i].size) == 0)
			return &kinds[i];
	return NULL;
}

void
video_free(struct video *v)
{
	sws_freeContext(v->scaler);
	av_frame_free(&v->frame);
	av_packet_free(&v->packet);
	avcodec_free_context(&v->decoder);
	if (v->format)
		avformat_close_input(&v->format);
	if (v->io)
		av_freep(&v->io->buffer);
	avio_context_free(&v->io);
	free(v->before);
	free(v);
}

static RESULT
prepare(struct video *v)
{
	uint8_t *room = av_malloc(READ_AHEAD);
	v->io = room ? avio_alloc_context(room, READ_AHEAD, 0, v, read_bytes,
	    NULL, seek_bytes) : NULL;
	v->format = avformat_alloc_context();
	v->packet = av_packet_alloc();
	v->frame = av_frame_alloc();
	if (!v->io || !v->format || !v->packet || !v->frame)
		return FAIL(ERR_TOO_LARGE, "no memory for a recording");
	v->format->pb = v->io;
	v->format->flags |= AVFMT_FLAG_CUSTOM_IO;
	v->format->io_open = open_nothing;
	v->format->interrupt_callback = (AVIOInterruptCB){is_late, v};
	v->format->max_streams = STREAMS_MAX;
	return OK;
}

static RESULT
open_container(struct video *v, const struct kind *kind)
{
	const AVInputFormat *demuxer = av_find_input_format(kind->demuxer);
	AVDictionary *options = NULL;
	av_dict_set(&options, "probesize", PROBE_MAX, 0);
	av_dict_set(&options, "protocol_whitelist", "none", 0);
	av_dict_set(&options, "codec_whitelist", "vp8,vp9,h264", 0);
	v->deadline = clock_ticks() + OPEN_PATIENCE_MS;
	int failed = demuxer ? avformat_open_input(&v->format, "", demuxer,
	    &options) : -1;
	av_dict_free(&options);
	v->deadline = 0;
	return failed < 0 ? FAIL(ERR_UNREADABLE, "the recording is damaged "
	    "or not whole") : OK;
}

static const char *
codec_name(enum AVCodecID id)
{
	for (size_t i = 0; i < COUNT_OF(codecs); i++)
		if (codecs[i].id == id)
			return codecs[i].name;
	return NULL;
}

/* The first track of pictures; any other is left alone and counted. */
static RESULT
choose_track(struct video *v)
{
	v->track = -1;
	for (unsigned i = 0; i < v->format->nb_streams; i++) {
		AVStream *s = v->format->streams[i];
		bool pictures = s->codecpar->codec_type == AVMEDIA_TYPE_VIDEO;
		if (pictures && v->track < 0) {
			v->track = (int)i;
			continue;
		}
		s->discard = AVDISCARD_ALL;
		v->facts.other_tracks++;
	}
	return v->track < 0 ? FAIL(ERR_UNREADABLE, "a recording without "
	    "pictures") : OK;
}

static RESULT
check_sides(int width, int height)
{
	if (width > VIDEO_SIDE_MAX || height > VIDEO_SIDE_MAX)
		return FAIL(ERR_TOO_LARGE, "a recording of %d x %d pixels",
		    width, height);
	if (width < VIDEO_SIDE_MIN || height < VIDEO_SIDE_MIN)
		return FAIL(ERR_UNREADABLE, "a recording of %d x %d pixels",
		    width, height);
	return OK;
}

/* Phones lie about which way up they are held only by this matrix. */
static int
turn_of(const AVStream *s)
{
	size_t size = 0;
	const uint8_t *data = av_stream_get_side_data(s,
	    AV_PKT_DATA_DISPLAYMATRIX, &size);
	int32_t matrix[9];
	if (!data || size < sizeof(matrix))
		return 0;
	memcpy(matrix, data, sizeof(matrix));
	double degrees = -av_display_rotation_get(matrix);
	return isfinite(degrees) ? ((int)lround(degrees / 90) % 4 + 4) % 4 : 0;
}

static RESULT
open_decoder(struct video *v)
{
	const AVStream *s = v->format->streams[v->track];
	const char *name = codec_name(s->codecpar->codec_id);
	const AVCodec *codec = name ? avcodec_find_decoder_by_name(name) :
	    NULL;
	if (!codec)
		return FAIL(ERR_MEDIA_TYPE, "a recording in a codec that is "
		    "not taken");
	v->decoder = avcodec_alloc_context3(codec);
	if (!v->decoder ||
	    avcodec_parameters_to_context(v->decoder, s->codecpar) < 0)
		return FAIL(ERR_UNREADABLE, "the recording is damaged");
	v->decoder->thread_count = 1;
	v->decoder->max_pixels = VIDEO_SIDE_MAX * VIDEO_SIDE_MAX;
	v->decoder->pkt_timebase = s->time_base;
	if (avcodec_open2(v->decoder, codec, NULL) < 0)
		return FAIL(ERR_UNREADABLE, "the recording is damaged");
	v->facts.codec = name;
	return OK;
}

/* What it calls itself; anything but plain letters is left out. */
static void
note_writer(struct video *v)
{
	AVDictionary *places[] = {v->format->metadata,
	    v->format->streams[v->track]->metadata};
	size_t used = 0;
	for (size_t i = 0; i < COUNT_OF(places) && used == 0; i++) {
		const AVDictionaryEntry *e = av_dict_get(places[i], "encoder",
		    NULL, 0);
		for (const char *c = e ? e->value : ""; *c; c++)
			if (*c >= ' ' && *c <= '~' &&
			    used < sizeof(v->facts.writer) - 1)
				v->facts.writer[used++] = *c;
	}
	v->facts.writer[used] = '\0';
}

static RESULT
open_all(struct video *v)
{
	const struct kind *kind = kind_of(v->file);
	if (!kind)
		return FAIL(ERR_MEDIA_TYPE, "neither WebM nor MP4");
	if (v->file.size > VIDEO_FILE_MAX)
		return FAIL(ERR_TOO_LARGE, "larger than %zu MiB",
		    VIDEO_FILE_MAX >> 20);
	av_log_set_callback(say_nothing);
	v->facts.container = kind->name;
	TRY(prepare(v));
	TRY(open_container(v, kind));
	TRY(choose_track(v));
	const AVStream *s = v->format->streams[v->track];
	if (s->codecpar->width > 0)
		TRY(check_sides(s->codecpar->width, s->codecpar->height));
	TRY(open_decoder(v));
	v->turn = turn_of(s);
	note_writer(v);
	return OK;
}

RESULT
video_open(struct span file, struct video **out)
{
	AUTO(video_free) struct video *v = calloc(1, sizeof(*v));
	if (!v)
		return FAIL(ERR_TOO_LARGE, "no memory for a recording");
	v->file = file;
	v->facts.container = v->facts.codec = "";
	TRY(open_all(v));
	*out = STEAL(v);
	return OK;
}

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
