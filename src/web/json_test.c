/*
 * The JSON writer.
 */
#include "web/json.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static void
writes_every_kind(void **state)
{
	AUTO(buf_clear) struct buf out;
	struct json j = json_into(&out);

	(void)state;
	buf_init(&out, 4096);
	json_open(&j, NULL);
	json_text(&j, "a", "x\"y\\z\n");
	json_text(&j, "b", "");
	json_exactly(&j, "c", "");
	json_number(&j, "d", -5);
	json_measure(&j, "e", NAN);
	json_measure(&j, "f", 0.5);
	json_bool(&j, "g", true);
	json_time(&j, "h", 0);
	json_time(&j, "i", 1);
	json_words(&j, "k", "one  two");
	json_words(&j, "l", "");
	json_list(&j, "m");
	json_open(&j, NULL);
	json_close(&j);
	json_raw(&j, NULL, "1");
	json_end(&j);
	json_close(&j);
	assert_int_equal(json_done(&j), OK);
	assert_string_equal(buf_text(&out),
	    "{\"a\":\"x\\\"y\\\\z\\u000a\",\"b\":null,\"c\":\"\",\"d\":-5,"
	    "\"e\":null,\"f\":0.5,\"g\":true,\"h\":null,"
	    "\"i\":\"1970-01-01T00:00:00.001Z\",\"k\":[\"one\",\"two\"],"
	    "\"l\":[],\"m\":[{},1]}");
}

static void
stays_failed_past_the_ceiling(void **state)
{
	AUTO(buf_clear) struct buf out;
	struct json j = json_into(&out);

	(void)state;
	buf_init(&out, 10);
	json_open(&j, NULL);
	json_text(&j, "key", "a long text");
	json_close(&j);
	assert_int_equal(json_done(&j), ERR_TOO_LARGE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(writes_every_kind),
		cmocka_unit_test(stays_failed_past_the_ceiling),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
