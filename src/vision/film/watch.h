/*
 * A recording watched once from beginning to end: what is kept of every
 * frame, what was seen of a face in one of ten a second, and the film.
 */
#pragma once

#include "ident/film.h"
#include "vision/film/cover.h"
#include "vision/film/looks_of_face.h"
#include "vision/film/motions.h"
#include "vision/film/video.h"
#include "vision/inspector.h"

/* Of every frame. */
struct tick {
	int64_t time_us;
	float step;
	uint8_t glance[GLANCE_SIZE];
	struct box sitter; /* head and shoulders as they were seen last, in
	                      cells of the glance; empty: never yet */
};

#define PORTRAITS_MAX 4

/* A good picture of the face, as large as the recording has it. */
struct portrait_shot {
	struct raster colour;
	uint32_t time_ms;
	struct face face; /* in its own pixels */
	float worth;      /* the more the better; 0: none */
};

#define LOOKS_MAX 120

/* What may cover the face, in some of the pictures in which it looks ahead. */
struct parts_seen {
	struct face_parts at[LOOKS_MAX];
	size_t count;
	uint32_t last_ms;
};

struct watch {
	struct video_facts facts;
	struct tick *ticks; /* facts.frames of them */
	struct moment *moments; /* one a picture of the film */
	size_t count;
	int width, height;  /* of the film's pictures */
	struct portrait_shot shots[PORTRAITS_MAX]; /* the best first */
	struct buf *film;   /* borrowed */
	struct face_look *looks; /* ahead, at least a third of a second apart */
	uint32_t look_ms[LOOKS_MAX];
	size_t look_count;
	struct parts_seen shut, open; /* by the mouth, as landmarks have it */
	double grid;        /* of a pattern on the face; 0: not measured */
	float light, blur;  /* middle of the face's; 0 without one */
};

/* Watches; without i->faces no face is seen. film must be begun. */
RESULT watch_face(const struct inspector *i, struct span file,
    struct buf *film, struct watch *out);
void watch_clear(struct watch *w);

/* In light from one side landmarks tremble all the while: then it tells nothing
 * of a turn that they do, and they are believed. */
void watch_forgive_astray(struct moment *moments, size_t count);

/* Before a camera aside, half a face in the picture before it is lost, or
 * after: its points lie. Faces that came near are half a face for that. */
void watch_doubt_edges(struct moment *moments, size_t count);

/* One more picture of a film; when it is full, the rest is left out. */
RESULT film_add_frame(struct buf *film, const struct raster *picture,
    uint32_t time_ms);

DEFINE_AUTO_CLEAR(watch_clear, struct watch)
