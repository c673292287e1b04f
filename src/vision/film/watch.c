/*
 * Watching a recording of a face.
 *
 * A face is looked for in every picked frame anew: boxes carried over from
 * frame to frame drift, and the landmarks with them.
 */
#include "vision/film/watch.h"

#include "vision/film/seek.h"
#include "vision/pixels/median.h"
#include "vision/pixels/spectrum.h"
#include "vision/still/still.h"

#include <math.h>
#include <stdlib.h>

#define FILM_WIDE 640
#define FILM_TALL 480  /* width of what stands upright */
#define FILM_QUALITY 70
#define FILM_QUALITY_SHORT 45 /* when half of the room is used */
#define FILM_RESERVE ((size_t)3 << 20) /* for what comes last */
#define LONG_PICTURES 250 /* then a closer look is too dear */
#define GREY_WIDE 320 /* of what points are followed in */

#define LOOK_APART_MS 330
#define LOOK_AHEAD 9   /* degrees; further off the skin looks different */
#define AHEAD_FIRST 7  /* pictures with a face: where ahead is */
#define AHEAD_MOST 15  /* degrees: nobody sits more askew than that */
#define LOOK_CLOSED 0.12f
#define LOOK_OPEN 0.25f
#define DARK 0.06f
#define MOUTH_LIGHT 0.22f /* below, all is as dark as a mouth */
#define ASTRAY_MOST 0.25 /* of the pictures; nobody turns for so long */
#define BESIDE 16      /* degrees: the camera stands aside */
#define EDGE_SURE 0.25f
#define GRID_SIDE 128
#define GRID_EVERY 4   /* looks */
#define GRID_LEAST 0.08 /* cycles a pixel */
#define GRID_MOST 0.48

struct looking {
	const struct inspector *tools;
	struct watch *w;
	size_t room_ticks;
	struct video *video;
	struct spectrum grid;
	struct seek seek;
	float ahead[AHEAD_FIRST]; /* yaw, while the face rests */
	size_t ahead_count;
};

/* Head and shoulders, in cells of a glance. */
static struct box
sitter_of(const struct looking *l)
{
	const struct face *f = &l->seek.last;
	if (!l->seek.seen || l->w->width == 0 || l->w->height == 0)
		return (struct box){0};
	float x = (float)GLANCE_WIDTH / (float)l->w->width;
	float y = (float)GLANCE_HEIGHT / (float)l->w->height;
	int left = (int)fmaxf((f->x - f->width / 2) * x, 0);
	int right = (int)fminf((f->x + f->width * 1.5f) * x + 1,
	    GLANCE_WIDTH);
	int top = (int)fmaxf((f->y - f->height / 2) * y, 0);
	int bottom = (int)fminf((f->y + f->height * 2) * y + 1,
	    GLANCE_HEIGHT);
	return right > left && bottom > top ?
	    (struct box){left, top, right - left, bottom - top} :
	    (struct box){0};
}

static RESULT
note_tick(struct looking *l, size_t at, const struct video_frame *f)
{
	if (at == l->room_ticks) {
		size_t room = l->room_ticks ? 2 * l->room_ticks : 512;
		struct tick *more = realloc(l->w->ticks,
		    room * sizeof(*more));
		if (!more)
			return FAIL(ERR_TOO_LARGE, "no memory for a "
			    "recording");
		l->w->ticks = more;
		l->room_ticks = room;
	}
	struct tick *t = &l->w->ticks[at];
	*t = (struct tick){.time_us = f->time_us, .step = f->step,
	    .sitter = sitter_of(l)};
	memcpy(t->glance, f->glance, GLANCE_SIZE);
	return OK;
}

RESULT
film_add_frame(struct buf *film, const struct raster *picture,
    uint32_t time_ms)
{
	AUTO(buf_clear) struct buf jpeg;
	size_t room = film->ceiling - FILM_RESERVE;
	bool half = film->size * 2 > room;
	buf_init(&jpeg, STILL_CLEAN_MAX);
	TRY(still_write(picture, half ? FILM_QUALITY_SHORT : FILM_QUALITY,
	    &jpeg));
	if (film->size + jpeg.size + 64 > room)
		return OK;
	struct film_picture p = {.mark = FILM_FRAME, .time_ms = time_ms,
	    .width = (uint32_t)picture->width,
	    .height = (uint32_t)picture->height, .jpeg = span_of_buf(&jpeg)};
	return film_add(film, &p);
}

static void
scale_face(struct face *f, float scale)
{
	f->x *= scale;
	f->y *= scale;
	f->width *= scale;
	f->height *= scale;
	for (int i = 0; i < FACE_POINTS; i++) {
		f->points[i][0] *= scale;
		f->points[i][1] *= scale;
	}
}

/* A camera that stands aside sees a face turned that looks ahead: the first
 * pictures say how far. */
static void
note_ahead(struct looking *l, const struct moment *m)
{
	if (m->has_face && m->face.has_points &&
	    l->ahead_count < AHEAD_FIRST)
		l->ahead[l->ahead_count++] = m->signals.yaw;
}

/* Degrees from ahead; far where nothing is known. */
static float
from_ahead(const struct looking *l, const struct moment *m)
{
	float sorted[AHEAD_FIRST];
	if (l->ahead_count == 0)
		return 180;
	memcpy(sorted, l->ahead, sizeof(sorted));
	float ahead = median_of(sorted, l->ahead_count);
	ahead = fminf(fmaxf(ahead, -AHEAD_MOST), AHEAD_MOST);
	return fabsf(m->signals.yaw - ahead);
}

/* Large, sharp, looking ahead, with open eyes and a closed mouth. */
static float
worth_of(const struct looking *l, const struct moment *m)
{
	const struct signals *s = &m->signals;
	float turned = from_ahead(l, m);
	if (!m->face.has_points || turned > 10 || m->light < DARK)
		return 0;
	return fmaxf(m->face.sure, 0.05f) * (1 - m->blur) *
	    fminf(s->eyes, 0.3f) * (1 - turned / 20) *
	    fmaxf(1 - 3 * s->mouth, 0.05f);
}

/* Where it belongs among the best; those of the same half second only once. */
static int
place_for(const struct watch *w, float worth, uint32_t time_ms)
{
	int least = 0;
	for (int i = 0; i < PORTRAITS_MAX; i++) {
		const struct portrait_shot *s = &w->shots[i];
		if (s->worth > 0 && time_ms - s->time_ms < 500)
			return worth > s->worth ? i : -1;
		if (s->worth < w->shots[least].worth)
			least = i;
	}
	return worth > w->shots[least].worth ? least : -1;
}

#define PORTRAIT_WIDE 1280

static RESULT
keep_portrait(struct looking *l, const struct moment *m)
{
	float worth = worth_of(l, m);
	int at = place_for(l->w, worth, m->time_ms);
	if (at < 0)
		return OK;
	struct portrait_shot *s = &l->w->shots[at];
	raster_clear(&s->colour);
	TRY(video_picture(l->video, PORTRAIT_WIDE, &s->colour));
	s->time_ms = m->time_ms;
	s->worth = worth;
	s->face = m->face;
	scale_face(&s->face, (float)s->colour.width / (float)l->w->width);
	return OK;
}

/* The pixels in the middle of the face, as the camera gave them. */
static RESULT
add_grid(struct looking *l, const struct moment *m)
{
	static float plane[GRID_SIDE * GRID_SIDE];
	float scale = (float)l->w->facts.width / (float)l->w->width;
	int x = (int)((m->face.x + m->face.width / 2) * scale) -
	    GRID_SIDE / 2;
	int y = (int)((m->face.y + m->face.height / 2) * scale) -
	    GRID_SIDE / 2;
	if (!video_square(l->video, x, y, GRID_SIDE, plane))
		return OK;
	return spectrum_add(&l->grid, plane);
}

/* How the face looks now, where it looks ahead and a while has passed. */
static RESULT
keep_look(struct looking *l, const struct raster *picture,
    const struct moment *m)
{
	struct watch *w = l->w;
	AUTO(raster_clear) struct raster grey = {0};
	if (!m->has_face || !m->face.has_points ||
	    from_ahead(l, m) > LOOK_AHEAD ||
	    m->signals.mouth > LOOK_CLOSED || w->look_count == LOOKS_MAX ||
	    (w->look_count > 0 && m->time_ms -
	    w->look_ms[w->look_count - 1] < LOOK_APART_MS))
		return OK;
	TRY(raster_grey(picture, &grey));
	if (face_look_of(&grey, &m->face, &w->looks[w->look_count]) != OK) {
		err_clear();
		return OK;
	}
	w->look_ms[w->look_count] = m->time_ms;
	return w->look_count++ % GRID_EVERY == 0 ? add_grid(l, m) : OK;
}

/* Its parts, where it looks ahead and a while has passed. */
static void
keep_parts(struct looking *l, const struct raster *picture,
    const struct moment *m)
{
	struct parts_seen *p = m->signals.mouth > LOOK_OPEN ? &l->w->open :
	    &l->w->shut;
	if (!m->has_face || !m->face.has_points ||
	    (p == &l->w->open && m->light < MOUTH_LIGHT) ||
	    from_ahead(l, m) > LOOK_AHEAD || p->count == LOOKS_MAX ||
	    (p->count > 0 && m->time_ms - p->last_ms < LOOK_APART_MS))
		return;
	if (cover_measure(picture, &m->face, &p->at[p->count]) != OK) {
		err_clear();
		return;
	}
	p->last_ms = m->time_ms;
	p->count++;
}

static RESULT
keep_grey(const struct raster *picture, struct moment *m)
{
	AUTO(raster_clear) struct raster small = {0};
	int width = picture->width > GREY_WIDE ? GREY_WIDE : picture->width;
	TRY(opencv_resize(picture, width, picture->height * width /
	    picture->width, &small));
	return raster_grey(&small, &m->grey);
}

static RESULT
look(struct looking *l, const struct video_frame *f)
{
	struct watch *w = l->w;
	AUTO(raster_clear) struct raster picture = {0};
	struct moment *m = &w->moments[w->count];
	*m = (struct moment){.time_ms = (uint32_t)(f->time_us / 1000),
	    .second = -1};
	TRY(video_picture(l->video, f->width >= f->height ? FILM_WIDE :
	    FILM_TALL, &picture));
	if (w->count == 0) {
		w->facts = video_facts(l->video);
		w->width = picture.width;
		w->height = picture.height;
	}
	if (l->tools->faces)
		TRY(seek_face(&l->seek, l->tools->faces, &picture,
		    w->count >= LONG_PICTURES, m));
	note_ahead(l, m);
	if (m->has_face)
		skin_measure(&picture, &m->face, &m->skin);
	TRY(keep_grey(&picture, m));
	TRY(keep_look(l, &picture, m));
	keep_parts(l, &picture, m);
	TRY(film_add_frame(w->film, &picture, m->time_ms));
	w->count++;
	return keep_portrait(l, m);
}

static RESULT
watch_all(struct looking *l)
{
	struct video_frame f;
	for (size_t at = 0; video_next(l->video, &f); at++) {
		TRY(note_tick(l, at, &f));
		if (f.picked)
			TRY(look(l, &f));
	}
	l->w->facts = video_facts(l->video);
	return l->w->facts.frames ? OK : FAIL(ERR_UNREADABLE,
	    "no frame of the recording could be read");
}

static void
sort_portraits(struct watch *w)
{
	for (int i = 1; i < PORTRAITS_MAX; i++)
		for (int k = i; k > 0 && w->shots[k].worth >
		    w->shots[k - 1].worth; k--) {
			struct portrait_shot swap = w->shots[k];
			w->shots[k] = w->shots[k - 1];
			w->shots[k - 1] = swap;
		}
}

static int
by_value(const void *a, const void *b)
{
	float x = *(const float *)a, y = *(const float *)b;
	return (x > y) - (x < y);
}

static void
measure_light(struct watch *w)
{
	static float light[VIDEO_PICKED_MAX], blur[VIDEO_PICKED_MAX];
	size_t n = 0;
	for (size_t i = 0; i < w->count; i++) {
		if (!w->moments[i].has_face)
			continue;
		light[n] = w->moments[i].light;
		blur[n++] = w->moments[i].blur;
	}
	if (n == 0)
		return;
	qsort(light, n, sizeof(*light), by_value);
	qsort(blur, n, sizeof(*blur), by_value);
	w->light = light[n / 2];
	w->blur = blur[n / 2];
}

void
watch_forgive_astray(struct moment *moments, size_t count)
{
	size_t astray = 0, seen = 0;
	for (size_t i = 0; i < count; i++) {
		seen += moments[i].has_face;
		astray += moments[i].astray;
	}
	if ((double)astray > ASTRAY_MOST * (double)seen)
		for (size_t i = 0; i < count; i++)
			moments[i].astray = false;
}

void
watch_doubt_edges(struct moment *moments, size_t count)
{
	if (fabsf(signals_usual_yaw(moments, count)) < BESIDE)
		return;
	for (size_t i = 1; i + 1 < count; i++)
		if (moment_has_signals(&moments[i]) &&
		    moments[i].face.sure < EDGE_SURE &&
		    (!moments[i - 1].has_face || !moments[i + 1].has_face))
			moments[i].astray = true;
}

RESULT
watch_face(const struct inspector *i, struct span file, struct buf *film,
    struct watch *out)
{
	AUTO(watch_clear) struct watch w = {.film = film};
	AUTO(video_free) struct video *video = NULL;
	w.moments = calloc(VIDEO_PICKED_MAX, sizeof(*w.moments));
	w.looks = calloc(LOOKS_MAX, sizeof(*w.looks));
	if (!w.moments || !w.looks)
		return FAIL(ERR_TOO_LARGE, "no memory for a recording");
	TRY(video_open(file, &video));
	struct looking l = {.tools = i, .w = &w, .video = video};
	TRY(spectrum_make(GRID_SIDE, &l.grid));
	enum err code = watch_all(&l);
	if (code == OK && l.grid.count > 1)
		w.grid = spectrum_peak(&l.grid, GRID_LEAST, GRID_MOST).height;
	spectrum_clear(&l.grid);
	TRY(code);
	watch_forgive_astray(w.moments, w.count);
	watch_doubt_edges(w.moments, w.count);
	signals_steady(w.moments, w.count);
	sort_portraits(&w);
	measure_light(&w);
	*out = w;
	w = (struct watch){0};
	return OK;
}

void
watch_clear(struct watch *w)
{
	for (size_t i = 0; w->moments && i < VIDEO_PICKED_MAX; i++)
		raster_clear(&w->moments[i].grey);
	free(w->ticks);
	free(w->moments);
	free(w->looks);
	for (int i = 0; i < PORTRAITS_MAX; i++)
		raster_clear(&w->shots[i].colour);
	*w = (struct watch){0};
}
