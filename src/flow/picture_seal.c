/*
 * Kept as the seals of findings are, under the id of the still or film itself,
 * which has no findings.
 */
#include "flow/picture_seal.h"

#include "flow/finding_seal.h"
#include "flow/seal.h"
#include "flow/verdict_seal.h"

#define SEALED_MAX ((size_t)4096)
#define PURPOSE "paraph pictures"

static RESULT
seal_of(struct flow *f, const struct evidence *source,
    const struct evidence *made, char out[DIGEST_TEXT_SIZE])
{
	const char *const texts[] = {made->id, made->registration, made->kind,
	    made->sha256, source->id, source->kind, source->sha256};
	AUTO(buf_clear) struct buf b;

	buf_init(&b, SEALED_MAX);
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		TRY(seal_add(&b, texts[i]));
	return seal_make(f->keys, PURPOSE, span_of_buf(&b), out);
}

RESULT
picture_seal_keep(struct flow *f, const struct evidence *source,
    const struct evidence *made)
{
	char seal[DIGEST_TEXT_SIZE];

	TRY(seal_of(f, source, made, seal));
	return finding_seal_save(f->store, made->id, seal);
}

static RESULT
is_sealed(struct flow *f, struct arena *a, const struct evidence *made,
    const struct evidence *source, enum seal_state *out)
{
	char seal[DIGEST_TEXT_SIZE];
	struct finding_seal kept;
	enum err found = finding_seal_load(f->store, a, made->id, &kept);

	*out = SEAL_MISSING;
	if (found == ERR_NOT_FOUND) {
		err_clear();
		return OK;
	}
	TRY(found);
	TRY(seal_of(f, source, made, seal));
	*out = seal_is(kept.seal, seal) ? SEAL_WHOLE : SEAL_BROKEN;
	return OK;
}

/* Nothing is written down here, where pictures are shown again and again: the
 * journal hears of it when somebody signs (clerk/order.c). */
static RESULT
check_judged(struct flow *f, struct arena *a, const struct registration *r)
{
	struct sealed judged;

	TRY(verdict_seal_read(f, a, r, &judged));
	return judged.broken
	    ? FAIL(ERR_CHECK_FAILED, "nobody vouches for a picture")
	    : OK;
}

RESULT
picture_seal_check(struct flow *f, struct arena *a,
    const struct registration *r, const struct evidence *made)
{
	enum seal_state state = SEAL_BROKEN;
	struct evidence source;
	enum err found = evidence_find(f->store, a, r->id, r->attempt,
	    finding_seal_of(made->kind), &source);

	if (found == OK)
		TRY(is_sealed(f, a, made, &source, &state));
	else if (found != ERR_NOT_FOUND)
		return found;
	err_clear();
	if (state == SEAL_MISSING)
		return check_judged(f, a, r);
	return state == SEAL_WHOLE
	    ? OK
	    : FAIL(ERR_CHECK_FAILED, "a picture is not the one that was made");
}

RESULT
picture_seal_check_all(
    struct flow *f, struct arena *a, const struct registration *r)
{
	struct evidence *rows;
	size_t count;

	TRY(evidence_list(f->store, a, r->id, &rows, &count));
	for (size_t i = 0; i < count; i++)
		if (rows[i].attempt == r->attempt &&
		    strcmp(rows[i].state, "superseded") != 0 &&
		    *finding_seal_of(rows[i].kind))
			TRY(picture_seal_check(f, a, r, &rows[i]));
	return OK;
}
