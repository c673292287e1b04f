/*
 * What is printed for people, beside what is printed for machines.
 *
 * Where a zone was read, its values are looked for in the print: a value that
 * is there is reported as printed. One that is not is reported only when
 * something else was read with certainty at its place; what cannot be read
 * well is not reported at all, because unreadable is not different.
 */
#pragma once

#include "ident/mrz.h"
#include "vision/inspector.h"
#include "vision/page/page.h"
#include "vision/print/pieces.h"

#define PRINTED_MAX 16
#define PRINTED_READ 64

struct printed_field {
	enum finding_name name;
	char text[FINDING_TEXT_MAX];
	float sure;
	float corners[8]; /* in the picture */
	struct piece where;       /* on the page, with what was read there; */
	char read[PRINTED_READ];  /* empty: a value that was looked for */
	bool through; /* read below a word across: no print to compare */
};

struct printed {
	const char *country, *kind; /* by the page's words; "": not known */
	bool twofold; /* two documents of one model: without a zone no value
		       * is told, for nobody knows whose it is */
	size_t count;
	struct printed_field at[PRINTED_MAX];
};

/*
 * zone NULL: labels alone say what is what. page NULL: the whole picture is
 * read. A page that was not upright is turned when that reads better.
 */
RESULT printed_read(const struct inspector *tools, const struct raster *grey,
    const struct mrz *zone, struct page *page, struct printed *out);

/*
 * Reads once more what lies under a large word across the page, and puts what
 * it tells into io. Only for reading: no check looks through anything.
 */
RESULT printed_read_through(const struct inspector *tools,
    const struct raster *colour, const struct mrz *zone, struct page *page,
    struct printed *io);
