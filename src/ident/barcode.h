/*
 * What a barcode on an identity document says of its holder, where it says it
 * in one of two plain forms: fields with a name ("N=X12;S=MARTIN;B=1990-07-13",
 * barcode_keys.def), or the lines of a machine-readable zone. Everything else
 * (sealed data, driving licences, addresses of pages) says nothing here.
 *
 * Anybody can print a barcode: it can contradict a document, not prove it.
 */
#pragma once

#include "ident/mrz.h"

#define BARCODE_FIELD_SIZE 100 /* bytes of UTF-8 with its NUL */

struct barcode_data {
	char number[BARCODE_FIELD_SIZE];
	char surname[BARCODE_FIELD_SIZE];
	char given_names[BARCODE_FIELD_SIZE];
	char birth_date[BARCODE_FIELD_SIZE]; /* YYYY-MM-DD */
	char expiry[BARCODE_FIELD_SIZE];     /* YYYY-MM-DD */
};

/*
 * Parses. Fields that it does not tell are "". ERR_NOT_FOUND: it tells none,
 * or tells one twice. now as mrz_parse wants it.
 */
RESULT barcode_parse(const char *text, int64_t now, struct barcode_data *out);
