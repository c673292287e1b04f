/*
 * What an operator sees of a case: re-encoded pictures, made in the cage. web
 * cannot open the vault; the clerk sends them as sealed memory files, which
 * go out as they are.
 */
#include "base/enum.h"
#include "flow/review.h"
#include "ident/film.h"
#include "proc/inspection.h"
#include "proc/order.h"
#include "web/review_json.h"
#include "web/web.h"
#include "web/who.h"

#define STILL_WAIT_MS 3000

struct picture {
	const char *name, *kind, *type;
};

static const struct picture stills[] = {
    {"front.jpg", "still_front", "image/jpeg"},
    {"back.jpg", "still_back", "image/jpeg"},
};
static const struct picture films[] = {
    {"face", "film_face", "application/vnd.paraph.film"},
    {"document", "film_document", "application/vnd.paraph.film"},
    {"compared", "film_compared", "application/vnd.paraph.film"},
};

static RESULT
ask_for(struct request *q, const char *id, const char *beside,
    const struct picture *p)
{
	AUTO(message_clear) struct message m = {.fds = {-1, -1}};
	AUTO(buf_clear) struct buf body;
	struct still_request wish = {0};

	buf_init(&body, WIRE_MAX);
	snprintf(wish.registration, sizeof(wish.registration), "%s", id);
	snprintf(wish.beside, sizeof(wish.beside), "%s", beside);
	snprintf(wish.kind, sizeof(wish.kind), "%s", p->kind);
	TRY(still_request_put(&body, &wish));
	enum err code = program_ask(q->web->program, ROLE_clerk,
	    MESSAGE_still, span_of_buf(&body), STILL_WAIT_MS, &m);
	if (code != OK)
		return FAIL(ERR_UNAVAILABLE, "the clerk does not answer");
	if (m.type == MESSAGE_refused)
		return refusal_get(span_of_buf(&m.body));
	if (m.type != MESSAGE_still_reply || m.fd_count != 1)
		return FAIL(ERR_NOT_FOUND, "no such picture");
	return reply_mapped(q, p->type, m.fds[0], FILM_MAX);
}

static RESULT
show(struct request *q, const struct picture *known, size_t count)
{
	struct prover by = request_prover(q);
	struct review_case c;
	struct flow *f;

	for (size_t i = 0; i < count; i++) {
		if (strcmp(known[i].name, q->params[1]) != 0 ||
		    !id_is("reg", param(q)))
			continue;
		TRY(request_flow(q, &f));
		TRY(review_look(f, &q->arena, &by, param(q), known[i].kind,
		    &c));
		request_release(q); /* not held while the clerk works */
		return ask_for(q, c.r.id, "", &known[i]);
	}
	return FAIL(ERR_NOT_FOUND, "no such picture");
}

RESULT
handle_review_still(struct request *q)
{
	return show(q, stills, COUNT_OF(stills));
}

RESULT
handle_review_film(struct request *q)
{
	return show(q, films, COUNT_OF(films));
}

/* Of an earlier request, beside the case: {id}/earlier/{other}/... */
static RESULT
show_earlier(struct request *q, const struct picture *known, size_t count)
{
	struct prover by = request_prover(q);
	struct registration r;
	struct flow *f;

	for (size_t i = 0; i < count; i++) {
		if (strcmp(known[i].name, q->params[2]) != 0 ||
		    !id_is("reg", param(q)) || !id_is("reg", q->params[1]))
			continue;
		TRY(request_flow(q, &f));
		TRY(review_look_earlier(f, &q->arena, &by, param(q),
		    q->params[1], known[i].kind, &r));
		request_release(q);
		return ask_for(q, r.id, param(q), &known[i]);
	}
	return FAIL(ERR_NOT_FOUND, "no such picture");
}

RESULT
handle_review_earlier_still(struct request *q)
{
	return show_earlier(q, stills, COUNT_OF(stills));
}

RESULT
handle_review_earlier_film(struct request *q)
{
	return show_earlier(q, films, COUNT_OF(films));
}

RESULT
handle_review_ahead(struct request *q)
{
	struct prover by = request_prover(q);
	struct registration r;
	struct flow *f;

	TRY(request_flow(q, &f));
	enum err code = review_ahead(f, &q->arena, &by, &r);
	if (code == ERR_NOT_FOUND) {
		err_clear();
		q->reply.status = 204;
		return OK;
	}
	TRY(code);
	struct json j = reply_json(q, 200);
	return review_write_ahead(q, f, &j, &r);
}

/* Of the case after this one: {id}/ahead/... */
static RESULT
show_ahead(struct request *q, const struct picture *known, size_t count)
{
	struct prover by = request_prover(q);
	struct registration r;
	struct flow *f;

	for (size_t i = 0; i < count; i++) {
		if (strcmp(known[i].name, q->params[1]) != 0 ||
		    !id_is("reg", param(q)))
			continue;
		TRY(request_flow(q, &f));
		TRY(review_look_ahead(f, &q->arena, &by, param(q),
		    known[i].kind, &r));
		request_release(q);
		return ask_for(q, r.id, "", &known[i]);
	}
	return FAIL(ERR_NOT_FOUND, "no such picture");
}

RESULT
handle_review_ahead_still(struct request *q)
{
	return show_ahead(q, stills, COUNT_OF(stills));
}

RESULT
handle_review_ahead_film(struct request *q)
{
	return show_ahead(q, films, COUNT_OF(films));
}
