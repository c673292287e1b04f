/*
 * Labels and the values that belong to them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/enum.h"
#include "vision/print/sheet_fixture.h"

static const char *
value_of(enum field field)
{
	static struct value v;
	sheet_find_labels(&sheet);
	sheet_value(&sheet, field, sheet.country, "card", &v);
	return v.print ? v.text : "";
}

static enum field
label_of(const char *text)
{
	begin();
	print_at(10, 10, 1.3f, text);
	sheet_find_labels(&sheet);
	return sheet.label_count > 0 ? sheet.labels[0].field : FIELD_COUNT;
}

static void
knows_labels_in_many_languages_and_a_little_misread(void **state)
{
	(void)state;
	assert_int_equal(label_of("Nom / Surname"), FIELD_surname);
	assert_int_equal(label_of("Nazwisko /Sumame"), FIELD_surname);
	assert_int_equal(label_of("Pr\u00e9nom(s)"), FIELD_given_names);
	assert_int_equal(label_of("NombreGiven names"), FIELD_given_names);
	assert_int_equal(label_of("Geburtstag / Date of birih"),
	    FIELD_birth_date);
	assert_int_equal(label_of("Lieu de naissance"), FIELD_birth_place);
	assert_int_equal(label_of("Place of birth"), FIELD_birth_place);
	assert_int_equal(label_of("Syntym\u00e4aika / Date of birth"),
	    FIELD_birth_date);
	assert_int_equal(label_of("No."), FIELD_number);
	assert_int_equal(label_of("IDENTETSKAART"), FIELD_title);
	assert_int_equal(label_of("ERIKSSON"), FIELD_COUNT);
	assert_int_equal(label_of("Anna Maria"), FIELD_COUNT);
	assert_int_equal(label_of("Organ"), FIELD_other);
	assert_int_equal(label_of("\u00d6RJAN KARL"), FIELD_COUNT);
	assert_int_equal(label_of("12.08.1974"), FIELD_COUNT);
}

static void
takes_what_stands_below_its_label(void **state)
{
	(void)state;
	begin();
	print_at(30, 10, 1.3f, "Nom / Surname");
	print_at(30, 13.5f, 2.2f, "LEF\u00c8VRE");
	print_at(30, 17, 1.3f, "Pr\u00e9noms / Given names");
	print_at(30, 20.5f, 2.2f, "Zo\u00e9");
	print_at(30, 24, 1.3f, "Date de naissance / Date of birth");
	print_at(30, 27.5f, 2.2f, "15 11 1988");
	assert_string_equal(value_of(FIELD_surname), "LEF\u00c8VRE");
	assert_string_equal(value_of(FIELD_given_names), "Zo\u00e9");
	assert_string_equal(value_of(FIELD_birth_date), "1988-11-15");
	assert_string_equal(value_of(FIELD_expiry), "");
}

static void
takes_what_stands_beside_or_behind_its_label(void **state)
{
	(void)state;
	begin();
	print_at(10, 10, 1.3f, "Nazwisko / Surname");
	print_at(34, 10, 2.2f, "GO\u0141\u0104B");
	print_at(10, 16, 1.6f, "Nom : DUPR\u00c9");
	assert_string_equal(value_of(FIELD_surname), "DUPR\u00c9");
	sheet.prints.count = 1;
	print_at(34, 10, 2.2f, "GO\u0141\u0104B");
	assert_string_equal(value_of(FIELD_surname), "GO\u0141\u0104B");
}

static void
two_columns_may_run_into_one_another(void **state)
{
	(void)state;
	begin();
	print_at(30, 10, 1.3f, "Sexe / Sex Date de naissance Date of birth");
	print_at(30, 13.5f, 2.2f, "F");
	print_at(40, 13.5f, 2.2f, "13 07 1990");
	print_at(30, 20, 1.3f, "Date of issue  Date of expiry");
	print_at(30, 23.5f, 1.5f, "12.02.2020 11.02.2030");
	assert_string_equal(value_of(FIELD_sex), "F");
	assert_string_equal(value_of(FIELD_birth_date), "1990-07-13");
	assert_string_equal(value_of(FIELD_issue_date), "2020-02-12");
	assert_string_equal(value_of(FIELD_expiry), "2030-02-11");
	print_at(50, 23.5f, 2.2f, "11.02.2031");
	assert_string_equal(value_of(FIELD_issue_date), "2020-02-12");
}

static void
a_period_has_the_day_of_issue_first(void **state)
{
	(void)state;
	begin();
	print_at(30, 10, 1.3f, "Geldig van - tot / Valid from - until");
	print_at(30, 13.5f, 2.2f, "05.02.2015 - 05.02.2025");
	assert_string_equal(value_of(FIELD_issue_date), "2015-02-05");
	assert_string_equal(value_of(FIELD_expiry), "2025-02-05");
}

static void
a_period_may_begin_with_a_short_year(void **state)
{
	(void)state;
	begin();
	print_at(30, 10, 1.3f, "Valabilitate/Validite/Validity");
	print_at(30, 13.5f, 2.2f, "14.03.13-25.08.2023");
	assert_string_equal(value_of(FIELD_issue_date), "");
	assert_string_equal(value_of(FIELD_expiry), "2023-08-25");
}

static void
a_date_is_no_place_and_no_nationality(void **state)
{
	static const char *const dates[] = {"02 OCT 1969", "02.10.1969",
	    "02 OKT/OCT 1969", "02 OCTOBER 1969", "02 OCT 19G9", "HT6408948"};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(dates); i++) {
		begin();
		print_at(30, 10, 1.3f, "Nationality");
		print_at(30, 13.5f, 2.2f, dates[i]);
		assert_string_equal(value_of(FIELD_nationality), "");
	}
	begin();
	print_at(30, 10, 1.3f, "Luogo e data di nascita");
	print_at(30, 13.5f, 2.2f, "ROMA (RM) 30.12.1964");
	assert_string_equal(value_of(FIELD_birth_place), "ROMA (RM");
	begin();
	print_at(30, 10, 1.3f, "Place of birth");
	print_at(30, 13.5f, 2.2f, "PARIS 12E (75)");
	assert_string_equal(value_of(FIELD_birth_place), "PARIS 12E (75");
}

static void
one_label_may_name_two_fields(void **state)
{
	(void)state;
	begin();
	print_at(30, 10, 1.3f, "Luogo e data di nascita");
	print_at(30, 13.5f, 2.2f, "ROMA (RM) 30.12.1964");
	assert_string_equal(value_of(FIELD_birth_date), "1964-12-30");
}

static void
a_short_english_name_is_what_stands_beside_it(void **state)
{
	(void)state;
	begin();
	print_at(30, 10, 1.3f, "Cognome / Surname");
	print_at(30, 13.5f, 2.2f, "ROSSI");
	print_at(30, 17, 1.3f, "Nome / Name");
	print_at(30, 20.5f, 2.2f, "BIANCA");
	assert_string_equal(value_of(FIELD_surname), "ROSSI");
	assert_string_equal(value_of(FIELD_given_names), "BIANCA");
	assert_int_equal(label_of("Name / Surname / Nom"), FIELD_surname);
}

static void
reads_a_french_front_of_2021(void **state)
{
	(void)state;
	begin();
	print_at(28, 8, 2, "CARTE NATIONALE D'IDENTIT\u00c9 / IDENTITY CARD");
	print_at(30, 12, 1.1f, "NOM / Surname");
	print_at(30, 15, 2.2f, "MARTIN");
	print_at(30, 19, 1.1f, "Pr\u00e9noms / Given names");
	print_at(30, 22, 2.2f, "Ma\u00eblys-Ga\u00eblle, Marie");
	print_at(30, 25, 1.1f, "SEXE / Sex");
	print_at(40, 25, 1.1f, "NATIONALIT\u00c9 / Nationality");
	print_at(62, 25, 1.1f, "DATE DE NAISS. / Date of birth");
	print_at(30, 28, 2.2f, "F");
	print_at(40, 28, 2.2f, "FRA");
	print_at(62, 28, 2.2f, "13 07 1990");
	print_at(30, 37, 1.1f, "NOM D'USAGE / Alternate name");
	print_at(30, 40, 2.2f, "DUBOIS");
	print_at(30, 43, 1.1f, "N\u00b0 DU DOCUMENT / Document No");
	print_at(62, 43, 1.1f, "DATE D'EXPIR. / Expiry date");
	print_at(30, 46, 2.2f, "X4RTBPFW4");
	print_at(62, 46, 2.2f, "11 02 2030");
	assert_string_equal(value_of(FIELD_surname), "MARTIN");
	assert_string_equal(value_of(FIELD_given_names),
	    "Ma\u00eblys-Ga\u00eblle Marie");
	assert_string_equal(value_of(FIELD_usage_name), "DUBOIS");
	assert_string_equal(value_of(FIELD_birth_date), "1990-07-13");
	assert_string_equal(value_of(FIELD_number), "X4RTBPFW4");
	assert_string_equal(value_of(FIELD_expiry), "2030-02-11");
	assert_string_equal(sheet.country, "FRA");
}

static void
an_o_among_digits_is_a_zero(void **state)
{
	static const char *const texts[][2] = {
	    {"MNRPJOL7N", "MNRPJ0L7N"}, {"CAO12345PO", "CA012345PO"},
	    {"ABO123456", "AB0123456"}, {"AOB123456", "AOB123456"},
	    {"X4RTBPFWO", "X4RTBPFW0"},
	    {"606032245k", "606032245"}};
	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		begin();
		print_at(30, 10, 1.3f, "Document No.");
		print_at(30, 13.5f, 2.2f, texts[i][0]);
		assert_string_equal(value_of(FIELD_number), texts[i][1]);
	}
}

static void
a_missing_value_is_not_the_next_field_s(void **state)
{
	(void)state;
	begin();
	print_at(30, 10, 1.3f, "Nom / Surname");
	print_at(30, 17, 1.3f, "Pr\u00e9noms / Given names");
	print_at(30, 20.5f, 2.2f, "Zo\u00e9");
	assert_string_equal(value_of(FIELD_surname), "");
	assert_string_equal(value_of(FIELD_given_names), "Zo\u00e9");
}

static void
a_value_of_another_shape_is_none(void **state)
{
	(void)state;
	begin();
	print_at(30, 10, 1.3f, "Date of birth");
	print_at(30, 13.5f, 2.2f, "LIEGE");
	print_at(60, 10, 1.3f, "Document No.");
	print_at(60, 13.5f, 2.2f, "11.04.2033");
	print_at(60, 16, 2.2f, "13 SEP/SEP 03");
	print_at(30, 20, 1.3f, "Sex");
	print_at(30, 23.5f, 2.2f, "KF");
	assert_string_equal(value_of(FIELD_birth_date), "");
	assert_string_equal(value_of(FIELD_number), "");
	assert_string_equal(value_of(FIELD_sex), "");
	print_at(30, 23.5f, 2.2f, "K / F");
	assert_string_equal(value_of(FIELD_sex), "F");
}

/* Fine lines of the ground are read as letters. */
static void
specks_beside_a_value_are_not_of_it(void **state)
{
	(void)state;
	begin();
	print_at(30, 10, 1.3f, "Document No.");
	print_at(30, 13.5f, 2.2f, "qABA980950");
	print_at(30, 20, 1.3f, "Surname");
	print_at(30, 23.5f, 2.2f, "HORNER e");
	print_at(30, 30, 1.3f, "Given names");
	print_at(30, 33.5f, 2.2f, "i\u00d1IGO");
	print_at(30, 40, 1.3f, "Date of birth");
	print_at(30, 43.5f, 2.2f, "E22.06.197O e");
	assert_string_equal(value_of(FIELD_number), "ABA980950");
	assert_string_equal(value_of(FIELD_surname), "HORNER");
	assert_string_equal(value_of(FIELD_given_names), "i\u00d1IGO");
	assert_string_equal(value_of(FIELD_birth_date), "1970-06-22");
	sheet.prints.count--;
	print_at(30, 43.5f, 2.2f, "0112196OY");
	assert_string_equal(value_of(FIELD_birth_date), "1960-12-01");
	sheet.prints.count--;
	print_at(30, 43.5f, 2.2f, "01121960YX1");
	assert_string_equal(value_of(FIELD_birth_date), "");
}

static void
a_badly_read_date_is_no_number(void **state)
{
	static const char *const dates[] = {"06.09.198", "006.09.1989",
	    "609.1989", "6.091.1989"};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(dates); i++) {
		begin();
		print_at(30, 10, 1.3f, "Document No.");
		print_at(30, 13.5f, 2.2f, dates[i]);
		assert_string_equal(value_of(FIELD_number), "");
	}
	begin();
	print_at(30, 10, 1.3f, "Document No.");
	print_at(30, 13.5f, 2.2f, "12.345.678-9");
	assert_string_equal(value_of(FIELD_number), "12.345.678-9");
}

static void
words_and_places_are_no_numbers(void **state)
{
	(void)state;
	begin();
	print_at(30, 10, 1.3f, "Document No.");
	print_at(30, 13.5f, 2.2f, "NACIONAL");
	print_at(30, 15, 2.2f, "LYON (69)");
	assert_string_equal(value_of(FIELD_number), "");
}

static void
a_title_beside_a_number_s_label_claims_nothing(void **state)
{
	(void)state;
	begin();
	print_at(30, 10, 1.3f, "Passeport m /Passport No");
	print_at(30, 13.5f, 2.2f, "26RC63716");
	assert_string_equal(value_of(FIELD_number), "26RC63716");
}

static void
short_words_of_a_label_may_look_like_others(void **state)
{
	(void)state;
	begin();
	print_at(30, 10, 2, "N\u00e9(e) Ie");
	print_at(45, 10, 2, "10.12.1979");
	assert_string_equal(value_of(FIELD_birth_date), "1979-12-10");
}

static void
a_layout_says_where_a_value_without_label_stands(void **state)
{
	(void)state;
	begin();
	print_at(10, 5, 2, "BUNDESREPUBLIK DEUTSCHLAND");
	print_at(62, 9, 2.4f, "L01X00T47");
	assert_string_equal(value_of(FIELD_number), "L01X00T47");
	assert_string_equal(sheet.country, "DEU");
	sheet.prints.at[0].count = 6; /* no country, no layout */
	assert_string_equal(value_of(FIELD_number), "");
}

/* Countries as a contributor adds them: their labels, months and sign. */
static void
reads_fronts_of_countries_added_by_rows(void **state)
{
	(void)state;
	begin();
	print_at(8, 5, 2, "\u00cdSLAND / ICELAND");
	print_at(43, 15, 1.3f, "1. Eftirnafn/Surname");
	print_at(43, 18.4f, 2, "\u00de\u00d3RSD\u00d3TTIR");
	print_at(43, 30, 1.3f, "F\u00e6\u00f0ingardagur");
	print_at(43, 33.4f, 2, "04 J\u00daN 1991");
	assert_string_equal(value_of(FIELD_surname),
	    "\u00de\u00d3RSD\u00d3TTIR");
	assert_string_equal(value_of(FIELD_birth_date), "1991-06-04");
	assert_string_equal(sheet.country, "ISL");
	begin();
	print_at(8, 5, 2, "T\u00dcRK\u0130YE CUMHUR\u0130YET\u0130");
	print_at(30, 15, 1.3f, "Soyad\u0131");
	print_at(30, 18.4f, 2, "YILDIRIM");
	print_at(30, 30, 1.3f, "Son Ge\u00e7erlilik");
	print_at(30, 33.4f, 2, "12.04.2031");
	print_at(30, 40, 1.3f, "Veren Makam"); /* claims no name */
	print_at(30, 43.4f, 2, "BAKANLIK");
	assert_string_equal(value_of(FIELD_surname), "YILDIRIM");
	assert_string_equal(value_of(FIELD_expiry), "2031-04-12");
	assert_string_equal(value_of(FIELD_given_names), "");
	assert_string_equal(sheet.country, "TUR");
	begin();
	print_at(20, 5, 2, "UKRAINE");
	print_at(30, 15, 1.3f, "Record No.");
	print_at(30, 18.4f, 2, "19850712-01234");
	assert_string_equal(value_of(FIELD_number), "");
	assert_string_equal(sheet.country, "UKR");
}

static void
a_label_that_was_cut_off_is_known_by_its_other_language(void **state)
{
	(void)state;
	begin();
	print_at(30, 10, 1.2f, "NOME J SURNANE");
	print_at(30, 13.5f, 2, "DELLA ROVERE");
	assert_string_equal(value_of(FIELD_surname), "DELLA ROVERE");
	assert_string_equal(value_of(FIELD_given_names), "");
	begin();
	print_at(30, 10, 1.2f, "Nome(i) Prenum(s) Given name(s) Pr");
	print_at(30, 13.5f, 2, "R\u00e9jane");
	assert_string_equal(value_of(FIELD_given_names), "R\u00e9jane");
}

static void
a_label_begins_where_its_words_do(void **state)
{
	(void)state;
	begin();
	print_at(30, 10, 1.2f, "Ceaanenza /Natonaty Luogo di nascita /Place of birth");
	print_at(30, 13.5f, 2, "Italiana");
	print_at(49, 13.5f, 2, "San Don\u00e0");
	assert_string_equal(value_of(FIELD_birth_place), "San Don\u00e0");
	sheet.prints.count--; /* nothing there: the label has two languages */
	assert_string_equal(value_of(FIELD_birth_place), "Italiana");
	begin();
	print_at(30, 10, 1.2f, "Xxyyxx xxyxx / Place of birth");
	print_at(30, 13.5f, 2, "Verona");
	print_at(44, 13.5f, 2, "Bolzano");
	assert_string_equal(value_of(FIELD_birth_place), "Verona");
}

/* What a side without a zone calls itself; the longest title counts. */
static void
a_title_tells_the_kind(void **state)
{
	(void)state;
	begin();
	print_at(10, 5, 2, "RZECZPOSPOLITA POLSKA");
	print_at(10, 9, 2, "DOW\u00d3D OSOBISTY / IDENTITY CARD");
	value_of(FIELD_surname);
	assert_string_equal(sheet.kind, "identity_card");
	assert_string_equal(sheet.country, "POL");
	begin();
	print_at(10, 5, 2, "PASSPORT CARD");
	value_of(FIELD_surname);
	assert_string_equal(sheet.kind, "identity_card");
	begin();
	print_at(10, 5, 2, "PASSPORT");
	value_of(FIELD_surname);
	assert_string_equal(sheet.kind, "passport");
	begin();
	print_at(10, 5, 2, "TITRE DE S\u00c9JOUR");
	print_at(50, 5, 2, "CARTE D'IDENTIT\u00c9 CONSULAIRE");
	value_of(FIELD_surname);
	assert_string_equal(sheet.kind, "residence_permit");
	begin();
	print_at(10, 5, 2, "LIBRARY CARD");
	value_of(FIELD_surname);
	assert_string_equal(sheet.kind, "");
	assert_string_equal(sheet.country, "");
}

static void
the_sign_that_is_best_read_tells_the_country(void **state)
{
	(void)state;
	begin();
	print_at(10, 5, 2, "OSEBNA IZKAZNICA");
	value_of(FIELD_surname);
	assert_string_equal(sheet.country, "SVN");
	begin();
	print_at(10, 5, 2, "OSOBNA ISKAZNICA");
	value_of(FIELD_surname);
	assert_string_equal(sheet.country, "HRV");
	begin();
	print_at(10, 5, 2, "OB\u010cIANSKY PREUKAZ");
	value_of(FIELD_surname);
	assert_string_equal(sheet.country, "SVK");
}

/* Two letters apart; a state's name is printed in capitals. */
static void
a_given_name_is_no_state_s(void **state)
{
	static const struct {
		const char *print, *country;
	} rows[] = {{"GEORGIA", "GEO"}, {"\u0120or\u0121ina", ""},
	    {"\u0120OR\u0120INA", ""}, {"Georgia", ""}, {"GEORGIN", ""}};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		begin();
		print_at(10, 5, 2, rows[i].print);
		value_of(FIELD_surname);
		assert_string_equal(sheet.country, rows[i].country);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_label_begins_where_its_words_do),
	    cmocka_unit_test(
		a_label_that_was_cut_off_is_known_by_its_other_language),
	    cmocka_unit_test(
		knows_labels_in_many_languages_and_a_little_misread),
	    cmocka_unit_test(takes_what_stands_below_its_label),
	    cmocka_unit_test(takes_what_stands_beside_or_behind_its_label),
	    cmocka_unit_test(two_columns_may_run_into_one_another),
	    cmocka_unit_test(a_period_has_the_day_of_issue_first),
	    cmocka_unit_test(a_period_may_begin_with_a_short_year),
	    cmocka_unit_test(a_date_is_no_place_and_no_nationality),
	    cmocka_unit_test(one_label_may_name_two_fields),
	    cmocka_unit_test(a_short_english_name_is_what_stands_beside_it),
	    cmocka_unit_test(reads_a_french_front_of_2021),
	    cmocka_unit_test(an_o_among_digits_is_a_zero),
	    cmocka_unit_test(a_missing_value_is_not_the_next_field_s),
	    cmocka_unit_test(a_value_of_another_shape_is_none),
	    cmocka_unit_test(specks_beside_a_value_are_not_of_it),
	    cmocka_unit_test(a_badly_read_date_is_no_number),
	    cmocka_unit_test(words_and_places_are_no_numbers),
	    cmocka_unit_test(a_title_beside_a_number_s_label_claims_nothing),
	    cmocka_unit_test(short_words_of_a_label_may_look_like_others),
	    cmocka_unit_test(reads_fronts_of_countries_added_by_rows),
	    cmocka_unit_test(a_title_tells_the_kind),
	    cmocka_unit_test(the_sign_that_is_best_read_tells_the_country),
	    cmocka_unit_test(a_given_name_is_no_state_s),
	    cmocka_unit_test(
		a_layout_says_where_a_value_without_label_stands)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
