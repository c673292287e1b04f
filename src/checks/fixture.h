/*
 * Dossiers for tests: a good one, which each test spoils in one way. People
 * are invented.
 */
#pragma once

#include "checks/check.h"

#define FIXTURE_NOW INT64_C(1781481600000) /* 2026-06-15 */

struct fixture {
	struct findings front, back;
	struct findings face, shown, compared; /* of a proof of life */
	struct challenge challenge;
	struct dossier dossier;
};

/* A French passport of Zoé Åsa Lindqvist, well read, at LCP. */
void fixture_passport(struct fixture *f);

/* A French card since 2021: print on the front, zone on the back. */
void fixture_card(struct fixture *f);

/* The same passport at QCP, with a good proof of life: looked ahead, turned
 * left, opened the mouth, turned right, came closer. */
void fixture_proof(struct fixture *f);
/* The same proof for the document that is there. */
void fixture_live(struct fixture *f);

/* Takes every event away, and adds one; times in milliseconds. */
void fixture_no_events(struct fixture *f);
void fixture_event(struct fixture *f, enum prompt_name name, unsigned from,
    unsigned to);

/* A French card before 2021, issued in this month (YYMM). */
void fixture_french(struct fixture *f, const char *issued, const char *birth);

/* Zone of a passport with right digits. Dates are YYMMDD. */
void fixture_zone(struct fixture *f, const char *issuer, const char *number,
    const char *birth, const char *expiry, const char *name);

/* Changes or adds a finding of the front or the back. */
void fixture_text(struct findings *f, enum finding_name name,
    const char *text, double confidence);
void fixture_number(struct findings *f, enum finding_name name, double value);
void fixture_remove(struct findings *f, enum finding_name name);

/* Reads the zone and runs the checks; gives the result of one. */
struct result fixture_run(struct fixture *f, enum check_name check);

/* Asserts the verdict and, when not NULL, the reason. */
void fixture_expect(struct fixture *f, enum check_name check,
    enum verdict verdict, const char *reason);
