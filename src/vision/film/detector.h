/*
 * dlib's detector of faces that look ahead, as dlib serializes it; written
 * while building (detector_write.cpp).
 */
#pragma once

#include <stddef.h>

extern const unsigned char detector_bytes[];
extern const size_t detector_size;
