/*
 * The policy texts as pages: HTML without a script, so that a printer, a
 * reader of screens and a program that archives it all see the same text, at
 * an address that stands in certificates for as long as these live.
 */
#include "flow/policy.h"
#include "web/route.h"

#define KEEP "public, max-age=3600"

static const char style[] =
    ":root{color-scheme:light dark;--ink:#1d2521;--page:#fbfaf7;"
    "--soft:#56625b;--line:#dfe3e0;--link:#0b5d4b;--hole:#fff3c4;"
    "--hole-ink:#5b4300}"
    "@media (prefers-color-scheme:dark){:root{--ink:#e8ece9;--page:#131716;"
    "--soft:#a3aea8;--line:#2d3532;--link:#7fd1ba;--hole:#4a3b10;"
    "--hole-ink:#ffe9a8}}"
    "body{margin:0;background:var(--page);color:var(--ink);"
    "font:17px/1.6 Georgia,'Times New Roman',serif}"
    "main{max-width:42rem;margin:0 auto;padding:2rem 1.25rem 4rem;"
    "overflow-wrap:anywhere}"
    "h1,h2,h3,header,footer{font-family:system-ui,-apple-system,'Segoe UI',"
    "sans-serif}h1{font-size:1.7rem;line-height:1.2}"
    "h2{font-size:1.2rem;margin:2rem 0 .5rem}h3{font-size:1rem;"
    "margin:1.25rem 0 .25rem}p{margin:.5rem 0}ul{margin:.5rem 0;"
    "padding-left:1.25rem}a{color:var(--link)}"
    "header,footer{font-size:.9rem;color:var(--soft)}"
    "footer{border-top:1px solid var(--line);margin-top:2.5rem;"
    "padding-top:1rem}"
    "mark{background:var(--hole);color:var(--hole-ink);padding:0 .2em}";

RESULT
handle_policy_style(struct request *q)
{
	q->reply.public = true;
	reply_header(q, "Cache-Control", KEEP);
	return reply_bytes(q, "text/css; charset=utf-8", span_of_text(style));
}

static RESULT
put_letter(struct buf *b, char c)
{
	switch (c) {
	case '&':
		return buf_add_text(b, "&amp;");
	case '<':
		return buf_add_text(b, "&lt;");
	case '>':
		return buf_add_text(b, "&gt;");
	case '"':
		return buf_add_text(b, "&quot;");
	default:
		return buf_add_byte(b, (uint8_t)c);
	}
}

static RESULT
put_escaped(struct buf *b, struct span text)
{
	for (size_t i = 0; i < text.size; i++)
		TRY(put_letter(b, (char)text.data[i]));
	return OK;
}

/* An address up to what cannot belong to its end. */
static size_t
address_size(struct span text)
{
	size_t size = 0;

	if (text.size < 8 || (memcmp(text.data, "https://", 8) != 0 &&
				 memcmp(text.data, "http://", 7) != 0))
		return 0;
	while (size < text.size && !strchr(" ()<>\"", (char)text.data[size]))
		size++;
	while (size > 0 && strchr(".,;:", (char)text.data[size - 1]))
		size--;
	return size;
}

static size_t
hole_size(struct span text)
{
	size_t head = strlen(POLICY_HOLE);

	if (text.size < head || memcmp(text.data, POLICY_HOLE, head) != 0)
		return 0;
	const uint8_t *end = memchr(text.data, ']', text.size);
	return end ? (size_t)(end - text.data) + 1 : 0;
}

static RESULT
put_link(struct buf *b, struct span address)
{
	TRY(buf_add_text(b, "<a href=\""));
	TRY(put_escaped(b, address));
	TRY(buf_add_text(b, "\">"));
	TRY(put_escaped(b, address));
	return buf_add_text(b, "</a>");
}

static RESULT
put_words(struct buf *b, struct span text)
{
	while (text.size > 0) {
		size_t link = address_size(text), hole = hole_size(text);
		size_t size = link ? link : hole ? hole : 1;

		if (link) {
			TRY(put_link(b, SPAN(text.data, size)));
		} else if (hole) {
			TRY(buf_add_text(b, "<mark>"));
			TRY(put_escaped(b, SPAN(text.data, size)));
			TRY(buf_add_text(b, "</mark>"));
		} else {
			TRY(put_letter(b, (char)text.data[0]));
		}
		text = SPAN(text.data + size, text.size - size);
	}
	return OK;
}

static const struct kind {
	const char *mark, *open, *close;
} kinds[] = {
    {"# ", "<h2>", "</h2>\n"},
    {"## ", "<h3>", "</h3>\n"},
    {"- ", "<li>", "</li>\n"},
    {"", "<p>", "</p>\n"}, /* the last: it begins everything */
};

static RESULT
put_line(struct buf *b, struct span line, bool *list)
{
	const struct kind *k = kinds;

	while (line.size < strlen(k->mark) ||
	    memcmp(line.data, k->mark, strlen(k->mark)) != 0)
		k++;
	bool item = k->mark[0] == '-';
	if (item != *list)
		TRY(buf_add_text(b, item ? "<ul>\n" : "</ul>\n"));
	*list = item;
	TRY(buf_add_text(b, k->open));
	TRY(put_words(b, SPAN(line.data + strlen(k->mark),
			    line.size - strlen(k->mark))));
	return buf_add_text(b, k->close);
}

static RESULT
put_body(struct buf *b, const char *text)
{
	bool list = false;

	while (*text) {
		size_t size = strcspn(text, "\n");

		if (size > 0)
			TRY(put_line(b, SPAN(text, size), &list));
		text += size + (text[size] != '\0');
	}
	return list ? buf_add_text(b, "</ul>\n") : OK;
}

static RESULT
put_languages(struct buf *b, enum policy_kind kind, const char *own)
{
	static const char *const words[] = {"English", "Français"};

	TRY(buf_add_text(b, "<header><nav>"));
	for (size_t i = 0; policy_languages[i]; i++) {
		const char *one = policy_languages[i];

		if (strcmp(one, own) != 0)
			TRY(buf_add_format(b, "<a href=\"/pki/%s/%s\" "
			    "hreflang=\"%s\" lang=\"%s\">%s</a>",
			    policy_name(kind), one, one, one, words[i]));
	}
	return buf_add_text(b, "</nav></header>\n");
}

static RESULT
put_page(struct buf *b, enum policy_kind kind, const struct policy *p)
{
	TRY(buf_add_format(b, "<!doctype html>\n<html lang=\"%s\">\n<head>"
	    "<meta charset=\"utf-8\"><meta name=\"viewport\" "
	    "content=\"width=device-width, initial-scale=1\"><title>",
	    p->language));
	TRY(put_escaped(b, span_of_text(p->title)));
	TRY(buf_add_text(b, "</title><link rel=\"stylesheet\" "
	    "href=\"/pki/policy.css\"></head>\n<body><main>\n"));
	TRY(put_languages(b, kind, p->language));
	TRY(buf_add_text(b, "<h1>"));
	TRY(put_escaped(b, span_of_text(p->title)));
	TRY(buf_add_text(b, "</h1>\n"));
	TRY(put_body(b, p->text + strlen(p->title)));
	return buf_add_format(b, "<footer>SHA-256 %s</footer>\n"
	    "</main></body></html>\n", p->sha256);
}

static RESULT
answer(struct request *q, enum policy_kind kind)
{
	const char *language = *param(q) ? param(q) : "en";
	struct policy p;

	TRY(policy_load(q->web->program->conf, &q->arena, kind, language,
	    &p));
	TRY(reply_bytes(q, "text/html; charset=utf-8", SPAN("", 0)));
	TRY(put_page(&q->reply.body, kind, &p));
	q->reply.public = true;
	reply_header(q, "Cache-Control", KEEP);
	reply_header(q, "Content-Language", p.language);
	return OK;
}

RESULT
handle_policy_cps(struct request *q)
{
	return answer(q, POLICY_CPS);
}

RESULT
handle_policy_pds(struct request *q)
{
	return answer(q, POLICY_PDS);
}
