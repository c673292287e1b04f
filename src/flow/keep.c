/*
 * Evidence into the vault. The file is there before its row is: a crash
 * between the two leaves bytes that nobody has a key to.
 */
#include "flow/journey_act.h"

#include "base/clock.h"
#include "base/digest.h"

RESULT
keep_bytes(struct flow *f, struct arena *a, const struct registration *r,
    const char *kind, const char *media_type, struct span bytes,
    struct evidence *out)
{
	char id[ID_SIZE], sha256[DIGEST_TEXT_SIZE];
	uint8_t *sealed = arena_get(a, VAULT_SEALED_SIZE);
	struct digest d = digest_sha256(bytes);

	id_make("evd", id);
	digest_format(&d, sha256);
	TRY(vault_write(conf_text(f->conf, CONF_store_vault), id, bytes,
	    f->keys->vault_public, sealed));
	*out = (struct evidence){
	    .id = arena_text(a, id),
	    .registration = r->id,
	    .kind = kind,
	    .state = "kept",
	    .reasons = "",
	    .media_type = media_type,
	    .sha256 = arena_text(a, sha256),
	    .attempt = r->attempt,
	    .size = (int64_t)bytes.size,
	    .created_at = clock_now(),
	    .sealed_key = SPAN(sealed, VAULT_SEALED_SIZE),
	};
	return OK;
}

void
keep_undo(struct flow *f, const struct evidence *e)
{
	/* what stays is sealed and of no use to anybody */
	IGNORE(vault_remove(conf_text(f->conf, CONF_store_vault), e->id));
}
