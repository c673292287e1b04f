/*
 * Certificates shown or linted from files: each against every profile, since
 * --profile may name any.
 */
#include "base/fuzz.h"
#include "pki/lint.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct lint_context context = {0};
	struct lint_report report;
	const struct profile *p;
	struct certificate c;

	if (certificate_parse(SPAN(data, size), &c) != OK) {
		err_clear();
		return 0;
	}
	/* as its own issuer: the rules about both are held, too */
	context.issuer = SPAN(data, size);
	lint_certificate(SPAN(data, size), lint_guess(&c), &context, &report);
	context.options = &profile_defaults;
	context.base_url = "http://pki.example.com";
	for (size_t i = 0; (p = profile_at(i)); i++)
		lint_certificate(SPAN(data, size), p, &context, &report);
	return 0;
}
