/*
 * A page as read by the first reader, with its second readers at hand.
 */
#pragma once

#include "vision/printed.h"
#include "vision/segments.h"

enum label {
	LABEL_birth_date,
	LABEL_expiry,
	LABEL_given_names,
	LABEL_number,
	LABEL_surname,
	LABEL_COUNT
};

struct sheet {
	const struct inspector *tools;
	const struct page *page;
	struct raster pixels; /* evenly lit */
	float per_mm;
	struct segments segments;
	size_t letters; /* read with some certainty */
};

/* Cuts the page, evens its light and reads it; turns it when it must be. */
RESULT sheet_read(const struct inspector *tools, const struct raster *grey,
    const struct mrz *zone, struct page *page, struct sheet *out);
void sheet_clear(struct sheet *s);

/* Which label a segment is; LABEL_COUNT for none. */
enum label sheet_label(const struct segment *s);

/* The segment that stands as the value of the label; NULL when none does. */
const struct segment *sheet_value(const struct sheet *s,
    const struct segment *label);

/*
 * Reads a segment again, alone and with another reader (print or names).
 * ERR_UNREADABLE when nothing comes of it.
 */
RESULT sheet_again(const struct sheet *s, struct ocr *reader,
    const struct segment *where, struct segment *out);

/* Where the segment lies in the picture. */
void sheet_corners(const struct sheet *s, const struct segment *where,
    float corners[8]);

DEFINE_AUTO_CLEAR(sheet_clear, struct sheet)
