#include "proc/inspection.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static enum err
cross_inspection(
    struct inspection_request in, struct inspection_request *out)
{
	AUTO(buf_clear) struct buf b;

	buf_init(&b, WIRE_MAX);
	assert_int_equal(inspection_request_put(&b, &in), OK);
	return inspection_request_get(span_of_buf(&b), out);
}

static void
an_inspection_request_survives_the_wire(void **state)
{
	struct inspection_request in = {.kind = INSPECTION_face,
	    .wall_ms = 20000, .detail = "abc", .detail_size = 3}, out;

	(void)state;
	assert_int_equal(cross_inspection(in, &out), OK);
	assert_int_equal(out.kind, INSPECTION_face);
	assert_int_equal(out.wall_ms, 20000);
	assert_true(span_equal(SPAN(out.detail, out.detail_size),
	    SPAN("abc", 3)));
}

static void
refuses_an_inspection_without_or_with_endless_time(void **state)
{
	struct inspection_request out;

	(void)state;
	assert_int_equal(
	    cross_inspection((struct inspection_request){.wall_ms = 0}, &out),
	    ERR_INVALID);
	assert_int_equal(
	    cross_inspection(
		(struct inspection_request){.wall_ms = 3600000}, &out),
	    ERR_INVALID);
}

static enum err
cross_still(const char *registration, struct still_request *out)
{
	AUTO(buf_clear) struct buf b;
	struct still_request in = {.kind = "still_back"};

	snprintf(in.registration, sizeof(in.registration), "%s", registration);
	buf_init(&b, WIRE_MAX);
	assert_int_equal(still_request_put(&b, &in), OK);
	return still_request_get(span_of_buf(&b), out);
}

static void
a_still_request_survives_the_wire(void **state)
{
	char registration[ID_SIZE];
	struct still_request out;

	(void)state;
	id_make("reg", registration);
	assert_int_equal(cross_still(registration, &out), OK);
	assert_string_equal(out.registration, registration);
	assert_string_equal(out.kind, "still_back");
}

static void
refuses_a_still_of_what_is_no_registration(void **state)
{
	struct still_request out;

	(void)state;
	assert_int_equal(cross_still("../../etc/passwd", &out), ERR_INVALID);
	assert_int_equal(cross_still("", &out), ERR_INVALID);
}

static void
refuses_a_question_that_is_cut(void **state)
{
	struct inspection_request inspection;
	struct still_request still;

	(void)state;
	assert_int_equal(
	    inspection_request_get(SPAN("\0\0\0\5front", 9), &inspection),
	    ERR_INVALID);
	assert_int_equal(still_request_get(SPAN("\0\0\0\1", 4), &still),
	    ERR_INVALID);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(an_inspection_request_survives_the_wire),
	    cmocka_unit_test(
		refuses_an_inspection_without_or_with_endless_time),
	    cmocka_unit_test(a_still_request_survives_the_wire),
	    cmocka_unit_test(refuses_a_still_of_what_is_no_registration),
	    cmocka_unit_test(refuses_a_question_that_is_cut),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
