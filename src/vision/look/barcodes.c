/*
 * A barcode on the document: first on the document alone, cut out and small,
 * then in the whole picture. Its text is parsed here, in the cage.
 */
#include "vision/look/look.h"

#include "base/clock.h"
#include "base/codec.h"
#include "base/enum.h"
#include "ident/barcode.h"
#include "vision/pixels/barcodes.h"

#include <stddef.h>
#include <string.h>

#define PAGE_SURE 0.5f /* of an outline without a zone */

/* A document seen whole has its barcode on it; then the rest of the picture,
 * where it would be smaller, is not looked at. */
static bool
is_seen_whole(const struct sight *s)
{
	return s->has_page && s->page.by_contour && !s->page.has_other &&
	    !s->page.zone_apart && (s->has_zone ||
	    s->page.seen > PAGE_SURE);
}

static RESULT
find_on_page(struct sight *s, struct barcode *out)
{
	AUTO(raster_clear) struct raster cut = {0};
	TRY(page_cut(&s->still.grey, &s->page, CARD_PER_MM, &cut));
	TRY(barcodes_find(&cut, out));
	for (int i = 0; i < 8; i += 2)
		page_point(&s->page, out->corners[i] / CARD_PER_MM,
		    out->corners[i + 1] / CARD_PER_MM, &out->corners[i],
		    &out->corners[i + 1]);
	return OK;
}

/* The beginning of a text as a finding may hold it. */
static void
beginning(const struct barcode *b, char out[FINDING_TEXT_MAX])
{
	size_t size = b->size < FINDING_TEXT_MAX - 1 ? b->size :
	    FINDING_TEXT_MAX - 1;
	while (size > 0 && size < b->size && (b->text[size] & 0xc0) == 0x80)
		size--;
	for (size_t i = 0; i < size; i++)
		out[i] = (unsigned char)b->text[i] < ' ' ? ' ' : b->text[i];
	out[size] = '\0';
	if (!utf8_is_clean(SPAN((const uint8_t *)out, size)))
		out[0] = '\0';
}

static RESULT
report_data(struct sight *s, const struct barcode *b, struct box box)
{
	static const struct {
		enum finding_name name;
		size_t field;
	} rows[] = {
	    {FINDING_barcode_number, offsetof(struct barcode_data, number)},
	    {FINDING_barcode_surname, offsetof(struct barcode_data, surname)},
	    {FINDING_barcode_given_names,
		offsetof(struct barcode_data, given_names)},
	    {FINDING_barcode_birth_date,
		offsetof(struct barcode_data, birth_date)},
	    {FINDING_barcode_expiry, offsetof(struct barcode_data, expiry)}};
	struct barcode_data d;
	if (barcode_parse(b->text, clock_now(), &d) != OK) {
		err_clear();
		return OK;
	}
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		const char *text = (const char *)&d + rows[i].field;
		if (text[0])
			TRY(findings_add_text(s->out, rows[i].name, text, 1,
			    box));
	}
	return OK;
}

RESULT
look_barcodes(struct sight *s)
{
	AUTO(free) struct barcode *b = calloc(1, sizeof(*b));
	char text[FINDING_TEXT_MAX];
	if (!b)
		return FAIL(ERR_TOO_LARGE, "no memory");
	if ((!s->has_page || find_on_page(s, b) != OK) && (is_seen_whole(s) ||
	    barcodes_find(&s->still.grey, b) != OK)) {
		err_clear();
		return OK;
	}
	err_clear();
	struct box box = view_box(&s->view, b->corners, 4);
	beginning(b, text);
	TRY(findings_add_text(s->out, FINDING_barcode_kind, b->kind, 1, box));
	TRY(findings_add_text(s->out, FINDING_barcode_text, text, 1, box));
	return report_data(s, b, box);
}
