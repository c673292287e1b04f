/*
 * Made twice, for processors with AVX2 and fused products and for any: the
 * first does sixteen products a cycle. What both give differs in the last
 * bits, by what a fused product does not round.
 */
#include "vision/net/net_tile.h"

#include <stdbool.h>

typedef float eight __attribute__((vector_size(32), aligned(4), may_alias));
typedef int truth __attribute__((vector_size(32)));

static inline __attribute__((always_inline)) void
run(const struct tile *t, int channels)
{
	const float *weight = t->weights;
	eight left[TILE_LARGE], right[TILE_LARGE];
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
	for (int c = 0; c < channels; c++) {
		const size_t at = (size_t)c * t->next;
		truth above = left[c] > least, beside = right[c] > least;
		*(eight *)(t->to[0] + at) = (eight)(((truth)left[c] & above) |
		    ((truth)least & ~above));
		*(eight *)(t->to[1] + at) = (eight)(((truth)right[c] &
		    beside) | ((truth)least & ~beside));
	}
}

static void
large(const struct tile *t)
{
	run(t, TILE_LARGE);
}

static void
small(const struct tile *t)
{
	run(t, TILE_SMALL);
}

#if defined(__x86_64__)

__attribute__((target("avx2,fma"))) static void
large_wide(const struct tile *t)
{
	run(t, TILE_LARGE);
}

__attribute__((target("avx2,fma"))) static void
small_wide(const struct tile *t)
{
	run(t, TILE_SMALL);
}

static bool
is_wide(void)
{
	return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
}

#else

#define large_wide large
#define small_wide small

static bool
is_wide(void)
{
	return false;
}

#endif

tile_run *
tile_for(int channels)
{
	if (is_wide())
		return channels == TILE_LARGE ? large_wide : small_wide;
	return channels == TILE_LARGE ? large : small;
}
