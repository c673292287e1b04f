#include "vision/net/net_tile.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdbool.h>
#include <cmocka.h>
#include <math.h>

#define PLACES 37
#define CHANNELS_MAX 16
#define ROOM 4096

struct room {
	float in[ROOM], weights[ROOM], bias[CHANNELS_MAX], out[ROOM];
	int at[PLACES];
};

static float
number(unsigned i)
{
	return (float)(i * 2654435761u >> 16 & 255) / 128 - 1;
}

/* The parts stand apart, and not one behind another. */
static int
first_of(int part)
{
	return 500 * part + (part % 2 ? 3 : 40);
}

static void
fill(struct room *r)
{
	*r = (struct room){0};
	for (unsigned i = 0; i < ROOM; i++) {
		r->in[i] = number(i);
		r->weights[i] = number(i + 5000);
	}
	for (unsigned i = 0; i < CHANNELS_MAX; i++)
		r->bias[i] = number(i + 9000);
	for (int i = 0; i < PLACES; i++)
		r->at[i] = i * 11 + i % 3;
}

static void
run(const struct tiles *all, const struct tile_size *size, struct room *r)
{
	struct tile t = {.at = r->at, .count = PLACES, .weights = r->weights,
	    .bias = r->bias, .next = 100, .floor = 0};
	for (int part = 0; part < all->parts; part++) {
		t.from[part] = r->in + first_of(part);
		t.to[part] = r->out + part * TILE_COLUMNS;
	}
	size->run(&t);
}

static double
by_hand(const struct room *r, int channels, int c, int part, int x)
{
	double sum = (double)r->bias[c];
	for (int k = 0; k < PLACES; k++)
		sum += (double)r->weights[k * channels + c] *
		    (double)r->in[first_of(part) + r->at[k] + x];
	return fmax(sum, 0);
}

static void
each_tile_of_this_processor_sums_up_what_it_is_given(void **state)
{
	static struct room r;
	(void)state;
	for (int made = 0; tiles_made(made); made++) {
		const struct tiles *all = tiles_made(made);
		for (int i = 0; i < all->count; i++) {
			int channels = all->sizes[i].channels;
			fill(&r);
			run(all, &all->sizes[i], &r);
			for (int c = 0; c < channels; c++)
				for (int x = 0; x < all->parts * TILE_COLUMNS;
				    x++)
					assert_true(fabs((double)r.out[100 *
					    c + x] - by_hand(&r, channels, c,
					    x / TILE_COLUMNS,
					    x % TILE_COLUMNS)) < 1e-5);
		}
	}
}

/* What is read of a document must not hang on which of them it was. */
static void
processors_with_fused_products_agree_to_the_bit(void **state)
{
	static struct room one, other;
	(void)state;
	for (int made = 2; tiles_made(made); made++) {
		const struct tiles *a = tiles_made(1), *b = tiles_made(made);
		for (int i = 0; i < a->count; i++) {
			int channels = a->sizes[i].channels;
			const struct tile_size *same = tiles_next(b, channels);
			assert_int_equal(same->channels, channels);
			fill(&one);
			fill(&other);
			run(a, &a->sizes[i], &one);
			run(b, same, &other);
			for (int c = 0; c < channels; c++)
				assert_memory_equal(one.out + 100 * c,
				    other.out + 100 * c, (size_t)a->parts *
				    TILE_COLUMNS * sizeof(float));
		}
	}
}

static void
channels_are_shared_out_so_that_few_are_empty(void **state)
{
	(void)state;
	for (int made = 0; tiles_made(made); made++)
		for (int channels = 1; channels < 300; channels++) {
			int rooms = 0;
			while (rooms < channels)
				rooms += tiles_next(tiles_made(made),
				    channels - rooms)->channels;
			assert_true(rooms < channels + 4);
		}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(
		each_tile_of_this_processor_sums_up_what_it_is_given),
	    cmocka_unit_test(processors_with_fused_products_agree_to_the_bit),
	    cmocka_unit_test(channels_are_shared_out_so_that_few_are_empty),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
