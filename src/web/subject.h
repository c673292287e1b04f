/*
 * The names in a certificate, for people to read: whose it is, and whose
 * authority made it.
 */
#pragma once

#include "base/buf.h"

#define SUBJECT_TEXT_SIZE 260

/* "" where an attribute is absent, or too long to show. */
struct subject {
	char country[SUBJECT_TEXT_SIZE];
	char surname[SUBJECT_TEXT_SIZE];
	char given_names[SUBJECT_TEXT_SIZE];
	char common_name[SUBJECT_TEXT_SIZE];
	char serial_number[SUBJECT_TEXT_SIZE];
};

/* A certificate that cannot be read gives an empty subject. */
void subject_read(struct span certificate, struct subject *out);
/* ... and an empty issuer. */
void subject_read_issuer(struct span certificate, struct subject *out);
