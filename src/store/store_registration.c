/*
 * Registrations, their steps and codes. Their state is written by flow/
 * alone; lists are in store_page.c.
 */
#include "base/clock.h"
#include "store/shapes.h"

static const struct column columns[] = {
    COLUMN(registration, TEXT, id),
    COLUMN(registration, TEXT, workspace),
    COLUMN(registration, TEXT, level),
    COLUMN(registration, TEXT, state),
    COLUMN(registration, NUMBER, version),
    COLUMN(registration, NUMBER, generation),
    COLUMN(registration, TEXT, email),
    COLUMN(registration, TEXT, email_folded),
    COLUMN(registration, TEXT, fullname),
    COLUMN(registration, TEXT, fullname_type),
    COLUMN(registration, TEXT, name_folded),
    COLUMN(registration, TEXT, phone),
    COLUMN(registration, TEXT, phone_type),
    COLUMN(registration, TEXT, language),
    COLUMN(registration, TEXT, redirect_url),
    COLUMN(registration, TEXT, metadata),
    COLUMN(registration, FLAG, link_by_mail),
    COLUMN(registration, TEXT, requested_by),
    COLUMN(registration, TEXT, requested_by_name),
    COLUMN(registration, TEXT, country),
    COLUMN(registration, TEXT, kind),
    COLUMN(registration, NUMBER, attempt),
    COLUMN(registration, NUMBER, turned_back),
    COLUMN(registration, TEXT, given_names),
    COLUMN(registration, TEXT, surname),
    COLUMN(registration, TEXT, nationality),
    COLUMN(registration, TEXT, person_serial),
    COLUMN(registration, FLAG, asked_a_person),
    COLUMN(registration, NUMBER, confirmed_at),
    COLUMN(registration, NUMBER, created_at),
    COLUMN(registration, NUMBER, state_at),
    COLUMN(registration, NUMBER, expires_at),
};
const struct shape registration_shape = SHAPE(registration, columns);

static const struct column step_columns[] = {
    COLUMN(step, TEXT, name),
    COLUMN(step, TEXT, state),
    COLUMN(step, NUMBER, position),
    COLUMN(step, NUMBER, at),
    COLUMN(step, NUMBER, attempts),
    COLUMN(step, TEXT, reasons),
};
static const struct shape steps = SHAPE(step, step_columns);

static const struct column code_columns[] = {
    COLUMN(code, TEXT, registration),
    COLUMN(code, TEXT, channel),
    COLUMN(code, TEXT, target),
    COLUMN(code, NUMBER, number),
    COLUMN(code, NUMBER, sent_at),
    COLUMN(code, NUMBER, expires_at),
    COLUMN(code, NUMBER, tries),
    COLUMN(code, NUMBER, window_start),
    COLUMN(code, NUMBER, sent_in_window),
};
static const struct shape codes = SHAPE(code, code_columns);

RESULT
registration_insert(struct store *s, const struct registration *r)
{
	return sql_save(s, SQL_registration_insert, &registration_shape, r);
}

RESULT
registration_update(struct store *s, struct registration *r)
{
	struct registration next = *r;

	next.version++;
	TRY(sql_save(s, SQL_registration_update, &registration_shape, &next));
	if (engine_changed(s) != 1)
		return FAIL(ERR_CONFLICT, "it was changed meanwhile");
	r->version = next.version;
	return OK;
}

RESULT
registration_load(struct store *s, struct arena *a, const char *id,
    struct registration *out)
{
	return sql_one(s, a, SQL_registration_load, VALUES(TEXT(id)),
	    &registration_shape, out);
}

RESULT
registration_find_open(struct store *s, struct arena *a, const char *workspace,
    const char *email_folded, const char *level, struct registration *out)
{
	return sql_one(s, a, SQL_registration_find_open,
	    VALUES(TEXT(workspace), TEXT(email_folded), TEXT(level)),
	    &registration_shape, out);
}

RESULT
registration_due(struct store *s, struct arena *a, int64_t now,
    int64_t review_before, int64_t approved_before, struct registration **out,
    size_t *count)
{
	return sql_all(s, a, SQL_registration_due,
	    VALUES(NUMBER(now), NUMBER(review_before), NUMBER(approved_before)),
	    &registration_shape, out, count);
}

RESULT
registration_reminder_due(struct store *s, struct arena *a, int64_t now,
    int64_t notice, struct registration **out, size_t *count)
{
	return sql_all(s, a, SQL_registration_reminder_due,
	    VALUES(NUMBER(now), NUMBER(now + notice), NUMBER(now - notice)),
	    &registration_shape, out, count);
}

RESULT
step_save(struct store *s, const char *registration, const struct step *step)
{
	return sql_run(s, SQL_step_save,
	    VALUES(TEXT(registration), TEXT(step->name), TEXT(step->state),
		NUMBER(step->position), NUMBER(step->at),
		NUMBER(step->attempts), TEXT(step->reasons)));
}

RESULT
step_list(struct store *s, struct arena *a, const char *registration,
    struct step **out, size_t *count)
{
	return sql_all(s, a, SQL_step_list, VALUES(TEXT(registration)), &steps,
	    out, count);
}

RESULT
code_save(struct store *s, const struct code *c)
{
	return sql_save(s, SQL_code_save, &codes, c);
}

RESULT
code_load(struct store *s, struct arena *a, const char *registration,
    const char *channel, struct code *out)
{
	return sql_one(s, a, SQL_code_load,
	    VALUES(TEXT(registration), TEXT(channel)), &codes, out);
}
