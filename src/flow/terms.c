/*
 * Terms. The first line of a file is its title, paragraphs are parted by
 * blank lines.
 */
#include "flow/terms.h"

#include "base/digest.h"
#include "base/embedded.h"
#include "base/text.h"

#define TEXT_MAX ((size_t)32 * 1024)

extern const struct embedded terms_texts[];

static const char *const kinds[] = {
	[TERMS_CONSENT] = "consent",
	[TERMS_AGREEMENT] = "agreement",
};

static bool
records_a_face(const char *level)
{
#define LEVEL(name, rank, profile, life, operator, pin, title)                 \
	if (strcmp(level, #name) == 0)                                         \
		return life;
#include "flow/levels.def"
#undef LEVEL
	return true; /* rather asked for too much */
}

/* Where a face is recorded, its data are of a special kind and have to be
 * consented to by name (GDPR article 9). */
static const char *
kind_for(enum terms_kind kind, const char *level)
{
	return kind == TERMS_CONSENT && records_a_face(level) ? "consent_face"
							      : kinds[kind];
}

static const char *
find_text(struct arena *a, const char *kind, const char *language,
    const char **found_language)
{
	const char *text = embedded_find(terms_texts,
	    arena_format(a, "%s.%s.txt", kind, language));

	*found_language = text ? language : "en";
	if (text)
		return text;
	return embedded_find(terms_texts, arena_format(a, "%s.en.txt", kind));
}

/* "3 years"; French says "3 ans". Leap days are no reason to count in days:
 * 2557 days are seven years. */
static const char *
duration(struct arena *a, long long days, const char *language)
{
	bool french = strcmp(language, "fr") == 0;
	long long years = days / 365;

	if (years == 0 || days % 365 > years / 4 + 1)
		return arena_format(a, french ? "%lld jours" : "%lld days",
		    days);
	if (years == 1)
		return french ? "1 an" : "1 year";
	return arena_format(a, french ? "%lld ans" : "%lld years", years);
}

static const char *
duration_of(struct arena *a, const struct conf *conf, enum conf_key key,
    const char *language)
{
	return duration(a, conf_number(conf, key), language);
}

static const char *
level_text(const char *level, const char *language)
{
	bool french = strcmp(language, "fr") == 0;

	if (strcmp(level, "lcp") == 0)
		return french ? "de niveau LCP, pour la signature avancée"
		              : "of level LCP, for advanced signatures";
	if (strcmp(level, "qcp") == 0)
		return french ? "de niveau QCP-n" : "of level QCP-n";
	return french ? "de niveau QCP-n-qscd" : "of level QCP-n-qscd";
}

static void
split(struct arena *a, char *text, struct terms *out)
{
	char *end = strchr(text, '\n');

	*end = '\0';
	out->title = text;
	for (text = end + 1; *text && out->count < TERMS_PARAGRAPHS_MAX;) {
		text += strspn(text, "\n");
		size_t size = strcspn(text, "\n");
		if (size > 0)
			out->paragraphs[out->count++] =
			    arena_text_of(a, SPAN(text, size));
		text += size;
	}
}

static RESULT
fill(const struct conf *conf, struct arena *a, const char *template,
    const struct workspace *w, const struct registration *r,
    struct terms *out)
{
	const struct text_value values[] = {
		{"workspace", w->name},
		{"contact", *w->contact ? w->contact : w->name},
		{"organisation", conf_text(conf, CONF_pki_organisation)},
		{"level", level_text(r->level, out->language)},
		{"years", duration_of(a, conf, CONF_pki_validity_days,
		    out->language)},
		{"kept", duration_of(a, conf, CONF_retention_issued_days,
		    out->language)},
		{"face_kept", duration_of(a, conf,
		    CONF_retention_recordings_days, out->language)},
		{"abandoned", duration_of(a, conf,
		    CONF_retention_abandoned_days, out->language)},
	};
	AUTO(buf_clear) struct buf text;

	buf_init(&text, TEXT_MAX);
	TRY(text_fill(template, values, sizeof(values) / sizeof(values[0]),
	    TEXT_PLAIN, &text));
	struct digest d = digest_sha256(span_of_buf(&text));
	digest_format(&d, out->sha256);
	out->text = arena_text(a, buf_text(&text));
	split(a, arena_text(a, out->text), out);
	return OK;
}

RESULT
terms_load(struct store *s, const struct conf *conf, struct arena *a,
    enum terms_kind kind, const struct registration *r, struct terms *out)
{
	struct terms t = {0};
	struct workspace w;

	const char *template = find_text(a, kind_for(kind, r->level),
	    r->language, &t.language);
	if (!template)
		return FAIL(ERR_INTERNAL, "no terms are built in");
	TRY(workspace_load(s, a, r->workspace, &w));
	TRY(fill(conf, a, template, &w, r, &t));
	*out = t;
	return OK;
}

RESULT
terms_check(struct store *s, const struct conf *conf, struct arena *a,
    enum terms_kind kind, const struct registration *r, const char *sha256)
{
	struct terms t;

	TRY(terms_load(s, conf, a, kind, r, &t));
	if (strcmp(t.sha256, sha256) != 0)
		return err_set_field(ERR_INVALID, "sha256",
		    "is not that of the text to be accepted");
	return OK;
}
