/*
 * What a page says of its camera and device, brought into known fields. All
 * of it is a stranger's word: hints for operators, not proof.
 */
#pragma once

#include "base/arena.h"

#define DEVICE_MAX 40

/* "Firefox, Windows" from a User-Agent header; "" for what is not known. No
 * version, no model: enough to recognise one's own device. */
void device_family(const char *user_agent, char out[DEVICE_MAX]);

/* The program a camera's label belongs to: "obs"; "" when none is known. */
const char *virtual_camera(const char *label);

/*
 * An object of the rows of body hints (bodies.def) as JSON of our own. The
 * camera's label is not kept, since it may name its owner; only whether it is
 * a virtual one. text "" is an object without members.
 */
RESULT hints_read(struct arena *a, const char *text, const char *device,
    const char **out);
