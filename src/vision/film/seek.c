/*
 * The detector knows faces of 80 pixels and more that look ahead. So what is
 * around the last place is scaled until the face is a good deal larger than
 * that, and there half a look at a face is believed: one that turns away is
 * less and less of a face to it. Elsewhere only a sure one counts.
 *
 * Its boxes are found in every picture anew, never carried over: boxes that
 * are drift, and the landmarks with them.
 */
#include "vision/film/seek.h"

#include "vision/film/even.h"
#include "vision/pixels/blur.h"
#include "vision/pixels/opencv.h"

#include <math.h>
#include <stdlib.h>

#define SURE 0.0f
#define SURE_AGAIN (-0.35f) /* where it was a moment ago */
#define SECOND_SURE (-0.2f)
#define JAW_ALIKE 0.15f /* of its width */
#define AGAIN_MS 700    /* so long it is the same place */
#define OWN_MS 2500     /* so long nobody else is taken for them */
#define AROUND 2.4f     /* sides of the last box */
#define BEYOND_NEAR 0.25f /* of the last box: so near to the picture's border */
#define BEYOND 0.4f     /* of it: so far beyond */
#define FACE_WIDE 112   /* pixels, once scaled */
#define SCALE_MOST 2.0f
#define POINTS_WIDE 200 /* pixels of the face in which they are found */
#define POINTS_AROUND 1.7f
#define POINTS_SCALE 3.0f
#define OTHER_BOX 0.06f /* of its width */
#define STRAYS_MOST 0.06f
#define STEADY_SURE 0.7f
#define STEADY_YAW 18   /* degrees */
#define WHOLE 0.75f     /* scale of the search everywhere */
#define WHOLE_LONG 0.5f
#define SMALL_SIDE 640 /* of the picture's shorter side, for who sits far */
#define SMALL_EVERY 4   /* pictures: it is dear */
#define BRIGHT_LEAST 0.35f /* a face's mean grey */
#define BRIGHT 0.45f
#define BRIGHTER_MOST 4.0f
#define BRIGHT_BLUR 1.5 /* pixels, of 200 */
#define ASIDE_SHARE 0.1f /* of a new picture's light, in what is known of it */
#define BLUR_WIDE 110   /* pixels of the face in which its blur is measured */

static void
move_face(struct face *f, float scale, float x, float y)
{
	f->x = f->x * scale + x;
	f->y = f->y * scale + y;
	f->width *= scale;
	f->height *= scale;
	for (int i = 0; i < FACE_POINTS; i++) {
		f->points[i][0] = f->points[i][0] * scale + x;
		f->points[i][1] = f->points[i][1] * scale + y;
	}
}

/* The part of a box that lies in the picture. */
static struct box
inside(const struct raster *r, const struct face *f)
{
	int left = (int)fmaxf(f->x, 0), top = (int)fmaxf(f->y, 0);
	int right = (int)fminf(f->x + f->width, (float)r->width);
	int bottom = (int)fminf(f->y + f->height, (float)r->height);
	return right > left && bottom > top ?
	    (struct box){left, top, right - left, bottom - top} :
	    (struct box){0};
}

static float
mean_grey(const struct raster *grey, struct box b)
{
	double sum = 0;
	for (int y = b.y; y < b.y + b.height; y++)
		for (int x = b.x; x < b.x + b.width; x++)
			sum += raster_row(grey, y)[x];
	double area = (double)b.width * b.height;
	return area > 0 ? (float)(sum / area / 255) : 0;
}

/* How little of the differences from pixel to pixel a blur takes away: most
 * of a sharp picture's, hardly any of a blurred one's. */
static float
blur_of(const struct raster *grey, struct box b)
{
	double before = 0, lost = 0;
	for (int y = b.y; y < b.y + b.height; y++) {
		const uint8_t *row = raster_row(grey, y);
		for (int x = b.x + 5; x < b.x + b.width - 4; x++) {
			int step = abs(row[x] - row[x - 1]);
			/* of means over nine: only the ends differ */
			int smooth = abs(row[x + 4] - row[x - 5]) / 9;
			before += step;
			lost += step > smooth ? step - smooth : 0;
		}
	}
	return before > 0 ? (float)(1 - lost / before) : 1;
}

float
face_blur(const struct raster *grey, const struct face *face)
{
	return blur_of(grey, inside(grey, face));
}

bool
seek_is_near(const struct face *a, const struct face *b)
{
	float size = fmaxf(a->width, 1), other = fmaxf(b->width, 1);
	float x = a->x + a->width / 2 - b->x - b->width / 2;
	float y = a->y + a->height / 2 - b->y - b->height / 2;
	float least = fminf(size, other), most = fmaxf(size, other);
	return most < 1.9f * least && hypotf(x, y) < 0.75f * most;
}

/* Whether it comes so near to the border that a part of it, or of what the
 * detector wants to see around it, lies beyond. */
static bool
is_cut(const struct raster *r, const struct face *f)
{
	float by = BEYOND_NEAR * f->width;
	return f->x < by || f->y < by ||
	    f->x + f->width + by > (float)r->width ||
	    f->y + f->height + by > (float)r->height;
}

/* The part of a box that lies in the picture, or no further beyond it. */
static struct box
within(const struct raster *r, const struct face *f, int beyond)
{
	int left = (int)fmaxf(f->x, (float)-beyond);
	int top = (int)fmaxf(f->y, (float)-beyond);
	int right = (int)fminf(f->x + f->width, (float)(r->width + beyond));
	int bottom = (int)fminf(f->y + f->height,
	    (float)(r->height + beyond));
	return (struct box){left, top, right - left, bottom - top};
}

static int
clamped(int at, int size)
{
	return at < 0 ? 0 : at < size ? at : size - 1;
}

RESULT
seek_cut(const struct raster *grey, struct box b, struct raster *out)
{
	TRY(raster_room(b.width, b.height, 1, out));
	for (int y = 0; y < b.height; y++) {
		const uint8_t *from = raster_row(grey, clamped(b.y + y,
		    grey->height));
		uint8_t *to = raster_row(out, y);
		for (int x = 0; x < b.width; x++)
			to[x] = from[clamped(b.x + x, grey->width)];
	}
	return OK;
}

/* What is looked at, how it is scaled, and where it begins. */
struct window {
	struct raster grey;
	float scale, x, y;
};

static void
window_clear(struct window *p)
{
	raster_clear(&p->grey);
}

DEFINE_AUTO_CLEAR(window_clear, struct window)

static RESULT
take_window(const struct raster *grey, struct box box, float scale,
    struct window *out)
{
	AUTO(raster_clear) struct raster cut = {0};
	int width = (int)((float)box.width * scale);
	int height = (int)((float)box.height * scale);
	TRY(seek_cut(grey, box, &cut));
	TRY(opencv_resize(&cut, width > 1 ? width : 1,
	    height > 1 ? height : 1, &out->grey));
	out->scale = scale;
	out->x = (float)box.x;
	out->y = (float)box.y;
	return OK;
}

/* The predictor compares grey levels of bright faces: less light, or darker
 * skin, makes all differences small, and noise decides. */
static RESULT
brighten(struct raster *grey, const struct face *f)
{
	AUTO(raster_clear) struct raster smooth = {0};
	float light = mean_grey(grey, inside(grey, f));
	if (light >= BRIGHT_LEAST || light <= 0)
		return OK;
	float gain = fminf(BRIGHT / light, BRIGHTER_MOST);
	TRY(blur_by(grey, BRIGHT_BLUR, &smooth));
	for (int y = 0; y < smooth.height; y++) {
		uint8_t *row = raster_row(&smooth, y);
		for (int x = 0; x < smooth.width; x++)
			row[x] = (uint8_t)fminf((float)row[x] * gain, 255);
	}
	raster_clear(grey);
	raster_move(&smooth, grey);
	return OK;
}

/* It costs twice what finding them does: who plainly looks ahead, or nearly, is
 * not doubted. */
static bool
is_doubtful(const struct face *f)
{
	struct signals s;
	signals_of(f, &s);
	return f->has_points && (f->sure < STEADY_SURE ||
	    fabsf(s.yaw) > STEADY_YAW);
}

/* How far the points go when their search begins in a box that is a little
 * smaller, and stands aside to either side. */
static RESULT
stray(const struct faces *faces, const struct raster *grey, struct face *f)
{
	for (int side = -1; side <= 1; side += 2) {
		float by = OTHER_BOX * f->width, sum = 0;
		struct face other = {.x = f->x + by * (float)side,
		    .y = f->y - by / 2 * (float)side,
		    .width = f->width - by, .height = f->height - by};
		TRY(faces_points(faces, grey, &other));
		for (int i = 0; i < FACE_POINTS; i++)
			sum += hypotf(other.points[i][0] - f->points[i][0],
			    other.points[i][1] - f->points[i][1]);
		f->strays = fmaxf(f->strays, sum / FACE_POINTS / f->width);
	}
	return OK;
}

/* Its points, in pixels of the picture. They come as whole pixels and from
 * single ones: so a small face is enlarged, and a large one smoothed. */
static RESULT
take_points(const struct seek *s, const struct faces *faces,
    const struct raster *grey, struct face *f)
{
	AUTO(window_clear) struct window p = {0};
	struct face around = *f;
	around.x -= f->width * (POINTS_AROUND - 1) / 2;
	around.y -= f->height * (POINTS_AROUND - 1) / 2;
	around.width *= POINTS_AROUND;
	around.height *= POINTS_AROUND;
	struct box box = within(grey, &around, is_cut(grey, f) ?
	    (int)(BEYOND * f->width) : 0);
	float scale = fminf(POINTS_WIDE / fmaxf(f->width, 1), POINTS_SCALE);
	if (box.width < 16 || box.height < 16)
		return OK;
	TRY(take_window(grey, box, scale, &p));
	move_face(f, 1, -p.x, -p.y);
	move_face(f, scale, 0, 0);
	TRY(brighten(&p.grey, f));
	TRY(light_even(&p.grey, f->width, light_to_even(s->aside)));
	TRY(faces_points(faces, &p.grey, f));
	if (is_doubtful(f))
		TRY(stray(faces, &p.grey, f));
	move_face(f, 1 / scale, p.x, p.y);
	return OK;
}

/* Light from one side stays; what a turn of the head does to it does not. */
static void
note_aside(struct seek *s, const struct raster *grey, const struct face *f)
{
	float aside = light_aside(grey, f);
	s->aside += (aside - s->aside) * (s->seen ? ASIDE_SHARE : 1);
}

/* found: in pixels of the window. */
static RESULT
take_face(struct seek *s, const struct faces *faces,
    const struct raster *grey, const struct window *p,
    const struct face *found, struct moment *m)
{
	m->has_face = true;
	m->face = *found;
	move_face(&m->face, 1 / p->scale, p->x, p->y);
	/* not of the window, which may have been evened */
	m->light = mean_grey(grey, inside(grey, &m->face));
	note_aside(s, grey, &m->face);
	TRY(take_points(s, faces, grey, &m->face));
	if (m->face.has_points)
		signals_of(&m->face, &m->signals);
	return OK;
}

/* In faces of one size: a large face has less of everything in a pixel. */
static RESULT
take_blur(const struct raster *grey, struct moment *m)
{
	AUTO(raster_clear) struct raster cut = {0};
	AUTO(raster_clear) struct raster small = {0};
	struct box b = inside(grey, &m->face);
	if (b.width < 20 || b.height < 20)
		return OK;
	TRY(raster_cut(grey, b.x, b.y, b.width, b.height, &cut));
	if (b.width > BLUR_WIDE)
		TRY(opencv_resize(&cut, BLUR_WIDE, b.height * BLUR_WIDE /
		    b.width, &small));
	else
		raster_move(&cut, &small);
	m->blur = blur_of(&small, (struct box){0, 0, small.width,
	    small.height});
	return OK;
}

/*
 * Half a look at a face may have its points where there is none: they are
 * believed where the jaw is as wide as it was. Of one that is turned further
 * than the landmarks know, the points lie anywhere, most often as if it looked
 * ahead: they go elsewhere as soon as they are sought from elsewhere. One
 * picture among such in which they happen not to is not believed either.
 */
static void
doubt_points(struct seek *s, struct moment *m)
{
	float jaw = m->signals.jaw;
	bool stray = m->face.strays > STRAYS_MOST;
	m->astray = stray || s->strayed;
	s->strayed = stray;
	if (m->face.sure < SURE)
		m->face.has_points = m->face.has_points && s->jaw > 0 &&
		    fabsf(jaw / s->jaw - 1) < JAW_ALIKE;
	else if (!m->astray)
		s->jaw = jaw;
}

static RESULT
seek_again(struct seek *s, const struct faces *faces,
    const struct raster *grey, struct moment *m)
{
	AUTO(window_clear) struct window p = {0};
	struct face found[FACES_MAX], around = s->last;
	size_t count;
	/* the longer ago, the further away */
	float sides = AROUND + 0.001f * (float)(m->time_ms - s->last_ms);
	around.x -= around.width * (sides - 1) / 2;
	around.y -= around.height * (sides - 1) / 2;
	around.width *= sides;
	around.height *= sides;
	struct box box = within(grey, &around, is_cut(grey, &s->last) ?
	    (int)(BEYOND * s->last.width) : 0);
	if (box.width < 16 || box.height < 16)
		return OK;
	TRY(take_window(grey, box, fminf(FACE_WIDE / fmaxf(s->last.width, 1),
	    SCALE_MOST), &p));
	TRY(light_even(&p.grey, s->last.width * p.scale,
	    light_to_even(s->aside)));
	TRY(faces_find(faces, &p.grey, SURE_AGAIN, found, &count));
	for (size_t i = 0; i < count; i++) {
		struct face f = found[i];
		move_face(&f, 1 / p.scale, p.x, p.y);
		if (seek_is_near(&f, &s->last))
			return take_face(s, faces, grey, &p, &found[i], m);
	}
	return OK;
}

/* Whether this one is to be taken for the participant. */
static bool
is_own(const struct seek *s, const struct face *f, uint32_t now)
{
	if (f->sure < SURE)
		return false;
	return !s->seen || now - s->last_ms > OWN_MS ||
	    seek_is_near(f, &s->last);
}

/* Everywhere: the participant, where not found yet, and whoever else. */
static RESULT
seek_everywhere(struct seek *s, const struct faces *faces,
    const struct raster *grey, float scale, struct moment *m)
{
	AUTO(window_clear) struct window p = {0};
	struct face found[FACES_MAX];
	struct box all = {0, 0, grey->width, grey->height};
	size_t count;
	TRY(take_window(grey, all, scale, &p));
	TRY(faces_find(faces, &p.grey, SECOND_SURE, found, &count));
	m->searched = true;
	for (size_t i = 0; i < count && !m->has_face; i++) {
		struct face f = found[i];
		move_face(&f, 1 / scale, 0, 0);
		if (is_own(s, &f, m->time_ms))
			TRY(take_face(s, faces, grey, &p, &found[i], m));
	}
	for (size_t i = 0; i < count; i++) {
		struct face f = found[i];
		move_face(&f, 1 / scale, 0, 0);
		bool own = m->has_face ? seek_is_near(&f, &m->face) :
		    s->seen && seek_is_near(&f, &s->last);
		if (!own)
			m->second = fmaxf(m->second, f.sure);
	}
	return OK;
}

RESULT
seek_face(struct seek *s, const struct faces *faces,
    const struct raster *colour, bool long_film, struct moment *m)
{
	AUTO(raster_clear) struct raster grey = {0};
	bool again = s->seen && m->time_ms - s->last_ms <= AGAIN_MS;
	bool turn = s->pictures++ % 2 == 0;
	float whole = long_film ? WHOLE_LONG : WHOLE;
	m->second = -1;
	TRY(raster_grey(colour, &grey));
	if (again)
		TRY(seek_again(s, faces, &grey, m));
	if (turn || !m->has_face)
		TRY(seek_everywhere(s, faces, &grey, whole, m));
	if (!again && !m->has_face && s->pictures % SMALL_EVERY == 0)
		TRY(seek_everywhere(s, faces, &grey, fminf(SCALE_MOST,
		    (float)SMALL_SIDE / (float)(grey.width < grey.height ?
		    grey.width : grey.height)), m));
	if (!m->has_face)
		return OK;
	s->seen = true;
	s->last = m->face;
	s->last_ms = m->time_ms;
	doubt_points(s, m);
	return take_blur(&grey, m);
}
