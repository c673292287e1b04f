/*
 * What a fuzz target defines: one call with one input. It returns 0 and
 * aborts on what must never be.
 *
 * x_fuzz.c holds nothing else; its folder's meson.build adds the row
 *     fuzz_targets += [['name', files('x_fuzz.c'), [dependencies]]]
 * and tests/corpus/name/ holds at least one input. With -Dfuzz=true (clang)
 * libFuzzer drives it; else fuzz_main.c replays the corpus, as a test.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
