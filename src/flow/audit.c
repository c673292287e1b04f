/*
 * The journal's chain.
 *
 * Each entry's hash covers all its fields, each with its length, and the hash
 * before it. Changing, removing, adding or moving an entry breaks the chain
 * from there on; cutting off the end does not, hence checkpoints.
 */
#include "flow/audit.h"

#include "base/clock.h"
#include "base/digest.h"

#define PAGE 500

static void
add_number(struct buf *b, int64_t number)
{
	uint8_t bytes[8];

	for (int i = 0; i < 8; i++)
		bytes[i] = (uint8_t)((uint64_t)number >> (56 - 8 * i));
	IGNORE(buf_add(b, bytes, sizeof(bytes))); /* sized by the caller */
}

static void
add_text(struct buf *b, const char *text)
{
	size_t size = strnlen(text, 4096);

	add_number(b, (int64_t)size);
	IGNORE(buf_add(b, text, size)); /* sized by the caller */
}

void
audit_encode(const struct audit_entry *e, struct buf *out)
{
	const char *const texts[] = {e->actor_kind, e->actor, e->act,
	    e->subject, e->detail, e->evidence_digest, e->previous};
	add_number(out, e->seq);
	add_number(out, e->at);
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		add_text(out, texts[i]);
}

void
audit_hash(const struct audit_entry *e, char out[65])
{
	AUTO(buf_clear) struct buf b;

	buf_init(&b, AUDIT_ENTRY_MAX);
	audit_encode(e, &b);
	struct digest d = digest_sha256(span_of_buf(&b));
	digest_format(&d, out);
}

RESULT
audit_write(struct flow *f, const struct actor *who, const char *act,
    const char *subject, const char *detail, const char *evidence_digest)
{
	AUTO(arena_clear) struct arena a;
	struct audit_entry last;
	char hash[DIGEST_TEXT_SIZE];

	arena_init(&a, AUDIT_ENTRY_MAX);
	TRY(audit_last(f->store, &a, &last));
	struct audit_entry e = {
	    .seq = last.seq + 1,
	    .at = clock_now(),
	    .actor_kind = actor_kind_name(who->kind),
	    .actor = who->id,
	    .act = act,
	    .subject = subject,
	    .detail = detail,
	    .evidence_digest = evidence_digest,
	    .previous = last.hash,
	};
	audit_hash(&e, hash);
	e.hash = hash;
	return audit_add(f->store, &e);
}

/* Where the reading stands. */
struct chain {
	int64_t seq;
	char hash[DIGEST_TEXT_SIZE];
	int64_t checkpoint_seq;
	const char *checkpoint_hash;
};

static RESULT
follow(struct chain *c, const struct audit_entry *e)
{
	char hash[DIGEST_TEXT_SIZE];

	if (e->seq != c->seq + 1)
		return FAIL(ERR_INVALID, "entry %lld is missing",
		    (long long)c->seq + 1);
	if (strcmp(e->previous, c->hash) != 0)
		return FAIL(ERR_INVALID,
		    "entry %lld does not follow the one before it",
		    (long long)e->seq);
	audit_hash(e, hash);
	if (strcmp(e->hash, hash) != 0)
		return FAIL(ERR_INVALID, "entry %lld is altered",
		    (long long)e->seq);
	if (e->seq == c->checkpoint_seq && strcmp(hash, c->checkpoint_hash))
		return FAIL(ERR_INVALID,
		    "entry %lld is not the one of the checkpoint",
		    (long long)e->seq);
	c->seq = e->seq;
	memcpy(c->hash, hash, sizeof(c->hash));
	return OK;
}

static RESULT
follow_page(struct store *s, struct chain *c, size_t *count)
{
	AUTO(arena_clear) struct arena a;
	struct audit_entry *entries;

	arena_init(&a, (size_t)16 << 20);
	TRY(audit_list(s, &a, c->seq + 1, PAGE, &entries, count));
	for (size_t i = 0; i < *count; i++)
		TRY(follow(c, &entries[i]));
	return OK;
}

RESULT
audit_verify(struct store *s, int64_t checkpoint_seq,
    const char *checkpoint_hash, int64_t *entries)
{
	struct chain c = {.checkpoint_seq = checkpoint_seq,
	    .checkpoint_hash = checkpoint_hash ? checkpoint_hash : ""};
	size_t count = PAGE;

	while (count == PAGE)
		TRY(follow_page(s, &c, &count));
	if (c.seq < checkpoint_seq)
		return FAIL(ERR_INVALID,
		    "the journal ends at %lld: entries up to %lld are cut off",
		    (long long)c.seq, (long long)checkpoint_seq);
	*entries = c.seq;
	return OK;
}
