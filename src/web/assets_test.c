/*
 * Pages and files: what is served, and what never is.
 */
#include "web/assets.h"

#include "base/enum.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

struct ground {
	char dir[64];
	struct web web;
	struct request q;
};

static void
put_file(const struct ground *g, const char *name, const char *text)
{
	char path[256];

	snprintf(path, sizeof(path), "%s/%s", g->dir, name);
	AUTO(close) int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
}

static int
prepare(void **state)
{
	struct ground *g = calloc(1, sizeof(*g));
	char path[256];

	snprintf(g->dir, sizeof(g->dir), "/tmp/assets-XXXXXX");
	assert_non_null(mkdtemp(g->dir));
	snprintf(path, sizeof(path), "%s/assets", g->dir);
	assert_int_equal(mkdir(path, 0700), 0);
	put_file(g, "app.html", "<app>");
	put_file(g, "missing.html", "<missing>");
	put_file(g, "participant.html", "<participant>");
	put_file(g, "assets/a-1f2e3d4c.js", "code");
	put_file(g, "assets/a-1f2e3d4c.js.gz", "packed");
	put_file(g, ".secret", "secret");
	snprintf(path, sizeof(path), "%s/link.html", g->dir);
	assert_int_equal(symlink("/etc/passwd", path), 0);
	assert_int_equal(assets_load(g->dir, &g->web.assets), OK);
	g->q.web = &g->web;
	*state = g;
	return 0;
}

static int
leave(void **state)
{
	static const char *const names[] = {"assets/a-1f2e3d4c.js",
		"assets/a-1f2e3d4c.js.gz", "assets", "app.html",
		"missing.html", "participant.html", ".secret", "link.html", ""};
	struct ground *g = *state;
	char path[256];

	assets_free(g->web.assets);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		snprintf(path, sizeof(path), "%s/%s", g->dir, names[i]);
		remove(path);
	}
	arena_clear(&g->q.arena);
	free(g);
	return 0;
}

static enum err
ask(struct ground *g, const char *path)
{
	arena_clear(&g->q.arena);
	arena_init(&g->q.arena, 1 << 20);
	reply_init(&g->q);
	g->q.path = path;
	return assets_answer(&g->q);
}

static void
set_header(struct ground *g, const char *name, const char *value)
{
	g->q.headers[0] = (struct header){name, value};
	g->q.header_count = 1;
}

static const char *
reply_header_of(const struct ground *g, const char *name)
{
	for (size_t i = 0; i < g->q.reply.header_count; i++)
		if (strcmp(g->q.reply.headers[i].name, name) == 0)
			return g->q.reply.headers[i].value;
	return "";
}

static void
serves_the_page_of_each_address(void **state)
{
	struct ground *g = *state;

	assert_int_equal(ask(g, "/"), OK);
	assert_int_equal(g->q.reply.fixed.size, 5);
	assert_string_equal(g->q.reply.type, "text/html; charset=utf-8");
	assert_string_equal(reply_header_of(g, "Cache-Control"), "no-cache");
	assert_int_equal(ask(g, "/r"), OK);
	assert_int_equal(g->q.reply.fixed.size, 13);
	assert_int_equal(ask(g, "/login"), OK);
	assert_int_equal(ask(g, "/certificates/crt_a"), OK);
	assert_int_equal(ask(g, "/rx"), ERR_NOT_FOUND);
	assert_int_equal(ask(g, "/nothing"), ERR_NOT_FOUND);
}

static void
tells_a_browser_in_a_page_that_there_is_nothing(void **state)
{
	struct ground *g = *state;

	set_header(g, "Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
	assert_int_equal(ask(g, "/nothing"), OK);
	assert_int_equal(g->q.reply.status, 404);
	assert_int_equal(g->q.reply.fixed.size, 9);
	assert_string_equal(g->q.reply.type, "text/html; charset=utf-8");
	assert_string_equal(reply_header_of(g, "ETag"), "");
	assert_int_equal(ask(g, "/v1/nothing"), ERR_NOT_FOUND);
	set_header(g, "Accept", "*/*");
	assert_int_equal(ask(g, "/nothing"), ERR_NOT_FOUND);
}

static void
keeps_hashed_files_and_gives_them_packed(void **state)
{
	struct ground *g = *state;

	assert_int_equal(ask(g, "/assets/a-1f2e3d4c.js"), OK);
	assert_int_equal(g->q.reply.fixed.size, 4);
	assert_non_null(strstr(reply_header_of(g, "Cache-Control"),
	    "immutable"));
	set_header(g, "Accept-Encoding", "br, gzip");
	assert_int_equal(ask(g, "/assets/a-1f2e3d4c.js"), OK);
	assert_int_equal(g->q.reply.fixed.size, 6);
	assert_string_equal(reply_header_of(g, "Content-Encoding"), "gzip");
	assert_non_null(strstr(g->q.reply.type, "javascript"));
}

static void
says_when_nothing_has_changed(void **state)
{
	struct ground *g = *state;
	char etag[40];

	assert_int_equal(ask(g, "/app.html"), OK);
	snprintf(etag, sizeof(etag), "%s", reply_header_of(g, "ETag"));
	set_header(g, "If-None-Match", etag);
	assert_int_equal(ask(g, "/app.html"), OK);
	assert_int_equal(g->q.reply.status, 304);
	assert_int_equal(g->q.reply.fixed.size, 0);
	assert_int_equal(ask(g, "/r"), OK);
	assert_int_equal(g->q.reply.status, 200);
}

static void
never_leaves_the_folder(void **state)
{
	struct ground *g = *state;

	assert_int_equal(ask(g, "/../etc/passwd"), ERR_NOT_FOUND);
	assert_int_equal(ask(g, "/assets/../app.html"), ERR_NOT_FOUND);
	assert_int_equal(ask(g, "/%2e%2e/etc/passwd"), ERR_NOT_FOUND);
	assert_int_equal(ask(g, "/.secret"), ERR_NOT_FOUND);
	assert_int_equal(ask(g, "/link.html"), ERR_NOT_FOUND);
	assert_int_equal(ask(g, "/assets"), ERR_NOT_FOUND);
	assert_int_equal(ask(g, "app.html"), ERR_NOT_FOUND);
}

static void
an_absent_folder_has_no_pages(void **state)
{
	struct assets *none;

	(void)state;
	assert_int_equal(assets_load("/nonexistent", &none), OK);
	assert_false(assets_whole(none));
	assets_free(none);
}

static void
pages_are_whole_when_each_is_there(void **state)
{
	static const char *const rest[] = {"documents.html", "renew.html",
		"repository.html", "revoke.html"};
	struct ground *g = *state;
	struct assets *whole;
	char path[256];

	assert_false(assets_whole(g->web.assets));
	for (size_t i = 0; i < COUNT_OF(rest); i++)
		put_file(g, rest[i], "<page>");
	assert_int_equal(assets_load(g->dir, &whole), OK);
	assert_true(assets_whole(whole));
	assets_free(whole);
	for (size_t i = 0; i < COUNT_OF(rest); i++) {
		snprintf(path, sizeof(path), "%s/%s", g->dir, rest[i]);
		assert_int_equal(remove(path), 0);
	}
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, prepare, leave)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(serves_the_page_of_each_address),
		CASE(tells_a_browser_in_a_page_that_there_is_nothing),
		CASE(keeps_hashed_files_and_gives_them_packed),
		CASE(says_when_nothing_has_changed),
		CASE(never_leaves_the_folder),
		CASE(pages_are_whole_when_each_is_there),
		cmocka_unit_test(an_absent_folder_has_no_pages),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
