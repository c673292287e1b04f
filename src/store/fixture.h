/*
 * A store on a database of its own with two workspaces, for tests.
 */
#pragma once

#include "store/store.h"

struct bench {
	char dir[64], path[96];
	struct store *s;
	struct arena a;
};

int bench_setup(void **state);
int bench_teardown(void **state);

/* A registration of wsp_a that was just made, with nothing read yet. */
struct registration bench_sample(const char *id, const char *email,
    int64_t at);

#define CASE(name)                                                             \
	cmocka_unit_test_setup_teardown(name, bench_setup, bench_teardown)
