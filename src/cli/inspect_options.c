/*
 * The words of the command line. Each mistake is answered by the one thing
 * that is wrong and where to read more.
 */
#include "cli/inspect_options.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/auto.h"
#include "base/enum.h"

#define WRONG_USE 2

static const char help[] =
    "usage: paraph inspect [OPTION...] FILE|FOLDER...\n"
    "       paraph inspect [OPTION...] --front FILE --back FILE\n"
    "       paraph inspect [OPTION...] --part PART FILE...\n"
    "\n"
    "Reads pictures (JPEG, PNG, PDF) of identity documents, says what stands\n"
    "on them, how well it could be read and what speaks against it; and\n"
    "recordings (WebM, MP4) of a proof of life. Nothing leaves this machine;\n"
    "no server, no database, no set-up.\n"
    "\n"
    "  FILE            a picture each; - is standard input\n"
    "  FOLDER          its pictures (.jpg, .jpeg, .png, .pdf), by their names\n"
    "  --side SIDE     of every FILE: front (or photo page), which is\n"
    "                  understood, or back\n"
    "  --front FILE    both sides of one card, compared with each other\n"
    "  --back FILE\n"
    "  --json          an object a file (docs/inspect.md), an array when\n"
    "                  there are several\n"
    "  --draw PNG      draws what was seen; with several files a folder\n"
    "  -j, --jobs N    reads so many at a time; 1 unless said\n"
    "  --part PART     the FILEs are recordings of that part: face (also when\n"
    "                  it is not said), or document\n"
    "  --challenge TEXT\n"
    "                  what was asked and when it was shown, in milliseconds:\n"
    "                  \"look_ahead@0 turn_left@2000 open_mouth@5000\"\n"
    "  --film FILE     keeps the pictures made of the recording\n"
    "  --landmarks FILE\n"
    "                  dlib's model of 68 points\n"
    "  --models DIR    the folder of the networks that read and judge\n"
    "  --help          this\n"
    "\n"
    "Examples\n"
    "  paraph inspect passport.jpg\n"
    "  paraph inspect --front front.jpg --back back.jpg\n"
    "  paraph inspect --json *.jpg > readings.json\n"
    "  paraph inspect --draw seen.png passport.jpg\n"
    "  paraph inspect --challenge \"look_ahead@0 turn_left@2000\" face.webm\n"
    "  curl -s https://example.org/card.jpg | paraph inspect --side back -\n"
    "\n"
    "Environment: PARAPH_MODELS names the networks' folder, PARAPH_LANDMARKS\n"
    "the landmarks' file, NO_COLOR takes the colours away.\n"
    "Exit status: 0 read, 1 unreadable, 3 doubtful, 2 wrong use; of several\n"
    "files the worst.\n";

void
options_help(void)
{
	fputs(help, stdout);
}

static int __attribute__((format(printf, 1, 2)))
wrong(const char *format, ...)
{
	va_list args;
	va_start(args, format);
	fprintf(stderr, "paraph inspect: ");
	vfprintf(stderr, format, args);
	va_end(args);
	fprintf(stderr, "\ntry: paraph inspect --help\n");
	return WRONG_USE;
}

enum word { SIDE, FRONT, BACK, DRAW, JOBS, JOBS_SHORT, MODELS, PART,
	CHALLENGE, LANDMARKS, FILM, WORDS };

static const char *const words[WORDS] = {"--side", "--front", "--back",
    "--draw", "--jobs", "-j", "--models", "--part", "--challenge",
    "--landmarks", "--film"};

static int
set_side(const char *value, struct options *o)
{
	o->back = strcmp(value, "back") == 0;
	return o->back || strcmp(value, "front") == 0 ? 0 :
	    wrong("--side is front or back, not '%s'", value);
}

static int
set_jobs(const char *value, struct options *o)
{
	char *end;
	long jobs = strtol(value, &end, 10);
	if (end == value || *end || jobs < 1 || jobs > INSPECT_JOBS_MAX)
		return wrong("--jobs is a number from 1 to %d, not '%s'",
		    INSPECT_JOBS_MAX, value);
	o->jobs = (int)jobs;
	return 0;
}

static int
set_part(const char *value, struct options *o)
{
	o->recording = true;
	o->document = strcmp(value, "document") == 0;
	return o->document || strcmp(value, "face") == 0 ? 0 :
	    wrong("--part is face or document, not '%s'", value);
}

static int
set(enum word word, const char *value, struct options *o)
{
	switch (word) {
	case SIDE:
		return set_side(value, o);
	case JOBS:
	case JOBS_SHORT:
		return set_jobs(value, o);
	case FRONT:
		o->front_of = value;
		return 0;
	case BACK:
		o->back_of = value;
		return 0;
	case DRAW:
		o->draw = value;
		return 0;
	case MODELS:
		o->models = value;
		return 0;
	case PART:
		return set_part(value, o);
	case CHALLENGE:
		o->challenge = value;
		o->recording = true;
		return 0;
	case LANDMARKS:
		o->landmarks = value;
		return 0;
	case FILM:
		o->film = value;
		o->recording = true;
		return 0;
	case WORDS:
		break;
	}
	return 0;
}

/* One option at argv[*i], which may take the next word or stand before an
 * equals sign with its value. */
static int
take(int argc, char **argv, int *i, struct options *o)
{
	const char *at = argv[*i];
	if (strcmp(at, "--help") == 0 || strcmp(at, "-h") == 0) {
		o->help = true;
		return 0;
	}
	if (strcmp(at, "--json") == 0) {
		o->json = true;
		return 0;
	}
	for (int word = 0; word < WORDS; word++) {
		size_t size = strlen(words[word]);
		if (strncmp(at, words[word], size) != 0)
			continue;
		if (at[size] == '=' && at[1] == '-')
			return set((enum word)word, at + size + 1, o);
		if (at[size] != '\0')
			continue;
		if (*i + 1 >= argc)
			return wrong("%s needs a value", at);
		return set((enum word)word, argv[++*i], o);
	}
	return wrong("unknown option '%s'", at);
}

static int
check_file(const char *file)
{
	struct stat found;
	if (strcmp(file, "-") == 0)
		return isatty(STDIN_FILENO) ? wrong("standard input is a "
		    "terminal: give it a picture") : 0;
	if (stat(file, &found) != 0)
		return wrong("%s: %s", file, strerror(errno));
	if (S_ISDIR(found.st_mode))
		return wrong("%s is a folder", file);
	return access(file, R_OK) == 0 ? 0 :
	    wrong("%s: %s", file, strerror(errno));
}

static int
check_files(const struct options *o)
{
	size_t inputs = 0;
	for (size_t i = 0; i < o->count; i++) {
		int status = check_file(o->files[i]);
		if (status)
			return status;
		inputs += strcmp(o->files[i], "-") == 0;
	}
	return inputs > 1 ? wrong("standard input can be read once") : 0;
}

static int
is_picture_name(const struct dirent *entry)
{
	static const char *const endings[] = {".jpg", ".jpeg", ".png",
	    ".pdf"};
	const char *dot = strrchr(entry->d_name, '.');
	for (size_t i = 0; dot && i < COUNT_OF(endings); i++)
		if (strcasecmp(dot, endings[i]) == 0)
			return entry->d_name[0] != '.';
	return 0;
}

static char **
one_more(char **files, size_t count, const char *folder, const char *name)
{
	files = realloc(files, (count + 1) * sizeof(*files));
	size_t size = folder ? strlen(folder) + strlen(name) + 2 : 0;
	char *path = folder ? malloc(size) : strdup(name);
	if (!files || !path)
		abort();
	if (folder)
		snprintf(path, size, "%s%s%s", folder,
		    folder[strlen(folder) - 1] == '/' ? "" : "/", name);
	files[count] = path;
	return files;
}

/* No folder, socket or pipe, which would be waited for. */
static bool
is_regular(const char *path)
{
	struct stat found;
	return stat(path, &found) == 0 && S_ISREG(found.st_mode);
}

/* Adds the pictures of a folder. */
static int
open_folder(const char *folder, char ***files, size_t *count)
{
	struct dirent **entries;
	int found = scandir(folder, &entries, is_picture_name, alphasort);
	if (found < 0)
		return wrong("%s: %s", folder, strerror(errno));
	size_t before = *count;
	for (int i = 0; i < found; i++) {
		*files = one_more(*files, *count, folder, entries[i]->d_name);
		if (is_regular((*files)[*count]))
			(*count)++;
		else
			free((*files)[*count]);
		free(entries[i]);
	}
	free(entries);
	return *count > before ? 0 : wrong("%s holds no picture (.jpg, .jpeg, "
	    ".png, .pdf)", folder);
}

/* Folders become the pictures in them. They live as long as the program. */
static int
open_folders(struct options *o)
{
	char **files = NULL;
	size_t count = 0;
	struct stat found;
	for (size_t i = 0; i < o->count; i++) {
		const char *file = o->files[i];
		bool folder = strcmp(file, "-") != 0 &&
		    stat(file, &found) == 0 && S_ISDIR(found.st_mode);
		int status = folder ? open_folder(file, &files, &count) : 0;
		if (status)
			return status;
		if (!folder)
			files = one_more(files, count++, NULL, file);
	}
	o->files = files;
	o->count = count;
	return 0;
}

static bool
is_same_file(const char *a, const char *b)
{
	struct stat one, other;
	return stat(a, &one) == 0 && stat(b, &other) == 0 &&
	    one.st_dev == other.st_dev && one.st_ino == other.st_ino;
}

/* With --part, --challenge or --film; or by the first bytes of the first
 * file. */
static int
check_recordings(struct options *o)
{
	uint8_t head[8] = {0};
	/* a pipe's first bytes would be gone */
	AUTO(fclose) FILE *file = strcmp(o->files[0], "-") &&
	    is_regular(o->files[0]) ? fopen(o->files[0], "rbe") : NULL;
	size_t size = file ? fread(head, 1, sizeof(head), file) : 0;
	bool seen = size == sizeof(head) &&
	    (memcmp(head, "\x1a\x45\xdf\xa3", 4) == 0 ||
	    memcmp(head + 4, "ftyp", 4) == 0);
	o->recording = o->recording || (seen && !o->front_of);
	if (!o->recording)
		return 0;
	if (o->front_of || o->back || o->draw)
		return wrong("--front, --back, --side and --draw are for "
		    "pictures, not for recordings");
	return o->film && o->count > 1 ?
	    wrong("--film keeps the pictures of one recording") : 0;
}

static int
check_draw(const struct options *o)
{
	struct stat found;
	bool folder = o->draw && stat(o->draw, &found) == 0 &&
	    S_ISDIR(found.st_mode);
	if (!o->draw)
		return 0;
	if (o->draw[0] == '\0')
		return wrong("--draw needs the name of a file or folder");
	if (o->count > 1 && !folder)
		return wrong("--draw with several files needs a folder that "
		    "is there, not '%s'", o->draw);
	for (size_t i = 0; i < o->count; i++)
		if (is_same_file(o->draw, o->files[i]))
			return wrong("--draw would write over %s",
			    o->files[i]);
	return 0;
}

/* A card's two files become the list of files. */
static int
take_card(struct options *o)
{
	static char *both[2];
	if (!o->front_of && !o->back_of)
		return o->count > 0 ? 0 : wrong("no file is given");
	if (!o->front_of || !o->back_of)
		return wrong("--front and --back go together; for one side "
		    "say --side");
	if (o->count > 0)
		return wrong("with --front and --back no other file is read: "
		    "'%s'", o->files[0]);
	if (o->back)
		return wrong("--side does not go with --front and --back");
	both[0] = strdup(o->front_of);
	both[1] = strdup(o->back_of);
	o->files = both;
	o->count = 2;
	return is_same_file(both[0], both[1]) ?
	    wrong("--front and --back are the same file") : 0;
}

int
options_parse(int argc, char **argv, struct options *out)
{
	int kept = 0;
	bool more = true;
	*out = (struct options){.jobs = 1};
	/* options may stand after files; -- ends them */
	for (int i = 1; i < argc; i++) {
		if (more && strcmp(argv[i], "--") == 0) {
			more = false;
		} else if (more && argv[i][0] == '-' && argv[i][1]) {
			int status = take(argc, argv, &i, out);
			if (status || out->help)
				return status;
		} else {
			argv[kept++] = argv[i];
		}
	}
	out->files = argv;
	out->count = (size_t)kept;
	int status = take_card(out);
	if (!status && !out->front_of)
		status = open_folders(out);
	if (!status)
		status = check_files(out);
	if (!status)
		status = check_recordings(out);
	return status ? status : check_draw(out);
}
