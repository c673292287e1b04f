/*
 * What paraph config check finds beside the settings themselves: files, room
 * on disks, the clock, the root's list.
 */
#pragma once

#include "base/conf.h"

/* How many warnings; errors are added up. */
int config_check_places(const struct conf *c, int *errors);
/* What stands in certificates, and how long things hold. */
int config_check_certificates(const struct conf *c, int *errors);
