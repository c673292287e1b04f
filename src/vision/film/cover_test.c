#include "vision/film/cover.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define WIDE 320
#define TALL 320

struct paint {
	int r, g, b;
};

static const struct paint skin = {205, 160, 135}, lips = {180, 100, 100};
static const struct paint white = {235, 235, 235}, dark = {30, 30, 34};
static const struct paint inside = {40, 15, 15}, blue = {120, 160, 190};

static struct raster picture;
static struct face face;

static void
fill(int x, int y, int right, int bottom, struct paint p)
{
	for (int row = y; row < bottom; row++)
		for (int i = x; i < right; i++) {
			uint8_t *at = raster_row(&picture, row) + 3 * i;
			at[0] = (uint8_t)(p.r + rand() % 9 - 4);
			at[1] = (uint8_t)(p.g + rand() % 9 - 4);
			at[2] = (uint8_t)(p.b + rand() % 9 - 4);
		}
}

static void
put(int point, float x, float y)
{
	face.points[point][0] = x;
	face.points[point][1] = y;
}

/* A face 160 wide: where landmarks are, and what is there. gap: of the lips. */
static void
draw(int gap)
{
	face = (struct face){.x = 60, .y = 60, .width = 200, .height = 200,
	    .has_points = true};
	for (int i = 0; i < 17; i++)
		put(i, 160 - 80 * cosf((float)i * 3.14159f / 16),
		    120 + 130 * sinf((float)i * 3.14159f / 16));
	for (int i = 0; i < 5; i++) {
		put(17 + i, 95 + 12 * (float)i, 100);
		put(22 + i, 177 + 12 * (float)i, 100);
		put(31 + i, 148 + 6 * (float)i, 178);
	}
	for (int i = 0; i < 4; i++)
		put(27 + i, 160, 122 + 16 * (float)i);
	static const float eye[6][2] = {{-16, 0}, {-6, -6}, {6, -6}, {16, 0},
	    {6, 6}, {-6, 6}};
	for (int i = 0; i < 6; i++) {
		put(36 + i, 122 + eye[i][0], 122 + eye[i][1]);
		put(42 + i, 198 + eye[i][0], 122 + eye[i][1]);
	}
	for (int i = 0; i < 7; i++)
		put(48 + i, 130 + 10 * (float)i, i % 6 ? 196 : 204);
	for (int i = 0; i < 5; i++)
		put(55 + i, 180 - 10 * (float)i, (float)(216 + gap));
	put(60, 136, 205);
	put(64, 184, 205);
	for (int i = 0; i < 3; i++) {
		put(61 + i, 150 + 10 * (float)i, 205);
		put(65 + i, 170 - 10 * (float)i, (float)(207 + gap));
	}
	fill(0, 0, WIDE, TALL, skin);
	fill(130, 195, 191, 217 + gap, lips);
	fill(140, 205, 181, 207 + gap, inside);
	for (int i = 0; i < 2; i++) {
		fill(106 + 76 * i, 117, 139 + 76 * i, 128, white);
		fill(116 + 76 * i, 117, 128 + 76 * i, 128, dark);
	}
}

static int
begin(void **state)
{
	(void)state;
	srand(3);
	assert_int_equal(raster_make(WIDE, TALL, 3, &picture), OK);
	draw(0);
	return 0;
}

static int
end(void **state)
{
	(void)state;
	raster_clear(&picture);
	return 0;
}

static struct face_parts
measure(void)
{
	struct face_parts p;
	assert_int_equal(cover_measure(&picture, &face, &p), OK);
	return p;
}

static void
a_bare_face_has_skin_lips_and_eyes(void **state)
{
	(void)state;
	struct face_parts p = measure();
	assert_true(p.nose < 0.1f);
	assert_true(p.eyes < 0.2f);
	assert_true(p.lips > 0.2f);
	assert_true(p.sight > 0.6f);
	draw(30);
	assert_true(measure().mouth > 0.4f);
}

static void
a_mask_has_another_colour_and_no_lips(void **state)
{
	(void)state;
	draw(30);
	fill(80, 150, 240, 270, blue);
	struct face_parts p = measure();
	assert_true(p.nose > 0.5f);
	assert_true(p.lips < 0.05f);
	assert_true(p.mouth < 0.05f);
	assert_true(p.sight > 0.6f);
}

/* Below the nose, and of the skin's colour: only the mouth tells it. */
static void
a_scarf_of_the_skins_colour_has_no_mouth(void **state)
{
	(void)state;
	draw(30);
	fill(80, 184, 240, 290, skin);
	struct face_parts p = measure();
	assert_true(p.nose < 0.1f);
	assert_true(p.lips < 0.05f);
	assert_true(p.mouth < 0.05f);
}

static void
a_bar_over_the_eyes_hides_them(void **state)
{
	(void)state;
	fill(80, 95, 240, 150, dark);
	struct face_parts p = measure();
	assert_true(p.eyes > 0.7f);
	assert_true(p.sight < 0.2f);
}

static void
a_beard_is_no_mask(void **state)
{
	(void)state;
	fill(80, 182, 240, 270, (struct paint){70, 55, 45});
	fill(130, 195, 191, 217, lips);
	struct face_parts p = measure();
	assert_true(p.nose < 0.1f);
	assert_true(p.lips > 0.2f);
	assert_true(p.chin > 0.5f);
	draw(0);
	assert_true(fabsf(measure().chin) < 0.1f);
}

/* All of it by a yellow lamp, and half as bright. */
static void
light_of_another_colour_changes_nothing(void **state)
{
	struct face_parts bare, lit;

	(void)state;
	bare = measure();
	for (int i = 0; i < WIDE * TALL; i++) {
		picture.data[3 * i + 1] = (uint8_t)(
		    picture.data[3 * i + 1] * 9 / 10);
		picture.data[3 * i + 2] = picture.data[3 * i + 2] / 2;
	}
	lit = measure();
	assert_true(fabsf(bare.nose - lit.nose) < 0.06f);
	assert_true(fabsf(bare.lips - lit.lips) < 0.1f);
}

static void
nothing_is_said_of_a_face_at_the_edge_or_too_small(void **state)
{
	struct face_parts p;

	(void)state;
	for (int i = 0; i < FACE_POINTS; i++)
		face.points[i][0] += 130;
	assert_int_equal(cover_measure(&picture, &face, &p), ERR_NOT_FOUND);
	draw(0);
	for (int i = 0; i < FACE_POINTS; i++)
		for (int k = 0; k < 2; k++)
			face.points[i][k] = 100 + face.points[i][k] / 8;
	assert_int_equal(cover_measure(&picture, &face, &p), ERR_NOT_FOUND);
	memset(face.points, 0, sizeof(face.points));
	assert_int_equal(cover_measure(&picture, &face, &p), ERR_NOT_FOUND);
	face.points[16][0] = NAN;
	assert_int_equal(cover_measure(&picture, &face, &p), ERR_NOT_FOUND);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, begin, end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    CASE(a_bare_face_has_skin_lips_and_eyes),
	    CASE(a_mask_has_another_colour_and_no_lips),
	    CASE(a_scarf_of_the_skins_colour_has_no_mouth),
	    CASE(a_bar_over_the_eyes_hides_them),
	    CASE(a_beard_is_no_mask),
	    CASE(light_of_another_colour_changes_nothing),
	    CASE(nothing_is_said_of_a_face_at_the_edge_or_too_small),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
