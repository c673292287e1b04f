/*
 * Sealed is what judging reads: each finding by name, text, value, confidence
 * and place, in their order; of which evidence they are, by its digest; and
 * what was asked in a recording, because an action is judged by when it was
 * asked for.
 *
 * The attempt is not in it: a picture that need not be given again goes on
 * with the next one. A comparison never does; its evidence names by digest
 * what was compared.
 */
#include "flow/finding_seal.h"

#include "base/enum.h"
#include "flow/picture_seal.h"
#include "flow/seal.h"

#define SEALED_MAX ((size_t)256 * 1024)
#define PURPOSE "paraph findings"

/* Evidence whose findings are judged, and what is made of each; the first of
 * them as in enum compared_kind. */
static const struct {
	const char *kind, *made;
} judged[] = {
    {"document_front", "still_front"},
    {"document_back", "still_back"},
    {"face_video", "film_face"},
    {"document_video", "film_document"},
    {"comparison", "film_compared"},
};

const char *
finding_seal_made(const char *evidence_kind)
{
	for (size_t i = 0; i < COUNT_OF(judged); i++)
		if (strcmp(judged[i].kind, evidence_kind) == 0)
			return judged[i].made;
	return NULL;
}

const char *
finding_seal_of(const char *made_kind)
{
	for (size_t i = 0; i < COUNT_OF(judged); i++)
		if (strcmp(judged[i].made, made_kind) == 0)
			return judged[i].kind;
	return "";
}

static RESULT
add_box(struct buf *b, const struct box *box)
{
	TRY(buf_add_format(b, "%d %d %d %d", box->x, box->y, box->width,
	    box->height));
	return buf_add_byte(b, 0);
}

/* 17 digits name a double for certain; -0 is 0, as databases keep it. */
static RESULT
add_number(struct buf *b, double value)
{
	TRY(buf_add_format(b, "%.17g", value == 0 ? 0.0 : value));
	return buf_add_byte(b, 0);
}

static RESULT
add_findings(struct buf *b, const struct findings *f)
{
	for (size_t i = 0; i < f->count; i++) {
		const struct finding *item = &f->items[i];

		TRY(seal_add(b, finding_name_text(item->name)));
		TRY(seal_add(b, item->text));
		TRY(add_number(b, item->value));
		TRY(add_number(b, item->confidence));
		TRY(add_box(b, &item->box));
	}
	return OK;
}

/* Pictures were asked for by nobody. */
static RESULT
add_asked(struct flow *f, struct arena *a, const struct evidence *e,
    struct buf *b)
{
	struct take t = {.id = "", .prompts = "", .asked = "", .shown = ""};
	enum err found = take_of_evidence(f->store, a, e->id, &t);

	if (found != OK && found != ERR_NOT_FOUND)
		return found;
	err_clear();
	TRY(seal_add(b, t.id));
	TRY(seal_add(b, t.prompts));
	TRY(seal_add(b, t.asked));
	return seal_add(b, t.shown);
}

static RESULT
add_evidence(struct buf *b, const struct evidence *e)
{
	TRY(seal_add(b, e->id));
	TRY(seal_add(b, e->registration));
	TRY(seal_add(b, e->kind));
	return seal_add(b, e->sha256);
}

static RESULT
seal_of(struct flow *f, struct arena *a, const struct evidence *e,
    const struct findings *findings, const struct evidence *kept,
    char out[DIGEST_TEXT_SIZE])
{
	AUTO(buf_clear) struct buf b;

	buf_init(&b, SEALED_MAX);
	TRY(add_evidence(&b, e));
	TRY(add_evidence(&b, kept));
	TRY(add_asked(f, a, e, &b));
	TRY(add_findings(&b, findings));
	return seal_make(f->keys, PURPOSE, span_of_buf(&b), out);
}

static const struct evidence nothing = {.id = "", .registration = "",
    .kind = "", .sha256 = ""};

RESULT
finding_seal_keep(struct flow *f, struct arena *a, const struct evidence *e,
    const struct findings *findings, const struct evidence *kept)
{
	char seal[DIGEST_TEXT_SIZE];
	const struct evidence *made = kept ? kept : &nothing;

	TRY(seal_of(f, a, e, findings, made, seal));
	if (kept)
		TRY(picture_seal_keep(f, e, kept));
	return finding_seal_save(f->store, e->id, seal);
}

/* What the attempt shows in its place by now; nothing where there is none. */
static RESULT
find_made(struct flow *f, struct arena *a, const struct evidence *e,
    struct evidence *out)
{
	enum err found = evidence_find(f->store, a, e->registration,
	    e->attempt, finding_seal_made(e->kind), out);

	if (found != ERR_NOT_FOUND)
		return found;
	err_clear();
	*out = nothing;
	return OK;
}

RESULT
finding_seal_read(struct flow *f, struct arena *a, const struct evidence *e,
    const struct findings *findings, enum seal_state *out)
{
	char seal[DIGEST_TEXT_SIZE];
	struct finding_seal kept;
	struct evidence made;

	if (!finding_seal_made(e->kind))
		return FAIL(ERR_INTERNAL, "evidence without findings");
	TRY(find_made(f, a, e, &made));
	TRY(seal_of(f, a, e, findings, &made, seal));
	enum err found = finding_seal_load(f->store, a, e->id, &kept);
	if (found == ERR_NOT_FOUND) {
		err_clear();
		*out = SEAL_MISSING;
		return OK;
	}
	TRY(found);
	*out = seal_is(kept.seal, seal) ? SEAL_WHOLE : SEAL_BROKEN;
	return OK;
}

RESULT
compared_load(struct flow *f, struct arena *a, const struct registration *r,
    struct compared *out)
{
	for (size_t i = 0; i < COMPARED_COUNT; i++) {
		enum err found = evidence_find(f->store, a, r->id, r->attempt,
		    judged[i].made, &out->rows[i]);

		if (found == ERR_NOT_FOUND) {
			err_clear();
			out->rows[i] = nothing;
		} else
			TRY(found);
	}
	return OK;
}

RESULT
compared_digest(const struct compared *c, char out[DIGEST_TEXT_SIZE])
{
	AUTO(buf_clear) struct buf b;

	buf_init(&b, SEALED_MAX);
	for (size_t i = 0; i < COMPARED_COUNT; i++)
		TRY(add_evidence(&b, &c->rows[i]));
	struct digest d = digest_sha256(span_of_buf(&b));
	digest_format(&d, out);
	return OK;
}
