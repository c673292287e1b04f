/*
 * Which evidence is looked at as what (inspected.def).
 */
#pragma once

#include "proc/inspection.h"

enum inspected_kind {
#define INSPECTED(evidence, inspection, result, type) INSPECTED_##evidence,
#include "clerk/inspected.def"
#undef INSPECTED
	INSPECTED_COUNT
};

struct inspected {
	const char *evidence, *result, *media_type;
	enum inspection_kind inspection;
};

extern const struct inspected inspected[INSPECTED_COUNT];

/* INSPECTED_COUNT: evidence that is not looked at. */
enum inspected_kind inspected_of(const char *evidence_kind);

/* Recordings take long: one at a time, so that pictures find a place. */
static inline bool
inspected_is_long(enum inspected_kind kind)
{
	return kind >= INSPECTED_face_video;
}
