/*
 * Bodies: each encoding, and everything that is refused.
 */
#include "web/body.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#define JSON "application/json"
#define FORM "application/x-www-form-urlencoded"
#define PARTS "multipart/form-data; boundary=xyz"

static struct arena arena;
static struct fields fields;

static int
prepare(void **state)
{
	(void)state;
	arena_init(&arena, 16 << 20);
	return 0;
}

static int
leave(void **state)
{
	(void)state;
	arena_clear(&arena);
	return 0;
}

static enum err
parse(enum body body, const char *type, const char *text)
{
	return body_parse(&arena, body, type, span_of_text(text), &fields);
}

static void
assert_refused(enum body body, const char *type, const char *text,
    const char *field)
{
	assert_int_equal(parse(body, type, text), ERR_INVALID);
	assert_string_equal(err_field(), field);
}

static void
reads_json(void **state)
{
	(void)state;
	assert_int_equal(parse(BODY_registration, JSON,
	    "{\"applicant\": \" a@example.org\", \"level\": \"lcp\", "
	    "\"phone_number\": \"0033 6 12 34 56 78\", "
	    "\"send_invitation\": false, \"fullname\": null}"), OK);
	assert_string_equal(field_text(&fields, FIELD_registration_applicant),
	    "a@example.org");
	assert_string_equal(
	    field_text(&fields, FIELD_registration_phone_number),
	    "+33612345678");
	assert_false(field_flag(&fields, FIELD_registration_send_invitation,
	    true));
	assert_false(field_given(&fields, FIELD_registration_fullname));
}

static void
reads_forms_and_parts_alike(void **state)
{
	(void)state;
	assert_int_equal(parse(BODY_registration, FORM,
	    "applicant=a%40example.org&level=lcp&fullname=Zo%C3%AB+Luna"), OK);
	assert_string_equal(field_text(&fields, FIELD_registration_fullname),
	    "Zoë Luna");
	assert_int_equal(parse(BODY_registration, PARTS,
	    "--xyz\r\nContent-Disposition: form-data; name=\"applicant\"\r\n"
	    "\r\na@example.org\r\n--xyz\r\n"
	    "Content-Disposition: form-data; name=\"level\"\r\n\r\nlcp\r\n"
	    "--xyz--\r\n"), OK);
	assert_string_equal(field_text(&fields, FIELD_registration_level),
	    "lcp");
}

static void
takes_aliases_and_not_both(void **state)
{
	(void)state;
	assert_int_equal(parse(BODY_match, FORM,
	    "email=a@example.org&mon_certificate_level=qcp"), OK);
	assert_string_equal(
	    field_text(&fields, FIELD_match_min_certificate_level), "qcp");
	assert_refused(BODY_match, FORM,
	    "email=a@example.org&mon_certificate_level=qcp&"
	    "min_certificate_level=lcp", "min_certificate_level");
}

static void
refuses_unknown_fields_by_name(void **state)
{
	(void)state;
	assert_refused(BODY_code, JSON, "{\"code\":\"123456\",\"pin\":\"1\"}",
	    "pin");
	assert_refused(BODY_code, FORM, "code=123456&colour=blue", "colour");
	assert_refused(BODY_none, JSON, "{\"a\":1}", "a");
	/* a name that could not be shown as it is */
	assert_refused(BODY_code, FORM, "<script>=1", "");
}

static void
names_the_fields_there_are(void **state)
{
	(void)state;
	assert_refused(BODY_certificates, FORM, "colour=blue", "colour");
	assert_string_equal(err_explanation(), "is not a known field; known "
	    "here: query, serial, level, status, cursor, limit");
	assert_refused(BODY_none, JSON, "{\"a\":1}", "a");
	assert_string_equal(err_explanation(),
	    "is not a known field; known here: none");
	assert_refused(BODY_picture, PARTS,
	    "--xyz\r\nContent-Disposition: form-data; name=\"photo\"\r\n"
	    "\r\nx\r\n--xyz--\r\n", "photo");
	assert_string_equal(err_explanation(),
	    "is not a known field; known here: file");
}

/* An error has room for all of them. */
static void
names_all_of_them(void **state)
{
	(void)state;
	for (int body = BODY_none; body < BODY_COUNT; body++) {
		size_t count;
		const struct field_row *known = body_rows(body, &count);
		if (body_kind(body) != BODY_FIELDS || count == 0)
			continue;
		assert_refused(body, FORM, "colour_of_eyes=blue",
		    "colour_of_eyes");
		const char *last = known[count - 1].name;
		const char *text = err_explanation();
		assert_string_equal(text + strlen(text) - strlen(last), last);
	}
}

static void
refuses_what_is_missing_or_given_twice(void **state)
{
	(void)state;
	assert_refused(BODY_code, JSON, "{}", "code");
	assert_refused(BODY_code, JSON, "", "code");
	assert_refused(BODY_code, FORM, "code=", "code");
	assert_refused(BODY_code, FORM, "code=1&code=2", "code");
	assert_refused(BODY_code, JSON, "{\"code\":\"1\",\"code\":\"2\"}", "");
}

static void
refuses_control_characters_and_bad_utf8(void **state)
{
	(void)state;
	assert_refused(BODY_token, FORM, "token=a%0Ab", "token");
	assert_refused(BODY_name, FORM, "fullname=a%00b", "fullname");
	assert_refused(BODY_name, FORM, "fullname=%ff%fe", "fullname");
	assert_refused(BODY_name, FORM, "fullname=%c0%af", "fullname");
	assert_refused(BODY_name, JSON, "{\"fullname\":\"\xff\"}", "");
	assert_refused(BODY_name, JSON, "{\"fullname\":\"a\\u0007\"}",
	    "fullname");
	assert_refused(BODY_name, FORM, "fullname=%4", "");
}

static void
refuses_wrong_types(void **state)
{
	(void)state;
	assert_refused(BODY_confirm, JSON, "{\"correct\":\"maybe\"}",
	    "correct");
	assert_refused(BODY_confirm, JSON, "{\"correct\":{}}", "correct");
	assert_refused(BODY_confirm, JSON, "{\"correct\":[]}", "correct");
	assert_refused(BODY_confirm, JSON, "{\"correct\":1.5}", "");
	assert_refused(BODY_code, JSON, "{\"code\":\"12x456\"}", "code");
	assert_refused(BODY_consent, FORM, "sha256=abc", "sha256");
	assert_refused(BODY_document, FORM, "country=FR&kind=passport",
	    "country");
	assert_refused(BODY_document, FORM, "country=FRA&kind=pass+port",
	    "kind");
}

static void
keeps_metadata_as_one_object(void **state)
{
	(void)state;
	assert_int_equal(parse(BODY_registration, FORM,
	    "applicant=a@example.org&level=lcp&metadata[a]=1&metadata[b]=%22"),
	    OK);
	assert_string_equal(field_text(&fields, FIELD_registration_metadata),
	    "{\"a\":\"1\",\"b\":\"\\\"\"}");
	assert_refused(BODY_registration, JSON,
	    "{\"metadata\":{\"a\":{}}}", "metadata");
	assert_refused(BODY_registration, FORM, "metadata=x", "metadata");
	assert_refused(BODY_registration, FORM, "level[a]=lcp", "level[a]");
	assert_refused(BODY_registration, FORM, "metadata[]=x", "metadata");
}

static void
keeps_lists_as_words(void **state)
{
	(void)state;
	assert_int_equal(parse(BODY_decision, JSON,
	    "{\"decision\":\"redo\",\"reasons\":[\"blurred\",\"glare\"],"
	    "\"note\":\"one\\ntwo\"}"), OK);
	assert_string_equal(field_text(&fields, FIELD_decision_reasons),
	    "blurred glare");
	assert_refused(BODY_decision, JSON, "{\"reasons\":[1]}", "reasons");
	assert_refused(BODY_decision, JSON, "{\"decision\":[\"redo\"]}",
	    "decision");
}

static void
refuses_other_media_types(void **state)
{
	(void)state;
	assert_int_equal(parse(BODY_code, "text/plain", "code=123456"),
	    ERR_MEDIA_TYPE);
	assert_int_equal(parse(BODY_code, "", "code=123456"), ERR_MEDIA_TYPE);
	assert_int_equal(parse(BODY_picture, "image/webp", "RIFF"),
	    ERR_MEDIA_TYPE);
}

static void
takes_pictures_raw_or_as_the_part_file(void **state)
{
	(void)state;
	assert_int_equal(parse(BODY_picture, "image/jpeg", "bytes"), OK);
	assert_int_equal(fields.file.size, 5);
	assert_int_equal(parse(BODY_picture, "application/pdf", "%PDF-"), OK);
	assert_int_equal(parse(BODY_picture, PARTS,
	    "--xyz\r\nContent-Disposition: form-data; name=\"file\"; "
	    "filename=\"a.jpg\"\r\nContent-Type: image/jpeg\r\n\r\nbytes\r\n"
	    "--xyz--\r\n"), OK);
	assert_int_equal(fields.file.size, 5);
	assert_refused(BODY_picture, "image/jpeg", "", "file");
	assert_refused(BODY_picture, PARTS,
	    "--xyz\r\nContent-Disposition: form-data; name=\"other\"\r\n\r\n"
	    "bytes\r\n--xyz--\r\n", "other");
}

static void
keeps_an_object_as_its_text(void **state)
{
	char text[1200];

	(void)state;
	assert_int_equal(parse(BODY_take, JSON,
	    "{\"part\": \"face\", \"media_type\": \"video/webm\","
	    " \"hints\": {\"width\": 640, \"zoom\": [true, null]}}"), OK);
	assert_string_equal(field_text(&fields, FIELD_take_hints),
	    "{\"width\":640,\"zoom\":[true,null]}");
	assert_refused(BODY_take, JSON,
	    "{\"part\": \"face\", \"media_type\": \"a\", \"hints\": [1]}",
	    "hints");
	assert_refused(BODY_take, JSON,
	    "{\"part\": \"face\", \"media_type\": \"a\", \"hints\": \"{}\"}",
	    "hints");
	assert_refused(BODY_take, FORM, "part=face&media_type=a&hints=%7B%7D",
	    "hints");
	assert_refused(BODY_take, FORM, "part=face&media_type=a&hints[x]=1",
	    "hints[x]");
	snprintf(text, sizeof(text), "{\"part\": \"face\","
	    " \"media_type\": \"a\", \"hints\": {\"x\": \"%01000d\"}}", 0);
	assert_refused(BODY_take, JSON, text, "hints");
}

static void
takes_a_chunk_as_it_is_and_its_mac_from_the_query(void **state)
{
	static const char mac[] =
	    "mac=e003692f1dba11cea266440d0216fc0e"
	    "2bd41192e50c6ba2be05a7e08b11eacc";

	(void)state;
	assert_int_equal(parse(BODY_chunk, JSON, "{broken"), OK);
	assert_int_equal(fields.file.size, strlen("{broken"));
	assert_int_equal(body_parse_query(&arena, BODY_chunk, mac, &fields),
	    OK);
	assert_int_equal(strlen(field_text(&fields, FIELD_chunk_mac)), 64);
	assert_int_equal(body_parse_query(&arena, BODY_chunk, "mac=E0",
			     &fields),
	    ERR_INVALID);
	assert_int_equal(body_parse_query(&arena, BODY_chunk, "", &fields),
	    ERR_INVALID);
}

static void
reads_queries_by_the_same_table(void **state)
{
	(void)state;
	assert_int_equal(body_parse_query(&arena, BODY_registrations,
	    "limit=20&created_after=2026-11-01&order=asc", &fields), OK);
	assert_int_equal(field_number(&fields, FIELD_registrations_limit, 50),
	    20);
	assert_int_equal(
	    field_time(&fields, FIELD_registrations_created_after),
	    1793491200000);
	assert_int_equal(body_parse_query(&arena, BODY_registrations,
	    "order=sideways", &fields), ERR_INVALID);
	assert_int_equal(body_parse_query(&arena, BODY_none, "a=b", &fields),
	    OK);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, prepare, leave)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(reads_json),
		CASE(reads_forms_and_parts_alike),
		CASE(takes_aliases_and_not_both),
		CASE(refuses_unknown_fields_by_name),
		CASE(names_the_fields_there_are),
		CASE(names_all_of_them),
		CASE(refuses_what_is_missing_or_given_twice),
		CASE(refuses_control_characters_and_bad_utf8),
		CASE(refuses_wrong_types),
		CASE(keeps_metadata_as_one_object),
		CASE(keeps_lists_as_words),
		CASE(refuses_other_media_types),
		CASE(takes_pictures_raw_or_as_the_part_file),
		CASE(keeps_an_object_as_its_text),
		CASE(takes_a_chunk_as_it_is_and_its_mac_from_the_query),
		CASE(reads_queries_by_the_same_table),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
