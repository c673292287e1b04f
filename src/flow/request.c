/*
 * The fields of a request. Their names in errors are the API's.
 */
#include "flow/request.h"

#include "base/codec.h"
#include "ident/person.h"

#define INVALID(field, ...) err_set_field(ERR_INVALID, (field), __VA_ARGS__)

bool
language_is_known(const char *language)
{
	return strcmp(language, "en") == 0 || strcmp(language, "fr") == 0;
}

static RESULT
check_level(const char *name)
{
	return level_find(name) ? OK : INVALID("level", "is no level");
}

static RESULT
check_email(struct arena *a, const char *text, struct registration *out)
{
	char folded[PERSON_EMAIL_SIZE];

	if (person_email_fold(text, folded) != OK)
		return INVALID("applicant", "is not an e-mail address");
	out->email = arena_text(a, text);
	out->email_folded = arena_text(a, folded);
	return OK;
}

/* suggestion unless said otherwise; nothing without a value. */
static RESULT
check_type(const char *value, const char *type, const char *field,
    const char **out)
{
	if (!*value && *type)
		return INVALID(field, "is given without a value");
	if (*type && strcmp(type, "suggestion") != 0 &&
	    strcmp(type, "prerequisite") != 0)
		return INVALID(field, "is neither suggestion nor prerequisite");
	*out = *type ? type : *value ? "suggestion" : "";
	return OK;
}

static RESULT
check_name(struct arena *a, const struct registration_request *q,
    struct registration *out)
{
	char clean[PERSON_NAME_SIZE] = "", folded[PERSON_FOLD_SIZE] = "";

	TRY(check_type(q->fullname, q->fullname_type, "fullname_type",
	    &out->fullname_type));
	if (*q->fullname && (person_name_clean(q->fullname, clean) != OK ||
				person_name_fold(clean, folded) != OK))
		return INVALID("fullname",
		    "is not a name: Latin, Greek or Cyrillic letters, "
		    "spaces, hyphens and apostrophes");
	TRY(person_name_certifiable(clean));
	out->fullname = arena_text(a, clean);
	out->name_folded = arena_text(a, folded);
	return OK;
}

static RESULT
check_phone(struct arena *a, const struct registration_request *q,
    struct registration *out)
{
	char clean[PERSON_PHONE_SIZE] = "";

	TRY(check_type(q->phone, q->phone_type, "phone_number_type",
	    &out->phone_type));
	if (*q->phone && person_phone_clean(q->phone, clean) != OK)
		return INVALID("phone_number",
		    "is not a number such as +33612345678");
	out->phone = arena_text(a, clean);
	return OK;
}

/* scheme://host[:port] of a URL; 0 when it has none. */
static size_t
origin_size(const char *url)
{
	const char *host = strstr(url, "://");

	if (!host || strncmp(url, "http", 4) != 0)
		return 0;
	host += 3;
	size_t length = strcspn(host, "/?#");
	if (length == 0 || strcspn(host, "@\\") < length)
		return 0;
	return (size_t)(host - url) + length;
}

static bool
is_listed(const char *list, const char *origin, size_t size)
{
	while (*list) {
		size_t length = strcspn(list, " ");
		if (length == size && strncmp(list, origin, size) == 0)
			return true;
		list += length;
		list += strspn(list, " ");
	}
	return false;
}

static RESULT
check_redirect(const char *url, const struct workspace *w)
{
	size_t size = origin_size(url);

	if (!*url)
		return OK;
	if (strlen(url) > REQUEST_URL_MAX || strpbrk(url, " \"<>\\") ||
	    !utf8_is_clean(span_of_text(url)) || size == 0)
		return INVALID("redirect_url", "is not an address");
	if (!is_listed(w->redirect_origins, url, size))
		return INVALID("redirect_url",
		    "is not on the workspace's list of addresses");
	return OK;
}

static RESULT
check_metadata(const char *text)
{
	if (strlen(text) > REQUEST_METADATA_MAX)
		return INVALID("metadata", "is more than 4096 bytes");
	if (!utf8_is_clean(span_of_text(text)))
		return INVALID("metadata", "holds control characters");
	return OK;
}

static RESULT
check_language(const char *asked, const struct workspace *w,
    const char **out)
{
	if (*asked && !language_is_known(asked))
		return INVALID("language", "is neither en nor fr");
	*out = *asked ? asked
	    : language_is_known(w->language) ? w->language : "en";
	return OK;
}

RESULT
request_check(struct arena *a, const struct registration_request *q,
    const struct workspace *w, struct registration *out)
{
	TRY(check_email(a, q->email, out));
	TRY(check_level(q->level));
	TRY(check_name(a, q, out));
	TRY(check_phone(a, q, out));
	TRY(check_language(q->language, w, &out->language));
	TRY(check_redirect(q->redirect_url, w));
	TRY(check_metadata(q->metadata));
	out->level = q->level;
	out->redirect_url = q->redirect_url;
	out->metadata = q->metadata;
	return OK;
}
