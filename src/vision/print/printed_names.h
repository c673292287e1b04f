/*
 * What the files of names share: printed_names.c under labels,
 * printed_names_spelt.c by the zone, printed_names_shared.c where one label
 * is both names', printed_names_lines.c the lines of a name.
 */
#pragma once

#include "vision/print/printed_parts.h"

#define UNPARTED_SURE 0.5f /* a line, or two, of both names in either order */
#define NAMES_NEIGHBOUR_SURE 0.8f /* below PRINTED_SURE: never contradicts */
#define NAMES_NEIGHBOUR_MOST 6.0f /* capitals from one name to the other */
/* Of one line beside another: accents make one seem larger, labels are about
 * half as large. */
#define NAMES_SIZE_LEAST 0.66f
#define NAMES_SIZE_MOST 1.5f
/* Capitals from one line of a name to the next; and when no zone says that
 * they belong together. */
#define NAMES_LINE_MOST 2.4f
#define NAMES_TIGHT_MOST 1.8f
#define NAMES_WORDS_MAX 8

struct wanted {
	const char *name; /* the zone's, "" when none was read */
	bool truncated;
	enum finding_name finding;
	enum field field;
};

/* The zone's name as this page spells it, whole or broken in two; false: it is
 * not there. */
bool names_spelt(const struct outlook *o, const struct wanted *w);

/* Without a zone: both names under a label that is theirs together, or the
 * surname above given names; false: it is not such a page. */
bool names_by_one_label(const struct outlook *o);
bool names_above_given(const struct outlook *o);

/* With a space between; what has no room is left out. */
void names_append(char *out, size_t size, const char *text);

/* Whether a line is no name of its own, but the other one of a person whose
 * surname stands above: "ép. DUPONT", "e/v Molenaar", "geb. Gabler". */
bool names_are_other(const char *text);

/* Names to the end of the line; the least sure counts. */
void names_to_the_end(const struct sheet *s, const struct print *p,
    enum field field, char *text, size_t size, float *sure);

/* Whether b is the line below a. */
bool names_next_line(const struct print *a, const struct print *b);

/* Whether it is a word that stands before a surname, as "AL". */
bool names_goes_before(const char *word);

/* "MARIAM SAIF OBAID ALKETBI": a surname and given names in one line, in the
 * order of that state; false: none is known, or there are no two. */
bool names_part_by_order(const char *country, const struct value *line,
    struct value *surname, struct value *given);

/* Whether documents of that state print given names above the surname. */
bool names_given_above(const char *country);

/* "LVA": a nationality. "PM", "PV" beside it: the kind of passport, where no
 * label was read that says so. "NG", "LI" are names. */
bool names_is_code(const char *text);

/* "NGUYEN, THI LAN": a surname and given names in one line, which a comma
 * parts; false: there is none, or more than one. */
bool names_part_at_comma(const struct value *line, struct value *surname,
    struct value *given);

/* The second line of a name, at most so many capitals below the first; NULL:
 * there is none. */
const struct print *names_second_line(const struct sheet *s,
    const struct print *p, float most, enum shape shape, struct value *out);

/* A name right above or below the known one, in its letters, whose own label
 * was not read. */
bool names_neighbour(
    const struct outlook *o, enum field known, struct value *out);

/* Whether marks stand before names, as on German cards. */
bool names_are_marked(const struct outlook *o);
