/*
 * paraph-inspect: reads identity documents from files. No server, no
 * database; the reading happens in the same cage as the service's, because
 * the file is as strange here as there.
 */
#include "cli/inspect.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/enum.h"
#include "cli/inspect_drawn.h"
#include "cli/inspect_options.h"
#include "cli/words.h"
#include "vision/pixels/threads.h"

#define CLEAR_LINE "\r\033[K"

static void
begin(const struct inspector *tools, const struct options *o, size_t index,
    struct inspect_pending *out)
{
	AUTO(buf_clear) struct buf bytes;
	struct inspect_wish wish = {.picture = o->draw != NULL,
	    .kind = (o->front_of ? index == 1 : o->back) ?
		INSPECTION_back : INSPECTION_front,
	    .uncaged = getenv("PARAPH_SANDBOX_DEMO") != NULL};
	enum err code = read_bytes(o->files[index],
	    inspect_file_max(wish.kind), &bytes);
	if (code == OK) {
		inspect_begin(tools, span_of_buf(&bytes), &wish, out);
		return;
	}
	*out = (struct inspect_pending){.code = code, .reply = -1};
	snprintf(out->explanation, sizeof(out->explanation), "%s",
	    err_explanation());
}

static void
show_progress(const struct options *o, size_t index)
{
	if (isatty(STDERR_FILENO) && index < o->count)
		fprintf(stderr, CLEAR_LINE "reading %zu of %zu ...",
		    index + 1, o->count);
	else if (isatty(STDERR_FILENO))
		fprintf(stderr, CLEAR_LINE);
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
tell_json(const struct card *c, const struct options *o, size_t index)
{
	for (int side = 0; side < SIDES_MAX; side++) {
		if (!c->files[side])
			continue;
		json_t *one = card_json(c, side);
		fputs(o->count == 1 ? "" : index == 0 && (side == 0 ||
		    !c->files[0]) ? "[\n" : ",\n", stdout);
		json_dumpf(one, stdout, JSON_INDENT(2) |
		    JSON_REAL_PRECISION(6));
		json_decref(one);
	}
}

/* false: said on standard error why not. */
static bool
draw(struct card *c, const struct options *o, size_t index)
{
	char path[PATH_MAX];
	for (int side = 0; side < SIDES_MAX; side++) {
		if (!c->files[side] || !o->draw)
			continue;
		drawn_path(o, index + (o->front_of ? (size_t)side : 0), path,
		    sizeof(path));
		if (card_draw(c, side, path) == OK)
			continue;
		fprintf(stderr, "paraph inspect: %s\n", err_explanation());
		return false;
	}
	return true;
}

static bool
in_colour(void)
{
	const char *none = getenv("NO_COLOR"), *kind = getenv("TERM");
	return isatty(STDOUT_FILENO) && !(none && *none) && kind &&
	    strcmp(kind, "dumb") != 0;
}

static int
tell(struct card *c, const struct options *o, size_t index, int status,
    size_t counts[])
{
	card_judge(c);
	for (int side = 0; side < SIDES_MAX; side++) {
		if (!c->files[side])
			continue;
		status = worse(status, c->sides[side].verdict);
		counts[c->sides[side].verdict]++;
	}
	if (o->json) {
		tell_json(c, o, index);
	} else {
		if (index > 0)
			putchar('\n');
		card_print(c, in_colour());
	}
	fflush(stdout);
	return draw(c, o, index) ? status : STATUS_WRONG_USE;
}

/* So that nobody has to count through a screen full of reports. */
static void
tell_counts(const struct options *o, const size_t counts[])
{
	const char *before = "\n";
	if (o->count < 3 || o->json)
		return;
	for (int i = INSPECT_READ; i <= INSPECT_UNREADABLE; i++) {
		if (counts[i] == 0)
			continue;
		printf("%s%zu %s", before, counts[i],
		    inspect_verdict_text((enum inspect_verdict)i));
		before = ", ";
	}
	putchar('\n');
}

/* Files are read ahead, o->jobs of them, and told in their order. */
static int
inspect_all(const struct inspector *tools, const struct options *o)
{
	struct inspect_pending ahead[INSPECT_JOBS_MAX];
	struct card *c = calloc(1, sizeof(*c));
	size_t jobs = (size_t)o->jobs, begun = 0;
	size_t counts[INSPECT_UNREADABLE + 1] = {0};
	int status = STATUS_READ;
	if (!c)
		abort();
	for (size_t i = 0; i < o->count && status != STATUS_WRONG_USE; i++) {
		int side = o->front_of ? (int)i : o->back;
		for (; begun < o->count && begun < i + jobs; begun++)
			begin(tools, o, begun, &ahead[begun % jobs]);
		show_progress(o, i);
		c->files[side] = o->files[i];
		inspect_end(&ahead[i % jobs], &c->sides[side]);
		if (o->front_of && i == 0)
			continue;
		show_progress(o, o->count);
		status = tell(c, o, o->front_of ? 0 : i, status, counts);
		card_clear(c);
		memset(c, 0, sizeof(*c));
	}
	tell_counts(o, counts);
	if (o->json)
		fputs(o->count > 1 ? "\n]\n" : "\n", stdout);
	free(c);
	return status;
}

/* Recordings are for a program that has the libraries of films. */
static int
hand_over(char **argv)
{
	static const char name[] = "paraph-watch";
	char path[PATH_MAX + sizeof(name)];
	ssize_t size = readlink("/proc/self/exe", path, PATH_MAX);
	path[size > 0 ? size : 0] = '\0';
	char *slash = strrchr(path, '/');
	if (slash) { /* never the one of whatever folder this is started in */
		memcpy(slash + 1, name, sizeof(name));
		execv(path, argv);
	}
	fprintf(stderr, "paraph inspect: paraph-watch: %s\n",
	    strerror(errno));
	return STATUS_WRONG_USE;
}

/* A file that is opened must not become standard input or output because they
 * were closed: what is written would go into it, or be read as a picture. */
static void
fill_standard_descriptors(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0 && open("/dev/null",
		    fd == STDERR_FILENO ? O_WRONLY : O_RDONLY) != fd)
			exit(STATUS_WRONG_USE);
}

int
main(int argc, char **argv)
{
	struct options o;
	struct inspector tools = {.nowhere = -1};
	threads_off(argv);
	fill_standard_descriptors();
	options_parse(argc, argv, &o);
	if (o.recording)
		return hand_over(argv);
	if (load_models(&o, &tools) != OK) {
		fprintf(stderr, "paraph inspect: %s\n", err_explanation());
		return STATUS_WRONG_USE;
	}
	int status = words_done(inspect_all(&tools, &o));
	_exit(status); /* the libraries' own farewells take time */
}
