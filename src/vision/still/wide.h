/*
 * WIDE before a function whose loops a compiler can do many steps of at
 * once: it is made twice, for any processor and for those with AVX2, and the
 * right one is taken when the program starts. Products and sums are not
 * fused in either, so that both give the same to the bit. clang lets the whole
 * library see what chooses, under the function's name: no two share one.
 */
#pragma once

#if defined(__x86_64__) && !defined(__SANITIZE_ADDRESS__) && \
    !defined(__SANITIZE_THREAD__)
#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define WIDE
#endif
#endif
#ifndef WIDE
#define WIDE __attribute__((target_clones("avx2", "default")))
#endif
#else
#define WIDE
#endif
