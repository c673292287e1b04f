/*
 * The last answers of an authority (reference B-32). When it has ended nobody
 * can sign one any more: on its last day every certificate gets an answer that
 * has no end, those that have ended among them, of which else an answer is made
 * when it is asked for. The signer judges of which it may say so: of what was
 * revoked or has ended, and in the last hour of what ends with its authority.
 *
 * A page of certificates is a job, so that a million are not begun anew with
 * the clerk. Its subject: the authority, and after a space the serial to go on
 * after.
 */
#include "clerk/answers.h"

#include "base/clock.h"
#include "base/log.h"
#include "status/issuer.h"

#define ARENA_MAX ((size_t)1 << 20)

static enum err
begin_one(struct clerk *c, struct arena *a, const char *name)
{
	struct certificate_outline o;
	int64_t now = clock_now();
	struct span der;

	TRY(ca_certificate_load(c->store, a, name, &der));
	TRY(certificate_outline(der, &o));
	if (now + AUTHORITY_LAST < o.not_after || now >= o.not_after)
		return OK;
	return job_add(c->store, "last", name, now);
}

enum err
last_begin(struct clerk *c)
{
	AUTO(arena_clear) struct arena a;
	const char **names;
	size_t count;

	arena_init(&a, ARENA_MAX);
	TRY(ca_certificate_list(c->store, &a, &names, &count));
	for (size_t i = 0; i < count; i++) {
		enum authority authority = authority_find(names[i]);

		/* one that cannot be read does not keep the other from its last */
		if (authority != AUTHORITY_COUNT &&
		    authority_issues(authority) &&
		    begin_one(c, &a, names[i]) != OK) {
			log_error("ocsp.last_unread issuer=%s why=\"%s\"",
			    names[i], err_explanation());
			err_clear();
		}
	}
	return OK;
}

struct last {
	const char *issuer;
	int64_t end; /* of the issuer */
	struct certificate *of;
	size_t count, done;
};

/* Whether its last answer is wanted, and is not there yet. */
static enum err
look_whether_wanted(struct clerk *c, struct arena *a, const struct last *l,
    const struct certificate *crt, bool *out)
{
	int64_t next_update = 0, now = clock_now();
	struct span answer;

	*out = crt->revoked_at || crt->not_after <= now ||
	       l->end <= now + ANSWER_LAST;
	if (!*out)
		return OK;
	enum err found = ocsp_load(
	    c->store, a, crt->issuer, crt->serial, &answer, &next_update);
	*out = next_update != CLOCK_FOREVER;
	return found == ERR_NOT_FOUND ? OK : found;
}

static enum err ask_next(struct clerk *c, struct errand *e);

/* Of one that the ledger does not know there is none. */
static enum err
answered(struct clerk *c, struct errand *e, enum err outcome,
    const struct message *answer)
{
	struct last *l = e->data;
	const struct certificate *crt = &l->of[l->done++];

	if (outcome != ERR_NOT_FOUND) {
		TRY(outcome);
		TRY(answers_keep(c, &e->arena, crt, answer));
	}
	err_clear();
	return ask_next(c, e);
}

static enum err
ask_next(struct clerk *c, struct errand *e)
{
	struct last *l = e->data;

	for (; l->done < l->count; l->done++) {
		AUTO(arena_clear) struct arena a;
		bool wanted;

		arena_init(&a, ARENA_MAX);
		TRY(look_whether_wanted(c, &a, l, &l->of[l->done], &wanted));
		if (wanted)
			return answers_ask(c, e, &l->of[l->done], answered);
	}
	if (l->count == 0) {
		log_info("ocsp.last_answers issuer=%s", l->issuer);
		return OK;
	}
	return job_add(c->store, "last",
	    arena_format(&e->arena, "%s %s", l->issuer,
		l->of[l->count - 1].serial),
	    clock_now());
}

/* 0 where there is no such authority. */
static int64_t
end_of(struct clerk *c, struct arena *a, const char *name)
{
	struct certificate_outline o;
	struct span der;
	bool there = ca_certificate_load(c->store, a, name, &der) == OK &&
		     certificate_outline(der, &o) == OK;

	err_clear();
	return there ? o.not_after : 0;
}

/* What was not signed before the end never will be. */
enum err
run_last(struct clerk *c, struct errand *e)
{
	struct last *l = e->data = arena_get(&e->arena, sizeof(*l));
	const char *space = strchr(e->job.subject, ' ');
	const char *after = space ? space + 1 : "";
	int size = space ? (int)(space - e->job.subject)
			 : (int)strlen(e->job.subject);

	l->issuer = arena_format(&e->arena, "%.*s", size, e->job.subject);
	l->end = end_of(c, &e->arena, l->issuer);
	if (clock_now() >= l->end)
		return OK;
	TRY(certificate_of_issuer(
	    c->store, &e->arena, l->issuer, after, &l->of, &l->count));
	return ask_next(c, e);
}
