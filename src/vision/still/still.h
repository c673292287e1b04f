/*
 * Still pictures: a stranger's JPEG, PNG or PDF into pixels, and pixels into
 * a clean JPEG.
 *
 * Limits first: the first bytes, the size of the file and the sides that its
 * header declares are judged before any pixel is made. A large picture comes
 * out reduced, in colour and in grey, which is what reading works on. Its
 * brightness is kept whole beside these, because the dots of print and the
 * grid of a photographed screen do not survive reduction: still_native().
 */
#pragma once

#include "base/buf.h"
#include "vision/still/raster.h"

#define STILL_FILE_MAX ((size_t)10 * 1024 * 1024)
#define STILL_PIXELS_MAX ((uint64_t)50 * 1000 * 1000)
#define STILL_SIDE_MIN 100
#define STILL_NARROW_MAX 20 /* times as long as wide: no document is */
/* The long side of what comes out is at least this, if the file has it. */
#define STILL_WORK_SIDE 1800
/* The clean picture: the long side, and how well it is written. */
#define STILL_CLEAN_SIDE 1600
#define STILL_CLEAN_QUALITY 85
#define STILL_CLEAN_MAX ((size_t)4 * 1024 * 1024)

enum still_kind { STILL_JPEG, STILL_PNG, STILL_PDF };

struct still {
	enum still_kind kind;
	int width, height; /* upright, before reduction */
	int reduction;     /* 1, 2, 4, 8: how much smaller colour is */
	int orientation;   /* of native, as EXIF counts; 1 upright */
	struct raster colour, grey; /* upright, reduced */
	struct raster native;       /* brightness, every pixel, as the file
	                               lies; empty where nothing is reduced */
};

/*
 * Decodes. second: of a PDF of two pages the second one. ERR_MEDIA_TYPE: none
 * of the three; ERR_TOO_LARGE: past a limit; ERR_UNREADABLE: broken,
 * truncated, of a kind that is not taken, or smaller than a document can be.
 */
RESULT still_decode(struct span file, bool second, struct still *out);
void still_clear(struct still *s);

/*
 * A box of the picture, upright, in brightness, pixel by pixel as the camera
 * gave it: no reduction has touched it. In pixels of width x height; the box
 * must lie inside. For a box around a place in grey multiply by reduction.
 */
RESULT still_native(const struct still *s, int x, int y, int width,
    int height, struct raster *out);

/* A box (x, y, width, height) of the picture, upright, in pixels of width x
 * height, as it lies in the file; and back. */
void still_box_in_file(const struct still *s, int box[4]);
void still_box_upright(const struct still *s, int box[4]);

/* A clean JPEG of pixels already decoded: nothing of the file but the view. */
RESULT still_encode(const struct raster *colour, struct buf *out);
/* The same, written less or more well: 1 to 100. */
RESULT still_write(const struct raster *colour, int quality,
    struct buf *out);

DEFINE_AUTO_CLEAR(still_clear, struct still)
