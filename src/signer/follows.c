#include "signer/signer.h"

/* A clerk that knew everything may send orders before it has stored the
 * answers to those before: then it knows what this ledger was a moment ago. */
bool
signer_follows(const struct signer *s, const struct ledger_mark *known)
{
	return ledger_mark_same(known, records_mark(s->records)) ||
	       (s->has_agreed && known->entries >= s->agreed.entries &&
		   (ledger_mark_same(known, &s->agreed) ||
		       records_had_mark(s->records, known)));
}
