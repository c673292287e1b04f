/*
 * One picture into findings: what both the inspector and the command
 * paraph-inspect do with it. What is looked at stands in looks.def.
 */
#pragma once

#include "ident/finding.h"
#include "vision/ocr.h"
#include "vision/opencv.h"

enum model {
#define MODEL(name) MODEL_##name,
#include "vision/models.def"
#undef MODEL
	MODEL_COUNT
};

struct inspector {
	struct net *nets[MODEL_COUNT];
	struct ocr *print;      /* reads print */
	struct ocr *names;      /* reads names with their accents; may be NULL */
	int nowhere;            /* /dev/null, open */
	size_t memory;          /* bytes of its own once loaded; 0 unknown */
};

/*
 * Loads every network of models.def from a folder, and Tesseract's data;
 * ERR_UNAVAILABLE names what is missing. Before any cage.
 */
RESULT inspector_load(const char *models, const char *tessdata,
    struct inspector *out);
void inspector_clear(struct inspector *i);

/*
 * Reads. A picture without a document is no error: its findings say so.
 * Errors are those of still_decode(). clean gets the re-encoded picture,
 * turned so that the document stands upright; boxes are in its pixels.
 */
RESULT inspect_picture(const struct inspector *i, struct span file,
    bool back, struct findings *out, struct buf *clean);

DEFINE_AUTO_CLEAR(inspector_clear, struct inspector)
