/*
 * What a camera or a program wrote about itself in an EXIF block.
 */
#pragma once

#include "base/buf.h"

#define EXIF_TEXT_MAX 64

struct exif_tags {
	char software[EXIF_TEXT_MAX]; /* "" when absent; printable ASCII */
	char maker[EXIF_TEXT_MAX];
	int orientation;              /* 1 when absent */
	struct span thumbnail;        /* in the block; empty when absent */
};

/* tiff: after "Exif\0\0". What is out of bounds is absent. */
void exif_tags_read(struct span tiff, struct exif_tags *out);
