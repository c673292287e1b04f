/*
 * Shapes that more than one file needs.
 */
#pragma once

#include "store/query.h"

extern const struct shape registration_shape;
extern const struct shape certificate_shape;
