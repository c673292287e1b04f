/*
 * The store on a database of its own: what goes in comes out, unique rules
 * hold, pages neither repeat nor skip.
 */
#include "base/clock.h"
#include "store/migrate.h"
#include "store/query.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

struct bench {
	char dir[64], path[96];
	struct store *s;
	struct arena a;
};

static int
setup(void **state)
{
	struct bench *b = calloc(1, sizeof(*b));

	snprintf(b->dir, sizeof(b->dir), "/tmp/store-test-XXXXXX");
	if (!mkdtemp(b->dir))
		return -1;
	snprintf(b->path, sizeof(b->path), "%s/db", b->dir);
	arena_init(&b->a, (size_t)64 << 20);
	*state = b;
	struct workspace w = {"wsp_a", "Notaires", true, "never", "fr",
	    "aide@example.org", "", 1};
	if (store_open(b->path, true, &b->s) != OK ||
	    workspace_save(b->s, &w) != OK)
		return -1;
	w.id = "wsp_b";
	return workspace_save(b->s, &w) == OK ? 0 : -1;
}

static int
teardown(void **state)
{
	static const char *const tails[] = {"", "-wal", "-shm"};
	struct bench *b = *state;
	char path[128];

	store_close(b->s);
	for (size_t i = 0; i < 3; i++) {
		snprintf(path, sizeof(path), "%s%s", b->path, tails[i]);
		unlink(path);
	}
	rmdir(b->dir);
	arena_clear(&b->a);
	free(b);
	return 0;
}

static struct registration
sample(const char *id, const char *email, int64_t at)
{
	return (struct registration){.id = id,
	    .workspace = "wsp_a",
	    .level = "lcp",
	    .state = "created",
	    .version = 1,
	    .email = email,
	    .email_folded = email,
	    .fullname = "Zoë Élan",
	    .fullname_type = "suggestion",
	    .name_folded = "zoe elan",
	    .phone = "+33612345678",
	    .phone_type = "",
	    .language = "fr",
	    .redirect_url = "",
	    .metadata = "{}",
	    .requested_by = "mem_a",
	    .requested_by_name = "Ida",
	    .country = "",
	    .kind = "",
	    .given_names = "",
	    .surname = "",
	    .nationality = "",
	    .person_serial = "",
	    .created_at = at,
	    .state_at = at,
	    .expires_at = at + 7 * DAY};
}

static void
a_registration_comes_back_as_it_was_stored(void **state)
{
	struct bench *b = *state;
	struct registration r = sample("reg_1", "zoe@example.org", 5), out;

	r.link_by_mail = true;
	assert_int_equal(registration_insert(b->s, &r), OK);
	assert_int_equal(registration_load(b->s, &b->a, "reg_1", &out), OK);
	assert_string_equal(out.fullname, "Zoë Élan");
	assert_string_equal(out.metadata, "{}");
	assert_true(out.link_by_mail);
	assert_false(out.asked_a_person);
	assert_int_equal(out.expires_at, 5 + 7 * DAY);
	assert_int_equal(registration_load(b->s, &b->a, "reg_2", &out),
	    ERR_NOT_FOUND);
}

static void
a_second_open_one_is_a_conflict_and_a_closed_one_is_not(void **state)
{
	struct bench *b = *state;
	struct registration one = sample("reg_1", "zoe@example.org", 5);
	struct registration two = sample("reg_2", "zoe@example.org", 6);

	assert_int_equal(registration_insert(b->s, &one), OK);
	assert_int_equal(registration_insert(b->s, &two), ERR_CONFLICT);
	two.workspace = "wsp_b";
	assert_int_equal(registration_insert(b->s, &two), OK);
	one.state = "cancelled";
	assert_int_equal(registration_update(b->s, &one), OK);
	two = sample("reg_3", "zoe@example.org", 6);
	assert_int_equal(registration_insert(b->s, &two), OK);
}

static void
who_comes_second_with_an_old_row_is_refused(void **state)
{
	struct bench *b = *state;
	struct registration r = sample("reg_1", "zoe@example.org", 5), old;

	assert_int_equal(registration_insert(b->s, &r), OK);
	old = r;
	r.language = "en";
	assert_int_equal(registration_update(b->s, &r), OK);
	assert_int_equal(r.version, 2);
	assert_int_equal(registration_update(b->s, &old), ERR_CONFLICT);
	assert_int_equal(old.version, 1);
}

static void
insert_many(struct bench *b, int count)
{
	for (int i = 0; i < count; i++) {
		char *id = arena_format(&b->a, "reg_%03d", i);
		char *email = arena_format(&b->a, "p%03d@example.org",
		    (i * 37) % count);
		/* pairs with the same time */
		struct registration r = sample(id, email, 1000 + i / 2);
		assert_int_equal(registration_insert(b->s, &r), OK);
	}
}

static struct registration_filter
filter(const char *sort, bool ascending)
{
	return (struct registration_filter){.workspace = "wsp_a",
	    .state = "",
	    .level = "",
	    .query = "",
	    .query_phone = "",
	    .sort = sort,
	    .ascending = ascending,
	    .cursor = "",
	    .limit = 7};
}

static int
walk(struct bench *b, struct registration_filter f)
{
	struct registration *rows;
	const char *last = NULL;
	size_t count;
	int total = 0;

	do {
		assert_int_equal(registration_list(b->s, &b->a, &f, &rows,
				     &count, &f.cursor),
		    OK);
		for (size_t i = 0; i < count; i++, total++) {
			if (last && strcmp(f.sort, "email") == 0)
				assert_true((strcmp(last,
						 rows[i].email_folded) < 0) ==
				    f.ascending);
			last = rows[i].email_folded;
		}
		assert_null(strchr(f.cursor, '@'));
	} while (*f.cursor);
	return total;
}

static void
pages_neither_repeat_nor_skip_in_any_order(void **state)
{
	static const char *const sorts[] = {"", "created_at", "name", "email",
	    "state", "expires_at"};
	struct bench *b = *state;

	insert_many(b, 40);
	for (size_t i = 0; i < 6; i++) {
		assert_int_equal(walk(b, filter(sorts[i], true)), 40);
		assert_int_equal(walk(b, filter(sorts[i], false)), 40);
		struct registration_filter f = filter(sorts[i], true);
		f.workspace = "";
		assert_int_equal(walk(b, f), 40);
	}
}

static size_t
search(struct bench *b, const char *query, const char *digits)
{
	struct registration_filter f = filter("", false);
	struct registration *rows;
	const char *next;
	size_t count;

	f.query = query;
	f.query_phone = digits;
	f.limit = 200;
	assert_int_equal(registration_list(b->s, &b->a, &f, &rows, &count,
			     &next),
	    OK);
	return count;
}

static void
search_keeps_the_signs_of_addresses_apart_from_names(void **state)
{
	struct bench *b = *state;
	struct registration r =
	    sample("reg_x", "jean-luc.picard@example.org", 5);
	struct registration_filter f = filter("", false);
	struct registration *rows;
	const char *next;
	size_t count;

	assert_int_equal(registration_insert(b->s, &r), OK);
	f.query = "jean luc p"; /* as a name is folded */
	f.query_email = "jean-luc.p";
	f.limit = 10;
	assert_int_equal(registration_list(b->s, &b->a, &f, &rows, &count,
			     &next),
	    OK);
	assert_int_equal(count, 1);
	f.query_email = "jean-luc.q";
	assert_int_equal(registration_list(b->s, &b->a, &f, &rows, &count,
			     &next),
	    OK);
	assert_int_equal(count, 0);
}

static void
search_takes_parts_and_no_pattern_of_others(void **state)
{
	struct bench *b = *state;
	struct registration r = sample("reg_x", "a_b%c@example.org", 5);

	insert_many(b, 12);
	r.phone = "";
	assert_int_equal(registration_insert(b->s, &r), OK);
	assert_int_equal(search(b, "p00", ""), 10);
	assert_int_equal(search(b, "oe el", ""), 13);
	assert_int_equal(search(b, "_b%", ""), 1);
	assert_int_equal(search(b, "%", ""), 1);
	assert_int_equal(search(b, "!", ""), 0);
	assert_int_equal(search(b, "nobody", ""), 0);
	assert_int_equal(search(b, "nobody", "612345"), 12);
	assert_int_equal(search(b, "nobody", "699999"), 0);
}

static void
a_bad_cursor_limit_or_order_is_refused(void **state)
{
	static const char *const bad[] = {"x", "reg_1.x", "reg_1.",
	    "reg_000000000000000000000000000000000000000000000000000000.123456"};
	struct bench *b = *state;
	struct registration_filter f;
	struct registration *rows;
	const char *next;
	size_t count;

	for (size_t i = 0; i < 4; i++) {
		f = filter("", false);
		f.cursor = bad[i];
		assert_int_equal(registration_list(b->s, &b->a, &f, &rows,
				     &count, &next),
		    ERR_INVALID);
		assert_string_equal(err_field(), "cursor");
	}
	f = filter("email", false);
	f.cursor = "reg_none.";
	assert_int_equal(registration_list(b->s, &b->a, &f, &rows, &count,
			     &next),
	    ERR_INVALID);
	f = filter("phone", false);
	assert_int_equal(registration_list(b->s, &b->a, &f, &rows, &count,
			     &next),
	    ERR_INVALID);
	f = filter("", false);
	f.limit = 201;
	assert_int_equal(registration_list(b->s, &b->a, &f, &rows, &count,
			     &next),
	    ERR_INVALID);
}

static void
what_is_due_is_found_to_the_millisecond(void **state)
{
	struct bench *b = *state;
	struct registration r = sample("reg_1", "a@example.org", 0), *rows;
	size_t count;

	assert_int_equal(registration_insert(b->s, &r), OK);
	assert_int_equal(registration_due(b->s, &b->a, r.expires_at - 1, 0, 0,
			     &rows, &count),
	    OK);
	assert_int_equal(count, 0);
	assert_int_equal(registration_due(b->s, &b->a, r.expires_at, 0, 0,
			     &rows, &count),
	    OK);
	assert_int_equal(count, 1);
	r.state = "in_review";
	assert_int_equal(registration_update(b->s, &r), OK);
	assert_int_equal(registration_due(b->s, &b->a, r.expires_at,
			     r.expires_at - 1, 0, &rows, &count),
	    OK);
	assert_int_equal(count, 0);
	assert_int_equal(registration_due(b->s, &b->a, r.expires_at,
			     r.expires_at, 0, &rows, &count),
	    OK);
	assert_int_equal(count, 1);
}

static void
a_job_is_taken_once_and_again_after_its_lease(void **state)
{
	struct bench *b = *state;
	struct job j, again;
	int64_t next;

	assert_int_equal(job_next(b->s, "", &next), OK);
	assert_int_equal(next, 0);
	assert_int_equal(job_add(b->s, "check", "reg_1", 100), OK);
	assert_int_equal(job_take(b->s, &b->a, 99, 10, &j), ERR_NOT_FOUND);
	assert_int_equal(job_take(b->s, &b->a, 100, 10, &j), OK);
	assert_string_equal(j.name, "check");
	assert_int_equal(j.tries, 1);
	assert_int_equal(job_take(b->s, &b->a, 109, 10, &again),
	    ERR_NOT_FOUND);
	assert_int_equal(job_next(b->s, "", &next), OK);
	assert_int_equal(next, 110);
	assert_int_equal(job_take(b->s, &b->a, 110, 10, &again), OK);
	assert_string_equal(again.id, j.id);
	assert_int_equal(again.tries, 2);
	assert_int_equal(job_done(b->s, j.id), OK);
	assert_int_equal(job_take(b->s, &b->a, 1000, 10, &j), ERR_NOT_FOUND);
}

static void
a_job_that_is_held_is_not_taken_when_its_lease_would_end(void **state)
{
	struct bench *b = *state;
	struct job j, again;

	assert_int_equal(job_add(b->s, "inspect", "evd_1", 100), OK);
	assert_int_equal(job_take(b->s, &b->a, 100, 10, &j), OK);
	assert_int_equal(job_hold(b->s, j.id, 200), OK);
	assert_int_equal(job_take(b->s, &b->a, 199, 10, &again),
	    ERR_NOT_FOUND);
	assert_int_equal(job_take(b->s, &b->a, 200, 10, &again), OK);
}

static void
jobs_of_kinds_that_cannot_be_done_now_do_not_hide_the_others(void **state)
{
	struct bench *b = *state;
	int64_t next;
	struct job j;

	assert_int_equal(job_add(b->s, "issue", "reg_1", 100), OK);
	assert_int_equal(job_add(b->s, "revoke", "crt_1", 101), OK);
	assert_int_equal(job_add(b->s, "message", "msg_1", 102), OK);
	assert_int_equal(
	    job_take_but(b->s, &b->a, ",issue,revoke,", 200, 10, &j), OK);
	assert_string_equal(j.name, "message");
	assert_int_equal(job_next(b->s, ",issue,revoke,message,", &next), OK);
	assert_int_equal(next, 0);
	/* a name within another is another */
	assert_int_equal(
	    job_take_but(b->s, &b->a, ",reissue,", 200, 10, &j), OK);
	assert_string_equal(j.name, "issue");
}

static void
a_job_that_had_to_wait_has_not_been_tried(void **state)
{
	struct bench *b = *state;
	struct job j;

	assert_int_equal(job_add(b->s, "inspect", "evd_1", 100), OK);
	for (int i = 1; i <= 20; i++) {
		assert_int_equal(job_take(b->s, &b->a, 100 * i, 10, &j), OK);
		assert_int_equal(j.tries, 1);
		assert_int_equal(job_wait(b->s, j.id, 100 * i + 100), OK);
	}
}

/* Whoever waits longest is next, in whatever order they asked again. */
static void
those_that_wait_are_woken_in_their_order(void **state)
{
	struct bench *b = *state;
	int64_t now = clock_now(), later = now + 60000;
	struct job j, first;

	assert_int_equal(job_add(b->s, "inspect", "evd_1", now), OK);
	assert_int_equal(job_take(b->s, &b->a, now, 10, &first), OK);
	usleep(3000); /* made at another millisecond */
	assert_int_equal(job_add(b->s, "inspect", "evd_2", now), OK);
	assert_int_equal(job_take(b->s, &b->a, now, 10, &j), OK);
	assert_string_equal(j.subject, "evd_2");
	assert_int_equal(job_wait(b->s, j.id, later), OK);
	assert_int_equal(job_wait(b->s, first.id, later + 400), OK);
	assert_int_equal(job_wake(b->s, later + 500), OK);
	assert_int_equal(job_take(b->s, &b->a, now + 100, 10, &j), OK);
	assert_string_equal(j.subject, "evd_1");
	assert_int_equal(job_take(b->s, &b->a, now + 100, 10, &j), OK);
	assert_string_equal(j.subject, "evd_2");
}

static void
a_job_that_is_asked_for_while_it_runs_runs_again(void **state)
{
	struct bench *b = *state;
	struct job j, again;

	assert_int_equal(job_add(b->s, "check", "reg_1", 100), OK);
	assert_int_equal(job_take(b->s, &b->a, 100, 1000, &j), OK);
	assert_int_equal(job_add(b->s, "check", "reg_1", 150), OK);
	assert_int_equal(job_done(b->s, j.id), OK);
	assert_int_equal(job_take(b->s, &b->a, 150, 1000, &again), OK);
	assert_string_not_equal(again.id, j.id);
}

static void
asking_again_pulls_a_job_earlier_never_later(void **state)
{
	struct bench *b = *state;
	int64_t next;

	assert_int_equal(job_add(b->s, "crl", "ca", 100), OK);
	assert_int_equal(job_add(b->s, "crl", "ca", 200), OK);
	assert_int_equal(job_next(b->s, "", &next), OK);
	assert_int_equal(next, 100);
	assert_int_equal(job_add(b->s, "crl", "ca", 50), OK);
	assert_int_equal(job_next(b->s, "", &next), OK);
	assert_int_equal(next, 50);
}

static void
what_was_not_committed_is_gone(void **state)
{
	struct bench *b = *state;
	struct registration r = sample("reg_1", "a@example.org", 0), out;

	assert_int_equal(store_begin(b->s), OK);
	assert_int_equal(registration_insert(b->s, &r), OK);
	store_rollback(b->s);
	store_rollback(b->s);
	assert_int_equal(registration_load(b->s, &b->a, "reg_1", &out),
	    ERR_NOT_FOUND);
	assert_int_equal(store_begin(b->s), OK);
	assert_int_equal(registration_insert(b->s, &r), OK);
	assert_int_equal(store_commit(b->s), OK);
	assert_int_equal(registration_load(b->s, &b->a, "reg_1", &out), OK);
}

static void
nothing_measured_stays_nothing(void **state)
{
	struct bench *b = *state;
	struct registration r = sample("reg_1", "a@example.org", 0);
	struct verdict_row v = {"quality", "pass", "", "sharp", NAN, 0.5, 3, 1,
	    {1, 2, 3, 4}};
	struct verdict_row *rows;
	size_t count;

	assert_int_equal(registration_insert(b->s, &r), OK);
	assert_int_equal(verdict_save(b->s, "reg_1", 1, &v), OK);
	assert_int_equal(verdict_list(b->s, &b->a, "reg_1", 1, &rows, &count),
	    OK);
	assert_int_equal(count, 1);
	assert_true(isnan(rows[0].value));
	assert_true(rows[0].threshold > 0.49 && rows[0].threshold < 0.51);
	assert_int_equal(rows[0].box.height, 4);
	assert_int_equal(verdict_list(b->s, &b->a, "reg_1", 2, &rows, &count),
	    OK);
	assert_int_equal(count, 0);
}

static void
findings_keep_their_order_and_their_boxes(void **state)
{
	struct bench *b = *state;
	struct registration r = sample("reg_1", "a@example.org", 0);
	struct evidence e = {.id = "evd_1",
	    .registration = "reg_1",
	    .kind = "document_front",
	    .state = "read",
	    .reasons = "",
	    .media_type = "image/png",
	    .sha256 = "",
	    .attempt = 1,
	    .sealed_key = SPAN("abc", 3)};
	static struct findings in, out;

	assert_int_equal(registration_insert(b->s, &r), OK);
	assert_int_equal(evidence_save(b->s, &e), OK);
	assert_int_equal(findings_add_text(&in, FINDING_mrz_line_1, "P<UTO",
			     0.9, (struct box){1, 2, 3, 4}),
	    OK);
	assert_int_equal(findings_add_number(&in, FINDING_width, 640,
			     (struct box){0}),
	    OK);
	assert_int_equal(findings_save(b->s, "evd_1", &in), OK);
	assert_int_equal(findings_save(b->s, "evd_1", &in), OK);
	assert_int_equal(findings_load(b->s, "evd_1", &out), OK);
	assert_int_equal(out.count, 2);
	assert_string_equal(out.items[0].text, "P<UTO");
	assert_int_equal(out.items[0].box.width, 3);
	assert_true(out.items[1].value > 639);
	assert_int_equal(evidence_find(b->s, &b->a, "reg_1", 1,
			     "document_front", &e),
	    OK);
	assert_memory_equal(e.sealed_key.data, "abc", 3);
}

static void
an_older_or_edited_schema_is_refused(void **state)
{
	struct bench *b = *state;
	AUTO(store_close) struct store *s = NULL;
	char path[128];

	assert_int_equal(migrate_check(b->s), OK);
	assert_int_equal(migrate_run(b->s), OK);
	assert_int_equal(engine_script(b->s,
			     "UPDATE migrations SET sha256 = 'x'"),
	    OK);
	assert_int_equal(migrate_check(b->s), ERR_UNAVAILABLE);
	assert_int_equal(migrate_run(b->s), ERR_UNAVAILABLE);
	assert_int_equal(engine_script(b->s, "DELETE FROM migrations"), OK);
	assert_int_equal(migrate_check(b->s), ERR_UNAVAILABLE);
	snprintf(path, sizeof(path), "%s/none", b->dir);
	assert_int_equal(store_open(path, false, &s), ERR_NOT_FOUND);
}

static void
the_database_is_for_its_owner_alone(void **state)
{
	struct bench *b = *state;
	struct stat st;

	assert_int_equal(stat(b->path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
}

/* A column list and a shape that differ would mix up members. */
static void
every_statement_is_valid(void **state)
{
	struct bench *b = *state;

	for (size_t id = 0; id < SQL_COUNT; id++) {
		AUTO(query_end) struct query q = {0};
		/* no values: binding fails, or there is nothing to bind */
		enum err result = query_start(b->s, (enum sql)id,
		    NULL, 0, &q);
		if (result != OK)
			assert_non_null(strstr(err_explanation(), "range"));
	}
}

static void
features_come_and_go(void **state)
{
	struct bench *b = *state;
	bool on = true;

	assert_int_equal(feature_on(b->s, "wsp_a", "certificate_creation", &on),
	    OK);
	assert_false(on);
	for (int i = 0; i < 2; i++)
		assert_int_equal(feature_set(b->s, "wsp_a",
				     "certificate_creation", true, 1),
		    OK);
	assert_int_equal(feature_on(b->s, "wsp_a", "certificate_creation", &on),
	    OK);
	assert_true(on);
	assert_int_equal(feature_set(b->s, "wsp_a", "certificate_creation",
			     false, 1),
	    OK);
	assert_int_equal(feature_on(b->s, "wsp_a", "certificate_creation", &on),
	    OK);
	assert_false(on);
}

static void
a_session_ends_by_time_and_by_hand(void **state)
{
	struct bench *b = *state;
	struct member m = {"mem_a", "wsp_a", "Ida@example.org",
	    "ida@example.org", "Ida", "owner", "", 0, 0, 0, 1};
	struct member out;
	const char *email;

	assert_int_equal(member_save(b->s, &m), OK);
	assert_int_equal(session_save(b->s, "digest", "mem_a", 10, 20), OK);
	assert_int_equal(session_member(b->s, &b->a, "digest", 19, &out), OK);
	assert_string_equal(out.name, "Ida");
	assert_int_equal(session_member(b->s, &b->a, "digest", 20, &out),
	    ERR_NOT_FOUND);
	assert_int_equal(session_end(b->s, "digest"), OK);
	assert_int_equal(session_member(b->s, &b->a, "digest", 19, &out),
	    ERR_NOT_FOUND);
	struct api_key k = {"apk_1", "wsp_a", "script", "read", "mem_a", 1, 0};
	assert_int_equal(api_key_save(b->s, &k, "kd"), OK);
	assert_int_equal(requester_email(b->s, &b->a, "apk_1", &email), OK);
	assert_string_equal(email, "Ida@example.org");
	assert_int_equal(requester_email(b->s, &b->a, "apk_2", &email),
	    ERR_NOT_FOUND);
}

static void
a_take_and_its_chunks_come_back_as_they_were_stored(void **state)
{
	struct bench *b = *state;
	struct registration r = sample("reg_a", "a@example.org", 10);
	struct take t = {.id = "tak_1", .registration = "reg_a",
	    .part = "face", .state = "recording", .prompts = "look_ahead",
	    .asked = "", .shown = "", .media_type = "video/webm",
	    .chain = "00", .hints = "{}", .evidence = "", .attempt = 1,
	    .created_at = 5, .expires_at = 9};
	struct chunk c = {.take = "tak_1", .id = "chk_1", .sha256 = "aa",
	    .mac = "bb", .position = 1, .size = 3, .created_at = 6,
	    .sealed_key = SPAN("key", 3)};
	struct take out, *takes;
	struct chunk *chunks;
	size_t count;

	assert_int_equal(registration_insert(b->s, &r), OK);
	assert_int_equal(take_save(b->s, &t), OK);
	t.chunks = 1;
	t.evidence = "evd_1";
	t.started_at = 7;
	assert_int_equal(take_save(b->s, &t), OK);
	assert_int_equal(take_of_evidence(b->s, &b->a, "evd_1", &out), OK);
	assert_string_equal(out.id, "tak_1");
	assert_int_equal(out.chunks, 1);
	assert_int_equal(out.started_at, 7);
	assert_int_equal(out.created_at, 5);
	assert_int_equal(take_list(b->s, &b->a, "reg_a", &takes, &count), OK);
	assert_int_equal(count, 1);
	assert_int_equal(chunk_save(b->s, &c), OK);
	assert_int_equal(chunk_save(b->s, &c), ERR_CONFLICT);
	c.position = 0;
	c.id = "chk_0";
	assert_int_equal(chunk_save(b->s, &c), OK);
	assert_int_equal(chunk_list(b->s, &b->a, "tak_1", &chunks, &count),
	    OK);
	assert_int_equal(count, 2);
	assert_string_equal(chunks[0].id, "chk_0");
	assert_memory_equal(chunks[1].sealed_key.data, "key", 3);
	assert_int_equal(chunk_remove(b->s, "tak_1"), OK);
	assert_int_equal(chunk_load(b->s, &b->a, "tak_1", 0, &c),
	    ERR_NOT_FOUND);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    CASE(a_registration_comes_back_as_it_was_stored),
	    CASE(a_second_open_one_is_a_conflict_and_a_closed_one_is_not),
	    CASE(who_comes_second_with_an_old_row_is_refused),
	    CASE(pages_neither_repeat_nor_skip_in_any_order),
	    CASE(search_keeps_the_signs_of_addresses_apart_from_names),
	    CASE(search_takes_parts_and_no_pattern_of_others),
	    CASE(a_bad_cursor_limit_or_order_is_refused),
	    CASE(what_is_due_is_found_to_the_millisecond),
	    CASE(a_job_is_taken_once_and_again_after_its_lease),
	    CASE(a_job_that_is_held_is_not_taken_when_its_lease_would_end),
	    CASE(a_job_that_had_to_wait_has_not_been_tried),
	    CASE(jobs_of_kinds_that_cannot_be_done_now_do_not_hide_the_others),
	    CASE(those_that_wait_are_woken_in_their_order),
	    CASE(a_job_that_is_asked_for_while_it_runs_runs_again),
	    CASE(asking_again_pulls_a_job_earlier_never_later),
	    CASE(what_was_not_committed_is_gone),
	    CASE(nothing_measured_stays_nothing),
	    CASE(findings_keep_their_order_and_their_boxes),
	    CASE(an_older_or_edited_schema_is_refused),
	    CASE(the_database_is_for_its_owner_alone),
	    CASE(every_statement_is_valid),
	    CASE(features_come_and_go),
	    CASE(a_session_ends_by_time_and_by_hand),
	    CASE(a_take_and_its_chunks_come_back_as_they_were_stored),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
