/*
 * The program that an XMP packet names: what Exif's software tag is in files
 * of newer programs, and in PNG.
 */
#pragma once

#include "base/buf.h"

#define XMP_TEXT_MAX 64

/* The value of its CreatorTool, printable ASCII; "" when it has none. */
void xmp_creator(struct span packet, char out[XMP_TEXT_MAX]);
