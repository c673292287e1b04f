/*
 * A recording that is open: for the two files that share it. video_file.c
 * opens what a stranger sent, video.c decodes and shows its frames.
 */
#pragma once

#include "vision/film/video.h"

#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libswscale/swscale.h>

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
