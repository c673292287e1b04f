/*
 * The rows of retention.def, for who destroys by them.
 */
#pragma once

#include "flow/retention.h"

enum recordings { RECORDINGS_NO, RECORDINGS_YES, RECORDINGS_ALL };

struct retention_rule {
	const char *name, *states, *doc;
	enum recordings recordings;
	enum conf_key setting;
	int64_t least;
};

const struct retention_rule *retention_rule(enum retention_class r);
/* How long evidence of this class is kept, as it is set. */
int64_t retention_kept(const struct conf *conf, enum retention_class r);
