/*
 * No threads: the cage of a reader ends whoever starts one.
 */
#pragma once

#include <stdbool.h>

/* For main(), before anything else. The libraries look at the environment
 * when they are loaded: restarts the program when it had to be changed. */
void threads_off(char **argv);

/* For a program that is about to start such a one: says it beforehand. true:
 * it had not been said. */
bool threads_none(void);
