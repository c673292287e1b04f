/*
 * Takes: one recording each of a proof of life, sent in chunks while it is
 * made (docs/proof-of-life.md has the protocol).
 *
 * The server draws what is asked and reveals one prompt after the other, at
 * moments of its own choice: what a participant will have to do is not known
 * before. Each chunk is bound to its take, its place and all chunks before it
 * by a MAC, under a key that is derived and never stored. This says where the
 * bytes came from in which order, not that a camera made them.
 *
 * The web program writes chunks into the vault and cannot read them back; the
 * clerk puts them together (take_gather).
 */
#pragma once

#include "base/clock.h"
#include "base/digest.h"
#include "flow/flow.h"
#include "ident/challenge.h"

#define TAKES_MAX 20 /* of one part of a registration */
/* Of those, in which an action was told. Each is a draw for who has a film
 * ready: 10 of 640 are 1.6 %. Three attempts take three of them. */
#define TAKES_TOLD_MAX 10
#define TAKE_BEGIN (2 * MINUTE)  /* until the first prompt */
#define TAKE_LIFE (90 * SECOND)  /* from there; product 6 */
#define TAKE_GRACE (30 * SECOND) /* for what is still on its way */
#define TAKE_MAX ((size_t)40 << 20)
#define CHUNK_MAX ((size_t)2 << 20)
#define CHUNKS_MAX 512
#define TAKE_HINTS_MAX 1000
#define TAKE_SHOWN_LATEST 120000 /* ms in a recording */

enum take_state {
	TAKE_RECORDING,
	TAKE_SENT,       /* whole; one piece of evidence is on its way */
	TAKE_GATHERED,   /* ... and there */
	TAKE_SUPERSEDED, /* by another one, or its time was over */
	TAKE_STATE_COUNT
};

const char *take_state_text(enum take_state s);
enum take_state take_state_of(const char *text);

/* What the evidence of a part is called: face_video, document_video. */
const char *take_evidence_kind(enum part part);

/*
 * A new take of a part; one of the same part that is still recording ends.
 * hints: a JSON object of the page's, "" for none. ERR_WRONG_STATE: not at
 * this level or step, or the pictures of the document are not read;
 * ERR_MEDIA_TYPE; ERR_TOO_MANY: TAKES_MAX or TAKES_TOLD_MAX.
 */
RESULT take_begin(struct flow *f, struct arena *a, const char *id,
    enum part part, const char *media_type, const char *hints,
    struct take *out);

/* A take of this registration; ERR_NOT_FOUND for another's. */
RESULT take_find(struct flow *f, struct arena *a, const char *id,
    const char *take, struct take *out);

struct take_prompt {
	enum prompt_name name;
	int64_t position, asked_ms, hold_ms, expires_at;
	bool last;
};

/* The next prompt, or the last one again. ERR_WRONG_STATE: another one, or
 * sooner than the one before allowed. The first begins the recording. */
RESULT take_prompt(struct flow *f, struct arena *a, const char *id,
    const char *take, int64_t position, struct take_prompt *out);

/* Milliseconds until the next prompt may be asked; 0: now. */
int64_t take_wait(const struct keys *k, const struct take *t, int64_t now);

struct take_chunk {
	int64_t position;
	const char *mac; /* 64 hex digits */
	struct span bytes;
};

/* One chunk. The same again changes nothing. ERR_CONFLICT: not the next one;
 * ERR_INVALID (field mac); ERR_EXPIRED; ERR_TOO_LARGE; ERR_WRONG_STATE. */
RESULT take_chunk(struct flow *f, struct arena *a, const char *id,
    const char *take, const struct take_chunk *c, struct take *out);

struct take_end {
	int64_t chunks;
	const char *mac, *shown, *hints;
};

/*
 * The recording is whole: makes its evidence and the job that reads it, and
 * ends what was sent of the same part before. The same again changes
 * nothing. ERR_CONFLICT: chunks are missing; ERR_INVALID (mac, shown).
 */
RESULT take_finish(struct flow *f, struct arena *a, const char *id,
    const char *take, const struct take_end *e, struct take *out);

/* Where a part stands: todo, sent, read or retake. */
struct take_part {
	const char *state, *reasons;
	const char *evidence; /* "": none */
	int64_t takes_left;
};

RESULT take_parts(struct flow *f, struct arena *a,
    const struct registration *r, struct take_part out[PART_COUNT]);

/* What was asked and when: beside the recording for the inspector. */
RESULT take_challenge(const struct take *t, struct challenge *out);

/* How many recordings of a part there were so far: begun, and told so far that
 * its participant knew what to do. The first prompt, to look ahead or to show
 * the front, tells nothing. */
struct take_counts {
	int begun, told;
};

RESULT take_count(struct flow *f, struct arena *a, const char *registration,
    enum part part, struct take_counts *out);

/* What stands out in how a finished take came, as words with a space between:
 * virtual_camera device_changed clocks_differ sent_afterwards lights_off
 * exact_spacing no_capabilities other_camera. before: the take of the part
 * before in the same attempt; NULL: none. */
#define TAKE_REMARKS_MAX 160
void take_remarks(const struct take *t, const struct take *before,
    char out[TAKE_REMARKS_MAX]);

/* The clerk's: the chunks of a piece of evidence become one file in the
 * vault. ERR_INVALID: they are not what was sent. Again: nothing. */
RESULT take_gather(struct flow *f, struct arena *a, const char *evidence,
    struct evidence *out);

/* The clerk's: removes the chunks of a take that was not finished, or was
 * gathered. again: when to come back; 0: never. */
RESULT take_sweep(struct flow *f, struct arena *a, const char *take,
    int64_t *again);

/* The key of a take, and a link of its chain; for tests and take_gather. */
struct digest take_key(const struct keys *k, const char *take);
void take_chain_begin(const char *take, char out[DIGEST_TEXT_SIZE]);
RESULT take_chain_next(const struct keys *k, const char *take,
    const char *chain, int64_t position, const struct digest *content,
    char out[DIGEST_TEXT_SIZE]);

/* Milliseconds with a space between, never falling: "0 2100 4300". At most
 * CHALLENGE_MAX. ERR_INVALID for anything else. */
RESULT take_times_parse(const char *text, uint32_t out[CHALLENGE_MAX],
    size_t *count);
