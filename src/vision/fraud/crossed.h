/*
 * Whether something coloured lies over a piece of print: SPECIMEN in large
 * red letters, a stamp. It changes ink and paper of what it crosses, and
 * nothing that is measured of such a piece says how it was printed.
 */
#pragma once

#include "vision/fraud/patches.h"

/* How far colours of the paper within and around the piece are apart, as a
 * share of the paper's own; 0 where there is too little paper. */
double crossed_by(const struct raster *card, const struct patch *p);
