/*
 * What a network of our own makes of small squares of the document: the page
 * itself, a display, or a print. An opinion beside those that measure: it
 * learned from simulated copies only, and decides nothing alone.
 *
 * Noise and hard compression look like a printer's drops to it, but they do so
 * all over the picture: what lies around the document is looked at as well.
 *
 * Squares and their input are those of tools/train-screen/net.py.
 */
#include "vision/look/look.h"

#include "vision/page/native.h"

#include <math.h>
#include <stdlib.h>

#define SIDE 96
#define HALF (SIDE / 2)
#define SQUARES 10
#define OUTSIDE_LEAST 4 /* fewer say nothing of what is around */
#define PLANES NATIVE_PLANES
#define CLASSES 3 /* genuine, screen, print */

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

/* What it makes of squares in the document, or around it; count 0: there
 * were none. */
static RESULT
look_where(struct sight *s, enum native_where where, size_t *count,
    double shares[CLASSES])
{
	static float squares[SQUARES * PLANES * HALF * HALF];
	static struct native square;
	struct square at[SQUARES];
	*count = native_spread(&s->still, s->has_page ? &s->page : NULL,
	    where, SIDE, SQUARES, at);
	for (size_t i = 0; i < *count; i++) {
		TRY(native_square(&s->still, at[i], SIDE, &square));
		native_fold(&square, (struct native_size){SIDE, SIDE, 1},
		    squares + i * PLANES * HALF * HALF);
	}
	return *count == 0 ? OK : ask(s->tools->nets[MODEL_screen], squares,
	    (int)*count, shares);
}

RESULT
look_network(struct sight *s)
{
	double in[CLASSES] = {0}, around[CLASSES] = {0};
	struct box page = sight_page_box(s);
	size_t inside, outside;
	TRY(look_where(s, NATIVE_INSIDE, &inside, in));
	if (inside == 0)
		return OK;
	TRY(look_where(s, NATIVE_OUTSIDE, &outside, around));
	TRY(findings_add_number(s->out, FINDING_network_print, in[2], page));
	TRY(findings_add_number(s->out, FINDING_network_screen, in[1], page));
	if (outside < OUTSIDE_LEAST)
		return OK;
	return findings_add_number(s->out, FINDING_network_around, around[2],
	    page);
}
