/*
 * Still pictures: a stranger's JPEG or PNG into pixels, and pixels into a
 * clean JPEG.
 *
 * Limits first: the first bytes, the size of the file and the sides that its
 * header declares are judged before any pixel is made. A large picture comes
 * out reduced; some of it is kept as it was, because the pattern of a
 * photographed screen does not survive reduction.
 */
#pragma once

#include "base/buf.h"
#include "vision/raster.h"

#define STILL_FILE_MAX ((size_t)10 * 1024 * 1024)
#define STILL_PIXELS_MAX ((uint64_t)50 * 1000 * 1000)
#define STILL_SIDE_MIN 100
/* The long side of what comes out is at least this, if the file has it. */
#define STILL_WORK_SIDE 1800
/* Rows of the native band. */
#define STILL_BAND 256
/* The clean picture: the long side, and how well it is written. */
#define STILL_CLEAN_SIDE 1600
#define STILL_CLEAN_QUALITY 85
#define STILL_CLEAN_MAX ((size_t)4 * 1024 * 1024)

struct still {
	int width, height; /* as the file holds it, upright */
	int reduction;     /* 1, 2, 4 ...: how much smaller colour is */
	bool turned;       /* the file says that the camera was not upright */
	struct raster colour;
	struct raster grey;
	struct raster band; /* colour, native pixels from the middle */
};

/*
 * Decodes. ERR_MEDIA_TYPE: neither JPEG nor PNG; ERR_TOO_LARGE: past a limit;
 * ERR_UNREADABLE: broken, truncated or smaller than a document can be.
 */
RESULT still_decode(struct span file, struct still *out);
void still_clear(struct still *s);

/* A clean JPEG of pixels already decoded: nothing of the file but the view. */
RESULT still_encode(const struct raster *colour, struct buf *out);

DEFINE_AUTO_CLEAR(still_clear, struct still)
