/*
 * What is reported of a sheet without a zone, for tests.
 */
#pragma once

#include "vision/print/printed_parts.h"
#include "vision/print/sheet_fixture.h"

static struct page page = {.width = 85.6f, .height = 54,
    .corners = {0, 0, 1027, 0, 1027, 648, 0, 648}};
static struct printed printed;

/* What is reported, "" for nothing. */
static const char *
said(enum finding_name name)
{
	sheet.page = &page;
	printed.count = 0;
	sheet_find_labels(&sheet);
	printed_report(&sheet, NULL, &printed);
	for (size_t i = 0; i < printed.count; i++)
		if (printed.at[i].name == name)
			return printed.at[i].text;
	return "";
}

static inline float
sure_of(enum finding_name name)
{
	for (size_t i = 0; i < printed.count; i++)
		if (printed.at[i].name == name)
			return printed.at[i].sure;
	return 0;
}
