/*
 * What web says to the clerk.
 */
#pragma once

#include "web/web.h"

/* "There is work." Never waits and may fail: the clerk looks by itself. */
void wake_clerk(struct web *w);
