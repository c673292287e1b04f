/*
 * How to verify a dossier, in English and French, filled in so that each
 * command runs as it stands.
 */
#include "cli/dossier.h"

#include "base/clock.h"
#include "base/embedded.h"
#include "base/text.h"

#define README_MAX ((size_t)32768)
/* Later than the seal, and within its certificate's day. */
#define VERIFIED_AFTER (10 * MINUTE)

extern const struct embedded dossier_texts[];

static const struct {
	const char *part, *text;
	const char *left_out;
} readmes[] = {
    {"README.txt", "dossier.en.txt",
	"Of the\n  evidence, not all is inside ({{missing}} of {{all}} are "
	"not):\n  evidence.json says why of each."},
    {"LISEZMOI.txt", "dossier.fr.txt",
	"Toutes\n  les pièces n'y sont pas ({{missing}} sur {{all}} manquent) "
	":\n  evidence.json dit pourquoi."},
};

/* Of the certificate; where there is none, of those for the level L. */
static const char *
issuer_of(struct dossier_file *d)
{
	struct certificate c;

	if (certificate_of(d->a->store, &d->a->arena, d->r.id, &c) == OK)
		return c.issuer;
	err_clear();
	return "issuing-l";
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

static RESULT
add_readme(struct dossier_file *d, size_t i)
{
	AUTO(buf_clear) struct buf text, left_out;
	char at[CLOCK_TEXT_SIZE];

	buf_init(&text, README_MAX);
	buf_init(&left_out, 1024);
	clock_format(d->at, at);
	TRY(fill_left_out(d, readmes[i].left_out, &left_out));
	const struct text_value values[] = {{"registration", d->r.id},
	    {"at", at},
	    {"organisation", conf_text(d->a->conf, CONF_pki_organisation)},
	    {"by", d->by.name}, {"role", d->by.role},
	    {"left_out", buf_text(&left_out)}, {"issuer", issuer_of(d)},
	    {"epoch", arena_format(&d->a->arena, "%lld",
			  (long long)((d->at + VERIFIED_AFTER) / SECOND))}};
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
