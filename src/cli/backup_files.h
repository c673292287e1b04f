/*
 * Parts of a backup, on the disk. Each is a folder with a MANIFEST, so that it
 * can be kept apart from the others:
 *
 *     paraph backup 1
 *     part data
 *     of 20261126T111500Z-9f3a60c2      the same in all parts of one backup
 *     until 2026-12-26T11:15:00.000Z    or "never": may be kept so long
 *     SHA-256 path                      one line for each file
 *     end 1234                          how many; a copy without was not
 *                                       finished
 *
 * It shows what was damaged or forgotten, not what somebody meant to change:
 * who writes the files writes the MANIFEST.
 */
#pragma once

#include "base/clock.h"
#include "base/digest.h"

#include <limits.h>
#include <stdbool.h>
#include <stdio.h>

#define MANIFEST "MANIFEST"
#define MANIFEST_END "end " /* and how many files there are */
#define BACKUP_NAME_SIZE 32

enum backup_part { PART_data, PART_secrets, PART_evidence_keys, PART_COUNT };

const char *backup_part_name(enum backup_part part);

struct part {
	char dir[PATH_MAX];
	FILE *manifest; /* of one that is being written */
	size_t files;
};

/* {to}/{name of the part}, new; mode 0700. */
RESULT part_begin(const char *to, enum backup_part part, const char *name,
    int64_t until, struct part *out);
/* Copies a file, or a folder with all that is in it, to a path in the part.
 * except: of names that end so, NULL for none. What is not there, or goes
 * while it is copied, is left out: ERR_NOT_FOUND for the file itself. */
RESULT part_copy(struct part *p, const char *from, const char *to,
    const char *except);
/* A file that was put there already. */
RESULT part_note(struct part *p, const char *path);
/* Durable from here on. */
RESULT part_end(struct part *p);

struct part_facts {
	char name[BACKUP_NAME_SIZE];
	int64_t until;
	size_t files;
};

/* ERR_NOT_FOUND: there is no such part. ERR_INVALID: a file is lacking, damaged
 * or strange. */
RESULT part_check(
    const char *from, enum backup_part part, struct part_facts *out);
/* Copies all its files over to; those that are there are replaced. */
RESULT part_put_back(
    const char *from, enum backup_part part, const char *to);
