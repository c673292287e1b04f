/*
 * People: names as they are written, as they are compared and as a
 * machine-readable zone spells them; e-mail addresses and telephone numbers.
 *
 * A zone is a poor copy of a name (A<AE<E): it may confirm what a person
 * declared, and never goes into a certificate itself.
 */
#pragma once

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>

#define PERSON_NAME_SIZE 200  /* bytes of UTF-8 with its NUL */
#define PERSON_FOLD_SIZE 600  /* a folded name can be longer */
#define PERSON_EMAIL_SIZE 255 /* RFC 5321: 254 and a NUL */
#define PERSON_PHONE_SIZE 17  /* E.164: + and 15 digits and a NUL */

/*
 * A name fit to be kept and certified: normal form C, one space between
 * words, none at the ends. ERR_INVALID for anything but letters of Latin,
 * Greek or Cyrillic with their accents, spaces, hyphens, apostrophes, full
 * stops and middle dots; a comma between names counts as a space.
 * ERR_TOO_LARGE when it is too long.
 */
RESULT person_name_clean(const char *text, char out[PERSON_NAME_SIZE]);

/*
 * Whether a clean name can be certified: ERR_INVALID, saying why, for letters
 * of several scripts or with more than two accents each, which would
 * cover the lines around them.
 */
RESULT person_name_certifiable(const char *name);

/*
 * What names are compared and searched by: no case, accents, hyphens,
 * apostrophes; single spaces. Text that is no name folds too (for searches);
 * ERR_INVALID for malformed UTF-8, ERR_TOO_LARGE when it does not fit.
 */
RESULT person_name_fold(const char *text, char out[PERSON_FOLD_SIZE]);

/* Equal after folding, spacing left out ("Jean-Luc" and "JEANLUC"). */
bool person_names_equal(const char *a, const char *b);

enum person_match {
	PERSON_DIFFERS,
	PERSON_PARTIAL, /* every declared word is there, but not all of them; or
	                   there is a usage name beside the document's name */
	PERSON_SAME
};

/*
 * A declared full name, in either order, against the two parts of a zone.
 * Letters with several spellings (ICAO 9303-3 section 6) match any of them;
 * a truncated zone matches by the beginnings of words.
 */
enum person_match person_match_mrz(const char *declared, const char *surname,
    const char *given_names, bool truncated);

/*
 * Whether a declared name is the given names of a zone (in whole) with this
 * other surname in place of the zone's.
 */
bool person_uses_name(const char *declared, const char *usage_name,
    const char *given_names);

/* PERSON_SAME of person_match_mrz(). */
bool person_name_folds_to_mrz(const char *declared, const char *surname,
    const char *given_names, bool truncated);

struct person_names {
	char surname[PERSON_NAME_SIZE];
	char given_names[PERSON_NAME_SIZE]; /* "" when there is none */
};

/*
 * Which words of a declared name are the surname and which the given names,
 * with their accents. ERR_INVALID when it is not PERSON_SAME.
 */
RESULT person_split(const char *declared, const char *surname,
    const char *given_names, bool truncated, struct person_names *out);

/*
 * Spells a name as zones do, by the first choice for each letter, words
 * parted by '<' ("Zoé Ås" gives "ZOE<AAS"). ERR_INVALID for a letter that no
 * zone spells.
 */
RESULT person_name_to_mrz(const char *text, char *out, size_t size);

/*
 * An address that can stand in a certificate and a mail header, as it is
 * compared: lower case. ASCII only (a domain by its A-label).
 */
RESULT person_email_fold(const char *text, char out[PERSON_EMAIL_SIZE]);

/* "+33612345678" from "+33 6 12 34 56 78" or "0033 ..."; else ERR_INVALID. */
RESULT person_phone_clean(const char *text, char out[PERSON_PHONE_SIZE]);

/*
 * Digits to search by, with or without prefix: "06 12" gives "612", which is
 * a part of "33612345678". "" when there is no digit; cut at 15 digits.
 */
void person_phone_digits(const char *text, char out[PERSON_PHONE_SIZE]);
