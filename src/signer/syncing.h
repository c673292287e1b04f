/*
 * A thread that makes one file durable while its owner goes on. It does
 * nothing else: it knows no data but the descriptor.
 */
#pragma once


struct syncing;

/* fd stays the caller's, and open until syncing_free(). */
struct syncing *syncing_new(int fd);
void syncing_free(struct syncing *s);

/* One at a time. */
void syncing_begin(struct syncing *s);
/* Waits; 0 or the error number. 0 when nothing was begun. */
int syncing_end(struct syncing *s);
