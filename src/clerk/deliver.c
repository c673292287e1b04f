/*
 * Delivery. A mail is RFC 5322 with a body of UTF-8 lines (8BITMIME); what is
 * not ASCII in a header is an RFC 2047 word. Header values have passed a
 * filler that refuses control characters, so nobody adds a header.
 */
#include "clerk/deliver.h"

#include "base/clock.h"
#include "base/codec.h"
#include "base/text.h"

#include <curl/curl.h>

#include <fcntl.h>
#include <time.h>

#define MAIL_MAX ((size_t)32 * 1024)
#define TIMEOUT_MS 20000L

DEFINE_AUTO(curl_easy_cleanup, CURL *)
DEFINE_AUTO(curl_slist_free_all, struct curl_slist *)

/* Pieces of at most 39 bytes, cut between characters, so that no line passes
 * 76 letters (RFC 2047 section 2). */
static enum err
put_encoded_words(struct buf *b, const char *text)
{
	struct span all = span_of_text(text);

	for (size_t at = 0; at < all.size;) {
		size_t end = at, next = at;
		while (utf8_next(all, &next) > 0 && next - at <= 39)
			end = next;
		if (end == at)
			return FAIL(ERR_INVALID, "not UTF-8");
		TRY(buf_add_text(b, at ? "\r\n =?UTF-8?B?" : "=?UTF-8?B?"));
		TRY(base64_encode(SPAN(all.data + at, end - at), 0, b));
		TRY(buf_add_text(b, "?="));
		at = end;
	}
	return OK;
}

static bool
is_ascii(const char *text)
{
	for (; *text; text++)
		if ((unsigned char)*text >= 0x7f)
			return false;
	return true;
}

static enum err
put_header(struct buf *b, const char *name, const char *value)
{
	for (const char *c = value; *c; c++)
		if ((unsigned char)*c < 0x20)
			return FAIL(ERR_INVALID, "a control character");
	TRY(buf_add_format(b, "%s: ", name));
	TRY(is_ascii(value) ? buf_add_text(b, value) :
			      put_encoded_words(b, value));
	return buf_add_text(b, "\r\n");
}

/* "Name <a@b>": only the name may be encoded (RFC 2047 section 5). */
static enum err
put_address(struct arena *a, struct buf *b, const char *name,
    const char *value)
{
	const char *open = strrchr(value, '<');

	if (!open || open == value || is_ascii(value))
		return put_header(b, name, value);
	TRY(put_header(b, name,
	    arena_text_of(a, SPAN(value, (size_t)(open - value - 1)))));
	b->size -= 2;
	return buf_add_format(b, " %s\r\n", open);
}

static enum err
put_date(struct buf *b)
{
	char text[64];
	struct tm tm;
	time_t now = (time_t)(clock_now() / SECOND);

	if (!gmtime_r(&now, &tm) ||
	    !strftime(text, sizeof(text), "%a, %d %b %Y %H:%M:%S +0000", &tm))
		return FAIL(ERR_INTERNAL, "no date");
	return put_header(b, "Date", text);
}

static enum err
put_lines(struct buf *b, const char *text)
{
	for (; *text; text++) {
		if (*text == '\n')
			TRY(buf_add_byte(b, '\r'));
		TRY(buf_add_byte(b, (uint8_t)*text));
	}
	return OK;
}

static enum err
put_mail(struct clerk *c, struct arena *a, const struct mail *m,
    const struct letter *letter, struct buf *b)
{
	TRY(put_address(a, b, "From",
	    conf_text(c->program.conf, CONF_mail_from)));
	TRY(put_header(b, "To", m->recipient));
	if (letter->subject[0])
		TRY(put_header(b, "Subject", letter->subject));
	TRY(put_date(b));
	TRY(put_header(b, "Message-ID",
	    arena_format(a, "<%s@paraph.invalid>", m->id)));
	TRY(put_header(b, "Auto-Submitted", "auto-generated"));
	TRY(buf_add_text(b, "MIME-Version: 1.0\r\n"
			    "Content-Type: text/plain; charset=utf-8\r\n"
			    "Content-Transfer-Encoding: 8bit\r\n\r\n"));
	return put_lines(b, letter->body);
}

/* Written under another name first: who reads the folder sees whole files. */
static enum err
to_outbox(struct clerk *c, struct arena *a, const struct mail *m,
    const struct buf *text)
{
	const char *dir = conf_text(c->program.conf, CONF_mail_outbox);
	const char *path = arena_format(a, "%s/%lld-%s.%s", dir,
	    (long long)m->created_at, m->id,
	    strcmp(m->channel, "sms") == 0 ? "sms" : "eml");
	const char *part = arena_format(a, "%s.part", path);
	AUTO(close) int fd =
	    open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	if (fd < 0)
		return FAIL(ERR_UNAVAILABLE, "cannot write to the outbox");
	if (write(fd, text->data, text->size) != (ssize_t)text->size ||
	    fsync(fd) != 0 || rename(part, path) != 0)
		return FAIL(ERR_UNAVAILABLE, "the outbox is full");
	return OK;
}

static size_t
feed(char *out, size_t size, size_t count, void *data)
{
	struct span *left = data;
	size_t part = size * count < left->size ? size * count : left->size;

	memcpy(out, left->data, part);
	left->data += part;
	left->size -= part;
	return part;
}

/* "Name <a@b>" or "a@b" gives "<a@b>". */
static const char *
bare_address(struct arena *a, const char *text)
{
	const char *open = strrchr(text, '<');

	return open ? open : arena_format(a, "<%s>", text);
}

static enum err
smtp_login(struct clerk *c, CURL *curl)
{
	const char *user = conf_text(c->program.conf, CONF_mail_smtp_user);
	AUTO(secret_clear) struct secret password = {0};

	if (!user[0])
		return OK;
	TRY(secret_load(conf_text(c->program.conf,
			    CONF_mail_smtp_password_file),
	    &password));
	size_t size = password.size;
	while (size > 0 && password.data[size - 1] == '\n')
		password.data[--size] = '\0';
	curl_easy_setopt(curl, CURLOPT_USERNAME, user);
	curl_easy_setopt(curl, CURLOPT_PASSWORD, (const char *)password.data);
	return OK;
}

static enum err
perform(CURL *curl)
{
	curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, TIMEOUT_MS);
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	CURLcode done = curl_easy_perform(curl);
	if (done != CURLE_OK)
		return FAIL(ERR_UNAVAILABLE, "%s", curl_easy_strerror(done));
	return OK;
}

static enum err
to_relay(struct clerk *c, struct arena *a, const struct mail *m,
    const struct buf *text)
{
	AUTO(curl_easy_cleanup) CURL *curl = curl_easy_init();
	AUTO(curl_slist_free_all) struct curl_slist *to =
	    curl_slist_append(NULL, bare_address(a, m->recipient));
	const struct conf *conf = c->program.conf;
	struct span left = span_of_buf(text);

	if (!curl || !to)
		return FAIL(ERR_UNAVAILABLE, "no memory for a mail");
	curl_easy_setopt(curl, CURLOPT_URL, conf_text(conf, CONF_mail_smtp_url));
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	curl_easy_setopt(curl, CURLOPT_USE_SSL,
	    conf_flag(conf, CONF_mail_smtp_starttls) ? (long)CURLUSESSL_ALL :
						       (long)CURLUSESSL_TRY);
	curl_easy_setopt(curl, CURLOPT_MAIL_FROM,
	    bare_address(a, conf_text(conf, CONF_mail_from)));
	curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, to);
	curl_easy_setopt(curl, CURLOPT_READFUNCTION, feed);
	curl_easy_setopt(curl, CURLOPT_READDATA, &left);
	curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
	TRY(smtp_login(c, curl));
	return perform(curl);
}

/* The gateway's form: values are percent-encoded before they are filled. */
static enum err
to_gateway(struct clerk *c, struct arena *a, const struct mail *m,
    const struct letter *letter)
{
	AUTO(curl_easy_cleanup) CURL *curl = curl_easy_init();
	AUTO(buf_clear) struct buf body;
	const struct conf *conf = c->program.conf;

	if (!curl)
		return FAIL(ERR_UNAVAILABLE, "no memory for an SMS");
	char *phone = curl_easy_escape(curl, m->recipient, 0);
	char *text = curl_easy_escape(curl, letter->body, 0);
	const struct text_value values[] = {
	    {"phone", arena_text(a, phone ? phone : "")},
	    {"text", arena_text(a, text ? text : "")}};
	curl_free(phone);
	curl_free(text);
	buf_init(&body, MAIL_MAX);
	TRY(text_fill(conf_text(conf, CONF_sms_gateway_body), values, 2,
	    TEXT_HEADER, &body));
	curl_easy_setopt(curl, CURLOPT_URL,
	    conf_text(conf, CONF_sms_gateway_url));
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "https,http");
	curl_easy_setopt(curl, CURLOPT_POSTFIELDS, buf_text(&body));
	curl_easy_setopt(curl, CURLOPT_FAILONERROR, 1L);
	return perform(curl);
}

RESULT
deliver(struct clerk *c, struct arena *a, const struct mail *m,
    const struct letter *letter)
{
	const struct conf *conf = c->program.conf;
	bool sms = strcmp(m->channel, "sms") == 0;
	const char *transport = conf_text(conf,
	    sms ? CONF_sms_transport : CONF_mail_transport);
	AUTO(buf_clear) struct buf text;

	buf_init(&text, MAIL_MAX);
	if (sms && strcmp(transport, "gateway") == 0)
		return to_gateway(c, a, m, letter);
	TRY(put_mail(c, a, m, letter, &text));
	if (!sms && strcmp(transport, "smtp") == 0)
		return to_relay(c, a, m, &text);
	return to_outbox(c, a, m, &text);
}
