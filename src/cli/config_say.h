/*
 * How paraph config check tells what it found: a line each. Both give 1, to be
 * added up.
 */
#pragma once

int config_warn(const char *key, const char *why);
int config_fail(const char *key, const char *why);
