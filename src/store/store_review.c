/*
 * What operators do: locks, opinions, decisions, approvals; and the planted
 * cases by which their work is measured.
 */
#include "store/shapes.h"

static const struct column review_columns[] = {
    COLUMN(review, TEXT, registration),
    COLUMN(review, TEXT, why),
    COLUMN(review, NUMBER, opened_at),
    COLUMN(review, NUMBER, decided_at),
    COLUMN(review, TEXT, decided_by),
    COLUMN(review, TEXT, decision),
    COLUMN(review, TEXT, reasons),
    COLUMN(review, TEXT, note),
    COLUMN(review, TEXT, second),
    COLUMN(review, NUMBER, offered_at),
};
static const struct shape reviews = SHAPE(review, review_columns);

static const struct column lock_columns[] = {
    COLUMN(review_lock, TEXT, registration),
    COLUMN(review_lock, TEXT, operator),
    COLUMN(review_lock, NUMBER, opened_at),
    COLUMN(review_lock, NUMBER, seen_at),
};
static const struct shape locks = SHAPE(review_lock, lock_columns);

static const struct column ahead_columns[] = {
    COLUMN(review_ahead, TEXT, operator),
    COLUMN(review_ahead, TEXT, registration),
    COLUMN(review_ahead, NUMBER, drawn_at),
};
static const struct shape aheads = SHAPE(review_ahead, ahead_columns);

static const struct column draws_columns[] = {
    COLUMN(review_draws, TEXT, operator),
    COLUMN(review_draws, NUMBER, drawn),
    COLUMN(review_draws, NUMBER, left),
};
static const struct shape draws = SHAPE(review_draws, draws_columns);

static const struct column opinion_columns[] = {
    COLUMN(opinion, TEXT, registration),
    COLUMN(opinion, NUMBER, attempt),
    COLUMN(opinion, TEXT, operator),
    COLUMN(opinion, TEXT, document),
    COLUMN(opinion, TEXT, face),
    COLUMN(opinion, TEXT, liveness),
    COLUMN(opinion, NUMBER, at),
};
static const struct shape opinions = SHAPE(opinion, opinion_columns);

static const struct column decision_columns[] = {
    COLUMN(decision, TEXT, registration),
    COLUMN(decision, NUMBER, attempt),
    COLUMN(decision, TEXT, operator),
    COLUMN(decision, TEXT, decision),
    COLUMN(decision, TEXT, reasons),
    COLUMN(decision, TEXT, steps),
    COLUMN(decision, TEXT, note),
    COLUMN(decision, FLAG, second),
    COLUMN(decision, TEXT, machine),
    COLUMN(decision, NUMBER, opened_at),
    COLUMN(decision, NUMBER, at),
    COLUMN(decision, NUMBER, keys),
};
static const struct shape decisions = SHAPE(decision, decision_columns);

static const struct column approval_columns[] = {
    COLUMN(approval_row, TEXT, registration),
    COLUMN(approval_row, NUMBER, attempt),
    COLUMN(approval_row, TEXT, operator),
    COLUMN(approval_row, TEXT, credential),
    COLUMN(approval_row, BYTES, authenticator_data),
    COLUMN(approval_row, BYTES, client_data),
    COLUMN(approval_row, BYTES, signature),
    COLUMN(approval_row, NUMBER, needed),
    COLUMN(approval_row, NUMBER, at),
    COLUMN(approval_row, NUMBER, made_at),
};
static const struct shape approvals = SHAPE(approval_row, approval_columns);

static const struct column withdrawal_columns[] = {
    COLUMN(withdrawal_row, TEXT, registration),
    COLUMN(withdrawal_row, NUMBER, until_at),
    COLUMN(withdrawal_row, NUMBER, told_until),
    COLUMN(withdrawal_row, TEXT, mark),
};
static const struct shape withdrawals =
    SHAPE(withdrawal_row, withdrawal_columns);

static const struct column planted_columns[] = {
    COLUMN(planted_case, TEXT, registration),
    COLUMN(planted_case, TEXT, truth),
    COLUMN(planted_case, NUMBER, planted_at),
    COLUMN(planted_case, TEXT, reason),
};
static const struct shape planted = SHAPE(planted_case, planted_columns);

RESULT
review_save(struct store *s, const struct review *r)
{
	return sql_save(s, SQL_review_save, &reviews, r);
}

RESULT
review_load(struct store *s, struct arena *a, const char *registration,
    struct review *out)
{
	return sql_one(s, a, SQL_review_load, VALUES(TEXT(registration)),
	    &reviews, out);
}

RESULT
review_open_to(struct store *s, struct arena *a, const struct member *operator,
    int64_t seen_after, size_t limit, struct registration **out,
    size_t *count)
{
	return sql_all(s, a, SQL_review_open_to,
	    VALUES(TEXT(operator->workspace), TEXT(operator->email_folded),
		TEXT(operator->id), NUMBER(seen_after),
		NUMBER((int64_t)limit)),
	    &registration_shape, out, count);
}

RESULT
review_stranded(struct store *s, int64_t now, int64_t *out)
{
	return sql_number(s, SQL_review_stranded, VALUES(NUMBER(now)), out);
}

RESULT
review_draws_list(struct store *s, struct arena *a, int64_t since,
    int64_t seen_after, struct review_draws **out, size_t *count)
{
	return sql_all(s, a, SQL_review_draws,
	    VALUES(NUMBER(since), NUMBER(seen_after)), &draws, out, count);
}

struct opened {
	int64_t opened_at;
};

RESULT
review_waiting(struct store *s, struct arena *a, int64_t **out, size_t *count)
{
	static const struct column columns[] = {
	    COLUMN(opened, NUMBER, opened_at)};
	static const struct shape shape = SHAPE(opened, columns);

	return sql_all(s, a, SQL_review_waiting, NULL, 0, &shape, out, count);
}

RESULT
review_lock_clear(struct store *s, int64_t seen_before)
{
	return sql_run(s, SQL_review_lock_clear,
	    VALUES(NUMBER(seen_before)));
}

RESULT
review_lock_save(struct store *s, const struct review_lock *l)
{
	return sql_save(s, SQL_review_lock_save, &locks, l);
}

RESULT
review_lock_load(struct store *s, struct arena *a, const char *registration,
    struct review_lock *out)
{
	return sql_one(s, a, SQL_review_lock_load, VALUES(TEXT(registration)),
	    &locks, out);
}

RESULT
review_lock_of(struct store *s, struct arena *a, const char *operator,
    struct review_lock *out)
{
	return sql_one(s, a, SQL_review_lock_of, VALUES(TEXT(operator)),
	    &locks, out);
}

RESULT
review_lock_remove(struct store *s, const char *registration,
    const char *operator)
{
	return sql_run(s, SQL_review_lock_remove,
	    VALUES(TEXT(registration), TEXT(operator)));
}

RESULT
review_ahead_save(struct store *s, const struct review_ahead *x)
{
	return sql_save(s, SQL_review_ahead_save, &aheads, x);
}

RESULT
review_ahead_load(struct store *s, struct arena *a, const char *operator,
    struct review_ahead *out)
{
	return sql_one(s, a, SQL_review_ahead_load, VALUES(TEXT(operator)),
	    &aheads, out);
}

RESULT
review_ahead_of_another(struct store *s, struct arena *a,
    const char *registration, const char *operator, int64_t since, bool *out)
{
	struct review_ahead row;
	enum err found = sql_one(s, a, SQL_review_ahead_of_another,
	    VALUES(TEXT(registration), TEXT(operator), NUMBER(since)),
	    &aheads, &row);

	*out = found == OK;
	if (found != ERR_NOT_FOUND)
		return found;
	err_clear();
	return OK;
}

RESULT
review_ahead_remove(struct store *s, const char *operator,
    const char *registration)
{
	return sql_run(s, SQL_review_ahead_remove,
	    VALUES(TEXT(operator), TEXT(registration)));
}

RESULT
opinion_save(struct store *s, const struct opinion *o)
{
	return sql_save(s, SQL_opinion_save, &opinions, o);
}

RESULT
opinion_load(struct store *s, struct arena *a, const char *registration,
    int64_t attempt, const char *operator, struct opinion *out)
{
	return sql_one(s, a, SQL_opinion_load,
	    VALUES(TEXT(registration), NUMBER(attempt), TEXT(operator)),
	    &opinions, out);
}

RESULT
decision_save(struct store *s, const struct decision *d)
{
	return sql_save(s, SQL_decision_save, &decisions, d);
}

RESULT
decision_list(struct store *s, struct arena *a, const char *registration,
    int64_t attempt, struct decision **out, size_t *count)
{
	return sql_all(s, a, SQL_decision_list,
	    VALUES(TEXT(registration), NUMBER(attempt)), &decisions, out,
	    count);
}

RESULT
decision_since(struct store *s, struct arena *a, int64_t at,
    struct decision **out, size_t *count)
{
	return sql_all(s, a, SQL_decision_since, VALUES(NUMBER(at)),
	    &decisions, out, count);
}

RESULT
approval_save(struct store *s, const struct approval_row *row)
{
	return sql_save(s, SQL_approval_save, &approvals, row);
}

RESULT
approval_list(struct store *s, struct arena *a, const char *registration,
    int64_t attempt, struct approval_row **out, size_t *count)
{
	return sql_all(s, a, SQL_approval_list,
	    VALUES(TEXT(registration), NUMBER(attempt)), &approvals, out,
	    count);
}

RESULT
approval_remove(struct store *s, const char *registration, int64_t attempt)
{
	return sql_run(s, SQL_approval_remove,
	    VALUES(TEXT(registration), NUMBER(attempt)));
}

RESULT
withdrawal_save(struct store *s, const char *registration, int64_t until)
{
	return sql_run(s, SQL_withdrawal_save,
	    VALUES(TEXT(registration), NUMBER(until)));
}

RESULT
withdrawal_load(struct store *s, struct arena *a, const char *registration,
    struct withdrawal_row *out)
{
	return sql_one(s, a, SQL_withdrawal_load, VALUES(TEXT(registration)),
	    &withdrawals, out);
}

RESULT
withdrawal_told(struct store *s, const char *registration, int64_t until,
    const char *mark)
{
	return sql_run(s, SQL_withdrawal_told,
	    VALUES(TEXT(registration), NUMBER(until), TEXT(mark)));
}

RESULT
withdrawal_tell_again(struct store *s, int64_t now)
{
	TRY(sql_run(s, SQL_withdrawal_forget, NULL, 0));
	return sql_run(s, SQL_withdrawal_again, VALUES(NUMBER(now)));
}

RESULT
planted_save(struct store *s, const struct planted_case *p)
{
	return sql_save(s, SQL_planted_save, &planted, p);
}

RESULT
planted_load(struct store *s, struct arena *a, const char *registration,
    struct planted_case *out)
{
	return sql_one(s, a, SQL_planted_load, VALUES(TEXT(registration)),
	    &planted, out);
}

RESULT
planted_list(struct store *s, struct arena *a, struct planted_case **out,
    size_t *count)
{
	return sql_all(s, a, SQL_planted_list, NULL, 0, &planted, out, count);
}

RESULT
planted_in(struct store *s, const char *workspace, int64_t *out)
{
	return sql_number(s, SQL_planted_in, VALUES(TEXT(workspace)), out);
}
