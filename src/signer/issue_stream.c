/*
 * Turns of orders, one behind the other, and the disk beside them.
 *
 *     begun -> meant -> made -> done -> given
 *          sync            sync
 *
 * A sync makes durable what was appended before it: the certificates of one
 * turn and the intents of another. While it runs, the turn between them, whose
 * intents are durable, is signed, and the one whose certificates are, gets its
 * answers. Each certificate still has its intent on the disk before its key
 * signs, and is on the disk itself before anybody hears of it.
 */
#include "signer/issue_steps.h"

/* How many turns have come so far; the slot of one is its number modulo
 * ISSUE_TURNS. */
struct line {
	struct signer *signer;
	const struct issue_stream *stream;
	struct issue_turn turns[ISSUE_TURNS];
	size_t begun, meant, made, done, given;
};

static struct issue_turn *
turn(struct line *l, size_t number)
{
	return &l->turns[number % ISSUE_TURNS];
}

static bool
take(struct line *l)
{
	struct issue_turn *t = turn(l, l->begun);

	*t = (struct issue_turn){0};
	if (!l->stream->take(l->stream->data, l->begun % ISSUE_TURNS, t))
		return false;
	issue_begin(l->signer, t);
	l->begun++;
	return true;
}

/* What the token does, and what a sync need not wait for. */
static void
work(struct line *l)
{
	for (; l->given < l->done; l->given++) {
		struct issue_turn *t = turn(l, l->given);

		issue_finish(l->signer, t);
		l->stream->give(
		    l->stream->data, l->given % ISSUE_TURNS, t);
	}
	for (; l->made < l->meant; l->made++)
		issue_make(l->signer, turn(l, l->made));
}

/* Everything that was appended before it is durable afterwards, or lost. */
static void
sync_and_work(struct line *l)
{
	const size_t meant = l->begun, done = l->made;
	bool needed = l->meant < meant || l->done < done;

	if (needed)
		records_sync_begin(l->signer->records);
	work(l);
	enum err result =
	    needed ? records_sync_end(l->signer->records) : OK;
	for (; l->meant < meant; l->meant++)
		if (result != OK)
			issue_lost(turn(l, l->meant), result);
	for (; l->done < done; l->done++)
		if (result != OK)
			issue_lost(turn(l, l->done), result);
}

void
signer_issue_stream(struct signer *s, const struct issue_stream *stream)
{
	struct line l = {.signer = s, .stream = stream};

	while (take(&l) || l.given < l.begun)
		sync_and_work(&l);
}

/* ---- one turn alone ---- */

struct alone {
	struct issue_turn turn;
	bool taken;
};

static bool
take_alone(void *data, size_t slot, struct issue_turn *out)
{
	struct alone *a = data;

	(void)slot;
	if (a->taken)
		return false;
	a->taken = true;
	*out = a->turn;
	return true;
}

static void
give_alone(void *data, size_t slot, const struct issue_turn *turn)
{
	(void)data;
	(void)slot;
	(void)turn;
}

void
signer_issue(struct signer *s, struct issue_work *works, size_t count)
{
	struct alone a = {.turn = {works, count}};
	const struct issue_stream stream = {take_alone, give_alone, &a};

	signer_issue_stream(s, &stream);
}
