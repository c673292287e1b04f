/*
 * The policy texts (policies/): certificate policy and practice statement,
 * and PKI disclosure statement, filled in from the settings.
 *
 * What an operator has not filled in stands in the text as "[policy.address:
 * not filled in]": a hole must be seen, by them and by who relies on it.
 */
#pragma once

#include "base/arena.h"
#include "base/conf.h"

enum policy_kind { POLICY_CPS, POLICY_PDS, POLICY_COUNT };

struct policy {
	const char *language, *title;
	const char *text; /* the whole, as hashed: first the title; lines that
			     begin with "# ", "## " and "- " are headings and
			     items, others paragraphs */
	char sha256[65];
	size_t missing; /* settings not filled in that it needs */
};

extern const char *const policy_languages[]; /* ended by NULL */

/* "cps", "pds": in addresses. */
const char *policy_name(enum policy_kind kind);

/* ERR_NOT_FOUND: not in this language. Texts live in the arena. */
RESULT policy_load(const struct conf *conf, struct arena *a,
    enum policy_kind kind, const char *language, struct policy *out);

/* The settings not filled in; how many (at most POLICY_SETTINGS). */
#define POLICY_SETTINGS 17
size_t policy_missing(
    const struct conf *conf, enum conf_key out[POLICY_SETTINGS]);

/* What such a hole begins with. */
#define POLICY_HOLE "[policy."

/* Whether the name of the authorities says that they are for tests. */
bool policy_is_test(const struct conf *conf);
