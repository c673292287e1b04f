/*
 * Keeping the programs up: starting them in the table's order, introducing
 * them to each other, starting again what ended, ending all.
 */
#pragma once

#include "proc/spawn.h"

/*
 * Runs until SIGTERM or SIGINT, then ends every program and returns OK.
 * port is told over ready_fd (-1: to nobody) once all programs are ready:
 * "ready PORT" and a line feed. ERR_UNAVAILABLE: a program refused to start
 * (the log says which); the others have been ended too.
 */
RESULT supervise(const struct spawn_plan *plan, int ready_fd, unsigned port);
