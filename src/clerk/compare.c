/*
 * The album of an attempt. Everything in it was made in the cage; the process
 * that compares sees no file that came from outside.
 */
#include "clerk/compare.h"

#include "ident/film.h"

/* What is not there is not compared. */
static RESULT
read_result(struct clerk *c, struct arena *a, const struct registration *r,
    const char *kind, struct buf *out)
{
	struct evidence e;
	enum err found =
	    evidence_find(c->store, a, r->id, r->attempt, kind, &e);

	if (found == ERR_NOT_FOUND) {
		err_clear();
		return OK;
	}
	TRY(found);
	return evidence_open(c, &e, out);
}

static RESULT
add_still(struct clerk *c, struct arena *a, const struct registration *r,
    const char *kind, enum film_mark mark, struct buf *album)
{
	AUTO(buf_wipe) struct buf bytes;

	buf_init(&bytes, FILM_MAX);
	TRY(read_result(c, a, r, kind, &bytes));
	if (bytes.size == 0)
		return OK;
	const struct film_picture p = {.mark = mark,
	    .jpeg = span_of_buf(&bytes)};
	return film_add(album, &p);
}

/* The best pictures of a film, not its frames. */
static RESULT
add_best(struct clerk *c, struct arena *a, const struct registration *r,
    const char *kind, struct buf *album)
{
	AUTO(buf_wipe) struct buf bytes;
	struct film_picture p;
	struct film film;

	buf_init(&bytes, FILM_MAX);
	TRY(read_result(c, a, r, kind, &bytes));
	if (bytes.size == 0)
		return OK;
	TRY(film_open(span_of_buf(&bytes), &film));
	while (film_next(&film, &p))
		if (p.mark != FILM_FRAME)
			TRY(film_add(album, &p));
	return OK;
}

RESULT
compare_album(struct clerk *c, struct arena *a, const struct registration *r,
    struct buf *out)
{
	TRY(film_begin(out));
	TRY(add_still(c, a, r, "still_front", FILM_STILL_FRONT, out));
	TRY(add_still(c, a, r, "still_back", FILM_STILL_BACK, out));
	TRY(add_best(c, a, r, "film_face", out));
	return add_best(c, a, r, "film_document", out);
}
