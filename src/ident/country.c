/*
 * Codes of states. Zones use ISO 3166-1 alpha-3 but for Germany (D), the
 * British kinds of nationality and codes of organisations (ICAO 9303-3,
 * section 5).
 */
#include "ident/country.h"
#include "base/enum.h"

#include <stddef.h>
#include <string.h>

static const struct country countries[] = {
#define COUNTRY(code, alpha2, english, french) {#code, alpha2, english, french},
#include "ident/countries.def"
#undef COUNTRY
};

const struct country *
country_find(const char *code)
{
	for (size_t i = 0; code && i < COUNT_OF(countries); i++)
		if (strcmp(countries[i].code, code) == 0)
			return &countries[i];
	return NULL;
}

bool
country_is_certifiable(const struct country *c)
{
	static const char *const others[] = {"", "EU", "UN", "XK", "XX"};

	for (size_t i = 0; c && i < COUNT_OF(others); i++)
		if (strcmp(c->alpha2, others[i]) == 0)
			return false;
	return c;
}

const char *
country_alpha3(const char *code)
{
	const struct country *c = country_find(code);

	if (strcmp(code, "D") == 0)
		return "DEU";
	if (c && strcmp(c->alpha2, "GB") == 0)
		return "GBR";
	return code;
}

bool
country_same(const char *a, const char *b)
{
	return strcmp(country_alpha3(a), country_alpha3(b)) == 0;
}
