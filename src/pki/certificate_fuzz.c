/*
 * Certificates shown or linted from files.
 */
#include "base/fuzz.h"
#include "pki/lint.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct lint_context context = {0};
	struct lint_report report;
	struct certificate c;

	if (certificate_parse(SPAN(data, size), &c) != OK)
		err_clear();
	else
		lint_certificate(
		    SPAN(data, size), lint_guess(&c), &context, &report);
	return 0;
}
