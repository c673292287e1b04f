/*
 * Where a field stands in the pictures. An operator compares what is printed
 * with the zone letter by letter, and should not have to look for either. Of
 * what the machine made of them nothing is told here.
 */
#include "web/review_json.h"

#include "base/enum.h"
#include "ident/mrz_place.h"

static void
write_place(struct json *j, const char *source, size_t side, struct box box)
{
	if (box.width <= 0 || box.height <= 0)
		return;
	json_open(j, NULL);
	json_text(j, "source", source);
	json_text(j, "side", review_sources[side]);
	review_write_box(j, box);
	json_close(j);
}

static void
write_printed(struct json *j, enum finding_name name, size_t side,
    const struct findings *found)
{
	const struct finding *f =
	    name == FINDING_COUNT ? NULL : findings_find(found, name);

	if (f)
		write_place(j, "printed", side, f->box);
}

static size_t
lines_of(const struct findings *found, const char *lines[MRZ_LINES_MAX])
{
	static const enum finding_name names[] = {FINDING_mrz_line_1,
	    FINDING_mrz_line_2, FINDING_mrz_line_3};
	size_t count = 0;

	while (count < COUNT_OF(names) &&
	    *findings_text(found, names[count])) {
		lines[count] = findings_text(found, names[count]);
		count++;
	}
	return count;
}

static void
write_zone(struct json *j, const char *name, size_t side,
    const struct findings *found)
{
	static const enum finding_name places[] = {FINDING_mrz_place_1,
	    FINDING_mrz_place_2, FINDING_mrz_place_3};
	const char *lines[MRZ_LINES_MAX];
	struct mrz_range at;
	int corners[8];

	if (!mrz_letters_of(lines, lines_of(found, lines), name, &at) ||
	    !corners_parse(findings_text(found, places[at.line - 1]), corners))
		return;
	write_place(j, "mrz", side,
	    mrz_letters_box(corners, strlen(lines[at.line - 1]), at));
}

void
review_write_places(struct json *j, const char *name,
    enum finding_name printed, const struct findings *found)
{
	json_list(j, "places");
	for (size_t side = REVIEW_FRONT; side <= REVIEW_BACK; side++) {
		write_printed(j, printed, side, &found[side]);
		write_zone(j, name, side, &found[side]);
	}
	json_end(j);
}
