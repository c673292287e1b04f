/*
 * Reading TTTCC-id. The edition of 2026 is the one held: EID is a type, XG a
 * country, EL stands for Greece in tax numbers.
 */
#include "pki/semantics.h"

#include "base/enum.h"
#include "pki/subject.h"

#define PREFIX_SIZE 6 /* "PASFR-" */
#define NUMBER_MAX 58 /* 64 characters in all */
#define ORGANISATION_ID_MAX 256

static bool
country_is(const char code[3], const char *type)
{
	static const char *const others[] = {"EU", "UN", "XG"};

	if (strcmp(code, "EL") == 0)
		return strcmp(type, "TIN") == 0 || strcmp(type, "VAT") == 0;
	return country_exists(code) ||
	       enum_find(others, COUNT_OF(others), code) < COUNT_OF(others);
}

static bool
is_capital(char c)
{
	return c >= 'A' && c <= 'Z';
}

/* Cuts the prefix into type and country. */
static RESULT
take_prefix(struct span text, char type[4], char country[3])
{
	if (text.size <= PREFIX_SIZE || text.data[5] != '-')
		return FAIL(ERR_INVALID, "not of the form TTTCC-number");
	memcpy(type, text.data, 3);
	memcpy(country, text.data + 3, 2);
	type[3] = country[2] = '\0';
	if (!country_is(country, type))
		return FAIL(ERR_INVALID, "no such country");
	return OK;
}

static bool
is_national(const char type[4])
{
	return is_capital(type[0]) && is_capital(type[1]) && type[2] == ':';
}

RESULT
semantics_parse(struct span serial, enum semantics_kind *out)
{
	static const char *const known[] = {"PAS", "IDC", "PNO", "TIN", "EID"};
	char type[4], country[3];

	TRY(take_prefix(serial, type, country));
	if (serial.size > PREFIX_SIZE + NUMBER_MAX)
		return FAIL(ERR_INVALID, "longer than 64 characters");
	if (is_national(type))
		*out = SEMANTICS_national;
	else if (strcmp(type, "TAX") == 0)
		*out = SEMANTICS_deprecated;
	else if (enum_find(known, COUNT_OF(known), type) < COUNT_OF(known))
		*out = SEMANTICS_known;
	else
		return FAIL(ERR_INVALID, "unknown type of number");
	return OK;
}

RESULT
semantics_eidas_check(struct span serial)
{
	char countries[2][3] = {"", ""};

	if (serial.size <= PREFIX_SIZE || serial.size > PREFIX_SIZE + NUMBER_MAX)
		return FAIL(ERR_INVALID, "not of the form CC/CC/number");
	for (size_t i = 0; i < 2; i++) {
		memcpy(countries[i], serial.data + 3 * i, 2);
		if (serial.data[3 * i + 2] != '/')
			return FAIL(ERR_INVALID, "not of the form CC/CC/number");
		if (!country_exists(countries[i]) &&
		    strcmp(countries[i], "EL") != 0)
			return FAIL(ERR_INVALID, "no such country");
	}
	return OK;
}

bool
semantics_is_document(const char *serial)
{
	enum semantics_kind kind;
	bool typed = strncmp(serial, "PAS", 3) == 0 ||
		     strncmp(serial, "IDC", 3) == 0;

	if (typed && semantics_parse(span_of_text(serial), &kind) == OK)
		return true;
	err_clear();
	return false;
}

RESULT
organisation_id_check(struct span id)
{
	static const char *const known[] = {"NTR", "VAT", "PSD", "LEI"};
	char type[4], country[3];

	TRY(take_prefix(id, type, country));
	if (id.size > ORGANISATION_ID_MAX)
		return FAIL(ERR_INVALID, "longer than 256 characters");
	if (!is_national(type) &&
	    enum_find(known, COUNT_OF(known), type) == COUNT_OF(known))
		return FAIL(ERR_INVALID, "unknown type of number");
	return OK;
}
