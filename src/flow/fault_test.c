/*
 * What if the n-th statement fails? Every act is tried with each of its
 * statements failing in turn, commits included: nothing may be left behind.
 *
 * The linker puts __wrap_sqlite3_step in the place of sqlite3_step, in this
 * test alone (src/flow/meson.build).
 */
#include "flow/fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#define F &b->f, &b->a
#define IO_ERROR 10 /* SQLITE_IOERR */

int __real_sqlite3_step(void *statement);
int __wrap_sqlite3_step(void *statement);

static int countdown; /* 0: nothing fails */

int
__wrap_sqlite3_step(void *statement)
{
	if (countdown > 0 && --countdown == 0)
		return IO_ERROR;
	return __real_sqlite3_step(statement);
}

/* What an act could leave behind. */
struct traces {
	size_t registrations, mails, evidence, done_steps;
	int64_t entries, jobs, version;
};

static int64_t
count_jobs(struct bench *b)
{
	int64_t count = 0;
	struct job j;

	assert_int_equal(store_begin(b->f.store), OK);
	while (job_take(b->f.store, &b->a, INT64_MAX / 2, 0, &j) == OK) {
		assert_int_equal(job_done(b->f.store, j.id), OK);
		count++;
	}
	store_rollback(b->f.store);
	return count;
}

static void
add_traces(struct bench *b, const struct registration *r, struct traces *out)
{
	struct evidence *evidence;
	struct mail *mails;
	struct step *steps;
	size_t count;

	assert_int_equal(mail_list(b->f.store, &b->a, r->id, &mails, &count),
	    OK);
	out->mails += count;
	assert_int_equal(evidence_list(b->f.store, &b->a, r->id, &evidence,
			     &count),
	    OK);
	out->evidence += count;
	assert_int_equal(step_list(b->f.store, &b->a, r->id, &steps, &count),
	    OK);
	assert_int_equal(count, STEP_COUNT);
	for (size_t i = 0; i < count; i++)
		out->done_steps += strcmp(steps[i].state, "done") == 0;
	out->version += r->version;
}

static struct traces
look(struct bench *b)
{
	const struct registration_filter f = {.workspace = "", .state = "",
	    .level = "", .query = "", .query_phone = "", .sort = "",
	    .cursor = "", .limit = 200};
	struct traces t = {.jobs = count_jobs(b)};
	struct registration *rows;
	const char *next;

	assert_int_equal(registration_list(b->f.store, &b->a, &f, &rows,
			     &t.registrations, &next),
	    OK);
	for (size_t i = 0; i < t.registrations; i++)
		add_traces(b, &rows[i], &t);
	assert_int_equal(audit_verify(b->f.store, 0, NULL, &t.entries), OK);
	return t;
}

typedef enum err act(struct bench *b, const char *id);

static void
fails_whole_or_not_at_all(struct bench *b, act *do_it, const char *id)
{
	struct traces before = look(b), after;
	int n = 0;
	enum err result;

	do {
		countdown = ++n;
		result = do_it(b, id);
		countdown = 0;
		after = look(b);
		if (result != OK)
			assert_memory_equal(&before, &after, sizeof(before));
	} while (result != OK && n < 500);
	assert_int_equal(result, OK);
	assert_true(n > 8);
	assert_true(after.entries > before.entries);
}

static enum err
create(struct bench *b, const char *id)
{
	struct registration_request q = bench_request(BENCH_EMAIL);
	struct registration r;

	(void)id;
	q.send_invitation = true;
	return registration_create(F, &bench_member, &q, &r);
}

static enum err
cancel(struct bench *b, const char *id)
{
	struct registration r;

	return registration_cancel(F, &bench_member, id, &r);
}

static enum err
open_it(struct bench *b, const char *id)
{
	struct registration r;

	return journey_open(F, id, true, &r);
}

static enum err
give_picture(struct bench *b, const char *id)
{
	static const uint8_t png[] = "\x89PNG\r\n\x1a\n and so on";
	struct evidence e;

	return journey_picture(F, id, "front", SPAN(png, sizeof(png)), &e);
}

static enum err
complete(struct bench *b, const char *id)
{
	struct registration r;

	return journey_complete(F, id, &r);
}

static enum err
check(struct bench *b, const char *id)
{
	struct registration r;

	return decide_attempt(F, id, &r);
}

static enum err
confirm(struct bench *b, const char *id)
{
	struct registration r;

	return journey_confirm(F, id, true, &r);
}

static enum err
issue(struct bench *b, const char *id)
{
	const struct issued i = {.issuer = "issuing-lcp", .serial = "0a",
	    .der = SPAN("der", 3), .ocsp = SPAN("good", 4),
	    .person_serial = "psn"};
	struct certificate c;

	return decide_issued(F, id, &i, &c);
}

static void
a_request_is_made_whole_or_not_at_all(void **state)
{
	struct bench *b = *state;

	fails_whole_or_not_at_all(b, create, "");
}

static void
a_cancel_is_done_whole_or_not_at_all(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_create(b);

	fails_whole_or_not_at_all(b, open_it, r.id);
	fails_whole_or_not_at_all(b, cancel, r.id);
}

static void
a_journey_goes_on_by_whole_steps_only(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_collecting(b);
	struct findings good = bench_good_findings();

	bench_picture(b, r.id, &good);
	fails_whole_or_not_at_all(b, give_picture, r.id);
	clock_set(BENCH_NOW + PICTURE_PAUSE);
	bench_picture(b, r.id, &good);
	fails_whole_or_not_at_all(b, complete, r.id);
	fails_whole_or_not_at_all(b, check, r.id);
	fails_whole_or_not_at_all(b, confirm, r.id);
	fails_whole_or_not_at_all(b, issue, r.id);
	assert_string_equal(bench_state(b, r.id), "issued");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    BENCH(a_request_is_made_whole_or_not_at_all),
	    BENCH(a_cancel_is_done_whole_or_not_at_all),
	    BENCH(a_journey_goes_on_by_whole_steps_only),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
