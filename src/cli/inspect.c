/*
 * paraph-inspect: reads identity documents from files. No server, no
 * database; the reading happens in the same cage as the service's, because
 * the file is as strange here as there.
 */
#include "cli/inspect.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/enum.h"
#include "proc/channel.h"
#include "proc/memfile.h"
#include "proc/order.h"
#include "vision/reading.h"
#include "vision/still.h"

#define WALL_MS 30000
#define TESSDATA "/usr/share/tesseract-ocr/5/tessdata"

enum { STATUS_READ, STATUS_UNREADABLE, STATUS_WRONG_USE, STATUS_DOUBTFUL };

static const char usage[] =
    "usage: paraph inspect [--json] [--side front|back] [--models DIR] "
    "FILE...\n"
    "\n"
    "Reads JPEG and PNG pictures of identity documents and says what stands\n"
    "on them, how well it could be read and what speaks against it.\n"
    "\n"
    "  --json         one object a file (an array when there are several)\n"
    "  --side SIDE    front (or photo page) or back; front unless said\n"
    "  --models DIR   the folder of the networks that read and judge\n"
    "\n"
    "PARAPH_MODELS names that folder too, TESSDATA_PREFIX the one of\n"
    "Tesseract's data.\n"
    "Exit status: 0 read, 1 unreadable, 3 doubtful, 2 wrong use.\n";

struct options {
	bool json, back;
	const char *models;
	char **files;
	size_t count;
};

static int
wrong_use(const char *format, const char *what)
{
	fprintf(stderr, "paraph-inspect: ");
	fprintf(stderr, strcmp(format, "side") == 0 ?
	    "--side is front or back, not '%s'\n" :
	    strcmp(format, "option") == 0 ? "unknown option '%s'\n" :
	    "%s: no such file\n", what);
	fprintf(stderr, "try: paraph inspect --help\n");
	return STATUS_WRONG_USE;
}

/* -1 to go on, else the exit status. */
static int
parse(int argc, char **argv, struct options *o)
{
	int i = 1;
	for (; i < argc && argv[i][0] == '-' && argv[i][1]; i++) {
		bool more = i + 1 < argc;
		if (strcmp(argv[i], "--") == 0) {
			i++;
			break;
		}
		if (strcmp(argv[i], "--help") == 0) {
			fputs(usage, stdout);
			return STATUS_READ;
		}
		if (strcmp(argv[i], "--json") == 0) {
			o->json = true;
		} else if (strcmp(argv[i], "--models") == 0 && more) {
			o->models = argv[++i];
		} else if (strcmp(argv[i], "--side") == 0 && more) {
			o->back = strcmp(argv[++i], "back") == 0;
			if (!o->back && strcmp(argv[i], "front") != 0)
				return wrong_use("side", argv[i]);
		} else {
			return wrong_use("option", argv[i]);
		}
	}
	o->files = argv + i;
	o->count = (size_t)(argc - i);
	if (o->count > 0)
		return -1;
	fputs(usage, stderr);
	return STATUS_WRONG_USE;
}

/* Where the networks are: said, or beside the program, built or installed. */
static void
find_models(const struct options *o, char *out, size_t size)
{
	static const char *const places[] = {"../../../models",
	    "../../models", "../share/paraph/models",
	    "../../share/paraph/models"};
	char self[PATH_MAX];
	const char *folder = getenv("PARAPH_MODELS");
	if (o->models || folder) {
		snprintf(out, size, "%s", o->models ? o->models : folder);
		return;
	}
	ssize_t length = readlink("/proc/self/exe", self, sizeof(self) - 1);
	self[length > 0 ? length : 0] = '\0';
	char *slash = strrchr(self, '/');
	if (slash)
		*slash = '\0';
	for (size_t i = 0; i < COUNT_OF(places); i++) {
		snprintf(out, size, "%s/%s", self, places[i]);
		if (access(out, R_OK) == 0)
			return;
	}
	snprintf(out, size, "models");
}

/* The file as a sealed memory file, as the service would hand it over. */
static RESULT
seal(const char *path, int *out)
{
	AUTO(close) int fd = open(path, O_RDONLY | O_CLOEXEC);
	AUTO(buf_clear) struct buf bytes;
	uint8_t part[65536];
	ssize_t size;
	buf_init(&bytes, STILL_FILE_MAX);
	if (fd < 0)
		return FAIL(ERR_NOT_FOUND, "%s", strerror(errno));
	while ((size = read(fd, part, sizeof(part))) > 0)
		TRY(buf_add(&bytes, part, (size_t)size));
	if (size < 0)
		return FAIL(ERR_NOT_FOUND, "%s", strerror(errno));
	return memfile_make(span_of_buf(&bytes), out);
}

/* What the reading process says, or that it said nothing. */
static RESULT
hear(int fd, struct findings *out)
{
	AUTO(message_clear) struct message m;
	struct channel c = {.fd = fd, .self = ROLE_clerk,
	    .peer = ROLE_inspector, .started = true};
	message_init(&m);
	enum err code = channel_receive(&c, WALL_MS, &m);
	TRY(code);
	if (m.type == MESSAGE_findings)
		return findings_get(span_of_buf(&m.body), out);
	return refusal_get(span_of_buf(&m.body));
}

/* The signal that ended it; 0 when it ended by itself. */
static int
end_of(pid_t pid)
{
	siginfo_t info = {0};
	waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT);
	return info.si_code == CLD_EXITED ? 0 : info.si_status;
}

static RESULT
read_file(const struct inspector *tools, struct inspect_result *r)
{
	AUTO(close) int document = -1;
	AUTO(close) int ours = -1;
	int pair[2];
	pid_t pid;
	TRY(seal(r->file, &document));
	TRY(channel_pair(pair));
	ours = pair[0];
	enum err code = reading_start(tools, document, pair[1], r->back,
	    getenv("PARAPH_SANDBOX_DEMO") == NULL, &pid);
	close(pair[1]);
	TRY(code);
	code = hear(ours, &r->findings);
	if (code == ERR_EXPIRED)
		code = FAIL(ERR_UNREADABLE, "reading takes too long");
	if (code == ERR_UNAVAILABLE)
		code = FAIL(ERR_UNREADABLE, "the reading process ended "
		    "early, by signal %d", end_of(pid));
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	return code;
}

static void
show_progress(const char *file, bool begin)
{
	if (isatty(STDERR_FILENO))
		fprintf(stderr, begin ? "\rreading %s ..." : "\r\033[K",
		    file);
}

static void
inspect(const struct inspector *tools, struct inspect_result *r)
{
	int64_t start = clock_ticks();
	show_progress(r->file, true);
	r->code = read_file(tools, r);
	snprintf(r->explanation, sizeof(r->explanation), "%s",
	    r->code == OK ? "" : err_explanation());
	show_progress(r->file, false);
	r->total_ms = clock_ticks() - start;
	inspect_judge(r);
}

/* The worse of two exit statuses: unreadable, then doubtful. */
static int
worse(int status, enum inspect_verdict verdict)
{
	if (status == STATUS_UNREADABLE || verdict == INSPECT_UNREADABLE)
		return STATUS_UNREADABLE;
	return verdict == INSPECT_DOUBTFUL ? STATUS_DOUBTFUL : status;
}

static void
print_json(json_t *all, bool several)
{
	json_dumpf(several ? all : json_array_get(all, 0), stdout,
	    JSON_INDENT(2) | JSON_REAL_PRECISION(6));
	putchar('\n');
}

static int
inspect_all(const struct inspector *tools, const struct options *o)
{
	int status = STATUS_READ;
	json_t *all = json_array();
	for (size_t i = 0; i < o->count; i++) {
		struct inspect_result *r = calloc(1, sizeof(*r));
		if (!r)
			abort();
		r->file = o->files[i];
		r->back = o->back;
		inspect(tools, r);
		status = worse(status, r->verdict);
		if (o->json)
			json_array_append_new(all, inspect_json(r));
		else
			inspect_print(r);
		free(r);
	}
	if (o->json)
		print_json(all, o->count > 1);
	json_decref(all);
	return status;
}

static int
files_missing(const struct options *o)
{
	for (size_t i = 0; i < o->count; i++)
		if (access(o->files[i], R_OK) != 0)
			return wrong_use("file", o->files[i]);
	return 0;
}

int
main(int argc, char **argv)
{
	struct options o = {0};
	struct inspector tools = {.nowhere = -1};
	char models[PATH_MAX + 64];
	ocr_environment(argv);
	int status = parse(argc, argv, &o);
	if (status >= 0)
		return status;
	if (files_missing(&o))
		return STATUS_WRONG_USE;
	find_models(&o, models, sizeof(models));
	const char *tessdata = getenv("TESSDATA_PREFIX");
	if (inspector_load(models, tessdata ? tessdata : TESSDATA, &tools) !=
	    OK) {
		fprintf(stderr, "paraph-inspect: %s\n", err_explanation());
		return STATUS_WRONG_USE;
	}
	status = inspect_all(&tools, &o);
	fflush(stdout);
	_exit(status); /* the libraries' own farewells take time */
}
