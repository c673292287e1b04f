/*
 * Words across.
 *
 * Where the print of fields is taken away, what is left of a page is its
 * ground, and large letters. They lean by any angle, so that spots of the page
 * are turned by steps and those that stand in a line are looked for in each.
 * Pixels are turned only where the longest lines are read. A word counts when
 * it is in the table: emblems and portraits make lines of spots too.
 */
#include "vision/print/across.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/enum.h"
#include "vision/print/wording.h"

#define CUT_MM 6.0f     /* pixels, from which print is taken away ... */
#define PER_MM 3.0f     /* ... and in which letters are looked for */
#define PRINT_MM 0.5f   /* half as wide as strokes of fields may be */
#define EVEN_MM 5.0f
#define NEAR_MM 14.0f   /* the paper about a letter */
/* Levels of 230: pale words, and dark ones, whose letters would touch. */
#define PALE 10
#define DARK 40
#define LEAST 4         /* pixels */
#define LETTER_LEAST_MM 3.5f
#define LETTER_MOST_MM 21.0f
/* Pieces of print are looked for in letters so many times as small. */
#define LARGER 3.5f
#define STEP 10         /* degrees; a line may lean by 7 in each */
#define STEEPEST 50
#define LETTERS_LEAST 3
#define EVEN_LEAST 0.5f
#define LENGTH_LEAST 3.0f /* letters' heights, of a word */
#define TRIED_MOST 6
#define COLUMNS_MOST 900
#define LONG_WORD 6     /* letters: one may be misread, of more than 7 two */
#define LONGER_WORD 8
#define MISREAD_MOST 2
#define BESIDE_MOST 2   /* letters of something else beside a word */
#define READ_LEAST 14.0f  /* merit of a line: of portraits' spots it is less */
#define LARGE_LEAST 20.0f /* of letters that hide print */
#define FOREIGN 'Q'     /* stands in no word of the table */

static const char *const words[] = {
#define ACROSS(plain) plain,
#include "vision/print/across.def"
#undef ACROSS
};

/* Lines of one turned page. */
struct turned {
	int degrees;
	struct piece line;
	float merit;
};

struct search_room {
	struct spots spots;
	struct pieces pieces;
};

struct tried {
	size_t count;
	struct turned at[TRIED_MOST];
};

/* Letters that may be misread: none where the word itself has some of which
 * nothing is known. */
static size_t
misread(const char *word)
{
	size_t size = strchr(word, FOREIGN) ? 0 : strlen(word);
	return size >= LONGER_WORD ? MISREAD_MOST : size >= LONG_WORD ? 1 : 0;
}

/* Whether a part of the text is the word, but for so many letters. */
static bool
holds(const char *text, const char *word, size_t off)
{
	size_t size = strlen(word), length = strlen(text);
	for (size_t from = 0; from < length; from++)
		for (size_t many = size - off; many <= size + off; many++) {
			char part[WORDING_SIZE];
			if (from + many > length)
				break;
			snprintf(part, sizeof(part), "%.*s", (int)many,
			    text + from);
			if (edits_between(part, word) <= (int)off)
				return true;
		}
	return false;
}

/* Letters and digits, those alike as one; what is neither Latin nor alike is
 * FOREIGN. */
static void
fold(const char *text, char out[WORDING_SIZE])
{
	static const char alike[] = "0O1I5S8B";
	const char *foreign = glyph_text(GLYPH_FOREIGN);
	char marked[PRINT_TEXT_SIZE], plain[WORDING_SIZE];
	snprintf(marked, sizeof(marked), "%s", text);
	for (char *c; (c = strstr(marked, foreign)) != NULL;) {
		*c = FOREIGN;
		memmove(c + 1, c + strlen(foreign),
		    strlen(c + strlen(foreign)) + 1);
	}
	plain_of(marked, plain, sizeof(plain));
	squeeze(plain, out, WORDING_SIZE);
	for (char *c = out; *c; c++)
		for (const char *pair = alike; *pair; pair += 2)
			*c = *c == pair[0] ? pair[1] : *c;
}

const char *
across_word(const char *text)
{
	char plain[WORDING_SIZE];
	fold(text, plain);
	for (size_t off = 0; off <= MISREAD_MOST; off++)
		for (size_t i = 0; i < COUNT_OF(words); i++)
			if (off <= misread(words[i]) && strlen(plain) <=
			    strlen(words[i]) + off + BESIDE_MOST &&
			    holds(plain, words[i], off))
				return words[i];
	return "";
}

/* The page without the print of fields, evenly lit, PER_MM to a millimetre. */
static RESULT
bare_page(const struct raster *colour, const struct page *page,
    struct raster *out)
{
	AUTO(raster_clear) struct raster cut = {0}, dark = {0}, bare = {0};
	AUTO(raster_clear) struct raster small = {0};
	TRY(page_cut(colour, page, CUT_MM, &cut));
	TRY(raster_darkest(&cut, &dark));
	TRY(opencv_without_print(&dark, (int)(PRINT_MM * CUT_MM), &bare));
	TRY(opencv_resize(&bare, (int)(page->width * PER_MM),
	    (int)(page->height * PER_MM), &small));
	return opencv_flatten(&small, (int)(EVEN_MM * PER_MM), out);
}

/* A place on the turned page where it is on the page itself, in pixels. */
static void
turn_back(const struct raster *bare, int degrees, float side, float x, float y,
    float out[2])
{
	float a = (float)degrees * (float)M_PI / 180;
	float dx = x - side / 2, dy = y - side / 2;
	out[0] = (float)bare->width / 2 + dx * cosf(a) - dy * sinf(a);
	out[1] = (float)bare->height / 2 + dx * sinf(a) + dy * cosf(a);
}

/* The page turned, in a square that has room for it. */
static RESULT
turn_page(const struct raster *bare, int degrees, struct raster *out)
{
	float corners[8], side = (float)ink_side(bare);
	const float at[4][2] = {{0, 0}, {side, 0}, {side, side}, {0, side}};
	for (int i = 0; i < 4; i++)
		turn_back(bare, degrees, side, at[i][0], at[i][1],
		    &corners[2 * i]);
	return opencv_unwarp(bare, corners, (int)side, (int)side, out);
}

static bool
like_a_word(const struct piece *p)
{
	float mm = p->capital / PER_MM;
	return mm >= LETTER_LEAST_MM && mm <= LETTER_MOST_MM &&
	    p->spots >= LETTERS_LEAST && p->even >= EVEN_LEAST &&
	    p->length >= LENGTH_LEAST * p->capital;
}

static void
consider(struct tried *all, int degrees, const struct piece *p)
{
	struct turned new = {degrees, *p, p->even * (float)p->spots *
	    sqrtf(p->capital)};
	struct turned *worst = &all->at[0];
	if (new.merit < READ_LEAST)
		return;
	if (all->count < TRIED_MOST) {
		all->at[all->count++] = new;
		return;
	}
	for (size_t i = 1; i < all->count; i++)
		if (all->at[i].merit < worst->merit)
			worst = &all->at[i];
	if (worst->merit < new.merit)
		*worst = new;
}

/* The lines of one kind of words at every angle. */
static RESULT
look_for(const struct raster *bare, int darker, struct search_room *room,
    struct tried *all)
{
	AUTO(ink_clear) struct ink dark = {0};
	TRY(ink_of(bare, (int)(NEAR_MM * PER_MM), darker, &dark));
	for (int a = -STEEPEST; a <= STEEPEST; a += STEP) {
		TRY(ink_turned(&dark, a, LEAST, (int)(LETTER_MOST_MM * PER_MM),
		    &room->spots));
		pieces_of(&room->spots, PER_MM * LARGER, &room->pieces);
		for (size_t i = 0; i < room->pieces.count; i++)
			if (like_a_word(&room->pieces.at[i]))
				consider(all, a, &room->pieces.at[i]);
	}
	return OK;
}

static RESULT
read_line(const struct inspector *tools, const struct raster *bare,
    const struct turned *t, char text[PRINT_TEXT_SIZE])
{
	AUTO(raster_clear) struct raster turned = {0};
	AUTO(free) struct prints *seen = calloc(1, sizeof(*seen));
	AUTO(free) struct pieces *pieces = calloc(1, sizeof(*pieces));
	text[0] = '\0';
	if (!seen || !pieces)
		return FAIL(ERR_TOO_LARGE, "no memory");
	TRY(turn_page(bare, t->degrees, &turned));
	pieces->at[pieces->count++] = t->line;
	enum err code = prints_read(tools->nets[MODEL_print], &turned, pieces,
	    PRINT_UPRIGHT, COLUMNS_MOST, seen);
	if (code == OK && seen->count > 0)
		memcpy(text, seen->at[0].text, PRINT_TEXT_SIZE);
	prints_clear(seen);
	return code;
}

static void
put_corners(const struct raster *bare, const struct page *page,
    const struct turned *t, float out[8])
{
	const struct piece *p = &t->line;
	float side = (float)ink_side(bare);
	float end = p->y + p->slope * p->length;
	const float at[4][2] = {{p->x, p->y - p->capital},
	    {p->x + p->length, end - p->capital}, {p->x + p->length, end},
	    {p->x, p->y}};
	for (int i = 0; i < 4; i++) {
		float back[2];
		turn_back(bare, t->degrees, side, at[i][0], at[i][1], back);
		page_point(page, back[0] / PER_MM, back[1] / PER_MM,
		    &out[2 * i], &out[2 * i + 1]);
	}
}

RESULT
across_find(const struct inspector *tools, const struct raster *colour,
    const struct page *page, struct across *out)
{
	AUTO(raster_clear) struct raster bare = {0};
	AUTO(free) struct search_room *room = malloc(sizeof(*room));
	struct tried all = {.count = 0};
	*out = (struct across){.word = ""};
	if (!room)
		return FAIL(ERR_TOO_LARGE, "no memory");
	TRY(bare_page(colour, page, &bare));
	TRY(look_for(&bare, PALE, room, &all));
	TRY(look_for(&bare, DARK, room, &all));
	for (size_t i = 0; i < all.count && !out->word[0]; i++) {
		char text[PRINT_TEXT_SIZE];
		TRY(read_line(tools, &bare, &all.at[i], text));
		out->word = across_word(text);
		out->large = out->large ||
		    all.at[i].merit >= LARGE_LEAST;
		if (out->word[0])
			put_corners(&bare, page, &all.at[i], out->corners);
	}
	return OK;
}
