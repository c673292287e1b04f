/*
 * The key is derived from the one that opens evidence, which the clerk alone
 * has loaded. Evidence and level are sealed with the verdicts, so that those
 * of good pictures do not stand for others.
 */
#include "flow/verdict_seal.h"

#include "base/digest.h"
#include "checks/check.h"

#include <openssl/crypto.h>

#define SEALED_MAX ((size_t)256 * 1024)
#define PURPOSE "paraph verdicts"

static RESULT
add(struct buf *b, const char *text)
{
	TRY(buf_add_text(b, text));
	return buf_add_byte(b, 0);
}

static RESULT
add_evidence(struct flow *f, struct arena *a, const struct registration *r,
    struct buf *b)
{
	struct evidence *rows;
	size_t count;

	TRY(evidence_list(f->store, a, r->id, &rows, &count));
	for (size_t i = 0; i < count; i++) {
		if (rows[i].attempt != r->attempt)
			continue;
		TRY(add(b, rows[i].id));
		TRY(add(b, rows[i].kind));
		TRY(add(b, rows[i].sha256));
	}
	return add(b, "");
}

static RESULT
add_verdicts(const struct verdict_row *rows, size_t count, struct buf *b)
{
	for (size_t i = 0; i < count; i++) {
		TRY(add(b, rows[i].name));
		TRY(add(b, rows[i].verdict));
		TRY(add(b, rows[i].reason));
	}
	return OK;
}

/* HMAC-SHA-256 over texts that each end with a NUL. */
static RESULT
seal_of(struct flow *f, struct arena *a, const struct registration *r,
    const struct verdict_row *rows, size_t count, char out[DIGEST_TEXT_SIZE])
{
	struct span vault = span_of_secret(&f->keys->vault);
	AUTO(buf_clear) struct buf b;
	uint8_t key[DIGEST_SIZE];

	buf_init(&b, SEALED_MAX);
	if (vault.size == 0)
		return FAIL(ERR_INTERNAL, "no key for verdicts here");
	TRY(add(&b, r->id));
	TRY(add(&b, arena_format(a, "%lld", (long long)r->attempt)));
	TRY(add(&b, r->level));
	TRY(add_evidence(f, a, r, &b));
	TRY(add_verdicts(rows, count, &b));
	TRY(digest_derive(vault,
	    SPAN(f->keys->vault_public, VAULT_PUBLIC_SIZE), PURPOSE, key,
	    sizeof(key)));
	struct digest d =
	    digest_hmac(SPAN(key, sizeof(key)), span_of_buf(&b));
	explicit_bzero(key, sizeof(key));
	digest_format(&d, out);
	return OK;
}

static RESULT
list(struct flow *f, struct arena *a, const struct registration *r,
    struct verdict_row **rows, size_t *count)
{
	return verdict_list(f->store, a, r->id, r->attempt, rows, count);
}

RESULT
verdict_seal_keep(
    struct flow *f, struct arena *a, const struct registration *r)
{
	char seal[DIGEST_TEXT_SIZE];
	struct verdict_row *rows;
	size_t count;

	TRY(list(f, a, r, &rows, &count));
	TRY(seal_of(f, a, r, rows, count, seal));
	return verdict_seal_save(f->store, r->id, r->attempt, seal);
}

static RESULT
is_whole(struct flow *f, struct arena *a, const struct registration *r,
    const struct verdict_row *rows, size_t count, bool *whole)
{
	struct verdict_seal kept;
	char seal[DIGEST_TEXT_SIZE];
	enum err found =
	    verdict_seal_load(f->store, a, r->id, r->attempt, &kept);

	*whole = false;
	TRY(seal_of(f, a, r, rows, count, seal));
	if (found == ERR_NOT_FOUND) {
		err_clear();
		return OK;
	}
	TRY(found);
	*whole = strlen(kept.seal) == strlen(seal) &&
	    CRYPTO_memcmp(kept.seal, seal, strlen(seal)) == 0;
	return OK;
}

static bool
is_strong_failure(const struct verdict_row *row)
{
	enum check_name check = check_of_text(row->name);

	return check != CHECK_COUNT &&
	    check_strength(check) == CHECK_STRONG &&
	    verdict_of_text(row->verdict) == VERDICT_FAIL;
}

RESULT
verdict_seal_read(struct flow *f, struct arena *a,
    const struct registration *r, struct sealed *out)
{
	struct verdict_row *rows;
	size_t count;
	bool whole;

	*out = (struct sealed){true, true, true};
	TRY(list(f, a, r, &rows, &count));
	TRY(is_whole(f, a, r, rows, count, &whole));
	if (!whole)
		return OK;
	*out = (struct sealed){.faces_differ = true};
	for (size_t i = 0; i < count; i++) {
		out->doubted = out->doubted || is_strong_failure(&rows[i]);
		if (strcmp(rows[i].name, "faces_agree") == 0)
			out->faces_differ =
			    verdict_of_text(rows[i].verdict) != VERDICT_PASS;
	}
	return OK;
}
