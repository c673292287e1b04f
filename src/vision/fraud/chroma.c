/*
 * Colour less the colour of the light, and less the tint of a copy.
 *
 * A grey thing sends the light back as it comes: the ratios of its channels
 * are the light's everywhere, however warm the lamp and however deep the
 * shadow. So the ratios are compared with each other and with nothing else. A
 * second lamp makes them change slowly across the page, and toner, paper and
 * camera make them change with brightness: a surface of both is taken off.
 * What is left of a copy is noise and what the file's compression made of it,
 * which has no neighbours; what is left of a document has: a face, a flag, a
 * ground of two colours.
 */
#include "vision/fraud/chroma.h"

#include <math.h>
#include <string.h>

#define CELL 12        /* pixels at 300 dpi: 1 mm, or four of a file */
#define SIDE_MAX 140   /* cells */
#define TRIM 25        /* one cell in so many at each side is not looked at */
#define DARK 40        /* level: below, ratios are noise */
#define BURNT 250      /* level: above, a channel is cut off */
#define LEAST_SHARE 10 /* one cell in so many must be left */
#define TERMS 8        /* of the surface */
#define PASSES 6
#define AROUND 5       /* of nine cells, so many must say something */
#define BINS 2000
#define BIN 0.001f
#define NOISE 0.75     /* of it, what the mean of nine cells has left */
#define STRONG 0.12f   /* no light and no noise */
#define FINGERS 5      /* one cell in so many: more is the document's own */
#define MARKED 0.06f   /* coloured enough to be part of a mark */
#define GAP 3          /* cells between parts of one mark */
#define MARK_MOST 3    /* one cell in so many: more is the document's own */
#define FILLED_MOST 0.5
#define FEW 3          /* how much stronger a colour is that few cells have */

struct cell {
	bool seen;
	float a, b;           /* red and blue to green: logarithms of light */
	float term[TERMS];    /* where, and how bright */
	float left_a, left_b; /* without the surface */
	float mean_a, mean_b; /* of nine cells */
	bool even;            /* enough of the nine are seen */
	bool outside;         /* what came in over the edge */
};

struct cells {
	int width, height;
	size_t seen;
	struct cell at[SIDE_MAX * SIDE_MAX];
};

static size_t
count_of(const struct cells *c)
{
	return (size_t)c->width * (size_t)c->height;
}

static void
read_cell(const uint8_t *p, const float logs[256], struct cell *out)
{
	*out = (struct cell){0};
	for (int i = 0; i < 3; i++)
		if (p[i] > BURNT || p[i] < DARK)
			return;
	out->seen = true;
	out->a = logs[p[0]] - logs[p[1]];
	out->b = logs[p[2]] - logs[p[1]];
	out->term[6] = logs[p[1]];
}

static void
read_cells(const struct raster *r, struct cells *c)
{
	float logs[256];
	int side = r->width / TRIM, top = r->height / TRIM;
	c->width = r->width - 2 * side;
	c->height = r->height - 2 * top;
	c->seen = 0;
	for (int i = 0; i < 256; i++)
		logs[i] = 2.2f * logf((float)i + 1);
	for (int y = 0; y < c->height; y++)
		for (int x = 0; x < c->width; x++) {
			struct cell *one = &c->at[y * c->width + x];
			read_cell(raster_row(r, y + top) + 3 * (x + side),
			    logs, one);
			c->seen += one->seen;
		}
}

/* The terms of the surface: place and brightness, each as far as squares. */
static void
put_terms(struct cells *c)
{
	double sum = 0, squares = 0, n = (double)c->seen;
	for (size_t i = 0; i < count_of(c); i++) {
		double light = (double)c->at[i].term[6];
		sum += light;
		squares += light * light;
	}
	double spread = sqrt(fmax(squares / n - sum / n * (sum / n), 0.01));
	for (size_t i = 0; i < count_of(c); i++) {
		float *t = c->at[i].term;
		float x = 2 * (float)(i % (size_t)c->width) /
		    (float)c->width - 1;
		float y = 2 * (float)(i / (size_t)c->width) /
		    (float)c->height - 1;
		float light = (t[6] - (float)(sum / n)) / (float)spread;
		const float all[TERMS] = {1, x, y, x * y, x * x, y * y, light,
		    light * light};
		memcpy(t, all, sizeof(all));
	}
}

/* Gauss; m is symmetric and made a little larger on its diagonal. */
static void
solve(double m[TERMS][TERMS + 2], double out[2][TERMS])
{
	for (int i = 0; i < TERMS; i++)
		m[i][i] += 1e-6 * (1 + m[0][0]);
	for (int i = 0; i < TERMS; i++)
		for (int k = i + 1; k < TERMS; k++) {
			double by = m[k][i] / m[i][i];
			for (int j = i; j < TERMS + 2; j++)
				m[k][j] -= by * m[i][j];
		}
	for (int side = 0; side < 2; side++)
		for (int i = TERMS - 1; i >= 0; i--) {
			double v = m[i][TERMS + side];
			for (int j = i + 1; j < TERMS; j++)
				v -= m[i][j] * out[side][j];
			out[side][i] = v / m[i][i];
		}
}

/* far: how far away a cell is that counts half. */
static void
fit(struct cells *c, float far)
{
	double m[TERMS][TERMS + 2] = {{0}}, by[2][TERMS];
	for (size_t n = 0; n < count_of(c); n++) {
		const struct cell *one = &c->at[n];
		if (!one->seen)
			continue;
		float away = (one->left_a * one->left_a +
		    one->left_b * one->left_b) / (far * far);
		double weight = 1 / (1 + (double)away);
		for (int i = 0; i < TERMS; i++) {
			double w = weight * (double)one->term[i];
			for (int j = 0; j < TERMS; j++)
				m[i][j] += w * (double)one->term[j];
			m[i][TERMS] += w * (double)one->a;
			m[i][TERMS + 1] += w * (double)one->b;
		}
	}
	solve(m, by);
	for (size_t n = 0; n < count_of(c); n++) {
		struct cell *one = &c->at[n];
		one->left_a = one->a;
		one->left_b = one->b;
		for (int i = 0; i < TERMS; i++) {
			one->left_a -= (float)by[0][i] * one->term[i];
			one->left_b -= (float)by[1][i] * one->term[i];
		}
	}
}

static float
left(const struct cell *c)
{
	return c->seen ? hypotf(c->left_a, c->left_b) : -1;
}

static float
noise(const struct cell *c)
{
	return c->seen && c->even ? hypotf(c->left_a - c->mean_a,
	    c->left_b - c->mean_b) : -1;
}

static float
colour(const struct cell *c)
{
	return c->seen && c->even && !c->outside ?
	    hypotf(c->mean_a, c->mean_b) : -1;
}

/* Cells of which `of` says less than 0 do not count. */
static float
percentile(const struct cells *c, float (*of)(const struct cell *c),
    double share)
{
	size_t bins[BINS] = {0}, all = 0, passed = 0;
	for (size_t i = 0; i < count_of(c); i++) {
		float value = of(&c->at[i]);
		if (value < 0)
			continue;
		int bin = (int)(value / BIN);
		bins[bin < BINS ? bin : BINS - 1]++;
		all++;
	}
	for (int i = 0; i < BINS && all > 0; i++) {
		passed += bins[i];
		if ((double)passed >= share * (double)all)
			return ((float)i + 0.5f) * BIN;
	}
	return 0;
}

static void
take_light_off(struct cells *c)
{
	float far = HUGE_VALF;
	put_terms(c);
	for (int pass = 0; pass < PASSES; pass++) {
		fit(c, far);
		far = 2 * fmaxf(percentile(c, left, 0.5), BIN);
	}
}

static void
mean_of_nine(const struct cells *c, int x, int y, struct cell *out)
{
	int count = 0;
	float a = 0, b = 0;
	for (int v = y - 1; v <= y + 1; v++)
		for (int u = x - 1; u <= x + 1; u++) {
			if (u < 0 || v < 0 || u >= c->width || v >= c->height ||
			    !c->at[v * c->width + u].seen)
				continue;
			count++;
			a += c->at[v * c->width + u].left_a;
			b += c->at[v * c->width + u].left_b;
		}
	out->even = count >= AROUND;
	out->mean_a = count ? a / (float)count : 0;
	out->mean_b = count ? b / (float)count : 0;
}

static void
smooth(struct cells *c)
{
	for (int y = 0; y < c->height; y++)
		for (int x = 0; x < c->width; x++)
			mean_of_nine(c, x, y, &c->at[y * c->width + x]);
}

/* A finger or the desk: coloured, and from the edge on. */
static size_t
walk_in(struct cells *c, int first, int *stack)
{
	size_t found = 0, depth = 0;
	stack[depth++] = first;
	while (depth > 0) {
		int at = stack[--depth], x = at % c->width;
		struct cell *one = &c->at[at];
		if (colour(one) < STRONG)
			continue;
		one->outside = true;
		found++;
		const int next[] = {x > 0 ? at - 1 : at,
		    x + 1 < c->width ? at + 1 : at,
		    at >= c->width ? at - c->width : at,
		    at < c->width * (c->height - 1) ? at + c->width : at};
		for (int i = 0; i < 4; i++)
			if (colour(&c->at[next[i]]) >= STRONG)
				stack[depth++] = next[i];
	}
	return found;
}

static void
leave_fingers_out(struct cells *c)
{
	static int stack[4 * SIDE_MAX * SIDE_MAX];
	size_t found = 0;
	for (int x = 0; x < c->width; x++) {
		found += walk_in(c, x, stack);
		found += walk_in(c, c->width * (c->height - 1) + x, stack);
	}
	for (int y = 0; y < c->height; y++) {
		found += walk_in(c, c->width * y, stack);
		found += walk_in(c, c->width * (y + 1) - 1, stack);
	}
	for (size_t i = 0; found * FINGERS > c->seen && i < count_of(c); i++)
		c->at[i].outside = false;
}

/* The cells that hold together with one, over gaps as between letters;
 * they are numbered in place. */
static int
gather(struct cells *c, int first, int number, int *place, int *stack)
{
	int found = 0, depth = 0;
	place[first] = number;
	stack[depth++] = first;
	while (depth > 0) {
		int at = stack[--depth], x = at % c->width, y = at / c->width;
		found++;
		for (int v = y - GAP; v <= y + GAP; v++)
			for (int u = x - GAP; u <= x + GAP; u++) {
				int to = v * c->width + u;
				if (u < 0 || v < 0 || u >= c->width ||
				    v >= c->height || place[to] ||
				    colour(&c->at[to]) < MARKED)
					continue;
				place[to] = number;
				stack[depth++] = to;
			}
	}
	return found;
}

static bool
beside(const struct cells *c, const int *place, int at, int number)
{
	int x = at % c->width, y = at / c->width;
	for (int v = y - 1; v <= y + 1; v++)
		for (int u = x - 1; u <= x + 1; u++)
			if (u >= 0 && v >= 0 && u < c->width &&
			    v < c->height && place[v * c->width + u] == number)
				return true;
	return false;
}

/* How much of the box around it: lines leave most of it empty, a portrait
 * does not. */
static double
filled(const struct cells *c, const int *place, int number, int found)
{
	int left = c->width, right = 0, top = c->height, bottom = 0;
	for (int y = 0; y < c->height; y++)
		for (int x = 0; x < c->width; x++) {
			if (place[y * c->width + x] != number)
				continue;
			left = x < left ? x : left;
			right = x > right ? x : right;
			top = y < top ? y : top;
			bottom = y;
		}
	return (double)found / ((right - left + 1) * (bottom - top + 1));
}

/* A stamp, or a word laid across: the largest coloured place, with what lies
 * beside it, unless it is so large or so full that it is the document's. */
static void
leave_mark_out(struct cells *c)
{
	static int place[SIDE_MAX * SIDE_MAX], stack[SIDE_MAX * SIDE_MAX];
	int all = (int)count_of(c), most = 0, largest = 0, number = 0;
	memset(place, 0, sizeof(place));
	for (int i = 0; i < all; i++) {
		if (place[i] || colour(&c->at[i]) < MARKED)
			continue;
		int found = gather(c, i, ++number, place, stack);
		largest = found > most ? number : largest;
		most = found > most ? found : most;
	}
	if (largest == 0 || most * MARK_MOST > all ||
	    filled(c, place, largest, most) > FILLED_MOST)
		return;
	for (int i = 0; i < all; i++)
		c->at[i].outside |= beside(c, place, i, largest);
}

static double
strength(const struct cells *c, double grain)
{
	double much = (double)percentile(c, colour, 0.9);
	double few = (double)percentile(c, colour, 0.97);
	return fmax(sqrt(fmax(much * much - grain * grain, 0)), few / FEW);
}

RESULT
chroma_measure(const struct raster *r, struct chroma *out)
{
	static struct cells cells;
	AUTO(raster_clear) struct raster small = {0};
	int longer = r->width > r->height ? r->width : r->height;
	int by = CELL;
	while (longer / by > SIDE_MAX)
		by++;
	if (r->width < by || r->height < by)
		return FAIL(ERR_NOT_FOUND, "too small");
	TRY(raster_shrink(r, by, &small));
	read_cells(&small, &cells);
	if (cells.seen * LEAST_SHARE < count_of(&cells))
		return FAIL(ERR_NOT_FOUND, "too dark or too bright");
	take_light_off(&cells);
	smooth(&cells);
	double grain = NOISE * (double)percentile(&cells, noise, 0.5);
	leave_fingers_out(&cells);
	out->all = strength(&cells, grain);
	leave_mark_out(&cells);
	out->rest = strength(&cells, grain);
	return OK;
}
