/*
 * A page of one label and the print below it, for tests. Not included twice.
 */
#pragma once

#include <stdio.h>
#include <string.h>

#include "ident/mrz.h"
#include "vision/print/printed_parts.h"
#include "vision/print/seen_fixture.h"
#include "vision/print/sheet_labels.h"
#include "vision/print/wording.h"

static struct seen pieces[4];
static struct sheet sheet;
static struct page page = {.width = 125, .height = 88,
    .corners = {0, 0, 1500, 0, 1500, 1056, 0, 1056}};

/* In millimetres; read without a doubt. */
static void
put(float y, float capital, const char *text)
{
	struct seen *s = &pieces[sheet.prints.count];
	struct print *p = &s->print;
	see(text, s);
	prints_fold(p, s->spelled, s->separators);
	p->where = (struct piece){360, y * 12, 0,
	    9.6f * capital * (float)p->count, capital * 12, 1, 1, 100};
	p->step = p->where.length / (float)p->columns;
	p->sure = 1;
	print_text(p, 0, p->count, p->text, sizeof(p->text));
	plain_of(p->text, p->plain, sizeof(p->plain));
	sheet.prints.at[sheet.prints.count++] = *p;
}

/* A page with this print below that label. */
static void
lay(const char *label, const char *print)
{
	memset(&sheet, 0, sizeof(sheet));
	sheet.per_mm = 12;
	sheet.page = &page;
	put(10, 1.3f, label);
	put(13.5f, 2.2f, print);
	sheet_find_labels(&sheet);
}

static const char *
told(enum finding_name name, const struct mrz *zone)
{
	static struct printed printed;
	printed.count = 0;
	printed_report(&sheet, zone, &printed);
	for (size_t i = 0; i < printed.count; i++)
		if (printed.at[i].name == name)
			return printed.at[i].text;
	return "";
}
