/*
 * kill -9 in the middle of journeys: what is stored afterwards is what the
 * journal says, and nothing that was promised is forgotten.
 */
#include "flow/fixture.h"

#include "flow/terms.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/wait.h>
#include <cmocka.h>

#define F &b->f, &b->a
#define ROUNDS 24

/* The child has no assertions: it ends by being killed, or has failed. */
static RESULT
state_all(struct bench *b, struct registration *r)
{
	struct terms terms;
	char digits[CODE_DIGITS + 1];
	struct code c;

	TRY(journey_open(F, r->id, true, r));
	TRY(journey_name(F, r->id, true, BENCH_NAME, r));
	TRY(journey_send_code(F, r->id, "phone", "+33612345678", r));
	TRY(code_load(b->f.store, &b->a, r->id, "phone", &c));
	code_digits(&b->keys, &c, digits);
	TRY(journey_check_code(F, r->id, "phone", digits, r));
	TRY(terms_load(b->f.store, b->conf, &b->a, TERMS_CONSENT, r, &terms));
	TRY(journey_consent(F, r->id, terms.sha256, r));
	TRY(terms_load(b->f.store, b->conf, &b->a, TERMS_AGREEMENT, r,
	    &terms));
	return journey_agree(F, r->id, terms.sha256, r);
}

static RESULT
prove_all(struct bench *b, struct registration *r)
{
	static const uint8_t png[] = "\x89PNG\r\n\x1a\n and so on";
	const struct findings good = bench_good_findings();
	struct evidence e;

	TRY(journey_document(F, r->id, "FRA", "passport", r));
	TRY(journey_picture(F, r->id, "front", SPAN(png, sizeof(png)), &e));
	TRY(decide_picture(F, e.id, &good, NULL));
	TRY(journey_complete(F, r->id, r));
	return decide_attempt(F, r->id, r);
}

static RESULT
certify(struct bench *b, struct registration *r)
{
	const struct issued i = {.seen = {1, "aa"},
	    .issuer = "issuing-lcp",
	    .serial = r->id,
	    .der = SPAN("der", 3),
	    .ocsp = SPAN("good", 4),
	    .person_serial = r->person_serial};
	struct certificate c;

	TRY(journey_confirm(F, r->id, true, r));
	return decide_issued(F, r->id, &i, &c);
}

static RESULT
journey(struct bench *b, int round, int number)
{
	struct registration_request q = bench_request(
	    arena_format(&b->a, "p%d.%d@example.org", round, number));
	struct registration r;

	q.send_invitation = true;
	TRY(registration_create(F, &bench_member, &q, &r));
	TRY(state_all(b, &r));
	TRY(prove_all(b, &r));
	return certify(b, &r);
}

static void
live(struct bench *b, int round)
{
	if (store_open(b->path, false, &b->f.store) != OK)
		_exit(2);
	for (int number = 0; number < 1000; number++)
		if (journey(b, round, number) != OK)
			_exit(3);
	_exit(4);
}

/* No connection may be open while the process doubles. */
static void
kill_in_the_middle(struct bench *b, int round)
{
	int status;

	store_close(b->f.store);
	b->f.store = NULL;
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0)
		live(b, round);
	usleep(5000 + random_below(250000)); /* a whole journey fits */
	assert_int_equal(kill(child, SIGKILL), 0);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(store_open(b->path, false, &b->f.store), OK);
}

/* The journal's last move of a registration ends in its state. */
static void
agrees_with_journal(struct bench *b, const struct registration *r)
{
	const char *to = "created";
	struct audit_entry *entries;
	size_t count;

	assert_int_equal(audit_of(b->f.store, &b->a, r->id, &entries, &count),
	    OK);
	for (size_t i = 0; i < count; i++) {
		const char *arrow = strchr(entries[i].detail, '>');
		if (arrow)
			to = arrow + 1;
	}
	assert_int_equal(strncmp(to, r->state, strlen(r->state)), 0);
	assert_true(count >= 1);
}

static void
is_whole(struct bench *b, const struct registration *r)
{
	struct evidence *evidence;
	struct certificate c;
	struct mail *mails;
	size_t count;

	agrees_with_journal(b, r);
	bench_step(b, r->id, STEP_name);
	assert_int_equal(mail_list(b->f.store, &b->a, r->id, &mails, &count),
	    OK);
	assert_true(count >= 1);
	for (size_t i = 0; i < count; i++)
		assert_true(bench_has_job(b, "message", mails[i].id));
	assert_int_equal(evidence_list(b->f.store, &b->a, r->id, &evidence,
			     &count),
	    OK);
	for (size_t i = 0; i < count; i++)
		if (strcmp(evidence[i].state, "received") == 0)
			assert_true(bench_has_job(b, "inspect",
			    evidence[i].id));
	if (strcmp(r->state, "checking") == 0)
		assert_true(bench_has_job(b, "check", r->id));
	assert_int_equal(certificate_of(b->f.store, &b->a, r->id, &c),
	    strcmp(r->state, "issued") == 0 ? OK : ERR_NOT_FOUND);
}

/* Those of this round: what was whole stays so. */
static void
is_consistent(struct bench *b, int round)
{
	struct registration_filter f = {.workspace = "wsp_a", .state = "",
	    .level = "", .query_phone = "", .sort = "", .cursor = "",
	    .limit = 200};
	struct registration *rows;
	size_t count;
	const char *next;
	int64_t entries;

	f.query = arena_format(&b->a, "p%d.", round);
	assert_int_equal(audit_verify(b->f.store, 0, NULL, &entries), OK);
	assert_int_equal(registration_list(b->f.store, &b->a, &f, &rows,
			     &count, &next),
	    OK);
	/* the one that was cut off, and the last whole one */
	for (size_t i = 0; i < count && i < 2; i++)
		is_whole(b, &rows[i]);
}

static void
kill_9_leaves_what_the_journal_says(void **state)
{
	struct bench *b = *state;

	clock_set(0); /* newest first needs a clock that goes on */
	for (int round = 0; round < ROUNDS; round++) {
		kill_in_the_middle(b, round);
		is_consistent(b, round);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    BENCH(kill_9_leaves_what_the_journal_says),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
