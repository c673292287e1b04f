/*
 * HTTP on a listening socket. libmicrohttpd and nothing else knows it.
 *
 * One thread a connection, with caps: uploads and short SQL may block
 * without harm. TLS is a proxy's work.
 */
#pragma once

#include "web/web.h"

struct http;

RESULT http_start(struct web *w, int listen_fd, struct http **out);

/* Takes no new connections, lets requests under way end (ten seconds at
 * most), then stops. */
void http_stop(struct http *h);
