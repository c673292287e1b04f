/*
 * The key is the one that links are made with, which web and the clerk have:
 * web draws the challenge, and is believed in this as much as it was. Each text
 * is preceded by its length (digest_keyed), so that none runs into the next.
 */
#include "flow/take_seal.h"

#include "base/digest.h"
#include "flow/seal.h"

#define LABEL "paraph challenge"
#define NUMBER_SIZE 24

static void
seal_of(const struct keys *k, const struct take *t, char out[DIGEST_TEXT_SIZE])
{
	const int64_t numbers[] = {t->attempt, t->created_at, t->started_at,
	    t->expires_at};
	char texts[4][NUMBER_SIZE];

	for (size_t i = 0; i < 4; i++)
		snprintf(texts[i], NUMBER_SIZE, "%lld", (long long)numbers[i]);
	const struct span parts[] = {span_of_text(LABEL),
	    span_of_text(t->registration), span_of_text(t->id),
	    span_of_text(t->part), span_of_text(t->prompts),
	    span_of_text(t->asked), span_of_text(t->shown),
	    span_of_text(t->hints), span_of_text(t->evidence),
	    span_of_text(texts[0]), span_of_text(texts[1]),
	    span_of_text(texts[2]), span_of_text(texts[3])};
	struct digest d = digest_keyed(span_of_secret(&k->link), parts,
	    sizeof(parts) / sizeof(parts[0]));
	digest_format(&d, out);
}

RESULT
take_seal_save(struct flow *f, struct arena *a, struct take *t)
{
	char seal[DIGEST_TEXT_SIZE];

	seal_of(f->keys, t, seal);
	t->seal = arena_text(a, seal);
	return take_save(f->store, t);
}

RESULT
take_seal_check(const struct flow *f, const struct take *t)
{
	char seal[DIGEST_TEXT_SIZE];

	seal_of(f->keys, t, seal);
	return seal_is(t->seal, seal)
	    ? OK
	    : FAIL(ERR_WRONG_STATE, "it is not as it was asked");
}
