/*
 * Convolutions as sums of shifted rows.
 *
 * A layer's input is laid out first so that every place of its kernel is one
 * distance from the output's column, for eight columns at once: rows with
 * zeros around, of a kernel that steps by two the even columns apart from the
 * odd ones. No matrix of patches is made, which is what costs OpenCV half the
 * time on strips as narrow as ours.
 */
#include "vision/net/net.h"

#include "vision/net/net_tile.h"
#include "vision/net/onnx.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#define FLOATS_MAX ((size_t)64 * 1024 * 1024)

struct layer {
	struct onnx_layer is; /* its weights and bias are taken over: */
	float *weights;       /* tile by tile, place by place, channels */
	float *bias;          /* of whole tiles */
	size_t places;        /* of the kernel, in all channels */
	int rooms;            /* channels of its tiles together */
};

struct net {
	struct layer layers[ONNX_LAYERS_MAX];
	size_t count;
};

/* Numbers by channel, row and column; pitch: from one row to the next. */
struct block {
	float *at;
	int channels, height, width, pitch;
};

static float
number_at(const uint8_t *from, size_t index)
{
	float out;
	memcpy(&out, from + index * sizeof(out), sizeof(out));
	return out;
}

static RESULT
room_for(size_t count, float **out)
{
	if (count > FLOATS_MAX)
		return FAIL(ERR_TOO_LARGE, "too much for a network");
	*out = malloc(count * sizeof(**out));
	return *out ? OK : FAIL(ERR_TOO_LARGE, "no memory");
}

/* A weight that is no number makes every answer none, and what is made of an
 * answer (a place, a letter) was thought of numbers. */
static bool
all_finite(const float *at, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (!isfinite(at[i]))
			return false;
	return true;
}

static RESULT
take_weights(struct layer *l)
{
	const struct onnx_layer *o = &l->is;
	l->places = (size_t)(o->in * o->kernel[0] * o->kernel[1]);
	const struct tiles *tiles = tiles_here();
	l->rooms = 0;
	while (l->rooms < o->out)
		l->rooms += tiles_next(tiles, o->out - l->rooms)->channels;
	TRY(room_for((size_t)l->rooms, &l->bias));
	TRY(room_for((size_t)l->rooms * l->places, &l->weights));
	for (int c = 0; c < l->rooms; c++)
		l->bias[c] = o->bias && c < o->out ?
		    number_at(o->bias, (size_t)c) : 0;
	float *to = l->weights;
	for (int first = 0; first < o->out;) {
		int tile = tiles_next(tiles, o->out - first)->channels;
		for (size_t k = 0; k < l->places; k++)
			for (int c = first; c < first + tile; c++)
				*to++ = c < o->out ? number_at(o->weights,
				    (size_t)c * l->places + k) : 0;
		first += tile;
	}
	return all_finite(l->bias, (size_t)l->rooms) && all_finite(l->weights,
	    (size_t)l->rooms * l->places) ? OK : FAIL(ERR_UNREADABLE,
	    "weights that are no numbers");
}

RESULT
net_load(struct span onnx, struct net **out)
{
	struct onnx_layer chain[ONNX_LAYERS_MAX];
	size_t count;
	TRY(onnx_chain(onnx, chain, &count));
	AUTO(net_free) struct net *n = calloc(1, sizeof(*n));
	if (!n)
		return FAIL(ERR_TOO_LARGE, "no memory");
	n->count = count;
	for (size_t i = 0; i < count; i++) {
		n->layers[i].is = chain[i];
		if (!chain[i].mean)
			TRY(take_weights(&n->layers[i]));
	}
	*out = STEAL(n);
	return OK;
}

void
net_free(struct net *n)
{
	for (size_t i = 0; n && i < n->count; i++) {
		free(n->layers[i].weights);
		free(n->layers[i].bias);
	}
	free(n);
}

static int
whole(int columns)
{
	return (columns + TILE_COLUMNS - 1) / TILE_COLUMNS * TILE_COLUMNS;
}

/* How the output of a layer lies; false: its kernel finds no room. */
static bool
output_of(const struct onnx_layer *o, const struct block *in,
    struct block *out)
{
	int high = in->height + o->before[0] + o->after[0] - o->kernel[0];
	int wide = in->width + o->before[1] + o->after[1] - o->kernel[1];
	out->channels = o->mean ? in->channels : o->out;
	out->height = high / o->step[0] + 1;
	out->width = wide / o->step[1] + 1;
	out->pitch = whole(out->width);
	return high >= 0 && wide >= 0 && (o->mean || o->in == in->channels);
}

/* Rows as the kernel wants them: see above. */
struct laid {
	float *at;
	int rows, pitch, steps; /* rows of a channel, each steps x pitch */
};

/* Columns of one remainder; those between are others'. */
static void
take_each(const float *from, int count, int steps, float *to)
{
	for (int i = 0; i < count && steps == 2; i++)
		to[i] = from[2 * i];
	for (int i = 0; i < count && steps != 2; i++)
		to[i] = from[i * steps];
}

static void
lay_row(const float *from, int width, int before, const struct laid *l,
    float *to)
{
	for (int phase = 0; phase < l->steps; phase++) {
		int x = (phase - before % l->steps + l->steps) % l->steps;
		int first = (x + before) / l->steps;
		int count = x < width ? (width - x - 1) / l->steps + 1 : 0;
		float *row = to + phase * l->pitch;
		memset(row, 0, (size_t)first * sizeof(*row));
		if (l->steps == 1)
			memcpy(row + first, from, (size_t)width *
			    sizeof(*row));
		else
			take_each(from + x, count, l->steps, row + first);
		memset(row + first + count, 0, (size_t)(l->pitch - first -
		    count) * sizeof(*row));
	}
}

static RESULT
lay(const struct onnx_layer *o, const struct block *in,
    const struct block *out, struct laid *l)
{
	int last = in->width + o->before[1] + o->after[1];
	int reach = out->pitch + (o->kernel[1] - 1) / o->step[1] + 1;
	l->steps = o->step[1];
	l->rows = in->height + o->before[0] + o->after[0];
	l->pitch = reach > last / l->steps + 1 ? reach : last / l->steps + 1;
	size_t row = (size_t)l->steps * (size_t)l->pitch;
	TRY(room_for((size_t)in->channels * (size_t)l->rows * row, &l->at));
	for (int i = 0; i < in->channels * l->rows; i++) {
		int c = i / l->rows, y = i % l->rows - o->before[0];
		float *to = l->at + (size_t)i * row;
		if (y < 0 || y >= in->height)
			memset(to, 0, row * sizeof(*to));
		else
			lay_row(in->at + (size_t)(c * in->height + y) *
			    (size_t)in->pitch, in->width, o->before[1], l,
			    to);
	}
	return OK;
}

static RESULT
places_of(const struct onnx_layer *o, const struct laid *l, int **out)
{
	size_t count = (size_t)(o->in * o->kernel[0] * o->kernel[1]);
	int *at = malloc(count * sizeof(*at)), *next = at;
	if (!at)
		return FAIL(ERR_TOO_LARGE, "no memory");
	for (int c = 0; c < o->in; c++)
		for (int y = 0; y < o->kernel[0]; y++)
			for (int x = 0; x < o->kernel[1]; x++)
				*next++ = ((c * l->rows + y) * l->steps +
				    x % l->steps) * l->pitch + x / l->steps;
	*out = at;
	return OK;
}

/* Where the eight columns of that number begin, of input and output. */
static void
stand(const struct onnx_layer *o, const struct laid *l,
    const struct block *out, int number, int which, struct tile *t)
{
	int across = out->pitch / TILE_COLUMNS;
	int y = number / across, x = number % across * TILE_COLUMNS;
	t->from[which] = l->at + (size_t)(y * o->step[0]) *
	    (size_t)(l->steps * l->pitch) + x;
	t->to[which] = out->at + (size_t)y * (size_t)out->pitch + x;
}

static void
sum_up(const struct layer *layer, const struct laid *l, const int *places,
    const struct block *out)
{
	const struct onnx_layer *o = &layer->is;
	const struct tiles *tiles = tiles_here();
	int numbers = out->height * out->pitch / TILE_COLUMNS;
	struct tile t = {.at = places, .count = layer->places,
	    .next = (size_t)out->height * (size_t)out->pitch,
	    .floor = o->rectified ? 0 : -INFINITY};
	for (int i = 0; i < numbers; i += tiles->parts) {
		for (int part = 0; part < tiles->parts; part++)
			stand(o, l, out, i + part < numbers ? i + part :
			    numbers - 1, part, &t);
		t.weights = layer->weights;
		for (int first = 0; first < o->out;) {
			const struct tile_size *size = tiles_next(tiles,
			    o->out - first);
			size_t channels = (size_t)size->channels;
			t.bias = layer->bias + first;
			size->run(&t);
			t.weights += channels * layer->places;
			for (int part = 0; part < tiles->parts; part++)
				t.to[part] += channels * t.next;
			first += size->channels;
		}
	}
}

static RESULT
convolve(const struct layer *layer, const struct block *in,
    struct block *out)
{
	struct laid l = {0};
	AUTO(free) float *rows = NULL;
	AUTO(free) int *places = NULL;
	TRY(lay(&layer->is, in, out, &l));
	rows = l.at;
	TRY(places_of(&layer->is, &l, &places));
	TRY(room_for((size_t)layer->rooms * (size_t)out->height *
	    (size_t)out->pitch, &out->at));
	sum_up(layer, &l, places, out);
	return OK;
}

static float
mean_at(const struct onnx_layer *o, const struct block *in, int c, int y,
    int x)
{
	float sum = 0;
	for (int v = 0; v < o->kernel[0]; v++)
		for (int u = 0; u < o->kernel[1]; u++)
			sum += in->at[(size_t)(c * in->height +
			    y * o->step[0] + v) * (size_t)in->pitch +
			    (size_t)(x * o->step[1] + u)];
	return sum / (float)(o->kernel[0] * o->kernel[1]);
}

static RESULT
take_means(const struct onnx_layer *o, const struct block *in,
    struct block *out)
{
	TRY(room_for((size_t)out->channels * (size_t)out->height *
	    (size_t)out->pitch, &out->at));
	for (int c = 0; c < out->channels; c++)
		for (int y = 0; y < out->height; y++)
			for (int x = 0; x < out->width; x++)
				out->at[(size_t)(c * out->height + y) *
				    (size_t)out->pitch + (size_t)x] =
				    mean_at(o, in, c, y, x);
	return OK;
}

/* in is freed with what it gives. */
static RESULT
pass(const struct layer *l, struct block *in)
{
	struct block out = {0};
	if (!output_of(&l->is, in, &out))
		return FAIL(ERR_INTERNAL, "a network of another kind");
	TRY(l->is.mean ? take_means(&l->is, in, &out) :
	    convolve(l, in, &out));
	free(in->at);
	*in = out;
	return OK;
}

static RESULT
run_one(const struct net *n, struct block *b)
{
	for (size_t i = 0; i < n->count; i++)
		TRY(pass(&n->layers[i], b));
	return OK;
}

static void
without_gaps(const struct block *b, float *out)
{
	for (int row = 0; row < b->channels * b->height; row++)
		memcpy(out + (size_t)row * (size_t)b->width, b->at +
		    (size_t)row * (size_t)b->pitch,
		    (size_t)b->width * sizeof(*out));
}

static RESULT
run_into(const struct net *n, const float *in, struct net_shape shape,
    int number, float **all, struct net_shape *out)
{
	struct block b = {.channels = shape.channels, .height = shape.height,
	    .width = shape.width, .pitch = shape.width};
	size_t size = (size_t)shape.channels * (size_t)shape.height *
	    (size_t)shape.width;
	AUTO(free) float *mine = NULL;
	TRY(room_for(size, &b.at));
	memcpy(b.at, in + (size_t)number * size, size * sizeof(*in));
	enum err code = run_one(n, &b);
	mine = b.at;
	TRY(code);
	*out = (struct net_shape){shape.batch, b.channels, b.height, b.width};
	size = (size_t)(b.channels * b.height * b.width);
	if (!*all)
		TRY(room_for((size_t)shape.batch * size, all));
	without_gaps(&b, *all + (size_t)number * size);
	return OK;
}

RESULT
net_run(const struct net *n, const float *in, struct net_shape shape,
    float **out, struct net_shape *out_shape)
{
	AUTO(free) float *all = NULL;
	struct net_shape said = {0};
	for (int i = 0; i < shape.batch; i++)
		TRY(run_into(n, in, shape, i, &all, &said));
	if (!all_finite(all, (size_t)said.batch * (size_t)said.channels *
	    (size_t)said.height * (size_t)said.width))
		return FAIL(ERR_INTERNAL, "an answer beyond all numbers");
	*out_shape = said;
	*out = STEAL(all);
	return OK;
}
