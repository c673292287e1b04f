#include "ident/document.h"
#include "base/enum.h"
#include "ident/country.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

static const char *const eu[] = {"AUT", "BEL", "BGR", "CYP", "CZE", "DEU",
    "DNK", "ESP", "EST", "FIN", "FRA", "GRC", "HRV", "HUN", "IRL", "ITA",
    "LTU", "LUX", "LVA", "MLT", "NLD", "POL", "PRT", "ROU", "SVK", "SVN",
    "SWE"};

static void
every_state_of_the_union_has_its_passport_and_card(void **state)
{
	(void)state;
	assert_int_equal(COUNT_OF(eu), 27);
	for (size_t i = 0; i < COUNT_OF(eu); i++) {
		assert_true(document_accepts(eu[i], "passport", 'l', false));
		assert_true(document_accepts(eu[i], "passport", 's', false));
		bool card = document_accepts(eu[i], "identity_card", 'l',
		    false);
		assert_int_equal(card, strcmp(eu[i], "DNK") != 0);
	}
}

static void
other_passports_serve_the_lowest_level_only(void **state)
{
	static const char *const others[] = {"ISL", "LBN", "LIE", "MDG", "MAR",
	    "MCO", "SEN", "CHE", "GBR", "USA"};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(others); i++) {
		assert_true(document_accepts(others[i], "passport", 'l',
		    false));
		assert_false(document_accepts(others[i], "passport", 'q',
		    false));
	}
	assert_true(document_accepts("MCO", "identity_card", 'l', false));
	assert_false(document_accepts("CHE", "identity_card", 'l', false));
	assert_false(document_accepts("RUS", "passport", 'l', false));
	assert_true(document_accepts("FRA", "residence_permit", 'l', false));
	assert_false(document_accepts("ITA", "residence_permit", 'l', false));
	assert_false(document_accepts("FRA", "driving_licence", 'l', false));
}

static void
specimens_are_for_test_workspaces(void **state)
{
	(void)state;
	assert_false(document_accepts("UTO", "passport", 'l', false));
	assert_true(document_accepts("UTO", "passport", 'l', true));
}

static void
models_are_told_apart_by_their_zone(void **state)
{
	const struct document *old = document_of_format("FRA",
	    "identity_card", MRZ_FRA2);

	(void)state;
	assert_non_null(old);
	assert_true(document_row_accepts(old, 'l', false));
	assert_false(document_row_accepts(old, 'q', false));
	assert_int_equal(document_of_format("FRA", "identity_card",
	    MRZ_TD1)->format, MRZ_TD1);
	assert_null(document_of_format("FRA", "identity_card", MRZ_TD3));
}

static bool
is_of_the_union(const char *country)
{
	return enum_find(eu, COUNT_OF(eu), country) < COUNT_OF(eu);
}

/* A level that claims to be qualified must say which text it leans on. */
static void
what_serves_above_lcp_cites_a_text(void **state)
{
	const struct document *d;

	(void)state;
	for (size_t i = 0; (d = document_at(i)); i++) {
		if (!strpbrk(d->levels, "qs"))
			continue;
		assert_true(strstr(d->source, "Regulation") ||
		    strcmp(d->country, "UTO") == 0);
		assert_true(is_of_the_union(d->country) ||
		    strcmp(d->country, "UTO") == 0);
	}
}

/* Open, or confirmed by a description that is named; not both, not neither. */
static bool
tells_whether_it_is_confirmed(const char *source)
{
	static const char by[] = "confirmed by ";
	bool open = strstr(source, "to be confirmed") != NULL;
	const char *told = strstr(source, by);

	return open != (told && told[sizeof(by) - 1] != '\0');
}

static void
each_row_says_what_confirms_it_or_that_nothing_does(void **state)
{
	const struct document *d;

	(void)state;
	for (size_t i = 0; (d = document_at(i)); i++)
		assert_true(tells_whether_it_is_confirmed(d->source) ||
		    strcmp(d->country, "UTO") == 0);
	assert_true(tells_whether_it_is_confirmed(
	    "Regulation (EC) 2252/2004; model confirmed by PRADO"));
	assert_false(tells_whether_it_is_confirmed(
	    "Regulation (EC) 2252/2004; model confirmed by "));
	assert_false(tells_whether_it_is_confirmed(
	    "confirmed by PRADO; first day to be confirmed"));
	assert_false(tells_whether_it_is_confirmed(
	    "Regulation (EC) 2252/2004; a fine model"));
}

static void
permits_above_lcp_are_of_the_model_of_2017(void **state)
{
	const struct document *d;

	(void)state;
	for (size_t i = 0; (d = document_at(i)); i++)
		if (strcmp(d->kind, "residence_permit") == 0 &&
		    strcmp(d->country, "UTO") && strchr(d->levels, 'q'))
			assert_non_null(strstr(d->source, "2017/1954"));
	assert_false(document_accepts("DNK", "residence_permit", 'q', false));
	assert_false(document_accepts("IRL", "residence_permit", 'q', false));
	assert_true(document_accepts("ITA", "residence_permit", 'q', false));
}

static void
passports_have_one_side_and_cards_two(void **state)
{
	(void)state;
	assert_int_equal(document_sides("FRA", "passport"), 1);
	assert_int_equal(document_sides("FRA", "identity_card"), 2);
	assert_int_equal(document_sides("FRA", "library_card"), 0);
	assert_int_equal(document_sides(NULL, NULL), 0);
}

static void
every_row_is_of_a_known_country_and_kind(void **state)
{
	const struct document *d;
	size_t i = 0;

	(void)state;
	for (; (d = document_at(i)); i++) {
		assert_non_null(country_find(d->country));
		assert_string_not_equal(document_kind_text(d->kind, "fr"), "");
		assert_true(mrz_format_is_evidence(d->format));
		assert_true(d->sides == 1 || d->sides == 2);
		assert_string_not_equal(d->source, "");
		assert_string_not_equal(d->levels, "");
	}
	assert_true(i > 100);
}

static void
the_code_of_a_zone_fits_its_kind(void **state)
{
	struct mrz passport = {.format = MRZ_TD3, .code = "P", .issuer = "FRA",
	    .nationality = "FRA"};
	struct mrz card = {.format = MRZ_TD1, .code = "ID", .issuer = "FRA",
	    .nationality = "FRA"};

	(void)state;
	assert_true(document_code_fits(&passport, "passport"));
	assert_false(document_code_fits(&passport, "identity_card"));
	assert_true(document_code_fits(&card, "identity_card"));
	assert_false(document_code_fits(&card, "passport"));
	assert_false(document_code_fits(&card, "residence_permit"));
	memcpy(card.nationality, "MAR", 4);
	assert_true(document_code_fits(&card, "residence_permit"));
	memcpy(card.code, "IR", 3);
	assert_false(document_code_fits(&card, "identity_card"));
	memcpy(card.code, "AC", 3);
	assert_false(document_code_fits(&card, "identity_card"));
	memcpy(card.code, "IP", 3);
	assert_false(document_code_fits(&card, "identity_card"));
	memcpy(card.issuer, "IRL", 4);
	assert_true(document_code_fits(&card, "identity_card"));
	card.format = MRZ_MRVB;
	assert_false(document_code_fits(&card, "identity_card"));
	assert_false(document_code_fits(&card, NULL));
}

static void
states_have_one_name_for_all_their_codes(void **state)
{
	(void)state;
	assert_string_equal(country_find("D")->alpha2, "DE");
	assert_string_equal(country_alpha3("D"), "DEU");
	assert_string_equal(country_alpha3("GBN"), "GBR");
	assert_string_equal(country_alpha3("FRA"), "FRA");
	assert_string_equal(country_find("RKS")->alpha2, "XK");
	assert_string_equal(country_find("FRA")->french, "France");
	assert_true(country_same("D", "DEU"));
	assert_false(country_same("AUT", "AUS"));
	assert_null(country_find("132"));
	assert_null(country_find(""));
	assert_null(country_find(NULL));
}

static void
kinds_have_names_in_two_languages(void **state)
{
	(void)state;
	assert_string_equal(document_kind_text("passport", "fr"), "passeport");
	assert_string_equal(document_kind_text("passport", "en"), "passport");
	assert_string_equal(document_kind_text("visa", "en"), "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(
		every_state_of_the_union_has_its_passport_and_card),
	    cmocka_unit_test(other_passports_serve_the_lowest_level_only),
	    cmocka_unit_test(specimens_are_for_test_workspaces),
	    cmocka_unit_test(models_are_told_apart_by_their_zone),
	    cmocka_unit_test(what_serves_above_lcp_cites_a_text),
	    cmocka_unit_test(
		each_row_says_what_confirms_it_or_that_nothing_does),
	    cmocka_unit_test(permits_above_lcp_are_of_the_model_of_2017),
	    cmocka_unit_test(passports_have_one_side_and_cards_two),
	    cmocka_unit_test(every_row_is_of_a_known_country_and_kind),
	    cmocka_unit_test(the_code_of_a_zone_fits_its_kind),
	    cmocka_unit_test(states_have_one_name_for_all_their_codes),
	    cmocka_unit_test(kinds_have_names_in_two_languages),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
