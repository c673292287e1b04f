/*
 * Which documents a level accepts (documents.def), for forms and for people.
 */
#include "ident/country.h"
#include "ident/document.h"
#include "web/route.h"

static char
letter_of(const char *level)
{
	if (strcmp(level, "qcp") == 0)
		return 'q';
	return strcmp(level, "qcpnqscd") == 0 ? 's' : 'l';
}

/* Whether an earlier row said the same to the public. */
static bool
is_repeated(size_t index)
{
	const struct document *d = document_at(index);

	for (size_t i = 0; i < index; i++) {
		const struct document *before = document_at(i);
		if (strcmp(before->country, d->country) == 0 &&
		    strcmp(before->kind, d->kind) == 0 &&
		    strcmp(before->model, d->model) == 0)
			return true;
	}
	return false;
}

static const char *
country_text(const char *code, const char *language)
{
	const struct country *c = country_find(code);

	if (!c)
		return code;
	return strcmp(language, "fr") == 0 ? c->french : c->english;
}

static void
write_row(struct json *j, const struct document *d, const char *language)
{
	json_open(j, NULL);
	json_text(j, "country", d->country);
	json_text(j, "country_name", country_text(d->country, language));
	json_text(j, "kind", d->kind);
	json_text(j, "kind_name", document_kind_text(d->kind, language));
	json_text(j, "model", d->model);
	json_number(j, "sides", d->sides);
	json_text(j, "valid_from", d->valid_from);
	json_text(j, "note", d->source);
	json_close(j);
}

RESULT
handle_accepted_documents(struct request *q)
{
	char level = letter_of(text(q, FIELD_documents_level));
	const char *language = text(q, FIELD_documents_language);
	bool test = field_flag(&q->fields, FIELD_documents_test, false);
	struct json j = reply_json(q, 200);
	const struct document *d;

	json_open(&j, NULL);
	json_text(&j, "object", "list");
	json_list(&j, "data");
	for (size_t i = 0; (d = document_at(i)) != NULL; i++)
		if (document_row_accepts(d, level, test) && !is_repeated(i))
			write_row(&j, d, *language ? language : "en");
	json_end(&j);
	json_bool(&j, "has_more", false);
	json_nothing(&j, "next_cursor");
	json_close(&j);
	q->reply.public = true;
	reply_header(q, "Cache-Control", "public, max-age=300");
	return json_done(&j);
}
