/*
 * What a program reaches must not hold another program's secrets.
 */
#pragma once

#include "base/conf.h"

/* ERR_INVALID with the two settings when one lies inside the other. */
RESULT apart_check(const struct conf *conf);
