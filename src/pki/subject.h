/*
 * Distinguished names. The order and the string types are frozen: names are
 * compared as bytes by many.
 */
#pragma once

#include "base/der.h"

#define SUBJECT_MAX ((size_t)2048)
#define SUBJECT_COMMON_NAME_MAX 64 /* characters; longer ones are shortened */

/* NULL or "": absent. All UTF-8; brought into normal form C when written. */
struct subject {
	const char *country; /* two upper-case letters */
	const char *organisation;
	const char *organisation_id;
	const char *surname;
	const char *given_names;
	const char *pseudonym; /* instead of the two above */
	const char *serial;    /* letters PrintableString has */
	const char *common_name;
};

/*
 * Appends the Name. ERR_INVALID with the field: a country, character or
 * length that may not stand in a certificate; names in several scripts, or
 * with signs that are in no name; a pseudonym beside a name, or a common name
 * that does not repeat it.
 *
 * A common name "given names surname" that is too long loses given names from
 * the last one on, so that the surname stays; any other is cut before a word.
 */
RESULT subject_build_person(const struct subject *s, struct buf *out);
RESULT subject_build_authority(const struct subject *s, struct buf *out);

/* Appends text in normal form C (N16). */
RESULT text_normalise(const char *text, struct buf *out);

/* Letters and marks, a space, and the signs that stand in names: no other
 * space, nothing unseen, no symbol, no forms of typesetting. free: a pseudonym,
 * with any sign and digits. */
bool text_is_name(struct span text, bool free);

/* Single spaces between words, and two accents on a letter at most: more cover
 * the lines around them. What was approved is not mended here, but refused. */
bool text_is_even(struct span text);

/* Whether all letters of these texts are of one script, or of those
 * that Japanese, Korean or Chinese is written with. */
bool texts_share_script(const struct span *texts, size_t count);

/* ISO 3166-1 alpha-2, upper case (N17). */
bool country_exists(const char *code);
