/*
 * The document of a recording against its picture: specimens, laid flat by
 * the corners that their truth tells.
 */
#include "vision/film/recording.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>

#include "base/enum.h"
#include "vision/film/embedding.h"
#include "vision/still/still.h"

#define LANDMARKS "/usr/share/dlib/shape_predictor_68_face_landmarks.dat"

struct specimen {
	const char *name;
	float quad[8];
};

static const struct specimen demo = {"demo_card_front", {107.8f, 225.9f, 1531.8f, 206.3f,
    1541.8f, 1107.3f, 119.0f, 1120.8f}};
static const struct specimen other = {"td1_hun_front", {85.3f, 100.7f, 980.2f, 147.1f,
    961.4f, 711.0f, 54.0f, 671.2f}};

static struct inspector tools = {.nowhere = -1};

static void
must(enum err e)
{
	if (e != OK)
		print_message("%s\n", err_explanation());
	assert_int_equal(e, OK);
}

static void
read_specimen(const struct specimen *s, struct buf *out)
{
	char path[1000];
	uint8_t part[65536];
	size_t size;
	snprintf(path, sizeof(path), "%s/%s.jpg", getenv("SPECIMENS"),
	    s->name);
	AUTO(fclose) FILE *file = fopen(path, "rbe");
	assert_non_null(file);
	buf_init(out, STILL_FILE_MAX);
	while ((size = fread(part, 1, sizeof(part), file)) > 0)
		must(buf_add(out, part, size));
}

static void
add(struct buf *album, enum film_mark mark, const struct raster *colour)
{
	AUTO(buf_clear) struct buf jpeg;
	buf_init(&jpeg, STILL_CLEAN_MAX);
	must(still_encode(colour, &jpeg));
	must(film_add(album, &(struct film_picture){.mark = mark,
	    .width = (uint32_t)colour->width,
	    .height = (uint32_t)colour->height, .jpeg = span_of_buf(&jpeg)}));
}

/* A photograph of one, and what a recording showed of another. */
static void
make_album(const struct specimen *taken, const struct specimen *shown,
    struct buf *album)
{
	AUTO(buf_clear) struct buf one, two;
	AUTO(still_clear) struct still a = {0};
	AUTO(still_clear) struct still b = {0};
	AUTO(raster_clear) struct raster flat = {0};
	read_specimen(taken, &one);
	read_specimen(shown, &two);
	must(still_decode(span_of_buf(&one), false, &a));
	must(still_decode(span_of_buf(&two), false, &b));
	must(opencv_unwarp(&b.colour, shown->quad, 1010, 637, &flat));
	buf_init(album, FILM_MAX);
	must(film_begin(album));
	add(album, FILM_STILL_FRONT, &a.colour);
	add(album, FILM_FRONT, &flat);
}

static void
compare(const struct specimen *taken, const struct specimen *shown,
    struct findings *out)
{
	AUTO(buf_clear) struct buf album, film;
	make_album(taken, shown, &album);
	buf_init(&film, FILM_MAX);
	must(inspect_comparison(&tools, span_of_buf(&album), out, &film));
}

static void
the_same_card_is_alike_and_so_is_its_portrait(void **state)
{
	struct findings f = {0};

	(void)state;
	compare(&demo, &demo, &f);
	assert_true(findings_number(&f, FINDING_front_likeness, -2) > 0.8);
	assert_true(findings_number(&f, FINDING_portrait_likeness, -2) >
	    0.95);
}

/* The drawn faces of specimens have eyes, nose and mouth from one pattern;
 * same_print_test.c has faces that differ. */
static void
another_card_is_not(void **state)
{
	struct findings f = {0};

	(void)state;
	compare(&demo, &other, &f);
	assert_true(findings_number(&f, FINDING_front_likeness, -2) < 0.55);
	assert_true(findings_number(&f, FINDING_portrait_likeness, -2) <
	    0.9);
}

static void
nothing_is_pretended_without_a_network(void **state)
{
	struct findings f = {0};

	(void)state;
	compare(&demo, &demo, &f);
	assert_true(findings_number(&f, FINDING_faces_model, 1) == 0);
	assert_null(findings_find(&f, FINDING_faces_score));
}

/* What a recording would show of whoever is on this card. */
static void
add_portraits(const struct specimen *of, struct buf *album)
{
	AUTO(buf_clear) struct buf bytes;
	AUTO(still_clear) struct still s = {0};
	AUTO(raster_clear) struct raster flat = {0};
	AUTO(raster_clear) struct raster portrait = {0};
	AUTO(raster_clear) struct raster large = {0};
	read_specimen(of, &bytes);
	must(still_decode(span_of_buf(&bytes), false, &s));
	must(opencv_unwarp(&s.colour, of->quad, 1010, 637, &flat));
	must(raster_cut(&flat, 20, 130, 380, 420, &portrait));
	must(opencv_resize(&portrait, 760, 840, &large));
	for (int i = 0; i < 3; i++)
		add(album, FILM_PORTRAIT, &large);
}

static void
score(const struct specimen *taken, const struct specimen *seen,
    struct findings *out)
{
	AUTO(buf_clear) struct buf album, film;
	make_album(taken, taken, &album);
	add_portraits(seen, &album);
	buf_init(&film, FILM_MAX);
	must(inspect_comparison(&tools, span_of_buf(&album), out, &film));
}

/* A network that knows nothing of faces, but tells pictures apart: the whole
 * road from an album to a number, with it. */
static void
load_tiny_network(struct embedding *out)
{
	uint8_t part[4096];
	size_t size;
	AUTO(fclose) FILE *file = fopen(getenv("FACE_NET"), "rbe");
	assert_non_null(file);
	*out = (struct embedding){.input = {.width = 32, .height = 32,
	    .mean = 127.5, .scale = 1 / 127.5}, .same_from = 0.9,
	    .other_below = 0.5};
	buf_init(&out->onnx, 1 << 20);
	while ((size = fread(part, 1, sizeof(part), file)) > 0)
		must(buf_add(&out->onnx, part, size));
}

static void
the_same_face_scores_higher_than_another(void **state)
{
	static struct embedding tiny;
	struct findings same = {0}, again = {0}, differs = {0};

	(void)state;
	load_tiny_network(&tiny);
	tools.embedding = &tiny;
	must(faces_load(LANDMARKS, "", &tools.faces));
	score(&demo, &demo, &same);
	score(&demo, &demo, &again);
	score(&demo, &other, &differs);
	tools.embedding = NULL;
	faces_free(tools.faces);
	tools.faces = NULL;
	buf_clear(&tiny.onnx);
	assert_true(findings_number(&same, FINDING_faces_model, 0) > 0);
	assert_true(findings_number(&same, FINDING_faces_used, 0) > 2.5);
	double one = findings_number(&same, FINDING_faces_score, -2);
	assert_true(one > 0.9 && one <= 1.0001);
	assert_true(one - findings_number(&again, FINDING_faces_score, -2) ==
	    0);
	assert_true(findings_number(&differs, FINDING_faces_score, -2) <
	    one - 0.02);
	assert_true(findings_number(&same, FINDING_faces_same_from, 0) > 0.8);
}

/* What leaves the process is a handful of single numbers: none of a face. */
static void
no_template_leaves(void **state)
{
	static const enum finding_name few[] = {FINDING_faces_model,
	    FINDING_faces_blur, FINDING_faces_score, FINDING_faces_used,
	    FINDING_faces_same_from, FINDING_faces_other_below,
	    FINDING_front_likeness, FINDING_portrait_likeness};
	static struct embedding tiny;
	struct findings f = {0};

	(void)state;
	load_tiny_network(&tiny);
	tools.embedding = &tiny;
	must(faces_load(LANDMARKS, "", &tools.faces));
	score(&demo, &demo, &f);
	tools.embedding = NULL;
	faces_free(tools.faces);
	tools.faces = NULL;
	buf_clear(&tiny.onnx);
	assert_true(findings_number(&f, FINDING_faces_used, 0) > 2.5);
	for (size_t i = 0; i < f.count; i++) {
		size_t known = 0;

		while (known < COUNT_OF(few) && few[known] != f.items[i].name)
			known++;
		if (known == COUNT_OF(few))
			fail_msg("%s", finding_name_text(f.items[i].name));
		assert_int_not_equal(finding_type_of(f.items[i].name),
		    FINDING_TEXT);
	}
	assert_true(f.count <= COUNT_OF(few)); /* each once */
}

static void
what_is_no_album_is_refused(void **state)
{
	struct findings f = {0};
	AUTO(buf_clear) struct buf film;

	(void)state;
	buf_init(&film, FILM_MAX);
	assert_int_not_equal(inspect_comparison(&tools,
	    span_of_text("no film"), &f, &film), OK);
	err_clear();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_same_card_is_alike_and_so_is_its_portrait),
	    cmocka_unit_test(another_card_is_not),
	    cmocka_unit_test(nothing_is_pretended_without_a_network),
	    cmocka_unit_test(the_same_face_scores_higher_than_another),
	    cmocka_unit_test(no_template_leaves),
	    cmocka_unit_test(what_is_no_album_is_refused),
	};
	if (inspector_load(getenv("MODELS"), &tools) != OK)
		return 99;
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	inspector_clear(&tools);
	return failed;
}
