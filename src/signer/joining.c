/*
 * Nothing that came in the folder is believed: a root by the digest that was
 * read aloud, everything else by the root's signature, the profile's lint and
 * the key that is in the token.
 */
#include "signer/joining_parts.h"

#include "base/clock.h"
#include "pki/lint.h"
#include "signer/anchor.h"

static void
joining_clear(struct joining *j)
{
	records_close(j->records);
	token_close(j->token);
}

DEFINE_AUTO_CLEAR(joining_clear, struct joining)

const struct profile *
joining_profile(enum authority authority)
{
	return profile_find(authority_profile(authority));
}

RESULT
joining_path(const struct joining *j, enum authority a, const char *ending,
    char out[PLACE_PATH])
{
	return place_path(conf_text(j->conf, CONF_pki_ca_dir),
	    authority_name(a), ending, out);
}

RESULT
joining_write(const struct joining *j, const char *name, const char *ending,
    struct span bytes)
{
	char path[PLACE_PATH];

	TRY(place_path(
	    conf_text(j->conf, CONF_pki_ca_dir), name, ending, path));
	return place_write(path, bytes, 0644);
}

RESULT
joining_read(const struct joining *j, enum authority a, const char *ending,
    size_t max, struct buf *out)
{
	char path[PLACE_PATH];

	TRY(place_path(j->folder, authority_name(a), ending, path));
	return place_read(path, max, out);
}

RESULT
joining_arrived(
    const struct joining *j, enum authority a, struct buf *der, bool *here)
{
	AUTO(buf_clear) struct buf known;
	char path[PLACE_PATH];

	buf_init(&known, 0);
	TRY(joining_read(j, a, ".cer", CERTIFICATE_MAX, der));
	TRY(joining_path(j, a, ".cer", path));
	*here = place_read(path, CERTIFICATE_MAX, &known) == OK;
	if (!*here)
		err_clear();
	else if (!span_equal(span_of_buf(der), span_of_buf(&known)))
		return FAIL(ERR_CONFLICT, "another %s than the one here",
		    authority_name(a));
	return OK;
}

RESULT
joining_lint(const struct joining *j, struct span der, const struct profile *p,
    struct span issuer, const char *issuer_file)
{
	struct lint_context context = {
	    .base_url = conf_text(j->conf, CONF_pki_base_url),
	    .own_policy = conf_text(j->conf, CONF_pki_policy_oid),
	    .issuer = issuer,
	    .issuer_file = issuer_file};
	struct lint_report report;

	lint_certificate(der, p, &context, &report);
	return lint_refuse(&report);
}

/* Whoever's clock is wrong: its certificates would be, too. */
RESULT
joining_check_begun(const struct certificate *c)
{
	char from[CLOCK_TEXT_SIZE], now[CLOCK_TEXT_SIZE];

	if (c->not_before <= clock_now() + HOUR)
		return OK;
	clock_format(c->not_before, from);
	clock_format(clock_now(), now);
	return FAIL(ERR_CONFLICT,
	    "it is valid from %.16s on, and here it is %.16s: the clock of one "
	    "of the machines is wrong",
	    from, now);
}

RESULT
joining_load_root(const struct joining *j, enum authority a, struct buf *out,
    struct certificate *c)
{
	char path[PLACE_PATH];

	TRY(joining_path(j, a, ".cer", path));
	TRY(place_read(path, CERTIFICATE_MAX, out));
	if (!records_know_authority(j->records, a, span_of_buf(out)))
		return FAIL(ERR_CONFLICT, "the ledger knows another %s",
		    authority_name(a));
	return certificate_parse(span_of_buf(out), c);
}

static RESULT
open_records(struct joining *j)
{
	char why[256];
	size_t repaired;

	TRY(place_folder_of(conf_text(j->conf, CONF_pki_pin_file)));
	enum err opened = records_open(conf_text(j->conf, CONF_signer_dir),
	    clock_now(), &j->records, &repaired);
	if (opened != ERR_LEDGER)
		return opened;
	snprintf(why, sizeof(why), "%s", err_explanation());
	return FAIL(ERR_UNAVAILABLE,
	    "%s: while the signer is at work, stop the service first", why);
}

typedef RESULT accept(struct joining *j, enum authority a);

static RESULT
accept_each(struct joining *j, bool issues, accept *one)
{
	for (unsigned i = 0; i < AUTHORITY_COUNT; i++)
		if (authority_issues((enum authority)i) == issues)
			TRY(one(j, (enum authority)i));
	err_clear();
	return OK;
}

/* The wrong folder is told before anything is opened. */
static RESULT
look_into(const char *folder)
{
	static const char *const endings[] = {".cer", ".crl"};
	char path[PLACE_PATH];

	for (unsigned i = 0; i < AUTHORITY_COUNT; i++)
		for (size_t k = 0; k < 2; k++) {
			TRY(place_path(folder,
			    authority_name((enum authority)i), endings[k],
			    path));
			if (place_has(path))
				return OK;
		}
	return FAIL(ERR_NOT_FOUND,
	    "nothing of a root lies in %s: neither certificates nor lists",
	    folder);
}

RESULT
joining_accept(const struct conf *conf, const char *folder,
    const struct digest *expected, struct minutes *m)
{
	AUTO(joining_clear)
	struct joining j = {
	    .conf = conf, .folder = folder, .expected = expected, .minutes = m};

	TRY(look_into(folder));
	TRY(place_open_signer(conf, false, &j.token));
	TRY(open_records(&j));
	TRY(anchor_begin(conf, j.token, j.records));
	TRY(accept_each(&j, false, joining_root));
	TRY(accept_each(&j, false, joining_list));
	TRY(accept_each(&j, true, joining_issuing));
	TRY(anchor_set(conf, j.token, j.records));
	return minutes_note(m, "Start the service again, and then: paraph "
			       "repository publish.");
}

/* Another generation of the same, that is here and has begun. */
static bool
another_issues(struct joining *j, enum authority authority, int64_t now)
{
	char path[PLACE_PATH];

	for (unsigned i = 0; i < AUTHORITY_COUNT; i++) {
		enum authority other = (enum authority)i;

		if (other != authority &&
		    authority_family(other) == authority_family(authority) &&
		    joining_path(j, other, ".cer", path) == OK &&
		    place_has(path) &&
		    records_issues_from(j->records, other) <= now)
			return true;
	}
	return false;
}

RESULT
joining_begin(const struct conf *conf, enum authority authority, int64_t from,
    struct minutes *m)
{
	AUTO(joining_clear)
	struct joining j = {.conf = conf, .minutes = m};
	char path[PLACE_PATH], text[CLOCK_TEXT_SIZE];
	int64_t now = clock_now();

	TRY(joining_path(&j, authority, ".cer", path));
	if (!authority_issues(authority) || !place_has(path))
		return FAIL(ERR_NOT_FOUND, "there is no %s here that issues",
		    authority_name(authority));
	TRY(open_records(&j));
	if (from < now)
		from = now;
	if (from > now && records_issues_from(j.records, authority) <= now &&
	    !another_issues(&j, authority, now))
		return FAIL(ERR_CONFLICT,
		    "%s issues today, and nothing else would until then; is "
		    "its next generation meant?",
		    authority_name(authority));
	TRY(records_begins(j.records, authority, from, now));
	TRY(records_sync(j.records));
	clock_format(from, text);
	return minutes_note(m,
	    "From %.10s %.8s UTC on, %s is the one that "
	    "issues. The generations before go on signing "
	    "lists and answers.",
	    text, text + 11, authority_name(authority));
}
