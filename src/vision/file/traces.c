/*
 * Traces: notes, tables, roundings and the small picture inside the file.
 */
#include "vision/file/traces.h"

#include "base/enum.h"
#include "vision/file/png_notes.h"
#include "vision/file/resaved.h"
#include "vision/file/xmp.h"
#include "vision/pixels/opencv.h"

#include <math.h>
#include <string.h>
#include <strings.h>

#define ALIKE_WIDTH 32
#define ALIKE_HEIGHT 24
#define ALIKE 0.7       /* less: perhaps turned or cut since */
#define PART_SIDE 64    /* pixels of the longer side, for that */
#define PART_LEAST 0.6f /* of a side that is left */
#define PART_STEP 0.05f
#define PART_ALIKE 0.85 /* one place of many: must be surer */
#define EXIF_QUARTER_TURN 6

enum program_kind { PROGRAM_EDITS, PROGRAM_CONVERTS };

static const struct program {
	enum program_kind kind;
	const char *begins;
} programs[] = {
#define PROGRAM(begins, kind) {PROGRAM_##kind, begins},
#include "vision/file/programs.def"
#undef PROGRAM
};

/* A program that changes pictures is not forgotten for one that stored them
 * afterwards; else a later text counts before an earlier one. */
static void
name_program(const char *text, struct traces *out)
{
	static const char created[] = "Created with ";
	const struct program *found = NULL;
	size_t longest = 0;
	if (strncmp(text, created, sizeof(created) - 1) == 0)
		text += sizeof(created) - 1;
	for (size_t i = 0; i < COUNT_OF(programs); i++) {
		const char *begins = programs[i].begins;
		size_t size = strlen(begins);
		if (size <= longest || strncasecmp(text, begins, size) != 0)
			continue;
		longest = size;
		found = &programs[i];
	}
	if (!found || (out->edits && found->kind != PROGRAM_EDITS))
		return;
	out->program = found->begins;
	out->edits = found->kind == PROGRAM_EDITS;
}

/* Cuts away what a camera added above and below to fill a small picture of
 * another shape. */
static RESULT
same_shape(const struct raster *small, const struct raster *large,
    struct raster *out)
{
	int w = small->width, h = small->height;
	int fit_h = w * large->height / large->width;
	int fit_w = h * large->width / large->height;
	if (fit_h <= h)
		return raster_cut(small, 0, (h - fit_h) / 2, w,
		    fit_h > 0 ? fit_h : 1, out);
	return raster_cut(small, (w - fit_w) / 2, 0, fit_w > 0 ? fit_w : 1, h,
	    out);
}

static double
correlation(const struct raster *a, const struct raster *b)
{
	double n = ALIKE_WIDTH * ALIKE_HEIGHT;
	double x = 0, y = 0, xx = 0, yy = 0, xy = 0;
	for (int i = 0; i < ALIKE_WIDTH * ALIKE_HEIGHT; i++) {
		double p = a->data[i], q = b->data[i];
		x += p;
		y += q;
		xx += p * p;
		yy += q * q;
		xy += p * q;
	}
	double spread = sqrt(fmax((xx - x * x / n) * (yy - y * y / n), 0));
	return spread < 1 ? 1 : (xy - x * y / n) / spread;
}

static RESULT
hold_against(const struct raster *small, const struct still *s, double *out)
{
	AUTO(raster_clear) struct raster cut = {0};
	AUTO(raster_clear) struct raster a = {0};
	AUTO(raster_clear) struct raster b = {0};
	TRY(same_shape(small, &s->grey, &cut));
	TRY(opencv_resize(&cut, ALIKE_WIDTH, ALIKE_HEIGHT, &a));
	TRY(opencv_resize(&s->grey, ALIKE_WIDTH, ALIKE_HEIGHT, &b));
	*out = correlation(&a, &b);
	return OK;
}

/* The picture as a part of the small one, of which a gallery cut more or less
 * away. */
static RESULT
find_part(const struct raster *small, const struct still *s, double *out)
{
	AUTO(raster_clear) struct raster whole = {0};
	static const int nowhere[4] = {0};
	float shrink = PART_SIDE / fmaxf((float)small->width,
	    (float)small->height);
	TRY(opencv_resize(small, (int)((float)small->width * shrink),
	    (int)((float)small->height * shrink), &whole));
	float fit = fminf((float)whole.width / (float)s->grey.width,
	    (float)whole.height / (float)s->grey.height);
	for (float share = 1; share >= PART_LEAST; share -= PART_STEP) {
		AUTO(raster_clear) struct raster part = {0};
		int w = (int)((float)s->grey.width * fit * share);
		int h = (int)((float)s->grey.height * fit * share), at[2];
		double alike;
		if (w < 16 || h < 16)
			break;
		TRY(opencv_resize(&s->grey, w, h, &part));
		if (opencv_match(&whole, &part, nowhere, at, &alike) == OK)
			*out = fmax(*out, alike);
	}
	return OK;
}

/* Galleries turn and cut pictures and leave the small one as it was. */
static RESULT
hold_turned(struct raster *small, const struct still *s, double *out)
{
	double best = 0;
	TRY(hold_against(small, s, out));
	for (int turn = 0; turn < 4 && *out < ALIKE && best < PART_ALIKE;
	    turn++) {
		double whole;
		TRY(find_part(small, s, &best));
		TRY(hold_against(small, s, &whole));
		best = fmax(best, whole);
		TRY(raster_turn(small, EXIF_QUARTER_TURN));
	}
	if (best >= PART_ALIKE)
		*out = fmax(*out, best);
	return OK;
}

/* A thumbnail that does not decode is no finding. */
static void
compare_thumbnail(const struct exif_tags *tags, const struct still *s,
    struct traces *out)
{
	AUTO(still_clear) struct still small = {0};
	if (tags->thumbnail.size > 0 &&
	    still_decode(tags->thumbnail, false, &small) == OK &&
	    raster_turn(&small.grey, tags->orientation) == OK &&
	    hold_turned(&small.grey, s, &out->thumbnail) == OK)
		out->has_thumbnail = true;
	err_clear();
}

static void
name_creator(struct span xmp, struct traces *out)
{
	char creator[XMP_TEXT_MAX];
	xmp_creator(xmp, creator);
	name_program(creator, out);
}

/* A PNG has no tables and no small picture; who wrote it may stand in it. */
static void
read_png(struct span file, struct traces *out)
{
	struct png_notes notes;
	struct exif_tags tags;
	png_notes_read(file, &notes);
	name_creator(notes.xmp, out);
	name_program(notes.comment, out);
	name_program(notes.software, out);
	exif_tags_read(notes.exif, &tags);
	name_program(tags.software, out);
}

RESULT
traces_find(struct span file, const struct still *s, struct traces *out)
{
	struct jpeg_file f;
	struct exif_tags tags = {0};
	*out = (struct traces){.kind = "other", .program = ""};
	if (jpeg_file_parse(file, &f) != OK) {
		err_clear();
		read_png(file, out);
		return OK;
	}
	out->kind = jpeg_file_family(&f, &out->quality);
	exif_tags_read(f.exif, &tags);
	name_creator(f.xmp, out);
	name_program(f.comment, out);
	name_program(tags.software, out);
	if (!out->program[0] && (f.save_for_web || f.photoshop))
		name_program("Adobe Photoshop", out);
	out->has_resaved = resaved_measure(file, &f, &out->resaved) == OK;
	err_clear();
	compare_thumbnail(&tags, s, out);
	return OK;
}
