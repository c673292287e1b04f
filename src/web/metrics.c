/*
 * Counters, lock-free. One row a route, and one for everything else.
 */
#include "web/metrics.h"

#include "base/clock.h"
#include "flow/quality.h"
#include "web/lists.h"
#include "web/ready.h"
#include "web/route.h"

#include <stdatomic.h>

#define CLASSES 6 /* of status: 1xx to 5xx, and 0 for gone */

struct row {
	atomic_uint_least64_t answers[CLASSES];
	atomic_uint_least64_t ms;
};

struct metrics {
	atomic_int under_way;
	struct row rows[]; /* route_count, then the rest */
};

struct metrics *
metrics_new(void)
{
	struct metrics *m = calloc(1,
	    sizeof(*m) + (route_count + 1) * sizeof(m->rows[0]));

	if (!m)
		abort();
	return m;
}

void
metrics_free(struct metrics *m)
{
	free(m);
}

void
metrics_begin(struct metrics *m)
{
	atomic_fetch_add(&m->under_way, 1);
}

void
metrics_end(struct metrics *m, const struct request *q, int64_t ms)
{
	size_t at = q->route ? (size_t)(q->route - routes) : route_count;
	int class = q->reply.status / 100;

	atomic_fetch_sub(&m->under_way, 1);
	if (class < 0 || class >= CLASSES)
		class = 0;
	atomic_fetch_add(&m->rows[at].answers[class], 1);
	atomic_fetch_add(&m->rows[at].ms, (uint64_t)ms);
}

int
metrics_under_way(const struct metrics *m)
{
	return atomic_load(&m->under_way);
}

static RESULT
add_row(struct buf *out, const struct row *row, const char *name)
{
	for (int class = 0; class < CLASSES; class++) {
		uint64_t count = atomic_load(&row->answers[class]);
		if (count > 0)
			TRY(buf_add_format(out,
			    "paraph_requests_total{route=\"%s\","
			    "status=\"%dxx\"} %llu\n",
			    name, class, (unsigned long long)count));
	}
	return buf_add_format(out,
	    "paraph_request_milliseconds_total{route=\"%s\"} %llu\n", name,
	    (unsigned long long)atomic_load(&row->ms));
}

static RESULT
add_gauge(struct buf *out, const char *name, int64_t value)
{
	return buf_add_format(out, "# TYPE paraph_review_%s gauge\n"
	    "paraph_review_%s %lld\n", name, name, (long long)value);
}

/* Of the operators' queue. A store that is busy takes none of the others
 * away; medians are left out where there is nothing. */
static RESULT
add_review(struct request *q)
{
	struct buf *out = &q->reply.body;
	struct quality figures;
	struct flow *f;

	if (request_flow(q, &f) != OK ||
	    quality_service(f, &q->arena, &figures) != OK) {
		err_clear();
		return OK;
	}
	TRY(add_gauge(out, "waiting", figures.waiting));
	TRY(add_gauge(out, "oldest_seconds", figures.oldest_seconds));
	TRY(add_gauge(out, "stranded", figures.stranded));
	TRY(add_gauge(out, "approvals_day", figures.approvals));
	TRY(add_gauge(out, "refusals_day", figures.refusals));
	TRY(add_gauge(out, "redos_day", figures.redos));
	TRY(add_gauge(out, "drawn_day", figures.draws.drawn));
	TRY(add_gauge(out, "left_day", figures.draws.left));
	TRY(add_gauge(out, "left_day_most", figures.draws.left_most));
	return figures.median_seconds < 0
	    ? OK
	    : add_gauge(out, "decision_seconds_median", figures.median_seconds);
}

static RESULT
add_list_gauge(struct buf *out, const char *name, const struct list_state *l,
    int64_t value)
{
	return buf_add_format(out, "paraph_crl_%s{issuer=\"%s\"} %lld\n",
	    name, authority_name(l->authority), (long long)value);
}

/* An alarm on paraph_crl_late is what B-15 asks for. */
static RESULT
add_lists(struct request *q)
{
	struct list_state lists[AUTHORITY_COUNT];
	struct buf *out = &q->reply.body;
	size_t count;

	if (lists_read(q, lists, &count) != OK) {
		err_clear();
		return OK;
	}
	TRY(buf_add_text(out, "# TYPE paraph_crl_number gauge\n"
	    "# TYPE paraph_crl_entries gauge\n"
	    "# TYPE paraph_crl_this_update_seconds gauge\n"
	    "# TYPE paraph_crl_next_update_seconds gauge\n"
	    "# TYPE paraph_crl_late gauge\n"));
	for (size_t i = 0; i < count; i++) {
		const struct list_state *l = &lists[i];

		TRY(add_list_gauge(out, "number", l, (int64_t)l->list.number));
		TRY(add_list_gauge(out, "entries", l, (int64_t)l->list.entries));
		TRY(add_list_gauge(out, "this_update_seconds", l,
		    l->list.this_update / SECOND));
		TRY(add_list_gauge(out, "next_update_seconds", l,
		    l->list.next_update / SECOND));
		TRY(add_list_gauge(out, "late", l, l->late));
	}
	return OK;
}

/* 1: no certificate is issued until somebody ran paraph ca reconcile. */
static RESULT
add_ledger(struct request *q)
{
	struct buf *out = &q->reply.body;
	struct ledger_seen l;

	if (ledger_read_seen(q, &l) != OK) {
		err_clear();
		return OK;
	}
	TRY(buf_add_format(out, "# TYPE paraph_ledger_apart gauge\n"
	    "paraph_ledger_apart %d\n", l.apart_since != 0));
	return buf_add_format(out,
	    "# TYPE paraph_ledger_compared_seconds gauge\n"
	    "paraph_ledger_compared_seconds %lld\n",
	    (long long)(l.compared_at / SECOND));
}

/* Pieces of evidence that should be gone: until two people approve. */
static RESULT
add_retention(struct request *q)
{
	struct retention_due waiting = {.pieces = 0};

	if (retention_read_waiting(q, &waiting) != OK) {
		err_clear();
		return OK;
	}
	return buf_add_format(&q->reply.body,
	    "# TYPE paraph_retention_waiting gauge\n"
	    "paraph_retention_waiting %zu\n"
	    "# TYPE paraph_retention_waiting_since_seconds gauge\n"
	    "paraph_retention_waiting_since_seconds %lld\n",
	    waiting.pieces, (long long)(waiting.since / SECOND));
}

RESULT
handle_metrics(struct request *q)
{
	const struct metrics *m = q->web->metrics;
	struct buf *out = &q->reply.body;

	TRY(reply_bytes(q, "text/plain; version=0.0.4", SPAN("", 0)));
	TRY(buf_add_text(out, "# TYPE paraph_requests_total counter\n"
	    "# TYPE paraph_request_milliseconds_total counter\n"
	    "# TYPE paraph_requests_under_way gauge\n"));
	TRY(buf_add_format(out, "paraph_requests_under_way %d\n",
	    metrics_under_way(m)));
	TRY(buf_add_format(out,
	    "# TYPE paraph_ocsp_repeated_total counter\n"
	    "paraph_ocsp_repeated_total %llu\n",
	    (unsigned long long)ready_count()));
	for (size_t i = 0; i < route_count; i++)
		TRY(add_row(out, &m->rows[i], routes[i].name));
	TRY(add_row(out, &m->rows[route_count], "other"));
	TRY(add_review(q));
	TRY(add_ledger(q));
	TRY(add_retention(q));
	return add_lists(q);
}
