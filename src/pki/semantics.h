/*
 * What a subject's serialNumber says when it is declared to be a document's
 * or a person's number: TTTCC-id (EN 319 412-1 5.1.3). A number without the
 * declaration means nothing and may look like anything.
 */
#pragma once

#include "base/buf.h"

#include <stdbool.h>

enum semantics_kind {
	SEMANTICS_known,
	SEMANTICS_deprecated, /* TAX */
	SEMANTICS_national    /* two letters and a colon: needs an authority */
};

/* ERR_INVALID: not of that form, of an unknown type or country. */
RESULT semantics_parse(struct span serial, enum semantics_kind *out);

/* Whether it is a passport's or an identity card's number in that form. */
bool semantics_is_document(const char *serial);

/* CC/CC/id, as eIDAS' own semantics have it (EN 319 412-1 5.1.5): the country
 * of who gave it, and of who it is for. */
RESULT semantics_eidas_check(struct span serial);

/*
 * The registration number of an organisation (EN 319 412-1 5.1.4):
 * NTRFR-123456789, VATLU-..., LEIXG-..., or XX:CC-...
 */
RESULT organisation_id_check(struct span id);
