/*
 * The document: which one, its pictures, and handing them in.
 *
 * Pictures are strangers' bytes. Here they are counted, recognised by their
 * first bytes and sealed; only the inspector parses them.
 */
#include "flow/journey_act.h"

#include "base/clock.h"
#include "ident/document.h"

#define GIVING (IN(collecting) | IN(action_required))

static RESULT
supersede(struct act *t, const char *kind)
{
	struct evidence *rows;
	size_t count;

	TRY(evidence_list(t->f->store, t->a, t->r.id, &rows, &count));
	for (size_t i = 0; i < count; i++) {
		struct evidence *e = &rows[i];
		if (e->attempt != t->r.attempt || !strstr(e->kind, kind) ||
		    strcmp(e->state, "superseded") == 0)
			continue;
		e->state = "superseded";
		TRY(evidence_save(t->f->store, e));
	}
	return OK;
}

static RESULT
check_choice(const struct act *t, const struct workspace *w,
    const char *country, const char *kind)
{
	char level = level_letter(level_find(t->r.level));

	if (!document_accepts(country, kind, level, w->test))
		return err_set_field(ERR_INVALID, "kind",
		    "is not accepted for this level");
	return OK;
}

/* It showed another document. The step may have been done, where pictures
 * alone were asked for again. */
static RESULT
supersede_recording(struct act *t)
{
	struct step *steps;
	size_t count;

	TRY(supersede(t, "document_video"));
	TRY(supersede(t, "film_document"));
	TRY(act_steps(t, &steps, &count));
	return step_is(steps, count, STEP_proof_of_life, "done")
	    ? act_step(t, STEP_proof_of_life, "todo", "")
	    : OK;
}

RESULT
journey_document(struct flow *f, struct arena *a, const char *id,
    const char *country, const char *kind, struct registration *out)
{
	AUTO(act_end) struct act t = {0};
	struct workspace w;

	TRY(act_begin_participant(f, a, id, &t));
	TRY(act_require(&t, GIVING));
	TRY(act_workspace(&t, &w));
	TRY(check_choice(&t, &w, country, kind));
	if (strcmp(country, t.r.country) == 0 && strcmp(kind, t.r.kind) == 0)
		return act_commit(&t, out);
	TRY(supersede(&t, "_front"));
	TRY(supersede(&t, "_back"));
	TRY(supersede_recording(&t));
	t.r.country = arena_text(a, country);
	t.r.kind = arena_text(a, kind);
	TRY(act_note(&t, "participant.document_chosen",
	    arena_format(a, "%s %s", country, kind), ""));
	return act_commit(&t, out);
}

static RESULT
sniff(struct span bytes, const char **media_type)
{
	static const uint8_t png[] = {0x89, 'P', 'N', 'G', 0x0d, 0x0a, 0x1a,
	    0x0a};
	static const uint8_t jpeg[] = {0xff, 0xd8, 0xff};
	static const uint8_t pdf[] = {'%', 'P', 'D', 'F', '-'};

	if (bytes.size == 0)
		return err_set_field(ERR_INVALID, "file", "is empty");
	if (bytes.size > PICTURE_MAX)
		return err_set_field(ERR_TOO_LARGE, "file",
		    "is more than 10 MB");
	if (bytes.size > sizeof(png) &&
	    memcmp(bytes.data, png, sizeof(png)) == 0)
		*media_type = "image/png";
	else if (bytes.size > sizeof(jpeg) &&
	    memcmp(bytes.data, jpeg, sizeof(jpeg)) == 0)
		*media_type = "image/jpeg";
	else if (bytes.size > sizeof(pdf) &&
	    memcmp(bytes.data, pdf, sizeof(pdf)) == 0)
		*media_type = "application/pdf";
	else
		return err_set_field(ERR_MEDIA_TYPE, "file",
		    "is neither JPEG nor PNG nor PDF");
	return OK;
}

/*
 * Files are for the lowest level. Above it the page takes pictures with the
 * camera and sends JPEG; a program that imitates the page can send a JPEG of
 * anything, and what can be known of that is in the pixels.
 */
static RESULT
require_camera(const struct registration *r, const char *media_type)
{
	if (strcmp(media_type, "image/jpeg") != 0 &&
	    level_find(r->level)->proof_of_life)
		return err_set_field(ERR_MEDIA_TYPE, "file",
		    "is a file, and at this level a picture is taken");
	return OK;
}

/* The kind of evidence a side is, where the document has that side. */
static RESULT
side_kind(const struct registration *r, const char *side, const char **out)
{
	if (!*r->kind)
		return FAIL(ERR_WRONG_STATE, "no document is chosen");
	if (strcmp(side, "front") == 0) {
		*out = "document_front";
		return OK;
	}
	if (strcmp(side, "back") != 0 ||
	    document_sides(r->country, r->kind) < 2)
		return err_set_field(ERR_INVALID, "side",
		    "is no side of this document");
	*out = "document_back";
	return OK;
}

/* One reading of a side at a time, and not without end. */
static RESULT
require_room(struct flow *f, struct arena *a, const struct registration *r,
    const char *kind)
{
	struct evidence *rows;
	size_t count, pictures = 0;

	TRY(evidence_list(f->store, a, r->id, &rows, &count));
	for (size_t i = 0; i < count; i++) {
		if (strncmp(rows[i].kind, "document_", 9) == 0)
			pictures++;
		if (strcmp(rows[i].kind, kind) == 0 &&
		    strcmp(rows[i].state, "received") == 0 &&
		    rows[i].created_at > clock_now() - PICTURE_PAUSE)
			return FAIL(ERR_TOO_MANY, "one is being read");
	}
	if (pictures >= PICTURES_MAX)
		return FAIL(ERR_TOO_MANY, "too many pictures");
	return OK;
}

/* What can be refused without the lock, is. */
static RESULT
require_giving(struct flow *f, struct arena *a, const char *id,
    const char *side, struct registration *r, const char **kind)
{
	TRY(registration_current(f, a, id, r));
	if (state_of(r->state) == STATE_expired)
		return FAIL(ERR_EXPIRED, "its time is over");
	if (!(GIVING & (1u << state_of(r->state))))
		return FAIL(ERR_WRONG_STATE, "not possible when %s", r->state);
	TRY(side_kind(r, side, kind));
	return require_room(f, a, r, *kind);
}

/* Who gives other pictures instead stands by the name. */
static RESULT
keep_name(struct act *t)
{
	bool asked;

	TRY(journey_name_is_asked(t, &asked));
	return asked ? act_step(t, STEP_name, "done", "") : OK;
}

/* Again behind the lock, where two uploads meet. */
static RESULT
take_picture(struct flow *f, struct arena *a, const struct registration *seen,
    struct evidence *e)
{
	AUTO(act_end) struct act t = {0};

	TRY(act_begin_participant(f, a, seen->id, &t));
	TRY(act_require(&t, GIVING));
	if (t.r.attempt != seen->attempt ||
	    strcmp(t.r.country, seen->country) != 0 ||
	    strcmp(t.r.kind, seen->kind) != 0)
		return FAIL(ERR_WRONG_STATE, "the document was changed");
	TRY(require_room(f, a, &t.r, e->kind));
	TRY(supersede(&t, strchr(e->kind, '_')));
	e->state = "received";
	TRY(evidence_save(f->store, e));
	TRY(keep_name(&t));
	TRY(act_step(&t, STEP_document, "doing", ""));
	TRY(act_note(&t, "participant.picture", e->kind, e->sha256));
	TRY(act_job(&t, "inspect", e->id));
	return act_commit(&t, NULL);
}

RESULT
journey_picture(struct flow *f, struct arena *a, const char *id,
    const char *side, struct span bytes, struct evidence *out)
{
	const char *kind, *media_type = "";
	struct registration r;
	struct evidence e;

	TRY(require_giving(f, a, id, side, &r, &kind));
	TRY(sniff(bytes, &media_type));
	TRY(require_camera(&r, media_type));
	TRY(keep_bytes(f, a, &r, kind, media_type, bytes, &e));
	enum err result = take_picture(f, a, &r, &e);
	if (result != OK) {
		keep_undo(f, &e);
		return result;
	}
	*out = e;
	return OK;
}

static RESULT
require_read(struct act *t, const char *side, const char *kind)
{
	struct evidence e;
	enum err found = evidence_find(t->f->store, t->a, t->r.id,
	    t->r.attempt, kind, &e);

	if (found != OK && found != ERR_NOT_FOUND)
		return found;
	if (found == ERR_NOT_FOUND || strcmp(e.state, "read") != 0)
		return err_set_field(ERR_WRONG_STATE, side,
		    "this picture is missing or not read yet");
	return OK;
}

RESULT
journey_require_pictures(struct act *t)
{
	if (!*t->r.kind)
		return FAIL(ERR_WRONG_STATE, "no document is chosen");
	TRY(require_read(t, "front", "document_front"));
	if (document_sides(t->r.country, t->r.kind) > 1)
		TRY(require_read(t, "back", "document_back"));
	return OK;
}

RESULT
journey_show_document(struct act *t, const char *reasons)
{
	bool more = level_find(t->r.level)->proof_of_life;
	enum err given = more ? journey_require_pictures(t) : ERR_WRONG_STATE;

	if (given != OK && given != ERR_WRONG_STATE)
		return given;
	err_clear();
	return act_step(t, STEP_document, given == OK ? "done" : "doing",
	    given == OK ? "" : reasons);
}

RESULT
journey_hand_in(struct act *t)
{
	bool life = level_find(t->r.level)->proof_of_life;

	TRY(journey_require_pictures(t));
	if (life) {
		TRY(require_read(t, "face", "face_video"));
		TRY(require_read(t, "document", "document_video"));
	}
	TRY(keep_name(t));
	TRY(act_move(t, EVENT_complete,
	    arena_format(t->a, "attempt %lld", (long long)t->r.attempt)));
	return act_job(t, life ? "compare" : "check", t->r.id);
}

RESULT
journey_complete(struct flow *f, struct arena *a, const char *id,
    struct registration *out)
{
	AUTO(act_end) struct act t = {0};

	TRY(act_begin_participant(f, a, id, &t));
	TRY(act_require(&t, GIVING));
	TRY(journey_hand_in(&t));
	return act_commit(&t, out);
}
