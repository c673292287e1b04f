/*
 * Those who hold the root: they are named, asked for their shares, try them,
 * and are followed by others.
 *
 * A change of custodians is a new secret and so a new PIN, for the old shares
 * would open the old one for ever. It is written beside the file in force
 * before the token is told, so that a change that was cut short goes on with
 * both in hand.
 */
#include "cli/ceremony_parts.h"

#include "signer/place.h"
#include "signer/root.h"

#include <stdlib.h>
#include <unistd.h>

#define TRIES 3
#define NAMES_SIZE (SHARES_MAX * (QUORUM_NAME_SIZE + 5))

static const char *
dir_of(const struct asked *a)
{
	return conf_text(a->conf, CONF_pki_ceremony_dir);
}

/* ---- asking ---- */

static RESULT
type_sheet_line(unsigned line, uint8_t packed[SHARE_PACKED_SIZE],
    struct buf *out)
{
	struct share s;
	char prompt[32];

	snprintf(prompt, sizeof(prompt), "line %u: ", line + 1);
	for (int i = 0; i < TRIES; i++) {
		AUTO(secret_clear) struct secret typed = {0};

		TRY(passphrases_type(prompt, &typed));
		if (share_read_line(span_of_secret(&typed), line, &s, packed) ==
		    OK) {
			explicit_bzero(&s, sizeof(s));
			TRY(buf_add_span(out, span_of_secret(&typed)));
			return buf_add_text(out, "\n");
		}
		printf("%s\n", err_explanation());
		err_clear();
	}
	return FAIL(ERR_DENIED, "this sheet cannot be read");
}

static RESULT
type_sheet(struct buf *out)
{
	uint8_t packed[SHARE_PACKED_SIZE];
	enum err result = OK;

	for (unsigned line = 0; line < SHARE_LINES && result == OK; line++)
		result = type_sheet_line(line, packed, out);
	explicit_bzero(packed, sizeof(packed));
	return result;
}

static RESULT
give(const struct quorum *q, struct quorum_hand *hand, struct span typed,
    unsigned who, unsigned *found)
{
	AUTO(buf_wipe) struct buf sheet;

	buf_init(&sheet, 1024);
	if (!span_equal(typed, span_of_text("sheet")))
		return quorum_give(q, hand, typed, who, found);
	TRY(type_sheet(&sheet));
	return quorum_give(q, hand, span_of_buf(&sheet), who, found);
}

/* On the terminal, from one custodian; who is not there types nothing. */
static RESULT
ask_one(struct asked *a, const struct quorum *q, struct quorum_hand *hand,
    unsigned who)
{
	char prompt[QUORUM_NAME_SIZE + 64];
	struct span typed;
	unsigned found;

	snprintf(prompt, sizeof(prompt),
	    "%s, your passphrase (or: sheet; nothing: not here): ",
	    q->of[who].name);
	for (int i = 0; i < TRIES; i++) {
		TRY(passphrases_next(&a->passphrases, prompt, false, &typed));
		if (typed.size == 0)
			return OK;
		enum err given = give(q, hand, typed, who, &found);
		if (given != ERR_DENIED)
			return given;
		printf("%s\n", err_explanation());
		err_clear();
	}
	printf("Going on without %s.\n", q->of[who].name);
	return OK;
}

/* Until so many shares are there, or everybody was asked. */
static RESULT
gather(struct asked *a, const struct quorum *q, unsigned enough,
    struct quorum_hand *hand)
{
	struct span typed;
	unsigned found;

	while (passphrases_left(&a->passphrases) && hand->count < enough) {
		TRY(passphrases_next(&a->passphrases, "", false, &typed));
		TRY(quorum_give(q, hand, typed, QUORUM_ANYBODY, &found));
	}
	for (unsigned i = 0; i < q->count && hand->count < enough &&
			     !passphrases_from_files(&a->passphrases);
	     i++)
		TRY(ask_one(a, q, hand, i));
	return OK;
}

/* Of sheets alone: the file is lost. */
static RESULT
gather_sheets(struct asked *a, struct quorum *q, struct quorum_hand *hand)
{
	unsigned found;

	for (bool first = true; first || hand->count < q->needed;
	     first = false) {
		AUTO(buf_wipe) struct buf sheet;
		struct span typed;

		buf_init(&sheet, 4096);
		if (passphrases_from_files(&a->passphrases)) {
			TRY(passphrases_next(
			    &a->passphrases, "", false, &typed));
			TRY(buf_add_span(&sheet, typed));
		} else {
			printf("The next share sheet, line by line.\n");
			TRY(type_sheet(&sheet));
		}
		if (first)
			TRY(quorum_learn(span_of_buf(&sheet), q));
		TRY(quorum_give(q, hand, span_of_buf(&sheet), QUORUM_ANYBODY,
		    &found));
	}
	return OK;
}

/* ---- minutes ---- */

/* "Anna Eins, Bert Zwei and Cleo Drei": those whose share is in hand. */
static void
put_names(const struct quorum *q, const struct quorum_hand *hand,
    char out[NAMES_SIZE])
{
	unsigned left = hand->count;
	size_t n = 0;

	out[0] = '\0';
	for (unsigned i = 0; i < q->count; i++) {
		if (hand->values[i].size == 0)
			continue;
		n += (size_t)snprintf(out + n, NAMES_SIZE - n, "%s%s",
		    n == 0 ? "" : left == 1 ? " and " : ", ", q->of[i].name);
		left--;
	}
}

static RESULT
note_made(const struct quorum *q, const struct quorum_hand *hand,
    struct minutes *m)
{
	char names[NAMES_SIZE];

	put_names(q, hand, names);
	TRY(minutes_note(m, "%s chose a passphrase each.",
	    names));
	TRY(minutes_note(m, "The PIN of the root's token is made of a secret "
			    "of which each has a share: any %u of the %u open "
			    "it. Every such choice was tried.",
	    q->needed, q->count));
	if (q->needed < q->count)
		return OK;
	return minutes_note(m, "No share is spare: without one of them, or "
			       "their sheet, nobody can use the root again.");
}

static RESULT
write_sheets(const struct asked *a, const struct quorum *q,
    const struct quorum_hand *hand, struct minutes *m)
{
	char path[PLACE_PATH], name[16];

	for (unsigned i = 0; a->sheets && i < q->count; i++) {
		AUTO(buf_wipe) struct buf sheet;

		if (hand->values[i].size == 0)
			continue;
		buf_init(&sheet, 8192);
		snprintf(name, sizeof(name), "share-%u", i + 1);
		TRY(place_path(a->sheets, name, ".txt", path));
		TRY(quorum_sheet(q, hand, i,
		    conf_text(a->conf, CONF_pki_organisation), &sheet));
		TRY(place_write(path, span_of_buf(&sheet), 0600));
		TRY(minutes_note(m, "The share sheet of %s was written to "
				    "%s.txt. Print it, seal it, destroy the "
				    "file.",
		    q->of[i].name, name));
	}
	return OK;
}

static RESULT
add_custodians(
    const struct quorum *q, const struct quorum_hand *hand, struct minutes *m)
{
	char text[QUORUM_NAME_SIZE + 16];

	for (unsigned i = 0; i < q->count; i++) {
		bool written = hand->values[i].size == 0;
		size_t size = strlen(q->of[i].name);

		for (size_t k = 0; k < m->present_count; k++)
			written = written || strncmp(m->present[k],
						 q->of[i].name, size) == 0;
		snprintf(text, sizeof(text), "%s, custodian", q->of[i].name);
		text[MINUTES_NAME_SIZE - 1] = '\0';
		if (!written)
			TRY(minutes_present(m, text));
	}
	return OK;
}

/* ---- naming and opening ---- */

static RESULT
name_custodians(struct asked *a, const char *file, struct minutes *m,
    struct secret *key)
{
	AUTO(quorum_hand_clear) struct quorum_hand hand = {0};
	struct span passphrases[SHARES_MAX];
	char prompt[QUORUM_NAME_SIZE + 64];
	struct quorum q;

	for (size_t i = 0; i < a->custodian_count; i++) {
		snprintf(prompt, sizeof(prompt), "%.63s, your new passphrase "
		    "(12 characters or more): ",
		    a->custodians[i]);
		TRY(passphrases_next(
		    &a->passphrases, prompt, true, &passphrases[i]));
	}
	TRY(quorum_make(dir_of(a), file, a->custodians, passphrases,
	    (unsigned)a->custodian_count, a->needed_count, &q, &hand));
	TRY(note_made(&q, &hand, m));
	TRY(write_sheets(a, &q, &hand, m));
	TRY(add_custodians(&q, &hand, m));
	return quorum_open(&q, &hand, key);
}

static RESULT
open_held(struct asked *a, const struct quorum *q, struct minutes *m,
    struct secret *key)
{
	AUTO(quorum_hand_clear) struct quorum_hand hand = {0};
	char names[NAMES_SIZE];

	TRY(gather(a, q, q->needed, &hand));
	TRY(quorum_open(q, &hand, key));
	put_names(q, &hand, names);
	TRY(add_custodians(q, &hand, m));
	return minutes_note(m, "%s gave their shares, %u of %u: the PIN of the "
			       "root's token is made of them.",
	    names, hand.count, q->count);
}

static bool
change_was_begun(const struct asked *a)
{
	char path[PLACE_PATH];

	return place_path(dir_of(a), QUORUM_NEXT_FILE, "", path) == OK &&
	       place_has(path);
}

static RESULT
refuse_to_name(const struct asked *a)
{
	const char *pin_file = conf_text(a->conf, CONF_pki_root_pin_file);

	if (place_has(pin_file))
		return FAIL(ERR_CONFLICT,
		    "the root here has its PIN in %s; 'paraph ca ceremony "
		    "custodians' hands it over",
		    pin_file);
	if (a->custodian_count == 0)
		return FAIL(ERR_INVALID,
		    "who holds the root? It needs --custodian NAME for each, "
		    "three if one may be lost");
	return OK;
}

RESULT
ceremony_unlock(struct asked *a, bool first, struct minutes *m)
{
	char path[PLACE_PATH];
	struct quorum q;

	if (change_was_begun(a))
		return FAIL(ERR_WRONG_STATE,
		    "a change of custodians was begun and not finished: give "
		    "'paraph ca ceremony custodians' again");
	enum err found = root_custodians(a->conf, &q);
	if (found != OK && (found != ERR_NOT_FOUND || !first))
		return found;
	if (a->key.size > 0)
		return OK;
	if (found == OK)
		return open_held(a, &q, m, &a->key);
	TRY(refuse_to_name(a));
	TRY(place_path(dir_of(a), "ledger", "", path));
	TRY(place_folder_of(path));
	return name_custodians(a, QUORUM_FILE, m, &a->key);
}

/* ---- shares ---- */

RESULT
ceremony_step_shares(struct asked *a, struct minutes *m)
{
	AUTO(quorum_hand_clear) struct quorum_hand hand = {0};
	char names[NAMES_SIZE];
	struct quorum q;

	enum err found = root_custodians(a->conf, &q);
	if (found == ERR_NOT_FOUND)
		return FAIL(ERR_NOT_FOUND, "no custodians hold a root in %s",
		    dir_of(a));
	TRY(found);
	TRY(gather(a, &q, q.count, &hand));
	if (hand.count == 0)
		return FAIL(ERR_DENIED, "nobody tried a share");
	put_names(&q, &hand, names);
	TRY(add_custodians(&q, &hand, m));
	TRY(minutes_note(m, "Tried and good: the shares of %s.", names));
	for (unsigned i = 0; i < q.count; i++)
		if (hand.values[i].size == 0)
			TRY(minutes_note(m,
			    "Not shown to be good: the share of %s.",
			    q.of[i].name));
	TRY(minutes_note(m, "Any %u of the %u open the root; it was not "
			    "opened.",
	    q.needed, q.count));
	return write_sheets(a, &q, &hand, m);
}

/* ---- others instead of them ---- */

/* Who holds the root so far. out of size 0: a file has the PIN. */
static RESULT
open_before(struct asked *a, struct minutes *m, struct secret *out)
{
	AUTO(quorum_hand_clear) struct quorum_hand hand = {0};
	struct quorum q;

	if (a->key.size > 0) /* of the rehearsal */
		return secret_copy(span_of_secret(&a->key), out);
	enum err found = root_custodians(a->conf, &q);
	if (found == OK)
		return open_held(a, &q, m, out);
	if (found != ERR_NOT_FOUND)
		return found;
	err_clear();
	if (place_has(conf_text(a->conf, CONF_pki_root_pin_file)))
		return minutes_note(m, "The PIN of the root lay in a file so "
				       "far, and one person could use it.");
	TRY(gather_sheets(a, &q, &hand));
	TRY(quorum_open(&q, &hand, out));
	return minutes_note(m, "The file of custodians is not there: the "
			       "secret was put together from %u share sheets.",
	    hand.count);
}

static RESULT
open_next(struct asked *a, struct minutes *m, struct secret *out)
{
	struct quorum q;

	if (!change_was_begun(a))
		return name_custodians(a, QUORUM_NEXT_FILE, m, out);
	TRY(quorum_load(dir_of(a), QUORUM_NEXT_FILE, &q));
	TRY(minutes_note(m, "This change was begun before, and goes on."));
	return open_held(a, &q, m, out);
}

static RESULT
put_in_force(const struct asked *a)
{
	char next[PLACE_PATH], path[PLACE_PATH];

	TRY(place_path(dir_of(a), QUORUM_NEXT_FILE, "", next));
	TRY(place_path(dir_of(a), QUORUM_FILE, "", path));
	if (rename(next, path) != 0)
		return FAIL(ERR_UNAVAILABLE, "cannot write %s: %m", path);
	return place_settle(path);
}

RESULT
ceremony_step_custodians(struct asked *a, struct minutes *m)
{
	AUTO(secret_clear) struct secret before = {0};
	AUTO(secret_clear) struct secret next = {0};

	if (a->custodian_count == 0 && !change_was_begun(a))
		return FAIL(ERR_INVALID,
		    "who are they from now on? --custodian NAME for each");
	TRY(open_before(a, m, &before));
	TRY(open_next(a, m, &next));
	TRY(root_change_pins(a->conf, before.size ? &before : NULL, &next));
	TRY(put_in_force(a));
	TRY(minutes_note(m, "The token has a new PIN. What its old one was made "
			    "of opens it no more: destroy old sheets%s.",
	    before.size ? "" : ", and the file of the PIN and its .so"));
	return minutes_note(m, "A copy of the token from before this day still "
			       "has the old PIN.");
}
