/*
 * One look at a picture a file: each adds what it found to the findings of a
 * sight, and nothing where it found nothing. They run in the order of
 * looks.def.
 */
#pragma once

#include "vision/sight.h"

#define LOOK(name, timing) RESULT look_##name(struct sight *s);
#include "vision/look/looks.def"
#undef LOOK
