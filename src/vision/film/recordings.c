/*
 * What an inspector of recordings has beside one of pictures. Nothing but
 * inspector_load_faces() leads here, so that a program that does not call it
 * is linked without the libraries of films and faces.
 */
#include "vision/film/embedding.h"
#include "vision/film/faces.h"
#include "vision/film/recording.h"

static RESULT
read_recording(const struct inspector *i, enum inspection_kind kind,
    struct span file, struct span detail, struct findings *out,
    struct buf *film)
{
	bool face = kind == INSPECTION_face;
	struct challenge asked = {.part = face ? PART_FACE : PART_DOCUMENT};
	if (kind == INSPECTION_comparison)
		return inspect_comparison(i, file, out, film);
	if (detail.size > 0)
		TRY(challenge_get(detail, &asked));
	return face ? inspect_face(i, file, &asked, out, film) :
	    inspect_document_shown(i, file, &asked, out, film);
}

static void
forget(struct inspector *i)
{
	if (i->embedding)
		embedding_free(i->embedding);
	if (i->faces)
		faces_free(i->faces);
	i->embedding = NULL;
	i->faces = NULL;
}

static const struct recordings recordings = {read_recording, forget};

RESULT
inspector_load_faces(const char *landmarks, const char *sha256,
    struct inspector *i)
{
	TRY(faces_load(landmarks, sha256, &i->faces));
	i->recordings = &recordings;
	inspector_weigh(i);
	return OK;
}

RESULT
inspector_load_embedding(const char *description, struct inspector *i)
{
	enum err code = embedding_load(description, &i->embedding);
	if (code == ERR_NOT_FOUND) {
		err_clear();
		return OK;
	}
	inspector_weigh(i);
	return code;
}
