/*
 * Print against zone: what only people read. Names are in printed_names.c,
 * numbers in printed_numbers.c, dates in printed_dates.c.
 */
#include "vision/print/printed_names.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/enum.h"
#include "ident/document.h"
#include "vision/print/wording.h"

#define LETTERS_LEAST 70 /* of a page that was found and read */
#define EDGE 0.3f        /* capitals: nearer to the edge something is cut off */
#define EDGE_SURE 0.5f
#define ALONE_MOST 0.97f /* of a value that nothing was compared with */

/* The reader has one letter for the comma and the cedilla below s: Turks write
 * the latter, Romanians the former. */
static void
put_cedillas(char *text)
{
	static const char *const pairs[][2] = {{"\u0218", "\u015e"},
	    {"\u0219", "\u015f"}};
	for (size_t i = 0; i < COUNT_OF(pairs); i++)
		for (char *at; (at = strstr(text, pairs[i][0])) != NULL;)
			memcpy(at, pairs[i][1], 2);
}

struct printed_field *
printed_reported(struct printed *out, enum finding_name name)
{
	for (size_t i = 0; i < out->count; i++)
		if (out->at[i].name == name)
			return &out->at[i];
	return NULL;
}

void
printed_add(const struct outlook *o, enum finding_name name, const char *text,
    float sure, const struct print *where, int from, int to)
{
	struct printed *out = o->out;
	if (out->count == PRINTED_MAX || strlen(text) >= FINDING_TEXT_MAX)
		return;
	struct printed_field *f = &out->at[out->count++];
	*f = (struct printed_field){.name = name};
	f->sure = sure < 0 ? 0 : sure > 1 ? 1 : sure;
	snprintf(f->text, sizeof(f->text), "%s", text);
	if (strcmp(o->country, "TUR") == 0)
		put_cedillas(f->text);
	sheet_corners(o->sheet, where, from, to, f->corners);
}

/* What was read there, for a second look; a text too long has none. */
static void
remember(struct printed_field *f, const struct value *v)
{
	char text[PRINT_TEXT_SIZE], plain[WORDING_SIZE];
	print_text(v->print, v->from, v->to, text, sizeof(text));
	plain_of(text, plain, sizeof(plain));
	if (strlen(plain) < sizeof(f->read))
		memcpy(f->read, plain, strlen(plain) + 1);
	f->where = sheet_part(v->print, v->from, v->to);
}

void
printed_add_value(const struct outlook *o, enum finding_name name,
    const struct value *v)
{
	if (v->print && sheet_is_foreign(v))
		return;
	/* the reader of letters is as sure of some that it takes for others */
	float sure = o->zone || v->sure < ALONE_MOST ? v->sure : ALONE_MOST;
	size_t before = o->out->count;
	printed_add(o, name, v->text, sure, v->print,
	    v->print->at[v->from].from, v->print->at[v->to - 1].to);
	if (o->out->count > before)
		remember(&o->out->at[before], v);
}

bool
printed_search(const struct outlook *o, const struct search *what,
    const struct print **where, struct match *out)
{
	const struct prints *prints = &o->sheet->prints;
	bool found = false;
	*out = (struct match){.score = SEARCH_NOTHING};
	for (size_t i = 0; i < prints->count; i++) {
		struct match m;
		if (search_in(&prints->at[i], what, &m) != OK) {
			err_clear();
			continue;
		}
		if (m.score == SEARCH_NOTHING ||
		    (found && m.score <= out->score))
			continue;
		*out = m;
		*where = &prints->at[i];
		found = true;
	}
	return found;
}

static bool
fields_are_text(enum field field)
{
	return field == FIELD_birth_place || field == FIELD_nationality ||
	    field == FIELD_usage_name;
}

/* "\u00dast\u00ed" "nad Labem": what was read in two pieces. */
static void
go_on(const struct outlook *o, enum field field, struct value *v)
{
	if (sheet_is_foreign(v) || v->to < v->print->count)
		return;
	names_to_the_end(o->sheet, v->print, field, v->text, sizeof(v->text),
	    &v->sure);
}

/* What the zone says little or nothing of: as it was read. */
static void
read_rest(const struct outlook *o)
{
	static const struct {
		enum field field;
		enum finding_name name;
	} rest[] = {{FIELD_birth_place, FINDING_printed_birth_place},
	    {FIELD_issue_date, FINDING_printed_issue_date},
	    {FIELD_nationality, FINDING_printed_nationality},
	    {FIELD_sex, FINDING_printed_sex},
	    {FIELD_usage_name, FINDING_printed_usage_name}};
	for (size_t i = 0; i < COUNT_OF(rest); i++) {
		struct value v;
		sheet_value(o->sheet, rest[i].field, o->country, o->layout,
		    &v);
		bool foreign = v.print && sheet_is_foreign(&v);
		if (v.print && (printed_twice(o) || foreign) &&
		    fields_are_text(rest[i].field) &&
		    !printed_second_line(o, &v, SHAPE_TEXT, &v))
			continue; /* Greek or Cyrillic, read as Latin */
		if (foreign && sheet_is_anothers(o->sheet, &v, rest[i].field))
			continue;
		if (v.print && rest[i].field == FIELD_birth_place)
			go_on(o, FIELD_birth_place, &v);
		if (v.print && v.sure >= ALONE_SURE)
			printed_add_value(o, rest[i].name, &v);
	}
}

static void
whole_picture(const struct raster *grey, struct page *out)
{
	float w = (float)grey->width, h = (float)grey->height;
	const float corners[8] = {0, 0, w, 0, w, h, 0, h};
	float wide_mm = w > h ? 85.6f : 85.6f * w / h;
	*out = (struct page){.width = wide_mm, .height = wide_mm * h / w};
	memcpy(out->corners, corners, sizeof(corners));
}

/* What looked like the page was not: its print may say where it is. */
static RESULT
try_by_print(const struct inspector *tools, const struct raster *grey,
    struct page *page, struct sheet *s)
{
	AUTO(free) struct sheet *other = calloc(1, sizeof(*other));
	struct page found;
	if (!other)
		return FAIL(ERR_TOO_LARGE, "no memory");
	if (page_by_print(grey, &found) != OK) {
		err_clear();
		return OK;
	}
	enum err code = sheet_read(tools, grey, NULL, &found, other);
	if (code == OK && other->letters > s->letters) {
		struct sheet swap = *s;
		*page = found;
		*s = *other;
		s->page = page;
		*other = swap;
	}
	sheet_clear(other);
	return code;
}

/* The rows of layouts.def that may fit: by zone, else by size. */
static const char *
layout_of(const struct mrz *zone, const struct page *page)
{
	if (zone && zone->format == MRZ_FRA2)
		return "french_card";
	if ((zone && zone->format == MRZ_TD3) || page->width > 110)
		return "passport";
	return "card";
}

void
printed_report(const struct sheet *s, const struct mrz *zone,
    struct printed *out)
{
	const struct outlook o = {s, zone, zone && zone->issuer[0] ?
	    sheet_country(zone) : s->country, layout_of(zone, s->page), out};
	printed_names(&o);
	printed_number(&o);
	printed_date(&o, FIELD_birth_date, FINDING_printed_birth_date,
	    zone ? zone->birth_date : "");
	/* the old French card has no expiry on its front */
	if (!zone || zone->format != MRZ_FRA2)
		printed_date(&o, FIELD_expiry, FINDING_printed_expiry,
		    zone ? zone->expiry : "");
	read_rest(&o);
	if (!zone) {
		printed_doubt_end(&o);
		printed_doubt_birth(&o);
	}
}

static bool
reaches_edge(const struct sheet *s, const struct printed_field *f, float width,
    float height)
{
	float right = s->page->width * s->per_mm;
	float slack = EDGE * f->where.capital;
	if (f->where.x < slack || f->where.x + f->where.length > right - slack)
		return true;
	for (int i = 0; i < 8; i += 2)
		if (f->corners[i] < 1 || f->corners[i] > width - 2 ||
		    f->corners[i + 1] < 1 || f->corners[i + 1] > height - 2)
			return true;
	return false;
}

void
printed_doubt_cut(const struct sheet *s, int width, int height,
    struct printed *fields)
{
	for (size_t i = 0; i < fields->count; i++) {
		struct printed_field *f = &fields->at[i];
		if (f->read[0] && reaches_edge(s, f, (float)width,
			(float)height))
			f->sure = f->sure < EDGE_SURE ? f->sure : EDGE_SURE;
	}
}

RESULT
printed_tell(const struct sheet *s, const struct raster *grey,
    const struct mrz *zone, struct printed *out)
{
	out->country = s->country;
	out->kind = s->kind;
	out->twofold = sheet_is_twofold(s);
	if (out->twofold && !zone)
		return OK;
	printed_report(s, zone, out);
	printed_doubt_cut(s, grey->width, grey->height, out);
	if (zone) /* what differs from one is weighed by it */
		return OK;
	TRY(printed_look_again(s, out));
	printed_doubt_covered(s, out);
	printed_doubt_half(out);
	return OK;
}

RESULT
printed_read(const struct inspector *tools, const struct raster *grey,
    const struct mrz *zone, struct page *page, struct printed *out)
{
	AUTO(free) struct sheet *s = calloc(1, sizeof(*s));
	struct page whole;
	out->count = 0;
	out->country = out->kind = "";
	out->twofold = false;
	if (!s)
		return FAIL(ERR_TOO_LARGE, "no memory");
	if (!page) {
		whole_picture(grey, &whole);
		page = &whole;
	}
	enum err code = sheet_read(tools, grey, zone, page, s);
	if (code == OK && s->letters < LETTERS_LEAST && !zone)
		code = try_by_print(tools, grey, page, s);
	if (code == OK)
		code = printed_tell(s, grey, zone, out);
	sheet_clear(s);
	return code;
}
