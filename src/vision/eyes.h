/*
 * Whether the eyes do what no photograph's do: shut for a moment, or look
 * elsewhere and back.
 *
 * Openness by landmarks does not tell it: they follow lids badly. So pictures
 * of the eyes are laid over those of a third of a second before and after.
 */
#pragma once

#include "vision/motions.h"

/* What lies around both eyes, turned level, the eyes always as far apart. */
#define EYES_WIDE 80
#define EYES_HIGH 60

struct eyes_strip {
	uint8_t at[EYES_HIGH][EYES_WIDE];
};

/* grey: what the face's points are in. */
void eyes_take(const struct raster *grey, const struct face *face,
    struct eyes_strip *out);

struct eyes_moved {
	size_t seen;  /* moments that could be compared with both sides */
	float most;   /* by how much both eyes differ from a moment before and
	                 after more than these from each other, by what the
	                 nose and brows do */
	uint32_t at_ms;
};

/* strips: one for each moment; those of moments without points are unused. */
void eyes_measure(const struct moment *moments,
    const struct eyes_strip *strips, size_t count,
    const struct signals *rest, struct eyes_moved *out);
