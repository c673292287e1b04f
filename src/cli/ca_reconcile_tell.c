/*
 * What paraph ca reconcile prints. The texts come from a database that may
 * have been damaged or written by somebody else.
 */
#include "cli/reconcile.h"

#include "base/enum.h"
#include "cli/common.h"

void
difference_plain(const struct difference *d, const char *at, const char *left)
{
	const char *const columns[] = {d->issuer, d->serial, d->registration};

	printf("only in the %-9s %-11s", d->where, d->what);
	for (size_t i = 0; i < COUNT_OF(columns); i++) {
		putchar(' ');
		plain_text(stdout, columns[i]);
	}
	printf("%s%s\n", d->revoked_at ? " revoked " : "", at);
	if (left) {
		printf("    left as it is: ");
		plain_text(stdout, left);
		putchar('\n');
	}
}

void
difference_json(const struct difference *d, const char *at, const char *left)
{
	const struct {
		const char *name, *value;
	} members[] = {{"only_in", d->where}, {"what", d->what},
	    {"issuer", d->issuer}, {"serial", d->serial},
	    {"registration", d->registration},
	    {"revoked_at", d->revoked_at ? at : NULL}, {"left", left}};

	for (size_t i = 0; i < COUNT_OF(members); i++) {
		if (!members[i].value)
			continue;
		printf("%s\"%s\": ", i == 0 ? "{" : ", ", members[i].name);
		json_text(stdout, members[i].value);
	}
	putchar('}');
}

/* What no database can say, of a ledger that is not there. */
static const char *const lost[] = {
    "PINs: keys of QCP-n-qscd certificates cannot be used any more; their "
    "holders get new certificates",
    "which custodians and list of operators came last: the signer believes "
    "the files as they are; compare 'paraph operator list' with your minutes",
    "from when on a later generation issues that has issued nothing yet: say "
    "it again, 'paraph ca ceremony begin'",
    "who was drawn for a second operator: such cases are drawn again",
    "orders that were refused, and what was never issued: their serial numbers "
    "are answered like any that was never issued",
};

void
difference_lost(bool json)
{
	if (json)
		printf(", \"lost\": [");
	else
		printf("There is no ledger. Not to be had back:\n");
	for (size_t i = 0; i < COUNT_OF(lost); i++) {
		if (!json)
			printf("  - %s\n", lost[i]);
		else
			printf("%s\"%s\"", i ? ", " : "", lost[i]);
	}
	if (json)
		printf("]");
}

