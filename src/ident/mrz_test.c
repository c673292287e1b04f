#include "ident/mrz.h"
#include "base/clock.h"
#include "base/enum.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#define NOW (INT64_C(1781481600000)) /* 2026-06-15 */
#define UTO "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"
#define UTO_2 "L898902C36UTO7408122F1204159ZE184226B<<<<<10"
#define YTO "P<YTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"
#define NAME30 "ERIKSSON<<ANNA<MARIA<<<<<<<<<<"

static enum err
parse(const char *a, const char *b, const char *c, struct mrz *out)
{
	const char *const lines[] = {a, b, c};

	return mrz_parse(lines, a == NULL ? 0 : b == NULL ? 1 : c ? 3 : 2, NOW,
	    out);
}

struct vector {
	enum mrz_format format;
	const char *lines[3];
	const char *number;
};

/* Every zone whose digits are right, from the standard and from real kinds. */
static const struct vector vectors[] = {
    {MRZ_TD3, {UTO, UTO_2}, "L898902C3"},
    {MRZ_TD3, {UTO, "L898902C36UTO7408122F2504155184226<<<<<<<<18"},
	"L898902C3"},
    {MRZ_TD3, {YTO, "HA672242<6YTO5802254M9601086<<<<<<<<<<<<<<08"},
	"HA672242"},
    {MRZ_TD3, {"P<D<<MUSTERMANN<<ERIKA<<<<<<<<<<<<<<<<<<<<<<",
	"C01X00T478D<<6408125F2702283<<<<<<<<<<<<<<<4"}, "C01X00T47"},
    {MRZ_TD2, {"I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<",
	"D231458907UTO7408122F1204159<<<<<<<6"}, "D23145890"},
    {MRZ_TD2, {"I<YTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<",
	"HA672242<6YTO5802254M9601086<<<<<<<8"}, "HA672242"},
    {MRZ_TD1, {"I<UTOD231458907<<<<<<<<<<<<<<<",
	"7408122F1204159UTO<<<<<<<<<<<6", NAME30}, "D23145890"},
    {MRZ_TD1, {"I<YTOD231458907<<<<<<<<<<<<<<<",
	"3407127M9507122YTO<<<<<<<<<<<2", NAME30}, "D23145890"},
    {MRZ_TD1, {"I<UTOD23145890<1233<<<<<<<<<<<",
	"7408122F3204153UTO<<<<<<<<<<<8", NAME30}, "D23145890123"},
    {MRZ_TD1, {"I<UTOD23145890<7349<<<<<<<<<<<",
	"3407127M9507122UTO<<<<<<<<<<<2", NAME30}, "D23145890734"},
    {MRZ_MRVA, {"V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
	"L8988901C4XXX7408122F96121096ZE184226B<<<<<<"}, "L8988901C"},
    {MRZ_MRVB, {"V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<",
	"L8988901C4XXX7408122F9612109<<<<<<<<"}, "L8988901C"},
    {MRZ_TD1, {"IDFRAX4RTBPFW46<<<<<<<<<<<<<<<",
	"9007138F3002119FRA<<<<<<<<<<<6", NAME30}, "X4RTBPFW4"},
    {MRZ_FRA2, {"IDFRABERTHIER<<<<<<<<<<<<<<<<<<<<<<<",
	"8806923102858CORINNE<<<<<<<6512068F6"}, "880692310285"},
    {MRZ_FRA2, {"IDFRATEST<NAME<<<<<<<<<<<<<<<<0CHE02",
	"1710GVA123451ROBERTA<<<<<<<9112311F2"}, "1710GVA12345"},
    {MRZ_FRA2, {"IDFRAMARTIN<<<<<<<<<<<<<<<<<<<75P012",
	"1503751000420JEAN<<PAUL<<<<8002295M4"}, "150375100042"},
    {MRZ_FRDL, {"D1FRA13AA000026181231MARTIN<<9"}, "13AA00002"},
    {MRZ_TD1, {"IDD<<T220001293<<<<<<<<<<<<<<<",
	"6408125<2010315D<<<<<<<<<<<<<4", NAME30}, "T22000129"},
    {MRZ_TD1, {"IDD<<LZ6311T475<<<<<<<<<<<<<<<",
	"8308126<3108011D<<2108<<<<<<<9", NAME30}, "LZ6311T47"},
    {MRZ_TD1, {"IDESPBAA000589599999999R<<<<<<",
	"8001014F2501017ESP<<<<<<<<<<<7", NAME30}, "BAA000589"},
    {MRZ_TD1, {"IDBEL600001795<0152<<<<<<<<<<<",
	"1301014F2311207BEL130101987398", NAME30}, "600001795015"},
    {MRZ_TD1, {"IDBEL000590240<6013<<<<<<<<<<<",
	"8512017F1311048BEL851201002007", NAME30}, "000590240601"},
    {MRZ_TD1, {"IDBEL590335801485120100200<<<<",
	"8512017F0901015BEL<<<<<<<<<<<7", NAME30}, "590335801"},
    {MRZ_TD1, {"I<PRT007666667<ZZ00<<<<<<<<<<<",
	"8303143M3405293PRT<<<<<<<<<<<4", NAME30}, "007666667ZZ0"},
    {MRZ_TD1, {"I<FINXA10000585010195<112X<<<<",
	"9501016F2803135FIN<<<<<<<<<<<7", NAME30}, "XA1000058"},
    {MRZ_TD1, {"IDCHEA1234567<6<<<<<<<<<<<<<<<",
	"7510256M2009018CHE<<<<<<<<<<<8", NAME30}, "A1234567"},
};

static void
all_digits_agree_in_every_vector(void **state)
{
	struct mrz m;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(vectors); i++) {
		const struct vector *v = &vectors[i];
		assert_int_equal(
		    parse(v->lines[0], v->lines[1], v->lines[2], &m), OK);
		assert_int_equal(m.format, v->format);
		assert_string_equal(m.number, v->number);
		if (m.bad_digits)
			print_message("vector %zu\n", i);
		assert_int_equal(m.bad_digits, 0);
		assert_true(m.digits >= 2);
	}
}

static void
elementary_check_digits_agree_with_the_standard(void **state)
{
	(void)state;
	assert_int_equal(mrz_check_digit("520727", 6), '3');
	assert_int_equal(mrz_check_digit("AB2134<<<", 9), '5');
	assert_int_equal(mrz_check_digit("ab", 2), '?');
}

static void
reads_every_field_of_a_passport(void **state)
{
	struct mrz m;

	(void)state;
	assert_int_equal(parse(UTO, UTO_2, NULL, &m), OK);
	assert_string_equal(m.code, "P");
	assert_string_equal(m.issuer, "UTO");
	assert_string_equal(m.nationality, "UTO");
	assert_string_equal(m.birth_date, "1974-08-12");
	assert_string_equal(m.expiry, "2012-04-15");
	assert_int_equal(m.sex, 'F');
	assert_string_equal(m.surname, "ERIKSSON");
	assert_string_equal(m.given_names, "ANNA MARIA");
	assert_false(m.truncated);
	assert_int_equal(m.digits, 5);
	assert_int_equal(m.flaws, 0);
}

static void
reads_the_german_state_of_one_letter(void **state)
{
	struct mrz m;

	(void)state;
	assert_int_equal(parse("P<D<<MUSTERMANN<<ERIKA<<<<<<<<<<<<<<<<<<<<<<",
	    "C01X00T478D<<6408125F2702283<<<<<<<<<<<<<<<4", NULL, &m), OK);
	assert_string_equal(m.issuer, "D");
	assert_int_equal(m.flaws, 0);
}

/* One change in the second line, as a forger or a recogniser makes them. */
static void
one_changed_letter_is_caught(void **state)
{
	static const char *const bad[] = {
	    "I898902C36UTO7408122F1204159ZE184226B<<<<<10",
	    "L898982C36UTO7408122F1204159ZE184226B<<<<<10",
	    "L898902CG6UTO7408122F1204159ZE184226B<<<<<10",
	    "L898902C36UTO1408122F1204159ZE184226B<<<<<10",
	    "L898902C36UTO7408122F7204159ZE184226B<<<<<10",
	    "L988902C36UTO7408122F1204159ZE184226B<<<<<10",
	    "L898902C36UTO7408122F1204159ZE184226B<<<<<11",
	};
	struct mrz m;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		assert_int_equal(parse(UTO, bad[i], NULL, &m), OK);
		assert_true(m.bad_digits > 0);
		assert_true(m.bad[MRZ_DIGIT_composite]);
	}
}

static void
names_the_digits_that_disagree(void **state)
{
	struct mrz m;
	char text[100];

	(void)state;
	assert_int_equal(parse(UTO,
	    "I898902C36UTO7408122F1204159ZE184226B<<<<<10", NULL, &m), OK);
	mrz_bad_digits_list(&m, text, sizeof(text));
	assert_string_equal(text, "number, composite");
	assert_int_equal(parse(UTO,
	    "L898902C36UTO7408122F1204159ZE184226B<<<<<11", NULL, &m), OK);
	mrz_bad_digits_list(&m, text, sizeof(text));
	assert_string_equal(text, "composite");
}

/* Proof that digits are weak: nobody may take them for authenticity. */
static void
changes_outside_the_digits_pass_them(void **state)
{
	struct mrz m;

	(void)state;
	assert_int_equal(parse(UTO,
	    "L898902C36UTO7408122M1204159ZE184226B<<<<<10", NULL, &m), OK);
	assert_int_equal(m.bad_digits, 0);
	assert_int_equal(parse(UTO,
	    "L898902C36XTO7408122F1204159ZE184226B<<<<<10", NULL, &m), OK);
	assert_int_equal(m.bad_digits, 0);
	assert_int_equal(m.flaws, 1u << MRZ_FLAW_nationality);
	assert_int_equal(parse("P<UTOSOMEBODY<<ELSE<<<<<<<<<<<<<<<<<<<<<<<<<",
	    UTO_2, NULL, &m), OK);
	assert_int_equal(m.bad_digits, 0);
}

static void
a_name_that_fills_its_field_may_be_truncated(void **state)
{
	struct mrz m;

	(void)state;
	assert_int_equal(parse("P<UTONILAVADHANANANDA<<CHAYAPA<DEJTHAMRONG<K",
	    UTO_2, NULL, &m), OK);
	assert_true(m.truncated);
	assert_string_equal(m.surname, "NILAVADHANANANDA");
	assert_string_equal(m.given_names, "CHAYAPA DEJTHAMRONG K");
	assert_int_equal(parse("I<UTOD231458907<<<<<<<<<<<<<<<",
	    "7408122F1204159UTO<<<<<<<<<<<6", "NILAVADHANANANDA<<CHAYAPA<DE<K",
	    &m), OK);
	assert_true(m.truncated);
	assert_int_equal(parse("I<UTOD231458907<<<<<<<<<<<<<<<",
	    "7408122F1204159UTO<<<<<<<<<<<6", "BENNELONG<WOOLOOMOOLOO<W<W<<DI",
	    &m), OK);
	assert_true(m.truncated);
	assert_string_equal(m.surname, "BENNELONG WOOLOOMOOLOO W W");
}

static void
a_name_may_have_one_part_only(void **state)
{
	struct mrz m;

	(void)state;
	assert_int_equal(parse("P<UTOARKFREITH<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<",
	    UTO_2, NULL, &m), OK);
	assert_string_equal(m.surname, "ARKFREITH");
	assert_string_equal(m.given_names, "");
	assert_int_equal(m.flaws, 0);
}

static void
says_which_belgian_rule_a_number_follows(void **state)
{
	struct mrz m;

	(void)state;
	assert_int_equal(parse("IDBEL600001795<0152<<<<<<<<<<<",
	    "1301014F2311207BEL130101987398", NAME30, &m), OK);
	assert_true(m.long_number);
	assert_false(m.number_over_filler);
	assert_int_equal(parse("IDBEL000590240<6013<<<<<<<<<<<",
	    "8512017F1311048BEL851201002007", NAME30, &m), OK);
	assert_true(m.long_number);
	assert_true(m.number_over_filler);
	assert_int_equal(parse("IDBEL000590240<6023<<<<<<<<<<<",
	    "8512017F1311048BEL851201002007", NAME30, &m), OK);
	assert_true(m.bad[MRZ_DIGIT_number]);
	/* its second rule is for no other state */
	assert_int_equal(parse("I<PRT000590240<6013<<<<<<<<<<<",
	    "8512017F1311048PRT<<<<<<<<<<<8", NAME30, &m), OK);
	assert_true(m.bad[MRZ_DIGIT_number]);
	assert_false(m.number_over_filler);
}

static void
reads_the_french_card_by_its_own_layout(void **state)
{
	struct mrz m;

	(void)state;
	assert_int_equal(parse("IDFRAMARTIN<<<<<<<<<<<<<<<<<<<75P012",
	    "1503751000420JEAN<<PAUL<<<<8002295M4", NULL, &m), OK);
	assert_string_equal(m.surname, "MARTIN");
	assert_string_equal(m.given_names, "JEAN PAUL");
	assert_string_equal(m.nationality, "FRA");
	assert_string_equal(m.birth_date, "1980-02-29");
	assert_string_equal(m.issue_date, "2015-03-00");
	assert_int_equal(m.sex, 'M');
	assert_string_equal(m.expiry, "2030-03-00");
	assert_false(m.expiry_extended);
	assert_false(m.truncated);
}

/* The digits of these are not looked at: only the rule of D.5 is. */
static void
knows_when_a_french_card_ends(void **state)
{
	static const struct {
		const char *line;
		const char *expiry;
		bool extended, uncertain;
	} cards[] = {
	    {"8806923102858CORINNE<<<<<<<6512068F6", "1998-06-00", false,
		false},
	    {"1203751000420CORINNE<<<<<<<6512068F6", "2027-03-00", true,
		false},
	    {"1203751000420CORINNE<<<<<<<0012068F6", "2022-03-00", false,
		false},
	    {"1203751000420CORINNE<<<<<<<9403158F6", "2022-03-00", false,
		true},
	    {"1403751000420CORINNE<<<<<<<6512068F6", "2029-03-00", false,
		false},
	};
	struct mrz m;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cards); i++) {
		assert_int_equal(parse("IDFRABERTHIER<<<<<<<<<<<<<<<<<<<<<<<",
		    cards[i].line, NULL, &m), OK);
		assert_string_equal(m.expiry, cards[i].expiry);
		assert_int_equal(m.expiry_extended, cards[i].extended);
		assert_int_equal(m.expiry_uncertain, cards[i].uncertain);
	}
}

static void
a_birth_is_never_in_the_future(void **state)
{
	struct mrz m;

	(void)state;
	assert_int_equal(parse(UTO,
	    "L898902C36UTO2606142F1204159ZE184226B<<<<<10", NULL, &m), OK);
	assert_string_equal(m.birth_date, "2026-06-14");
	assert_int_equal(parse(UTO,
	    "L898902C36UTO2606162F1204159ZE184226B<<<<<10", NULL, &m), OK);
	assert_string_equal(m.birth_date, "1926-06-16");
}

static void
an_unknown_part_of_a_birth_date_stays_unknown(void **state)
{
	struct mrz m;

	(void)state;
	assert_int_equal(parse(UTO,
	    "L898902C36UTO74<<<<2F1204159ZE184226B<<<<<10", NULL, &m), OK);
	assert_string_equal(m.birth_date, "1974-00-00");
	assert_int_equal(m.flaws, 0);
	assert_int_equal(parse(UTO,
	    "L898902C36UTO<<<<<<0F1204159ZE184226B<<<<<10", NULL, &m), OK);
	assert_string_equal(m.birth_date, "");
	assert_int_equal(m.flaws, 0);
	assert_int_equal(parse(UTO,
	    "L898902C36UTO<<08120F1204159ZE184226B<<<<<10", NULL, &m), OK);
	assert_int_equal(m.flaws, 1u << MRZ_FLAW_birth_date);
}

static void
an_expiry_far_ahead_is_marked(void **state)
{
	struct mrz m;

	(void)state;
	assert_int_equal(parse(YTO,
	    "HA672242<6YTO5802254M9601086<<<<<<<<<<<<<<08", NULL, &m), OK);
	assert_string_equal(m.expiry, "2096-01-08");
	assert_true(m.expiry_far);
	assert_int_equal(parse(UTO, UTO_2, NULL, &m), OK);
	assert_false(m.expiry_far);
}

static void
impossible_contents_are_flaws(void **state)
{
	static const struct {
		const char *one, *two;
		enum mrz_flaw flaw;
	} cases[] = {
	    {UTO, "L898902C36UTO7413122F1204159ZE184226B<<<<<10",
		MRZ_FLAW_birth_date},
	    {UTO, "L898902C36UTO7408122F1202309ZE184226B<<<<<10",
		MRZ_FLAW_expiry},
	    {UTO, "L898902C36UTO74O8122F1204159ZE184226B<<<<<10",
		MRZ_FLAW_alphabet},
	    {UTO, "L898902C36UTO7408122K1204159ZE184226B<<<<<10",
		MRZ_FLAW_sex},
	    {UTO, "<<<<<<<<<0UTO7408122F1204159ZE184226B<<<<<10",
		MRZ_FLAW_number},
	    {"P<QQQERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", UTO_2,
		MRZ_FLAW_issuer},
	    {"P<UTO<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<<<<<<<<<", UTO_2,
		MRZ_FLAW_name},
	    {"P<UTOERIKSS0N<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", UTO_2,
		MRZ_FLAW_alphabet},
	    {UTO, "L898902C361327408122F1204159ZE184226B<<<<<10",
		MRZ_FLAW_nationality},
	};
	struct mrz m;
	char text[400];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		assert_int_equal(parse(cases[i].one, cases[i].two, NULL, &m),
		    OK);
		assert_true(m.flaws & 1u << cases[i].flaw);
		mrz_flaws_list(m.flaws, text, sizeof(text));
		assert_non_null(strstr(text, mrz_flaw_text(cases[i].flaw)));
	}
}

static void
refuses_what_fits_no_layout(void **state)
{
	struct mrz m = {.format = MRZ_TD2};

	(void)state;
	/* a passport cut to 36 columns must not pass as TD2 */
	assert_int_equal(parse("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<",
	    "D231458907UTO7408122F1204159<<<<<<<6", NULL, &m), ERR_UNREADABLE);
	assert_int_equal(parse("I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
	    UTO_2, NULL, &m), ERR_UNREADABLE);
	assert_int_equal(parse(UTO, "L898902C36UTO7408122F1204159ZE184226B",
	    NULL, &m), ERR_UNREADABLE);
	assert_int_equal(parse(UTO, NULL, NULL, &m), ERR_UNREADABLE);
	assert_int_equal(parse(NULL, NULL, NULL, &m), ERR_UNREADABLE);
	assert_int_equal(parse("", "", NULL, &m), ERR_UNREADABLE);
	assert_int_equal(parse(UTO,
	    "l898902c36uto7408122f1204159ze184226b<<<<<10", NULL, &m),
	    ERR_UNREADABLE);
	assert_int_equal(parse("IVUTOD231458907<<<<<<<<<<<<<<<",
	    "7408122F1204159UTO<<<<<<<<<<<6", NAME30, &m), ERR_UNREADABLE);
	assert_int_equal(m.format, MRZ_TD2); /* untouched on failure */
}

static void
knows_visas_and_licences_and_takes_them_for_no_evidence(void **state)
{
	struct mrz m;

	(void)state;
	assert_int_equal(parse("D1FRA13AA000026181231MARTIN<<9", NULL, NULL,
	    &m), OK);
	assert_int_equal(m.format, MRZ_FRDL);
	assert_int_equal(m.bad_digits, 0);
	assert_int_equal(parse("AAA001D<<", "FACHE305142128097<<800126<<<<<",
	    NAME30, &m), OK);
	assert_int_equal(m.format, MRZ_CHDL);
	assert_false(mrz_format_is_evidence(MRZ_FRDL));
	assert_false(mrz_format_is_evidence(MRZ_CHDL));
	assert_false(mrz_format_is_evidence(MRZ_MRVA));
	assert_false(mrz_format_is_evidence(MRZ_MRVB));
	assert_false(mrz_format_is_evidence(MRZ_NONE));
	assert_true(mrz_format_is_evidence(MRZ_FRA2));
	assert_true(mrz_format_is_evidence(MRZ_TD1));
}

/* Both have two lines of 36; the digits of the second tell. */
static void
a_french_line_that_adds_up_as_td2_is_td2(void **state)
{
	struct mrz m;

	(void)state;
	assert_int_equal(parse("IDFRABERTHIER<<<<<<<<<<<<<<<<<<<<<<<",
	    "8806923102858CORINNE<<<<<<<6512068F6", NULL, &m), OK);
	assert_int_equal(m.format, MRZ_FRA2);
	assert_int_equal(parse("IDFRABERTHIER<<<<<<<<<<<<<<<<<<<<<<<",
	    "8806923102858CORINNE<<<<<<<6512069F6", NULL, &m), OK);
	assert_int_equal(m.format, MRZ_FRA2);
	assert_int_equal(parse("IDFRABERTHIER<<CORINNE<<<<<<<<<<<<<<",
	    "D231458907FRA7408122F1204159<<<<<<<6", NULL, &m), OK);
	assert_int_equal(m.format, MRZ_TD2);
	assert_int_equal(m.bad_digits, 0);
}

static void
tells_why_lines_fit_no_layout(void **state)
{
	static const char *const td3[] = {
	    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
	    "L898902C36UTO7408122F1204159ZE184226B<<<<<10"};
	static const char *const short_line[] = {
	    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<",
	    "L898902C36UTO7408122F1204159ZE184226B<<<<<10"};

	(void)state;
	assert_int_equal(mrz_misfit(td3, 2), 0);
	assert_int_equal(mrz_misfit(td3, 0), 0);
	assert_int_equal(mrz_misfit(td3, 1), 1u << MRZ_FLAW_lines);
	assert_int_equal(mrz_misfit(short_line, 2), 1u << MRZ_FLAW_length);
}

static void
a_composite_digit_in_another_place_is_a_flaw(void **state)
{
	struct mrz m;

	(void)state;
	assert_int_equal(parse("I<UTOD231458907<<<<<<<<<<<<<<<",
	    "7408122F1204159UTO<<<<<<<<<<6<",
	    "ERIKSSON<<ANNA<MARIA<<<<<<<<<<", &m), OK);
	assert_true(m.flaws & 1u << MRZ_FLAW_composite);
	assert_true(m.bad[MRZ_DIGIT_composite]);
}

static void
formats_have_names(void **state)
{
	(void)state;
	for (int i = 1; i < MRZ_FORMAT_COUNT; i++)
		assert_int_equal(mrz_format_of_text(
		    mrz_format_text((enum mrz_format)i)), i);
	assert_int_equal(mrz_format_of_text("TD4"), MRZ_NONE);
	assert_string_equal(mrz_format_text(MRZ_NONE), "none");
}

static void
ages_are_full_years(void **state)
{
	(void)state;
	assert_int_equal(mrz_age("2008-06-15", NOW), 18);
	assert_int_equal(mrz_age("2008-06-16", NOW), 17);
	assert_int_equal(mrz_age("2008-00-00", NOW), 17);
	assert_int_equal(mrz_age("1926-06-16", NOW), 99);
	assert_int_equal(mrz_age("2026-06-16", NOW), 0);
	assert_int_equal(mrz_age("", NOW), -1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(all_digits_agree_in_every_vector),
	    cmocka_unit_test(elementary_check_digits_agree_with_the_standard),
	    cmocka_unit_test(reads_every_field_of_a_passport),
	    cmocka_unit_test(reads_the_german_state_of_one_letter),
	    cmocka_unit_test(one_changed_letter_is_caught),
	    cmocka_unit_test(names_the_digits_that_disagree),
	    cmocka_unit_test(changes_outside_the_digits_pass_them),
	    cmocka_unit_test(a_name_that_fills_its_field_may_be_truncated),
	    cmocka_unit_test(a_name_may_have_one_part_only),
	    cmocka_unit_test(says_which_belgian_rule_a_number_follows),
	    cmocka_unit_test(reads_the_french_card_by_its_own_layout),
	    cmocka_unit_test(knows_when_a_french_card_ends),
	    cmocka_unit_test(a_birth_is_never_in_the_future),
	    cmocka_unit_test(an_unknown_part_of_a_birth_date_stays_unknown),
	    cmocka_unit_test(an_expiry_far_ahead_is_marked),
	    cmocka_unit_test(impossible_contents_are_flaws),
	    cmocka_unit_test(refuses_what_fits_no_layout),
	    cmocka_unit_test(
		knows_visas_and_licences_and_takes_them_for_no_evidence),
	    cmocka_unit_test(a_french_line_that_adds_up_as_td2_is_td2),
	    cmocka_unit_test(tells_why_lines_fit_no_layout),
	    cmocka_unit_test(a_composite_digit_in_another_place_is_a_flaw),
	    cmocka_unit_test(formats_have_names),
	    cmocka_unit_test(ages_are_full_years),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
