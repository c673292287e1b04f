/*
 * Recordings on their way in: takes and their chunks; and the hand-over of a
 * session from a desktop to a phone.
 */
#include "store/query.h"

static const struct column take_columns[] = {
    COLUMN(take, TEXT, id),
    COLUMN(take, TEXT, registration),
    COLUMN(take, NUMBER, attempt),
    COLUMN(take, TEXT, part),
    COLUMN(take, TEXT, state),
    COLUMN(take, TEXT, prompts),
    COLUMN(take, TEXT, asked),
    COLUMN(take, TEXT, shown),
    COLUMN(take, TEXT, media_type),
    COLUMN(take, NUMBER, chunks),
    COLUMN(take, TEXT, chain),
    COLUMN(take, NUMBER, size),
    COLUMN(take, TEXT, hints),
    COLUMN(take, TEXT, evidence),
    COLUMN(take, NUMBER, created_at),
    COLUMN(take, NUMBER, started_at),
    COLUMN(take, NUMBER, expires_at),
    COLUMN(take, TEXT, seal),
};
static const struct shape takes = SHAPE(take, take_columns);

static const struct column chunk_columns[] = {
    COLUMN(chunk, TEXT, take),
    COLUMN(chunk, NUMBER, position),
    COLUMN(chunk, TEXT, id),
    COLUMN(chunk, NUMBER, size),
    COLUMN(chunk, TEXT, sha256),
    COLUMN(chunk, TEXT, mac),
    COLUMN(chunk, BYTES, sealed_key),
    COLUMN(chunk, NUMBER, created_at),
};
static const struct shape chunks = SHAPE(chunk, chunk_columns);

static const struct column handover_columns[] = {
    COLUMN(handover, TEXT, registration),
    COLUMN(handover, NUMBER, generation),
    COLUMN(handover, TEXT, state),
    COLUMN(handover, NUMBER, number),
    COLUMN(handover, TEXT, choices),
    COLUMN(handover, TEXT, device),
    COLUMN(handover, TEXT, phone),
    COLUMN(handover, TEXT, why),
    COLUMN(handover, NUMBER, slot),
    COLUMN(handover, NUMBER, created_at),
    COLUMN(handover, NUMBER, expires_at),
};
static const struct shape handovers = SHAPE(handover, handover_columns);

RESULT
take_save(struct store *s, const struct take *t)
{
	return sql_save(s, SQL_take_save, &takes, t);
}

RESULT
take_load(struct store *s, struct arena *a, const char *id, struct take *out)
{
	return sql_one(s, a, SQL_take_load, VALUES(TEXT(id)), &takes, out);
}

RESULT
take_list(struct store *s, struct arena *a, const char *registration,
    struct take **out, size_t *count)
{
	return sql_all(s, a, SQL_take_list, VALUES(TEXT(registration)),
	    &takes, out, count);
}

RESULT
take_of_evidence(struct store *s, struct arena *a, const char *evidence,
    struct take *out)
{
	return sql_one(s, a, SQL_take_of_evidence, VALUES(TEXT(evidence)),
	    &takes, out);
}

RESULT
chunk_save(struct store *s, const struct chunk *c)
{
	return sql_save(s, SQL_chunk_save, &chunks, c);
}

RESULT
chunk_load(struct store *s, struct arena *a, const char *take,
    int64_t position, struct chunk *out)
{
	return sql_one(s, a, SQL_chunk_load,
	    VALUES(TEXT(take), NUMBER(position)), &chunks, out);
}

RESULT
chunk_list(struct store *s, struct arena *a, const char *take,
    struct chunk **out, size_t *count)
{
	return sql_all(s, a, SQL_chunk_list, VALUES(TEXT(take)), &chunks, out,
	    count);
}

RESULT
chunk_remove(struct store *s, const char *take)
{
	return sql_run(s, SQL_chunk_remove, VALUES(TEXT(take)));
}

RESULT
handover_save(struct store *s, const struct handover *h)
{
	return sql_save(s, SQL_handover_save, &handovers, h);
}

RESULT
handover_load(struct store *s, struct arena *a, const char *registration,
    struct handover *out)
{
	return sql_one(s, a, SQL_handover_load, VALUES(TEXT(registration)),
	    &handovers, out);
}
