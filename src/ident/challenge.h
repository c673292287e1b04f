/*
 * Challenges: what a participant was asked to do in one recording, in which
 * order, and when. Drawn by the server for one attempt; the inspector gets it
 * beside the video and says what of it was done.
 */
#pragma once

#include "base/buf.h"

#include <stdbool.h>
#include <stdint.h>

enum part { PART_FACE, PART_DOCUMENT, PART_COUNT };

enum prompt_name {
#define PROMPT(name, part, kind, title) PROMPT_##name,
#include "ident/prompts.def"
#undef PROMPT
	PROMPT_COUNT
};

#define CHALLENGE_MAX 10 /* prompts of a recording */
#define CHALLENGE_SHORTEST 4 /* drawn ones; product 6 */
#define CHALLENGE_LONGEST 5
#define CHALLENGE_LIGHTS 4
#define CHALLENGE_TEXT_MAX 192

/* asked: by the server's clock, since the recording began. shown: by the
 * page's, in the recording's own time. Both 0 until it happened. */
struct prompt {
	enum prompt_name name;
	uint32_t asked_ms, shown_ms;
};

struct challenge {
	enum part part;
	size_t count;
	struct prompt prompts[CHALLENGE_MAX];
};

/*
 * Draws one: look_ahead, then four or five actions and four lights, none twice
 * in a row; for a document what is always asked, without show_back when it has
 * one side. random: CHALLENGE_MAX bytes that nobody can foretell.
 */
void challenge_draw(enum part part, int sides,
    const uint8_t random[CHALLENGE_MAX], struct challenge *out);

/* "look_ahead turn_left ...", as stored; and back. ERR_INVALID for a name of
 * another part, for none or too many. Times are not in it. */
RESULT challenge_format(const struct challenge *c,
    char out[CHALLENGE_TEXT_MAX]);
RESULT challenge_parse(enum part part, const char *text,
    struct challenge *out);

RESULT challenge_put(struct buf *b, const struct challenge *c);
RESULT challenge_get(struct span message, struct challenge *out);

const char *prompt_text(enum prompt_name name); /* "turn_left" */
const char *prompt_title(enum prompt_name name);
enum prompt_name prompt_of_text(const char *text); /* PROMPT_COUNT: none */
/* The colour in which the screen shines meanwhile; false: it does not. */
bool prompt_light(enum prompt_name name, uint8_t rgb[3]);
bool prompt_is_light(enum prompt_name name);
const char *part_text(enum part part); /* "face", "document" */
enum part part_of_text(const char *text); /* PART_COUNT: none */
