/*
 * paraph audit: is the journal what was written?
 *
 * The chain shows alteration, removal and reordering by itself. That its end
 * was cut off shows only against a checkpoint kept elsewhere.
 */
#include "cli/admin.h"

#include "base/digest.h"

#include <stdio.h>

static const char usage[] =
    "usage: paraph audit verify [--checkpoint \"SEQ HASH\"]\n"
    "       paraph audit checkpoint\n"
    "\n"
    "checkpoint prints the number and hash of the last entry: keep it where\n"
    "this machine cannot change it, and give it to verify later.\n"
    "Options everywhere: --config FILE, --json.\n";

static enum err
verify(struct admin *a, const char *checkpoint)
{
	long long seq = 0;
	char hash[DIGEST_TEXT_SIZE] = "";
	int64_t entries = 0;

	if (checkpoint && sscanf(checkpoint, "%lld %64s", &seq, hash) != 2)
		return FAIL(ERR_INVALID, "a checkpoint is \"SEQ HASH\"");
	TRY(audit_verify(a->store, seq, checkpoint ? hash : NULL, &entries));
	if (a->json)
		printf("{\"verified\":true,\"entries\":%lld}\n",
		    (long long)entries);
	else
		printf("The journal is whole: %lld entries.\n",
		    (long long)entries);
	return OK;
}

static enum err
checkpoint(struct admin *a)
{
	struct audit_entry last;

	TRY(audit_last(a->store, &a->arena, &last));
	printf("%lld %s\n", (long long)last.seq, last.hash);
	return OK;
}

int
cmd_audit(int argc, char **argv)
{
	const char *point = NULL, *arguments[1];
	const struct admin_option options[] = {{"--checkpoint", &point, false}};
	struct admin a;

	admin_options(argc, argv, usage, options, 1, arguments, 1, 1);
	bool verifies = strcmp(arguments[0], "verify") == 0;
	if (!verifies && strcmp(arguments[0], "checkpoint") != 0) {
		fputs(usage, stderr);
		return 2;
	}
	if (!admin_open(&a))
		return 1;
	enum err result = verifies ? verify(&a, point) : checkpoint(&a);
	int status = result == OK ? 0 : admin_fail("the journal");
	admin_close(&a);
	return status;
}
