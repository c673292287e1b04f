/*
 * Pieces of print for tests of searching: what was read, and how sure.
 */
#pragma once

#include <stdlib.h>
#include <string.h>

#include "vision/print/search.h"

#define ROOM 300
#define FAR -12.0f

/* A piece whose reader saw each glyph for three columns, sure of it. */
struct seen {
	struct print print;
	float votes[GLYPH_CLASSES * ROOM];
	float best[ROOM], spelled[SPELLINGS_MAX * ROOM], separators[ROOM];
};

static int
glyph_of(const char *text, size_t size)
{
	for (int g = 0; g < GLYPHS_COUNT; g++)
		if (strlen(glyph_text(g)) == size &&
		    memcmp(glyph_text(g), text, size) == 0)
			return g;
	fail_msg("no glyph '%.*s'", (int)size, text);
	return 0;
}

static size_t
character_size(const char *text)
{
	unsigned char c = (unsigned char)*text;
	return c < 0x80 ? 1 : c < 0xe0 ? 2 : 3;
}

static void
see(const char *text, struct seen *s)
{
	struct print *p = &s->print;
	*p = (struct print){.votes = s->votes, .best = s->best,
	    .spelled = s->spelled, .separators = s->separators};
	for (const char *c = text; *c; c += character_size(c)) {
		p->at[p->count] = (struct print_letter){
		    (uint8_t)glyph_of(c, character_size(c)),
		    (short)(4 * p->count + 1), (short)(4 * p->count + 3), 1};
		p->count++;
	}
	p->columns = 4 * p->count + 1;
	for (int i = 0; i < GLYPH_CLASSES * p->columns; i++)
		s->votes[i] = FAR;
	for (int t = 0; t < p->columns; t++)
		s->votes[(t % 4 == 0 ? GLYPH_BLANK : p->at[t / 4].glyph) *
		    p->columns + t] = 0;
}
