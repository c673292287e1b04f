/*
 * The accepted documents and the checks as text, against tests/golden: who
 * changes a row sees what it changes for people.
 */
#include "checks/check.h"
#include "ident/country.h"
#include "ident/document.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>

#define TEXT_MAX 65536

static void
must(enum err e)
{
	assert_int_equal(e, OK);
}

/* On a difference the new text is left beside the test's output. */
static void
compare(const char *name, const struct buf *text)
{
	static char golden[TEXT_MAX];
	char path[1000];

	snprintf(path, sizeof(path), "%s/%s", getenv("GOLDEN"), name);
	AUTO(fclose) FILE *file = fopen(path, "re");
	size_t size = file ? fread(golden, 1, sizeof(golden) - 1, file) : 0;
	golden[size] = '\0';
	if (strcmp(golden, buf_text(text)))
		fprintf(stderr, "%s should be:\n%s", path, buf_text(text));
	assert_string_equal(golden, buf_text(text));
}

static void
accepted_documents_are_those_agreed(void **state)
{
	const struct document *d;
	AUTO(buf_clear) struct buf b;

	(void)state;
	buf_init(&b, TEXT_MAX);
	for (size_t i = 0; (d = document_at(i)); i++)
		must(buf_add_format(&b, "%s %s, %s: %s, %s, %d side%s, %s%s\n",
		    d->levels, country_find(d->country)->english,
		    document_kind_text(d->kind, "en"), d->model,
		    mrz_format_text(d->format), d->sides,
		    d->sides > 1 ? "s" : "", d->valid_from[0] ? "from " : "",
		    d->valid_from[0] ? d->valid_from : "any date"));
	compare("documents.txt", &b);
}

static void
checks_are_those_agreed(void **state)
{
	AUTO(buf_clear) struct buf b;

	(void)state;
	buf_init(&b, TEXT_MAX);
	for (int i = 0; i < CHECK_COUNT; i++) {
		enum check_name c = (enum check_name)i;
		must(buf_add_format(&b, "%-24s %s, %s: %s\n",
		    check_name_text(c),
		    check_strength(c) == CHECK_STRONG ? "strong" : "weak",
		    check_mendable(c) ? "mendable" : "not mendable",
		    check_title(c)));
	}
	compare("checks.txt", &b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(accepted_documents_are_those_agreed),
	    cmocka_unit_test(checks_are_those_agreed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
