/*
 * What paraph-inspect knows of a document, and how it tells it: as JSON, as a
 * report, as a picture.
 */
#pragma once

#include <jansson.h>

#include "cli/inspect_options.h"
#include "checks/check.h"
#include "checks/printed.h"
#include "vision/inspect.h"

/* One picture, or both sides of one card. */
struct card {
	const char *files[SIDES_MAX]; /* NULL: this side was not given */
	struct inspect_result sides[SIDES_MAX];
	struct dossier dossier;
	struct result checks[CHECK_COUNT];
	size_t check_count;
};

/*
 * Runs the checks, as of somebody who declared nothing, and calls doubtful
 * what was read well but contradicts itself.
 */
void card_judge(struct card *c);
void card_clear(struct card *c);

/* passport, identity_card, residence_permit, visa, driving_licence, unknown:
 * by the zone. */
const char *card_kind(const struct mrz *m);

/* The same of one side, and its issuer ("": not known): by its zone, else by
 * what its print calls itself. */
const char *card_kind_of(const struct inspect_result *r);
const char *card_country_of(const struct inspect_result *r);

/* One thing that a document says, from each place that says it. */
struct card_field {
	const char *name;            /* surname, birth_date ... */
	const char *zone;            /* "" where the zone has no such field */
	const struct finding *print; /* NULL: not read */
	const struct finding *code;  /* of a barcode; NULL */
	enum agreement agrees;       /* print with zone */
};

#define CARD_FIELDS_MAX 48

size_t card_fields(const struct card *c,
    struct card_field out[CARD_FIELDS_MAX]);

/* Of a finding named like printed_x or barcode_x, whatever x is. */
enum agreement card_agreement(const struct finding *f, const struct mrz *m);

/* A measurement that quality.def has a rule for. */
struct card_rule {
	double threshold;
	bool least;           /* else at most */
	const char *sentence; /* for whoever holds the camera */
};

/* false: there is no rule for it on this side. */
bool card_rule_of(enum finding_name name, int side, struct card_rule *out);
/* Never where the check of quality passed: it asks less of a small picture
 * that was read surely. */
bool card_rule_broken(const struct card *c, const struct card_rule *rule,
    double value);

/* Corners of a line of the zone (ident/mrz_place.h); false: not told. */
bool card_line_place(const struct findings *f, size_t line, int corners[8]);

/* Lines of the zone, and a digit for each letter ("" when not told). */
size_t card_lines(const struct findings *f, const char *lines[MRZ_LINES_MAX],
    const char *letters[MRZ_LINES_MAX]);

/* Below so many tenths a letter is marked as doubtful. */
#define CARD_LETTER_TENTHS 8

/* docs/inspect.md describes it; the caller frees it. */
json_t *card_json(const struct card *c, int side);

/* The same for people, of all sides. colour: the terminal shows it. */
void card_print(const struct card *c, bool colour);

/* Draws what was seen on one side. ERR_UNAVAILABLE: it cannot be written. */
RESULT card_draw(struct card *c, int side, const char *path);

/* Exit statuses. */
enum { STATUS_READ, STATUS_UNREADABLE, STATUS_WRONG_USE, STATUS_DOUBTFUL };

/* The networks: where they are said to be, or beside the program. */
RESULT load_models(const struct options *o, struct inspector *tools);

/* At most one byte more than is accepted: the reading says it is too much. */
RESULT read_bytes(const char *path, size_t most, struct buf *out);

/* Files that are recordings; returns the exit status. */
int inspect_recordings(const struct inspector *tools,
    const struct options *o);
