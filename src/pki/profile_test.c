/*
 * The profiles as printed, against files that a person has read.
 */
#include "pki/profile.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static void
read_golden(const char *name, struct buf *out)
{
	char path[512];
	uint8_t *place;

	snprintf(
	    path, sizeof(path), "%s/profile_%s.txt", getenv("GOLDEN"), name);
	AUTO(fclose) FILE *file = fopen(path, "re");
	if (!file)
		fail_msg("%s is missing", path);
	assert_int_equal(buf_extend(out, 4096, &place), OK);
	out->size = fread(place, 1, 4096, file);
	out->data[out->size] = '\0';
}

static void
every_profile_is_as_written_down(void **state)
{
	const struct profile *p;

	(void)state;
	for (size_t i = 0; (p = profile_at(i)) != NULL; i++) {
		AUTO(buf_clear) struct buf printed, golden;

		buf_init(&printed, 4096);
		buf_init(&golden, 8192);
		assert_int_equal(profile_print(p, &printed), OK);
		read_golden(p->name, &golden);
		assert_string_equal(buf_text(&printed), buf_text(&golden));
	}
}

static void
a_profile_is_found_by_its_name_only(void **state)
{
	(void)state;
	assert_ptr_equal(profile_find("lcp"), &profile_lcp);
	assert_null(profile_find("qcp"));
	assert_null(profile_find(""));
	assert_null(profile_at(1000));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_profile_is_as_written_down),
	    cmocka_unit_test(a_profile_is_found_by_its_name_only),
	};

	return cmocka_run_group_tests_name("profile", tests, NULL, NULL);
}
