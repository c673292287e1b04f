/*
 * Optional data of a zone are a personal number more often than not, and no
 * check needs them once the zone was read: they are dropped where it was
 * read, before anything is kept.
 */
#pragma once

#include "ident/finding.h"

/*
 * In the lines among the findings, fillers take the place of optional data,
 * but for one or two digits by which each check digit stays as right or as
 * wrong as it was; the rest of a long document number stays. Adds mrz_dropped,
 * how many letters went, when there were any. Lines that make no zone stay.
 */
RESULT mrz_drop(struct findings *f);
