/*
 * How to verify a dossier, in English and French, filled in so that each
 * command runs as it stands.
 */
#include "cli/dossier.h"

#include "base/clock.h"
#include "base/embedded.h"
#include "base/text.h"

#include <openssl/ocsp.h>

#include <time.h>

#define README_MAX ((size_t)32768)
/* Later than the seal, and within its certificate's day. */
#define VERIFIED_AFTER (10 * MINUTE)

DEFINE_AUTO(OCSP_BASICRESP_free, OCSP_BASICRESP *)
DEFINE_AUTO(OCSP_RESPONSE_free, OCSP_RESPONSE *)

extern const struct embedded dossier_texts[];

static const struct {
	const char *part, *text;
	const char *left_out;
} readmes[] = {
    {"README.txt", "dossier.en.txt",
	"\n\n  Of the evidence, not all is inside ({{missing}} of {{all}} are "
	"not):\n  evidence.json says why of each."},
    {"LISEZMOI.txt", "dossier.fr.txt",
	"\n\n  Toutes les pièces n'y sont pas ({{missing}} sur {{all}} "
	"manquent) :\n  evidence.json dit pourquoi pour chacune."},
};

/* What the commands about a certificate are filled with, all of them times at
 * which its chain holds; where there is none nobody runs them. */
struct filled {
	const char *issuer;
	int64_t issued, answered;
};

static int64_t
time_of(const ASN1_GENERALIZEDTIME *at)
{
	struct tm t;

	return at && ASN1_TIME_to_tm(at, &t) ? timegm(&t) * SECOND : 0;
}

/* When an OCSP answer was signed; 0: it cannot be read. */
static int64_t
answered_at(struct span der)
{
	const uint8_t *at = der.data;
	AUTO(OCSP_RESPONSE_free) OCSP_RESPONSE *response =
	    d2i_OCSP_RESPONSE(NULL, &at, (long)der.size);
	AUTO(OCSP_BASICRESP_free) OCSP_BASICRESP *basic =
	    response ? OCSP_response_get1_basic(response) : NULL;

	return basic ? time_of(OCSP_resp_get0_produced_at(basic)) : 0;
}

static struct filled
look(struct dossier_file *d)
{
	struct filled f = {"issuing-l", d->at, d->at};
	struct certificate c;
	struct span der;
	int64_t next;

	if (certificate_of(d->a->store, &d->a->arena, d->r.id, &c) == OK) {
		f = (struct filled){c.issuer, c.not_before, d->at};
		if (ocsp_load(d->a->store, &d->a->arena, c.issuer, c.serial,
			&der, &next) == OK && answered_at(der))
			f.answered = answered_at(der);
	}
	err_clear();
	return f;
}

static RESULT
fill_left_out(struct dossier_file *d, const char *text, struct buf *out)
{
	const struct text_value values[] = {
	    {"missing", arena_format(&d->a->arena, "%zu", d->missing)},
	    {"all", arena_format(&d->a->arena, "%zu", d->evidence)}};

	return d->missing
		   ? text_fill(text, values, COUNT_OF(values), TEXT_PLAIN, out)
		   : OK;
}

static const char *
seconds(struct dossier_file *d, int64_t at)
{
	return arena_format(&d->a->arena, "%lld", (long long)(at / SECOND));
}

static RESULT
add_readme(struct dossier_file *d, size_t i)
{
	AUTO(buf_clear) struct buf text, left_out;
	const struct filled f = look(d);
	char at[CLOCK_TEXT_SIZE];

	buf_init(&text, README_MAX);
	buf_init(&left_out, 1024);
	clock_format(d->at, at);
	TRY(fill_left_out(d, readmes[i].left_out, &left_out));
	const struct text_value values[] = {{"registration", d->r.id},
	    {"at", at},
	    {"organisation", conf_text(d->a->conf, CONF_pki_organisation)},
	    {"by", d->by.name}, {"role", d->by.role},
	    {"left_out", buf_text(&left_out)}, {"issuer", f.issuer},
	    {"issued", seconds(d, f.issued)},
	    {"answered", seconds(d, f.answered)},
	    {"epoch", seconds(d, d->at + VERIFIED_AFTER)}};
	TRY(text_fill(embedded_find(dossier_texts, readmes[i].text), values,
	    COUNT_OF(values), TEXT_PLAIN, &text));
	return archive_add(&d->zip, readmes[i].part, span_of_buf(&text));
}

RESULT
dossier_readme(struct dossier_file *d)
{
	for (size_t i = 0; i < COUNT_OF(readmes); i++)
		TRY(add_readme(d, i));
	return OK;
}
