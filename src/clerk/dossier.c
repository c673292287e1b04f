/*
 * The seal of a dossier, from the signer. Who asked for it has written the
 * digest of the list of its contents and waits for what is kept here.
 */
#include "clerk/errand.h"

#include "base/clock.h"
#include "base/codec.h"
#include "base/log.h"
#include "proc/seal.h"

static enum err
fill(const struct dossier_row *d, struct seal_order *out)
{
	AUTO(buf_clear) struct buf digest;

	*out = (struct seal_order){{0}};
	buf_init(&digest, DIGEST_SIZE);
	if (strlen(d->registration) >= sizeof(out->registration) ||
	    hex_decode(d->digest, &digest) != OK || digest.size != DIGEST_SIZE)
		return FAIL(ERR_INVALID, "not a dossier to be sealed");
	memcpy(out->registration, d->registration, strlen(d->registration) + 1);
	memcpy(out->content.bytes, digest.data, DIGEST_SIZE);
	return OK;
}

/* What the signer refuses for good is told to who waits; what passes is tried
 * again. */
static bool
passes(enum err outcome)
{
	return outcome == ERR_UNAVAILABLE || outcome == ERR_TOKEN ||
	       outcome == ERR_LEDGER;
}

static enum err
refuse(struct clerk *c, const struct dossier_row *d, struct arena *a)
{
	const char *why = arena_text(a, err_explanation());

	log_warn("dossier.refused dossier=%s why=\"%s\"", d->id, why);
	err_clear();
	return dossier_answered(
	    c->store, d->id, clock_now(), SPAN(NULL, 0), why);
}

static enum err
sealed(struct clerk *c, struct errand *e, enum err outcome,
    const struct message *answer)
{
	struct seal_result *r = arena_get(&e->arena, sizeof(*r));
	const struct dossier_row *d = e->data;

	if (outcome != OK && !passes(outcome))
		return refuse(c, d, &e->arena);
	TRY(outcome);
	TRY(seal_result_get(span_of_buf(&answer->body), r));
	if (strcmp(r->registration, d->registration) != 0)
		return FAIL(ERR_INTERNAL, "a seal of another registration");
	log_info("dossier.sealed dossier=%s", d->id);
	return dossier_answered(c->store, d->id, clock_now(),
	    SPAN(r->signature, r->size), "");
}

enum err
run_seal(struct clerk *c, struct errand *e)
{
	struct dossier_row *d = e->data = arena_get(&e->arena, sizeof(*d));
	AUTO(buf_clear) struct buf body;
	struct seal_order order;

	TRY(dossier_load(c->store, &e->arena, e->job.subject, d));
	if (d->sealed_at)
		return OK;
	buf_init(&body, WIRE_MAX);
	TRY(fill(d, &order));
	TRY(seal_order_put(&body, &order));
	return errand_ask(e, MESSAGE_seal, span_of_buf(&body), false,
	    MESSAGE_sealed, sealed);
}
