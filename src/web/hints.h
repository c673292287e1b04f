/*
 * What a page says of its camera and device, brought into known fields. All
 * of it is a stranger's word: hints for operators, not proof.
 */
#pragma once

#include "base/arena.h"
#include "base/secret.h"

#include <stdbool.h>

#define DEVICE_MAX 40

/* "Firefox, Windows" from a User-Agent header; "" for what is not known. No
 * version, no model: enough to recognise one's own device. */
void device_family(const char *user_agent, char out[DEVICE_MAX]);

/* The program a camera's label belongs to: "obs"; "" when none is known. */
const char *virtual_camera(const char *label);

/* Whether a browser of this family always says what its camera can do. */
bool device_tells_capabilities(const char *family);

/* Who says so. */
struct hints_from {
	const char *device;       /* by device_family */
	const struct secret *key; /* of the keyed digest of the label */
	const char *registration; /* each has digests of its own */
};

/*
 * An object of the rows of body hints (bodies.def) as JSON of our own. The
 * camera's label is not kept, since it may name its owner; only whether it is
 * a virtual one, and a keyed digest that tells another camera of the same
 * registration. text "" is an object without members.
 */
RESULT hints_read(struct arena *a, const char *text,
    const struct hints_from *from, const char **out);
