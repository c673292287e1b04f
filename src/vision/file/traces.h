/*
 * Traces in a file of the programs it went through. All of them are weak:
 * browsers and messengers write files anew and leave nothing of the camera.
 */
#pragma once

#include "vision/file/exif_tags.h"
#include "vision/file/jpeg_file.h"
#include "vision/still/still.h"

struct traces {
	const char *kind;        /* as jpeg_file_family(); other */
	int quality;             /* of the tables, 0 when not known */
	const char *program;     /* a row of programs.def; "" for none */
	bool edits;              /* that program is made to change pictures */
	bool has_resaved, has_thumbnail;
	double resaved;          /* as resaved_measure() */
	double thumbnail;        /* how alike, 1: the same picture */
};

/* s: the picture decoded from it, to hold its thumbnail against. */
RESULT traces_find(struct span file, const struct still *s,
    struct traces *out);
