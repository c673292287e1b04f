/*
 * Recordings: what comes in and goes out. The rules are in flow/take.h, the
 * protocol in docs/proof-of-life.md.
 */
#include "flow/take.h"

#include "base/clock.h"
#include "base/codec.h"
#include "web/hints.h"
#include "web/session_json.h"
#include "web/wake.h"
#include "web/who.h"

#define POSITION_DIGITS 3

static const char *
take_of(const struct request *q)
{
	return q->params[1];
}

/* prompts_asked: spaces separate, so one more than there are. */
static int64_t
count_words(const char *text)
{
	int64_t count = *text != '\0';

	for (; *text; text++)
		count += *text == ' ';
	return count;
}

static void
write_take(struct json *j, const struct take *t)
{
	json_text(j, "object", "take");
	json_text(j, "id", t->id);
	json_text(j, "part", t->part);
	json_text(j, "state", t->state);
	json_text(j, "media_type", t->media_type);
	json_number(j, "prompts_total", count_words(t->prompts));
	json_number(j, "prompts_asked", count_words(t->asked));
	json_number(j, "next_chunk", t->chunks);
	json_text(j, "chain", t->chain);
	json_time(j, "expires_at", t->expires_at);
	json_time(j, "upload_until", t->expires_at + TAKE_GRACE);
	json_number(j, "chunk_max", (int64_t)CHUNK_MAX);
	json_number(j, "size_max", (int64_t)TAKE_MAX);
}

static RESULT
answer_take(struct request *q, const struct take *t)
{
	struct json j = reply_json(q, 200);

	json_open(&j, NULL);
	write_take(&j, t);
	json_close(&j);
	return json_done(&j);
}

static RESULT
read_hints(struct request *q, const struct flow *f, const char *text,
    const char **out)
{
	char device[DEVICE_MAX];
	struct hints_from from = {device, &f->keys->link, param(q)};

	device_family(request_header(q, "User-Agent"), device);
	return hints_read(&q->arena, text, &from, out);
}

/* Only here does the key leave; the page keeps it as long as it records. */
RESULT
handle_take_begin(struct request *q)
{
	enum part part = part_of_text(text(q, FIELD_take_part));
	AUTO(buf_wipe) struct buf key;
	const char *hints;
	struct flow *f;
	struct take t;

	TRY(request_flow(q, &f));
	TRY(read_hints(q, f, text(q, FIELD_take_hints), &hints));
	TRY(take_begin(f, &q->arena, param(q), part,
	    text(q, FIELD_take_media_type), hints, &t));
	struct digest d = take_key(f->keys, t.id);
	buf_init(&key, 64);
	TRY(base64url_encode(SPAN(d.bytes, DIGEST_SIZE), &key));
	struct json j = reply_json(q, 201);
	json_open(&j, NULL);
	write_take(&j, &t);
	json_text(&j, "key", buf_text(&key));
	json_close(&j);
	return json_done(&j);
}

RESULT
handle_take_read(struct request *q)
{
	struct flow *f;
	struct take t;

	TRY(request_flow(q, &f));
	TRY(take_find(f, &q->arena, param(q), take_of(q), &t));
	return answer_take(q, &t);
}

/* prompts */

/* How long a page that asks too soon has to wait, beside the error. */
static void
tell_wait(struct request *q, struct flow *f)
{
	struct take t;

	if (take_find(f, &q->arena, param(q), take_of(q), &t) != OK)
		return;
	q->reply.beside = "wait_ms";
	q->reply.beside_number = take_wait(f->keys, &t, clock_now());
}

/* In which colour the screen shines meanwhile, as pages write it. */
static void
tell_light(struct json *j, enum prompt_name name)
{
	uint8_t rgb[3];
	char text[8];

	if (!prompt_light(name, rgb))
		return;
	snprintf(text, sizeof(text), "#%02x%02x%02x", rgb[0], rgb[1], rgb[2]);
	json_text(j, "light", text);
}

RESULT
handle_take_prompt(struct request *q)
{
	struct take_prompt p;
	struct flow *f;

	TRY(request_flow(q, &f));
	enum err code = take_prompt(f, &q->arena, param(q), take_of(q),
	    field_number(&q->fields, FIELD_prompt_position, 0), &p);
	if (code == ERR_WRONG_STATE && *err_field())
		tell_wait(q, f);
	TRY(code);
	struct json j = reply_json(q, 200);
	json_open(&j, NULL);
	json_text(&j, "object", "prompt");
	json_number(&j, "position", p.position);
	json_text(&j, "name", prompt_text(p.name));
	json_text(&j, "title", prompt_title(p.name));
	tell_light(&j, p.name);
	json_number(&j, "asked_ms", p.asked_ms);
	json_number(&j, "hold_ms", p.hold_ms);
	json_bool(&j, "last", p.last);
	json_time(&j, "expires_at", p.expires_at);
	json_close(&j);
	return json_done(&j);
}

/* chunks */

/* Where to go on, beside the error: the page may have lost an answer. */
static void
tell_next(struct request *q, struct flow *f)
{
	struct take t;

	if (take_find(f, &q->arena, param(q), take_of(q), &t) != OK)
		return;
	q->reply.beside = "next_chunk";
	q->reply.beside_number = t.chunks;
}

static RESULT
read_position(const char *text, int64_t *out)
{
	size_t size = strspn(text, "0123456789");

	if (text[size] || size == 0 || size > POSITION_DIGITS)
		return FAIL(ERR_NOT_FOUND, "not the number of a chunk");
	*out = strtoll(text, NULL, 10);
	return OK;
}

RESULT
handle_take_chunk(struct request *q)
{
	struct take_chunk c = {.mac = text(q, FIELD_chunk_mac),
	    .bytes = q->fields.file};
	struct flow *f;
	struct take t;

	TRY(read_position(q->params[2], &c.position));
	TRY(request_flow(q, &f));
	enum err code = take_chunk(f, &q->arena, param(q), take_of(q), &c, &t);
	if (code == ERR_CONFLICT)
		tell_next(q, f);
	TRY(code);
	return answer_take(q, &t);
}

RESULT
handle_take_finish(struct request *q)
{
	struct take_end e = {
	    .chunks = field_number(&q->fields, FIELD_take_end_chunks, 0),
	    .mac = text(q, FIELD_take_end_mac),
	    .shown = text(q, FIELD_take_end_shown),
	};
	struct registration r;
	struct flow *f;
	struct take t;

	TRY(request_flow(q, &f));
	TRY(read_hints(q, f, text(q, FIELD_take_end_hints), &e.hints));
	enum err code =
	    take_finish(f, &q->arena, param(q), take_of(q), &e, &t);
	if (code == ERR_CONFLICT)
		tell_next(q, f);
	TRY(code);
	wake_clerk(q->web);
	TRY(registration_current(f, &q->arena, param(q), &r));
	struct json j = reply_json(q, 202);
	return session_write(q, f, &j, &r);
}
