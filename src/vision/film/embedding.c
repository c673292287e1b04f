/*
 * Describing, loading and running the network of faces.
 */
#include "vision/film/embedding.h"

#include "base/digest.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TITLE "paraph face model 1"
#define TEXT_MOST 4096
#define FILE_MOST 256
#define SIDE_LEAST 32
#define SIDE_MOST 512

void
embedding_free(struct embedding *e)
{
	buf_clear(&e->onnx);
	free(e);
}

static RESULT
check(const struct embedding *e)
{
	const struct embedding_input *in = &e->input;
	if (in->width < SIDE_LEAST || in->width > SIDE_MOST ||
	    in->height < SIDE_LEAST || in->height > SIDE_MOST)
		return FAIL(ERR_INVALID, "an input of %d x %d pixels",
		    in->width, in->height);
	if (!isfinite(in->mean) || !isfinite(in->scale) ||
	    in->scale == 0)
		return FAIL(ERR_INVALID, "mean and scale make no sense");
	if (!(e->other_below < e->same_from) || e->other_below < -1 ||
	    e->same_from > 1)
		return FAIL(ERR_INVALID, "thresholds are cosines, and "
		    "other_below lies below same_from");
	return OK;
}

/* One "name value"; false: nobody knows it. */
static bool
take(struct embedding *e, const char *name, const char *value, char *file,
    char *sha256)
{
	struct embedding_input *in = &e->input;
	size_t length = strlen(value) + 1;
	if (strcmp(name, "file") == 0 && !strchr(value, '/') &&
	    length <= FILE_MOST)
		memcpy(file, value, length);
	else if (strcmp(name, "sha256") == 0 && length == DIGEST_TEXT_SIZE)
		memcpy(sha256, value, length);
	else if (strcmp(name, "input") == 0)
		return sscanf(value, "%dx%d", &in->width, &in->height) == 2;
	else if (strcmp(name, "mean") == 0)
		return sscanf(value, "%lf", &in->mean) == 1;
	else if (strcmp(name, "scale") == 0)
		return sscanf(value, "%lf", &in->scale) == 1;
	else if (strcmp(name, "order") == 0)
		in->bgr = strcmp(value, "bgr") == 0;
	else if (strcmp(name, "same_from") == 0)
		return sscanf(value, "%lf", &e->same_from) == 1;
	else if (strcmp(name, "other_below") == 0)
		return sscanf(value, "%lf", &e->other_below) == 1;
	else
		return false;
	return true;
}

/* Each line a name and a value; # begins a remark. */
static RESULT
parse(char *text, struct embedding *e, char *file, char *sha256)
{
	char *line;
	while ((line = strsep(&text, "\n")) != NULL) {
		char name[32], value[256];
		line[strcspn(line, "#\r")] = '\0';
		int got = sscanf(line, "%31s %255s", name, value);
		if (got < 1 || strcmp(line, TITLE) == 0)
			continue;
		if (got != 2 || !take(e, name, value, file, sha256))
			return FAIL(ERR_INVALID, "'%s' is not understood",
			    name);
	}
	return OK;
}

RESULT
embedding_thresholds(const char *text, struct embedding *out)
{
	char copy[TEXT_MOST], file[FILE_MOST] = "", sha256[DIGEST_TEXT_SIZE];
	struct embedding read = {.same_from = NAN, .other_below = NAN};
	if (strlen(text) >= sizeof(copy))
		return FAIL(ERR_INVALID, "thresholds are two lines");
	memcpy(copy, text, strlen(text) + 1);
	TRY(parse(copy, &read, file, sha256));
	if (!isfinite(read.same_from) || !isfinite(read.other_below))
		return FAIL(ERR_INVALID, "same_from and other_below are "
		    "wanted");
	out->same_from = read.same_from;
	out->other_below = read.other_below;
	return check(out);
}

RESULT
embedding_describe(const struct embedding *e, const char *file,
    const char *sha256, struct buf *out)
{
	TRY(check(e));
	return buf_add_format(out, TITLE "\nfile %s\nsha256 %s\ninput %dx%d\n"
	    "mean %.9g\nscale %.9g\norder %s\nsame_from %.9g\n"
	    "other_below %.9g\n", file, sha256, e->input.width,
	    e->input.height, e->input.mean, e->input.scale,
	    e->input.bgr ? "bgr" : "rgb", e->same_from, e->other_below);
}

static RESULT
load_network(const char *description, const char *file, const char *sha256,
    struct buf *out)
{
	char path[PATH_MAX], seen[DIGEST_TEXT_SIZE];
	const char *slash = strrchr(description, '/');
	int folder = slash ? (int)(slash - description + 1) : 0;
	if ((size_t)snprintf(path, sizeof(path), "%.*s%s", folder,
	    description, file) >= sizeof(path))
		return FAIL(ERR_INVALID, "a path too long");
	buf_init(out, EMBEDDING_MODEL_MAX);
	TRY(buf_add_file(out, path));
	struct digest d = digest_sha256(span_of_buf(out));
	digest_format(&d, seen);
	return strcmp(seen, sha256) == 0 ? OK : FAIL(ERR_UNAVAILABLE,
	    "'%s' is not the network that was installed", path);
}

RESULT
embedding_load(const char *description, struct embedding **out)
{
	char file[FILE_MOST] = "", sha256[DIGEST_TEXT_SIZE] = "";
	AUTO(buf_clear) struct buf text;
	AUTO(embedding_free) struct embedding *e = calloc(1, sizeof(*e));
	if (!e)
		return FAIL(ERR_TOO_LARGE, "no memory");
	buf_init(&text, TEXT_MOST);
	TRY(buf_add_file(&text, description));
	if (strncmp(buf_text(&text), TITLE "\n", sizeof(TITLE)) != 0)
		return FAIL(ERR_INVALID, "'%s' describes no network",
		    description);
	TRY(parse((char *)text.data, e, file, sha256));
	TRY(check(e));
	TRY(load_network(description, file, sha256, &e->onnx));
	*out = STEAL(e);
	return OK;
}

/* Where eyes, nose and mouth lie in a face of 112 pixels, as the networks of
 * the ArcFace family were trained. */
static const float places[5][2] = {{38.2946f, 51.6963f},
    {73.5318f, 51.5014f}, {56.0252f, 71.7366f}, {41.5493f, 92.3655f},
    {70.7299f, 92.2041f}};

static void
five_points(const struct face *f, float out[5][2])
{
	for (int k = 0; k < 2; k++) {
		out[0][k] = out[1][k] = 0;
		for (int i = 0; i < 6; i++) {
			out[0][k] += f->points[36 + i][k] / 6;
			out[1][k] += f->points[42 + i][k] / 6;
		}
		out[2][k] = f->points[30][k];
		out[3][k] = f->points[48][k];
		out[4][k] = f->points[54][k];
	}
}

/* Turning, scaling and shifting the places onto the points, by least
 * squares: x' = a x - b y + c, y' = b x + a y + d. */
static void
fit(const float from[5][2], const float to[5][2], double m[4])
{
	double x = 0, y = 0, u = 0, v = 0, size = 0, dot = 0, cross = 0;
	for (int i = 0; i < 5; i++) {
		x += (double)from[i][0] / 5;
		y += (double)from[i][1] / 5;
		u += (double)to[i][0] / 5;
		v += (double)to[i][1] / 5;
	}
	for (int i = 0; i < 5; i++) {
		double p = (double)from[i][0] - x, q = (double)from[i][1] - y;
		double r = (double)to[i][0] - u, s = (double)to[i][1] - v;
		size += p * p + q * q;
		dot += p * r + q * s;
		cross += p * s - q * r;
	}
	m[0] = dot / size;
	m[1] = cross / size;
	m[2] = u - m[0] * x + m[1] * y;
	m[3] = v - m[1] * x - m[0] * y;
}

/* Between four pixels; outside the picture its edge. */
static void
colour_at(const struct raster *r, double x, double y, uint8_t out[3])
{
	x = fmin(fmax(x, 0), r->width - 1.001);
	y = fmin(fmax(y, 0), r->height - 1.001);
	int left = (int)x, top = (int)y;
	double u = x - left, v = y - top;
	const uint8_t *a = raster_row(r, top) + left * 3;
	const uint8_t *b = raster_row(r, top + 1) + left * 3;
	for (int c = 0; c < 3; c++)
		out[c] = (uint8_t)((a[c] * (1 - u) + a[c + 3] * u) * (1 - v) +
		    (b[c] * (1 - u) + b[c + 3] * u) * v + 0.5);
}

RESULT
embedding_align(const struct raster *colour, const struct face *face,
    int width, int height, struct raster *out)
{
	float wanted[5][2], seen[5][2];
	double m[4];
	if (!face->has_points || colour->width < 2 || colour->height < 2)
		return FAIL(ERR_NOT_FOUND, "a face without landmarks");
	for (int i = 0; i < 5; i++) {
		wanted[i][0] = places[i][0] * (float)width / 112;
		wanted[i][1] = places[i][1] * (float)height / 112;
	}
	five_points(face, seen);
	fit(wanted, seen, m);
	TRY(raster_make(width, height, 3, out));
	for (int y = 0; y < height; y++)
		for (int x = 0; x < width; x++)
			colour_at(colour, m[0] * x - m[1] * y + m[2],
			    m[1] * x + m[0] * y + m[3],
			    raster_row(out, y) + x * 3);
	return OK;
}

static RESULT
normalise(float *values, size_t count)
{
	double sum = 0;
	for (size_t i = 0; i < count; i++)
		sum += (double)values[i] * (double)values[i];
	if (!isfinite(sum) || !(sum > 1e-12))
		return FAIL(ERR_UNREADABLE, "the network gives no numbers");
	for (size_t i = 0; i < count; i++)
		values[i] = (float)(values[i] / sqrt(sum));
	return OK;
}

RESULT
embedding_of(const struct embedding *e, struct graph *net,
    const struct raster *aligned, float out[EMBEDDING_MOST], size_t *count)
{
	size_t area = (size_t)aligned->width * (size_t)aligned->height;
	AUTO(free) float *in = calloc(area * 3, sizeof(*in));
	AUTO(free) float *said = NULL;
	struct net_shape shape;
	if (!in)
		return FAIL(ERR_TOO_LARGE, "no memory for a face");
	for (size_t i = 0; i < area; i++)
		for (size_t c = 0; c < 3; c++) {
			size_t from = e->input.bgr ? 2 - c : c;
			in[c * area + i] = (float)((aligned->data[3 * i +
			    from] - e->input.mean) * e->input.scale);
		}
	TRY(graph_run(net, in, (struct net_shape){1, 3, aligned->height,
	    aligned->width}, &said, &shape));
	size_t size = (size_t)shape.channels * (size_t)shape.height *
	    (size_t)shape.width;
	if (shape.batch != 1 || size < EMBEDDING_LEAST ||
	    size > EMBEDDING_MOST)
		return FAIL(ERR_UNREADABLE, "a network of another kind");
	TRY(normalise(said, size));
	memcpy(out, said, size * sizeof(*out));
	memset(said, 0, size * sizeof(*said)); /* nothing of it is left */
	*count = size;
	return OK;
}

/* A picture that is neither flat nor symmetric. */
static void
fill(struct raster *r, int kind)
{
	for (int y = 0; y < r->height; y++)
		for (int x = 0; x < r->width * 3; x++)
			raster_row(r, y)[x] = (uint8_t)(kind ?
			    (x * 7 + y * 13) ^ (x * y >> 3) :
			    128 + 90 * sin(x * 0.05) * cos(y * 0.11));
}

RESULT
embedding_try(const struct embedding *e)
{
	static float a[EMBEDDING_MOST], b[EMBEDDING_MOST], c[EMBEDDING_MOST];
	AUTO(raster_clear) struct raster face = {0};
	AUTO(graph_free) struct graph *net = NULL;
	size_t n, same, other;
	double alike = 0, unlike = 0;
	TRY(check(e));
	TRY(graph_load(span_of_buf(&e->onnx), &net));
	TRY(raster_make(e->input.width, e->input.height, 3, &face));
	fill(&face, 0);
	TRY(embedding_of(e, net, &face, a, &n));
	TRY(embedding_of(e, net, &face, b, &same));
	fill(&face, 1);
	TRY(embedding_of(e, net, &face, c, &other));
	for (size_t i = 0; i < n && n == same && n == other; i++) {
		alike += (double)a[i] * (double)b[i];
		unlike += (double)a[i] * (double)c[i];
	}
	if (alike < 0.999 || unlike > 0.9999)
		return FAIL(ERR_UNREADABLE, "a network that tells nothing "
		    "apart");
	return OK;
}
