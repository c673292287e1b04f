/*
 * Jobs, messages, and answers that are given again for an Idempotency-Key:
 * what is left to do, or was done, besides a registration's state.
 */
#include "base/clock.h"
#include "store/query.h"

static const struct column job_columns[] = {
    COLUMN(job, TEXT, id),
    COLUMN(job, TEXT, name),
    COLUMN(job, TEXT, subject),
    COLUMN(job, NUMBER, run_at),
    COLUMN(job, NUMBER, tries),
};
static const struct shape jobs = SHAPE(job, job_columns);

static const struct column mail_columns[] = {
    COLUMN(mail, TEXT, id),
    COLUMN(mail, TEXT, registration),
    COLUMN(mail, TEXT, kind),
    COLUMN(mail, TEXT, channel),
    COLUMN(mail, TEXT, recipient),
    COLUMN(mail, TEXT, language),
    COLUMN(mail, NUMBER, created_at),
    COLUMN(mail, NUMBER, sent_at),
    COLUMN(mail, NUMBER, failed_at),
};
static const struct shape mails = SHAPE(mail, mail_columns);

static const struct column idempotent_columns[] = {
    COLUMN(idempotent, TEXT, request_digest),
    COLUMN(idempotent, TEXT, body),
    COLUMN(idempotent, NUMBER, status),
};
static const struct shape idempotents = SHAPE(idempotent, idempotent_columns);

RESULT
job_add(struct store *s, const char *name, const char *subject, int64_t run_at)
{
	char id[ID_SIZE];

	id_make("job", id);
	return sql_run(s, SQL_job_add,
	    VALUES(TEXT(id), TEXT(name), TEXT(subject), NUMBER(run_at),
		NUMBER(clock_now())));
}

RESULT
job_take_but(struct store *s, struct arena *a, const char *without,
    int64_t now, int64_t lease_ms, struct job *out)
{
	return sql_one(s, a, SQL_job_take,
	    VALUES(NUMBER(now), NUMBER(now + lease_ms), TEXT(without)), &jobs,
	    out);
}

RESULT
job_take(struct store *s, struct arena *a, int64_t now, int64_t lease_ms,
    struct job *out)
{
	return job_take_but(s, a, "", now, lease_ms, out);
}

RESULT
job_take_same(struct store *s, struct arena *a, const char *name, int64_t now,
    int64_t lease_ms, int64_t most, struct job **out, size_t *count)
{
	return sql_all(s, a, SQL_job_take_same,
	    VALUES(NUMBER(now), NUMBER(now + lease_ms), TEXT(name),
		NUMBER(most)),
	    &jobs, out, count);
}

RESULT
job_done(struct store *s, const char *id)
{
	return sql_run(s, SQL_job_done, VALUES(TEXT(id)));
}

RESULT
job_again(struct store *s, const char *id, int64_t run_at)
{
	return sql_run(s, SQL_job_again, VALUES(TEXT(id), NUMBER(run_at)));
}

RESULT
job_wait(struct store *s, const char *id, int64_t run_at)
{
	return sql_run(s, SQL_job_wait, VALUES(TEXT(id), NUMBER(run_at)));
}

RESULT
job_orders_wake(struct store *s, int64_t now)
{
	return sql_run(s, SQL_job_orders_wake, VALUES(NUMBER(now)));
}

RESULT
job_wake(struct store *s, int64_t until)
{
	return sql_run(s, SQL_job_wake, VALUES(NUMBER(until)));
}

RESULT
job_hold(struct store *s, const char *id, int64_t until)
{
	return sql_run(s, SQL_job_hold, VALUES(TEXT(id), NUMBER(until)));
}

RESULT
job_next(struct store *s, const char *without, int64_t *out)
{
	return sql_number(s, SQL_job_next, VALUES(TEXT(without)), out);
}

RESULT
mail_save(struct store *s, const struct mail *m)
{
	return sql_save(s, SQL_mail_save, &mails, m);
}

RESULT
mail_load(struct store *s, struct arena *a, const char *id, struct mail *out)
{
	return sql_one(s, a, SQL_mail_load, VALUES(TEXT(id)), &mails, out);
}

RESULT
mail_list(struct store *s, struct arena *a, const char *registration,
    struct mail **out, size_t *count)
{
	return sql_all(s, a, SQL_mail_list, VALUES(TEXT(registration)), &mails,
	    out, count);
}

RESULT
idempotency_load(struct store *s, struct arena *a, const char *workspace,
    const char *key, struct idempotent *out)
{
	return sql_one(s, a, SQL_idempotency_load,
	    VALUES(TEXT(workspace), TEXT(key)), &idempotents, out);
}

RESULT
idempotency_save(struct store *s, const char *workspace, const char *key,
    const struct idempotent *i, int64_t now)
{
	return sql_run(s, SQL_idempotency_save,
	    VALUES(TEXT(workspace), TEXT(key), TEXT(i->request_digest),
		NUMBER(i->status), TEXT(i->body), NUMBER(now)));
}
