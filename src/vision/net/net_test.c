#include "vision/film/graph.h"
#include "vision/net/net.h"

#include <limits.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <cmocka.h>

#define FILE_MAX ((size_t)4 * 1024 * 1024)

/* A convolution to be written down as ONNX and to be done by hand. */
struct sample {
	int in, out, kernel[2], step[2], before[2], after[2];
	bool rectified;
	struct net_shape shape;
};

static float
number(unsigned i)
{
	return (float)(i * 2654435761u >> 16 & 255) / 128 - 1;
}

static void
put_number(struct buf *b, unsigned field, unsigned value)
{
	assert_int_equal(buf_add_byte(b, (uint8_t)(field << 3)), OK);
	for (; value > 127; value >>= 7)
		assert_int_equal(buf_add_byte(b, (uint8_t)(value | 128)), OK);
	assert_int_equal(buf_add_byte(b, (uint8_t)value), OK);
}

static void
put_span(struct buf *b, unsigned field, struct span bytes)
{
	size_t size = bytes.size;
	assert_int_equal(buf_add_byte(b, (uint8_t)(field << 3 | 2)), OK);
	for (; size > 127; size >>= 7)
		assert_int_equal(buf_add_byte(b, (uint8_t)(size | 128)), OK);
	assert_int_equal(buf_add_byte(b, (uint8_t)size), OK);
	assert_int_equal(buf_add_span(b, bytes), OK);
}

static void
put_text(struct buf *b, unsigned field, const char *text)
{
	put_span(b, field, span_of_text(text));
}

static void
put_tensor(struct buf *graph, const char *name, const int sides[], int count)
{
	AUTO(buf_clear) struct buf t, raw;
	unsigned total = 1;
	buf_init(&t, FILE_MAX);
	buf_init(&raw, FILE_MAX);
	for (int i = 0; i < count; i++) {
		put_number(&t, 1, (unsigned)sides[i]);
		total *= (unsigned)sides[i];
	}
	for (unsigned i = 0; i < total; i++) {
		float value = number(i + (count == 1 ? 7 : 0));
		assert_int_equal(buf_add(&raw, &value, sizeof(value)), OK);
	}
	put_number(&t, 2, 1);
	put_text(&t, 8, name);
	put_span(&t, 9, span_of_buf(&raw));
	put_span(graph, 5, span_of_buf(&t));
}

static void
put_numbers(struct buf *node, const char *name, const int values[], int count)
{
	AUTO(buf_clear) struct buf a;
	buf_init(&a, FILE_MAX);
	put_text(&a, 1, name);
	for (int i = 0; i < count; i++)
		put_number(&a, 8, (unsigned)values[i]);
	put_span(node, 5, span_of_buf(&a));
}

static void
put_node(struct buf *graph, const char *operation, const char *from,
    const char *to, const struct sample *s)
{
	AUTO(buf_clear) struct buf n;
	buf_init(&n, FILE_MAX);
	put_text(&n, 1, from);
	if (s) {
		const int around[] = {s->before[0], s->before[1],
		    s->after[0], s->after[1]};
		put_text(&n, 1, "weights");
		put_text(&n, 1, "bias");
		put_numbers(&n, "kernel_shape", s->kernel, 2);
		put_numbers(&n, "strides", s->step, 2);
		put_numbers(&n, "pads", around, 4);
	}
	put_text(&n, 2, to);
	put_text(&n, 4, operation);
	put_span(graph, 1, span_of_buf(&n));
}

static void
write_down(const struct sample *s, const char *after, struct buf *out)
{
	AUTO(buf_clear) struct buf graph;
	const int sides[] = {s->out, s->in, s->kernel[0], s->kernel[1]};
	buf_init(&graph, FILE_MAX);
	buf_init(out, FILE_MAX);
	put_node(&graph, "Conv", "in", "a", s);
	if (after)
		put_node(&graph, after, "a", "b", NULL);
	put_tensor(&graph, "weights", sides, 4);
	put_tensor(&graph, "bias", &s->out, 1);
	put_span(out, 7, span_of_buf(&graph));
}

/* One number of the answer, as the definition has it. */
static double
by_hand(const struct sample *s, const float *in, int o, int y, int x)
{
	double sum = (double)number((unsigned)o + 7);
	unsigned weight = (unsigned)(o * s->in * s->kernel[0] * s->kernel[1]);
	for (int c = 0; c < s->in; c++)
		for (int v = 0; v < s->kernel[0]; v++)
			for (int u = 0; u < s->kernel[1]; u++) {
				int row = y * s->step[0] + v - s->before[0];
				int column = x * s->step[1] + u - s->before[1];
				float w = number(weight++);
				if (row < 0 || row >= s->shape.height ||
				    column < 0 || column >= s->shape.width)
					continue;
				sum += (double)(w * in[(c * s->shape.height +
				    row) * s->shape.width + column]);
			}
	return s->rectified && sum < 0 ? 0 : sum;
}

static void
compare(const struct sample *s)
{
	AUTO(buf_clear) struct buf file;
	AUTO(net_free) struct net *n = NULL;
	AUTO(free) float *out = NULL;
	static float in[2 * 40000];
	struct net_shape said;
	size_t one = (size_t)(s->in * s->shape.height * s->shape.width);
	for (size_t i = 0; i < one * 2; i++)
		in[i] = number((unsigned)i + 99);
	write_down(s, s->rectified ? "Relu" : NULL, &file);
	assert_int_equal(net_load(span_of_buf(&file), &n), OK);
	assert_int_equal(net_run(n, in, s->shape, &out, &said), OK);
	assert_int_equal(said.batch, s->shape.batch);
	assert_int_equal(said.channels, s->out);
	for (int b = 0, i = 0; b < said.batch; b++)
		for (int o = 0; o < said.channels; o++)
			for (int y = 0; y < said.height; y++)
				for (int x = 0; x < said.width; x++, i++)
					assert_true(fabs(by_hand(s, in + (size_t)
					    b * one, o, y, x) - (double)out[i])
					    < 1e-3);
}

static void
a_convolution_is_what_its_definition_says(void **state)
{
	static const struct sample samples[] = {
	    {1, 1, {1, 1}, {1, 1}, {0}, {0}, false, {1, 1, 1, 1}},
	    {3, 16, {3, 3}, {2, 2}, {1, 1}, {1, 1}, true, {2, 3, 31, 33}},
	    {5, 7, {3, 3}, {1, 1}, {1, 1}, {1, 1}, false, {1, 5, 6, 6}},
	    {4, 11, {2, 3}, {1, 1}, {0, 1}, {0, 1}, true, {1, 4, 2, 50}},
	    {6, 24, {1, 5}, {1, 1}, {0, 2}, {0, 2}, true, {1, 6, 1, 97}},
	    {2, 8, {5, 5}, {3, 3}, {2, 1}, {0, 3}, false, {1, 2, 20, 23}},
	    {1, 10, {3, 2}, {2, 1}, {0, 3}, {1, 0}, false, {1, 1, 9, 8}},
	    {2, 4, {7, 4}, {1, 2}, {0, 0}, {0, 0}, true, {1, 2, 7, 4}},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(samples) / sizeof(samples[0]); i++)
		compare(&samples[i]);
}

static const struct sample plain = {3, 5, {3, 3}, {1, 1}, {1, 1}, {1, 1},
    false, {1, 3, 8, 8}};

static void
what_it_does_not_know_it_does_not_load(void **state)
{
	static const char *const others[] = {"Sigmoid", "Add", "MaxPool",
	    "AveragePool", "Pad", "Constant", ""};

	(void)state;
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		AUTO(buf_clear) struct buf file;
		struct net *n = NULL;
		write_down(&plain, others[i], &file);
		assert_int_equal(net_load(span_of_buf(&file), &n),
		    ERR_UNREADABLE);
		assert_null(n);
	}
}

static void
a_file_cut_off_anywhere_is_no_network(void **state)
{
	AUTO(buf_clear) struct buf file;

	(void)state;
	write_down(&plain, "Relu", &file);
	for (size_t size = 0; size < file.size; size++) {
		struct net *n = NULL;
		AUTO(free) uint8_t *part = malloc(size ? size : 1);
		memcpy(part, file.data, size);
		assert_int_equal(net_load(SPAN(part, size), &n),
		    ERR_UNREADABLE);
	}
}

static void
a_block_of_another_kind_is_refused(void **state)
{
	static const float in[4 * 64];
	AUTO(buf_clear) struct buf file;
	AUTO(net_free) struct net *n = NULL;
	struct net_shape said;
	float *out = NULL;

	(void)state;
	write_down(&plain, NULL, &file);
	assert_int_equal(net_load(span_of_buf(&file), &n), OK);
	assert_int_equal(net_run(n, in, (struct net_shape){1, 4, 8, 8}, &out,
	    &said), ERR_INTERNAL);
	buf_clear(&file);
	write_down(&(struct sample){1, 1, {3, 3}, {1, 1}, {0}, {0}, false,
	    {0}}, NULL, &file);
	net_free(STEAL(n));
	assert_int_equal(net_load(span_of_buf(&file), &n), OK);
	assert_int_equal(net_run(n, in, (struct net_shape){1, 1, 2, 8}, &out,
	    &said), ERR_INTERNAL);
	assert_null(out);
}

/* Writes the plain sample down with bytes of it replaced. */
static enum err
load_with(struct span from, struct span to, struct net **out)
{
	AUTO(buf_clear) struct buf file;
	write_down(&plain, "Relu", &file);
	uint8_t *at = memmem(file.data, file.size, from.data, from.size);
	assert_non_null(at);
	memcpy(at, to.data, to.size);
	return net_load(span_of_buf(&file), out);
}

static void
weights_are_numbers(void **state)
{
	static const float none[] = {NAN, INFINITY, -INFINITY};
	/* The first weight and the first addend. */
	const float first[] = {number(0), number(7)};

	(void)state;
	for (size_t i = 0; i < sizeof(first) / sizeof(first[0]); i++)
		for (size_t k = 0; k < sizeof(none) / sizeof(none[0]); k++) {
			AUTO(net_free) struct net *n = NULL;
			assert_int_equal(load_with(SPAN(&first[i], 4),
			    SPAN(&first[i], 4), &n), OK);
			net_free(STEAL(n));
			assert_int_equal(load_with(SPAN(&first[i], 4),
			    SPAN(&none[k], 4), &n), ERR_UNREADABLE);
		}
}

static void
an_answer_that_overflows_is_none(void **state)
{
	static const float huge = 3e38f, in[3 * 64] = {9, 9, 9, 9, 9, 9, 9, 9};
	const float first = number(0);
	AUTO(net_free) struct net *n = NULL;
	struct net_shape said;
	float *out = NULL;

	(void)state;
	assert_int_equal(load_with(SPAN(&first, 4), SPAN(&huge, 4), &n), OK);
	assert_int_equal(net_run(n, in, (struct net_shape){1, 3, 8, 8}, &out,
	    &said), ERR_INTERNAL);
	assert_null(out);
}

static void
what_an_attribute_asks_for_is_done_or_refused(void **state)
{
	static const char *const asked[][2] = {
	    {"kernel_shape", "kernel_shapf"}, {"strides", "stridet"},
	    {"pads", "pard"}};

	(void)state;
	for (size_t i = 0; i < sizeof(asked) / sizeof(asked[0]); i++) {
		struct net *n = NULL;
		assert_int_equal(load_with(span_of_text(asked[i][0]),
		    span_of_text(asked[i][1]), &n), ERR_UNREADABLE);
		assert_null(n);
	}
}

/* A number below zero is one of ten bytes; five values, of which the last
 * four alone would do. */
static void
padding_below_zero_is_refused(void **state)
{
	AUTO(buf_clear) struct buf a, node, graph, file;
	const int sides[] = {1, 1, 1, 1}, one[] = {1, 1}, zeros[] = {0, 0, 0,
	    0};
	struct net *n = NULL;

	(void)state;
	for (int below = 0; below < 2; below++) {
		struct buf *all[] = {&a, &node, &graph, &file};
		for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
			buf_init(all[i], FILE_MAX);
		put_text(&node, 1, "in");
		put_text(&node, 1, "weights");
		put_numbers(&node, "kernel_shape", one, 2);
		put_text(&a, 1, "pads");
		if (below)
			assert_int_equal(buf_add(&a, "\x40\xff\xff\xff\xff"
			    "\xff\xff\xff\xff\xff\x01", 11), OK);
		for (int i = 0; i < 4; i++)
			put_number(&a, 8, (unsigned)zeros[i]);
		put_span(&node, 5, span_of_buf(&a));
		put_text(&node, 2, "a");
		put_text(&node, 4, "Conv");
		put_span(&graph, 1, span_of_buf(&node));
		put_tensor(&graph, "weights", sides, 4);
		put_span(&file, 7, span_of_buf(&graph));
		assert_int_equal(net_load(span_of_buf(&file), &n), below ?
		    ERR_UNREADABLE : OK);
		if (!below)
			net_free(STEAL(n));
		for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
			buf_clear(all[i]);
	}
}

/* A tensor of a mebibyte and a half, named by so many layers. */
static enum err
load_layers(int count)
{
	static const int side = 600;
	const int sides[] = {side, side, 1, 1};
	struct sample s = {side, side, {1, 1}, {1, 1}, {0}, {0}, false, {0}};
	AUTO(buf_clear) struct buf graph, file;
	AUTO(net_free) struct net *n = NULL;
	char from[8] = "in", to[8];
	buf_init(&graph, FILE_MAX);
	buf_init(&file, FILE_MAX);
	for (int i = 0; i < count; i++) {
		snprintf(to, sizeof(to), "a%d", i);
		put_node(&graph, "Conv", from, to, &s);
		memcpy(from, to, sizeof(from));
	}
	put_tensor(&graph, "weights", sides, 4);
	put_tensor(&graph, "bias", &side, 1);
	put_span(&file, 7, span_of_buf(&graph));
	return net_load(span_of_buf(&file), &n);
}

static void
weights_named_again_and_again_count_each_time(void **state)
{
	(void)state;
	assert_int_equal(load_layers(11), OK);
	assert_int_equal(load_layers(12), ERR_TOO_LARGE);
	assert_int_equal(load_layers(32), ERR_TOO_LARGE);
}

static void
load(const char *name, struct buf *out)
{
	char path[PATH_MAX];
	buf_init(out, FILE_MAX);
	snprintf(path, sizeof(path), "%s/%s.onnx", getenv("MODELS"), name);
	assert_int_equal(buf_add_file(out, path), OK);
}

/* Both say the same of every network that is shipped. */
static void
answers_as_opencv_does(void **state)
{
	static const struct {
		const char *name;
		struct net_shape shape;
	} shipped[] = {{"heads", {1, 1, 159, 252}}, {"kind", {1, 3, 96, 96}},
	    {"mrz", {1, 1, 32, 544}},
	    {"print", {1, 1, 32, 896}}, {"retyped", {3, 6, 24, 64}},
	    {"screen", {2, 6, 48, 48}}};

	(void)state;
	for (size_t i = 0; i < sizeof(shipped) / sizeof(shipped[0]); i++) {
		struct net_shape s = shipped[i].shape, a, b;
		size_t count = (size_t)(s.batch * s.channels * s.height *
		    s.width);
		AUTO(buf_clear) struct buf file;
		AUTO(net_free) struct net *n = NULL;
		AUTO(graph_free) struct graph *g = NULL;
		AUTO(free) float *in = calloc(count, sizeof(*in));
		AUTO(free) float *ours = NULL, *theirs = NULL;
		for (size_t k = 0; k < count; k++)
			in[k] = number((unsigned)k);
		load(shipped[i].name, &file);
		assert_int_equal(net_load(span_of_buf(&file), &n), OK);
		assert_int_equal(graph_load(span_of_buf(&file), &g), OK);
		assert_int_equal(net_run(n, in, s, &ours, &a), OK);
		assert_int_equal(graph_run(g, in, s, &theirs, &b), OK);
		assert_memory_equal(&a, &b, sizeof(a));
		count = (size_t)(a.batch * a.channels * a.height * a.width);
		for (size_t k = 0; k < count; k++)
			assert_true(fabsf(ours[k] - theirs[k]) < 0.001f *
			    (1 + fabsf(theirs[k])));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_convolution_is_what_its_definition_says),
	    cmocka_unit_test(what_it_does_not_know_it_does_not_load),
	    cmocka_unit_test(a_file_cut_off_anywhere_is_no_network),
	    cmocka_unit_test(a_block_of_another_kind_is_refused),
	    cmocka_unit_test(weights_are_numbers),
	    cmocka_unit_test(an_answer_that_overflows_is_none),
	    cmocka_unit_test(what_an_attribute_asks_for_is_done_or_refused),
	    cmocka_unit_test(padding_below_zero_is_refused),
	    cmocka_unit_test(weights_named_again_and_again_count_each_time),
	    cmocka_unit_test(answers_as_opencv_does),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
