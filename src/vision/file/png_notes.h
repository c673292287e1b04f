/*
 * What a PNG file says beside its pixels: which program wrote it.
 */
#pragma once

#include "base/buf.h"

#define PNG_TEXT_MAX 64

struct png_notes {
	char software[PNG_TEXT_MAX]; /* "" when absent; printable ASCII */
	char comment[PNG_TEXT_MAX];
	struct span exif;            /* in the file; empty when absent */
	struct span xmp;
};

/* What is out of bounds, or packed, is absent; all of it in what is no PNG. */
void png_notes_read(struct span file, struct png_notes *out);
