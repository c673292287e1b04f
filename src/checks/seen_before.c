/*
 * The same document, person or picture in a request under another e-mail.
 *
 * A person may own several certificates, so this refuses nobody; an operator
 * has to see it. Who works with one forged picture and many names is found
 * here.
 */
#include "checks/check.h"

static void
run(const struct dossier *d, struct result *out)
{
	const struct seen *s = &d->seen;
	int most = s->document;

	most = s->person > most ? s->person : most;
	most = s->picture > most ? s->picture : most;
	if (!s->looked) {
		result_set(out, VERDICT_UNSURE, "nothing to compare with");
		return;
	}
	result_measure(out, most, 0);
	if (most == 0) {
		result_set(out, VERDICT_PASS, "not under another e-mail");
		return;
	}
	result_set(out, VERDICT_WARN, "under other e-mails: the same document "
	    "%d times, person %d, picture %d", s->document, s->person,
	    s->picture);
}

const struct check check_seen_before = {"seen_before", run};
