/*
 * Checks: one opinion a file. A check may look at the dossier and may not
 * touch anything: no database, no clock but the one in the dossier, no log.
 */
#pragma once

#include "ident/challenge.h"
#include "ident/finding.h"
#include "ident/mrz.h"

#include <stdint.h>

enum verdict { VERDICT_PASS, VERDICT_WARN, VERDICT_FAIL, VERDICT_UNSURE };

enum check_strength { CHECK_STRONG, CHECK_WEAK };

enum check_name {
#define CHECK(name, levels, strength, mendable, title) CHECK_##name,
#include "checks/checks.def"
#undef CHECK
	CHECK_COUNT
};

#define SIDES_MAX 2 /* 0: front or photo page, 1: back */

/* What a result speaks of: one of those two, or a recording. */
enum source {
	SOURCE_NONE = -1,
	SOURCE_FRONT,
	SOURCE_BACK,
	SOURCE_FACE,       /* the recording of the face */
	SOURCE_DOCUMENT,   /* the recording of the document */
	SOURCE_COMPARED,   /* pictures against recordings */
	SOURCE_COUNT
};

/* Other requests, under another e-mail, with the same ...; product 4. */
struct seen {
	bool looked; /* false: nobody compared, a single picture say */
	int document, person, picture;
};

/* Everything a check may know of one attempt. */
struct dossier {
	int64_t now;       /* milliseconds UTC */
	char level;        /* l, q or s */
	bool test;         /* a test workspace: specimens are accepted */
	int minimum_age;   /* years */
	const char *declared_name; /* as confirmed by the participant */
	const char *country;       /* chosen: ISO 3166-1 alpha-3 */
	const char *kind;          /* chosen: passport, identity_card, ... */
	const struct findings *sides[SIDES_MAX]; /* NULL: not given */
	struct mrz mrz;    /* parsed again by us from the lines; may be NONE */
	int mrz_side;      /* which side it came from, -1 for none */
	/* Proof of life: the recordings of face and document, and the
	 * comparison of all. NULL: not given, or not looked at yet. */
	const struct findings *face, *shown, *compared;
	const struct challenge *challenge; /* of the face */
	int told; /* challenges of the face whose actions were told, with this */
	struct seen seen;
};

/* What a check says. value and threshold are NAN where nothing is measured. */
struct result {
	enum check_name check;
	enum verdict verdict;
	double value, threshold;
	int side;               /* enum source */
	struct box box;
	uint32_t from_ms, to_ms; /* in a recording; both 0: nowhere */
	const char *reason;     /* code for the participant, "" when passed:
				   a row of reasons.def, never freed */
	char explanation[160];  /* for operators; no personal data */
};

struct check {
	const char *name;
	void (*run)(const struct dossier *d, struct result *out);
};

/* Fills a result in; verdict and explanation together. */
void result_set(struct result *out, enum verdict verdict, const char *format,
    ...) __attribute__((format(printf, 3, 4)));
void result_measure(struct result *out, double value, double threshold);
/* A row of reasons.def. What a check finds reaches the participant as it
 * stands, so one that is not to be told becomes "not_verified". */
void result_reason(struct result *out, const char *reason);

/* Runs every check of the level in table order; out has CHECK_COUNT rows. */
size_t checks_run(const struct dossier *d, struct result *out);

/*
 * Fills d->mrz and d->mrz_side from the lines in the sides' findings: the
 * first zone that may prove an identity, else the first one (a visa, say).
 */
void dossier_read_mrz(struct dossier *d);

/* The zone on one side alone; false when there is none. */
bool dossier_side_mrz(const struct dossier *d, int side, struct mrz *out);

const char *source_text(int source); /* "front", ...; "" for none */
const char *check_name_text(enum check_name check);
const char *check_title(enum check_name check);
enum check_strength check_strength(enum check_name check);
bool check_mendable(enum check_name check);
/* Whether the place on this side that was likest to a ghost portrait is one,
 * whomever it shows: what is shown as a ghost has to be. */
bool portrait_ghost_seen(const struct findings *side);
/* Whether it judges recordings: those are the ones that LCP has not. */
bool check_of_recording(enum check_name check);
enum check_name check_of_text(const char *text); /* CHECK_COUNT: none */
const char *verdict_text(enum verdict verdict);
/* VERDICT_UNSURE for a text that is none. */
enum verdict verdict_of_text(const char *text);

/* A row of reasons.def: may the participant hear it, and in which words. */
bool reason_is_told(const char *code);
const char *reason_text(const char *code); /* "" when there is no such row */
