/*
 * The album of an attempt. Everything in it was made in the cage; the process
 * that compares sees no file that came from outside.
 */
#include "clerk/compare.h"

#include "ident/film.h"

/* What is not there is not compared. */
static RESULT
read_result(struct clerk *c, const struct evidence *e, struct buf *out)
{
	return *e->id ? evidence_open(c, e, out) : OK;
}

static RESULT
add_still(struct clerk *c, const struct evidence *e, enum film_mark mark,
    struct buf *album)
{
	AUTO(buf_wipe) struct buf bytes;

	buf_init(&bytes, FILM_MAX);
	TRY(read_result(c, e, &bytes));
	if (bytes.size == 0)
		return OK;
	const struct film_picture p = {.mark = mark,
	    .jpeg = span_of_buf(&bytes)};
	return film_add(album, &p);
}

/* The best pictures of a film, not its frames. */
static RESULT
add_best(struct clerk *c, const struct evidence *e, struct buf *album)
{
	AUTO(buf_wipe) struct buf bytes;
	struct film_picture p;
	struct film film;

	buf_init(&bytes, FILM_MAX);
	TRY(read_result(c, e, &bytes));
	if (bytes.size == 0)
		return OK;
	TRY(film_open(span_of_buf(&bytes), &film));
	while (film_next(&film, &p))
		if (p.mark != FILM_FRAME)
			TRY(film_add(album, &p));
	return OK;
}

RESULT
compare_album(struct clerk *c, const struct compared *from, struct buf *out)
{
	const struct evidence *rows = from->rows;

	TRY(film_begin(out));
	TRY(add_still(c, &rows[COMPARED_STILL_FRONT], FILM_STILL_FRONT, out));
	TRY(add_still(c, &rows[COMPARED_STILL_BACK], FILM_STILL_BACK, out));
	TRY(add_best(c, &rows[COMPARED_FILM_FACE], out));
	return add_best(c, &rows[COMPARED_FILM_DOCUMENT], out);
}
