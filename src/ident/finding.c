/*
 * Findings across the border. The writer may have been subverted by the file
 * it read: the reader accepts known names, the right type, clean text,
 * confidence from 0 to 1 and boxes of plausible size, and nothing else.
 */
#include "ident/finding.h"
#include "base/codec.h"
#include "base/enum.h"
#include "proc/wire.h"

#include <math.h>

#define PIXELS_MAX 65536 /* a side of a picture */

static const char *const names[] = {
#define FINDING(name, type, doc) #name,
#include "ident/findings.def"
#undef FINDING
};

static const enum finding_type types[] = {
#define FINDING(name, type, doc) FINDING_##type,
#include "ident/findings.def"
#undef FINDING
};

const struct finding *
findings_find(const struct findings *f, enum finding_name name)
{
	for (size_t i = 0; f && i < f->count; i++)
		if (f->items[i].name == name)
			return &f->items[i];
	return NULL;
}

const char *
findings_text(const struct findings *f, enum finding_name name)
{
	const struct finding *found = findings_find(f, name);

	return found ? found->text : "";
}

double
findings_number(const struct findings *f, enum finding_name name,
    double otherwise)
{
	const struct finding *found = findings_find(f, name);

	return found ? found->value : otherwise;
}

static bool
box_is_plausible(struct box b)
{
	return b.x >= 0 && b.y >= 0 && b.width >= 0 && b.height >= 0 &&
	    b.x < PIXELS_MAX && b.y < PIXELS_MAX && b.width < PIXELS_MAX &&
	    b.height < PIXELS_MAX;
}

static RESULT
check(const struct finding *item)
{
	size_t length = strnlen(item->text, FINDING_TEXT_MAX);

	if (item->name >= FINDING_COUNT)
		return FAIL(ERR_INVALID, "unknown finding");
	if (!(item->confidence >= 0 && item->confidence <= 1))
		return FAIL(ERR_INVALID, "confidence outside 0 to 1");
	if (!box_is_plausible(item->box))
		return FAIL(ERR_INVALID, "implausible box");
	if (!isfinite(item->value))
		return FAIL(ERR_INVALID, "finding is not a number");
	if (types[item->name] == FINDING_FLAG && item->value != 0 &&
	    item->value != 1)
		return FAIL(ERR_INVALID, "flag is neither 0 nor 1");
	if (length == FINDING_TEXT_MAX ||
	    !utf8_is_clean(SPAN(item->text, length)))
		return FAIL(ERR_INVALID, "finding is not clean text");
	return OK;
}

static RESULT
add(struct findings *f, const struct finding *item)
{
	if (f->count == FINDINGS_MAX)
		return FAIL(ERR_TOO_LARGE, "too many findings");
	TRY(check(item));
	f->items[f->count++] = *item;
	return OK;
}

RESULT
findings_add_text(struct findings *f, enum finding_name name,
    const char *text, double confidence, struct box box)
{
	struct finding item = {.name = name, .confidence = confidence,
	    .box = box};

	if (name >= FINDING_COUNT || types[name] != FINDING_TEXT)
		return FAIL(ERR_INVALID, "this finding is not a text");
	if (strlen(text) >= sizeof(item.text))
		return FAIL(ERR_TOO_LARGE, "finding is too long");
	memcpy(item.text, text, strlen(text) + 1);
	return add(f, &item);
}

RESULT
findings_add_number(struct findings *f, enum finding_name name, double value,
    struct box box)
{
	struct finding item = {.name = name, .value = value, .confidence = 1,
	    .box = box};

	if (name >= FINDING_COUNT || types[name] == FINDING_TEXT)
		return FAIL(ERR_INVALID, "this finding is not a number");
	return add(f, &item);
}

static void
put_box(struct buf *b, struct box box)
{
	put_u32(b, (uint32_t)box.x);
	put_u32(b, (uint32_t)box.y);
	put_u32(b, (uint32_t)box.width);
	put_u32(b, (uint32_t)box.height);
}

static struct box
get_box(struct wire_reader *r)
{
	struct box box;

	box.x = (int32_t)get_u32(r);
	box.y = (int32_t)get_u32(r);
	box.width = (int32_t)get_u32(r);
	box.height = (int32_t)get_u32(r);
	return box;
}

/* Names travel as text, so that a new row does not move the others. */
RESULT
findings_put(struct buf *b, const struct findings *f)
{
	if (f->count > FINDINGS_MAX)
		return FAIL(ERR_TOO_LARGE, "too many findings");
	put_u32(b, (uint32_t)f->count);
	for (size_t i = 0; i < f->count; i++) {
		const struct finding *item = &f->items[i];
		TRY(check(item));
		put_text(b, names[item->name]);
		put_text(b, item->text);
		put_double(b, item->value);
		put_double(b, item->confidence);
		put_box(b, item->box);
	}
	return OK;
}

static RESULT
get_one(struct wire_reader *r, struct findings *out)
{
	struct finding item = {0};
	char name[40];

	get_text(r, name, sizeof(name));
	get_text(r, item.text, sizeof(item.text));
	item.value = get_double(r);
	item.confidence = get_double(r);
	item.box = get_box(r);
	if (r->failed)
		return FAIL(ERR_INVALID, "findings end early");
	item.name = finding_of_text(name);
	if (item.name != FINDING_COUNT && types[item.name] != FINDING_TEXT &&
	    item.text[0])
		return FAIL(ERR_INVALID, "a number with a text");
	return add(out, &item);
}

RESULT
findings_get(struct span message, struct findings *out)
{
	struct wire_reader r = wire_read(message);
	struct findings f = {0};
	uint32_t count = get_u32(&r);

	if (r.failed || count > FINDINGS_MAX)
		return FAIL(ERR_INVALID, "too many findings");
	for (uint32_t i = 0; i < count; i++)
		TRY(get_one(&r, &f));
	TRY(wire_done(&r));
	*out = f;
	return OK;
}

enum finding_type
finding_type_of(enum finding_name name)
{
	return types[name];
}

const char *
finding_name_text(enum finding_name name)
{
	return name < FINDING_COUNT ? names[name] : "";
}

enum finding_name
finding_of_text(const char *text)
{
	return (enum finding_name)enum_find(names, FINDING_COUNT, text);
}
