/*
 * The outbox of a demo instance as a page: mails and SMS that were not sent
 * anywhere, newest first. Off unless demo.outbox_page says so: whoever sees
 * it sees every link and code.
 */
#include "base/codec.h"
#include "web/route.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#define LETTERS_MAX 60
#define NAMES_MAX 20000
#define LETTER_MAX ((size_t)64 * 1024)

static const char style[] =
    ":root{color-scheme:light}body{margin:0;background:#f4f5f3;color:#1d2521;"
    "font:16px/1.55 system-ui,-apple-system,'Segoe UI',sans-serif}"
    "main{max-width:44rem;margin:0 auto;padding:2.5rem 1.25rem 4rem}"
    "h1{font-size:1.5rem;margin:0 0 .25rem}p.lead{margin:0 0 2rem;color:#56625b}"
    "article{background:#fff;border:1px solid #dfe3e0;border-radius:12px;"
    "padding:1.25rem 1.5rem;margin:0 0 1.25rem;overflow-wrap:anywhere}"
    "article h2{font-size:1.05rem;margin:0 0 .35rem}"
    "dl{display:grid;grid-template-columns:auto 1fr;gap:.1rem .75rem;margin:0 "
    "0 1rem;color:#56625b;font-size:.875rem}dt{font-weight:600}dd{margin:0}"
    "pre{font:inherit;white-space:pre-wrap;margin:0}a{color:#0b5d4b}"
    ".sms{background:#eef4ff;border-color:#d3e0f7}"
    ".kind{float:right;font-size:.75rem;letter-spacing:.06em;color:#56625b;"
    "text-transform:uppercase}";

RESULT
handle_outbox_style(struct request *q)
{
	return reply_bytes(q, "text/css; charset=utf-8",
	    span_of_text(style));
}

/* names, newest first */

DEFINE_AUTO(closedir, DIR *)

static int
newest_first(const void *a, const void *b)
{
	return strcmp(*(const char *const *)b, *(const char *const *)a);
}

static bool
ends_with(const char *name, const char *ending)
{
	size_t size = strlen(name), tail = strlen(ending);

	return size > tail && strcmp(name + size - tail, ending) == 0;
}

static RESULT
list_names(struct request *q, const char *dir, const char ***out,
    size_t *count)
{
	AUTO(closedir) DIR *d = opendir(dir);
	const char **names = arena_get(&q->arena, NAMES_MAX * sizeof(*names));
	const struct dirent *entry;
	size_t found = 0;

	if (!d)
		return FAIL(ERR_NOT_FOUND, "no outbox");
	while (found < NAMES_MAX && (entry = readdir(d)) != NULL)
		if (ends_with(entry->d_name, ".eml") ||
		    ends_with(entry->d_name, ".sms"))
			names[found++] = arena_text(&q->arena, entry->d_name);
	qsort(names, found, sizeof(*names), newest_first);
	*out = names;
	*count = found < LETTERS_MAX ? found : LETTERS_MAX;
	return OK;
}

/* letters, as the clerk writes them */

static RESULT
read_letter(struct request *q, const char *dir, const char *name, char **out)
{
	AUTO(close) int fd = open(
	    arena_format(&q->arena, "%s/%s", dir, name),
	    O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	struct stat st;

	if (fd < 0 || fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) ||
	    (size_t)st.st_size > LETTER_MAX)
		return FAIL(ERR_NOT_FOUND, "a letter cannot be read");
	char *text = arena_get(&q->arena, (size_t)st.st_size + 1);
	ssize_t got = read(fd, text, (size_t)st.st_size);
	text[got > 0 ? got : 0] = '\0';
	*out = text;
	return OK;
}

/* A header's value, with its further lines; "" when it is absent. */
static char *
header_of(struct request *q, const char *letter, const char *name)
{
	const char *end = strstr(letter, "\r\n\r\n");
	const char *found = strcasestr(letter, name);
	size_t size = 0;

	if (!found || !end || found > end)
		return arena_text(&q->arena, "");
	found += strlen(name);
	while (found + size < end && (found[size] != '\n' ||
	    found[size + 1] == ' '))
		size++;
	return arena_text_of(&q->arena, SPAN(found, size));
}

/* =?UTF-8?B?...?= words into text (RFC 2047); others stay as they are. */
static const char *
decoded(struct request *q, const char *value)
{
	AUTO(buf_clear) struct buf out;
	const char *word, *end;

	buf_init(&out, LETTER_MAX);
	while ((word = strstr(value, "=?UTF-8?B?")) != NULL &&
	    (end = strstr(word + 10, "?=")) != NULL) {
		if (out.size == 0)
			IGNORE(buf_add(&out, value, (size_t)(word - value)));
		IGNORE(base64_decode(
		    SPAN(word + 10, (size_t)(end - word - 10)), &out));
		value = end + 2;
	}
	IGNORE(buf_add_text(&out, out.size ? "" : value));
	return arena_text(&q->arena, buf_text(&out));
}

/* HTML */

static RESULT
add_escaped(struct buf *out, const char *text, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		const char *entity = text[i] == '&' ? "&amp;"
		    : text[i] == '<'                ? "&lt;"
		    : text[i] == '>'                ? "&gt;"
		    : text[i] == '"'                ? "&quot;"
		                                    : NULL;
		if (entity)
			TRY(buf_add_text(out, entity));
		else if (text[i] != '\r')
			TRY(buf_add_byte(out, (uint8_t)text[i]));
	}
	return OK;
}

static RESULT
add_link(struct buf *out, const char *url, size_t size)
{
	TRY(buf_add_text(out, "<a href=\""));
	TRY(add_escaped(out, url, size));
	TRY(buf_add_text(out, "\">"));
	TRY(add_escaped(out, url, size));
	return buf_add_text(out, "</a>");
}

/* The text, with addresses that begin with http made into links. */
static RESULT
add_text(struct buf *out, const char *text)
{
	const char *url;

	while ((url = strstr(text, "http")) != NULL) {
		size_t size = strcspn(url, " \r\n\t<>\"");
		TRY(add_escaped(out, text, (size_t)(url - text)));
		if (strncmp(url, "http://", 7) == 0 ||
		    strncmp(url, "https://", 8) == 0)
			TRY(add_link(out, url, size));
		else
			TRY(add_escaped(out, url, size));
		text = url + size;
	}
	return add_escaped(out, text, strlen(text));
}

static RESULT
add_line(struct buf *out, const char *title, const char *value)
{
	if (!*value)
		return OK;
	TRY(buf_add_format(out, "<dt>%s</dt><dd>", title));
	TRY(add_escaped(out, value, strlen(value)));
	return buf_add_text(out, "</dd>");
}

static RESULT
add_letter(struct request *q, struct buf *out, const char *letter, bool sms)
{
	const char *subject = decoded(q, header_of(q, letter, "\nSubject: "));
	const char *body = strstr(letter, "\r\n\r\n");

	TRY(buf_add_format(out, "<article%s><span class=\"kind\">%s</span><h2>",
	    sms ? " class=\"sms\"" : "", sms ? "SMS" : "E-mail"));
	TRY(add_escaped(out, *subject ? subject : "Text message",
	    strlen(*subject ? subject : "Text message")));
	TRY(buf_add_text(out, "</h2><dl>"));
	TRY(add_line(out, "To", decoded(q, header_of(q, letter, "\nTo: "))));
	TRY(add_line(out, "Date", header_of(q, letter, "\nDate: ")));
	TRY(buf_add_text(out, "</dl><pre>"));
	TRY(add_text(out, body ? body + 4 : letter));
	return buf_add_text(out, "</pre></article>\n");
}

static RESULT
add_letters(struct request *q, struct buf *out)
{
	const char *dir = conf_text(q->web->conf, CONF_mail_outbox);
	const char **names;
	size_t count;
	char *letter = NULL;

	TRY(list_names(q, dir, &names, &count));
	for (size_t i = 0; i < count; i++) {
		if (read_letter(q, dir, names[i], &letter) != OK)
			continue; /* taken away meanwhile */
		TRY(add_letter(q, out, letter, ends_with(names[i], ".sms")));
	}
	if (count == 0)
		TRY(buf_add_text(out, "<article><h2>Nothing yet</h2>"
		    "<p>Mails and text messages appear here.</p></article>"));
	return OK;
}

RESULT
handle_outbox_page(struct request *q)
{
	struct buf *out = &q->reply.body;

	if (!conf_flag(q->web->conf, CONF_demo_outbox_page))
		return FAIL(ERR_NOT_FOUND, "not a demo");
	TRY(reply_bytes(q, "text/html; charset=utf-8", SPAN("", 0)));
	TRY(buf_add_text(out,
	    "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">"
	    "<meta name=\"viewport\" content=\"width=device-width\">"
	    "<meta http-equiv=\"refresh\" content=\"5\">"
	    "<title>Outbox - Paraph demo</title>"
	    "<link rel=\"stylesheet\" href=\"/outbox.css\">"
	    "<main><h1>Outbox</h1><p class=\"lead\">What this demo would have "
	    "sent by e-mail and SMS, newest first. The page updates by "
	    "itself.</p>"));
	TRY(add_letters(q, out));
	return buf_add_text(out, "</main></html>\n");
}
