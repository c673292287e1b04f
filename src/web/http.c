/*
 * libmicrohttpd. Paths and queries are taken as they were sent: OCSP has
 * base64 in its path, and decoding twice is how traversals are made.
 */
#include "web/http.h"

#include "base/clock.h"
#include "base/log.h"
#include "web/dispatch.h"
#include "web/metrics.h"
#include "web/ready.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <time.h>

#define CONNECTIONS_MAX 512
#define CONNECTIONS_PER_ADDRESS 256
#define IDLE_SECONDS 30
#define CONNECTION_MEMORY ((size_t)32 * 1024)
#define STACK_SIZE ((size_t)512 * 1024)
#define EARLY_ANSWER_FROM ((size_t)64 * 1024 * 1024)
#define DRAIN_MS (10 * SECOND)

#define READY_PATH "/pki/ocsp/"

struct http {
	struct web *web;
	struct ready *ready;
	struct MHD_Daemon *daemon;
};

static const struct header security[] = {
	{"Content-Security-Policy",
	    "default-src 'none'; script-src 'self'; style-src 'self'; "
	    "img-src 'self' blob: data:; connect-src 'self'; "
	    "media-src 'self' blob:; font-src 'self'; manifest-src 'self'; "
	    "worker-src 'self'; frame-ancestors 'none'; base-uri 'none'; "
	    "form-action 'self'"},
	{"Cross-Origin-Opener-Policy", "same-origin"},
	{"Cross-Origin-Resource-Policy", "same-origin"},
	{"Permissions-Policy",
	    "camera=(self), microphone=(), geolocation=()"},
	{"Referrer-Policy", "no-referrer"},
	{"X-Content-Type-Options", "nosniff"},
	{"X-Frame-Options", "DENY"},
};

static enum MHD_Result
take_header(void *data, enum MHD_ValueKind kind, const char *name,
    const char *value)
{
	struct request *q = data;

	(void)kind;
	if (q->header_count == REQUEST_HEADERS_MAX) {
		q->headers_left_out = true;
		return MHD_NO;
	}
	q->headers[q->header_count].name = arena_text(&q->arena, name);
	q->headers[q->header_count].value =
	    arena_text(&q->arena, value ? value : "");
	q->header_count++;
	return MHD_YES;
}

static const char *
peer_address(struct request *q, struct MHD_Connection *c)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(c,
	    MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	char address[INET6_ADDRSTRLEN] = "";

	if (!info)
		return "";
	if (info->client_addr->sa_family == AF_INET) {
		struct sockaddr_in in;
		memcpy(&in, info->client_addr, sizeof(in));
		inet_ntop(AF_INET, &in.sin_addr, address, sizeof(address));
	} else if (info->client_addr->sa_family == AF_INET6) {
		struct sockaddr_in6 in6;
		memcpy(&in6, info->client_addr, sizeof(in6));
		inet_ntop(AF_INET6, &in6.sin6_addr, address, sizeof(address));
	}
	return arena_text(&q->arena, address);
}

/* The last line of that name: a proxy may add one of its own to those that
 * the client made up. */
static const char *
last_forwarded(const struct request *q)
{
	const char *last = NULL;

	for (size_t i = 0; i < q->header_count; i++)
		if (strcasecmp(q->headers[i].name, "X-Forwarded-For") == 0)
			last = q->headers[i].value;
	return last;
}

/* The last address that our own proxy wrote; others may be invented. */
static void
find_address(struct request *q, struct MHD_Connection *c)
{
	const char *proxy = conf_text(q->web->conf, CONF_web_trusted_proxy);
	const char *forwarded = last_forwarded(q);

	q->address = peer_address(q, c);
	q->loopback = !forwarded &&
	    (strncmp(q->address, "127.", 4) == 0 ||
		strcmp(q->address, "::1") == 0);
	if (!*proxy || strcmp(q->address, proxy) != 0 || !forwarded)
		return;
	const char *last = strrchr(forwarded, ',');
	last = last ? last + 1 : forwarded;
	q->address = last + strspn(last, " ");
}

static enum method
method_of(const char *name)
{
	if (strcmp(name, "GET") == 0 || strcmp(name, "HEAD") == 0)
		return METHOD_GET;
	return strcmp(name, "POST") == 0 ? METHOD_POST : METHOD_OTHER;
}

static struct request *
request_new(struct http *h, const char *uri)
{
	struct request *q = calloc(1, sizeof(*q));

	if (!q)
		abort();
	q->web = h->web;
	q->age = ready_age();
	q->started = clock_ticks();
	arena_init(&q->arena, REQUEST_ARENA_MAX);
	buf_init(&q->body, 0);
	reply_init(q);
	id_make("req", q->id);
	size_t size = strcspn(uri, "?");
	if (strnlen(uri, REQUEST_PATH_MAX + 1) <= REQUEST_PATH_MAX)
		q->path = arena_text_of(&q->arena, SPAN(uri, size));
	q->query = arena_text(&q->arena,
	    q->path && uri[size] ? uri + size + 1 : "");
	for (size_t i = 0; i < PARAMS_MAX; i++)
		q->params[i] = "";
	q->caller = (struct caller){.id = "", .name = "", .email = "",
	    .role = "", .workspace = "", .scopes = ""};
	metrics_begin(q->web->metrics);
	return q;
}

/* Instead of a request, until it is known that a whole one is needed: its line
 * was seen, and its head. (What is answered before a request has ended costs
 * the connection.) */
static char line_seen, head_seen;

static bool
is_request(const void *place)
{
	return place && place != &line_seen && place != &head_seen;
}

/* Called with the request line: a request is born. */
static void *
begin(void *data, const char *uri, struct MHD_Connection *connection)
{
	struct http *h = data;

	(void)connection;
	if (strncmp(uri, READY_PATH, strlen(READY_PATH)) == 0 &&
	    !strchr(uri, '?'))
		return &line_seen;
	return request_new(h, uri);
}

/* Who asks whether it changed is answered in full. */
static bool
give_ready(struct http *h, struct MHD_Connection *c, const char *url,
    const char *method)
{
	return method_of(method) == METHOD_GET &&
	       !MHD_lookup_connection_value(
		   c, MHD_HEADER_KIND, "If-None-Match") &&
	       ready_give(h->ready, span_of_text(url), c);
}

/* The same question by POST: its bytes. */
static bool
give_ready_to_post(
    struct http *h, struct MHD_Connection *c, const struct request *q)
{
	return q->early == OK && q->method == METHOD_POST &&
	       q->body.size > 0 && strcmp(q->path, "/pki/ocsp") == 0 &&
	       strcasecmp(request_header(q, "Content-Type"),
		   "application/ocsp-request") == 0 &&
	       ready_give(h->ready, span_of_buf(&q->body), c);
}

static void
end(void *data, struct MHD_Connection *connection, void **place,
    enum MHD_RequestTerminationCode how)
{
	struct request *q = *place;

	(void)data;
	(void)connection;
	(void)how;
	if (!is_request(q))
		return;
	dispatch_end(q);
	free(q);
	*place = NULL;
}

static void
add_headers(struct MHD_Response *r, const struct request *q)
{
	char wait[24];

	for (size_t i = 0;
	    !q->reply.bare && i < sizeof(security) / sizeof(security[0]); i++)
		MHD_add_response_header(r, security[i].name,
		    security[i].value);
	if (q->web->https)
		MHD_add_response_header(r, "Strict-Transport-Security",
		    "max-age=31536000; includeSubDomains");
	MHD_add_response_header(r, "Content-Type", q->reply.type);
	if (!q->reply.ready) /* it will be many requests' */
		MHD_add_response_header(r, "X-Request-Id", q->id);
	if (!q->reply.public)
		MHD_add_response_header(r, "Cache-Control", "no-store");
	for (size_t i = 0; i < q->reply.header_count; i++)
		MHD_add_response_header(r, q->reply.headers[i].name,
		    q->reply.headers[i].value);
	if (q->reply.wait == 0)
		return;
	snprintf(wait, sizeof(wait), "%lld", (long long)q->reply.wait);
	MHD_add_response_header(r, "Retry-After", wait);
}

static void *
writable(const uint8_t *bytes)
{
	union {
		const uint8_t *in;
		void *out;
	} u = {.in = bytes};

	return u.out; /* the library's prototype only; it does not write */
}

static struct span
ready_key(const struct request *q)
{
	return q->method == METHOD_GET ? span_of_text(q->path)
				       : span_of_buf(&q->body);
}

static enum MHD_Result
answer(struct http *h, struct MHD_Connection *c, const struct request *q)
{
	struct span bytes = q->reply.fixed.data ? q->reply.fixed
	                                        : span_of_buf(&q->reply.body);
	bool ready = q->reply.ready && q->reply.status == 200;
	struct MHD_Response *r = MHD_create_response_from_buffer(bytes.size,
	    writable(bytes.data),
	    ready ? MHD_RESPMEM_MUST_COPY : MHD_RESPMEM_PERSISTENT);

	if (!r)
		return MHD_NO;
	add_headers(r, q);
	enum MHD_Result queued =
	    MHD_queue_response(c, (unsigned)q->reply.status, r);
	if (ready)
		ready_keep(h->ready, ready_key(q), q->age, r);
	else
		MHD_destroy_response(r);
	return queued;
}

/* Whether a refusal is said at once instead of after the body. */
static bool
answers_now(const struct request *q)
{
	const char *size = request_header(q, "Content-Length");

	return q->early != OK &&
	    (*request_header(q, "Expect") ||
		strtoull(size, NULL, 10) > EARLY_ANSWER_FROM);
}

static void
read_head(struct request *q, struct MHD_Connection *c, const char *method)
{
	q->method = method_of(method);
	MHD_get_connection_values(c, MHD_HEADER_KIND, take_header, q);
	find_address(q, c);
	if (q->path && !q->headers_left_out) {
		dispatch_begin(q);
		return;
	}
	/* what the proxy wrote may be among the headers that were left out */
	q->early = FAIL(ERR_TOO_LARGE, "a long address or many headers");
	q->path = "";
	reply_error(q, q->early);
}

static enum MHD_Result
handle(void *data, struct MHD_Connection *c, const char *url,
    const char *method, const char *version, const char *upload, size_t *size,
    void **place)
{
	struct http *h = data;
	struct request *q = *place;

	(void)version;
	if (!q)
		return MHD_NO;
	if (*place == &line_seen) {
		*place = &head_seen;
		return MHD_YES;
	}
	if (*place == &head_seen) {
		if (*size == 0 && give_ready(h, c, url, method))
			return MHD_YES;
		*place = q = request_new(h, url);
		read_head(q, c, method);
	}
	if (!q->address) {
		read_head(q, c, method);
		return answers_now(q) ? answer(h, c, q) : MHD_YES;
	}
	if (*size > 0) {
		bool more = dispatch_data(q, upload, *size);
		*size = 0;
		return more ? MHD_YES : MHD_NO;
	}
	if (give_ready_to_post(h, c, q)) {
		q->reply.status = 200;
		return MHD_YES;
	}
	dispatch_finish(q);
	return answer(h, c, q);
}

static size_t
leave_as_sent(void *data, struct MHD_Connection *connection, char *text)
{
	(void)data;
	(void)connection;
	return strlen(text);
}

RESULT
http_start(struct web *w, int listen_fd, struct http **out)
{
	struct http *h = calloc(1, sizeof(*h));

	if (!h)
		abort();
	h->web = w;
	h->ready = ready_new();
	h->daemon = MHD_start_daemon(
	    MHD_USE_THREAD_PER_CONNECTION | MHD_USE_INTERNAL_POLLING_THREAD |
		MHD_USE_POLL | MHD_USE_ITC,
	    0, NULL, NULL, handle, h,
	    MHD_OPTION_LISTEN_SOCKET, listen_fd,
	    MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS_MAX,
	    MHD_OPTION_PER_IP_CONNECTION_LIMIT,
	    *conf_text(w->conf, CONF_web_trusted_proxy)
		? 0u
		: (unsigned)CONNECTIONS_PER_ADDRESS,
	    MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_SECONDS,
	    MHD_OPTION_CONNECTION_MEMORY_LIMIT, CONNECTION_MEMORY,
	    MHD_OPTION_THREAD_STACK_SIZE, STACK_SIZE,
	    MHD_OPTION_STRICT_FOR_CLIENT, 1,
	    MHD_OPTION_UNESCAPE_CALLBACK, leave_as_sent, NULL,
	    MHD_OPTION_URI_LOG_CALLBACK, begin, h,
	    MHD_OPTION_NOTIFY_COMPLETED, end, h,
	    MHD_OPTION_END);
	if (!h->daemon) {
		ready_free(h->ready);
		free(h);
		return FAIL(ERR_UNAVAILABLE, "cannot serve on the socket");
	}
	*out = h;
	return OK;
}

void
http_stop(struct http *h)
{
	const struct timespec moment = {.tv_nsec = 20 * 1000 * 1000};
	int64_t until = clock_ticks() + DRAIN_MS;

	if (!h)
		return;
	MHD_quiesce_daemon(h->daemon);
	while (metrics_under_way(h->web->metrics) > 0 &&
	    clock_ticks() < until)
		nanosleep(&moment, NULL);
	MHD_stop_daemon(h->daemon);
	ready_free(h->ready);
	free(h);
}
