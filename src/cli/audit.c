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
	printf(a->json ? "{\"seq\":%lld,\"hash\":\"%s\"}\n" : "%lld %s\n",
	    (long long)last.seq, last.hash);
	return OK;
}

static int
cmd_verify(int argc, char **argv)
{
	const char *point = NULL;
	const struct word_option options[] = {{"--checkpoint", &point, false}};
	struct admin a;

	admin_options(argc, argv, options, 1, NULL, 0, 0);
	if (!admin_open(&a))
		return 1;
	int status = verify(&a, point) == OK ? 0 : admin_fail("the journal");
	admin_close(&a);
	return status;
}

static int
cmd_checkpoint(int argc, char **argv)
{
	struct admin a;

	admin_options(argc, argv, NULL, 0, NULL, 0, 0);
	if (!admin_open(&a))
		return 1;
	int status = checkpoint(&a) == OK ? 0 : admin_fail("the journal");
	admin_close(&a);
	return status;
}

int
cmd_audit(int argc, char **argv)
{
	static const struct admin_verb verbs[] = {
	    {"verify", cmd_verify}, {"checkpoint", cmd_checkpoint}};

	return admin_verbs("paraph audit", usage, argc, argv, verbs);
}
