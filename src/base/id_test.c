#include "base/id.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static void
an_id_knows_its_own_form(void **state)
{
	char a[ID_SIZE], b[ID_SIZE];

	(void)state;
	id_make("reg", a);
	id_make("reg", b);
	assert_true(id_is("reg", a));
	assert_string_not_equal(a, b);
}

static void
refuses_what_is_no_id(void **state)
{
	char id[ID_SIZE];

	(void)state;
	id_make("reg", id);
	assert_false(id_is("crt", id));
	assert_false(id_is("reg", NULL));
	assert_false(id_is("reg", "reg_"));
	id[strlen(id) - 1] = 'A';
	assert_false(id_is("reg", id));
	id[strlen(id) - 1] = '\0';
	assert_false(id_is("reg", id));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(an_id_knows_its_own_form),
	    cmocka_unit_test(refuses_what_is_no_id),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
