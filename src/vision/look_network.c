/*
 * What a network of our own makes of small squares of the document: the page
 * itself, a display, or a print. An opinion beside those that measure: it
 * learned from simulated copies only, and decides nothing alone.
 *
 * Squares and their input are those of tools/train-screen/net.py.
 */
#include "vision/sight.h"

#include "vision/native.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SIDE 96
#define HALF (SIDE / 2)
#define SQUARES 10
#define PLANES 6
#define CLASSES 3 /* genuine, screen, print */
#define LUMA_STEP 32.0f
#define COLOUR_STEP 16.0f

/* Less its mean, in steps. */
static void
level(float *plane, int count, float step)
{
	double sum = 0;
	for (int i = 0; i < count; i++)
		sum += (double)plane[i];
	float mean = (float)(sum / count);
	for (int i = 0; i < count; i++)
		plane[i] = (plane[i] - mean) / step;
}

/* Four neighbours in brightness as four planes, then the colours. */
static void
fold(struct native *n, float *out)
{
	level(n->luma, SIDE * SIDE, LUMA_STEP);
	level(n->blue, HALF * HALF, COLOUR_STEP);
	level(n->red, HALF * HALF, COLOUR_STEP);
	for (int y = 0; y < SIDE; y++)
		for (int x = 0; x < SIDE; x++)
			out[((y & 1) * 2 + (x & 1)) * HALF * HALF +
			    y / 2 * HALF + x / 2] = n->luma[y * SIDE + x];
	memcpy(out + 4 * HALF * HALF, n->blue, HALF * HALF * sizeof(float));
	memcpy(out + 5 * HALF * HALF, n->red, HALF * HALF * sizeof(float));
}

/* Scores into shares of one. */
static void
share_out(const float scores[CLASSES], double shares[CLASSES])
{
	double sum = 0, each[CLASSES];
	for (int c = 0; c < CLASSES; c++)
		sum += each[c] = exp((double)(scores[c] - scores[0]));
	for (int c = 0; c < CLASSES; c++)
		shares[c] += each[c] / sum;
}

static RESULT
ask(struct net *net, const float *squares, int count, double out[CLASSES])
{
	AUTO(free) float *scores = NULL;
	struct net_shape said;
	TRY(net_run(net, squares, (struct net_shape){count, PLANES, HALF,
	    HALF}, &scores, &said));
	if (said.batch != count || said.channels != CLASSES ||
	    said.height * said.width != 1)
		return FAIL(ERR_INTERNAL, "a network of another kind");
	for (int i = 0; i < count; i++)
		share_out(scores + i * CLASSES, out);
	for (int c = 0; c < CLASSES; c++)
		out[c] /= count;
	return OK;
}

RESULT
look_network(struct sight *s)
{
	static float squares[SQUARES * PLANES * HALF * HALF];
	static struct native square;
	struct square at[SQUARES];
	double shares[CLASSES] = {0};
	struct box page = sight_page_box(s);
	size_t count = native_spread(&s->still, s->has_page ? &s->page : NULL,
	    NATIVE_INSIDE, SIDE, SQUARES, at);
	if (count == 0)
		return OK;
	for (size_t i = 0; i < count; i++) {
		TRY(native_square(&s->still, at[i], SIDE, &square));
		fold(&square, squares + i * PLANES * HALF * HALF);
	}
	TRY(ask(s->tools->nets[MODEL_screen], squares, (int)count, shares));
	TRY(findings_add_number(s->out, FINDING_network_print, shares[2],
	    page));
	return findings_add_number(s->out, FINDING_network_screen, shares[1],
	    page);
}
