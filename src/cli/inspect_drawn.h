/*
 * Where --draw puts its pictures.
 */
#pragma once

#include "cli/inspect_options.h"

/*
 * The path of the picture of file index: --draw itself, or in its folder the
 * name of the file with .seen.png, numbered when an earlier file has it.
 */
void drawn_path(const struct options *o, size_t index, char *out, size_t size);

/*
 * The first file that would be written over by a picture of --draw: it may be
 * of an earlier run, or go by another name. NULL: none. Borrowed from o.
 */
const char *drawn_over(const struct options *o);
