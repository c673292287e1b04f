/*
 * "Show me this picture": web cannot read the vault, the clerk can. What
 * leaves is the re-encoded still, never the file that was uploaded, and only of
 * a case in review, or of an earlier one that has something in common with it.
 * A web that was taken over sees what operators have; with
 * SQLite it can also write that a case is in review.
 */
#include "clerk/clerk.h"

#include "base/enum.h"
#include "base/log.h"
#include "flow/picture_seal.h"
#include "flow/review.h"
#include "ident/film.h"
#include "proc/inspection.h"
#include "proc/memfile.h"

#define ARENA_MAX ((size_t)1 << 20)

/* Evidence that was made in the cage, and nothing that came from outside. */
static const char *const shown[] = {"still_front", "still_back", "film_face",
    "film_document", "film_compared"};

/* The case itself, or one that recognition put beside it. */
static enum err
require_shown(struct clerk *c, struct arena *a, const struct still_request *q)
{
	const char *id = *q->beside ? q->beside : q->registration;
	struct registration held;
	bool beside = true;

	TRY(registration_load(c->store, a, id, &held));
	if (state_of(held.state) != STATE_in_review)
		return FAIL(ERR_NOT_FOUND, "not in review");
	if (*q->beside)
		TRY(earlier_is_beside(
		    &c->flow, a, q->beside, q->registration, &beside));
	return beside ? OK : FAIL(ERR_NOT_FOUND, "not beside that case");
}

static enum err
find_still(struct clerk *c, struct arena *a, const struct message *question,
    struct evidence *out)
{
	struct still_request q;
	struct registration r;

	TRY(still_request_get(span_of_buf(&question->body), &q));
	TRY(require_shown(c, a, &q));
	TRY(registration_load(c->store, a, q.registration, &r));
	if (enum_find(shown, COUNT_OF(shown), q.kind) == COUNT_OF(shown))
		return FAIL(ERR_NOT_FOUND, "not shown to anybody");
	TRY(evidence_find(c->store, a, q.registration, r.attempt, q.kind,
	    out));
	enum err result = picture_seal_check(&c->flow, a, &r, out);
	/* that of an earlier request is nobody's to approve */
	return *q.beside && result == ERR_CHECK_FAILED
	    ? FAIL(ERR_PICTURE_CHANGED, "a picture of an earlier request")
	    : result;
}

static enum err
open_still(struct clerk *c, const struct evidence *e, int *out)
{
	AUTO(buf_wipe) struct buf content;

	buf_init(&content, FILM_MAX);
	TRY(evidence_open(c, e, &content));
	return memfile_make(span_of_buf(&content), out);
}

void
still_answer(struct clerk *c, const struct message *question)
{
	struct channel *web = &c->program.peers[ROLE_web];
	AUTO(arena_clear) struct arena a;
	AUTO(close) int fd = -1;
	struct evidence e;

	arena_init(&a, ARENA_MAX);
	enum err result = find_still(c, &a, question, &e);
	if (result == OK)
		result = open_still(c, &e, &fd);
	if (result != OK && result != ERR_NOT_FOUND)
		log_warn("still.missing why=\"%s\"", err_explanation());
	if (result == ERR_CHECK_FAILED || result == ERR_PICTURE_CHANGED) {
		pass_back(c, question->request, result, NULL);
		return;
	}
	enum err sent = result == OK ?
	    channel_send(web, MESSAGE_still_reply, question->request,
		SPAN(NULL, 0), &fd, 1) :
	    channel_send(web, MESSAGE_still_missing, question->request,
		SPAN(NULL, 0), NULL, 0);
	if (sent != OK)
		log_warn("still.unsent why=\"%s\"", err_explanation());
}
