/*
 * Typed bytes between programs. Big endian, lengths before contents.
 *
 * A reader that has failed stays failed, so that a message is read to its
 * end and asked about once: wire_done(). The writer and the reader of each
 * message stand side by side in the file of that message.
 */
#pragma once

#include "base/buf.h"

#include <stdbool.h>
#include <stdint.h>

/* A message is at most this long; larger things are sealed memfds. */
#define WIRE_MAX ((size_t)64 * 1024)

struct wire_reader {
	struct span rest;
	bool failed;
};

void put_u8(struct buf *b, uint8_t value);
void put_bool(struct buf *b, bool value);
void put_u32(struct buf *b, uint32_t value);
void put_u64(struct buf *b, uint64_t value);
void put_i64(struct buf *b, int64_t value);
void put_double(struct buf *b, double value);
void put_bytes(struct buf *b, struct span bytes);
void put_text(struct buf *b, const char *text);

/* OK when everything put fitted; every x_put() returns it. */
RESULT wire_written(const struct buf *b);

uint8_t get_u8(struct wire_reader *r);
/* 0 or 1, nothing else. */
bool get_bool(struct wire_reader *r);
uint32_t get_u32(struct wire_reader *r);
uint64_t get_u64(struct wire_reader *r);
int64_t get_i64(struct wire_reader *r);
/* NaN and infinities are refused. */
double get_double(struct wire_reader *r);
/* Borrowed from the message; more than max bytes fails. */
struct span get_bytes(struct wire_reader *r, size_t max);
/* Clean UTF-8 of less than size bytes into out, with its NUL. */
void get_text(struct wire_reader *r, char *out, size_t size);
/* At most size bytes copied to out; how many. */
size_t get_octets(struct wire_reader *r, uint8_t *out, size_t size);

/* OK when everything was read and nothing is left. */
RESULT wire_done(const struct wire_reader *r);

static inline struct wire_reader
wire_read(struct span message)
{
	return (struct wire_reader){.rest = message};
}
