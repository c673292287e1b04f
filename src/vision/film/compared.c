/*
 * What one attempt brought, against itself: the document in the recording
 * with its pictures, and the face in the recording with the portrait on the
 * document.
 *
 * Every picture comes from a film that was made in a cage; it is parsed here
 * with the same care. The numbers of a face are in this process only, and go
 * with it.
 */
#include "vision/film/recording.h"

#include "base/enum.h"
#include "vision/film/embedding.h"
#include "vision/film/same_print.h"
#include "vision/film/seek.h"
#include "vision/film/tracks.h"
#include "vision/fraud/portrait.h"
#include "vision/look/look.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define CARD_WIDE 480     /* pixels, for comparing whole sides */
#define CUT 0.08f         /* of a side: how far it may lie off */
#define FACE_SHOWN 160    /* pixels of an aligned face for people */
#define FACE_WIDE 320     /* a portrait is looked at so wide */
#define FACES_USED 4

static const struct box nowhere;
static const int everywhere[4] = {0, 0, 0, 0};

struct album {
	struct raster stills[2], sides[2]; /* front, back */
	struct raster portraits[FACES_USED];
	uint32_t times[FACES_USED]; /* of the recording */
	size_t count;
};

static void
album_clear(struct album *a)
{
	for (int i = 0; i < 2; i++) {
		raster_clear(&a->stills[i]);
		raster_clear(&a->sides[i]);
	}
	for (int i = 0; i < FACES_USED; i++)
		raster_clear(&a->portraits[i]);
}

DEFINE_AUTO_CLEAR(album_clear, struct album)

static struct raster *
place_of(struct album *a, enum film_mark mark)
{
	switch (mark) {
	case FILM_STILL_FRONT:
		return &a->stills[0];
	case FILM_STILL_BACK:
		return &a->stills[1];
	case FILM_FRONT:
		return &a->sides[0];
	case FILM_BACK:
		return &a->sides[1];
	case FILM_PORTRAIT:
		return a->count < FACES_USED ? &a->portraits[a->count++] :
		    NULL;
	case FILM_FRAME:
	case FILM_FACE:
	case FILM_MARK_COUNT:
		break;
	}
	return NULL;
}

static RESULT
open_album(struct span bytes, struct album *out)
{
	struct film film;
	struct film_picture p;
	TRY(film_open(bytes, &film));
	while (film_next(&film, &p)) {
		AUTO(still_clear) struct still s = {0};
		if (p.mark == FILM_PORTRAIT && out->count < FACES_USED)
			out->times[out->count] = p.time_ms;
		struct raster *place = place_of(out, p.mark);
		if (!place || place->data)
			continue;
		TRY(still_decode(p.jpeg, false, &s));
		raster_move(&s.colour, place);
	}
	return OK;
}

/* The document of a photograph, laid flat. */
static RESULT
lay_flat(const struct inspector *i, const struct raster *still, bool back,
    struct raster *out)
{
	AUTO(free) struct findings *found = calloc(1, sizeof(*found));
	AUTO(sight_clear) struct sight s = {.tools = i, .back = back,
	    .out = found};
	const struct raster *card;
	if (!found)
		return FAIL(ERR_TOO_LARGE, "no memory");
	s.still = (struct still){.kind = STILL_JPEG, .width = still->width,
	    .height = still->height, .reduction = 1, .orientation = 1};
	TRY(raster_cut(still, 0, 0, still->width, still->height,
	    &s.still.colour));
	TRY(raster_grey(still, &s.still.grey));
	TRY(look_zone(&s));
	TRY(look_page(&s));
	if (s.has_page && !s.page.upright) {
		TRY(look_gate(&s));
		TRY(look_print(&s));
	}
	TRY(sight_card(&s, &card));
	return raster_cut(card, 0, 0, card->width, card->height, out);
}

static RESULT
small_grey(const struct raster *colour, int width, int height,
    struct raster *out)
{
	AUTO(raster_clear) struct raster small = {0};
	TRY(opencv_resize(colour, width, height, &small));
	return raster_grey(&small, out);
}

/* A part of one picture, looked for in the other around its place; parts are
 * shares of width and height. */
static RESULT
likeness_of(const struct raster *a, const struct raster *b,
    const float part[4], double *out)
{
	AUTO(raster_clear) struct raster one = {0};
	AUTO(raster_clear) struct raster around = {0};
	float w = (float)a->width, h = (float)a->height;
	int x = (int)(part[0] * w), y = (int)(part[1] * h);
	int width = (int)(part[2] * w), height = (int)(part[3] * h);
	int off_x = (int)(CUT * w), off_y = (int)(CUT * h);
	int left = x > off_x ? x - off_x : 0;
	int top = y > off_y ? y - off_y : 0;
	int right = x + width + off_x < b->width ? x + width + off_x :
	    b->width;
	int bottom = y + height + off_y < b->height ? y + height + off_y :
	    b->height;
	int place[2];
	TRY(raster_cut(a, x, y, width, height, &one));
	TRY(raster_cut(b, left, top, right - left, bottom - top, &around));
	return opencv_match(&around, &one, everywhere, place, out);
}

/*
 * What was held up, laid over the photograph as exactly as their points allow:
 * corners that were found a millimetre off make two pictures of one portrait
 * as unlike as those of two people. Stays as it is where they do not fit.
 */
static RESULT
lay_on(const struct raster *side, int height, const struct raster *one,
    struct raster *other)
{
	AUTO(raster_clear) struct raster small = {0};
	AUTO(raster_clear) struct raster laid = {0};
	AUTO(raster_clear) struct raster grey = {0};
	TRY(opencv_resize(side, CARD_WIDE, height, &small));
	if (tracks_lay(other, &small, one, &laid) != OK) {
		err_clear();
		return OK;
	}
	TRY(raster_grey(&laid, &grey));
	raster_clear(other);
	raster_move(&grey, other);
	return OK;
}

static void
box_on(const struct portrait *p, float per_mm, int box[4])
{
	box[0] = (int)fmaxf(p->x * per_mm, 0);
	box[1] = (int)fmaxf(p->y * per_mm, 0);
	box[2] = (int)(p->width * per_mm);
	box[3] = (int)(p->height * per_mm);
}

/* Both sides as small grey pictures of one size. */
static RESULT
compare_side(const struct inspector *i, struct album *a, int side,
    struct raster *card, struct findings *out)
{
	static const float middle[4] = {0.1f, 0.1f, 0.8f, 0.8f};
	AUTO(raster_clear) struct raster one = {0};
	AUTO(raster_clear) struct raster other = {0};
	double alike;
	if (!a->stills[side].data)
		return OK;
	TRY(lay_flat(i, &a->stills[side], side == 1, card));
	if (!a->sides[side].data)
		return OK;
	int height = CARD_WIDE * card->height / card->width;
	TRY(small_grey(card, CARD_WIDE, height, &one));
	TRY(small_grey(&a->sides[side], CARD_WIDE, height, &other));
	TRY(lay_on(&a->sides[side], height, &one, &other));
	TRY(likeness_of(&other, &one, middle, &alike));
	TRY(findings_add_number(out, side ? FINDING_back_likeness :
	    FINDING_front_likeness, alike, nowhere));
	if (side == 1)
		return OK;
	struct portrait p, twins[PORTRAIT_TWINS];
	TRY(portrait_find(card, CARD_PER_MM, &p, twins));
	int box[4];
	box_on(&p, (float)CARD_WIDE / (float)card->width * CARD_PER_MM, box);
	TRY(same_print(&one, &other, box, &alike));
	box_on(&p, CARD_PER_MM, box);
	return findings_add_number(out, FINDING_portrait_likeness, alike,
	    (struct box){box[0], box[1], box[2], box[3]});
}

/* The surest face of a picture, aligned. */
static RESULT
take_face(const struct inspector *i, const struct raster *colour, int width,
    int height, struct raster *out, float *blur)
{
	AUTO(raster_clear) struct raster sized = {0};
	AUTO(raster_clear) struct raster grey = {0};
	struct face found[FACES_MAX];
	size_t count = 0;
	float scale = (float)FACE_WIDE / (float)colour->width;
	scale = fminf(fmaxf(scale, 0.5f), 3);
	TRY(opencv_resize(colour, (int)((float)colour->width * scale),
	    (int)((float)colour->height * scale), &sized));
	TRY(raster_grey(&sized, &grey));
	TRY(faces_find(i->faces, &grey, 0, found, &count));
	if (count == 0)
		return FAIL(ERR_NOT_FOUND, "no face");
	TRY(faces_points(i->faces, &grey, &found[0]));
	*blur = face_blur(&grey, &found[0]);
	return embedding_align(&sized, &found[0], width, height, out);
}

/* The portrait of a card, with what is around it; the whole card where no
 * portrait is seen. */
static RESULT
cut_portrait(const struct raster *card, struct raster *out)
{
	struct portrait p, twins[PORTRAIT_TWINS];
	if (portrait_find(card, CARD_PER_MM, &p, twins) != OK) {
		err_clear();
		return raster_cut(card, 0, 0, card->width, card->height, out);
	}
	int x = (int)fmaxf((p.x - 3) * CARD_PER_MM, 0);
	int y = (int)fmaxf((p.y - 3) * CARD_PER_MM, 0);
	int right = (int)((p.x + p.width + 3) * CARD_PER_MM);
	int bottom = (int)((p.y + p.height + 3) * CARD_PER_MM);
	if (right > card->width)
		right = card->width;
	if (bottom > card->height)
		bottom = card->height;
	return raster_cut(card, x, y, right - x, bottom - y, out);
}

static int
by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static RESULT
score(const struct inspector *i, const struct raster *faces, size_t count,
    double *out)
{
	static float document[EMBEDDING_MOST], other[EMBEDDING_MOST];
	AUTO(graph_free) struct graph *net = NULL;
	double scores[FACES_USED];
	size_t size, again;
	TRY(graph_load(span_of_buf(&i->embedding->onnx), &net));
	TRY(embedding_of(i->embedding, net, &faces[0], document, &size));
	for (size_t k = 1; k < count; k++) {
		TRY(embedding_of(i->embedding, net, &faces[k], other,
		    &again));
		scores[k - 1] = 0;
		for (size_t n = 0; n < size && size == again; n++)
			scores[k - 1] += (double)document[n] *
			    (double)other[n];
	}
	memset(document, 0, sizeof(document));
	memset(other, 0, sizeof(other));
	qsort(scores, count - 1, sizeof(*scores), by_value);
	*out = scores[(count - 1) / 2];
	return OK;
}

/* One face, as people see it beside the others; the document's at time 0. */
static RESULT
add_shown(const struct raster *face, uint32_t time_ms, struct buf *film)
{
	AUTO(buf_clear) struct buf jpeg;
	buf_init(&jpeg, STILL_CLEAN_MAX);
	TRY(still_encode(face, &jpeg));
	const struct film_picture p = {.mark = FILM_FACE,
	    .time_ms = time_ms, .width = FACE_SHOWN, .height = FACE_SHOWN,
	    .jpeg = span_of_buf(&jpeg)};
	return film_add(film, &p);
}

struct row {
	struct raster seen[1 + FACES_USED];  /* for people */
	struct raster given[1 + FACES_USED]; /* for the network */
	uint32_t times[1 + FACES_USED];
	size_t count;
	float blur; /* of the first */
};

static void
row_clear(struct row *r)
{
	for (int k = 0; k < 1 + FACES_USED; k++) {
		raster_clear(&r->seen[k]);
		raster_clear(&r->given[k]);
	}
}

DEFINE_AUTO_CLEAR(row_clear, struct row)

static RESULT
add_face(const struct inspector *i, const struct raster *picture,
    uint32_t time_ms, struct row *r)
{
	float blur;
	TRY(take_face(i, picture, FACE_SHOWN, FACE_SHOWN,
	    &r->seen[r->count], &blur));
	if (i->embedding)
		TRY(take_face(i, picture, i->embedding->input.width,
		    i->embedding->input.height, &r->given[r->count], &blur));
	if (r->count == 0)
		r->blur = blur;
	r->times[r->count++] = time_ms;
	return OK;
}

/* Never 0, which is the document's. */
static uint32_t
time_of(const struct album *a, size_t k)
{
	return a->times[k] > 0 ? a->times[k] : 1;
}

static RESULT
compare_faces(const struct inspector *i, const struct album *a,
    const struct raster *card, struct findings *out, struct buf *film)
{
	AUTO(row_clear) struct row r = {0};
	AUTO(raster_clear) struct raster portrait = {0};
	double likeness;
	if (!card->data || !i->faces || !faces_have_points(i->faces))
		return OK;
	TRY(cut_portrait(card, &portrait));
	TRY(add_face(i, &portrait, 0, &r));
	for (size_t k = 0; k < a->count; k++)
		IGNORE(add_face(i, &a->portraits[k], time_of(a, k),
		    &r)); /* one less */
	for (size_t k = 0; k < r.count; k++)
		TRY(add_shown(&r.seen[k], r.times[k], film));
	TRY(findings_add_number(out, FINDING_faces_blur, (double)r.blur,
	    nowhere));
	TRY(findings_add_number(out, FINDING_faces_used,
	    (double)(r.count - 1), nowhere));
	if (!i->embedding || r.count < 2)
		return OK;
	TRY(score(i, r.given, r.count, &likeness));
	return findings_add_number(out, FINDING_faces_score, likeness,
	    nowhere);
}

RESULT
inspect_comparison(const struct inspector *i, struct span album,
    struct findings *out, struct buf *film)
{
	AUTO(album_clear) struct album a = {0};
	AUTO(raster_clear) struct raster front = {0};
	AUTO(raster_clear) struct raster back = {0};
	out->count = 0;
	TRY(film_begin(film));
	TRY(open_album(album, &a));
	TRY(findings_add_number(out, FINDING_faces_model,
	    i->embedding != NULL, nowhere));
	if (i->embedding) {
		TRY(findings_add_number(out, FINDING_faces_same_from,
		    i->embedding->same_from, nowhere));
		TRY(findings_add_number(out, FINDING_faces_other_below,
		    i->embedding->other_below, nowhere));
	}
	/* what cannot be compared is not told of: a check calls it unsure */
	IGNORE(compare_side(i, &a, 0, &front, out));
	IGNORE(compare_side(i, &a, 1, &back, out));
	IGNORE(compare_faces(i, &a, &front, out, film));
	return OK;
}
