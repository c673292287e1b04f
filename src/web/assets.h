/*
 * The built pages (ui.dir), read once at the start: what is not in this
 * table cannot be served, whatever the address says.
 */
#pragma once

#include "web/request.h"

struct assets;

/* An absent folder gives an empty table: the API works without pages. */
RESULT assets_load(const char *dir, struct assets **out);
void assets_free(struct assets *a);
/* Whether the pages were built before the start: all that pages.def names. */
bool assets_whole(const struct assets *a);

/* Answers q->path with a file or a page (pages.def), or a browser with the
 * page of what there is not, status 404; ERR_NOT_FOUND. */
RESULT assets_answer(struct request *q);

DEFINE_AUTO(assets_free, struct assets *)
