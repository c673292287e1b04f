/*
 * Filling templates.
 */
#include "clerk/render.h"

#include "base/clock.h"
#include "base/embedded.h"
#include "base/text.h"
#include "flow/code.h"
#include "flow/registration.h"
#include "flow/renewal.h"

#define LETTER_MAX ((size_t)16 * 1024)
#define VALUES_MAX 12

extern const struct embedded mail_texts[];

static const char *
find_text(struct arena *a, const char *name, const char *language,
    const char *ending)
{
	const char *text = embedded_find(mail_texts,
	    arena_format(a, "%s.%s.%s", name, language, ending));

	return text ? text : embedded_find(mail_texts,
	    arena_format(a, "%s.en.%s", name, ending));
}

static const char *
find_word(struct arena *a, const char *text, const char *key)
{
	const char *wanted = arena_format(a, "%s: ", key);

	while (text && *text) {
		const char *end = strchr(text, '\n');
		size_t length = end ? (size_t)(end - text) : strlen(text);
		size_t skip = strlen(wanted);
		if (length > skip && strncmp(text, wanted, skip) == 0)
			return arena_text_of(a,
			    SPAN(text + skip, length - skip));
		text = end ? end + 1 : NULL;
	}
	return NULL;
}

const char *
render_word(struct arena *a, const char *language, const char *key)
{
	const char *word =
	    find_word(a, find_text(a, "words", language, "txt"), key);

	return word ? word :
	    find_word(a, find_text(a, "words", "en", "txt"), key);
}

static enum err
fill(struct arena *a, const char *template, const struct text_value *values,
    size_t count, enum text_escape escape, const char **out)
{
	AUTO(buf_clear) struct buf b;

	if (!template)
		return FAIL(ERR_INTERNAL, "a text is missing");
	buf_init(&b, LETTER_MAX);
	TRY(text_fill(template, values, count, escape, &b));
	*out = arena_text(a, buf_text(&b));
	return OK;
}

static enum err
date_text(struct arena *a, const char *language, int64_t at, const char **out)
{
	char iso[CLOCK_TEXT_SIZE];
	int year, month, day;

	clock_format(at, iso);
	clock_date(at, &year, &month, &day);
	const struct text_value values[] = {
	    /* the first may be an ordinal: 1er in French */
	    {"day", day == 1 ? render_word(a, language, "day_1")
			     : arena_format(a, "%d", day)},
	    {"month", render_word(a, language,
			  arena_format(a, "month_%d", month))},
	    {"year", arena_format(a, "%d", year)},
	    {"time", arena_format(a, "%.5s", iso + 11)},
	};
	return fill(a, render_word(a, language, "date"), values,
	    COUNT_OF(values), TEXT_PLAIN, out);
}

static enum err
greeting(struct arena *a, const struct mail *m, const char *name,
    const char **out)
{
	const struct text_value values[] = {{"name", name}};

	return fill(a,
	    render_word(a, m->language, name[0] ? "greeting_named" : "greeting"),
	    values, 1, TEXT_PLAIN, out);
}

/* The reasons of the document step as lines of text. */
static enum err
reasons_text(struct clerk *c, struct arena *a, const struct mail *m,
    const char **out)
{
	const char *lines = "";
	struct step *steps;
	size_t count;

	TRY(step_list(c->store, a, m->registration, &steps, &count));
	for (size_t i = 0; i < count; i++) {
		char *rest = arena_text(a, steps[i].reasons), *code;
		while ((code = strsep(&rest, " ")) != NULL) {
			const char *word = render_word(a, m->language,
			    arena_format(a, "reason_%s", code));
			if (*code && word)
				lines = arena_format(a, "%s%s  - %s", lines,
				    *lines ? "\n" : "", word);
		}
	}
	*out = *lines ? lines : arena_format(a, "  - %s",
	    render_word(a, m->language, "reason_not_verified"));
	return OK;
}

static const char *
code_channel(const struct mail *m)
{
	bool sms = strcmp(m->channel, "sms") == 0;

	if (strcmp(m->kind, "revocation_code") == 0)
		return sms ? CODE_REVOCATION_PHONE : CODE_REVOCATION;
	if (strcmp(m->kind, "pin_code") == 0)
		return CODE_PIN;
	return sms ? CODE_PHONE : CODE_EMAIL;
}

/* The digits, while they are still good. */
static enum err
code_text(struct clerk *c, struct arena *a, const struct mail *m,
    const char **out)
{
	char *digits = arena_get(a, CODE_DIGITS + 1);
	struct code code;

	TRY(code_load(c->store, a, m->registration, code_channel(m), &code));
	if (code.expires_at <= clock_now())
		return FAIL(ERR_EXPIRED, "the code is over");
	code_digits(&c->keys, &code, digits);
	*out = digits;
	return OK;
}

/* Only a mail to the participant carries the link that proves the address. */
static enum err
participant_link(struct clerk *c, struct arena *a, const struct mail *m,
    const struct registration *r, const char **out)
{
	if (strcmp(m->channel, "email") == 0 &&
	    strcmp(m->recipient, r->email) == 0)
		return registration_mailed_link(&c->flow, a, r, out);
	*out = "";
	return OK;
}

/* Where the message leads, and until when that is good. */
static enum err
link_and_end(struct clerk *c, struct arena *a, const struct mail *m,
    const struct registration *r, const char **link, int64_t *end)
{
	struct certificate crt;

	*end = r->expires_at;
	if (strcmp(m->kind, "expiring") != 0)
		return participant_link(c, a, m, r, link);
	TRY(certificate_of(c->store, a, r->id, &crt));
	*end = crt.not_after;
	return renewal_link(&c->flow, a, &crt, link);
}

static enum err
gather(struct clerk *c, struct arena *a, const struct mail *m,
    struct text_value values[VALUES_MAX], size_t *count)
{
	struct registration r;
	struct workspace w;
	const char *code = "", *hello, *link, *until, *reasons;
	int64_t end;

	TRY(registration_load(c->store, a, m->registration, &r));
	TRY(workspace_load(c->store, a, r.workspace, &w));
	TRY(link_and_end(c, a, m, &r, &link, &end));
	TRY(date_text(a, m->language, end, &until));
	TRY(greeting(a, m, r.fullname, &hello));
	TRY(reasons_text(c, a, m, &reasons));
	if (strcmp(m->kind, "code") == 0 ||
	    strcmp(m->kind, "revocation_code") == 0 ||
	    strcmp(m->kind, "pin_code") == 0)
		TRY(code_text(c, a, m, &code));
	const struct text_value all[VALUES_MAX] = {
	    {"greeting", hello}, {"workspace", w.name},
	    {"contact", w.contact}, {"link", link}, {"expires", until},
	    {"reasons", reasons}, {"code", code},
	    {"participant", r.fullname[0] ? r.fullname : r.email},
	    {"base_url", conf_text(c->program.conf, CONF_web_base_url)},
	    {"level", render_word(a, m->language,
			  arena_format(a, "level_%s", r.level))},
	};
	memcpy(values, all, sizeof(all));
	*count = 10;
	return OK;
}

/* "Subject: ..." is the first line, an empty one follows. */
static enum err
split(struct arena *a, const char *template, const char **subject,
    const char **body)
{
	static const char prefix[] = "Subject: ";
	const char *end = template ? strstr(template, "\n\n") : NULL;

	if (!end || strncmp(template, prefix, sizeof(prefix) - 1) != 0)
		return FAIL(ERR_INTERNAL, "a mail without a subject");
	template += sizeof(prefix) - 1;
	*subject = arena_text_of(a, SPAN(template, (size_t)(end - template)));
	*body = end + 2;
	return OK;
}

RESULT
render_letter(struct clerk *c, struct arena *a, const struct mail *m,
    struct letter *out)
{
	bool sms = strcmp(m->channel, "sms") == 0;
	struct text_value values[VALUES_MAX];
	const char *subject = "", *body;
	size_t count;

	body = find_text(a, m->kind, m->language, sms ? "sms" : "txt");
	if (!sms)
		TRY(split(a, body, &subject, &body));
	TRY(gather(c, a, m, values, &count));
	TRY(fill(a, subject, values, count, TEXT_HEADER, &out->subject));
	return fill(a, body, values, count, TEXT_PLAIN, &out->body);
}
