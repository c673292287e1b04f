/*
 * Fixed specimens, a simulated display and a swapped portrait: only the
 * cascade asked again sees the portrait's face, or the ghost's; the network
 * sees both.
 */
#include "vision/fraud/heads.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include "vision/look/look.h"

static struct inspector tools = {.nowhere = -1};
static struct findings found;

static void
slurp(const char *name, struct buf *out)
{
	char path[1000];
	snprintf(path, sizeof(path), "%s/%s", getenv("SPECIMENS"), name);
	buf_init(out, (size_t)1 << 23);
	assert_int_equal(buf_add_file(out, path), OK);
}

static int
load(void **state)
{
	(void)state;
	assert_int_equal(inspector_load(getenv("MODELS"), &tools), OK);
	assert_non_null(tools.cascades.quick);
	assert_non_null(tools.cascades.again);
	return 0;
}

static int
unload(void **state)
{
	(void)state;
	inspector_clear(&tools);
	return 0;
}

/* The document alone; file: what s reads from. */
static const struct raster *
card_of(const char *name, struct buf *file, struct sight *s)
{
	const struct raster *card;
	slurp(name, file);
	s->file = span_of_buf(file);
	found.count = 0;
	assert_int_equal(look_picture(s), OK);
	assert_int_equal(look_zone(s), OK);
	assert_int_equal(look_page(s), OK);
	assert_int_equal(sight_card(s, &card), OK);
	return card;
}

/* By these cascades; p: as it was found without. */
static void
heads_of(const struct cascades *by, struct portrait *p, struct heads *out)
{
	AUTO(sight_clear) struct sight s = {.tools = &tools, .out = &found};
	AUTO(buf_clear) struct buf file;
	struct portrait twins[PORTRAIT_TWINS];
	const struct raster *card = card_of("forged_screen.jpg", &file, &s);
	assert_int_equal(portrait_find(card, CARD_PER_MM, p, twins), OK);
	assert_int_equal(heads_portrait(by, card, CARD_PER_MM, p, out), OK);
}

/* The likeness of what is known to be a ghost's face. */
static double
face_of(const struct finders *by)
{
	AUTO(sight_clear) struct sight s = {.tools = &tools, .out = &found};
	AUTO(buf_clear) struct buf file;
	struct portrait p, twins[PORTRAIT_TWINS];
	struct ghost ghost;
	const struct raster *card = card_of("forged_swapped.jpg", &file, &s);
	assert_int_equal(portrait_find(card, CARD_PER_MM, &p, twins), OK);
	assert_int_equal(portrait_ghost(card, CARD_PER_MM, &p, twins, by,
	    &ghost), OK);
	return ghost.face;
}

static void
what_one_cascade_does_not_see_the_other_may(void **state)
{
	struct portrait p;
	struct heads quick, both;
	(void)state;
	heads_of(&(struct cascades){.quick = tools.cascades.quick}, &p,
	    &quick);
	heads_of(&tools.cascades, &p, &both);
	assert_false(quick.known);
	assert_true(both.known);
	assert_true(both.portrait.x + both.portrait.width / 2 > p.x);
	assert_true(both.portrait.x + both.portrait.width / 2 <
	    p.x + p.width);
}

static void
a_ghost_is_a_face_where_either_sees_one(void **state)
{
	(void)state;
	const struct cascades quick = {.quick = tools.cascades.quick};
	assert_true(face_of(&(struct finders){quick, NULL}) == 0);
	assert_true(face_of(&(struct finders){tools.cascades, NULL}) > 0.7);
	assert_true(face_of(&(struct finders){quick,
	    tools.nets[MODEL_heads]}) > 0.7);
}

static void
without_cascades_nothing_is_known(void **state)
{
	struct portrait p;
	struct heads none;
	(void)state;
	heads_of(&(struct cascades){0}, &p, &none);
	assert_false(none.known);
	assert_true(none.portrait.x == p.x && none.portrait.y == p.y);
}

/* As the network wants it. */
static void
page_of(const struct raster *card, struct raster *out)
{
	AUTO(raster_clear) struct raster small = {0};
	assert_int_equal(raster_shrink(card, PORTRAIT_SHRINK, &small), OK);
	assert_int_equal(raster_grey(&small, out), OK);
}

/* The portrait of the swapped one, by the network after these cascades looked
 * near a place. */
static void
spotted_of(const struct cascades *by, const struct portrait *near,
    struct heads *out)
{
	AUTO(sight_clear) struct sight s = {.tools = &tools, .out = &found};
	AUTO(buf_clear) struct buf file;
	AUTO(raster_clear) struct raster grey = {0};
	const struct raster *card = card_of("forged_swapped.jpg", &file, &s);
	page_of(card, &grey);
	assert_int_equal(heads_portrait(by, card, CARD_PER_MM, near, out),
	    OK);
	assert_int_equal(heads_spot_portrait(tools.nets[MODEL_heads], &grey,
	    CARD_PER_MM / PORTRAIT_SHRINK, out), OK);
}

/* Where they are printed, millimetres. */
static const struct portrait portrait = {4.9f, 14.5f, 33, 42.5f, 0};
static const struct portrait ghost = {100, 33, 20, 25.7f, 0};

static bool
holds(const struct portrait *place, const struct portrait *head)
{
	return head->x > place->x && head->y > place->y &&
	    head->x + head->width < place->x + place->width &&
	    head->y + head->height < place->y + place->height;
}

static void
the_network_sees_a_portrait_without_cascades(void **state)
{
	const struct portrait nowhere = {60, 10, 20, 20, 0};
	struct heads heads;
	(void)state;
	spotted_of(&(struct cascades){0}, &nowhere, &heads);
	assert_true(heads.known && heads.elsewhere && !heads.seen);
	assert_true(holds(&portrait, &heads.portrait));
}

/* A ghost alone was found, and a cascade saw its face. */
static void
a_wider_face_elsewhere_is_the_portrait(void **state)
{
	struct heads heads;
	(void)state;
	spotted_of(&tools.cascades, &ghost, &heads);
	assert_true(heads.known && heads.elsewhere);
	assert_true(holds(&portrait, &heads.portrait));
	spotted_of(&tools.cascades, &portrait, &heads);
	assert_true(heads.known && heads.seen && !heads.elsewhere);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_one_cascade_does_not_see_the_other_may),
	    cmocka_unit_test(a_ghost_is_a_face_where_either_sees_one),
	    cmocka_unit_test(without_cascades_nothing_is_known),
	    cmocka_unit_test(the_network_sees_a_portrait_without_cascades),
	    cmocka_unit_test(a_wider_face_elsewhere_is_the_portrait),
	};
	return cmocka_run_group_tests(tests, load, unload);
}
