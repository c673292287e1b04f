/*
 * States and the other issuers that may stand in a machine-readable zone.
 */
#pragma once

#include <stdbool.h>

struct country {
	const char *code;    /* as in the zone without fillers: "FRA", "D" */
	const char *alpha2;  /* for certificates; "" when there is none */
	const char *english;
	const char *french;
};

/*
 * By the code in a zone ("D", "GBD") or by ISO 3166-1 alpha-3 ("DEU"); NULL
 * when unknown.
 */
const struct country *country_find(const char *code);

/* Whether a certificate can name it: its alpha-2 is one of ISO 3166-1. False
 * for NULL, those without a state, organisations, and Kosovo, whose code is of
 * the range left to users (N17). */
bool country_is_certifiable(const struct country *c);

/* "DEU" for "D", "GBR" for the British variants, else the code itself. */
const char *country_alpha3(const char *code);

/* Whether two codes name the same state ("D" and "DEU", "GBN" and "GBR"). */
bool country_same(const char *a, const char *b);
