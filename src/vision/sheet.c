/*
 * A page, read.
 */
#include "vision/sheet.h"

#include <string.h>

#include "base/enum.h"

#define PER_MM 12.0f
#define WHOLE_SIDE 1100.0f /* of a picture in which no page was found */
#define ZONE_MM 3.2f       /* above the middle of its first line */
#define EVEN_RADIUS 48
#define READABLE 0.7f

static const struct {
	enum label label;
	const char *word;
} words[] = {
#define LABEL(field, word) {LABEL_##field, #word},
#include "vision/labels.def"
#undef LABEL
};

/* How far down the print goes: the zone is read elsewhere. */
static float
print_height(const struct mrz *zone, const struct page *page)
{
	if (!zone)
		return page->height;
	float zone_mm = zone->format == MRZ_TD1 ? 17.0f :
	    zone->format == MRZ_TD3 ? 15.8f : 13.6f;
	return page->height - zone_mm - ZONE_MM + 2.0f;
}

static RESULT
cut(const struct raster *grey, const struct mrz *zone,
    const struct page *page, struct sheet *s)
{
	AUTO(raster_clear) struct raster whole = {0};
	AUTO(raster_clear) struct raster part = {0};
	TRY(page_cut(grey, page, s->per_mm, &whole));
	int height = (int)(print_height(zone, page) * s->per_mm);
	if (height > whole.height)
		height = whole.height;
	TRY(raster_cut(&whole, 0, 0, whole.width, height, &part));
	raster_clear(&s->pixels);
	return opencv_flatten(&part, EVEN_RADIUS, &s->pixels);
}

/* Letters in words that were read with some certainty. */
static size_t
legible(const struct ocr_words *read)
{
	size_t letters = 0;
	for (size_t i = 0; i < read->count; i++) {
		size_t size = strlen(read->at[i].text);
		if (read->at[i].sure > READABLE && size >= 3)
			letters += size;
	}
	return letters;
}

static RESULT
read_all(struct sheet *s, struct ocr_words *read)
{
	return ocr_read(s->tools->print, &s->pixels, OCR_SPARSE, read);
}

/* The other way up, if that reads better. */
static RESULT
try_turned(const struct raster *grey, struct page *page, struct sheet *s,
    struct ocr_words *read)
{
	AUTO(free) struct ocr_words *other = malloc(sizeof(*other));
	if (!other)
		return FAIL(ERR_TOO_LARGE, "no memory");
	if (legible(read) >= 60)
		return OK;
	page_turn(page);
	TRY(cut(grey, NULL, page, s));
	TRY(read_all(s, other));
	if (legible(other) > legible(read)) {
		*read = *other;
		return OK;
	}
	page_turn(page);
	return cut(grey, NULL, page, s);
}

RESULT
sheet_read(const struct inspector *tools, const struct raster *grey,
    const struct mrz *zone, struct page *page, struct sheet *s)
{
	AUTO(free) struct ocr_words *read = malloc(sizeof(*read));
	if (!read)
		return FAIL(ERR_TOO_LARGE, "no memory");
	s->tools = tools;
	s->page = page;
	s->per_mm = PER_MM;
	if (page->width * PER_MM > WHOLE_SIDE)
		s->per_mm = WHOLE_SIDE / page->width;
	TRY(cut(grey, zone, page, s));
	TRY(read_all(s, read));
	if (!page->upright)
		TRY(try_turned(grey, page, s, read));
	s->letters = legible(read);
	page->upright = s->letters >= 20;
	segments_of(read, &s->segments);
	return OK;
}

void
sheet_clear(struct sheet *s)
{
	raster_clear(&s->pixels);
}

/* Readers take rn for m and the like in small print. */
static bool
same_word(const char *word, size_t size, const char *label)
{
	char text[32];
	if (size >= sizeof(text))
		return false;
	memcpy(text, word, size);
	text[size] = '\0';
	size_t slack = strlen(label) < 6 ? 0 : strlen(label) / 4;
	return edits_between(text, label) <= (int)(slack > 2 ? 2 : slack);
}

static bool
has_word(const char *plain, enum label label)
{
	while (*plain) {
		size_t size = strcspn(plain, " ");
		for (size_t i = 0; i < COUNT_OF(words); i++)
			if (words[i].label == label &&
			    same_word(plain, size, words[i].word))
				return true;
		plain += size;
		plain += strspn(plain, " ");
	}
	return false;
}

enum label
sheet_label(const struct segment *s)
{
	/* "Given names" has the word of a surname as well */
	static const enum label order[] = {LABEL_birth_date, LABEL_expiry,
	    LABEL_given_names, LABEL_surname, LABEL_number};
	for (size_t i = 0; i < COUNT_OF(order); i++)
		if (has_word(s->plain, order[i]))
			return order[i];
	return LABEL_COUNT;
}

/* How far a segment is from where the label's value should be; -1: it is
 * nowhere near. Below first, to the right when nothing is below. */
static int
distance(const struct segment *label, const struct segment *s)
{
	int h = label->height;
	int down = s->y - (label->y + label->height);
	int across = s->x - (label->x + label->width);
	if (down > -h / 2 && down < 2 * h && s->x > label->x - 2 * h &&
	    s->x < label->x + 3 * h)
		return down + h;
	if (across > 0 && across < 10 * h && s->y < label->y + h &&
	    s->y + s->height > label->y)
		return 100 * h + across;
	return -1;
}

const struct segment *
sheet_value(const struct sheet *s, const struct segment *label)
{
	const struct segment *best = NULL;
	int nearest = 0;
	for (size_t i = 0; i < s->segments.count; i++) {
		const struct segment *other = &s->segments.at[i];
		int far = distance(label, other);
		if (other == label || far < 0 || other->plain[0] == '\0' ||
		    sheet_label(other) != LABEL_COUNT)
			continue;
		if (!best || far < nearest) {
			best = other;
			nearest = far;
		}
	}
	return best;
}

RESULT
sheet_again(const struct sheet *s, struct ocr *reader,
    const struct segment *where, struct segment *out)
{
	AUTO(raster_clear) struct raster part = {0};
	AUTO(free) struct ocr_words *read = malloc(sizeof(*read));
	AUTO(free) struct segments *found = malloc(sizeof(*found));
	if (!read || !found)
		return FAIL(ERR_TOO_LARGE, "no memory");
	int edge = where->height / 2 + 2;
	int left = where->x > edge ? where->x - edge : 0;
	int top = where->y > edge ? where->y - edge : 0;
	int right = where->x + where->width + edge;
	int bottom = where->y + where->height + edge;
	right = right < s->pixels.width ? right : s->pixels.width;
	bottom = bottom < s->pixels.height ? bottom : s->pixels.height;
	if (right - left < 8 || bottom - top < 8)
		return FAIL(ERR_UNREADABLE, "too small to read");
	TRY(raster_cut(&s->pixels, left, top, right - left, bottom - top,
	    &part));
	TRY(ocr_read(reader, &part, OCR_LINE, read));
	for (size_t i = 1; i < read->count; i++)
		read->at[i].line = read->at[0].line;
	segments_of(read, found);
	if (found->count != 1 || found->at[0].plain[0] == '\0')
		return FAIL(ERR_UNREADABLE, "not one piece of print");
	*out = found->at[0];
	return OK;
}

void
sheet_corners(const struct sheet *s, const struct segment *where,
    float corners[8])
{
	float x = (float)where->x, y = (float)where->y;
	float w = (float)where->width, h = (float)where->height;
	const float at[4][2] = {{x, y}, {x + w, y}, {x + w, y + h},
	    {x, y + h}};
	for (int i = 0; i < 4; i++)
		page_point(s->page, at[i][0] / s->per_mm,
		    at[i][1] / s->per_mm, &corners[2 * i],
		    &corners[2 * i + 1]);
}
