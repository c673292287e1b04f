/*
 * A page as read: its pieces of print, which of them are labels, and what
 * stands as the value of a label.
 */
#pragma once

#include "vision/print/printed.h"
#include "vision/print/prints.h"

enum field {
#define FIELD(name, shape) FIELD_##name,
#define KNOWN(name) FIELD_##name,
#include "vision/print/print_fields.def"
#undef FIELD
#undef KNOWN
	FIELD_COUNT /* none */
};

#define LABELS_MAX 200

/* Where values stand on a page: below their labels, as nearly everywhere. */
enum manner { MANNER_BELOW, MANNER_ABOVE, MANNER_BESIDE };

/* Letters from..to-1 of a piece that name a field. Two columns' labels may
 * stand in one piece, and one label may name two fields. */
struct label {
	size_t print;
	enum field field;
	int from, to;
	int next;           /* where the next label of the piece begins */
	bool name;          /* nothing but "name" */
	bool strange;       /* an unknown word stands before its words */
	float later;        /* millimetres: other places come first */
	enum manner manner; /* where its value stands */
	struct piece where; /* the part of the piece that it is */
};

enum shape { SHAPE_DATE, SHAPE_NAME, SHAPE_NUMBER, SHAPE_SEX, SHAPE_TEXT };

struct sheet {
	const struct inspector *tools;
	struct page *page;
	bool through;         /* what lies under a large word is read: */
	struct raster pixels; /* evenly lit; then without wide strokes */
	float per_mm;
	struct prints prints;
	struct label labels[LABELS_MAX];
	size_t label_count;
	bool is_label[PIECES_MAX]; /* or has one in it */
	const char *country;       /* by its print, "" when not known */
	const char *kind;          /* by its title, "" when not known */
	bool permit;               /* its last date is its expiry */
	size_t letters;            /* read with some certainty */
};

/* Some letters of one piece that make a value. */
struct value {
	const struct print *print; /* NULL: none */
	int from, to;              /* letters, the last one not included */
	float sure;                /* of the least sure letter */
	char text[PRINT_TEXT_SIZE];
};

/* Cuts the page, evens its light and reads it; turns it when it must be. */
RESULT sheet_read(const struct inspector *tools, const struct raster *grey,
    const struct mrz *zone, struct page *page, struct sheet *out);
void sheet_clear(struct sheet *s);

/* Whether two documents of one model are printed on it. */
bool sheet_is_twofold(const struct sheet *s);

/* The state that issued it, as the tables here call it. */
const char *sheet_country(const struct mrz *zone);

/*
 * The value of a field by its label, else by layout ("card", "passport" ...);
 * print NULL when there is none of that shape.
 */
void sheet_value(const struct sheet *s, enum field field,
    const char *country, const char *layout, struct value *out);

/* Whether a label of any field has the value near it. */
bool sheet_is_claimed(const struct sheet *s, const struct value *v);

/* Whether it stands below a label of another field. */
bool sheet_is_anothers(const struct sheet *s, const struct value *v,
    enum field field);

/* Letters from..to-1 of a piece as a value of that shape, if they are one. */
bool sheet_shape(const struct print *p, int from, int to, enum shape shape,
    struct value *out);

/* Whether letters of another script than Latin stand in it. */
bool sheet_is_foreign(const struct value *v);

/* Whether a date's year has two digits: which century is not said. */
bool sheet_is_short(const struct value *v);

/* The first such value within letters from..to-1 of a piece. */
bool sheet_among(const struct print *p, int from, int to, enum shape shape,
    struct value *out);

/* Letters from..to-1 of a piece as a piece of their own. */
struct piece sheet_part(const struct print *p, int from, int to);

/* Where columns from..to of a piece lie in the picture. */
void sheet_corners(const struct sheet *s, const struct print *p, int from,
    int to, float corners[8]);

DEFINE_AUTO_CLEAR(sheet_clear, struct sheet)
