/*
 * Dossiers that were asked for, and their seals.
 */
#include "store/shapes.h"

static const struct column columns[] = {
    COLUMN(dossier_row, TEXT, id),
    COLUMN(dossier_row, TEXT, registration),
    COLUMN(dossier_row, TEXT, member),
    COLUMN(dossier_row, TEXT, digest),
    COLUMN(dossier_row, NUMBER, asked_at),
    COLUMN(dossier_row, NUMBER, sealed_at),
    COLUMN(dossier_row, BYTES, seal),
    COLUMN(dossier_row, TEXT, refused),
};
static const struct shape shape = SHAPE(dossier_row, columns);

RESULT
dossier_save(struct store *s, const struct dossier_row *d)
{
	return sql_save(s, SQL_dossier_save, &shape, d);
}

RESULT
dossier_load(struct store *s, struct arena *a, const char *id,
    struct dossier_row *out)
{
	return sql_one(
	    s, a, SQL_dossier_load, VALUES(TEXT(id)), &shape, out);
}

RESULT
dossier_answered(struct store *s, const char *id, int64_t at,
    struct span seal, const char *refused)
{
	return sql_run(s, SQL_dossier_answered,
	    VALUES(TEXT(id), NUMBER(at), BYTES(seal), TEXT(refused)));
}
