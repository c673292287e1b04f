/*
 * A chain of layers out of an ONNX file.
 *
 * ONNX is protobuf: fields with numbers, in any order. Numbers and meanings
 * are those of onnx.proto (IR version 3 and later); those that do not matter
 * here are passed over.
 */
#include "vision/net/onnx.h"

#include "base/enum.h"

#include <string.h>

enum number {
	MODEL_GRAPH = 7,
	GRAPH_NODE = 1,
	GRAPH_WEIGHTS = 5,
	NODE_INPUT = 1,
	NODE_OUTPUT = 2,
	NODE_OPERATION = 4,
	NODE_ATTRIBUTE = 5,
	ATTRIBUTE_NAME = 1,
	ATTRIBUTE_NUMBER = 3,
	ATTRIBUTE_TENSOR = 5,
	ATTRIBUTE_NUMBERS = 8,
	TENSOR_SIDE = 1,
	TENSOR_KIND = 2,
	TENSOR_NAME = 8,
	TENSOR_BYTES = 9
};

#define KIND_FLOAT 1
#define INPUTS_MAX 3
#define SIDES_MAX 4
#define WEIGHTS_MAX (ONNX_LAYERS_MAX * 2)

struct field {
	uint64_t number, value;
	struct span bytes; /* of what has a length */
};

struct tensor {
	struct span name, bytes;
	int sides[SIDES_MAX];
	size_t side_count;
	bool floats;
};

struct node {
	struct span inputs[INPUTS_MAX], output, operation;
	size_t input_count;
	struct span attributes[16];
	size_t attribute_count;
};

struct graph {
	struct tensor weights[WEIGHTS_MAX];
	size_t weight_count;
	struct span before;  /* what the last layer gives is called */
	struct span nothing; /* and a constant of zeros */
	struct onnx_layer *layers;
	size_t count;
	size_t taken; /* bytes of weights, however often they are named */
};

static bool
is(struct span name, const char *text)
{
	return name.size == strlen(text) &&
	    memcmp(name.data, text, name.size) == 0;
}

static bool
same(struct span a, struct span b)
{
	return a.size == b.size &&
	    (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

static bool
take_number(struct span *from, uint64_t *out)
{
	*out = 0;
	for (unsigned shift = 0; shift < 64 && from->size > 0; shift += 7) {
		uint8_t byte = *from->data++;
		from->size--;
		*out |= (uint64_t)(byte & 127) << shift;
		if (byte < 128)
			return true;
	}
	return false;
}

static bool
take_bytes(struct span *from, uint64_t size, struct span *out)
{
	if (size > from->size)
		return false;
	*out = SPAN(from->data, (size_t)size);
	from->data += size;
	from->size -= (size_t)size;
	return true;
}

/* The next field; ERR_NOT_FOUND at the end. */
static RESULT
take_field(struct span *from, struct field *out)
{
	uint64_t tag, size = 0;
	struct span rest;
	*out = (struct field){0};
	if (from->size == 0)
		return ERR_NOT_FOUND;
	if (!take_number(from, &tag))
		return FAIL(ERR_UNREADABLE, "a field without number");
	out->number = tag >> 3;
	bool taken = false;
	switch (tag & 7) {
	case 0:
		taken = take_number(from, &out->value);
		break;
	case 1:
		taken = take_bytes(from, 8, &rest);
		break;
	case 2:
		taken = take_number(from, &size) &&
		    take_bytes(from, size, &out->bytes);
		break;
	case 5:
		taken = take_bytes(from, 4, &rest);
		break;
	}
	return taken ? OK : FAIL(ERR_UNREADABLE, "a field is cut short");
}

/* Numbers come one by one or many in one field. */
static RESULT
add_numbers(const struct field *f, int out[], size_t most, size_t *count)
{
	struct span rest = f->bytes;
	uint64_t value = f->value;
	do {
		if (rest.size > 0 && !take_number(&rest, &value))
			return FAIL(ERR_UNREADABLE, "numbers are cut short");
		if (*count == most || value > INT32_MAX)
			return FAIL(ERR_UNREADABLE, "numbers beyond all use");
		out[(*count)++] = (int)value;
	} while (rest.size > 0);
	return OK;
}

static RESULT
read_tensor(struct span from, struct tensor *out)
{
	struct field f;
	enum err code;
	*out = (struct tensor){0};
	while ((code = take_field(&from, &f)) == OK) {
		if (f.number == TENSOR_SIDE)
			TRY(add_numbers(&f, out->sides, SIDES_MAX,
			    &out->side_count));
		else if (f.number == TENSOR_KIND)
			out->floats = f.value == KIND_FLOAT;
		else if (f.number == TENSOR_NAME)
			out->name = f.bytes;
		else if (f.number == TENSOR_BYTES)
			out->bytes = f.bytes;
	}
	return code == ERR_NOT_FOUND ? OK : code;
}

static RESULT
read_node(struct span from, struct node *out)
{
	struct field f;
	enum err code;
	*out = (struct node){0};
	while ((code = take_field(&from, &f)) == OK) {
		if (f.number == NODE_INPUT) {
			if (out->input_count == INPUTS_MAX)
				return FAIL(ERR_UNREADABLE, "many inputs");
			out->inputs[out->input_count++] = f.bytes;
		} else if (f.number == NODE_OUTPUT) {
			out->output = f.bytes;
		} else if (f.number == NODE_OPERATION) {
			out->operation = f.bytes;
		} else if (f.number == NODE_ATTRIBUTE) {
			if (out->attribute_count == 16)
				return FAIL(ERR_UNREADABLE, "many attributes");
			out->attributes[out->attribute_count++] = f.bytes;
		}
	}
	return code == ERR_NOT_FOUND ? OK : code;
}

/* One that is not known might ask for something else: refused. */
static RESULT
check_attributes(const struct node *n)
{
	static const char *const known[] = {"kernel_shape", "strides",
	    "pads", "dilations", "group", "ceil_mode", "count_include_pad"};
	for (size_t i = 0; i < n->attribute_count; i++) {
		struct span from = n->attributes[i], called = {0};
		struct field f;
		size_t k = 0;
		while (take_field(&from, &f) == OK)
			if (f.number == ATTRIBUTE_NAME)
				called = f.bytes;
		while (k < COUNT_OF(known) && !is(called, known[k]))
			k++;
		if (k == COUNT_OF(known))
			return FAIL(ERR_UNREADABLE, "an unknown attribute");
	}
	return OK;
}

/* Numbers of an attribute; without it out stays as it is. */
static RESULT
numbers_of(const struct node *n, const char *name, int out[], size_t count)
{
	for (size_t i = 0; i < n->attribute_count; i++) {
		struct span from = n->attributes[i], called = {0};
		struct field f;
		int found[SIDES_MAX] = {0};
		size_t had = 0;
		bool beyond = false; /* as numbers of others may be */
		enum err code;
		while ((code = take_field(&from, &f)) == OK) {
			if (f.number == ATTRIBUTE_NAME)
				called = f.bytes;
			else if (f.number == ATTRIBUTE_NUMBER ||
			    f.number == ATTRIBUTE_NUMBERS)
				beyond |= add_numbers(&f, found, SIDES_MAX,
				    &had) != OK;
		}
		if (code != ERR_NOT_FOUND)
			return code;
		if (!is(called, name))
			continue;
		if (beyond || had != count)
			return FAIL(ERR_UNREADABLE, "another kind of %s",
			    name);
		memcpy(out, found, count * sizeof(*out));
	}
	return OK;
}

static const struct tensor *
find_weights(const struct graph *g, struct span name)
{
	for (size_t i = 0; i < g->weight_count; i++)
		if (same(g->weights[i].name, name))
			return &g->weights[i];
	return NULL;
}

static bool
within(const int values[2], int least, int most)
{
	return values[0] >= least && values[0] <= most &&
	    values[1] >= least && values[1] <= most;
}

/* Kernel, steps and zeros around. */
static RESULT
read_window(const struct node *n, struct onnx_layer *l)
{
	int around[4] = {0}, apart[2] = {1, 1}, groups[1] = {1}, up[1] = {0};
	l->step[0] = l->step[1] = 1;
	TRY(check_attributes(n));
	TRY(numbers_of(n, "kernel_shape", l->kernel, 2));
	TRY(numbers_of(n, "strides", l->step, 2));
	TRY(numbers_of(n, "pads", around, 4));
	TRY(numbers_of(n, "dilations", apart, 2));
	TRY(numbers_of(n, "group", groups, 1));
	TRY(numbers_of(n, "ceil_mode", up, 1));
	memcpy(l->before, around, sizeof(l->before));
	memcpy(l->after, around + 2, sizeof(l->after));
	if (!within(l->kernel, 1, ONNX_KERNEL_MAX) ||
	    !within(l->step, 1, ONNX_KERNEL_MAX) ||
	    !within(l->before, 0, ONNX_KERNEL_MAX) ||
	    !within(l->after, 0, ONNX_KERNEL_MAX) || !within(apart, 1, 1) ||
	    groups[0] != 1 || up[0] != 0)
		return FAIL(ERR_UNREADABLE, "another kind of window");
	return OK;
}

static RESULT
read_weights(struct graph *g, const struct node *n,
    struct onnx_layer *l)
{
	const struct tensor *w = n->input_count > 1 ?
	    find_weights(g, n->inputs[1]) : NULL;
	const struct tensor *b = n->input_count > 2 ?
	    find_weights(g, n->inputs[2]) : NULL;
	if (!w || !w->floats || w->side_count != 4 ||
	    (n->input_count > 2 && !b) || !within(w->sides, 1,
	    ONNX_CHANNELS_MAX) || w->sides[2] != l->kernel[0] ||
	    w->sides[3] != l->kernel[1])
		return FAIL(ERR_UNREADABLE, "a convolution without weights");
	l->out = w->sides[0];
	l->in = w->sides[1];
	size_t size = (size_t)l->out * (size_t)l->in * sizeof(float) *
	    (size_t)l->kernel[0] * (size_t)l->kernel[1];
	if (w->bytes.size != size || (b && (!b->floats ||
	    b->bytes.size != (size_t)l->out * sizeof(float))))
		return FAIL(ERR_UNREADABLE, "weights of another size");
	if (size > ONNX_WEIGHTS_MAX - g->taken)
		return FAIL(ERR_TOO_LARGE, "weights beyond all use");
	g->taken += size;
	l->weights = w->bytes.data;
	l->bias = b ? b->bytes.data : NULL;
	return OK;
}

/* A constant is how much a padding adds; ours add nothing, in which case all
 * its bytes are zero. */
static RESULT
read_constant(struct graph *g, const struct node *n)
{
	struct tensor t = {0};
	for (size_t i = 0; i < n->attribute_count; i++) {
		struct span from = n->attributes[i];
		struct field f;
		while (take_field(&from, &f) == OK)
			if (f.number == ATTRIBUTE_TENSOR)
				TRY(read_tensor(f.bytes, &t));
	}
	for (size_t k = 0; k < t.bytes.size; k++)
		if (t.bytes.data[k] != 0)
			return FAIL(ERR_UNREADABLE, "a constant");
	if (t.bytes.size == 0 || n->output.size == 0)
		return FAIL(ERR_UNREADABLE, "a constant of another kind");
	g->nothing = n->output;
	return OK;
}

static RESULT
add_layer(struct graph *g, const struct node *n)
{
	struct onnx_layer *l = &g->layers[g->count];
	if (is(n->operation, "Pad"))
		return n->input_count == 2 && g->nothing.data &&
		    same(n->inputs[1], g->nothing) ? OK :
		    FAIL(ERR_UNREADABLE, "zeros around a layer");
	if (is(n->operation, "Relu")) {
		if (g->count == 0 || l[-1].mean)
			return FAIL(ERR_UNREADABLE, "a floor under nothing");
		l[-1].rectified = true;
		return OK;
	}
	if (g->count == ONNX_LAYERS_MAX)
		return FAIL(ERR_UNREADABLE, "a network of many layers");
	*l = (struct onnx_layer){.mean = is(n->operation, "AveragePool")};
	if (!l->mean && !is(n->operation, "Conv"))
		return FAIL(ERR_UNREADABLE, "the operation %.*s",
		    (int)n->operation.size, (const char *)n->operation.data);
	TRY(read_window(n, l));
	if (!l->mean)
		TRY(read_weights(g, n, l));
	else if (!within(l->before, 0, 0) || !within(l->after, 0, 0))
		return FAIL(ERR_UNREADABLE, "means beyond the edge");
	g->count++;
	return OK;
}

static RESULT
add_node(struct graph *g, struct span from)
{
	struct node n;
	TRY(read_node(from, &n));
	if (is(n.operation, "Constant"))
		return read_constant(g, &n);
	if (n.input_count == 0 || n.output.size == 0 ||
	    (g->before.data && !same(n.inputs[0], g->before)))
		return FAIL(ERR_UNREADABLE, "a network that forks");
	TRY(add_layer(g, &n));
	g->before = n.output;
	return OK;
}

static RESULT
read_graph(struct span from, struct graph *g)
{
	struct span again = from;
	struct field f;
	while (take_field(&from, &f) == OK) {
		if (f.number != GRAPH_WEIGHTS)
			continue;
		if (g->weight_count == WEIGHTS_MAX)
			return FAIL(ERR_UNREADABLE, "weights beyond all use");
		TRY(read_tensor(f.bytes, &g->weights[g->weight_count++]));
	}
	while (take_field(&again, &f) == OK)
		if (f.number == GRAPH_NODE)
			TRY(add_node(g, f.bytes));
	return g->count > 0 && again.size == 0 ? OK :
	    FAIL(ERR_UNREADABLE, "no network");
}

/* Each gets as many channels as the one before gives. */
static RESULT
check_channels(const struct graph *g)
{
	int channels = 0;
	for (size_t i = 0; i < g->count; i++) {
		const struct onnx_layer *l = &g->layers[i];
		if (l->mean)
			continue;
		if (channels && l->in != channels)
			return FAIL(ERR_UNREADABLE, "layers that do not fit");
		channels = l->out;
	}
	return channels && !g->layers[0].mean ? OK :
	    FAIL(ERR_UNREADABLE, "a network without convolution first");
}

RESULT
onnx_chain(struct span file, struct onnx_layer out[ONNX_LAYERS_MAX],
    size_t *count)
{
	struct graph g = {.layers = out};
	struct field f;
	enum err code;
	while ((code = take_field(&file, &f)) == OK)
		if (f.number == MODEL_GRAPH)
			TRY(read_graph(f.bytes, &g));
	if (code != ERR_NOT_FOUND || g.count == 0)
		return FAIL(ERR_UNREADABLE, "no network");
	TRY(check_channels(&g));
	*count = g.count;
	return OK;
}
