/*
 * One picture into findings. Each step says what it found; a step that finds
 * nothing says nothing, and the checks make of that what they will.
 */
#include "vision/inspect.h"

#include "base/clock.h"
#include "base/enum.h"
#include "vision/printed.h"
#include "vision/quality.h"
#include "vision/view.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#define MODEL_MAX ((size_t)16 * 1024 * 1024)

/* Everything known of one picture on its way. */
struct sight {
	const struct inspector *tools;
	struct findings *out;
	struct still still;
	struct mrz_found zone;
	bool has_zone, has_page;
	struct page page;
	struct view view;
};

static void
sight_clear(struct sight *s)
{
	still_clear(&s->still);
}

DEFINE_AUTO_CLEAR(sight_clear, struct sight)

static const struct box nowhere = {0};

static RESULT
read_model(const char *path, struct buf *out)
{
	AUTO(fclose) FILE *file = fopen(path, "rb");
	if (!file)
		return FAIL(ERR_UNAVAILABLE, "no reading network at '%s'",
		    path);
	uint8_t part[65536];
	size_t size;
	while ((size = fread(part, 1, sizeof(part), file)) > 0)
		TRY(buf_add(out, part, size));
	return OK;
}

RESULT
inspector_load(const char *model, const char *tessdata,
    struct inspector *out)
{
	AUTO(inspector_clear) struct inspector made = {.nowhere = -1};
	AUTO(buf_clear) struct buf bytes;
	buf_init(&bytes, MODEL_MAX);
	opencv_start();
	TRY(read_model(model, &bytes));
	if (net_load(span_of_buf(&bytes), &made.zone) != OK)
		return FAIL(ERR_UNAVAILABLE, "'%s' is no such network",
		    model);
	TRY(ocr_open(tessdata, "eng", OCR_WITH_WORDS, &made.print));
	/* without it names are read as English: no accents */
	IGNORE(ocr_open(tessdata, "Latin", OCR_WITHOUT_WORDS, &made.names));
	made.nowhere = open("/dev/null", O_RDWR | O_CLOEXEC);
	if (made.nowhere < 0)
		return FAIL(ERR_UNAVAILABLE, "/dev/null: %m");
	*out = made;
	made = (struct inspector){.nowhere = -1};
	return OK;
}

void
inspector_clear(struct inspector *i)
{
	net_free(i->zone);
	if (i->print)
		ocr_free(i->print);
	if (i->names)
		ocr_free(i->names);
	if (i->nowhere >= 0)
		close(i->nowhere);
	*i = (struct inspector){.nowhere = -1};
}

static RESULT
add_number(struct sight *s, enum finding_name name, double value)
{
	return findings_add_number(s->out, name, value, nowhere);
}

static RESULT
report_zone(struct sight *s)
{
	static const enum finding_name names[] = {FINDING_mrz_line_1,
	    FINDING_mrz_line_2, FINDING_mrz_line_3};
	const struct mrz_found *z = &s->zone;
	for (size_t i = 0; i < z->reading.line_count; i++)
		TRY(findings_add_text(s->out, names[i], z->reading.lines[i],
		    (double)z->sure,
		    view_lines(&s->view, &z->lines[i], 1, z->columns)));
	struct box all = view_lines(&s->view, z->lines,
	    z->reading.line_count, z->columns);
	TRY(findings_add_number(s->out, FINDING_mrz_confidence,
	    (double)z->sure, all));
	TRY(findings_add_number(s->out, FINDING_mrz_least,
	    (double)z->least, all));
	TRY(findings_add_number(s->out, FINDING_mrz_repaired,
	    z->reading.repaired, all));
	return findings_add_number(s->out, FINDING_quality_pitch,
	    (double)line_pitch(&z->lines[0]) * s->still.reduction, all);
}

static RESULT
report_quality(struct sight *s)
{
	struct quality q;
	struct box page = s->has_page ?
	    view_box(&s->view, s->page.corners, 4) : nowhere;
	TRY(quality_measure(&s->still, s->has_page ? &s->page : NULL,
	    s->has_zone ? &s->zone : NULL, &q));
	const struct {
		enum finding_name name;
		double value;
	} rows[] = {{FINDING_quality_blur, q.blur},
	    {FINDING_quality_brightness, q.brightness},
	    {FINDING_quality_colour, q.colour},
	    {FINDING_quality_glare, q.glare},
	    {FINDING_quality_moire, q.moire}};
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		TRY(findings_add_number(s->out, rows[i].name, rows[i].value,
		    page));
	return OK;
}

static RESULT
decode(struct sight *s, struct span file)
{
	int64_t start = clock_ticks();
	TRY(still_decode(file, &s->still));
	TRY(add_number(s, FINDING_width, s->still.width));
	TRY(add_number(s, FINDING_height, s->still.height));
	return add_number(s, FINDING_timing_decode,
	    (double)(clock_ticks() - start));
}

static RESULT
find_zone(struct sight *s)
{
	int64_t start = clock_ticks();
	s->has_zone = mrz_read(s->tools->zone, &s->still.grey, clock_now(),
	    &s->zone) == OK;
	s->has_page = page_find(&s->still.colour,
	    s->has_zone ? &s->zone : NULL, &s->page) == OK;
	if (!s->has_page)
		s->has_page = page_by_print(&s->still.grey, &s->page) == OK;
	err_clear();
	return add_number(s, FINDING_timing_mrz,
	    (double)(clock_ticks() - start));
}

static RESULT
read_print(struct sight *s, bool *found)
{
	int64_t start = clock_ticks();
	struct printed p = {0};
	TRY(printed_read(s->tools, &s->still.grey,
	    s->has_zone ? &s->zone.reading.mrz : NULL,
	    s->has_page ? &s->page : NULL, &p));
	*found = p.count > 0;
	view_of(&s->still, s->has_page ? &s->page : NULL, &s->view);
	for (size_t i = 0; i < p.count; i++)
		TRY(findings_add_text(s->out, p.at[i].name, p.at[i].text,
		    (double)p.at[i].sure,
		    view_box(&s->view, p.at[i].corners, 4)));
	return add_number(s, FINDING_timing_printed,
	    (double)(clock_ticks() - start));
}

static RESULT
report_document(struct sight *s, bool found)
{
	const char *format = s->has_zone ?
	    mrz_format_text(s->zone.reading.mrz.format) : "none";
	TRY(findings_add_text(s->out, FINDING_document_format, format, 1,
	    nowhere));
	TRY(findings_add_number(s->out, FINDING_document_found,
	    s->has_zone || found, s->has_page ?
	    view_box(&s->view, s->page.corners, 4) : nowhere));
	return add_number(s, FINDING_rotation, s->view.quarters * 90);
}

RESULT
inspect_picture(const struct inspector *i, struct span file, bool back,
    struct findings *out, struct buf *clean)
{
	AUTO(sight_clear) struct sight s = {.tools = i, .out = out};
	bool found = false;
	out->count = 0;
	TRY(decode(&s, file));
	TRY(find_zone(&s));
	/* the back of a card has nothing but its zone to tell */
	if (!back && s.zone.reading.mrz.format != MRZ_TD1)
		TRY(read_print(&s, &found));
	view_of(&s.still, s.has_page ? &s.page : NULL, &s.view);
	if (s.has_zone)
		TRY(report_zone(&s));
	TRY(report_document(&s, found));
	TRY(report_quality(&s));
	return view_encode(&s.view, &s.still.colour, clean);
}
