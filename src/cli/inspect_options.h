/*
 * How paraph-inspect is called.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#define INSPECT_JOBS_MAX 64

struct options {
	bool json, back;
	int jobs;
	unsigned patience;    /* percent; 0: as usual */
	const char *models;   /* NULL: find them */
	const char *landmarks;
	const char *challenge; /* NULL: nothing is known of it */
	const char *film;     /* NULL: it is not kept */
	bool recording;       /* the files are recordings */
	bool document;        /* ... of a document, else of a face */
	const char *draw;     /* NULL: no; a file, or a folder */
	const char *front_of, *back_of; /* one card, both or neither */
	const char **files; /* until the program ends */
	size_t count;
};

/* Wrong use and --help end the program. */
void options_parse(int argc, char **argv, struct options *out);
