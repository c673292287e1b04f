/*
 * No threads: the cage of a reader ends whoever starts one.
 */
#pragma once

/* For main(), before anything else. The libraries look at the environment
 * when they are loaded: restarts the program when it had to be changed. */
void threads_off(char **argv);
