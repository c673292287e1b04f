/*
 * paraph-web: started by paraphd, never by hand. The threads are the HTTP
 * library's; this one listens to the supervisor.
 */
#include "base/clock.h"
#include "base/enum.h"
#include "base/log.h"
#include "proc/cage.h"
#include "web/assets.h"
#include "web/health.h"
#include "web/http.h"
#include "web/limit.h"
#include "web/metrics.h"
#include "web/pool.h"

#include <poll.h>
#include <signal.h>
#include <sys/stat.h>

static volatile sig_atomic_t stopping;
static bool uncaged; /* starting again will not help */

static void
stop(int number)
{
	(void)number;
	stopping = 1;
}

/* The folder of the database: SQLite makes its journal beside it. */
static const char *
folder(char *path)
{
	char *slash = strrchr(path, '/');

	if (slash)
		*slash = '\0';
	return path;
}

static RESULT
enter_cage(const struct program *p, struct buf *missing)
{
	AUTO(free) char *db = strdup(conf_text(p->conf, CONF_store_path));
	const struct cage_path paths[] = {
		{folder(db), true, false},
		{conf_text(p->conf, CONF_store_vault), true, true},
		{conf_text(p->conf, CONF_mail_outbox), false, false},
	};
	bool outbox = conf_flag(p->conf, CONF_demo_outbox_page);

	return cage_enter(CAGE_web, paths,
	    outbox ? COUNT_OF(paths) : COUNT_OF(paths) - 1, !p->demo, missing);
}

static RESULT
prepare(struct web *w, struct program *p, struct keys *keys)
{
	w->program = p;
	w->conf = p->conf;
	w->keys = keys;
	w->https =
	    strncmp(conf_text(p->conf, CONF_web_base_url), "https:", 6) == 0;
	w->limits = limits_new();
	w->metrics = metrics_new();
	w->health = health_new();
	TRY(keys_load(conf_text(p->conf, CONF_store_keys_dir), false, keys));
	TRY(pool_new(conf_text(p->conf, CONF_store_path), &w->pool));
	TRY(assets_load(conf_text(p->conf, CONF_ui_dir), &w->assets));
	if (!assets_whole(w->assets))
		log_warn("pages.missing ui.dir=%s why=\"build them with "
			 "tools/build-ui, then start again\"",
		    conf_text(p->conf, CONF_ui_dir));
	return OK;
}

/* Until the supervisor goes or says so. SIGTERM comes in ppoll alone. */
static void
listen_to_supervisor(struct web *w, const sigset_t *mask)
{
	while (!stopping) {
		struct pollfd control = {.fd = w->program->control.fd,
			.events = POLLIN};
		if (ppoll(&control, 1, NULL, mask) <= 0)
			continue;
		enum err code = program_control(w->program, health_take,
		    w->health);
		if (code != OK && code != ERR_EXPIRED)
			break;
	}
}

/* Threads inherit a mask that leaves the signals to this one. */
static void
catch_signals(sigset_t *before)
{
	const struct sigaction action = {.sa_handler = stop};
	sigset_t ours;

	sigemptyset(&ours);
	sigaddset(&ours, SIGTERM);
	sigaddset(&ours, SIGINT);
	pthread_sigmask(SIG_BLOCK, &ours, before);
	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGINT, &action, NULL);
}

static RESULT
serve(struct web *w)
{
	AUTO(buf_clear) struct buf missing;
	struct http *http;
	sigset_t mask;

	buf_init(&missing, 512);
	catch_signals(&mask);
	uncaged = true;
	TRY(enter_cage(w->program, &missing));
	uncaged = false;
	TRY(http_start(w, w->program->listen_fd, &http));
	TRY(program_ready(w->program, buf_text(&missing)));
	listen_to_supervisor(w, &mask);
	http_stop(http);
	return OK;
}

static RESULT
run(struct web *w, struct program *p, struct keys *keys)
{
	TRY(program_begin(ROLE_web, p));
	TRY(prepare(w, p, keys));
	return serve(w);
}

int
main(void)
{
	struct program p = {.listen_fd = -1};
	struct keys keys = {0};
	struct web w = {.started_at = clock_now()};

	log_as("web");
	umask(077);
	enum err result = run(&w, &p, &keys);
	if (result != OK)
		log_error("web.ends why=\"%s\"", err_explanation());
	pool_free(w.pool);
	assets_free(w.assets);
	health_free(w.health);
	metrics_free(w.metrics);
	limits_free(w.limits);
	keys_clear(&keys);
	program_clear(&p);
	return result == OK ? 0 : uncaged ? PROGRAM_REFUSES : 1;
}
