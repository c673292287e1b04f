/*
 * A stranger's file, opened with libavformat, held short.
 *
 * The library is never asked to find out what a file is: the first bytes say
 * which of two demuxers is taken, and the track's codec which of three
 * decoders. It reads from memory, opens nothing, starts no thread and logs
 * nothing.
 */
#include "vision/film/video_inside.h"

#include "base/clock.h"
#include "base/enum.h"

#include <libavutil/display.h>

#include <math.h>
#include <stdlib.h>

#define READ_AHEAD 65536
#define PROBE_MAX "1048576"
#define STREAMS_MAX 4
#define OPEN_PATIENCE_MS 5000

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

/* Edits are not followed: a list of them, of a few bytes each, has the same
 * pictures decoded again and again, from the key frame before each. What the
 * file holds is looked at once, in its order. */
static RESULT
open_container(struct video *v, const struct kind *kind)
{
	const AVInputFormat *demuxer = av_find_input_format(kind->demuxer);
	AVDictionary *options = NULL;
	av_dict_set(&options, "probesize", PROBE_MAX, 0);
	av_dict_set(&options, "protocol_whitelist", "none", 0);
	av_dict_set(&options, "codec_whitelist", "vp8,vp9,h264", 0);
	av_dict_set(&options, "advanced_editlist", "0", 0);
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
