/*
 * A page that records.
 */
#include "flow/take_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/stat.h>
#include <cmocka.h>

struct registration
taking_photographed(struct bench *b)
{
	struct findings good = bench_good_findings();
	struct registration r;

	b->level = "qcp";
	r = bench_collecting(b);
	bench_picture(b, r.id, &good);
	assert_int_equal(registration_load(b->f.store, &b->a, r.id, &r), OK);
	return r;
}

struct take
taking_begun(struct bench *b, const char *id, enum part part)
{
	struct take t;

	assert_int_equal(take_begin(&b->f, &b->a, id, part, TAKING_WEBM,
			     "{\"width\":640}", &t),
	    OK);
	return t;
}

struct take
taking_stored(struct bench *b, const char *take)
{
	struct take t;

	assert_int_equal(take_load(b->f.store, &b->a, take, &t), OK);
	return t;
}

struct take_prompt
taking_prompted(struct bench *b, const struct take *t, int64_t position)
{
	struct take_prompt p;

	assert_int_equal(take_prompt(&b->f, &b->a, t->registration, t->id,
			     position, &p),
	    OK);
	return p;
}

void
taking_ask_rest(struct bench *b, const struct take *t)
{
	struct take_prompt p = {0};

	for (int64_t i = 1; !p.last; i++) {
		clock_set(clock_now() + 3200);
		p = taking_prompted(b, t, i);
	}
}

void
taking_ask_all(struct bench *b, const struct take *t)
{
	struct take_prompt p = {0};

	for (int64_t i = 0; !p.last; i++) {
		p = taking_prompted(b, t, i);
		clock_set(clock_now() + p.hold_ms);
	}
}

const char *
taking_mac(struct bench *b, const struct take *t, int64_t position,
    const char *text)
{
	struct digest d = digest_sha256(span_of_text(text));
	char mac[DIGEST_TEXT_SIZE];

	assert_int_equal(take_chain_next(&b->keys, t->id, t->chain, position,
			     &d, mac),
	    OK);
	return arena_text(&b->a, mac);
}

enum err
taking_send_as(struct bench *b, const struct take *t, int64_t position,
    const char *text, const char *mac)
{
	const struct take_chunk c = {position, mac, span_of_text(text)};
	struct take out;

	return take_chunk(&b->f, &b->a, t->registration, t->id, &c, &out);
}

enum err
taking_send(struct bench *b, const struct take *t, int64_t position,
    const char *text)
{
	struct take now = taking_stored(b, t->id);

	return taking_send_as(
	    b, t, position, text, taking_mac(b, &now, position, text));
}

enum err
taking_finish(struct bench *b, const struct take *t)
{
	struct take now = taking_stored(b, t->id), out;
	const struct take_end e = {
	    now.chunks, now.chain, now.asked /* a page without delay */, ""};

	return take_finish(&b->f, &b->a, t->registration, t->id, &e, &out);
}

struct take
taking_sent(struct bench *b, const char *id, enum part part)
{
	struct take t = taking_begun(b, id, part);

	taking_ask_all(b, &t);
	assert_int_equal(taking_send(b, &t, 0, TAKING_FIRST), OK);
	assert_int_equal(taking_send(b, &t, 1, "and the second"), OK);
	assert_int_equal(taking_finish(b, &t), OK);
	return taking_stored(b, t.id);
}

bool
taking_file_exists(struct bench *b, const char *id)
{
	char path[200];
	struct stat st;

	snprintf(path, sizeof(path), "%s/vault/%s", b->dir, id);
	return stat(path, &st) == 0;
}

size_t
taking_chunks(struct bench *b, const char *take, struct chunk **out)
{
	size_t count;

	assert_int_equal(chunk_list(b->f.store, &b->a, take, out, &count), OK);
	return count;
}
