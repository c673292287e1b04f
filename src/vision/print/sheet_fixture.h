/*
 * Sheets for tests: print where a test wants it, read without a doubt.
 */
#pragma once

#include <string.h>

#include "vision/print/sheet_labels.h"
#include "vision/print/wording.h"

static struct sheet sheet;

#define PER_MM 12


static void
begin(void)
{
	memset(&sheet, 0, sizeof(sheet));
	sheet.per_mm = PER_MM;
	sheet.country = "";
}

/* A piece of print whose base line begins there, in millimetres. */
static void
print_at(float x, float y, float capital, const char *text)
{
	struct print *p = &sheet.prints.at[sheet.prints.count++];
	*p = (struct print){.where = {x * PER_MM, y * PER_MM, 0, 0,
	    capital * PER_MM, 1, 1}, .sure = 1};
	for (const char *c = text; *c;) {
		char one[5] = "";
		size_t size = (unsigned char)*c < 0x80 ? 1 :
		    (unsigned char)*c < 0xe0 ? 2 : 3;
		memcpy(one, c, size);
		p->at[p->count] = (struct print_letter){
		    (uint8_t)glyph_find(one), (short)(4 * p->count),
		    (short)(4 * p->count + 2), 0.95f};
		p->count++;
		c += size;
	}
	p->columns = 4 * p->count;
	p->where.length = 0.8f * capital * PER_MM * (float)p->count;
	p->step = p->where.length / (float)p->columns;
	print_text(p, 0, p->count, p->text, sizeof(p->text));
	plain_of(p->text, p->plain, sizeof(p->plain));
}
