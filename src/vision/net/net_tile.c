/*
 * Made three times: for any processor, for those with AVX2 and fused products
 * (sixteen products a cycle), and for those with AVX-512 (twice that). The
 * last two give the same to the bit, since each number is summed up in the
 * same order; the first differs in the last bits, by what a fused product does
 * not round.
 */
#include "vision/net/net_tile.h"

#include <stdbool.h>

typedef float four __attribute__((vector_size(16), aligned(4), may_alias));
typedef int few __attribute__((vector_size(16)));

/* Twelve sums, two of input, one weight: a processor has sixteen registers. */
#define LARGE 6
#define SMALL 4

/* Where sums begin with zero as all variables do they go through memory. */
#if defined(__has_attribute) && __has_attribute(uninitialized)
#define SUMS __attribute__((uninitialized))
#else
#define SUMS
#endif

static inline __attribute__((always_inline)) four
floored(four sums, four least)
{
	few above = sums > least;

	return (four)(((few)sums & above) | ((few)least & ~above));
}

/* One of both parts in vectors of four, the widest that any processor has:
 * twelve sums again. */
static inline __attribute__((always_inline)) void
run_narrow(const struct tile *t, int part, int channels)
{
	const float *weight = t->weights;
	SUMS four left[LARGE], right[LARGE];
#pragma GCC unroll 6
	for (int c = 0; c < channels; c++)
		left[c] = right[c] = t->bias[c] - (four){0};
	for (size_t k = 0; k < t->count; k++) {
		const float *from = t->from[part] + t->at[k];
		four a = *(const four *)from, b = *(const four *)(from + 4);
#pragma GCC unroll 6
		for (int c = 0; c < channels; c++) {
			left[c] += a * weight[c];
			right[c] += b * weight[c];
		}
		weight += channels;
	}
	const four least = t->floor - (four){0};
#pragma GCC unroll 6
	for (int c = 0; c < channels; c++) {
		float *to = t->to[part] + (size_t)c * t->next;
		*(four *)to = floored(left[c], least);
		*(four *)(to + 4) = floored(right[c], least);
	}
}

static void
large(const struct tile *t)
{
	run_narrow(t, 0, LARGE);
	run_narrow(t, 1, LARGE);
}

static void
small(const struct tile *t)
{
	run_narrow(t, 0, SMALL);
	run_narrow(t, 1, SMALL);
}

static const struct tiles plain = {2, 2,
    {{LARGE, SMALL + 1, large}, {SMALL, 1, small}}};

#if defined(__x86_64__)

typedef float eight __attribute__((vector_size(32), aligned(4), may_alias));
typedef int truth __attribute__((vector_size(32)));

static inline __attribute__((always_inline)) void
run_wide(const struct tile *t, int channels)
{
	const float *weight = t->weights;
	SUMS eight left[LARGE], right[LARGE];
#pragma GCC unroll 6
	for (int c = 0; c < channels; c++)
		left[c] = right[c] = t->bias[c] - (eight){0};
	for (size_t k = 0; k < t->count; k++) {
		eight a = *(const eight *)(t->from[0] + t->at[k]);
		eight b = *(const eight *)(t->from[1] + t->at[k]);
#pragma GCC unroll 6
		for (int c = 0; c < channels; c++) {
			left[c] += a * weight[c];
			right[c] += b * weight[c];
		}
		weight += channels;
	}
	const eight least = t->floor - (eight){0};
#pragma GCC unroll 6
	for (int c = 0; c < channels; c++) {
		const size_t at = (size_t)c * t->next;
		truth above = left[c] > least, beside = right[c] > least;
		*(eight *)(t->to[0] + at) = (eight)(((truth)left[c] & above) |
		    ((truth)least & ~above));
		*(eight *)(t->to[1] + at) = (eight)(((truth)right[c] &
		    beside) | ((truth)least & ~beside));
	}
}

__attribute__((target("avx2,fma"))) static void
large_wide(const struct tile *t)
{
	run_wide(t, LARGE);
}

__attribute__((target("avx2,fma"))) static void
small_wide(const struct tile *t)
{
	run_wide(t, SMALL);
}

static const struct tiles wide = {2, 2,
    {{LARGE, SMALL + 1, large_wide}, {SMALL, 1, small_wide}}};

/* Sixteen columns as two parts, with 32 registers. */
#define LARGEST 12
#define HALVES(upper, lower) __builtin_shufflevector(*(const eight *)(upper), \
    *(const eight *)(lower), 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, \
    14, 15)

typedef float sixteen __attribute__((vector_size(64)));
typedef int truths __attribute__((vector_size(64)));

#define WIDER __attribute__((target("avx512f,fma")))

/* Both halves of the sums, none below the floor, to where they belong. */
WIDER static inline __attribute__((always_inline)) void
put(const sixteen *sums, float floor, float *upper, float *lower)
{
	const sixteen least = floor - (sixteen){0};
	truths above = *sums > least;
	sixteen given = (sixteen)(((truths)*sums & above) |
	    ((truths)least & ~above));
	*(eight *)upper = __builtin_shufflevector(given, given, 0, 1, 2, 3,
	    4, 5, 6, 7);
	*(eight *)lower = __builtin_shufflevector(given, given, 8, 9, 10, 11,
	    12, 13, 14, 15);
}

WIDER static inline __attribute__((always_inline)) void
run_wider(const struct tile *t, int channels)
{
	const float *weight = t->weights;
	SUMS sixteen left[LARGEST], right[LARGEST];
#pragma GCC unroll 12
	for (int c = 0; c < channels; c++)
		left[c] = right[c] = t->bias[c] - (sixteen){0};
	for (size_t k = 0; k < t->count; k++) {
		const int at = t->at[k];
		sixteen a = HALVES(t->from[0] + at, t->from[1] + at);
		sixteen b = HALVES(t->from[2] + at, t->from[3] + at);
#pragma GCC unroll 12
		for (int c = 0; c < channels; c++) {
			left[c] += a * weight[c];
			right[c] += b * weight[c];
		}
		weight += channels;
	}
#pragma GCC unroll 12
	for (int c = 0; c < channels; c++) {
		const size_t at = (size_t)c * t->next;
		put(&left[c], t->floor, t->to[0] + at, t->to[1] + at);
		put(&right[c], t->floor, t->to[2] + at, t->to[3] + at);
	}
}

WIDER static void
largest_wider(const struct tile *t)
{
	run_wider(t, LARGEST);
}

WIDER static void
large_wider(const struct tile *t)
{
	run_wider(t, LARGE);
}

WIDER static void
small_wider(const struct tile *t)
{
	run_wider(t, SMALL);
}

static const struct tiles wider = {4, 3,
    {{LARGEST, LARGE + SMALL + 1, largest_wider},
	{LARGE, SMALL + 1, large_wider}, {SMALL, 1, small_wider}}};

const struct tiles *
tiles_made(int number)
{
	bool fused = __builtin_cpu_supports("avx2") &&
	    __builtin_cpu_supports("fma");
	if (number == 2)
		return fused && __builtin_cpu_supports("avx512f") ? &wider :
		    NULL;
	return number == 0 ? &plain : number == 1 && fused ? &wide : NULL;
}

#else

const struct tiles *
tiles_made(int number)
{
	return number == 0 ? &plain : NULL;
}

#endif

const struct tiles *
tiles_here(void)
{
	const struct tiles *last = &plain;
	for (int i = 1; tiles_made(i); i++)
		last = tiles_made(i);
	return last;
}

const struct tile_size *
tiles_next(const struct tiles *all, int channels)
{
	int i = 0;
	while (i + 1 < all->count && channels < all->sizes[i].least)
		i++;
	return &all->sizes[i];
}
