/*
 * What an inspector has loaded once: networks, and what finds faces. Whoever
 * reads a picture or a film gets it as it is and changes nothing in it.
 */
#pragma once

#include "ident/finding.h"
#include "proc/inspection.h"
#include "vision/net/net.h"
#include "vision/pixels/cascade.h"
#include "vision/pixels/opencv.h"

enum model {
#define MODEL(name) MODEL_##name,
#include "vision/models.def"
#undef MODEL
	MODEL_COUNT
};

struct inspector;

/*
 * What reads recordings, inspector_load_faces() says: apart, because its
 * libraries bring a hundred others, and a program that has no recordings is
 * not to load them.
 */
struct recordings {
	RESULT (*read)(const struct inspector *i, enum inspection_kind kind,
	    struct span file, struct span detail, struct findings *out,
	    struct buf *film);
	void (*clear)(struct inspector *i);
};

struct inspector {
	struct net *nets[MODEL_COUNT];
	struct cascades cascades; /* what finds faces on documents */
	const struct recordings *recordings; /* NULL: they are not read */
	struct faces *faces;    /* only with these */
	struct embedding *embedding; /* compares faces; NULL: none */
	int nowhere;            /* /dev/null, open */
	size_t memory;          /* bytes of its own once loaded; 0 unknown */
	unsigned patience;      /* percent of the work in inspections.def that
	                           a file may cost; 0: a hundred */
};

#define PATIENCE_MOST 1000

#define INSPECT_CASCADE \
	"/usr/share/opencv4/lbpcascades/lbpcascade_frontalface.xml"
#define INSPECT_CASCADE_AGAIN \
	"/usr/share/opencv4/haarcascades/haarcascade_frontalface_default.xml"

/*
 * Loads every network of models.def from a folder, and the cascades that are
 * there;
 * ERR_UNAVAILABLE names what is missing. Before any cage. Some 60 MB.
 */
RESULT inspector_load(const char *models, struct inspector *out);
void inspector_clear(struct inspector *i);

/* Notes how much memory it has, after something was loaded into it. */
void inspector_weigh(struct inspector *i);

/*
 * For recordings too: what finds faces, and the landmarks of a file (see
 * faces_load). Some 70 MB more, and a second.
 */
#define INSPECT_LANDMARKS "/usr/share/dlib/shape_predictor_68_face_landmarks.dat"
RESULT inspector_load_faces(const char *landmarks, const char *sha256,
    struct inspector *i);

/* The network that compares faces, by its description; none is no error,
 * one that is not as it was installed is. */
RESULT inspector_load_embedding(const char *description,
    struct inspector *i);

DEFINE_AUTO_CLEAR(inspector_clear, struct inspector)
