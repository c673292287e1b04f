/*
 * Patterns that repeat over a whole picture: what several squares of it have
 * in common in their spectra. Print and guilloches are in some places; the
 * grid of a display or of a printer is everywhere and always the same.
 */
#pragma once

#include "base/auto.h"
#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>

struct spectrum {
	int side;
	int count;  /* squares added */
	bool halved; /* only the upper half is filled: the other is its like */
	float *sum; /* side x side; of logarithms, frequency 0 in the corner */
	int room;    /* squares kept one by one */
	float *each; /* their peaks, upper halves alone */
};

/* side: 128 or 64. */
RESULT spectrum_make(int side, struct spectrum *out);
void spectrum_clear(struct spectrum *s);

/* Keeps what the first squares of brightness have, so that it can be told
 * what most of them have. */
RESULT spectrum_keep(struct spectrum *s, int squares);

/* Brightness: peaks against what is usual at their distance from zero. */
RESULT spectrum_add(struct spectrum *s, const float *plane);

/*
 * Two planes of colour: peaks on one side of zero only. An ink's pattern
 * moves both planes together and has the same peak on both sides; the red,
 * green and blue of a display stand side by side, so that colour turns round
 * and round along the pattern.
 */
RESULT spectrum_add_turning(struct spectrum *s, const float *blue,
    const float *red);

struct peak {
	double height; /* times what is usual, over all squares; 1: nothing */
	double x, y;   /* cycles a sample */
};

/* The highest between two frequencies. */
struct peak spectrum_peak(const struct spectrum *s, double least,
    double most);

/*
 * The highest that all kept squares but a share of them reach: what was laid
 * over a picture is on paper, portrait and print alike. Where a file's blocks
 * have edges it counts only over the edges at odd eighths.
 */
struct peak spectrum_everywhere(const struct spectrum *s, double but,
    double least, double most);

/* The highest that both have, at nearly the same place. */
struct peak spectrum_common(const struct spectrum *a,
    const struct spectrum *b, double least, double most);

/*
 * The highest with a twin across it: dots on a grid. turn takes a frequency
 * to where its twin lies: a quarter turn, seen in perspective.
 */
struct peak spectrum_grid(const struct spectrum *s, const double turn[4],
    double least, double most);

DEFINE_AUTO_CLEAR(spectrum_clear, struct spectrum)
