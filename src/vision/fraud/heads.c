/*
 * A portrait found by how much happens in it begins or ends with the print
 * beside it, or is a part of itself; where its face is, its place is known to
 * some hundredths of its width.
 */
#include "vision/fraud/heads.h"

#include <math.h>

#define FACE_LEAST_MM 8
#define FACE_MOST_MM 37

/* Of the width of what is found, from the brows to the chin. */
#define HEAD_WIDE 1.3f
#define HEAD_HIGH 1.75f
#define HEAD_ABOVE 0.35f

/* Of the portrait's width. */
#define OTHER_LEAST 0.25f
#define OTHER_MOST 0.8f

/* Of the width of what was found for the portrait: its face. */
#define OWN_LEAST 0.35f
#define OWN_MOST 1.3f

/* Around a face of this width, by its upper left corner. */
static struct portrait
head_round(float x, float y, float wide)
{
	return (struct portrait){
	    .x = fmaxf(0, x - (HEAD_WIDE - 1) / 2 * wide),
	    .y = fmaxf(0, y - HEAD_ABOVE * wide),
	    .width = HEAD_WIDE * wide, .height = HEAD_HIGH * wide};
}

static struct portrait
head_of(const struct face_at *f, float per_mm)
{
	return head_round((float)f->x / per_mm, (float)f->y / per_mm,
	    (float)f->width / per_mm);
}

/* Whether the middle of one lies in the other. */
static bool
within(const struct portrait *one, const struct portrait *other)
{
	float x = one->x + one->width / 2 - other->x;
	float y = one->y + one->height / 2 - other->y;
	return x > 0 && y > 0 && x < other->width && y < other->height;
}

static bool
inside(const struct portrait *p, const struct raster *grey, float per_mm)
{
	return (p->x + p->width) * per_mm < (float)grey->width &&
	    (p->y + p->height) * per_mm < (float)grey->height;
}

/* How many of them, which come first, are not cut off. */
static size_t
those_inside(struct portrait heads[FACES_AT_MAX], size_t found,
    const struct raster *grey, float per_mm)
{
	size_t count = 0;
	for (size_t i = 0; i < found; i++) {
		heads[count] = heads[i];
		count += inside(&heads[count], grey, per_mm);
	}
	return count;
}

/* The widest face within what was found is the portrait's. */
static void
take_portrait(const struct portrait heads[FACES_AT_MAX], size_t count,
    const struct portrait *p, struct heads *out)
{
	for (size_t i = 0; i < count && !out->known; i++) {
		out->known = within(&heads[i], p);
		if (out->known)
			out->portrait = heads[i];
	}
}

/* The heads of faces so wide, in millimetres; the widest first. */
static RESULT
heads_in(struct cascade *cascade, const struct raster *grey, float per_mm,
    const float wide[2], struct portrait heads[FACES_AT_MAX], size_t *count)
{
	const int widths[] = {(int)(fmaxf(FACE_LEAST_MM, wide[0]) * per_mm),
	    (int)(fminf(FACE_MOST_MM, wide[1]) * per_mm)};
	struct face_at faces[FACES_AT_MAX];
	size_t found = 0;
	*count = 0;
	TRY(cascade_find(cascade, grey, widths, faces, &found));
	for (size_t i = 0; i < found; i++)
		heads[(*count)++] = head_of(&faces[i], per_mm);
	return OK;
}

/*
 * The portrait's place has to be known well, others are compared anywhere near
 * theirs: so these are looked for on a quarter of the pixels.
 */
#define OWN_SHRINK 2
#define OTHERS_SHRINK 4
#define AGAIN_SHRINK 3

/* All of the document: a part of it shifts the search's steps, and with them
 * what is found. */
static RESULT
small_grey(const struct raster *card, int times, struct raster *out)
{
	AUTO(raster_clear) struct raster small = {0};
	TRY(raster_shrink(card, times, &small));
	return raster_grey(&small, out);
}

/* Heads of any width with the contrast raised, as under a lamp at one side. */
static RESULT
raised_heads(struct cascade *cascade, const struct raster *card, float per_mm,
    int shrink, struct portrait heads[FACES_AT_MAX], size_t *count)
{
	static const float any[] = {FACE_LEAST_MM, FACE_MOST_MM};
	AUTO(raster_clear) struct raster grey = {0};
	AUTO(raster_clear) struct raster raised = {0};
	TRY(small_grey(card, shrink, &grey));
	TRY(opencv_raise(&grey, &raised));
	return heads_in(cascade, &raised, per_mm / (float)shrink, any, heads,
	    count);
}

/*
 * A second look where none was seen, by the cascade that sees more: on fewer
 * pixels, where noise and fine lines are lost. Only within what was found: the
 * widest face anywhere was taken for the portrait on genuine scans, and compared
 * with what is not its ghost.
 */
static RESULT
look_again(struct cascade *cascade, const struct raster *card, float per_mm,
    const struct portrait *p, struct heads *out)
{
	struct portrait heads[FACES_AT_MAX];
	size_t count = 0;
	TRY(raised_heads(cascade, card, per_mm, AGAIN_SHRINK, heads, &count));
	count = those_inside(heads, count, card, per_mm);
	take_portrait(heads, count, p, out);
	return OK;
}

RESULT
heads_portrait(const struct cascades *cascades, const struct raster *card,
    float per_mm, const struct portrait *p, struct heads *out)
{
	AUTO(raster_clear) struct raster grey = {0};
	const float wide[] = {OWN_LEAST * p->width, OWN_MOST * p->width};
	struct portrait heads[FACES_AT_MAX];
	size_t count = 0;
	*out = (struct heads){.portrait = *p};
	if (!cascades->quick)
		return OK;
	TRY(small_grey(card, OWN_SHRINK, &grey));
	TRY(heads_in(cascades->quick, &grey, per_mm / OWN_SHRINK, wide, heads,
	    &count));
	count = those_inside(heads, count, card, per_mm);
	take_portrait(heads, count, p, out);
	if (!out->known && cascades->again)
		TRY(look_again(cascades->again, card, per_mm, p, out));
	out->seen = out->known;
	return OK;
}

RESULT
heads_others(struct cascade *cascade, const struct raster *card, float per_mm,
    struct heads *out)
{
	AUTO(raster_clear) struct raster grey = {0};
	const float head = out->portrait.width;
	const float wide[] = {OTHER_LEAST * head / HEAD_WIDE,
	    OTHER_MOST * head / HEAD_WIDE};
	struct portrait heads[FACES_AT_MAX];
	size_t found = 0;
	if (!cascade)
		return OK;
	TRY(small_grey(card, OTHERS_SHRINK, &grey));
	TRY(heads_in(cascade, &grey, per_mm / OTHERS_SHRINK, wide, heads,
	    &found));
	for (size_t i = 0; i < found; i++)
		if (inside(&heads[i], card, per_mm) &&
		    !within(&heads[i], &out->portrait))
			out->others[out->count++] = heads[i];
	out->faces = out->count;
	return OK;
}

/* Scores from which a face counts, by tuning pages (docs/checks.md). */
#define PORTRAIT_SCORE 0.5f
#define OTHER_SCORE 0.0f
#define MOVED_SCORE 1.0f  /* to believe it against a cascade */
#define WIDER 1.1f        /* than the face that was taken for the portrait's */

static struct portrait
head_at(const struct spot_of_head *s)
{
	float half = s->width / 2;
	return head_round(s->x - half, s->y - half, s->width);
}

static RESULT
ask_once(const struct net *net, const struct raster *grey, float per_mm,
    struct heads *io)
{
	if (!net || io->asked)
		return OK;
	io->asked = true;
	return spots_find(net, grey, per_mm, io->spots, &io->spot_count);
}

RESULT
heads_spot_portrait(const struct net *net, const struct raster *grey,
    float per_mm, struct heads *io)
{
	const struct portrait before = io->portrait;
	float widest = io->known ? WIDER * before.width / HEAD_WIDE :
	    FACE_LEAST_MM;
	float score = io->known ? MOVED_SCORE : PORTRAIT_SCORE;
	bool known = io->known;
	TRY(ask_once(net, grey, per_mm, io));
	for (size_t i = 0; i < io->spot_count; i++) {
		struct portrait head = head_at(&io->spots[i]);
		if (io->spots[i].score < score ||
		    io->spots[i].width <= widest ||
		    (known && within(&head, &before)) ||
		    !inside(&head, grey, per_mm))
			continue;
		widest = io->spots[i].width;
		io->portrait = head;
		io->known = true;
		io->seen = false;
		io->elsewhere = !within(&head, &before);
		io->count = io->faces = 0;
	}
	return OK;
}

/* Whether one of the others stands there already. */
static bool
is_among(const struct heads *h, const struct portrait *p)
{
	for (size_t i = 0; i < h->count; i++)
		if (within(p, &h->others[i]))
			return true;
	return false;
}

RESULT
heads_spot_others(const struct net *net, const struct raster *grey,
    float per_mm, struct heads *io)
{
	TRY(ask_once(net, grey, per_mm, io));
	for (size_t i = 0; i < io->spot_count; i++) {
		struct portrait head = head_at(&io->spots[i]);
		float share = head.width / io->portrait.width;
		if (io->spots[i].score >= OTHER_SCORE &&
		    share > OTHER_LEAST && share < OTHER_MOST &&
		    inside(&head, grey, per_mm) &&
		    !within(&head, &io->portrait) && !is_among(io, &head) &&
		    io->count < HEADS_MAX)
			io->others[io->count++] = head;
	}
	return OK;
}

float
heads_spotted(const struct heads *h, const struct portrait *place)
{
	float best = -INFINITY;
	for (size_t i = 0; i < h->spot_count; i++) {
		struct portrait head = head_at(&h->spots[i]);
		float share = head.width / place->width;
		if (share > 0.5f && share < 2 && within(&head, place))
			best = fmaxf(best, h->spots[i].score);
	}
	return best;
}

RESULT
heads_any(struct cascade *cascade, const struct raster *card, float per_mm,
    bool *out)
{
	struct portrait heads[FACES_AT_MAX];
	size_t count = 0;
	TRY(raised_heads(cascade, card, per_mm, OWN_SHRINK, heads, &count));
	*out = count > 0;
	return OK;
}
