/*
 * What the token knows of the ledger, while it is brought together with the
 * database: that an older copy stands there is a person's to say.
 */
#include "cli/reconcile.h"

#include "base/clock.h"
#include "signer/anchor.h"
#include "signer/place.h"

RESULT
token_side_look(const struct conf *conf, struct records *r, bool must,
    struct token_side *out)
{
	AUTO(token_close) struct token *t = NULL;
	bool holds = false;

	*out = (struct token_side){0};
	if (conf_number(conf, CONF_signer_anchor_seconds) == 0)
		return OK;
	enum err opened = place_open_signer(conf, false, &t);
	if (opened != OK && !must) {
		err_clear();
		return OK;
	}
	TRY(opened);
	enum err read = token_anchor_read(t, &out->known);
	if (read != OK && read != ERR_NOT_FOUND)
		return read;
	err_clear();
	if (r && read == OK)
		TRY(records_hold(r, &out->known, &holds));
	out->differs = !holds;
	return OK;
}

RESULT
token_side_accept(const struct conf *conf, struct records *r,
    const struct token_side *t)
{
	AUTO(token_close) struct token *token = NULL;

	TRY(place_open_signer(conf, false, &token));
	TRY(records_accept(r, &t->known, clock_now()));
	return anchor_set(conf, token, r);
}
