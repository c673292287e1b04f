/*
 * Figures over decisions. Everything is counted from the rows when it is
 * asked for: some thousand of them are read in milliseconds, and no counter
 * can differ from what happened.
 */
#include "flow/quality.h"

#include "base/enum.h"
#include "flow/decide_act.h"
#include "flow/review_act.h"

struct counting {
	struct flow *f;
	struct arena *a;
	int64_t now;
	struct decision *rows; /* those on one case beside each other */
	const struct planted_case **truth; /* of each; NULL: not known */
	size_t count;
	struct review_draws *draws;
	size_t draw_count;
	struct member *operators;
	size_t operator_count;
};

static int
compare_numbers(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

/* Sorts the numbers. The middle one, of an even count the mean of both middle
 * ones, in units and rounded once, at the end; -1 for none. */
static int64_t
median(int64_t *numbers, size_t count, int64_t unit)
{
	if (count == 0)
		return -1;
	qsort(numbers, count, sizeof(*numbers), compare_numbers);
	int64_t twice = numbers[(count - 1) / 2] + numbers[count / 2];
	return (twice + unit) / (2 * unit);
}

static bool
decided(const struct decision *d, const char *word)
{
	return strcmp(d->decision, word) == 0;
}

/* queue */

/* As one operator sees it: planted cases like the others. */
static RESULT
list_own(const struct counting *c, const char *operator, int64_t **out,
    size_t *count)
{
	struct registration *rows;
	struct member m;

	TRY(member_load(c->f->store, c->a, operator, &m));
	TRY(review_open_to(c->f->store, c->a, &m, c->now, REVIEW_LISTED_MAX,
	    &rows, count));
	*count = review_leave_own(&m, rows, *count);
	*out = arena_get(c->a, (*count + 1) * sizeof(**out));
	for (size_t i = 0; i < *count; i++)
		(*out)[i] = rows[i].state_at;
	return OK;
}

static RESULT
count_queue(const struct counting *c, const char *operator,
    struct quality *out)
{
	int64_t *opened;
	size_t count;

	TRY(*operator ? list_own(c, operator, &opened, &count)
		      : review_waiting(c->f->store, c->a, &opened, &count));
	out->stranded = 0;
	if (!*operator)
		TRY(review_stranded(c->f->store, c->now, &out->stranded));
	out->waiting = (int64_t)count;
	out->oldest_seconds =
	    count > 0 ? (c->now - opened[0]) / SECOND : 0;
	for (size_t i = 0; i < count; i++)
		opened[i] = c->now - opened[i];
	out->median_wait_seconds = median(opened, count, SECOND);
	return OK;
}

/* the last day */

static void
count_day(const struct counting *c, const char *operator, struct quality *out)
{
	int64_t *times = arena_get(c->a, (c->count + 1) * sizeof(*times));
	int64_t *keys = arena_get(c->a, (c->count + 1) * sizeof(*keys));
	size_t n = 0;

	for (size_t i = 0; i < c->count; i++) {
		const struct decision *d = &c->rows[i];
		if (*operator ? strcmp(d->operator, operator) != 0
			      : c->truth[i] != NULL)
			continue;
		out->approvals += decided(d, "approve");
		out->refusals += decided(d, "refuse");
		out->redos += decided(d, "redo");
		times[n] = d->at - d->opened_at;
		keys[n] = d->keys;
		n++;
	}
	out->decisions = (int64_t)n;
	out->median_seconds = median(times, n, SECOND);
	out->median_keys = median(keys, n, 1);
}

/* drawn, and left */

static RESULT
load_draws(struct counting *c, int64_t period)
{
	return review_draws_list(c->f->store, c->a, c->now - period,
	    c->now - REVIEW_LOCK_IDLE, &c->draws, &c->draw_count);
}

/* "" adds up all operators. */
static struct draw_figures
count_draws(const struct counting *c, const char *operator)
{
	struct draw_figures out = {0};

	for (size_t i = 0; i < c->draw_count; i++) {
		const struct review_draws *d = &c->draws[i];

		if (*operator && strcmp(d->operator, operator) != 0)
			continue;
		out.drawn += d->drawn;
		out.left += d->left;
		if (d->left > out.left_most)
			out.left_most = d->left;
	}
	return out;
}

/* one operator */

/* A word of a list with spaces between. */
static bool
names(const char *reasons, const char *word)
{
	size_t size = strlen(word);

	for (const char *at = reasons; (at = strstr(at, word)) != NULL; at++)
		if ((at == reasons || at[-1] == ' ') &&
		    (at[size] == '\0' || at[size] == ' '))
			return true;
	return false;
}

static void
count_planted(const struct planted_case *p, const struct decision *d,
    struct planted_figures *out)
{
	bool refused = decided(d, "refuse");

	if (strcmp(p->truth, "fraud") != 0) {
		out->refused += refused;
		out->accepted += decided(d, "approve");
		out->genuine_asked += decided(d, "redo");
		return;
	}
	out->missed += decided(d, "approve");
	out->asked += decided(d, "redo");
	out->caught += refused;
	out->named_of += refused && *p->reason;
	out->named += refused && *p->reason && names(d->reasons, p->reason);
}

static bool
same_case(const struct decision *a, const struct decision *b)
{
	return a->attempt == b->attempt &&
	    strcmp(a->registration, b->registration) == 0;
}

/* Both would let it pass, or neither. */
static void
compare_with_others(const struct counting *c, size_t at, struct agreement *out)
{
	const struct decision *own = &c->rows[at];
	size_t i = at;

	while (i > 0 && same_case(&c->rows[i - 1], own))
		i--;
	for (; i < c->count && same_case(&c->rows[i], own); i++) {
		if (i == at)
			continue;
		out->of++;
		out->same +=
		    decided(&c->rows[i], "approve") == decided(own, "approve");
	}
}

static void
count_operator(const struct counting *c, const struct member *m,
    struct operator_figures *out)
{
	int64_t *times = arena_get(c->a, (c->count + 1) * sizeof(*times));
	size_t n = 0;

	*out = (struct operator_figures){.id = m->id, .name = m->name,
	    .draws = count_draws(c, m->id)};
	for (size_t i = 0; i < c->count; i++) {
		const struct decision *d = &c->rows[i];
		if (strcmp(d->operator, m->id) != 0)
			continue;
		if (c->truth[i])
			count_planted(c->truth[i], d, &out->planted);
		else
			compare_with_others(c, i, &out->agreement);
		times[n++] = d->at - d->opened_at;
	}
	out->decisions = (int64_t)n;
	out->median_seconds = median(times, n, SECOND);
}

static int
compare_cases(const void *a, const void *b)
{
	const struct decision *x = a, *y = b;
	int order = strcmp(x->registration, y->registration);

	return order ? order : (x->attempt > y->attempt) -
		(x->attempt < y->attempt);
}

static RESULT
load_decisions(struct counting *c, int64_t period)
{
	struct planted_case *planted;
	size_t count;

	TRY(decision_since(c->f->store, c->a, c->now - period, &c->rows,
	    &c->count));
	TRY(planted_list(c->f->store, c->a, &planted, &count));
	if (c->count > 0)
		qsort(c->rows, c->count, sizeof(*c->rows), compare_cases);
	c->truth = arena_get(c->a, (c->count + 1) * sizeof(*c->truth));
	for (size_t i = 0; i < c->count; i++)
		for (size_t k = 0; k < count; k++)
			if (strcmp(planted[k].registration,
				c->rows[i].registration) == 0)
				c->truth[i] = &planted[k];
	return OK;
}

static RESULT
load_operators(struct counting *c, const char *operator)
{
	struct member *all;
	size_t count;

	TRY(member_list(c->f->store, c->a, "", &all, &count));
	c->operators = arena_get(c->a, (count + 1) * sizeof(*all));
	for (size_t i = 0; i < count; i++)
		if (strcmp(all[i].role, "operator") == 0 &&
		    (!*operator || strcmp(all[i].id, operator) == 0))
			c->operators[c->operator_count++] = all[i];
	return OK;
}

static RESULT
count_service(struct flow *f, struct arena *a, const char *operator,
    struct quality *out)
{
	struct counting c = {.f = f, .a = a, .now = clock_now()};
	struct quality q = {0};

	TRY(load_decisions(&c, DAY));
	TRY(load_draws(&c, DAY));
	TRY(count_queue(&c, operator, &q));
	count_day(&c, operator, &q);
	q.draws = count_draws(&c, operator);
	*out = q;
	return OK;
}

RESULT
quality_service(struct flow *f, struct arena *a, struct quality *out)
{
	return count_service(f, a, "", out);
}

RESULT
quality_figures(struct flow *f, struct arena *a, const char *operator,
    struct quality *out)
{
	struct counting c = {.f = f, .a = a, .now = clock_now()};
	struct quality q;

	TRY(count_service(f, a, operator, &q));
	TRY(load_decisions(&c, QUALITY_PERIOD));
	TRY(load_draws(&c, QUALITY_PERIOD));
	TRY(load_operators(&c, operator));
	q.operator_count = c.operator_count;
	q.operators =
	    arena_get(a, (c.operator_count + 1) * sizeof(*q.operators));
	for (size_t i = 0; i < c.operator_count; i++)
		count_operator(&c, &c.operators[i], &q.operators[i]);
	*out = q;
	return OK;
}

/* planting */

/* Before anybody could have decided. */
static RESULT
require_undecided(struct flow *f, struct arena *a,
    const struct registration *r)
{
	struct decision *rows;
	size_t count;

	switch (state_of(r->state)) {
	case STATE_created:
	case STATE_opened:
	case STATE_collecting:
	case STATE_checking:
	case STATE_action_required:
	case STATE_in_review:
		break;
	case STATE_approved:
	case STATE_issued:
	case STATE_declined:
	case STATE_refused:
	case STATE_cancelled:
	case STATE_expired:
	case STATE_COUNT:
		return FAIL(ERR_WRONG_STATE, "it is %s", r->state);
	}
	TRY(decision_list(f->store, a, r->id, r->attempt, &rows, &count));
	return count == 0 ? OK : FAIL(ERR_WRONG_STATE, "it was decided");
}

RESULT
quality_check_truth(const char *truth, const char *reason)
{
	static const char *const truths[] = {"genuine", "fraud"};

	if (enum_find(truths, 2, truth) == 2)
		return err_set_field(ERR_INVALID, "truth",
		    "is genuine or fraud");
	if (!*reason)
		return OK;
	if (strcmp(truth, "fraud") != 0 || !reason_is_known(reason) ||
	    reason_is_told(reason))
		return err_set_field(ERR_INVALID, "reason",
		    "is no reason to suspect a fraud");
	return OK;
}

RESULT
quality_plant(struct flow *f, struct arena *a, const struct actor *who,
    const char *registration, const char *truth, const char *reason)
{
	AUTO(store_rollback) struct store *s = f->store;
	struct planted_case p = {registration, truth, clock_now(), reason};
	struct registration r;
	struct workspace w;

	TRY(quality_check_truth(truth, reason));
	TRY(store_begin(s));
	TRY(registration_load(s, a, registration, &r));
	TRY(workspace_load(s, a, r.workspace, &w));
	if (!w.test)
		return FAIL(ERR_WRONG_STATE, "not of a test workspace");
	TRY(require_undecided(f, a, &r));
	TRY(planted_save(s, &p));
	/* the truth is not in the journal: its readers may be operators */
	TRY(audit_write(f, who, "review.planted", r.id, "", ""));
	return store_commit(s);
}
