/*
 * A field of the zone as a place. The letters of a line are equally wide, so
 * a share of its length is enough; the corners keep a tilted line tilted.
 */
#include "ident/mrz_place.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Surname and given names of one field stand apart by two fillers (ICAO
 * 9303-3, 4.6). */
static bool
part_of_name(const char *line, bool given, struct mrz_range *at)
{
	const char *end = line + at->last;
	const char *begin = line + at->first - 1;
	const char *gap = strstr(begin, "<<");

	if (gap && gap < end) {
		if (given)
			begin = gap + 2;
		else
			end = gap;
	} else if (given) {
		return false;
	}
	at->first = (uint8_t)(begin - line + 1);
	at->last = (uint8_t)(end - line);
	return true;
}

static bool
drop_fillers(const char *line, struct mrz_range *at)
{
	while (at->last >= at->first && line[at->last - 1] == '<')
		at->last--;
	return at->last >= at->first;
}

bool
mrz_letters_of(const char *const lines[], size_t count, const char *name,
    struct mrz_range *out)
{
	enum mrz_format format = mrz_recognise(lines, count);
	const struct mrz_field *field = mrz_field_find(format, name);
	bool given = strcmp(name, "given_names") == 0;
	bool part = !field && (given || strcmp(name, "surname") == 0);

	if (part)
		field = mrz_field_find(format, "name");
	if (!field || !field->at.line)
		return false;
	struct mrz_range at = field->at;
	const char *line = lines[at.line - 1];
	if (part && !part_of_name(line, given, &at))
		return false;
	if (!drop_fillers(line, &at))
		return false;
	*out = at;
	return true;
}

static double
along(int from, int to, double share)
{
	return from + (to - from) * share;
}

struct box
mrz_letters_box(const int corners[8], size_t columns, struct mrz_range at)
{
	double from = (at.first - 1) / (double)columns;
	double to = at.last / (double)columns;
	const int *c = corners;
	double x[] = {along(c[0], c[2], from), along(c[0], c[2], to),
	    along(c[6], c[4], from), along(c[6], c[4], to)};
	double y[] = {along(c[1], c[3], from), along(c[1], c[3], to),
	    along(c[7], c[5], from), along(c[7], c[5], to)};
	double left = x[0], right = x[0], top = y[0], bottom = y[0];

	for (int i = 1; i < 4; i++) {
		left = fmin(left, x[i]);
		right = fmax(right, x[i]);
		top = fmin(top, y[i]);
		bottom = fmax(bottom, y[i]);
	}
	return (struct box){(int32_t)floor(left), (int32_t)floor(top),
	    (int32_t)ceil(right - floor(left)),
	    (int32_t)ceil(bottom - floor(top))};
}

bool
corners_parse(const char *text, int corners[8])
{
	int end = 0;

	return sscanf(text, "%6d,%6d %6d,%6d %6d,%6d %6d,%6d%n", &corners[0],
		   &corners[1], &corners[2], &corners[3], &corners[4],
		   &corners[5], &corners[6], &corners[7], &end) == 8 &&
	    text[end] == '\0';
}
