/*
 * Evidence out of the vault, and only when it is what its row says. The
 * vault's own seal does not tell: whoever can write to the store seals what
 * they like. What operators sign, and what the ledger notes, is the digest in
 * the row.
 */
#include "clerk/clerk.h"

#include "base/digest.h"

RESULT
evidence_open(struct clerk *c, const struct evidence *e, struct buf *out)
{
	size_t before = out->size;
	char sha256[DIGEST_TEXT_SIZE];

	TRY(vault_read(conf_text(c->program.conf, CONF_store_vault), e->id,
	    e->sealed_key, &c->keys.vault, out));
	struct digest d = digest_sha256(
	    SPAN(out->data + before, out->size - before));
	digest_format(&d, sha256);
	if (strcmp(sha256, e->sha256) == 0)
		return OK;
	out->size = before;
	return FAIL(ERR_INVALID, "%s is not what was given", e->id);
}
