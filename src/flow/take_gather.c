/*
 * Chunks into one piece of evidence, and out of the way: the clerk's, who
 * alone can read them.
 *
 * The order makes a crash harmless: first the new file, then the rows that
 * name it, then the old files, then their rows. What a crash left is swept.
 */
#include "flow/take_act.h"

#define SWEEP_AGAIN (10 * MINUTE)

static const char *
vault_of(const struct flow *f)
{
	return conf_text(f->conf, CONF_store_vault);
}

static RESULT
drop_chunks(struct flow *f, struct arena *a, const struct take *t)
{
	struct chunk *chunks;
	size_t count;

	TRY(chunk_list(f->store, a, t->id, &chunks, &count));
	for (size_t i = 0; i < count; i++)
		/* may have gone before a crash */
		IGNORE(vault_remove(vault_of(f), chunks[i].id));
	return chunk_remove(f->store, t->id);
}

/* One chunk behind the others; chain moves on when it is what was sent. */
static RESULT
add_chunk(struct flow *f, const struct take *t, const struct chunk *c,
    int64_t position, char chain[DIGEST_TEXT_SIZE], struct buf *whole)
{
	char sha256[DIGEST_TEXT_SIZE], mac[DIGEST_TEXT_SIZE];
	size_t before = whole->size;

	TRY(vault_read(vault_of(f), c->id, c->sealed_key, &f->keys->vault,
	    whole));
	struct digest d =
	    digest_sha256(SPAN(whole->data + before, whole->size - before));
	digest_format(&d, sha256);
	TRY(take_chain_next(f->keys, t->id, chain, position, &d, mac));
	if (c->position != position || strcmp(sha256, c->sha256) != 0 ||
	    strcmp(mac, c->mac) != 0)
		return FAIL(ERR_INVALID, "a chunk is not what was sent");
	memcpy(chain, mac, DIGEST_TEXT_SIZE);
	return OK;
}

static RESULT
put_together(struct flow *f, struct arena *a, const struct take *t,
    struct buf *whole)
{
	char chain[DIGEST_TEXT_SIZE];
	struct chunk *chunks;
	size_t count;

	take_chain_begin(t->id, chain);
	TRY(chunk_list(f->store, a, t->id, &chunks, &count));
	for (size_t i = 0; i < count; i++)
		TRY(add_chunk(f, t, &chunks[i], (int64_t)i, chain, whole));
	if ((int64_t)count != t->chunks || strcmp(chain, t->chain) != 0)
		return FAIL(ERR_INVALID, "a chunk is missing");
	return OK;
}

/* The file of an evidence whose row is there already. */
static RESULT
write_whole(struct flow *f, struct arena *a, struct evidence *e,
    struct span whole)
{
	uint8_t *sealed = arena_get(a, VAULT_SEALED_SIZE);
	struct digest d = digest_sha256(whole);
	char sha256[DIGEST_TEXT_SIZE];

	digest_format(&d, sha256);
	/* a half written one of before a crash */
	IGNORE(vault_remove(vault_of(f), arena_format(a, "%s.draft", e->id)));
	TRY(vault_write(vault_of(f), e->id, whole, f->keys->vault_public,
	    sealed));
	e->sha256 = arena_text(a, sha256);
	e->size = (int64_t)whole.size;
	e->sealed_key = SPAN(sealed, VAULT_SEALED_SIZE);
	return OK;
}

static RESULT
store_gathered(struct flow *f, struct take *t, const struct evidence *e)
{
	AUTO(store_rollback) struct store *s = f->store;
	const struct actor clerk = {ACTOR_clerk, "clerk", "clerk"};

	TRY(store_begin(s));
	TRY(evidence_gather(s, e->id, e->size, e->sha256, e->sealed_key));
	TRY(take_set(f, t, TAKE_GATHERED));
	TRY(audit_write(f, &clerk, "evidence.gathered", e->registration,
	    t->part, e->sha256));
	return store_commit(s);
}

static RESULT
gather(struct flow *f, struct arena *a, struct take *t, struct evidence *e)
{
	AUTO(buf_wipe) struct buf whole;

	if (take_state_of(t->state) != TAKE_SENT)
		return FAIL(ERR_WRONG_STATE, "not possible when %s",
		    t->state);
	buf_init(&whole, TAKE_MAX);
	TRY(put_together(f, a, t, &whole));
	TRY(write_whole(f, a, e, span_of_buf(&whole)));
	return store_gathered(f, t, e);
}

RESULT
take_gather(struct flow *f, struct arena *a, const char *evidence,
    struct evidence *out)
{
	struct evidence e;
	struct take t;

	TRY(evidence_load(f->store, a, evidence, &e));
	TRY(take_of_evidence(f->store, a, evidence, &t));
	if (take_state_of(t.state) != TAKE_GATHERED)
		TRY(gather(f, a, &t, &e));
	TRY(drop_chunks(f, a, &t));
	*out = e;
	return OK;
}

/* sweeping */

/* A take that was sent and still waits to be gathered. */
static RESULT
is_awaited(struct flow *f, struct arena *a, const struct take *t, bool *out)
{
	struct registration r;
	struct evidence e;

	*out = false;
	if (take_state_of(t->state) != TAKE_SENT)
		return OK;
	TRY(registration_load(f->store, a, t->registration, &r));
	TRY(evidence_load(f->store, a, t->evidence, &e));
	*out = !state_is_terminal(state_of(r.state)) &&
	    strcmp(e.state, "received") == 0;
	return OK;
}

static RESULT
sweep(struct flow *f, struct arena *a, struct take *t, int64_t *again)
{
	int64_t over = t->expires_at + TAKE_GRACE, now = clock_now();
	enum take_state state = take_state_of(t->state);
	bool awaited;

	TRY(is_awaited(f, a, t, &awaited));
	*again = state == TAKE_RECORDING && now < over ? over
	    : awaited					? now + SWEEP_AGAIN
							: 0;
	if (*again)
		return OK;
	if (state == TAKE_RECORDING || state == TAKE_SENT)
		TRY(take_set(f, t, TAKE_SUPERSEDED));
	return OK;
}

RESULT
take_sweep(struct flow *f, struct arena *a, const char *take, int64_t *again)
{
	AUTO(store_rollback) struct store *s = f->store;
	struct take t;

	*again = 0;
	TRY(store_begin(s));
	enum err found = take_load(s, a, take, &t);
	if (found == ERR_NOT_FOUND) {
		err_clear();
		return OK;
	}
	TRY(found);
	TRY(sweep(f, a, &t, again));
	TRY(store_commit(s));
	return *again ? OK : drop_chunks(f, a, &t);
}
