/*
 * What relying parties fetch as files: CA certificates and CRLs. Without
 * login, over plain HTTP if need be.
 */
#include "base/clock.h"
#include "base/codec.h"
#include "web/caching.h"
#include "web/route.h"
#include "web/settled.h"

#define NAME_MAX_ 32

/* "issuing-l.cer" gives "issuing-l". */
static RESULT
name_of(struct request *q, const char *ending, const char **out)
{
	size_t size = strlen(param(q)), tail = strlen(ending);

	if (size <= tail || size - tail > NAME_MAX_ ||
	    strcmp(param(q) + size - tail, ending) != 0)
		return FAIL(ERR_NOT_FOUND, "no such file");
	*out = arena_text_of(&q->arena, SPAN(param(q), size - tail));
	return OK;
}

/* DER for programs, PEM for people who paste it into a configuration. */
RESULT
handle_pki_ca(struct request *q)
{
	struct flow *f;
	const char *name;
	struct span der;
	bool pem = name_of(q, ".pem", &name) == OK;

	if (!pem)
		TRY(name_of(q, ".cer", &name));
	err_clear();
	TRY(request_flow(q, &f));
	TRY(ca_certificate_load(f->store, &q->arena, name, &der));
	TRY(reply_bytes(q, pem ? "application/x-pem-file"
			       : "application/pkix-cert",
	    pem ? SPAN("", 0) : der));
	if (pem)
		TRY(pem_encode("CERTIFICATE", der, &q->reply.body));
	reply_keep(q, clock_now() + DAY);
	return OK;
}

RESULT
handle_pki_crl(struct request *q)
{
	int64_t this_update, next_update;
	uint64_t number;
	struct flow *f;
	const char *name;
	struct span der;

	TRY(name_of(q, ".crl", &name));
	TRY(request_flow(q, &f));
	TRY(settled_require(q));
	TRY(crl_load(f->store, &q->arena, name, &der, &number, &this_update,
	    &next_update));
	TRY(reply_bytes(q, "application/pkix-crl", der));
	reply_header(q, "Last-Modified", http_date(&q->arena, this_update));
	reply_keep(q, next_update);
	return OK;
}
