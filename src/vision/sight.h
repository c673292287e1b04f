/*
 * Everything known of one picture on its way from a file to findings; each
 * look (looks.def) adds to it.
 */
#pragma once

#include "ident/finding.h"
#include "vision/file/history.h"
#include "vision/inspect.h"
#include "vision/page/page.h"
#include "vision/page/quality.h"
#include "vision/page/view.h"
#include "vision/print/across.h"
#include "vision/print/printed.h"
#include "vision/still/still.h"
#include "vision/zone/mrz_read.h"

/* Pixels to a millimetre of the rectified document: 300 dpi. */
#define CARD_PER_MM (300 / 25.4f)

struct sight {
	const struct inspector *tools;
	struct span file;  /* borrowed */
	bool back;         /* the back of a card was asked for */
	struct findings *out;
	struct still still;
	bool has_zone, has_page;
	struct mrz_found zone;
	struct page page;
	struct quality quality;
	/* its parts, in pixels of the still */
	float shining[8], dark[8], fingers[8];
	bool hopeless; /* will be turned back: print is not read */
	struct printed printed;
	struct across across; /* zeroed: not looked for */
	struct view view;   /* from look_view on: boxes need it */
	struct raster card; /* what sight_card() made */
	struct history history; /* of the file; empty: none that tells */
};

void sight_clear(struct sight *s);

/*
 * The document alone, upright, in colour, CARD_PER_MM pixels to a millimetre;
 * made when first asked for. ERR_NOT_FOUND: no page, or not known which end
 * is up.
 */
RESULT sight_card(struct sight *s, const struct raster **out);

/* A rectangle of the document, in millimetres from its upper left, as the
 * box around it in the picture that people see. */
struct box sight_box(const struct sight *s, float x, float y, float width,
    float height);

/* The whole document; nowhere when none was found. */
struct box sight_page_box(const struct sight *s);

/* Adds how much a place speaks against the file's history. */
RESULT sight_add_apart(struct sight *s, enum finding_name name,
    const struct apart *a);

/* Adds a number without a place. */
RESULT sight_add_number(struct sight *s, enum finding_name name,
    double value);

DEFINE_AUTO_CLEAR(sight_clear, struct sight)
