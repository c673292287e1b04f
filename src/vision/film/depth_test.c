/*
 * A head of dots that turns, and a picture of it on a plane that does: what
 * tracks.h and depth.h measure of both.
 */
#include "vision/film/depth.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define WIDE 320
#define TALL 240
#define COUNT 24
#define DOTS 420
#define LENS 340.0 /* pixels */
#define AWAY 500.0 /* millimetres */

enum kind { HEAD, PICTURE, CARRIED };

struct dot {
	double x, y, z, light;
};

static struct dot dots[DOTS], wall[DOTS];
static struct moment moments[COUNT];
static struct watch w;

static double
any(double least, double most)
{
	return least + (most - least) * (rand() % 1000) / 1000;
}

/* How far the form of a head stands before the plane of its edge. */
static double
relief(double x, double y)
{
	double r = (x / 75) * (x / 75) + (y / 100) * (y / 100);
	double nose = 30 * exp(-(x * x + (y - 10) * (y - 10)) / 300);
	return 70 * sqrt(fmax(1 - r, 0)) + nose;
}

static void
scatter(void)
{
	for (int i = 0; i < DOTS; i++) {
		double turn = any(0, 6.28), far = sqrt(any(0, 0.9));
		double x = 75 * far * cos(turn), y = 100 * far * sin(turn);
		dots[i] = (struct dot){x, y, relief(x, y), any(40, 220)};
		wall[i] = (struct dot){any(-450, 450), any(-330, 330), -600,
		    any(60, 200)};
	}
}

/* Turned about the upright axis, and seen. */
static void
see(const struct dot *d, double yaw, bool flat, double out[2])
{
	double z = flat ? 0 : d->z;
	double x = d->x * cos(yaw) + z * sin(yaw);
	double near = z * cos(yaw) - d->x * sin(yaw);
	double scale = LENS / (AWAY - near);
	out[0] = WIDE / 2 + x * scale;
	out[1] = TALL / 2 + d->y * scale;
}

static void
blot(struct raster *grey, const double at[2], double light)
{
	for (int y = (int)at[1] - 3; y <= (int)at[1] + 3; y++)
		for (int x = (int)at[0] - 3; x <= (int)at[0] + 3; x++) {
			double r = hypot(x - at[0], y - at[1]);
			double k = exp(-r * r / 2.5);
			if (x < 0 || y < 0 || x >= WIDE || y >= TALL)
				continue;
			uint8_t *p = &raster_row(grey, y)[x];
			*p = (uint8_t)(*p + k * (light - *p));
		}
}

/* Landmarks as they would be found: on the outline, and a few inside. */
static void
mark(struct face *f, double yaw, bool flat)
{
	double at[2];
	*f = (struct face){.has_points = true, .sure = 1};
	for (int i = 0; i < FACE_POINTS; i++) {
		double turn = i < 17 ? 3.14159 * i / 16 : i * 0.7;
		double far = i < 17 ? 0.98 : i < 27 ? 0.85 : 0.4;
		struct dot d = {-75 * far * cos(turn), (i < 17 ? 100 : -70) *
		    far * sin(turn), 0, 0};
		d.z = relief(d.x, d.y);
		see(&d, yaw, flat, at);
		f->points[i][0] = (float)at[0];
		f->points[i][1] = (float)at[1];
	}
	f->x = (float)(WIDE / 2 - 55);
	f->y = (float)(TALL / 2 - 65);
	f->width = 110;
	f->height = 130;
}

/* Rests, turns by thirty degrees, and comes back. */
static double
yaw_at(int i)
{
	double share = i < 8 ? 0 : i < 16 ? (i - 8) / 8.0 : 1;
	return 0.5 * share;
}

static void
shoot(enum kind kind)
{
	for (int i = 0; i < COUNT; i++) {
		struct moment *m = &moments[i];
		double yaw = yaw_at(i), at[2];
		m->time_ms = (uint32_t)i * 100;
		m->has_face = true;
		assert_int_equal(raster_make(WIDE, TALL, 1, &m->grey), OK);
		memset(m->grey.data, 110, WIDE * TALL);
		for (int k = 0; k < DOTS; k++) {
			see(&wall[k], kind == CARRIED ? yaw : 0, kind ==
			    CARRIED, at);
			if (kind != CARRIED) { /* far behind, and still */
				at[0] = WIDE / 2 + wall[k].x * 0.35;
				at[1] = TALL / 2 + wall[k].y * 0.35;
			}
			blot(&m->grey, at, wall[k].light);
		}
		for (int k = 0; k < DOTS; k++) {
			see(&dots[k], yaw, kind != HEAD, at);
			blot(&m->grey, at, dots[k].light);
		}
		mark(&m->face, yaw, kind != HEAD);
		m->signals = (struct signals){.jaw = 100,
		    .yaw = (float)(yaw * 180 / 3.14159)};
	}
	w = (struct watch){.moments = moments, .count = COUNT, .width = WIDE,
	    .height = TALL};
}

static int
begin(void **state)
{
	(void)state;
	srand(9);
	memset(moments, 0, sizeof(moments));
	scatter();
	return 0;
}

static int
end(void **state)
{
	(void)state;
	for (int i = 0; i < COUNT; i++)
		raster_clear(&moments[i].grey);
	return 0;
}

static void
measure(struct depth *out)
{
	const struct event turn = {.name = PROMPT_turn_left, .from_ms = 1200,
	    .to_ms = 2300};
	const struct signals rest = {.jaw = 100};
	depth_measure(&w, &turn, 1, &rest, out);
}

static void
a_head_that_turns_has_depth(void **state)
{
	struct depth d;

	(void)state;
	shoot(HEAD);
	measure(&d);
	assert_int_equal(d.turns, 1);
	assert_true(d.flat > 0.02);
	assert_true(d.to_ms > d.from_ms);
	assert_true(d.follows < 0 || d.follows > 0.09);
}

static void
a_picture_that_turns_has_none(void **state)
{
	struct depth d;

	(void)state;
	shoot(PICTURE);
	measure(&d);
	assert_int_equal(d.turns, 1);
	assert_true(d.flat < 0.02);
}

static void
a_picture_carries_its_background_along(void **state)
{
	struct depth d;

	(void)state;
	shoot(CARRIED);
	measure(&d);
	assert_int_equal(d.turns, 1);
	assert_true(d.flat < 0.02);
	assert_true(d.follows >= 0 && d.follows < 0.09);
}

static void
nothing_is_said_of_what_did_not_turn(void **state)
{
	struct depth d;
	const struct signals rest = {.jaw = 100};

	(void)state;
	shoot(HEAD);
	depth_measure(&w, NULL, 0, &rest, &d);
	assert_int_equal(d.turns, 0);
	assert_true(d.flat < 0);
	w.count = 0;
	measure(&d);
	assert_int_equal(d.turns, 0);
}

static void
a_face_in_nothing_cannot_be_followed(void **state)
{
	struct tracks t;
	const struct raster *greys[2];

	(void)state;
	shoot(HEAD);
	for (int i = 0; i < 2; i++) {
		memset(moments[i].grey.data, 128, WIDE * TALL);
		greys[i] = &moments[i].grey;
	}
	assert_int_equal(tracks_follow(greys, 2, &moments[0].face, &t),
	    ERR_NOT_FOUND);
}

static void
points_that_turn_are_followed_from_end_to_end(void **state)
{
	struct tracks t;
	const struct raster *greys[9];

	(void)state;
	shoot(HEAD);
	for (int i = 0; i < 9; i++)
		greys[i] = &moments[7 + i].grey;
	assert_int_equal(tracks_follow(greys, 9, &moments[7].face, &t), OK);
	assert_true(t.face >= 20);
	assert_true(t.moved > 0.05);
	assert_true(t.flat > 0.02 && t.alike >= t.flat / 2);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, begin, end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    CASE(a_head_that_turns_has_depth),
	    CASE(a_picture_that_turns_has_none),
	    CASE(a_picture_carries_its_background_along),
	    CASE(nothing_is_said_of_what_did_not_turn),
	    CASE(a_face_in_nothing_cannot_be_followed),
	    CASE(points_that_turn_are_followed_from_end_to_end),
	};
	opencv_start();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
