/*
 * The queue: jobs.def says how long a job is leased and how often it is
 * tried. A job that has failed waits longer each time, up to an hour.
 *
 * While the signer is away its jobs rest, all together: tried one after the
 * other, thousands that are due would each fail and then wait on their own,
 * long after it is back. Those of an inspector that has its hands full rest as
 * well, so that certificates and mails do not wait behind pictures.
 */
#include "clerk/errand.h"
#include "clerk/met.h"

#include "base/clock.h"
#include "base/enum.h"
#include "base/log.h"

#define ARENA_MAX ((size_t)64 << 20)
#define SLICE 20         /* ms of work before others are heard again */
#define REST_FIRST 250   /* ms */
#define REST_LONGEST 4000
#define APART_LOOK (2 * SECOND)
#define LOOK (5 * SECOND) /* commands of paraph write jobs and tell nobody */
#define UNMARKED_MAX 1000 /* certificates before all answers are waited for */

enum whom { ASKS_nobody, ASKS_inspector, ASKS_signer };

struct job_kind {
	const char *name;
	int64_t lease;
	int tries; /* 0: for ever */
	enum whom asks;
};

static const struct job_kind kinds[] = {
#define JOB(name, lease, tries, whom, subject)                              \
	{#name, lease, tries, ASKS_##whom},
#include "clerk/jobs.def"
#undef JOB
};

enum job_name {
#define JOB(name, lease, tries, whom, subject) JOB_##name,
#include "clerk/jobs.def"
#undef JOB
	JOB_COUNT
};

/* A reading ends later, by its reply: see inspect.c. */
static enum err
run_inspect(struct clerk *c, struct arena *a, const struct job *job)
{
	return inspect_begin(c, a, job);
}

static enum err
run_compare(struct clerk *c, struct arena *a, const struct job *job)
{
	return compare_begin(c, a, job);
}

struct handler {
	job_handler *run;
	errand_handler *errand;
};

#define HANDLER_nobody(name) {.run = run_##name}
#define HANDLER_inspector(name) {.run = run_##name}
#define HANDLER_signer(name) {.errand = run_##name}

static const struct handler handlers[JOB_COUNT] = {
#define JOB(name, lease, tries, whom, subject)                              \
	[JOB_##name] = HANDLER_##whom(name),
#include "clerk/jobs.def"
#undef JOB
};

static enum job_name
job_of(const char *name)
{
	enum job_name i = 0;

	while (i < JOB_COUNT && strcmp(kinds[i].name, name) != 0)
		i++;
	return i;
}

/* Of these one at a time is enough: the next does what came meanwhile. */
static bool
is_alone(enum job_name name)
{
	return name == JOB_agree || name == JOB_crl || name == JOB_last ||
	       name == JOB_ocsp;
}

/* Nothing is asked while database and ledger are compared; and now and then
 * all answers are waited for, so that little is to be compared after a crash. */
static bool
errand_rests(const struct clerk *c, enum job_name name)
{
	if (clock_ticks() < c->signer_rests_until ||
	    errands_of(c, kinds[JOB_agree].name) > 0 || !errands_free(c))
		return true;
	if (name == JOB_issue)
		return errands_room(c) == 0 ||
		       (c->unmarked >= UNMARKED_MAX && errands_changing(c) > 0);
	return is_alone(name) && errands_of(c, kinds[name].name) > 0;
}

static bool
rests(const struct clerk *c, enum job_name name)
{
	switch (kinds[name].asks) {
	case ASKS_signer:
		return errand_rests(c, name);
	case ASKS_inspector:
		return !inspect_has_room(c);
	case ASKS_nobody:
		break;
	}
	return false;
}

/* The kinds that are not taken now, as job_take_but() wants them. */
static const char *
resting(const struct clerk *c, struct arena *a)
{
	const char *names = "";

	for (size_t i = 0; i < COUNT_OF(kinds); i++)
		if (rests(c, (enum job_name)i))
			names = arena_format(a, "%s%s,", *names ? names : ",",
			    kinds[i].name);
	return names;
}

/* Many that were under way meet the same end at once. */
static void
rest(struct clerk *c)
{
	if (clock_ticks() < c->signer_rests_until)
		return;
	c->signer_rest = c->signer_rest ? 2 * c->signer_rest : REST_FIRST;
	if (c->signer_rest > REST_LONGEST)
		c->signer_rest = REST_LONGEST;
	c->signer_rests_until = clock_ticks() + c->signer_rest;
}

void
queue_signer_back(struct clerk *c)
{
	c->signer_rest = 0;
	c->signer_rests_until = 0;
}

static int64_t
back_off(const struct job_kind *kind, int64_t tries, enum err result)
{
	/* until a person has looked, and then soon */
	bool soon = kind->asks == ASKS_signer &&
		    (result == ERR_UNAVAILABLE || result == ERR_TOKEN ||
			result == ERR_LEDGER);
	int64_t wait = 250, longest = soon ? MINUTE : HOUR;

	/* once more after they were compared, and then not soon */
	if (result == ERR_OUT_OF_STEP && tries > 1)
		return MINUTE;
	for (int64_t i = 0; i < tries && wait < longest; i++)
		wait *= 3;
	return wait < longest ? wait : longest;
}

/* A job that met no signer has not failed, and it was no try: custodians have
 * their hours to enrol who approved (order.c). It goes on soon, but behind the
 * others, lest one that the signer dies of hold up all. One that the signer
 * refuses has failed alone: nobody else rests for it. */
static void
put_back(struct clerk *c, const struct job *job, const struct job_kind *kind,
    enum err result)
{
	bool away = kind->asks == ASKS_signer && met_is_away(c);
	bool over = !away && kind->tries && job->tries >= kind->tries;

	log_warn("job.failed job=%s subject=%s tries=%lld error=%s why=\"%s\"%s",
	    job->name, job->subject, (long long)job->tries,
	    err_api_name(result), err_explanation(), over ? " given_up=1" : "");
	enum err stored =
	    over ? job_done(c->store, job->id) :
	    away ? job_wait(c->store, job->id, clock_now() + REST_LONGEST) :
		   job_again(c->store, job->id,
		       clock_now() + back_off(kind, job->tries, result));
	if (away)
		rest(c);
	if (stored != OK)
		log_error("job.lost job=%s why=\"%s\"", job->name,
		    err_explanation());
}

/* Jobs that wait for an answer, or run for ever, end themselves. */
static bool
ends_itself(enum job_name name)
{
	return name == JOB_agree || name == JOB_inspect || name == JOB_compare ||
	    name == JOB_expire || name == JOB_retention || name == JOB_ocsp ||
	    name == JOB_crl || name == JOB_sweep;
}

static void
end_job(struct clerk *c, const struct job *job, enum err result)
{
	enum job_name name = job_of(job->name);

	c->ended = true;
	store_rollback(c->store);
	if (result != OK)
		put_back(c, job, &kinds[name], result);
	else if (!ends_itself(name) && job_done(c->store, job->id) != OK)
		log_error("job.lost job=%s why=\"%s\"", job->name,
		    err_explanation());
}

static void
end_errand(struct clerk *c, struct errand *e, enum err result)
{
	if (result == OK && !met_is_away(c))
		queue_signer_back(c);
	end_job(c, &e->job, result);
}

static void
begin_errand(struct clerk *c, const struct job *job, errand_handler *begin)
{
	struct errand *e = errand_new(c, end_errand);

	if (!e) { /* web's came meanwhile */
		IGNORE(job_wait(c->store, job->id, clock_now()));
		return;
	}
	e->job = *job;
	e->job.id = arena_text(&e->arena, job->id);
	e->job.name = kinds[job_of(job->name)].name;
	e->job.subject = arena_text(&e->arena, job->subject);
	errand_go(c, e, begin(c, e));
}

static void
run_one(struct clerk *c, struct arena *a, const struct job *job)
{
	enum job_name name = job_of(job->name);

	if (name == JOB_COUNT) {
		log_error("job.unknown job=%.40s", job->name);
		/* else its lease lapses and it comes here again */
		IGNORE(job_done(c->store, job->id));
		return;
	}
	if (handlers[name].errand)
		begin_errand(c, job, handlers[name].errand);
	else
		end_job(c, job, handlers[name].run(c, a, job));
}

static int64_t
longest_lease(void)
{
	int64_t longest = 0;

	for (size_t i = 0; i < COUNT_OF(kinds); i++)
		if (kinds[i].lease > longest)
			longest = kinds[i].lease;
	return longest;
}

/* Orders come by the thousand, and are taken together. */
static void
run_more_orders(struct clerk *c, struct arena *a)
{
	size_t room = errands_room(c), count = 0;
	struct job *jobs;

	if (room == 0 || job_take_same(c->store, a, kinds[JOB_issue].name,
		clock_now(), longest_lease(), (int64_t)room, &jobs, &count) != OK)
		return;
	for (size_t i = 0; i < count; i++)
		run_one(c, a, &jobs[i]);
}

static bool
run_next(struct clerk *c)
{
	AUTO(arena_clear) struct arena a;
	struct job job;

	arena_init(&a, ARENA_MAX);
	if (job_take_but(c->store, &a, resting(c, &a), clock_now(),
		longest_lease(), &job) != OK)
		return false;
	run_one(c, &a, &job);
	if (job_of(job.name) == JOB_issue)
		run_more_orders(c, &a);
	return true;
}

/* Milliseconds until jobs are looked for again. */
static int64_t
until_next(struct clerk *c)
{
	AUTO(arena_clear) struct arena a;
	int64_t next = 0, rests = c->signer_rests_until - clock_ticks();
	int64_t wait = LOOK;

	arena_init(&a, ARENA_MAX);
	if (job_next(c->store, resting(c, &a), &next) == OK && next)
		wait = next - clock_now();
	if (rests > 0 && rests < wait)
		wait = rests;
	return wait < LOOK ? wait : LOOK;
}

int
queue_run(struct clerk *c)
{
	int64_t end = clock_ticks() + SLICE;

	c->ended = false;

	while (run_next(c))
		if (clock_ticks() >= end)
			return 0; /* web and the supervisor may wait */
	int64_t wait = until_next(c);
	/* paraph ca reconcile writes jobs and tells nobody */
	if (c->apart && wait > APART_LOOK)
		wait = APART_LOOK;
	return wait < 10 ? 10 : (int)wait;
}

RESULT
queue_begin(struct clerk *c)
{
	AUTO(arena_clear) struct arena a;
	const char **issuers;
	size_t count;

	arena_init(&a, ARENA_MAX);
	TRY(job_add(c->store, "agree", "", JOB_FIRST));
	TRY(job_add(c->store, "expire", "", clock_now()));
	TRY(job_add(c->store, "ocsp", "", clock_now()));
	TRY(job_add(c->store, "retention", "", clock_now()));
	TRY(ca_certificate_list(c->store, &a, &issuers, &count));
	for (size_t i = 0; i < count; i++)
		if (strncmp(issuers[i], "issuing-", 8) == 0) /* not root */
			TRY(job_add(c->store, "crl", issuers[i], clock_now()));
	return OK;
}
