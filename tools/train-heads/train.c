/*
 * Trains heads.onnx: a chain of convolutions that says where on a page heads
 * are. Plain C, so that it can be made anew wherever Paraph is built:
 *
 *     cc -O3 -march=native -ffast-math -o /tmp/train train.c -lm
 *     /tmp/train OUT STEPS SEED RATE START|- CHECK DATA...
 *
 * DATA, CHECK: files of parts.py. OUT: weights, which export.py reads; START:
 * such a file to begin from. A step is BATCH pictures; STEPS 0 only tells what
 * START finds in CHECK.
 *
 * A cell of the answer stands for the eighth pixel of every eighth row: how
 * likely a face's middle is near it, where from there, and how wide it is.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define LANES 16
#define ROWS 6
#define BATCH 16
#define WIDE 176 /* of what parts.py wrote */
#define HIGH 136
#define HEADS 6
#define IN_WIDE 160 /* of what is learned from: any part of that */
#define IN_HIGH 120
#define CELL 8
#define USUAL 16.0f    /* pixels: the middle width of a face */
#define LEAST 10.0f    /* widths that are to be found; a page is looked at */
#define MOST 28.0f     /* in halves and quarters too */
#define OPEN_LEAST 6.5f /* and those about which nothing is asked */
#define OPEN_MOST 48.0f
#define DECAY 1e-4f
#define OUTPUTS 4 /* score, across, down, width */

typedef float lanes __attribute__((vector_size(64), aligned(4)));

static const struct {
	int kernel, step, in, out;
} chain[] = {{5, 2, 1, 16}, {3, 2, 16, 32}, {3, 1, 32, 32}, {3, 2, 32, 48},
    {3, 1, 48, 48}, {3, 1, 48, 48}, {3, 1, 48, 48}, {1, 1, 48, LANES}};
#define LAYERS (int)(sizeof(chain) / sizeof(*chain))

struct layer {
	int places, out, wide, high; /* places: of the kernel, all channels */
	float *weights, *slopes;     /* places x out, then out of bias */
	float *mean, *square;        /* of slopes, as Adam keeps them */
	float *turned;               /* weights, out x places */
	float *patches, *at, *slope; /* of the picture at work */
};

struct picture {
	uint8_t at[HIGH * WIDE];
	float count, heads[3 * HEADS]; /* middle and width */
};

static struct layer layers[LAYERS];

static void *
room(size_t count, size_t size)
{
	void *out = calloc(count, size);
	if (!out)
		abort();
	return out;
}

static size_t
weights_of(const struct layer *l)
{
	return (size_t)(l->places + 1) * (size_t)l->out;
}

static void
begin(void)
{
	int wide = IN_WIDE, high = IN_HIGH;
	for (int i = 0; i < LAYERS; i++) {
		struct layer *l = &layers[i];
		wide = (wide - 1) / chain[i].step + 1;
		high = (high - 1) / chain[i].step + 1;
		*l = (struct layer){.places = chain[i].kernel *
		    chain[i].kernel * chain[i].in, .out = chain[i].out,
		    .wide = wide, .high = high};
		size_t all = weights_of(l), area = (size_t)(wide * high);
		l->weights = room(all, sizeof(float));
		l->slopes = room(all, sizeof(float));
		l->mean = room(all, sizeof(float));
		l->square = room(all, sizeof(float));
		l->turned = room(all, sizeof(float));
		l->patches = room(area * (size_t)l->places, sizeof(float));
		l->at = room(area * (size_t)l->out, sizeof(float));
		l->slope = room(area * (size_t)l->out, sizeof(float));
		float wild = sqrtf(2.0f / (float)l->places);
		for (size_t k = 0; k < all - (size_t)l->out; k++) {
			float u = (float)(drand48() + drand48() + drand48() +
			    drand48() - 2);
			l->weights[k] = u * 1.73f * wild;
		}
	}
	struct layer *last = &layers[LAYERS - 1];
	last->weights[last->places * last->out] = -3; /* heads are rare */
}

/* c (rows x columns) += a x b: a by its strides, b of whole rows. */
static inline __attribute__((always_inline)) void
tile(int rows, int vectors, int inner, const float *a, int down, int along,
    const float *b, float *c, int columns)
{
	lanes sum[ROWS][3] = {{{0}}};
	for (int k = 0; k < inner; k++, b += columns)
		for (int v = 0; v < vectors; v++) {
			lanes x;
			memcpy(&x, b + v * LANES, sizeof(x));
			for (int r = 0; r < rows; r++)
				sum[r][v] += a[r * down + k * along] * x;
		}
	for (int r = 0; r < rows; r++)
		for (int v = 0; v < vectors; v++) {
			lanes x;
			float *to = c + r * columns + v * LANES;
			memcpy(&x, to, sizeof(x));
			x += sum[r][v];
			memcpy(to, &x, sizeof(x));
		}
}

static void
multiply(int rows, int columns, int inner, const float *a, int down,
    int along, const float *b, float *c)
{
	for (int x = 0; x < columns;) {
		int vectors = (columns - x) / LANES;
		vectors = vectors > 3 ? 3 : vectors;
		for (int y = 0; y < rows;) {
			int high = rows - y < ROWS ? 1 : ROWS;
			const float *from = a + y * down, *by = b + x;
			float *to = c + y * columns + x;
#define CASE(h, v) if (high == h && vectors == v) \
	tile(h, v, inner, from, down, along, by, to, columns)
			CASE(ROWS, 3);
			CASE(ROWS, 2);
			CASE(ROWS, 1);
			CASE(1, 3);
			CASE(1, 2);
			CASE(1, 1);
			y += high;
		}
		x += vectors * LANES;
	}
}

/* Patches of the layer's input; back: their slopes added to its slopes. */
static void
patch(int i, float *in, int wide, int high, int back)
{
	struct layer *l = &layers[i];
	int kernel = chain[i].kernel, step = chain[i].step, c = chain[i].in;
	float *at = l->patches;
	for (int y = 0; y < l->high; y++)
		for (int x = 0; x < l->wide; x++)
			for (int k = 0; k < kernel * kernel; k++, at += c) {
				int v = y * step + k / kernel - kernel / 2;
				int u = x * step + k % kernel - kernel / 2;
				int in_it = v >= 0 && u >= 0 && v < high &&
				    u < wide;
				float *from = in + (v * wide + u) * c;
				if (!back && in_it)
					memcpy(at, from, sizeof(float) *
					    (size_t)c);
				else if (!back)
					memset(at, 0, sizeof(float) *
					    (size_t)c);
				else if (in_it)
					for (int j = 0; j < c; j++)
						from[j] += at[j];
			}
}

static void
forward(float *in)
{
	int wide = IN_WIDE, high = IN_HIGH;
	for (int i = 0; i < LAYERS; i++) {
		struct layer *l = &layers[i];
		int area = l->wide * l->high;
		const float *bias = l->weights + l->places * l->out;
		patch(i, in, wide, high, 0);
		for (int k = 0; k < area; k++)
			memcpy(l->at + k * l->out, bias,
			    sizeof(float) * (size_t)l->out);
		multiply(area, l->out, l->places, l->patches, l->places, 1,
		    l->weights, l->at);
		for (int k = 0; i < LAYERS - 1 && k < area * l->out; k++)
			l->at[k] = l->at[k] > 0 ? l->at[k] : 0;
		in = l->at;
		wide = l->wide;
		high = l->high;
	}
}

/* Slopes of the last layer stand in its slope. */
static void
backward(void)
{
	for (int i = LAYERS - 1; i >= 0; i--) {
		struct layer *l = &layers[i];
		int area = l->wide * l->high;
		float *bias = l->slopes + l->places * l->out;
		for (int k = 0; k < area * l->out; k++) {
			if (i < LAYERS - 1 && l->at[k] <= 0)
				l->slope[k] = 0;
			bias[k % l->out] += l->slope[k];
		}
		multiply(l->places, l->out, area, l->patches, 1, l->places,
		    l->slope, l->slopes);
		if (i == 0)
			return;
		struct layer *b = &layers[i - 1];
		memset(l->patches, 0, sizeof(float) * (size_t)(area *
		    l->places));
		multiply(area, l->places, l->out, l->slope, l->out, 1,
		    l->turned, l->patches);
		memset(b->slope, 0, sizeof(float) * (size_t)(b->wide *
		    b->high * b->out));
		patch(i, b->slope, b->wide, b->high, 1);
	}
}

static void
turn_weights(void)
{
	for (int i = 0; i < LAYERS; i++)
		for (int k = 0; k < layers[i].places * layers[i].out; k++)
			layers[i].turned[k % layers[i].out *
			    layers[i].places + k / layers[i].out] =
			    layers[i].weights[k];
}

static void
step_weights(int step, float rate)
{
	float first = 1 - powf(0.9f, (float)step);
	float second = 1 - powf(0.999f, (float)step);
	for (int i = 0; i < LAYERS; i++) {
		struct layer *l = &layers[i];
		for (size_t k = 0; k < weights_of(l); k++) {
			float g = l->slopes[k] / BATCH;
			l->mean[k] = 0.9f * l->mean[k] + 0.1f * g;
			l->square[k] = 0.999f * l->square[k] + 0.001f * g * g;
			l->weights[k] -= rate * (l->mean[k] / first /
			    (sqrtf(l->square[k] / second) + 1e-7f) +
			    DECAY * l->weights[k]);
		}
		memset(l->slopes, 0, weights_of(l) * sizeof(float));
	}
	turn_weights();
}

/* A part of a picture as the network is shown it, mirrored or not: less its
 * mean, in units of its deviation. */
static void
show(const struct picture *p, int left, int top, int mirrored, float *out)
{
	float sum = 0, squares = 0;
	for (int y = 0; y < IN_HIGH; y++)
		for (int x = 0; x < IN_WIDE; x++) {
			int u = left + (mirrored ? IN_WIDE - 1 - x : x);
			float v = p->at[(top + y) * WIDE + u];
			out[y * IN_WIDE + x] = v;
			sum += v;
			squares += v * v;
		}
	float mean = sum / (IN_WIDE * IN_HIGH);
	float wild = sqrtf(fmaxf(0, squares / (IN_WIDE * IN_HIGH) -
	    mean * mean));
	for (int k = 0; k < IN_WIDE * IN_HIGH; k++)
		out[k] = (out[k] - mean) / fmaxf(wild, 12);
}

static void
heads_in(const struct picture *p, int left, int top, int mirrored,
    float heads[3 * HEADS])
{
	for (int i = 0; i < (int)p->count; i++) {
		const float *h = p->heads + 3 * i;
		float x = h[0] - (float)left;
		heads[3 * i] = mirrored ? IN_WIDE - 1 - x : x;
		heads[3 * i + 1] = h[1] - (float)top;
		heads[3 * i + 2] = h[2];
	}
}

/* What is asked of a cell: 1 a head, 0 none, -1 nothing. */
static int
asked(const float *heads, int count, float x, float y, const float **which)
{
	int open = 0;
	for (int i = 0; i < count; i++) {
		const float *h = heads + 3 * i;
		float far = fmaxf(fabsf(h[0] - x), fabsf(h[1] - y));
		int sought = h[2] >= LEAST && h[2] <= MOST;
		if (sought && far <= fmaxf(4.5f, 0.22f * h[2])) {
			*which = h;
			return 1;
		}
		open |= h[2] >= OPEN_LEAST && h[2] <= OPEN_MOST &&
		    far <= 0.45f * h[2] + 4;
	}
	return open ? -1 : 0;
}

/* Slopes of the loss; returns it. Cells that are right already count less. */
static double
lose(const float *heads, int count)
{
	struct layer *l = &layers[LAYERS - 1];
	double loss = 0;
	memset(l->slope, 0, sizeof(float) * (size_t)(l->wide * l->high *
	    l->out));
	for (int k = 0; k < l->wide * l->high; k++) {
		const float *a = l->at + k * l->out, *h = NULL;
		float *s = l->slope + k * l->out;
		float x = (float)(k % l->wide * CELL);
		float y = (float)(k / l->wide * CELL);
		int want = asked(heads, count, x, y, &h);
		if (want < 0)
			continue;
		float off = 1 / (1 + expf(-a[0])) - (float)want;
		s[0] = fabsf(off) * off * (want ? 2 : 1);
		loss += (double)(off * off) * (want ? 2 : 1);
		if (!want)
			continue;
		const float right[] = {(h[0] - x) / CELL, (h[1] - y) / CELL,
		    2 * log2f(h[2] / USUAL)};
		for (int j = 0; j < OUTPUTS - 1; j++) {
			float d = a[1 + j] - right[j];
			s[1 + j] = 0.3f * fmaxf(-1, fminf(1, d));
			loss += 0.1 * (double)fminf(fabsf(d), 1);
		}
	}
	return loss;
}

static int
is_peak(const struct layer *l, int k)
{
	int x = k % l->wide, y = k / l->wide;
	for (int v = y - 1; v <= y + 1; v++)
		for (int u = x - 1; u <= x + 1; u++)
			if (u >= 0 && v >= 0 && u < l->wide && v < l->high &&
			    l->at[(v * l->wide + u) * l->out] >
			    l->at[k * l->out])
				return 0;
	return 1;
}

/* How many heads are found, and what else is taken for one. */
static void
check(const struct picture *p, int count, const float *scores, int many)
{
	static float in[IN_WIDE * IN_HIGH];
	int found[8] = {0}, wrong[8] = {0}, sought = 0;
	double off = 0, wide = 0;
	for (int i = 0; i < count; i++) {
		struct layer *l = &layers[LAYERS - 1];
		int hit[8][HEADS] = {{0}};
		float heads[3 * HEADS];
		show(&p[i], 8, 8, 0, in);
		heads_in(&p[i], 8, 8, 0, heads);
		forward(in);
		for (int j = 0; j < (int)p[i].count; j++) {
			float *h = heads + 3 * j;
			if (h[2] < LEAST || h[2] > MOST || h[0] < 0 ||
			    h[1] < 0 || h[0] > IN_WIDE || h[1] > IN_HIGH)
				h[2] = -h[2];
			else
				sought++;
		}
		for (int k = 0; k < l->wide * l->high; k++) {
			const float *a = l->at + k * l->out;
			if (!is_peak(l, k) || a[0] < scores[0])
				continue;
			float x = ((float)(k % l->wide) + a[1]) * CELL;
			float y = ((float)(k / l->wide) + a[2]) * CELL;
			int which = -1;
			for (int j = 0; j < (int)p[i].count; j++)
				if (hypotf(heads[3 * j] - x, heads[3 * j + 1] -
				    y) < 0.5f * fabsf(heads[3 * j + 2]))
					which = j;
			for (int t = 0; t < many && a[0] >= scores[t]; t++) {
				if (which < 0)
					wrong[t]++;
				else if (heads[3 * which + 2] > 0 &&
				    !hit[t][which]) {
					found[t] += hit[t][which] = 1;
					if (t > 0)
						continue;
					off += hypot((double)(heads[3 * which]
					    - x), (double)(heads[3 * which + 1]
					    - y)) / (double)heads[3 * which + 2];
					wide += fabs((double)a[3] / 2 - log2(
					    (double)heads[3 * which + 2] /
					    (double)USUAL));
				}
			}
		}
	}
	printf(" of %d heads:", sought);
	for (int t = 0; t < many; t++)
		printf(" %.1f: %d and %d wrong;", (double)scores[t], found[t],
		    wrong[t]);
	printf(" off %.3f, width %.3f\n", off / fmax(1, found[0]),
	    wide / fmax(1, found[0]));
	fflush(stdout);
}

static struct picture *
read_all(char **names, int many, int *count)
{
	struct picture *out = NULL;
	*count = 0;
	for (int i = 0; i < many; i++) {
		FILE *file = fopen(names[i], "rb");
		struct picture one;
		if (!file)
			abort();
		while (fread(&one, sizeof(one), 1, file) == 1) {
			if (*count % 1024 == 0)
				out = realloc(out, sizeof(one) *
				    (size_t)(*count + 1024));
			out[(*count)++] = one;
		}
		fclose(file);
	}
	return out;
}

static void
keep(const char *name, const char *how)
{
	FILE *file = fopen(name, how);
	if (!file)
		abort();
	for (int i = 0; i < LAYERS; i++) {
		size_t all = weights_of(&layers[i]);
		size_t done = *how == 'r' ?
		    fread(layers[i].weights, sizeof(float), all, file) :
		    fwrite(layers[i].weights, sizeof(float), all, file);
		if (done != all)
			abort();
	}
	fclose(file);
}

static double
learn(const struct picture *p)
{
	static float in[IN_WIDE * IN_HIGH];
	float heads[3 * HEADS];
	int left = (int)(drand48() * (WIDE - IN_WIDE + 1));
	int top = (int)(drand48() * (HIGH - IN_HIGH + 1));
	int mirrored = drand48() < 0.5;
	show(p, left, top, mirrored, in);
	heads_in(p, left, top, mirrored, heads);
	forward(in);
	double loss = lose(heads, (int)p->count);
	backward();
	return loss;
}

int
main(int argc, char **argv)
{
	static const float scores[] = {-2, -1, 0, 1, 2, 3};
	if (argc < 8)
		return 2;
	int steps = atoi(argv[2]), count, checks;
	float rate = (float)atof(argv[4]);
	struct picture *data = read_all(argv + 7, argc - 7, &count);
	struct picture *held = read_all(argv + 6, 1, &checks);
	srand48(atoi(argv[3]));
	begin();
	if (strcmp(argv[5], "-") != 0)
		keep(argv[5], "r");
	turn_weights();
	double loss = 0;
	if (steps == 0)
		check(held, checks, scores, 6);
	for (int s = 1; s <= steps; s++) {
		for (int i = 0; i < BATCH; i++)
			loss += learn(&data[(int)(drand48() * count)]);
		float warm = fminf(1, (float)s / 50);
		step_weights(s, warm * rate * (0.01f + 0.99f * 0.5f * (1 +
		    cosf(3.1416f * (float)s / (float)steps))));
		if (s % 100 == 0 || s == steps) {
			printf("%d of %d, %d pictures, %.0f s: loss %.3f;", s,
			    steps, count, (double)clock() / CLOCKS_PER_SEC,
			    loss / BATCH / (s % 100 ? s % 100 : 100));
			check(held, checks, scores, 6);
			keep(argv[1], "w");
			loss = 0;
		}
	}
	return 0;
}
