/*
 * Evidence as it was handed in. Each piece goes straight from the vault into
 * the file, so that a recording never stands in memory as a whole; one that is
 * not what its row says, or that is gone, is named and left out.
 */
#include "cli/dossier.h"

static const struct {
	const char *type, *ending;
} endings[] = {{"application/pdf", "pdf"}, {"image/jpeg", "jpg"},
    {"image/png", "png"}, {"text/plain", "txt"}, {"video/mp4", "mp4"},
    {"video/webm", "webm"}};

/* A type may have parameters: "video/webm;codecs=vp8". */
static const char *
ending_of(const char *media_type)
{
	size_t size = strcspn(media_type, ";");

	for (size_t i = 0; i < COUNT_OF(endings); i++)
		if (strlen(endings[i].type) == size &&
		    strncmp(endings[i].type, media_type, size) == 0)
			return endings[i].ending;
	return "bin";
}

static enum err
into_part(void *data, struct span bytes)
{
	return archive_write(data, bytes);
}

/* ERR_INVALID: something else lies in its place. */
static RESULT
stream(struct dossier_file *d, const struct evidence *e, const char *name)
{
	char sha256[DIGEST_TEXT_SIZE];

	TRY(archive_begin(&d->zip, name));
	TRY(vault_stream(conf_text(d->a->conf, CONF_store_vault), e->id,
	    e->sealed_key, &d->a->keys.vault, into_part, &d->zip));
	TRY(archive_end(&d->zip));
	digest_format(&d->zip.parts[d->zip.count - 1].digest, sha256);
	return strcmp(sha256, e->sha256) == 0
		   ? OK
		   : FAIL(ERR_INVALID, "%s is not what was given", e->id);
}

/* NULL: it is inside; else why it is not. */
static RESULT
add_piece(struct dossier_file *d, const struct evidence *e, const char *name,
    const char **missing)
{
	*missing = NULL;
	d->evidence++;
	if (e->sealed_key.size == 0)
		*missing = "destroyed";
	else if (!d->with_evidence)
		*missing = "left out: the dossier was asked for without evidence";
	if (*missing) {
		d->missing++;
		return OK;
	}
	enum err result = stream(d, e, name);
	if (result == OK)
		return OK;
	/* a full disk, or a name that is none, says nothing of the evidence */
	if (result != ERR_NOT_FOUND && result != ERR_INVALID)
		return result;
	*missing = result == ERR_NOT_FOUND ? "its file is not in the vault"
					   : "its file is damaged or another";
	err_clear();
	d->missing++;
	return archive_drop(&d->zip);
}

static json_t *
value_of(const struct finding *f)
{
	switch (finding_type_of(f->name)) {
	case FINDING_TEXT:
		return json_string(f->text);
	case FINDING_FLAG:
		return json_boolean(f->value != 0);
	case FINDING_NUMBER:
		break;
	}
	return json_real(f->value);
}

static RESULT
findings_of(struct dossier_file *d, const char *id, json_t *list)
{
	struct findings *all = arena_get(&d->a->arena, sizeof(*all));

	TRY(findings_load(d->a->store, id, all));
	for (size_t i = 0; i < all->count; i++) {
		const struct finding *f = &all->items[i];
		json_t *one = json_pack("{s:s, s:o, s:f, s:[i,i,i,i]}", "name",
		    finding_name_text(f->name), "value", value_of(f),
		    "confidence", f->confidence, "region", f->box.x, f->box.y,
		    f->box.width, f->box.height);

		if (!one || json_array_append_new(list, one) != 0)
			return FAIL(ERR_INTERNAL,
			    "a finding of %s cannot be described", id);
	}
	return OK;
}

/* What was asked of the person, and when; null: it is no recording. */
static RESULT
take_of(struct dossier_file *d, const char *id, json_t **out)
{
	struct take t;
	enum err found =
	    take_of_evidence(d->a->store, &d->a->arena, id, &t);

	*out = json_null();
	if (found == ERR_NOT_FOUND) {
		err_clear();
		return OK;
	}
	TRY(found);
	*out = json_pack("{s:s, s:o, s:o, s:o, s:o, s:o}", "part", t.part,
	    "prompts", dossier_words(t.prompts), "asked_ms",
	    dossier_words(t.asked), "shown_ms", dossier_words(t.shown),
	    "drawn_at", dossier_time(t.created_at), "started_at",
	    dossier_time(t.started_at));
	return OK;
}

static RESULT
describe(struct dossier_file *d, const struct evidence *e, json_t *list)
{
	const char *missing,
	    *name = arena_format(&d->a->arena, "evidence/%lld-%s-%s.%s",
		(long long)e->attempt, e->kind, e->id,
		ending_of(e->media_type));

	AUTO(json_decref) json_t *findings = json_array();
	json_t *take;

	TRY(findings_of(d, e->id, findings));
	TRY(add_piece(d, e, name, &missing));
	TRY(take_of(d, e->id, &take));
	json_t *one = json_pack("{s:s, s:s, s:I, s:s, s:o, s:s, s:I, s:s, "
				"s:o, s:s?, s:s?, s:o, s:o}",
	    "id", e->id, "kind", e->kind, "attempt", (json_int_t)e->attempt,
	    "state", e->state, "reasons", dossier_words(e->reasons),
	    "media_type", e->media_type, "size", (json_int_t)e->size, "sha256",
	    e->sha256, "given_at", dossier_time(e->created_at), "file",
	    missing ? NULL : name, "missing", missing, "recording",
	    take, "findings", json_incref(findings));
	return one && json_array_append_new(list, one) == 0
		   ? OK
		   : FAIL(ERR_INTERNAL, "%s cannot be described", e->id);
}

RESULT
dossier_evidence(struct dossier_file *d)
{
	AUTO(json_decref) json_t *list = json_array();
	struct evidence *all;
	size_t count;

	TRY(evidence_list(
	    d->a->store, &d->a->arena, d->r.id, &all, &count));
	for (size_t i = 0; i < count; i++) {
		dossier_progress("evidence: %zu of %zu", i + 1, count);
		TRY(describe(d, &all[i], list));
	}
	return dossier_json(d, "evidence.json", json_incref(list));
}
