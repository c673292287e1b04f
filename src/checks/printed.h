/*
 * What was printed and read by a general reader, against the zone. For the
 * checks that compare the two.
 */
#pragma once

#include "checks/check.h"

/*
 * Below this confidence a reading that differs is no reading: a misread
 * letter must not turn an honest person away. It is the probability of the
 * least sure letter; the reader reports nothing below it that contradicts a
 * zone on the same side, so this guards what is compared across sides.
 */
#define PRINTED_SURE 0.85

/* APART: the zone does not carry it, so there is nothing to compare. */
enum agreement { UNREADABLE, AGREES, CONTRADICTS, APART };

/* The reading of highest confidence on any side; NULL when there is none. */
const struct finding *printed_find(const struct dossier *d,
    enum finding_name name, int *side);

/* Each compares one reading (may be NULL) with the zone. */
enum agreement printed_number_agrees(const struct finding *f,
    const struct mrz *m);
enum agreement printed_birth_agrees(const struct finding *f,
    const struct mrz *m);
enum agreement printed_expiry_agrees(const struct finding *f,
    const struct mrz *m);

/* Surname and given names: letters that zones spell in several ways match any
 * of them, and a truncated zone by beginnings. */
enum agreement printed_names_agree(const struct dossier *d, int *side);

/* Today as YYYYMMDD, and a date text as such a number (0 for ""). */
int date_today(int64_t now);
int date_number(const char *date);
