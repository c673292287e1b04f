/*
 * Fixed specimens, a simulated display and a swapped portrait: only the
 * cascade asked again sees the portrait's face, or the ghost's.
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
face_of(const struct cascades *by)
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
	assert_true(face_of(&(struct cascades){
	    .quick = tools.cascades.quick}) == 0);
	assert_true(face_of(&tools.cascades) > 0.7);
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

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_one_cascade_does_not_see_the_other_may),
	    cmocka_unit_test(a_ghost_is_a_face_where_either_sees_one),
	    cmocka_unit_test(without_cascades_nothing_is_known),
	};
	return cmocka_run_group_tests(tests, load, unload);
}
