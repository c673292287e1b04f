/*
 * The store on a database of its own: what goes in comes out, and unique
 * rules hold.
 */
#include "store/fixture.h"

#include "base/clock.h"
#include "store/columns.h"
#include "store/migrate.h"
#include "store/query.h"

#include <math.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

static void
a_registration_comes_back_as_it_was_stored(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_sample("reg_1", "zoe@example.org", 5), out;

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
	struct registration one = bench_sample("reg_1", "zoe@example.org", 5);
	struct registration two = bench_sample("reg_2", "zoe@example.org", 6);

	assert_int_equal(registration_insert(b->s, &one), OK);
	assert_int_equal(registration_insert(b->s, &two), ERR_CONFLICT);
	two.workspace = "wsp_b";
	assert_int_equal(registration_insert(b->s, &two), OK);
	one.state = "cancelled";
	assert_int_equal(registration_update(b->s, &one), OK);
	two = bench_sample("reg_3", "zoe@example.org", 6);
	assert_int_equal(registration_insert(b->s, &two), OK);
}

static void
who_comes_second_with_an_old_row_is_refused(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_sample("reg_1", "zoe@example.org", 5), old;

	assert_int_equal(registration_insert(b->s, &r), OK);
	old = r;
	r.language = "en";
	assert_int_equal(registration_update(b->s, &r), OK);
	assert_int_equal(r.version, 2);
	assert_int_equal(registration_update(b->s, &old), ERR_CONFLICT);
	assert_int_equal(old.version, 1);
}

static void
what_is_due_is_found_to_the_millisecond(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_sample("reg_1", "a@example.org", 0), *rows;
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
what_was_not_committed_is_gone(void **state)
{
	struct bench *b = *state;
	struct registration r = bench_sample("reg_1", "a@example.org", 0), out;

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
	struct registration r = bench_sample("reg_1", "a@example.org", 0);
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
	struct registration r = bench_sample("reg_1", "a@example.org", 0);
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
	struct registration r = bench_sample("reg_a", "a@example.org", 10);
	struct take t = {.id = "tak_1", .registration = "reg_a",
	    .part = "face", .state = "recording", .prompts = "look_ahead",
	    .asked = "", .shown = "", .media_type = "video/webm",
	    .chain = "00", .hints = "{}", .evidence = "", .seal = "",
	    .attempt = 1,
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
	t.seal = "ee";
	t.started_at = 7;
	assert_int_equal(take_save(b->s, &t), OK);
	assert_int_equal(take_of_evidence(b->s, &b->a, "evd_1", &out), OK);
	assert_string_equal(out.id, "tak_1");
	assert_string_equal(out.seal, "ee");
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

static const char *const texts[] = {
#define SQL(name, text) [SQL_##name] = "EXPLAIN QUERY PLAN " text,
#include "store/sql.def"
#undef SQL
};

/* Of a million rows, five hundred: none are gathered and sorted first. */
static void
a_page_is_read_along_an_index(void **state)
{
	static const enum sql pages[] = {SQL_certificate_after,
	    SQL_certificate_of_issuer, SQL_evidence_kept};
	struct bench *b = *state;
	sqlite3 *db;

	assert_int_equal(sqlite3_open(b->path, &db), SQLITE_OK);
	for (size_t i = 0; i < sizeof(pages) / sizeof(*pages); i++) {
		sqlite3_stmt *plan;

		assert_int_equal(sqlite3_prepare_v2(db, texts[pages[i]], -1,
				     &plan, NULL),
		    SQLITE_OK);
		while (sqlite3_step(plan) == SQLITE_ROW) {
			const char *step =
			    (const char *)sqlite3_column_text(plan, 3);

			if (strncmp(step, "SCAN", 4) == 0 ||
			    strstr(step, "TEMP B-TREE"))
				fail_msg("%s", step);
		}
		sqlite3_finalize(plan);
	}
	sqlite3_close(db);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    CASE(a_registration_comes_back_as_it_was_stored),
	    CASE(a_second_open_one_is_a_conflict_and_a_closed_one_is_not),
	    CASE(who_comes_second_with_an_old_row_is_refused),
	    CASE(what_is_due_is_found_to_the_millisecond),
	    CASE(what_was_not_committed_is_gone),
	    CASE(nothing_measured_stays_nothing),
	    CASE(findings_keep_their_order_and_their_boxes),
	    CASE(an_older_or_edited_schema_is_refused),
	    CASE(the_database_is_for_its_owner_alone),
	    CASE(every_statement_is_valid),
	    CASE(a_page_is_read_along_an_index),
	    CASE(features_come_and_go),
	    CASE(a_session_ends_by_time_and_by_hand),
	    CASE(a_take_and_its_chunks_come_back_as_they_were_stored),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
