/*
 * A recording of a document into findings.
 *
 * Reading a frame costs as much as reading a photograph, so only the sharpest
 * of each stretch are kept and read, and only while there is time: first
 * those that were to show the front or the back still, then those of the
 * tilt, of which only the page's place is needed.
 */
#include "vision/film/recording.h"

#include "base/clock.h"
#include "base/enum.h"
#include "vision/film/readings.h"
#include "vision/film/shown.h"
#include "vision/film/watch.h"
#include "vision/look/look.h"

#include <math.h>
#include <stdlib.h>
#include <time.h>

#define SHOT_WIDE 1280
#define SLOTS 26            /* stretches of the recording */
#define SLOT_LEAST_MS 600
#define READ_BUDGET_MS 6000 /* of processor time, for reading */
#define LATE_MS 700         /* after a prompt: the hand needs it */
#define FULL_READINGS 4     /* of each side */

static const struct box nowhere;

void
shown_clear(struct shown *s)
{
	for (size_t i = 0; i < SHOTS_MAX; i++)
		raster_clear(&s->shots[i].colour);
	for (int i = 0; i < 2; i++)
		raster_clear(&s->sides[i]);
}

static int64_t
work_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

uint32_t
shown_back_from(const struct challenge *c)
{
	for (size_t i = 0; i < c->count; i++)
		if (c->prompts[i].name == PROMPT_show_back &&
		    c->prompts[i].shown_ms > 0)
			return c->prompts[i].shown_ms + LATE_MS;
	return UINT32_MAX;
}

float
shown_sharpness(const struct raster *colour)
{
	uint64_t sum = 0;
	int count = 0;
	for (int y = colour->height / 6; y < colour->height * 5 / 6; y += 2) {
		const uint8_t *row = raster_row(colour, y);
		for (int x = colour->width / 6; x < colour->width * 5 / 6;
		     x++) {
			int step = row[x * 3 + 1] - row[x * 3 + 4];
			sum += (uint64_t)(step * step);
			count++;
		}
	}
	return count ? (float)sum / (float)count : 0;
}

struct shot *
shown_place(struct shown *s, float sharp, uint32_t time_ms, uint32_t slot_ms,
    uint32_t back_ms)
{
	struct shot *last = s->count ? &s->shots[s->count - 1] : NULL;
	bool back = time_ms >= back_ms;
	bool same = last && last->time_ms / slot_ms == time_ms / slot_ms &&
	    last->back == back;
	if (same ? last->sharp >= sharp : s->count == SHOTS_MAX)
		return NULL;
	struct shot *shot = same ? last : &s->shots[s->count++];
	raster_clear(&shot->colour);
	shot->time_ms = time_ms;
	shot->sharp = sharp;
	shot->back = back;
	return shot;
}

static RESULT
watch(struct span file, const struct challenge *c, struct buf *film,
    struct shown *out)
{
	AUTO(video_free) struct video *v = NULL;
	struct video_frame f;
	uint32_t back_ms = shown_back_from(c), end = 0;
	for (size_t i = 0; i < c->count; i++)
		if (c->prompts[i].shown_ms > end)
			end = c->prompts[i].shown_ms;
	uint32_t slot_ms = (end ? end + 5000 : 20000) / SLOTS;
	if (slot_ms < SLOT_LEAST_MS)
		slot_ms = SLOT_LEAST_MS;
	TRY(video_open(file, &v));
	while (video_next(v, &f)) {
		AUTO(raster_clear) struct raster picture = {0};
		uint32_t time_ms = (uint32_t)(f.time_us / 1000);
		if (!f.picked)
			continue;
		TRY(video_picture(v, f.width >= f.height ? 640 : 480,
		    &picture));
		TRY(film_add_frame(film, &picture, time_ms));
		struct shot *shot = shown_place(out, shown_sharpness(&picture),
		    time_ms, slot_ms, back_ms);
		if (shot)
			TRY(video_picture(v, SHOT_WIDE, &shot->colour));
	}
	out->facts = video_facts(v);
	return out->facts.frames ? OK : FAIL(ERR_UNREADABLE,
	    "no frame of the recording could be read");
}

/* The frame as if it were a photograph. */
static RESULT
sight_of(const struct inspector *i, const struct shot *shot,
    struct findings *found, struct sight *out)
{
	const struct raster *c = &shot->colour;
	*out = (struct sight){.tools = i, .back = shot->back, .out = found};
	out->still = (struct still){.kind = STILL_JPEG, .width = c->width,
	    .height = c->height, .reduction = 1, .orientation = 1};
	TRY(raster_cut(c, 0, 0, c->width, c->height, &out->still.colour));
	return raster_grey(c, &out->still.grey);
}

static RESULT
read_shot(const struct inspector *i, struct shot *shot, bool whole,
    struct findings *found)
{
	AUTO(sight_clear) struct sight s = {0};
	found->count = 0;
	TRY(sight_of(i, shot, found, &s));
	TRY(look_zone(&s));
	TRY(look_page(&s));
	if (whole) {
		TRY(look_gate(&s));
		TRY(look_print(&s));
		TRY(look_view(&s));
	}
	shot->has_page = s.has_page;
	shot->upright = s.has_page && s.page.upright;
	shot->page = s.page;
	return OK;
}

/* Those shown while the document was to be held still, the sharpest first. */
static int
wanted_first(const void *a, const void *b)
{
	const struct shot *x = *(struct shot *const *)a;
	const struct shot *y = *(struct shot *const *)b;
	return (x->sharp < y->sharp) - (x->sharp > y->sharp);
}

static RESULT
rectify(const struct shot *shot, struct shown *s)
{
	float most = SHOT_WIDE / shot->page.width;
	struct raster *side = &s->sides[shot->back];
	raster_clear(side);
	s->side_ms[shot->back] = shot->time_ms;
	return page_cut(&shot->colour, &shot->page,
	    most < CARD_PER_MM ? most : CARD_PER_MM, side);
}

static RESULT
read_all(const struct inspector *i, struct shown *s, struct findings *out)
{
	AUTO(free) struct findings *found = calloc(1, sizeof(*found));
	struct shot *order[SHOTS_MAX];
	int done[2] = {0}, best[2] = {-1, -1};
	int64_t end = work_ms() + READ_BUDGET_MS;
	if (!found)
		return FAIL(ERR_TOO_LARGE, "no memory");
	for (size_t k = 0; k < s->count; k++)
		order[k] = &s->shots[k];
	qsort(order, s->count, sizeof(*order), wanted_first);
	for (size_t k = 0; k < s->count && work_ms() < end; k++) {
		struct shot *shot = order[k];
		bool whole = done[shot->back] < FULL_READINGS;
		if (read_shot(i, shot, whole, found) != OK) {
			err_clear();
			continue;
		}
		int score = readings_score(found);
		if (whole && (score > 0 || shot->has_page))
			done[shot->back]++;
		TRY(readings_take_zone(found, out));
		TRY(readings_merge(found, out));
		if (!shot->upright || score <= best[shot->back])
			continue;
		best[shot->back] = score;
		TRY(rectify(shot, s));
	}
	return OK;
}

static RESULT
add_sides(const struct shown *s, struct buf *film)
{
	for (int side = 0; side < 2; side++) {
		AUTO(buf_clear) struct buf jpeg;
		if (!s->sides[side].data)
			continue;
		buf_init(&jpeg, STILL_CLEAN_MAX);
		TRY(still_encode(&s->sides[side], &jpeg));
		struct film_picture p = {.mark = side ? FILM_BACK : FILM_FRONT,
		    .time_ms = s->side_ms[side],
		    .width = (uint32_t)s->sides[side].width,
		    .height = (uint32_t)s->sides[side].height,
		    .jpeg = span_of_buf(&jpeg)};
		TRY(film_add(film, &p));
	}
	return OK;
}

static RESULT
report_tilt(const struct shown *s, struct findings *out)
{
	struct tilt t;
	if (tilt_measure(s, &t) != OK) {
		err_clear();
		return OK;
	}
	TRY(findings_add_number(out, FINDING_tilt_pictures,
	    (double)t.pictures, nowhere));
	TRY(findings_add_number(out, FINDING_tilt_turned, t.turned,
	    nowhere));
	return findings_add_number(out, FINDING_tilt_change, t.change,
	    t.cell);
}

RESULT
inspect_document_shown(const struct inspector *i, struct span file,
    const struct challenge *c, struct findings *out, struct buf *film)
{
	AUTO(shown_clear) struct shown s = {0};
	size_t pages = 0;
	out->count = 0;
	TRY(film_begin(film));
	TRY(watch(file, c, film, &s));
	TRY(recording_report(&s.facts, out));
	TRY(read_all(i, &s, out));
	for (size_t k = 0; k < s.count; k++)
		pages += s.shots[k].upright;
	TRY(findings_add_number(out, FINDING_shown_pages, (double)pages,
	    nowhere));
	TRY(findings_add_number(out, FINDING_shown_front,
	    s.sides[0].data != NULL, nowhere));
	TRY(findings_add_number(out, FINDING_shown_back,
	    s.sides[1].data != NULL, nowhere));
	TRY(report_tilt(&s, out));
	return add_sides(&s, film);
}
