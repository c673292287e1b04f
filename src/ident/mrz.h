/*
 * The machine-readable zone (ICAO 9303, and the French card before 2021).
 *
 * What it says was printed for a machine; it is not proof of anything: anyone
 * can compute check digits, and names, sex and nationality stand outside
 * them. A zone with wrong digits is still returned, with what is wrong.
 */
#pragma once

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MRZ_LINES_MAX 3
#define MRZ_LINE_SIZE 45   /* 44 columns and a NUL */
#define MRZ_NUMBER_SIZE 24 /* long numbers have up to 22 characters */
#define MRZ_NAME_SIZE 40
#define MRZ_DATE_SIZE 11   /* YYYY-MM-DD */

enum mrz_format {
	MRZ_NONE, /* no zone was read */
#define FORMAT(name, lines, columns, evidence) MRZ_##name,
#include "ident/mrz_formats.def"
#undef FORMAT
	MRZ_FORMAT_COUNT
};

enum mrz_digit {
	MRZ_DIGIT_number,
	MRZ_DIGIT_birth_date,
	MRZ_DIGIT_expiry,
	MRZ_DIGIT_personal_number,
	MRZ_DIGIT_composite,
	MRZ_DIGIT_COUNT
};

enum mrz_flaw {
#define FLAW(name, text) MRZ_FLAW_##name,
#include "ident/mrz_flaws.def"
#undef FLAW
	MRZ_FLAW_COUNT
};

/*
 * Texts hold no fillers: names have single spaces, codes are cut. Dates are
 * YYYY-MM-DD with 00 for a month or day that the zone does not tell, "" when
 * it tells no date at all.
 */
struct mrz {
	enum mrz_format format;
	char code[3];        /* "P", "ID" */
	char issuer[4];      /* as written: "FRA", "D" */
	char nationality[4]; /* as written; FRA for FRA2 */
	char number[MRZ_NUMBER_SIZE];
	char birth_date[MRZ_DATE_SIZE];
	char expiry[MRZ_DATE_SIZE];     /* FRA2: by its rule, see below */
	char issue_date[MRZ_DATE_SIZE]; /* FRA2 only, day 00 */
	char sex;                       /* M, F or X (not told) */
	char surname[MRZ_NAME_SIZE];
	char given_names[MRZ_NAME_SIZE];
	bool truncated; /* the name may be cut: never complete evidence */

	bool long_number;         /* went on in the optional field */
	bool number_over_filler;  /* its digit counts the < (old Belgian) */
	bool expiry_far;          /* 20YY is implausible: an operator decides */
	bool expiry_extended;     /* FRA2: past the printed date, by law */
	bool expiry_uncertain;    /* FRA2: adult at issue cannot be told */

	unsigned digits;     /* how many check digits the format has */
	unsigned bad_digits; /* how many of them disagree */
	bool bad[MRZ_DIGIT_COUNT];
	unsigned flaws; /* bits, 1 << enum mrz_flaw */
};

/*
 * Reads lines that are exactly as wide as their format. ERR_UNREADABLE when
 * layout, alphabet or document code fit no format. Wrong digits and flaws are
 * in *out. now decides centuries: a birth is never in the future; an expiry
 * is always 20YY.
 */
RESULT mrz_parse(const char *const lines[], size_t count, int64_t now,
    struct mrz *out);

/* How likely a recogniser found each letter in each place. */
#define MRZ_LETTERS 37

extern const char mrz_letters[MRZ_LETTERS + 1];

struct mrz_seen {
	size_t count;
	int columns[MRZ_LINES_MAX];
	float p[MRZ_LINES_MAX][MRZ_LINE_SIZE - 1][MRZ_LETTERS];
};

/*
 * What a recogniser read, and what little may be mended.
 *
 * Mending makes forged documents valid when it is not bounded: a letter gives
 * way only where the recogniser itself was in doubt and the field's alphabet,
 * the codes of states or a check digit ask for another one, and no more than
 * MRZ_MENDED_MAX of them do. The likeliest letters stay in raw.
 */
#define MRZ_MENDED_MAX 5
#define MRZ_MARGIN_MAX 9.0f

struct mrz_reading {
	struct mrz raw; /* format MRZ_NONE if it could not be parsed */
	struct mrz mrz; /* after mending; the same when nothing was changed */
	char lines[MRZ_LINES_MAX][MRZ_LINE_SIZE];
	size_t line_count;
	unsigned repaired; /* letters changed */
	float sure;   /* mean probability of the letters */
	float least;  /* that of the worst one */
	float margin; /* nats: how much likelier than the best other zone with
			 no more wrong; MRZ_MARGIN_MAX when none is near */
};

/*
 * The zone that these letters make. Its format is MRZ_NONE when the lines fit
 * no layout; ERR_UNREADABLE when they are no lines.
 */
RESULT mrz_decide(const struct mrz_seen *seen, int64_t now,
    struct mrz_reading *out);

/* The check digit character of ICAO 9303-3, 4.9; '?' outside the alphabet. */
char mrz_check_digit(const char *text, size_t length);

/*
 * What is wrong with lines that mrz_parse() refuses, as flaws; 0 when it
 * would not.
 */
unsigned mrz_misfit(const char *const lines[], size_t count);

/* Whether documents of this format may prove an identity here. */
bool mrz_format_is_evidence(enum mrz_format format);
const char *mrz_format_text(enum mrz_format format); /* "none" for NONE */
/* MRZ_NONE when there is none of that name. */
enum mrz_format mrz_format_of_text(const char *text);
const char *mrz_flaw_text(enum mrz_flaw flaw);

/* The names of the bad digits or the texts of the flaws, for operators. */
void mrz_bad_digits_list(const struct mrz *m, char *out, size_t size);
void mrz_flaws_list(unsigned flaws, char *out, size_t size);

/*
 * Full years between a birth date (YYYY-MM-DD, 00 for unknown) and now, as if
 * born on the last possible day; -1 when the year is not known.
 */
int mrz_age(const char *birth_date, int64_t now);
