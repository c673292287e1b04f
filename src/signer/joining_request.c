/*
 * An issuing authority's key is made where it will be used, and asks the root
 * for its certificate. The settings that will stand in it go along.
 */
#include "signer/joining_parts.h"

#include "pki/csr.h"
#include "pki/subject.h"
#include "signer/signer.h"

static RESULT
build_request(const struct conf *conf, enum authority authority,
    struct token_key *key, struct buf *out)
{
	struct ceremony_plan plan = signer_plan(conf);
	struct signing_key signing = token_key_signing(key);
	AUTO(buf_clear) struct buf subject;

	buf_init(&subject, SUBJECT_MAX);
	buf_init(out, CSR_MAX);
	plan.generation = authority_generation(authority);
	plan.issuing_public = place_key(key);
	TRY(ceremony_issuing_name(&plan, joining_profile(authority), &subject));
	return csr_build(span_of_buf(&subject), place_key(key), &signing, out);
}

/* A key that is there belongs to an earlier start, unless it is certified. */
static RESULT
take_key(const struct conf *conf, enum authority authority, struct token *t,
    struct token_key *out, struct minutes *m)
{
	const char *name = authority_name(authority);
	enum key_kind kind;

	TRY(place_issuing_key(conf, &kind));
	enum err found = token_key_find(t, name, kind, out);
	if (found == OK)
		return minutes_note(m,
		    "The key of %s is in the token "
		    "already, from an earlier start.",
		    name);
	if (found != ERR_NOT_FOUND)
		return found;
	TRY(minutes_note(m,
	    "The signer's token makes the key of %s, %s. It "
	    "cannot be taken out of it.",
	    name, key_kind_name(kind)));
	return token_key_make(t, name, kind, out);
}

/* Only then a token is made: where there are authorities, one that is missing
 * was not mounted, or is lost. */
static bool
is_first(const struct conf *conf)
{
	char path[PLACE_PATH];

	for (unsigned i = 0; i < AUTHORITY_COUNT; i++)
		if (authority_issues((enum authority)i) &&
		    place_path(conf_text(conf, CONF_pki_ca_dir),
			authority_name((enum authority)i), ".cer",
			path) == OK &&
		    place_has(path))
			return false;
	return true;
}

RESULT
joining_request(const struct conf *conf, enum authority authority,
    const char *folder, struct minutes *m)
{
	const char *name = authority_name(authority);
	AUTO(token_close) struct token *token = NULL;
	AUTO(buf_clear) struct buf request, settings;
	AUTO(free) char *file = NULL;
	char path[PLACE_PATH];
	struct token_key key;

	buf_init(&request, 0);
	buf_init(&settings, PLACE_PATH);
	if (!authority_issues(authority))
		return FAIL(ERR_INVALID, "%s does not issue", name);
	TRY(place_path(conf_text(conf, CONF_pki_ca_dir), name, ".cer", path));
	if (place_has(path))
		return FAIL(ERR_CONFLICT,
		    "%s has its certificate; the next generation has the next "
		    "number",
		    name);
	TRY(place_open_signer(conf, is_first(conf), &token));
	TRY(place_take_secrets(token));
	TRY(take_key(conf, authority, token, &key, m));
	TRY(build_request(conf, authority, &key, &request));
	TRY(place_path(folder, name, ".p10", path));
	TRY(place_write(path, span_of_buf(&request), 0644));
	TRY(place_settings(conf, &settings));
	TRY(place_path(folder, name, ".settings", path));
	TRY(place_write(path, span_of_buf(&settings), 0644));
	if (asprintf(&file, "%s.p10", name) < 0)
		abort();
	TRY(minutes_request(m, file, place_key(&key), token));
	return minutes_note(m,
	    "The request %s lies in the folder: carry it to "
	    "the root's machine, with these minutes.",
	    file);
}
