/*
 * What the supervisor says of the programs, kept for whoever asks.
 */
#pragma once

#include "proc/channel.h"
#include "proc/control.h"

struct health;

struct health *health_new(void);
void health_free(struct health *h);

/* A message from control; others than PROGRAMS are ignored. */
void health_take(const struct message *m, void *health);

/* How many there are; states has ROLE_COUNT rows. */
size_t health_states(struct health *h, struct program_state *states);
