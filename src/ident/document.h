/*
 * The documents that are accepted, by level (documents.def). Rows without an
 * exact source say "to be confirmed": nobody may rely on them for a level
 * that claims to be qualified before somebody did.
 */
#pragma once

#include "ident/mrz.h"

struct document {
	const char *country; /* ISO 3166-1 alpha-3, or UTO */
	const char *kind;    /* passport, identity_card, residence_permit */
	const char *model;
	enum mrz_format format;
	int sides;              /* pictures to ask for */
	const char *levels;     /* letters: l lcp, q qcp, s qcpnqscd */
	const char *valid_from; /* issued from, YYYY-MM-DD; "" for no limit */
	const char *layout;     /* where the printed fields lie */
	const char *source;     /* why it is here, or "to be confirmed" */
};

/* The rows in table order; NULL past the last one. */
const struct document *document_at(size_t index);

/* The first row of a country and kind; NULL when there is none. */
const struct document *document_find(const char *country, const char *kind);

/* The row of the model that carries this zone; NULL when there is none. */
const struct document *document_of_format(const char *country,
    const char *kind, enum mrz_format format);

/* Whether a row counts at a level (letter); UTO does in test workspaces. */
bool document_row_accepts(const struct document *d, char level, bool test);

/* Whether some model of this country and kind is accepted. */
bool document_accepts(const char *country, const char *kind, char level,
    bool test);

/* How many pictures this kind needs: 1 or 2; 0 when it is not known. */
int document_sides(const char *country, const char *kind);

/* A kind's name for people; language "fr" or anything else for English. */
const char *document_kind_text(const char *kind, const char *language);

/*
 * Whether the zone's document code can stand on this kind: P on passports,
 * I, A and C on cards, but no crew (AC), restricted (AI) or passport cards
 * (IP) outside Ireland, whose passport card is taken as an identity card.
 */
bool document_code_fits(const struct mrz *m, const char *kind);
