/*
 * Print against zone: numbers and dates. Names are in printed_names.c.
 */
#include "vision/printed_parts.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/enum.h"

#define AGREED_SURE 0.75f
#define LETTERS_LEAST 70 /* of a page that was found and read */
#define NUMBER_LEAST 7
#define NUMBER_MOST 14

void
printed_add(const struct sheet *s, struct printed *out,
    enum finding_name name, const char *text, float sure,
    const struct segment *where)
{
	if (out->count == PRINTED_MAX || strlen(text) >= FINDING_TEXT_MAX)
		return;
	struct printed_field *f = &out->at[out->count++];
	f->name = name;
	f->sure = sure < 0 ? 0 : sure > 1 ? 1 : sure;
	snprintf(f->text, sizeof(f->text), "%s", text);
	sheet_corners(s, where, f->corners);
}

const struct segment *
printed_labelled(const struct sheet *s, enum label label)
{
	for (size_t i = 0; i < s->segments.count; i++) {
		const struct segment *at = &s->segments.at[i];
		if (sheet_label(at) != label)
			continue;
		const struct segment *value = sheet_value(s, at);
		if (value)
			return value;
	}
	return NULL;
}

/* The date in the value of a label of that kind. "Place of birth" has the
 * word too, but no date below it. */
static const struct segment *
labelled_date(const struct sheet *s, enum label label, char out[11])
{
	for (size_t i = 0; i < s->segments.count; i++) {
		const struct segment *at = &s->segments.at[i];
		if (sheet_label(at) != label)
			continue;
		const struct segment *value = sheet_value(s, at);
		if (date_in(at->plain, out, NULL))
			return at;
		if (value && date_in(value->plain, out, NULL))
			return value;
	}
	return NULL;
}

/* Does a second reading see the same date? */
static bool
date_confirmed(const struct sheet *s, const struct segment *where,
    const char *date)
{
	struct ocr *second = s->tools->names ? s->tools->names :
	    s->tools->print;
	struct segment again;
	char other[11];
	if (sheet_again(s, second, where, &again) != OK) {
		err_clear();
		return false;
	}
	return date_in(again.plain, other, NULL) && strcmp(date, other) == 0;
}

/* Where the zone's date is printed; NULL when it is nowhere. */
static const struct segment *
date_printed(const struct sheet *s, const char *date)
{
	for (size_t i = 0; i < s->segments.count; i++) {
		const char *at = s->segments.at[i].plain;
		char found[11];
		while (date_in(at, found, &at))
			if (strcmp(found, date) == 0)
				return &s->segments.at[i];
	}
	return NULL;
}

static void
read_date(const struct sheet *s, enum label label, enum finding_name name,
    const char *expected, struct printed *out)
{
	char date[11];
	const struct segment *at = NULL;
	if (expected[0] && !strstr(expected, "-00"))
		at = date_printed(s, expected);
	if (at) {
		printed_add(s, out, name, expected, at->sure, at);
		return;
	}
	at = labelled_date(s, label, date);
	if (at && date_confirmed(s, at, date))
		printed_add(s, out, name, date, at->sure, at);
}

/* The zone's number within a text without spaces. */
static bool
holds_number(const char *squeezed, const char *number)
{
	size_t size = strlen(number), length = strlen(squeezed);
	for (size_t at = 0; at + size <= length; at++) {
		char part[SEGMENT_SIZE];
		memcpy(part, squeezed + at, size);
		part[size] = '\0';
		if (looks_alike(part, number))
			return true;
	}
	return false;
}

static const struct segment *
number_printed(const struct sheet *s, const char *number)
{
	for (size_t i = 0; i < s->segments.count; i++) {
		char text[SEGMENT_SIZE];
		squeeze(s->segments.at[i].plain, text, sizeof(text));
		if (holds_number(text, number))
			return &s->segments.at[i];
	}
	return NULL;
}

/* Could this be a document number? */
static bool
number_shaped(const struct segment *s)
{
	char text[SEGMENT_SIZE], date[11];
	size_t digits = 0;
	squeeze(s->plain, text, sizeof(text));
	for (const char *p = text; *p; p++)
		digits += isdigit((unsigned char)*p) != 0;
	return strlen(text) >= NUMBER_LEAST && strlen(text) <= NUMBER_MOST &&
	    digits >= 3 && !date_in(s->plain, date, NULL);
}

/* The one that looks most like the number, or stands under its label. */
static const struct segment *
number_place(const struct sheet *s, const char *number)
{
	const struct segment *best = NULL;
	int least = 3;
	for (size_t i = 0; i < s->segments.count && number; i++) {
		const struct segment *at = &s->segments.at[i];
		char text[SEGMENT_SIZE];
		squeeze(at->plain, text, sizeof(text));
		int edits = edits_between(text, number);
		if (edits < least) {
			least = edits;
			best = at;
		}
	}
	for (size_t i = 0; i < s->segments.count && !best; i++) {
		const struct segment *at = &s->segments.at[i];
		if (sheet_label(at) != LABEL_number)
			continue;
		const struct segment *value = sheet_value(s, at);
		if (value && number_shaped(value))
			best = value;
	}
	return best;
}

/* Without label or zone: the only thing of that shape. */
static const struct segment *
only_number(const struct sheet *s)
{
	const struct segment *only = NULL;
	for (size_t i = 0; i < s->segments.count; i++) {
		if (!number_shaped(&s->segments.at[i]))
			continue;
		if (only)
			return NULL;
		only = &s->segments.at[i];
	}
	return only;
}

/* Two readings of one place, neither of them the zone's number. A shorter
 * one is a number cut at an end, not another number. */
static void
read_number_again(const struct sheet *s, const struct segment *at,
    const char *number, struct printed *out)
{
	struct segment again;
	char first[SEGMENT_SIZE], second[SEGMENT_SIZE];
	struct ocr *reader = s->tools->names ? s->tools->names :
	    s->tools->print;
	if (sheet_again(s, reader, at, &again) != OK) {
		err_clear();
		return;
	}
	squeeze(at->plain, first, sizeof(first));
	squeeze(again.plain, second, sizeof(second));
	if (number && holds_number(second, number))
		printed_add(s, out, FINDING_printed_number, number,
		    again.sure, at);
	else if (looks_alike(first, second) && number_shaped(at) &&
	    (!number || strlen(first) == strlen(number)) &&
	    (at->sure >= AGREED_SURE || again.sure >= AGREED_SURE))
		printed_add(s, out, FINDING_printed_number, first, at->sure,
		    at);
}

static void
read_number(const struct sheet *s, const char *number, struct printed *out)
{
	const struct segment *at = number ? number_printed(s, number) : NULL;
	if (at) {
		printed_add(s, out, FINDING_printed_number, number, at->sure,
		    at);
		return;
	}
	at = number_place(s, number);
	if (!at && !number)
		at = only_number(s);
	if (at)
		read_number_again(s, at, number, out);
}

static void
whole_picture(const struct raster *grey, struct page *out)
{
	float w = (float)grey->width, h = (float)grey->height;
	const float corners[8] = {0, 0, w, 0, w, h, 0, h};
	*out = (struct page){.width = w, .height = h};
	memcpy(out->corners, corners, sizeof(corners));
}

/* What looked like the page was not: its print may say where it is. */
static RESULT
try_by_print(const struct inspector *tools, const struct raster *grey,
    struct page *page, struct sheet *s)
{
	AUTO(sheet_clear) struct sheet other = {0};
	struct page found;
	if (page_by_print(grey, &found) != OK) {
		err_clear();
		return OK;
	}
	TRY(sheet_read(tools, grey, NULL, &found, &other));
	if (other.letters <= s->letters)
		return OK;
	*page = found;
	sheet_clear(s);
	*s = other;
	s->page = page;
	other = (struct sheet){0};
	return OK;
}

RESULT
printed_read(const struct inspector *tools, const struct raster *grey,
    const struct mrz *zone, struct page *page, struct printed *out)
{
	AUTO(sheet_clear) struct sheet s = {0};
	struct page whole;
	out->count = 0;
	if (!page) {
		whole_picture(grey, &whole);
		page = &whole;
	}
	TRY(sheet_read(tools, grey, zone, page, &s));
	if (s.letters < LETTERS_LEAST && !zone)
		TRY(try_by_print(tools, grey, page, &s));
	printed_names(&s, zone, out);
	read_number(&s, zone && zone->number[0] ? zone->number : NULL, out);
	read_date(&s, LABEL_birth_date, FINDING_printed_birth_date,
	    zone ? zone->birth_date : "", out);
	/* the old French card has no expiry on its front */
	if (!zone || zone->format != MRZ_FRA2)
		read_date(&s, LABEL_expiry, FINDING_printed_expiry,
		    zone ? zone->expiry : "", out);
	return OK;
}
