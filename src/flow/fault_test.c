/*
 * What if the n-th statement fails? Every act is tried with each of its
 * statements failing in turn, commits included: nothing may be left behind.
 *
 * The linker puts __wrap_sqlite3_step in the place of sqlite3_step, in this
 * test alone (src/flow/meson.build).
 */
#include "flow/take_fixture.h"
#include "flow/handover.h"

#include <dirent.h>
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
	const struct issued i = {.seen = {1, "aa"},
	    .issuer = "issuing-lcp",
	    .serial = "0a",
	    .der = SPAN("der", 3),
	    .ocsp = SPAN("good", 4),
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

/* recordings */

static enum err
begin_take(struct bench *b, const char *id)
{
	struct take t;

	return take_begin(F, id, PART_FACE, TAKING_WEBM, "", &t);
}

static enum err
finish_take(struct bench *b, const char *id)
{
	struct take *takes, t, out;
	size_t count;

	TRY(take_list(b->f.store, &b->a, id, &takes, &count));
	/* two were made at the same instant: the one that is at work */
	t = takes[0];
	for (size_t i = 1; i < count; i++)
		if (strcmp(takes[i].state, "recording") == 0)
			t = takes[i];
	const struct take_end e = {t.chunks, t.chain, t.asked, ""};
	return take_finish(F, id, t.id, &e, &out);
}

static enum err
hand_over(struct bench *b, const char *id)
{
	struct handover h;

	return handover_open(F, id, "", &h);
}

static size_t
count_files(struct bench *b)
{
	char path[100];
	size_t count = 0;

	snprintf(path, sizeof(path), "%s/vault", b->dir);
	DIR *d = opendir(path);
	assert_non_null(d);
	while (readdir(d))
		count++;
	closedir(d);
	return count;
}

/* No row without its file, no file without its row. */
static void
a_chunk_is_kept_whole_or_not_at_all(void **state)
{
	struct bench *b = *state;
	struct registration r = taking_photographed(b);
	struct take t = taking_begun(b, r.id, PART_FACE), out;
	struct chunk *chunks;
	enum err result;
	int n = 0;

	taking_prompted(b, &t, 0);
	const struct take_chunk c = {0, taking_mac(b, &t, 0, TAKING_FIRST),
	    span_of_text(TAKING_FIRST)};
	size_t files = count_files(b);
	do {
		countdown = ++n;
		result = take_chunk(F, r.id, t.id, &c, &out);
		countdown = 0;
		bool kept = taking_chunks(b, t.id, &chunks) == 1;
		assert_int_equal(kept, result == OK);
		assert_int_equal(taking_stored(b, t.id).chunks, kept);
		assert_int_equal(count_files(b), files + kept);
	} while (result != OK && n < 100);
	assert_int_equal(result, OK);
	assert_true(n > 4);
}

static void
a_recording_goes_on_by_whole_steps_only(void **state)
{
	struct bench *b = *state;
	struct registration r = taking_photographed(b);

	fails_whole_or_not_at_all(b, begin_take, r.id);
	struct take t = taking_begun(b, r.id, PART_FACE);
	taking_ask_all(b, &t);
	assert_int_equal(taking_send(b, &t, 0, TAKING_FIRST), OK);
	fails_whole_or_not_at_all(b, finish_take, r.id);
	fails_whole_or_not_at_all(b, hand_over, r.id);
}

/* What a crash leaves half gathered is gathered when it is tried again. */
static void
gathering_that_fails_is_done_again(void **state)
{
	struct bench *b = *state;
	struct registration r = taking_photographed(b);
	struct take t = taking_sent(b, r.id, PART_FACE);
	struct chunk *chunks;
	struct evidence e;
	enum err result;
	size_t files = count_files(b);
	int n = 0;

	do {
		countdown = ++n;
		result = take_gather(F, t.evidence, &e);
		countdown = 0;
	} while (result != OK && n < 100);
	assert_int_equal(result, OK);
	assert_true(n > 8);
	assert_string_equal(taking_stored(b, t.id).state, "gathered");
	assert_int_equal(taking_chunks(b, t.id, &chunks), 0);
	assert_int_equal(count_files(b), files - 2 + 1);
	char vault[100];
	AUTO(buf_clear) struct buf whole;
	buf_init(&whole, 1000);
	snprintf(vault, sizeof(vault), "%s/vault", b->dir);
	assert_int_equal(vault_read(vault, e.id, e.sealed_key, &b->keys.vault,
			     &whole),
	    OK);
	assert_string_equal(buf_text(&whole), TAKING_FIRST TAKING_SECOND);
}

/* operators */

static enum err
think(struct bench *b, const char *id)
{
	const struct opinion o = {.document = "yes", .face = "yes",
	    .liveness = "none"};
	const struct prover by = bench_prover(0);
	struct review_case c;

	return review_opinion(F, &by, id, &o, &c);
}

static enum err
ask_for_approval(struct bench *b, const char *id)
{
	const struct prover by = bench_prover(0);
	struct approval x;

	return review_approval(F, &by, id, &x);
}

static enum err
approve(struct bench *b, const char *id)
{
	struct review_answer answer = {.decision = OPERATOR_APPROVE,
	    .reasons = "", .steps = "", .note = ""};
	const struct prover by = bench_prover(0);
	struct test_answer signature = {0};
	struct registration r;
	const char *outcome;
	struct approval x;
	struct review v;
	int hold = countdown;

	countdown = 0;
	assert_int_equal(registration_load(b->f.store, &b->a, id, &r), OK);
	assert_int_equal(review_load(b->f.store, &b->a, id, &v), OK);
	assert_int_equal(review_approval_of(F, &r, 1, v.offered_at, &x), OK);
	bench_sign(b, &by, &x, &signature);
	answer.assertion = signature.assertion;
	countdown = hold;
	enum err code = review_decide(F, &by, id, &answer, &r, &outcome);
	test_answer_clear(&signature);
	return code;
}

static enum err
contest(struct bench *b, const char *id)
{
	struct registration r;

	return journey_confirm(F, id, false, &r);
}

static enum err
refuse(struct bench *b, const char *id)
{
	const struct prover by = bench_prover(1);
	const char *outcome;

	return bench_answer(b, &by, id, OPERATOR_REFUSE, "blurred", "",
	    &outcome);
}

static void
a_review_goes_on_by_whole_steps_only(void **state)
{
	struct bench *b = *state;
	struct prover by = bench_prover(0), other = bench_prover(1);
	struct findings good = bench_good_findings();
	struct review_case c;

	bench_test_workspace(b, true, "always");
	struct registration r = bench_collecting(b);
	r = bench_checked(b, r.id, &good);
	bench_key(b, &by);
	bench_take(b, &by, r.id, &c);
	fails_whole_or_not_at_all(b, think, r.id);
	fails_whole_or_not_at_all(b, ask_for_approval, r.id);
	fails_whole_or_not_at_all(b, approve, r.id);
	assert_string_equal(bench_state(b, r.id), "approved");
	fails_whole_or_not_at_all(b, contest, r.id);
	bench_opinion(b, &other, r.id);
	fails_whole_or_not_at_all(b, refuse, r.id);
	assert_string_equal(bench_state(b, r.id), "refused");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    BENCH(a_request_is_made_whole_or_not_at_all),
	    BENCH(a_cancel_is_done_whole_or_not_at_all),
	    BENCH(a_journey_goes_on_by_whole_steps_only),
	    BENCH(a_chunk_is_kept_whole_or_not_at_all),
	    BENCH(a_recording_goes_on_by_whole_steps_only),
	    BENCH(gathering_that_fails_is_done_again),
	    BENCH(a_review_goes_on_by_whole_steps_only),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
