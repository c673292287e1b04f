/*
 * A dossier in a folder, read whole before anything is made of it: who plants
 * half a case has to wait for it to end.
 *
 * The folder tells about itself in truth.json, of which this reads
 *
 *   pictures.NAME   file, country, document, side (front, back or page),
 *                   fields.given.text and fields.surname.text
 *   face, document  file, and of each of prompts: name, asked_ms, shown_ms
 */
#pragma once

#include "flow/plant.h"

struct review_folder {
	const char *fullname, *country, *kind;
	struct buf front, back; /* back: empty where there is none */
	struct plant_film films[PART_COUNT]; /* of bytes: those below */
	struct buf recordings[PART_COUNT];
};

/*
 * with_films: the recordings too. Texts live in the arena; out is for
 * review_folder_clear whatever comes back. ERR_INVALID: truth.json is none, or
 * tells what cannot be; ERR_NOT_FOUND, ERR_TOO_LARGE: of a file.
 */
RESULT review_folder_read(struct arena *a, const char *folder,
    bool with_films, struct review_folder *out);
void review_folder_clear(struct review_folder *f);
