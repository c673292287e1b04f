/*
 * Whether a picture is fit to be judged: blur, light, colour, and the marks
 * of a photographed screen. Measured, not judged: thresholds are the checks'.
 */
#pragma once

#include "vision/page.h"
#include "vision/still.h"

struct quality {
	double blur, brightness, colour, glare, moire;
};

/* page NULL: the whole picture stands for it; zone NULL: no glare measured
 * over text, but over the page. */
RESULT quality_measure(const struct still *s, const struct page *page,
    const struct mrz_found *zone, struct quality *out);
