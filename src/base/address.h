/*
 * Whether an address on the web can be reached by everybody.
 */
#pragma once

#include <stdbool.h>

/*
 * False for loopback, private and link-local numbers, names of one part, and
 * names that no public server can have (RFC 6761, RFC 2606, .local, .internal
 * and the like); also for what is no http or https address. Nothing is looked
 * up.
 */
bool address_is_public(const char *url);
