/*
 * Chunks, and the end of a take.
 *
 * A chunk's file is in the vault before its row is: a crash between the two
 * leaves bytes that nobody has a key to. What can be refused is refused
 * before it is sealed, and looked at again behind the lock.
 */
#include "flow/take_act.h"

#include "base/codec.h"
#include "flow/journey_act.h"

/* the chain */

struct digest
take_key(const struct keys *k, const char *take)
{
	const struct span parts[] = {span_of_text("paraph take"),
	    span_of_text(take)};

	return digest_keyed(span_of_secret(&k->link), parts, 2);
}

void
take_chain_begin(const char *take, char out[DIGEST_TEXT_SIZE])
{
	struct digest d = digest_sha256(span_of_text(take));

	digest_format(&d, out);
}

RESULT
take_chain_next(const struct keys *k, const char *take, const char *chain,
    int64_t position, const struct digest *content,
    char out[DIGEST_TEXT_SIZE])
{
	struct digest key = take_key(k, take), mac;
	AUTO(buf_clear) struct buf link;
	uint8_t number[4];

	for (int i = 0; i < 4; i++)
		number[i] = (uint8_t)((uint64_t)position >> (24 - 8 * i));
	buf_init(&link, 2 * DIGEST_SIZE + sizeof(number));
	TRY(hex_decode(chain, &link));
	TRY(buf_add(&link, number, sizeof(number)));
	TRY(buf_add(&link, content->bytes, DIGEST_SIZE));
	mac = digest_hmac(SPAN(key.bytes, DIGEST_SIZE), span_of_buf(&link));
	digest_format(&mac, out);
	return OK;
}

/* chunks */

/* The first bytes of what the take said it would be. */
static RESULT
sniff(const struct take *t, struct span bytes)
{
	static const uint8_t ebml[] = {0x1a, 0x45, 0xdf, 0xa3};
	bool mp4 = strcmp(t->media_type, "video/mp4") == 0;

	if (mp4 ? bytes.size >= 8 && memcmp(bytes.data + 4, "ftyp", 4) == 0
		: bytes.size >= sizeof(ebml) &&
		    memcmp(bytes.data, ebml, sizeof(ebml)) == 0)
		return OK;
	return FAIL(ERR_MEDIA_TYPE, "it does not begin as %s does",
	    t->media_type);
}

static RESULT
check_size(const struct take *t, struct span bytes)
{
	if (bytes.size == 0)
		return FAIL(ERR_INVALID, "a chunk is empty");
	if (bytes.size > CHUNK_MAX ||
	    (size_t)t->size + bytes.size > TAKE_MAX ||
	    t->chunks >= CHUNKS_MAX)
		return FAIL(ERR_TOO_LARGE, "more than a recording is");
	return OK;
}

static bool
agrees(const char *mac, const char *right)
{
	return span_equal(span_of_text(mac), span_of_text(right));
}

/* One that is there already: nothing to do when it is the same. */
static RESULT
check_repeated(struct flow *f, struct arena *a, const struct take *t,
    const struct take_chunk *c, const char *sha256)
{
	struct chunk stored;

	TRY(chunk_load(f->store, a, t->id, c->position, &stored));
	if (!agrees(c->mac, stored.mac) || !agrees(sha256, stored.sha256))
		return err_set_field(ERR_INVALID, "mac",
		    "is not that of the chunk which is there");
	return OK;
}

/* Whether a chunk is new and may come now; row gets its digest and mac. */
static RESULT
check_chunk(struct flow *f, struct arena *a, const struct take *t,
    const struct take_chunk *c, bool *new, struct chunk *row)
{
	char sha256[DIGEST_TEXT_SIZE], mac[DIGEST_TEXT_SIZE];
	struct digest d = digest_sha256(c->bytes);

	TRY(take_require_running(t, clock_now()));
	digest_format(&d, sha256);
	*new = c->position >= t->chunks;
	if (!*new)
		return check_repeated(f, a, t, c, sha256);
	TRY(check_size(t, c->bytes));
	if (c->position > t->chunks)
		return err_set_field(ERR_CONFLICT, "position",
		    "is not the next one");
	TRY(take_chain_next(f->keys, t->id, t->chain, c->position, &d, mac));
	if (!agrees(c->mac, mac))
		return err_set_field(ERR_INVALID, "mac", "is not right");
	if (c->position == 0)
		TRY(sniff(t, c->bytes));
	row->sha256 = arena_text(a, sha256);
	row->mac = arena_text(a, mac);
	return OK;
}

static RESULT
seal(struct flow *f, struct arena *a, const struct take *t,
    const struct take_chunk *c, struct chunk *row)
{
	uint8_t *sealed = arena_get(a, VAULT_SEALED_SIZE);
	char id[ID_SIZE];

	id_make("chk", id);
	TRY(vault_write(conf_text(f->conf, CONF_store_vault), id, c->bytes,
	    f->keys->vault_public, sealed));
	row->id = arena_text(a, id);
	row->take = t->id;
	row->position = c->position;
	row->size = (int64_t)c->bytes.size;
	row->created_at = clock_now();
	row->sealed_key = SPAN(sealed, VAULT_SEALED_SIZE);
	return OK;
}

/* Behind the lock, where two of the same position meet. */
static RESULT
keep(struct flow *f, struct arena *a, const char *id,
    const struct take_chunk *c, const struct chunk *sealed, struct take *t,
    bool *new)
{
	AUTO(store_rollback) struct store *s = f->store;
	struct chunk row = *sealed;

	TRY(store_begin(s));
	TRY(take_open(f, a, id, sealed->take, t));
	TRY(check_chunk(f, a, t, c, new, &row));
	if (!*new)
		return OK;
	TRY(chunk_save(s, &row));
	t->chunks++;
	t->size += row.size;
	t->chain = row.mac;
	TRY(take_save(s, t));
	return store_commit(s);
}

RESULT
take_chunk(struct flow *f, struct arena *a, const char *id, const char *take,
    const struct take_chunk *c, struct take *out)
{
	struct chunk row = {0};
	struct take t;
	bool new;

	TRY(take_open(f, a, id, take, &t));
	TRY(check_chunk(f, a, &t, c, &new, &row));
	if (!new) {
		*out = t;
		return OK;
	}
	TRY(seal(f, a, &t, c, &row));
	enum err result = keep(f, a, id, c, &row, &t, &new);
	if (result != OK || !new)
		/* what stays is sealed, and its key is nowhere */
		IGNORE(vault_remove(conf_text(f->conf, CONF_store_vault),
		    row.id));
	TRY(result);
	*out = t;
	return OK;
}
