/*
 * Policy texts: nothing is left open unseen, and nothing claims more than is
 * so.
 */
#include "flow/policy.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static struct arena arena;

static struct policy
load(const char *settings, enum policy_kind kind, const char *language)
{
	AUTO(conf_free) struct conf *conf = NULL;
	struct policy p;

	assert_int_equal(conf_parse(span_of_text(settings), "/", &conf), OK);
	assert_int_equal(policy_load(conf, &arena, kind, language, &p), OK);
	return p;
}

static const char filled[] =
    "[policy]\naddress = 1 rue du Port\naudit = a\navailability = b\n"
    "complaints = c\ncontinuity = d\ncontrols = e\nemail = x@example.org\n"
    "goals = n\nlaw = f\nliability = g\nprivacy = h\nrefund = i\nsupervisor = j\n"
    "telephone = k\ntermination = l\ntoken = m\nversion = 1.0\n";

static void
what_is_not_filled_in_is_seen(void **state)
{
	(void)state;
	for (unsigned k = 0; k < POLICY_COUNT; k++)
		for (unsigned l = 0; policy_languages[l]; l++) {
			struct policy p = load("", (enum policy_kind)k,
			    policy_languages[l]);

			assert_true(p.missing >= 9);
			assert_non_null(strstr(p.text, POLICY_HOLE "address"));
			assert_null(strstr(p.text, "{{"));
		}
}

static void
a_text_that_is_filled_in_has_no_hole(void **state)
{
	(void)state;
	for (unsigned k = 0; k < POLICY_COUNT; k++)
		for (unsigned l = 0; policy_languages[l]; l++) {
			struct policy p = load(filled, (enum policy_kind)k,
			    policy_languages[l]);

			assert_int_equal(p.missing, 0);
			assert_null(strstr(p.text, POLICY_HOLE));
			assert_non_null(strstr(p.text, "1 rue du Port"));
		}
}

static void
the_settings_that_are_empty_are_named(void **state)
{
	AUTO(conf_free) struct conf *none = NULL, *one = NULL, *all = NULL;
	enum conf_key keys[POLICY_SETTINGS];

	(void)state;
	assert_int_equal(conf_parse(span_of_text(""), "/", &none), OK);
	assert_int_equal(policy_missing(none, keys), POLICY_SETTINGS);
	assert_int_equal(conf_parse(span_of_text("[policy]\naddress = x\n"),
			     "/", &one),
	    OK);
	assert_int_equal(policy_missing(one, keys), POLICY_SETTINGS - 1);
	assert_string_equal(conf_key_name(keys[0]), "policy.audit");
	assert_int_equal(conf_parse(span_of_text(filled), "/", &all), OK);
	assert_int_equal(policy_missing(all, keys), 0);
}

static void
no_setting_makes_it_say_that_it_is_qualified(void **state)
{
	static const char *const settings[] = {"",
	    "[trust]\nqualified = yes\n"};

	(void)state;
	struct policy p = load(settings[0], POLICY_PDS, "en");
	assert_non_null(strstr(p.text, "The service is not qualified"));
	p = load(settings[1], POLICY_PDS, "en");
	assert_null(strstr(p.text, "The service is not qualified"));
	assert_non_null(strstr(p.text, "said by the trusted list"));
	for (size_t i = 0; i < 2; i++)
		for (unsigned k = 0; k < POLICY_COUNT; k++) {
			p = load(settings[i], (enum policy_kind)k, "en");
			assert_null(strcasestr(p.text, "is a qualified trust"));
			assert_null(strcasestr(p.text, "service is qualified."));
		}
}

static void
a_test_service_says_so(void **state)
{
	(void)state;
	struct policy p = load("[pki]\norganisation = TEST Notaires\n",
	    POLICY_CPS, "en");
	assert_non_null(strstr(p.text, "This is a test service."));
	p = load("[pki]\norganisation = Notaires\n", POLICY_CPS, "en");
	assert_null(strstr(p.text, "This is a test service."));
}

static void
settings_stand_in_the_text(void **state)
{
	(void)state;
	struct policy p = load("[pki]\norganisation = Notaires\n"
			       "validity_days = 730\ncrl_hours = 36\n"
			       "policy_oid = 1.2.3.4\n[retention]\n"
			       "issued_days = 3653\nabandoned_days = 14\n"
			       "recordings_days = 366\n",
	    POLICY_PDS, "fr");
	assert_non_null(strstr(p.text, "au plus 2 ans"));
	assert_non_null(strstr(p.text, "au plus 36 heures"));
	assert_non_null(strstr(p.text, "1.2.3.4"));
	assert_non_null(strstr(p.text, "pendant 10 ans"));
	assert_non_null(strstr(p.text, "après 14 jours"));
	assert_non_null(strstr(p.text, "des pièces pendant 1 an ;"));
	assert_string_equal(p.title,
	    "Déclaration relative à l'infrastructure de clés publiques");
	p = load("[registration]\ndays = 1\n", POLICY_CPS, "en");
	assert_non_null(strstr(p.text, "It ends after 1 day;"));
}

/* The chapters that EN 319 411-1 annex A asks for, and those of RFC 3647. */
static void
both_languages_have_every_chapter(void **state)
{
	static const int chapters[] = {[POLICY_CPS] = 9, [POLICY_PDS] = 11};

	(void)state;
	for (unsigned k = 0; k < POLICY_COUNT; k++)
		for (unsigned l = 0; policy_languages[l]; l++) {
			struct policy p = load("", (enum policy_kind)k,
			    policy_languages[l]);
			int found = 0;
			for (const char *at = p.text;
			     (at = strstr(at, "\n# ")) != NULL; at++)
				found++;
			assert_int_equal(found, chapters[k]);
		}
}

static void
there_is_no_text_in_another_language(void **state)
{
	AUTO(conf_free) struct conf *conf = NULL;
	struct policy p;

	(void)state;
	assert_int_equal(conf_parse(span_of_text(""), "/", &conf), OK);
	assert_int_equal(policy_load(conf, &arena, POLICY_PDS, "xx", &p),
	    ERR_NOT_FOUND);
	assert_int_equal(policy_load(conf, &arena, POLICY_PDS, "../en", &p),
	    ERR_NOT_FOUND);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_is_not_filled_in_is_seen),
	    cmocka_unit_test(a_text_that_is_filled_in_has_no_hole),
	    cmocka_unit_test(the_settings_that_are_empty_are_named),
	    cmocka_unit_test(no_setting_makes_it_say_that_it_is_qualified),
	    cmocka_unit_test(a_test_service_says_so),
	    cmocka_unit_test(settings_stand_in_the_text),
	    cmocka_unit_test(both_languages_have_every_chapter),
	    cmocka_unit_test(there_is_no_text_in_another_language),
	};

	arena_init(&arena, (size_t)16 << 20);
	int failed = cmocka_run_group_tests_name("policy", tests, NULL, NULL);
	arena_clear(&arena);
	return failed;
}
