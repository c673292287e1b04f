/*
 * How far the signer's ledger is known, and what lists are made of.
 */
#include "store/shapes.h"

static const struct column seen_columns[] = {
    COLUMN(ledger_seen, NUMBER, entries),
    COLUMN(ledger_seen, TEXT, head),
    COLUMN(ledger_seen, NUMBER, compared_at),
    COLUMN(ledger_seen, NUMBER, apart_since),
    COLUMN(ledger_seen, NUMBER, unknown_issued),
    COLUMN(ledger_seen, NUMBER, unknown_revoked),
    COLUMN(ledger_seen, FLAG, strange),
    COLUMN(ledger_seen, NUMBER, held_entries),
    COLUMN(ledger_seen, TEXT, held_head),
};
static const struct column revoked_columns[] = {
    COLUMN(revoked_row, TEXT, serial),
    COLUMN(revoked_row, NUMBER, revoked_at),
    COLUMN(revoked_row, NUMBER, reason),
};
static const struct column met_columns[] = {
    COLUMN(signer_met, NUMBER, state),
    COLUMN(signer_met, NUMBER, since),
    COLUMN(signer_met, NUMBER, took),
    COLUMN(signer_met, TEXT, what),
};
static const struct shape met_shape = SHAPE(signer_met, met_columns);
static const struct shape seen_shape = SHAPE(ledger_seen, seen_columns);
static const struct shape revoked_shape = SHAPE(revoked_row, revoked_columns);

RESULT
ledger_seen_load(struct store *s, struct arena *a, struct ledger_seen *out)
{
	enum err found =
	    sql_one(s, a, SQL_ledger_seen_load, NULL, 0, &seen_shape, out);

	if (found != ERR_NOT_FOUND)
		return found;
	err_clear();
	*out = (struct ledger_seen){.head = "", .held_head = ""};
	return OK;
}

bool
ledger_seen_forgot(const struct ledger_seen *l)
{
	return l->apart_since && !l->strange && !l->unknown_issued &&
	    !l->unknown_revoked;
}

RESULT
ledger_seen_save(struct store *s, const struct ledger_seen *l)
{
	return sql_save(s, SQL_ledger_seen_save, &seen_shape, l);
}

RESULT
ledger_seen_move(struct store *s, int64_t entries, const char *head)
{
	return sql_run(s, SQL_ledger_seen_move,
	    VALUES(NUMBER(entries), TEXT(head)));
}

bool
signer_met_failing(int64_t state)
{
	return state != SIGNER_well && state != SIGNER_slow;
}

RESULT
signer_met_load(struct store *s, struct arena *a, struct signer_met *out)
{
	enum err found =
	    sql_one(s, a, SQL_signer_met_load, NULL, 0, &met_shape, out);

	if (found != ERR_NOT_FOUND)
		return found;
	err_clear();
	*out = (struct signer_met){.what = ""};
	return OK;
}

RESULT
signer_met_save(struct store *s, const struct signer_met *m)
{
	return sql_save(s, SQL_signer_met_save, &met_shape, m);
}

RESULT
revoked_list(struct store *s, struct arena *a, const char *issuer,
    int64_t since, struct revoked_row **out, size_t *count)
{
	return sql_all(s, a, SQL_revoked_list,
	    VALUES(TEXT(issuer), NUMBER(since)), &revoked_shape, out, count);
}

RESULT
revoked_count(struct store *s, const char *issuer, size_t *out)
{
	int64_t count = 0;

	TRY(sql_number(s, SQL_revoked_count, VALUES(TEXT(issuer)), &count));
	*out = (size_t)count;
	return OK;
}
