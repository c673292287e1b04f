#include "ident/person.h"
#include "base/enum.h"
#include "ident/normal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

static void
clean_names_have_one_form(void **state)
{
	static const char *const cases[][2] = {
	    {"  Zoé   Åsa  Lindqvist ", "Zoé Åsa Lindqvist"},
	    {"Zoe\xcc\x81 A\xcc\x8asa", "Zoé Åsa"}, /* accents apart */
	    {"Nu\xc3\xb1\x65z\xc2\xa0L\xc3\xb3pez", "Nuñez López"},
	    {"O’Connor", "O'Connor"},
	    {"Jean‐Luc", "Jean-Luc"},
	    {"Ștefan Țepeș", "Ștefan Țepeș"},
	    {"Gabriel·la", "Gabriel·la"},
	    {"Γιώργος Παπαδόπουλος", "Γιώργος Παπαδόπουλος"},
	    {"Цветелина Йорданова", "Цветелина Йорданова"},
	    {"J. Doe", "J. Doe"},
	    {"Dupont, Marie , Claire", "Dupont Marie Claire"},
	    {"Dupont,Marie,", "Dupont Marie"},
	};
	char out[PERSON_NAME_SIZE];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		assert_int_equal(person_name_clean(cases[i][0], out), OK);
		assert_string_equal(out, cases[i][1]);
	}
}

static void
refuses_what_is_no_name(void **state)
{
	static const char *const cases[] = {"", "   ", "-", "'.'", "R2D2",
	    "ﬁona",
	    "Anna\nMaria", "Anna\tMaria", "Anna\x01", "<b>Anna</b>",
	    "Anna; Bcc", "\xcc\x81nna", "\xff\xfe", "山田", "Anna\xe2\x80\xae",
	    "Anna@example.org", "\xc3"};
	char out[PERSON_NAME_SIZE], longest[300];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		assert_int_equal(person_name_clean(cases[i], out),
		    ERR_INVALID);
	memset(longest, 'a', sizeof(longest));
	longest[PERSON_NAME_SIZE] = '\0';
	assert_int_equal(person_name_clean(longest, out), ERR_TOO_LARGE);
	longest[PERSON_NAME_SIZE - 1] = '\0';
	assert_int_equal(person_name_clean(longest, out), OK);
}

static void
what_is_certified_is_of_one_script_with_two_accents_at_most(void **state)
{
	static const char *const good[] = {"Zoé Åsa", "Nguyễn Thị", "O'Connor",
	    "Jean-Luc", "Γιώργος Παπαδόπουλος", "Цветелина Йорданова",
	    "Gabriel·la", "J. Doe"};
	static const char *const bad[] = {"Georgi Иванов", "Γιώργος Papas",
	    "\xd0\x90nna", "Jose\xcc\x81\xcc\x81\xcc\x81",
	    "Nguyễ\xcc\x81n"};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(good); i++)
		assert_int_equal(person_name_certifiable(good[i]), OK);
	for (size_t i = 0; i < COUNT_OF(bad); i++)
		assert_int_equal(person_name_certifiable(bad[i]), ERR_INVALID);
}

static void
folding_leaves_out_what_names_differ_by(void **state)
{
	static const char *const cases[][2] = {
	    {"Zoé-Åsa  LINDQVIST", "zoe asa lindqvist"},
	    {"O'Connor", "oconnor"},
	    {"Straße", "strasse"},
	    {"Łukasz Żółw", "lukasz zolw"},
	    {"İpek Işık", "ipek isik"},
	    {"Ægir Þór Guðmundsson", "aegir thor gudmundsson"},
	    {"ΓΙΏΡΓΟΣ", "γιωργοσ"},
	    {"Γιώργος", "γιωργοσ"},
	    {"ЙОРДАН", "йордан"},
	    {"Алёна", "алена"},
	    {"Dupont, Marie", "dupont marie"},
	    {"anna@example.org", "anna@exampleorg"},
	    {"", ""},
	};
	char out[PERSON_FOLD_SIZE];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		assert_int_equal(person_name_fold(cases[i][0], out), OK);
		assert_string_equal(out, cases[i][1]);
	}
	assert_int_equal(person_name_fold("\xff", out), ERR_INVALID);
	assert_int_equal(person_name_fold("a\nb", out), ERR_INVALID);
}

static void
names_are_equal_after_folding_only(void **state)
{
	(void)state;
	assert_true(person_names_equal("Jean-Luc Müller", "JEANLUC MULLER"));
	assert_true(person_names_equal("de la Cruz", "DELACRUZ"));
	assert_false(person_names_equal("Anna Maria", "Maria Anna"));
	assert_false(person_names_equal("Anna", "Anne"));
	assert_false(person_names_equal("", ""));
	assert_false(person_names_equal("\xff", "\xff"));
}

struct pair_case {
	const char *declared, *surname, *given;
	bool truncated;
	enum person_match want;
};

static const struct pair_case pairs[] = {
    {"Zoé Åsa Lindqvist", "LINDQVIST", "ZOE AASA", false, PERSON_SAME},
    {"Zoé Åsa Lindqvist", "LINDQVIST", "ZOE ASA", false, PERSON_SAME},
    {"LINDQVIST Zoé Åsa", "LINDQVIST", "ZOE ASA", false, PERSON_SAME},
    {"lindqvist, zoe", "LINDQVIST", "ZOE", false, PERSON_SAME},
    {"Jürgen Groß", "GROSS", "JUERGEN", false, PERSON_SAME},
    {"Jürgen Groß", "GROSS", "JURGEN", false, PERSON_SAME},
    {"Juergen Gross", "GROSS", "JUERGEN", false, PERSON_SAME},
    {"Jurgen Gross", "GROSS", "JUERGEN", false, PERSON_DIFFERS},
    {"José Núñez", "NUNXXEZ", "JOSE", false, PERSON_SAME},
    {"José Núñez", "NUNEZ", "JOSE", false, PERSON_SAME},
    {"Siobhán O'Connor", "OCONNOR", "SIOBHAN", false, PERSON_SAME},
    {"Siobhán O’Connor", "O CONNOR", "SIOBHAN", false, PERSON_SAME},
    {"Jean-Pierre de la Tour", "DE LA TOUR", "JEAN PIERRE", false,
	PERSON_SAME},
    {"Jean-Pierre de la Tour", "DELATOUR", "JEANPIERRE", false, PERSON_SAME},
    {"Цветелина Йорданова", "YORDANOVA", "TSVETELINA", false, PERSON_SAME},
    {"Γιώργος Παπαδόπουλος", "PAPADOPOULOS", "GIORGOS", false, PERSON_SAME},
    {"Anna Eriksson", "ERIKSSON", "ANNA MARIA", false, PERSON_PARTIAL},
    {"Eriksson Maria", "ERIKSSON", "ANNA MARIA", false, PERSON_PARTIAL},
    {"María García", "GARCIA LOPEZ", "MARIA", false, PERSON_PARTIAL},
    {"Anna Maria", "ERIKSSON", "ANNA MARIA", false, PERSON_DIFFERS},
    {"Eriksson", "ERIKSSON", "ANNA MARIA", false, PERSON_DIFFERS},
    {"Anna Anna Eriksson", "ERIKSSON", "ANNA", false, PERSON_DIFFERS},
    {"Anna Berg Eriksson", "ERIKSSON", "ANNA MARIA", false, PERSON_DIFFERS},
    {"Anne Eriksson", "ERIKSSON", "ANNA", false, PERSON_DIFFERS},
    {"Arkfreith", "ARKFREITH", "", false, PERSON_SAME},
    {"Anna Arkfreith", "ARKFREITH", "", false, PERSON_DIFFERS},
    {"Chayapa Dejthamrongul Nilavadhanananda", "NILAVADHANANANDA",
	"CHAYAPA DEJTHAMRONG K", true, PERSON_DIFFERS},
    {"Chayapa Dejthamrong Krasuang Nilavadhanananda", "NILAVADHANANANDA",
	"CHAYAPA DEJTHAMRONG K", true, PERSON_SAME},
    {"Chayapa Dejthamrong Krasuang Nilavadhanananda", "NILAVADHANANANDA",
	"CHAYAPA DEJTHAMRONG K", false, PERSON_DIFFERS},
    {"Chayapa Smith Krasuang Nilavadhanananda", "NILAVADHANANANDA",
	"CHAYAPA DEJTHAMRONG K", true, PERSON_DIFFERS},
    {"Dingo Potoroo Bennelong Wooloomooloo Warrandyte Warnambool",
	"BENNELONG WOOLOOMOOLOO W W", "DI", true, PERSON_SAME},
    {"Maximilienne-Alexandra Roux", "ROUX", "MAXIMILIENNE A", true,
	PERSON_SAME},
    {"Marie, Claire Dupont", "DUPONT", "MARIE CLAIRE", false, PERSON_SAME},
    {"Marie Martin née Dupont", "DUPONT", "MARIE", false, PERSON_PARTIAL},
    {"Marie Martin née Dupont", "MARTIN", "MARIE", false, PERSON_PARTIAL},
    {"Marie Dupont ép. Martin", "DUPONT", "MARIE", false, PERSON_PARTIAL},
    {"Jutta Müller geb. Groß", "GROSS", "JUTTA", false, PERSON_PARTIAL},
    {"Marie Martin née Dupont", "DURAND", "MARIE", false, PERSON_DIFFERS},
    {"Marie Martin née", "DUPONT", "MARIE", false, PERSON_DIFFERS},
    {"née Dupont", "DUPONT", "", false, PERSON_DIFFERS},
    {"Née Zoé", "NEE", "ZOE", false, PERSON_SAME},
    {"Anna van der Berg", "VAN DER BERG", "ANNA", false, PERSON_SAME},
    {"van der Berg Anna", "VANDERBERG", "ANNA", false, PERSON_SAME},
    {"Anna Berg", "VAN DER BERG", "ANNA", false, PERSON_PARTIAL},
    {"Lucía García-López", "GARCIA LOPEZ", "LUCIA", false, PERSON_SAME},
    {"", "ERIKSSON", "ANNA", false, PERSON_DIFFERS},
    {"Anna", "", "", false, PERSON_DIFFERS},
};

static void
declared_names_meet_the_zone_by_sets_of_spellings(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(pairs); i++) {
		const struct pair_case *c = &pairs[i];
		enum person_match got = person_match_mrz(c->declared,
		    c->surname, c->given, c->truncated);
		if (got != c->want)
			print_message("%s | %s\n", c->declared, c->surname);
		assert_int_equal(got, c->want);
		assert_int_equal(person_name_folds_to_mrz(c->declared,
		    c->surname, c->given, c->truncated),
		    c->want == PERSON_SAME);
	}
}

static void
a_usage_name_takes_the_place_of_the_surname_only(void **state)
{
	(void)state;
	assert_true(person_uses_name("Marie Martin", "MARTIN", "MARIE"));
	assert_true(person_uses_name("Lefèvre Zoé", "LEFÈVRE", "ZOE"));
	assert_true(person_uses_name("Anna de la Tour", "DE LA TOUR",
	    "ANNA"));
	assert_false(person_uses_name("Marie Dupont", "MARTIN", "MARIE"));
	assert_false(person_uses_name("Anne Martin", "MARTIN", "MARIE"));
	assert_false(person_uses_name("Marie Martin", "", "MARIE"));
	assert_false(person_uses_name("Marie Martin", "M4RTIN", "MARIE"));
}

/* Å has two spellings; trying them one by one would never end. */
static void
a_name_of_many_spellings_is_answered_at_once(void **state)
{
	char declared[PERSON_NAME_SIZE] = "", zone[40];

	(void)state;
	for (int i = 0; i < 30; i++)
		memcpy(declared + 2 * i, "Å", 3);
	memset(zone, 'A', 39);
	zone[39] = '\0';
	assert_int_equal(person_match_mrz(declared, zone, "", false),
	    PERSON_SAME);
	zone[38] = 'B';
	assert_int_equal(person_match_mrz(declared, zone, "", false),
	    PERSON_DIFFERS);
}

static void
splitting_keeps_the_accents(void **state)
{
	struct person_names n;

	(void)state;
	assert_int_equal(person_split("zoé  Åsa de la Cruz", "DE LA CRUZ",
	    "ZOE ASA", false, &n), OK);
	assert_string_equal(n.given_names, "zoé Åsa");
	assert_string_equal(n.surname, "de la Cruz");
	assert_int_equal(person_split("Lindqvist Zoé", "LINDQVIST", "ZOE",
	    false, &n), OK);
	assert_string_equal(n.given_names, "Zoé");
	assert_string_equal(n.surname, "Lindqvist");
	assert_int_equal(person_split("Arkfreith", "ARKFREITH", "", false, &n),
	    OK);
	assert_string_equal(n.given_names, "");
	assert_string_equal(n.surname, "Arkfreith");
	assert_int_equal(person_split("Zoé Lindqvist", "LINDQVIST", "ZOE ASA",
	    false, &n), ERR_INVALID);
	assert_string_equal(n.surname, "Arkfreith"); /* untouched */
}

static void
names_are_spelled_as_zones_do(void **state)
{
	static const char *const cases[][2] = {
	    {"Zoé Åsa", "ZOE<AASA"}, {"O'Connor", "OCONNOR"},
	    {"Jean-Luc", "JEAN<LUC"}, {"Groß", "GROSS"}, {"Łoś", "LOS"},
	    {"Ольга", "OLGA"}, {"Þór", "THOR"}};
	char out[60];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		assert_int_equal(
		    person_name_to_mrz(cases[i][0], out, sizeof(out)), OK);
		assert_string_equal(out, cases[i][1]);
	}
	assert_int_equal(person_name_to_mrz("Anna", out, 4), ERR_TOO_LARGE);
	assert_int_equal(person_name_to_mrz("7", out, 60), ERR_INVALID);
}

/* From the Unicode test of normalisation, the parts that names touch. */
static void
normal_form_puts_accents_in_order_and_together(void **state)
{
	static const char *const cases[][2] = {
	    {"e\xcc\x81", "\xc3\xa9"},
	    {"\xe2\x84\xab", "\xc3\x85"}, /* angstrom sign */
	    {"q\xcc\x87\xcc\xa3", "q\xcc\xa3\xcc\x87"},
	    {"d\xcc\x87\xcc\xa3", "\xe1\xb8\x8d\xcc\x87"},
	    {"e\xcc\x82\xcc\x81", "\xe1\xba\xbf"}, /* Vietnamese */
	    {"\xce\xb9\xcc\x88\xcc\x81", "\xce\x90"}, /* Greek */
	    {"\xd0\xb8\xcc\x86", "\xd0\xb9"}, /* Cyrillic */
	    {"a\xcc\x81\xcc\x81", "\xc3\xa1\xcc\x81"},
	    {"abc", "abc"},
	    {"山", "山"},
	    {"", ""},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		AUTO(buf_clear) struct buf b;
		buf_init(&b, 100);
		assert_int_equal(normal_form(span_of_text(cases[i][0]), &b),
		    OK);
		assert_string_equal(buf_text(&b), cases[i][1]);
	}
	AUTO(buf_clear) struct buf b;
	buf_init(&b, 100);
	assert_int_equal(normal_form(span_of_text("\xc3"), &b), ERR_INVALID);
	assert_int_equal(normal_base(0x1ebf), 'e');
	assert_int_equal(normal_base('x'), 'x');
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(clean_names_have_one_form),
	    cmocka_unit_test(refuses_what_is_no_name),
	    cmocka_unit_test(
		what_is_certified_is_of_one_script_with_two_accents_at_most),
	    cmocka_unit_test(folding_leaves_out_what_names_differ_by),
	    cmocka_unit_test(names_are_equal_after_folding_only),
	    cmocka_unit_test(
		declared_names_meet_the_zone_by_sets_of_spellings),
	    cmocka_unit_test(
		a_usage_name_takes_the_place_of_the_surname_only),
	    cmocka_unit_test(a_name_of_many_spellings_is_answered_at_once),
	    cmocka_unit_test(splitting_keeps_the_accents),
	    cmocka_unit_test(names_are_spelled_as_zones_do),
	    cmocka_unit_test(normal_form_puts_accents_in_order_and_together),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
