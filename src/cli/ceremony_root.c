/*
 * The steps on the root's machine.
 */
#include "cli/ceremony_parts.h"

#include "cli/show.h"
#include "signer/place.h"
#include "signer/root.h"

static RESULT
open_root(struct asked *a, bool first, struct minutes *m, struct root *out)
{
	enum err found = ceremony_unlock(a, first, m);

	if (found == OK)
		return root_open(
		    a->conf, a->root_authority, &a->key, first, out);
	if (found != ERR_NOT_FOUND)
		return found;
	err_clear();
	if (!place_has(conf_text(a->conf, CONF_pki_root_pin_file)))
		return FAIL(ERR_NOT_FOUND,
		    "there is no root here: neither custodians in %s, nor a "
		    "PIN in %s. Is this its machine, and its --config?",
		    conf_text(a->conf, CONF_pki_ceremony_dir),
		    conf_text(a->conf, CONF_pki_root_pin_file));
	TRY(minutes_note(m, "This root has no custodians: its PIN lies in a "
			    "file, and one person can use it."));
	return root_open(a->conf, a->root_authority, NULL, false, out);
}

RESULT
ceremony_step_root(struct asked *a, struct minutes *m)
{
	AUTO(root_close) struct root r = {0};

	TRY(open_root(a, true, m, &r));
	return root_make(&r, m);
}

RESULT
ceremony_step_certify(struct asked *a, struct minutes *m)
{
	AUTO(root_close) struct root r = {0};

	/* nobody gives a share for what is not to be certified */
	if (a->fingerprint && authority_issues(a->authority))
		TRY(root_compare(a->authority, a->folder, &a->digest));
	TRY(open_root(a, false, m, &r));
	return root_certify(&r, a->authority, a->folder,
	    a->fingerprint ? &a->digest : NULL, m);
}

RESULT
ceremony_step_list(struct asked *a, struct minutes *m)
{
	AUTO(root_close) struct root r = {0};
	AUTO(buf_clear) struct buf der;

	buf_init(&der, 65536);
	if (a->revoke)
		TRY(show_read(a->revoke, &der));
	TRY(open_root(a, false, m, &r));
	return root_list(&r, a->folder, span_of_buf(&der), a->reason_code, m);
}
