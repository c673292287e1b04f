/*
 * paraphd: reads paraph.conf, opens the listening socket, and keeps the four
 * programs up. It parses nothing that comes from outside and opens neither
 * the database nor a picture.
 */
#include "base/enum.h"
#include "base/log.h"
#include "cli/common.h"
#include "cli/words.h"
#include "proc/apart.h"
#include "proc/serving.h"
#include "proc/supervise.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#define PORT_TRIES 30
#define PORT_WAIT_US 100000

struct options {
	const char *config;
	const char *programs; /* folder; NULL: beside this executable */
	int ready_fd;
};

static const char usage[] =
    "usage: paraph serve [--config FILE] [--ready-fd N] [--programs FOLDER]\n"
    "\n"
    "Starts web, clerk, inspector and signer, and keeps them running.\n"
    "\n"
    "  --config FILE      the instance's settings, from paraph init; else\n"
    "                     $PARAPH_CONFIG, ./paraph.conf or\n"
    "                     /etc/paraph/paraph.conf\n"
    "  --ready-fd N       writes the port there once all is up\n"
    "  --programs FOLDER  where the programs are, when not beside this one\n"
    "\n"
    "SIGTERM and SIGINT end everything.\n";

DEFINE_AUTO(freeaddrinfo, struct addrinfo *)

static RESULT
split_address(const char *text, char host[256], char port[8])
{
	const char *colon = strrchr(text, ':');
	size_t length = colon ? (size_t)(colon - text) : 0;

	if (!colon || length == 0 || length > 255 || strlen(colon + 1) > 5)
		return FAIL(ERR_INVALID,
		    "web.listen is not address:port: %.100s", text);
	/* [::1]:8080 */
	if (text[0] == '[' && text[length - 1] == ']')
		snprintf(host, 256, "%.*s", (int)(length - 2), text + 1);
	else
		snprintf(host, 256, "%.*s", (int)length, text);
	snprintf(port, 8, "%s", colon + 1);
	return OK;
}

static RESULT
open_socket(const struct addrinfo *a, const char *text, int *out)
{
	AUTO(close)
	int fd =
	    socket(a->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	int on = 1;

	if (fd < 0 ||
	    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)) != 0)
		return FAIL(ERR_INTERNAL, "no socket: %m");
	if (bind(fd, a->ai_addr, a->ai_addrlen) != 0 ||
	    listen(fd, SOMAXCONN) != 0)
		return FAIL(ERR_UNAVAILABLE, "cannot listen on %.100s: %m%s",
		    text,
		    errno == EADDRINUSE ? " (stop the other program, or "
					  "choose another web.listen)"
					: "");
	*out = STEAL_FD(fd);
	return OK;
}

/*
 * The programs of a supervisor that was killed hold the port until they see
 * that it is gone: a moment, so a port that is taken is tried again for some.
 */
static RESULT
open_socket_patiently(const struct addrinfo *a, const char *text, int *out)
{
	enum err result = open_socket(a, text, out);

	for (int i = 0; i < PORT_TRIES && result == ERR_UNAVAILABLE; i++) {
		usleep(PORT_WAIT_US);
		result = open_socket(a, text, out);
	}
	return result;
}

static RESULT
listen_on(const char *text, int *out)
{
	const struct addrinfo hints = {.ai_socktype = SOCK_STREAM,
	    .ai_flags = AI_PASSIVE | AI_NUMERICSERV};
	AUTO(freeaddrinfo) struct addrinfo *found = NULL;
	char host[256], port[8];

	TRY(split_address(text, host, port));
	int failed = getaddrinfo(host, port, &hints, &found);
	if (failed)
		return FAIL(ERR_INVALID, "web.listen: %.100s: %s", text,
		    gai_strerror(failed));
	return open_socket_patiently(found, text, out);
}

static unsigned
port_of(int fd)
{
	struct sockaddr_storage address;
	socklen_t size = sizeof(address);
	char port[8] = "";

	if (getsockname(fd, (struct sockaddr *)&address, &size) != 0 ||
	    getnameinfo((struct sockaddr *)&address, size, NULL, 0, port,
		sizeof(port), NI_NUMERICSERV) != 0)
		return 0;
	return (unsigned)strtoul(port, NULL, 10);
}

static RESULT
own_folder(char out[PATH_MAX])
{
	ssize_t size = readlink("/proc/self/exe", out, PATH_MAX - 1);

	if (size <= 0)
		return FAIL(ERR_INTERNAL, "/proc is not mounted");
	out[size] = '\0';
	*strrchr(out, '/') = '\0';
	return OK;
}

static RESULT
read_mode(const struct conf *conf, bool *strict)
{
	const char *mode = conf_text(conf, CONF_sandbox_mode);

	*strict = strcmp(mode, "demo") != 0;
	if (*strict && strcmp(mode, "strict") != 0)
		return FAIL(ERR_INVALID, "sandbox.mode is strict or demo");
	return OK;
}

static RESULT
run(const struct options *o)
{
	AUTO(conf_free) struct conf *conf = NULL;
	AUTO(close) int listen_fd = -1;
	struct serving serving; /* until this process ends */
	struct spawn_plan plan = {0};
	char folder[PATH_MAX];

	TRY(conf_load(o->config, &conf));
	TRY(apart_check(conf));
	TRY(log_threshold(conf_text(conf, CONF_log_level)));
	TRY(read_mode(conf, &plan.strict));
	TRY(own_folder(folder));
	TRY(serving_begin(conf, &serving));
	TRY(listen_on(conf_text(conf, CONF_web_listen), &listen_fd));
	plan.conf = conf;
	plan.folder = o->programs ? o->programs : folder;
	plan.listen_fd = listen_fd;
	log_info("listening address=%s port=%u",
	    conf_text(conf, CONF_web_listen), port_of(listen_fd));
	return supervise(&plan, o->ready_fd, port_of(listen_fd));
}

static void
read_options(int argc, char **argv, struct options *out)
{
	const char *ready = NULL;
	const struct word_option known[] = {{"--config", &out->config, false},
	    {"--programs", &out->programs, false},
	    {"--ready-fd", &ready, false}};
	char *end = NULL;

	*out = (struct options){.ready_fd = -1};
	words_of("paraph serve", usage);
	words_read(argc - 1, argv + 1, known, COUNT_OF(known), NULL, 0, 0);
	long fd = ready ? strtol(ready, &end, 10) : -1;
	if (ready && (end == ready || *end || fd < 0 || fd > INT_MAX))
		words_wrong("--ready-fd is a number, not '%s'", ready);
	out->ready_fd = (int)fd;
	out->config = config_find(out->config);
}

/* Descriptors 0 to 2 are taken, so that no socket becomes one of them. */
static bool
fill_standard_descriptors(void)
{
	int fd;

	do
		fd = open("/dev/null", O_RDWR);
	while (fd >= 0 && fd <= STDERR_FILENO);
	return fd > STDERR_FILENO && close(fd) == 0;
}

int
main(int argc, char **argv)
{
	struct options options;

	log_as("supervisor");
	read_options(argc, argv, &options);
	if (!fill_standard_descriptors())
		return 1;
	if (options.ready_fd >= 0)
		fcntl(options.ready_fd, F_SETFD, FD_CLOEXEC);
	if (run(&options) == OK)
		return 0;
	fprintf(stderr, "paraphd: %s\n", err_explanation());
	return 1;
}
