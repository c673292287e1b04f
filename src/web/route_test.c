/*
 * Addresses, and whose pages may write.
 */
#include "web/who.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static struct web web;
static struct request q;
static struct conf *conf;

static int
prepare(void **state)
{
	static const char text[] =
	    "[web]\nbase_url = https://paraph.example.org\n";

	(void)state;
	assert_int_equal(conf_parse(SPAN(text, sizeof(text) - 1), "/", &conf),
	    OK);
	web.conf = conf;
	q = (struct request){.web = &web};
	arena_init(&q.arena, 1 << 20);
	reply_init(&q);
	return 0;
}

static int
leave(void **state)
{
	(void)state;
	arena_clear(&q.arena);
	conf_free(conf);
	return 0;
}

static enum err
find(enum method method, const char *path)
{
	q.method = method;
	q.path = path;
	q.route = NULL;
	return route_find(&q);
}

static void
finds_a_handler_by_method_and_path(void **state)
{
	(void)state;
	assert_int_equal(find(METHOD_GET, "/v1/registrations"), OK);
	assert_string_equal(q.route->name, "registration_list");
	assert_int_equal(find(METHOD_POST, "/v1/registrations"), OK);
	assert_string_equal(q.route->name, "registration_create");
	assert_int_equal(find(METHOD_GET, "/v1/registrations.csv"), OK);
	assert_string_equal(q.route->name, "registration_csv");
	assert_int_equal(find(METHOD_GET, "/v1/reviews/reg_a/stills/front.jpg"),
	    OK);
	assert_string_equal(q.params[0], "reg_a");
	assert_string_equal(q.params[1], "front.jpg");
	assert_int_equal(find(METHOD_POST,
			     "/v1/session/reg_a/takes/tak_b/chunks/12"),
	    OK);
	assert_string_equal(q.params[1], "tak_b");
	assert_string_equal(q.params[2], "12");
	assert_int_equal(find(METHOD_GET, "/pki/ocsp/MEQw%2F/Qj==/x"), OK);
	assert_string_equal(q.params[0], "MEQw%2F/Qj==/x");
}

static void
refuses_other_paths_and_methods(void **state)
{
	char path[18 + 1402] = "";

	(void)state;
	assert_int_equal(find(METHOD_GET, "/v1/registrations/"),
	    ERR_NOT_FOUND);
	assert_int_equal(find(METHOD_GET, "/v1/registrations/a%2fb"),
	    ERR_NOT_FOUND);
	assert_int_equal(find(METHOD_GET, "/v1//registrations"),
	    ERR_NOT_FOUND);
	memset(path, 'a', sizeof(path) - 1);
	memcpy(path, "/v1/registrations/", 18);
	assert_int_equal(find(METHOD_GET, path), ERR_NOT_FOUND);
	path[18 + 1400] = '\0';
	assert_int_equal(find(METHOD_GET, path), OK);
	assert_int_equal(find(METHOD_OTHER, "/v1/registrations"), ERR_METHOD);
	assert_int_equal(find(METHOD_GET, "/v1/login"), ERR_METHOD);
	assert_string_equal(q.reply.headers[q.reply.header_count - 1].value,
	    "POST");
}

static enum err
origin(const char *name, const char *value)
{
	q.headers[0] = (struct header){"Host", "localhost:8080"};
	q.headers[1] = (struct header){name, value};
	q.header_count = 2;
	return who_same_origin(&q);
}

static void
takes_writes_from_our_own_pages_only(void **state)
{
	(void)state;
	assert_int_equal(origin("Origin", "https://paraph.example.org"), OK);
	assert_int_equal(origin("Origin", "http://localhost:8080"), OK);
	assert_int_equal(origin("Origin", "http://localhost:8081"),
	    ERR_DENIED);
	assert_int_equal(origin("Origin", "https://paraph.example.org.evil"),
	    ERR_DENIED);
	assert_int_equal(origin("Origin", "https://paraph.example.or"),
	    ERR_DENIED);
	assert_int_equal(origin("Origin", "null"), ERR_DENIED);
	assert_int_equal(origin("Sec-Fetch-Site", "cross-site"), ERR_DENIED);
	assert_int_equal(origin("Sec-Fetch-Site", "same-site"), ERR_DENIED);
	assert_int_equal(origin("Sec-Fetch-Site", "same-origin"), OK);
	assert_int_equal(origin("User-Agent", "a program"), OK);
}

static void
gives_roles_their_rights(void **state)
{
	(void)state;
	assert_true(rights_of("contributor").creates);
	assert_false(rights_of("contributor").revokes);
	assert_true(rights_of("admin").revokes);
	assert_false(rights_of("reader").creates);
	assert_true(rights_of("auditor").sees);
	assert_false(rights_of("auditor").reviews);
	assert_true(rights_of("operator").reviews);
	assert_false(rights_of("operator").sees);
	assert_false(rights_of("").sees);
	assert_false(rights_of("root").creates);
}

static void
finds_cookies_by_their_whole_name(void **state)
{
	(void)state;
	q.headers[0] = (struct header){"cookie",
		"xparaph_session=a; paraph_session_=b; paraph_session=c=d; e"};
	q.header_count = 1;
	assert_string_equal(request_cookie(&q, SESSION_COOKIE), "c=d");
	assert_string_equal(request_cookie(&q, "e"), "");
	assert_string_equal(request_cookie(&q, "paraph"), "");
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, prepare, leave)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(finds_a_handler_by_method_and_path),
		CASE(refuses_other_paths_and_methods),
		CASE(takes_writes_from_our_own_pages_only),
		CASE(gives_roles_their_rights),
		CASE(finds_cookies_by_their_whole_name),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
