/*
 * Drawing, storing and sending challenges.
 */
#include "ident/challenge.h"

#include "base/enum.h"
#include "proc/wire.h"

#include <string.h>

enum kind { KIND_FIXED, KIND_ACTION, KIND_LIGHT };

struct row {
	const char *name, *title;
	enum part part;
	enum kind kind;
};

static const struct row rows[] = {
#define PROMPT(name, part, kind, title)                                        \
	{#name, title, PART_##part, KIND_##kind},
#include "ident/prompts.def"
#undef PROMPT
};

static const struct {
	enum prompt_name prompt;
	uint8_t rgb[3];
} lights[] = {
#define LIGHT(prompt, red, green, blue) {PROMPT_##prompt, {red, green, blue}},
#include "ident/lights.def"
#undef LIGHT
};

static const char *const parts[] = {"face", "document"};

static void
add(struct challenge *c, enum prompt_name name)
{
	c->prompts[c->count++] = (struct prompt){.name = name};
}

/* The n-th of a kind that is not the one before; the caller's n is below how
 * many there are. */
static enum prompt_name
nth_of(enum kind kind, unsigned n, enum prompt_name before)
{
	for (enum prompt_name p = 0; p < PROMPT_COUNT; p++)
		if (rows[p].kind == kind && p != before && n-- == 0)
			return p;
	return PROMPT_look_ahead;
}

static unsigned
count_of(enum kind kind, enum prompt_name before)
{
	unsigned count = 0;

	for (enum prompt_name p = 0; p < PROMPT_COUNT; p++)
		count += rows[p].kind == kind && p != before;
	return count;
}

static void
add_drawn(struct challenge *c, enum kind kind, uint8_t random)
{
	enum prompt_name before = c->prompts[c->count - 1].name;

	add(c, nth_of(kind, random % count_of(kind, before), before));
}

void
challenge_draw(enum part part, int sides, const uint8_t random[CHALLENGE_MAX],
    struct challenge *out)
{
	size_t actions = CHALLENGE_SHORTEST + random[0] %
	    (CHALLENGE_LONGEST - CHALLENGE_SHORTEST + 1);

	*out = (struct challenge){.part = part};
	for (enum prompt_name p = 0; p < PROMPT_COUNT; p++)
		if (rows[p].part == part && rows[p].kind == KIND_FIXED &&
		    (p != PROMPT_show_back || sides > 1))
			add(out, p);
	if (part != PART_FACE)
		return;
	for (size_t i = 1; i <= actions; i++)
		add_drawn(out, KIND_ACTION, random[i]);
	for (size_t i = 0; i < CHALLENGE_LIGHTS; i++)
		add_drawn(out, KIND_LIGHT, random[CHALLENGE_LONGEST + 1 + i]);
}

RESULT
challenge_format(const struct challenge *c, char out[CHALLENGE_TEXT_MAX])
{
	size_t used = 0;

	out[0] = '\0';
	for (size_t i = 0; i < c->count; i++) {
		int size = snprintf(out + used, CHALLENGE_TEXT_MAX - used,
		    "%s%s", i ? " " : "", prompt_text(c->prompts[i].name));
		if (size < 0 || (size_t)size >= CHALLENGE_TEXT_MAX - used)
			return FAIL(ERR_TOO_LARGE, "a challenge is too long");
		used += (size_t)size;
	}
	return OK;
}

/* One name of a recording's own prompts. */
static RESULT
add_known(struct challenge *c, const char *name)
{
	enum prompt_name p = prompt_of_text(name);

	if (p == PROMPT_COUNT || rows[p].part != c->part)
		return FAIL(ERR_INVALID, "no prompt of this recording");
	if (c->count == CHALLENGE_MAX)
		return FAIL(ERR_INVALID, "too many prompts");
	add(c, p);
	return OK;
}

RESULT
challenge_parse(enum part part, const char *text, struct challenge *out)
{
	char copy[CHALLENGE_TEXT_MAX], *rest = copy, *word;
	struct challenge c = {.part = part};

	if (strlen(text) >= sizeof(copy))
		return FAIL(ERR_INVALID, "a challenge is too long");
	memcpy(copy, text, strlen(text) + 1);
	while ((word = strsep(&rest, " ")) != NULL)
		TRY(add_known(&c, word));
	*out = c;
	return OK;
}

RESULT
challenge_put(struct buf *b, const struct challenge *c)
{
	put_u8(b, (uint8_t)c->part);
	put_u8(b, (uint8_t)c->count);
	for (size_t i = 0; i < c->count; i++) {
		put_text(b, prompt_text(c->prompts[i].name));
		put_u32(b, c->prompts[i].asked_ms);
		put_u32(b, c->prompts[i].shown_ms);
	}
	return wire_written(b);
}

RESULT
challenge_get(struct span message, struct challenge *out)
{
	struct wire_reader r = wire_read(message);
	struct challenge c = {.part = get_u8(&r)};
	size_t count = get_u8(&r);

	if (r.failed || c.part >= PART_COUNT || count > CHALLENGE_MAX)
		return FAIL(ERR_INVALID, "not a challenge");
	for (size_t i = 0; i < count; i++) {
		char name[32];

		get_text(&r, name, sizeof(name));
		uint32_t asked = get_u32(&r), shown = get_u32(&r);
		if (r.failed)
			return FAIL(ERR_INVALID, "a challenge ends early");
		TRY(add_known(&c, name));
		c.prompts[i].asked_ms = asked;
		c.prompts[i].shown_ms = shown;
	}
	TRY(wire_done(&r));
	*out = c;
	return OK;
}

const char *
prompt_text(enum prompt_name name)
{
	return name < PROMPT_COUNT ? rows[name].name : "";
}

const char *
prompt_title(enum prompt_name name)
{
	return name < PROMPT_COUNT ? rows[name].title : "";
}

enum prompt_name
prompt_of_text(const char *text)
{
	for (enum prompt_name p = 0; p < PROMPT_COUNT; p++)
		if (strcmp(rows[p].name, text) == 0)
			return p;
	return PROMPT_COUNT;
}

bool
prompt_light(enum prompt_name name, uint8_t rgb[3])
{
	for (size_t i = 0; i < COUNT_OF(lights); i++) {
		if (lights[i].prompt != name)
			continue;
		memcpy(rgb, lights[i].rgb, sizeof(lights[i].rgb));
		return true;
	}
	return false;
}

bool
prompt_is_light(enum prompt_name name)
{
	return name < PROMPT_COUNT && rows[name].kind == KIND_LIGHT;
}

const char *
part_text(enum part part)
{
	return part < PART_COUNT ? parts[part] : "";
}

enum part
part_of_text(const char *text)
{
	return (enum part)enum_find(parts, PART_COUNT, text);
}
