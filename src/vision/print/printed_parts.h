/*
 * What printed.c and printed_names.c share.
 */
#pragma once

#include "vision/print/search.h"
#include "vision/print/sheet.h"

/*
 * Nats by which the zone's value may be less likely than the best reading of
 * its place, in all, and still be what is printed. Chosen on tuning seeds:
 * tools/train-print/README.md has the figures on either side of it.
 */
#define MATCH_LEAST -4.0f
/* A name of so few letters stands anywhere by chance: half as much. */
#define SHORT_NAME 4
#define SHORT_LEAST -2.0f
/* A different value counts when its least sure letter is at least so sure ... */
#define OTHER_SURE 0.85f
/* ... and the zone's value is so much less likely at that place. */
#define OTHER_LEAST -9.0f
/* Without a zone: below this a reading is not worth reporting. */
#define ALONE_SURE 0.35f

/* One page on its way into findings. */
struct outlook {
	const struct sheet *sheet;
	const struct mrz *zone; /* NULL: none was read */
	const char *country;    /* "" when not known */
	const char *layout;
	struct printed *out;
};

void printed_add(const struct outlook *o, enum finding_name name,
    const char *text, float sure, const struct print *where, int from,
    int to);
/* The field of that name, NULL where none was reported. */
struct printed_field *printed_reported(
    struct printed *out, enum finding_name name);

/* A value by its label, reported as it was read. */
void printed_add_value(const struct outlook *o, enum finding_name name,
    const struct value *v);

/* What a sheet that was read says, and what of it is in doubt. */
RESULT printed_tell(const struct sheet *s, const struct raster *grey,
    const struct mrz *zone, struct printed *out);

/* Two readings into one, the first: what only one has is taken from it, and
 * where they differ the surer one is a doubt, unless the zone has the other.
 * The second one tells nothing that the zone tells otherwise. */
void printed_merge(const struct mrz *zone, const struct printed *second,
    struct printed *first);

/* Values of a page without a zone are read once more, cut differently, and are
 * no surer than both readings. */
RESULT printed_look_again(const struct sheet *s, struct printed *fields);

/* Values that nothing was compared with and that reach the edge of the page or
 * of a picture so large may go on beyond it. */
void printed_doubt_cut(const struct sheet *s, int width, int height,
    struct printed *fields);

/* Of a page without a zone: names beside whose ends something hides the paper
 * may have lost letters. */
void printed_doubt_covered(const struct sheet *s, struct printed *fields);

/* The best place for a text among all pieces; false when there is none. */
bool printed_search(const struct outlook *o, const struct search *what,
    const struct print **where, struct match *out);

/* A document number whose letters stand apart from its digits, before them. */
bool printed_series(const struct outlook *o, const char *number,
    const struct print **where, struct match *out);

#define RENDERINGS_MAX 24

/* The forms in which one value may be printed. */
struct renderings {
	size_t count;
	char at[RENDERINGS_MAX][SEARCH_TEXT_MAX];
};

/* What stands at the place of the zone's value, if surely something else. */
void printed_add_other(const struct outlook *o, enum field field,
    enum finding_name name, const char *expected,
    const struct renderings *all);

/* The document number. */
void printed_number(const struct outlook *o);

/* A date; expected: the zone's, or "". */
void printed_date(const struct outlook *o, enum field field,
    enum finding_name name, const char *expected);

/* Whether digits begin with a date that stands on the page. */
bool printed_begins_with_date(const struct outlook *o, const char *digits);

/* Of a page without a zone: doubts an expiry that fits no other date. */
void printed_doubt_end(const struct outlook *o);

/* The same: doubts a birth date that is told as the day of issue or the expiry
 * as well. */
void printed_doubt_birth(const struct outlook *o);

/* "SERIA RX" before a number in digits alone is of it. */
void printed_join_series(const struct outlook *o, struct value *v);

/* How likely a zone's value is printed anywhere, for the bench. */
float printed_score(const struct sheet *s, enum shape shape,
    const char *value);

/* All that a sheet says, with the zone or (NULL) without. */
void printed_report(const struct sheet *s, const struct mrz *zone,
    struct printed *out);

/* Whether the country prints names and places in its own script first; then
 * the Latin line below the value, false when there is none. */
bool printed_twice(const struct outlook *o);
bool printed_second_line(const struct outlook *o, const struct value *first,
    enum shape shape, struct value *out);

/* Names by where they stand alone, when no label of theirs was read. */
void printed_guess_names(const struct outlook *o);

/* Of a page without a zone: doubts a name whose other half is in doubt. */
void printed_doubt_half(struct printed *out);

/* Surname and given names. */
void printed_names(const struct outlook *o);
