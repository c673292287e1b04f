#include "web/hints.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

static uint8_t key_bytes[] = {1, 2, 3};
static const struct secret key = {key_bytes, sizeof(key_bytes), 0};
static const struct hints_from nobody = {"", &key, "reg_1"};
static const struct hints_from linux_firefox = {"Firefox, Linux", &key,
    "reg_1"};

static const char *
family(const char *user_agent)
{
	static char device[DEVICE_MAX];

	device_family(user_agent, device);
	return device;
}

static void
a_device_is_told_by_family_and_no_closer(void **state)
{
	(void)state;
	assert_string_equal(
	    family("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) "
		   "Gecko/20100101 Firefox/128.0"),
	    "Firefox, Linux");
	assert_string_equal(
	    family("Mozilla/5.0 (Linux; Android 14; Pixel 8) "
		   "AppleWebKit/537.36 (KHTML, like Gecko) "
		   "Chrome/126.0.0.0 Mobile Safari/537.36"),
	    "Chrome, Android");
	assert_string_equal(
	    family("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) "
		   "AppleWebKit/605.1.15 (KHTML, like Gecko) "
		   "Version/17.5 Mobile/15E148 Safari/604.1"),
	    "Safari, iPhone");
	assert_string_equal(
	    family("Mozilla/5.0 (Windows NT 10.0; Win64; x64) "
		   "AppleWebKit/537.36 (KHTML, like Gecko) "
		   "Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0"),
	    "Edge, Windows");
	assert_string_equal(
	    family("Mozilla/5.0 (Linux; Android 13) SamsungBrowser/24.0 "
		   "Chrome/117.0.0.0 Mobile Safari/537.36"),
	    "Samsung Internet, Android");
	assert_string_equal(family("curl/8.0"), "");
	assert_string_equal(family("something on Windows"), "Windows");
	assert_string_equal(family(""), "");
}

static void
a_camera_that_is_a_program_is_known_by_its_label(void **state)
{
	(void)state;
	assert_string_equal(virtual_camera("OBS Virtual Camera"), "obs");
	assert_string_equal(virtual_camera("ManyCam Virtual Webcam"),
	    "manycam");
	assert_string_equal(virtual_camera("Dummy video device (0x0000)"),
	    "loopback");
	assert_string_equal(virtual_camera("Something virtual"), "any");
	assert_string_equal(virtual_camera("fake_device_0"), "fake_device");
}

static void
a_camera_that_is_one_is_not_taken_for_a_program(void **state)
{
	static const char *const labels[] = {"", "FaceTime HD Camera",
	    "Integrated Camera (04f2:b604)", "HD Pro Webcam C920",
	    "camera2 1, facing front", "Front Camera", "Back Camera",
	    "Logitech BRIO", "Caméra avant", "USB2.0 HD UVC WebCam",
	    "Surface Camera Front"};

	(void)state;
	for (size_t i = 0; i < sizeof(labels) / sizeof(labels[0]); i++)
		assert_string_equal(virtual_camera(labels[i]), "");
}

static void
hints_are_written_anew_and_without_the_label(void **state)
{
	AUTO(arena_clear) struct arena a;
	const char *out;

	(void)state;
	arena_init(&a, (size_t)1 << 20);
	assert_int_equal(hints_read(&a,
			     "{ \"label\": \"OBS of \\\"Zoé\\\" virtual\","
			     "\"width\": 1280, \"device_changed\": true,"
			     "\"capabilities\": [\"zoom\", \"torch\"],"
			     "\"facing\": \"user\" }",
			     &linux_firefox, &out),
	    OK);
	assert_string_equal(out,
	    "{\"virtual_camera\":\"any\","
	    "\"camera\":\"384e9db2dabeee7f\",\"facing\":\"user\",\"width\":1280,"
	    "\"capabilities\":\"zoom torch\",\"device_changed\":true,"
	    "\"device\":\"Firefox, Linux\"}");
	assert_int_equal(hints_read(&a, "", &nobody, &out), OK);
	assert_string_equal(out, "{}");
	assert_int_equal(hints_read(&a, "{}", &nobody, &out), OK);
	assert_string_equal(out, "{}");
}

/* Of one registration only: nobody is followed by a camera. */
static void
a_camera_is_known_again_in_its_registration_alone(void **state)
{
	static const struct hints_from other = {"", &key, "reg_2"};
	static const char label[] = "{\"label\":\"Webcam of Zoé\"}";
	AUTO(arena_clear) struct arena a;
	const char *first, *again, *elsewhere, *second;

	(void)state;
	arena_init(&a, (size_t)1 << 20);
	assert_int_equal(hints_read(&a, label, &nobody, &first), OK);
	assert_int_equal(hints_read(&a, label, &nobody, &again), OK);
	assert_int_equal(hints_read(&a, label, &other, &elsewhere), OK);
	assert_int_equal(hints_read(&a, "{\"label\":\"Webcam\"}", &nobody,
			     &second),
	    OK);
	assert_string_equal(first, again);
	assert_string_not_equal(first, elsewhere);
	assert_string_not_equal(first, second);
	assert_int_equal(strlen(first), strlen("{\"camera\":\"\"}") + 16);
}

/* Firefox said nothing of any camera for years; Chrome says it of each. */
static void
capabilities_are_missing_where_a_browser_always_tells_them(void **state)
{
	static const struct {
		const char *device;
		bool missing;
	} cases[] = {{"Chrome, Android", true}, {"Safari, iPhone", true},
	    {"Edge, Windows", true}, {"Firefox, Linux", false},
	    {"Firefox, iPhone", false}, {"", false}, {"Windows", false},
	    {"Chromes", false}};
	AUTO(arena_clear) struct arena a;
	const char *out;

	(void)state;
	arena_init(&a, (size_t)1 << 20);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct hints_from from = {cases[i].device, &key, "reg_1"};

		assert_int_equal(hints_read(&a, "{\"width\":640}", &from,
				     &out),
		    OK);
		assert_int_equal(
		    strstr(out, "\"capabilities_missing\":true") != NULL,
		    cases[i].missing);
		assert_int_equal(hints_read(&a,
				     "{\"capabilities\":[\"zoom\"]}", &from,
				     &out),
		    OK);
		assert_null(strstr(out, "capabilities_missing"));
	}
}

static void
hints_that_are_not_in_the_table_are_refused(void **state)
{
	static const char *const wrong[] = {"[]", "{", "1", "\"x\"",
	    "{\"x\":1}", "{\"width\":-1}", "{\"width\":123456}",
	    "{\"width\":1.5}", "{\"width\":{}}", "{\"facing\":\"up\"}",
	    "{\"capabilities\":\"Zoom\"}", "{\"label\":\"a\\u0000b\"}",
	    "{\"label\":\"a\\nb\"}", "{\"device_changed\":\"perhaps\"}",
	    "{\"width\":1,\"width\":2}"};
	AUTO(arena_clear) struct arena a;
	const char *out;

	(void)state;
	arena_init(&a, (size_t)1 << 20);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		assert_int_equal(hints_read(&a, wrong[i], &nobody, &out),
		    ERR_INVALID);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_device_is_told_by_family_and_no_closer),
	    cmocka_unit_test(a_camera_that_is_a_program_is_known_by_its_label),
	    cmocka_unit_test(a_camera_that_is_one_is_not_taken_for_a_program),
	    cmocka_unit_test(hints_are_written_anew_and_without_the_label),
	    cmocka_unit_test(
		a_camera_is_known_again_in_its_registration_alone),
	    cmocka_unit_test(
		capabilities_are_missing_where_a_browser_always_tells_them),
	    cmocka_unit_test(hints_that_are_not_in_the_table_are_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
