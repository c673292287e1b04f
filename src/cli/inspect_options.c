/*
 * The words of the command line. Each mistake is answered by the one thing
 * that is wrong and where to read more.
 */
#include "cli/inspect_options.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/auto.h"
#include "base/enum.h"
#include "cli/inspect_drawn.h"
#include "cli/words.h"
#include "vision/inspector.h"

#define HEAD_SIZE 12

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
    "  --patience N    percent of the processor time that a file is given, 1\n"
    "                  to 1000; more than 100 for a slow processor\n"
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

static void
set_jobs(const char *value, struct options *o)
{
	char *end;
	long jobs = strtol(value, &end, 10);
	if (end == value || *end || jobs < 1 || jobs > INSPECT_JOBS_MAX)
		words_wrong("--jobs is a number from 1 to %d, not '%s'",
		    INSPECT_JOBS_MAX, value);
	o->jobs = (int)jobs;
}

static void
set_patience(const char *value, struct options *o)
{
	char *end;
	long percent = strtol(value, &end, 10);
	if (end == value || *end || percent < 1 || percent > PATIENCE_MOST)
		words_wrong("--patience is a number from 1 to %d, not '%s'",
		    PATIENCE_MOST, value);
	o->patience = (unsigned)percent;
}

static bool
is_second(const char *option, const char *value, const char *first,
    const char *second)
{
	if (value && strcmp(value, first) != 0 && strcmp(value, second) != 0)
		words_wrong("%s is %s or %s, not '%s'", option, first, second,
		    value);
	return value && strcmp(value, second) == 0;
}

static void
read_words(int argc, char **argv, struct options *o)
{
	const char *json = NULL, *side = NULL, *jobs = NULL, *part = NULL,
		   *patience = NULL;
	const struct word_option options[] = {{"--json", &json, true},
	    {"--side", &side, false}, {"--front", &o->front_of, false},
	    {"--back", &o->back_of, false}, {"--draw", &o->draw, false},
	    {"--jobs", &jobs, false}, {"-j", &jobs, false},
	    {"--models", &o->models, false}, {"--part", &part, false},
	    {"--challenge", &o->challenge, false},
	    {"--landmarks", &o->landmarks, false},
	    {"--film", &o->film, false}, {"--patience", &patience, false}};
	words_of("paraph inspect", help);
	o->files = calloc((size_t)argc, sizeof(*o->files));
	if (!o->files)
		abort();
	o->count = words_read(argc - 1, argv + 1, options, COUNT_OF(options),
	    o->files, 0, (size_t)argc);
	o->json = json != NULL;
	o->back = is_second("--side", side, "front", "back");
	o->document = is_second("--part", part, "face", "document");
	o->recording = part || o->challenge || o->film;
	if (jobs)
		set_jobs(jobs, o);
	if (patience)
		set_patience(patience, o);
}

/* What is no file at all, and would be waited for or never end. */
static const char *
kind_of(mode_t mode)
{
	return S_ISDIR(mode) ? "a folder" :
	    S_ISSOCK(mode) ? "a socket" :
	    S_ISCHR(mode) || S_ISBLK(mode) ? "a device" : NULL;
}

static void
check_file(const char *file)
{
	struct stat found;
	if (strcmp(file, "-") == 0) {
		if (isatty(STDIN_FILENO))
			words_refuse("standard input is a terminal: give it a "
			    "picture");
		return;
	}
	if (!*file)
		words_wrong("a file without a name");
	if (stat(file, &found) != 0 || access(file, R_OK) != 0)
		words_refuse("%s: %s", file, strerror(errno));
	if (kind_of(found.st_mode))
		words_refuse("%s is %s, not a picture", file,
		    kind_of(found.st_mode));
}

static void
check_files(const struct options *o)
{
	size_t inputs = 0;
	for (size_t i = 0; i < o->count; i++) {
		check_file(o->files[i]);
		inputs += strcmp(o->files[i], "-") == 0;
	}
	if (inputs > 1)
		words_wrong("standard input can be read once");
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

static const char **
one_more(const char **files, size_t count, const char *folder, const char *name)
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
static void
open_folder(const char *folder, const char ***files, size_t *count)
{
	struct dirent **entries;
	int found = scandir(folder, &entries, is_picture_name, alphasort);
	if (found < 0)
		words_refuse("%s: %s", folder, strerror(errno));
	size_t before = *count;
	for (int i = 0; i < found; i++) {
		*files = one_more(*files, *count, folder, entries[i]->d_name);
		*count += is_regular((*files)[*count]);
		free(entries[i]);
	}
	free(entries);
	if (*count == before)
		words_refuse("%s holds no picture (.jpg, .jpeg, .png, .pdf)",
		    folder);
}

/* Folders become the pictures in them. */
static void
open_folders(struct options *o)
{
	const char **files = NULL;
	size_t count = 0;
	struct stat found;
	for (size_t i = 0; i < o->count; i++) {
		const char *file = o->files[i];
		bool folder = strcmp(file, "-") != 0 &&
		    stat(file, &found) == 0 && S_ISDIR(found.st_mode);
		if (folder)
			open_folder(file, &files, &count);
		else
			files = one_more(files, count++, NULL, file);
	}
	o->files = files;
	o->count = count;
}

static bool
is_same_file(const char *a, const char *b)
{
	struct stat one, other;
	return stat(a, &one) == 0 && stat(b, &other) == 0 &&
	    one.st_dev == other.st_dev && one.st_ino == other.st_ino;
}

/* WebM, or MP4 of any brand but those of pictures. */
static bool
begins_like_recording(const uint8_t head[HEAD_SIZE])
{
	static const char *const pictures[] = {"heic", "heix", "heim", "mif1",
	    "avif"};
	for (size_t i = 0; i < COUNT_OF(pictures); i++)
		if (memcmp(head + 8, pictures[i], 4) == 0)
			return false;
	return memcmp(head, "\x1a\x45\xdf\xa3", 4) == 0 ||
	    memcmp(head + 4, "ftyp", 4) == 0;
}

/* false: a pipe, whose first bytes would be gone, or shorter than that. */
static bool
read_head(const char *path, uint8_t head[HEAD_SIZE])
{
	AUTO(fclose) FILE *file = strcmp(path, "-") && is_regular(path) ?
	    fopen(path, "rbe") : NULL;
	return file && fread(head, 1, HEAD_SIZE, file) == HEAD_SIZE;
}

/* Its two pages, or the two halves of one, are the sides. */
static bool
is_pdf(const char *path)
{
	uint8_t head[HEAD_SIZE];
	return read_head(path, head) && memcmp(head, "%PDF-", 5) == 0;
}

/* With --part, --challenge or --film; or by the first bytes of the first
 * file. */
static void
check_recordings(struct options *o)
{
	uint8_t head[HEAD_SIZE];
	bool seen = read_head(o->files[0], head) &&
	    begins_like_recording(head);
	o->recording = o->recording || (seen && !o->front_of);
	if (!o->recording)
		return;
	if (o->front_of || o->back || o->draw)
		words_wrong("--front, --back, --side and --draw are for "
		    "pictures, not for recordings");
	if (o->film && o->count > 1)
		words_wrong("--film keeps the pictures of one recording");
}

static void
check_draw(const struct options *o)
{
	struct stat found;
	bool folder = o->draw && stat(o->draw, &found) == 0 &&
	    S_ISDIR(found.st_mode);
	if (!o->draw)
		return;
	if (o->draw[0] == '\0')
		words_wrong("--draw needs the name of a file or folder");
	if (o->count > 1 && !folder)
		words_refuse("--draw with several files needs a folder that "
		    "is there, not '%s'", o->draw);
	const char *over = drawn_over(o);
	if (over)
		words_refuse("--draw would write over %s", over);
}

/* A card's two files become the list of files. */
static void
take_card(struct options *o)
{
	static const char *both[2];
	if (!o->front_of && !o->back_of && o->count == 0)
		words_wrong("no file is given");
	if (!o->front_of && !o->back_of)
		return;
	if (!o->front_of || !o->back_of)
		words_wrong("--front and --back go together; for one side "
		    "say --side");
	if (o->count > 0)
		words_wrong("with --front and --back no other file is read: "
		    "'%s'", o->files[0]);
	if (o->back)
		words_wrong("--side does not go with --front and --back");
	both[0] = o->front_of;
	both[1] = o->back_of;
	o->files = both;
	o->count = 2;
	if (is_same_file(both[0], both[1]) && !is_pdf(both[0]))
		words_refuse("--front and --back are the same file");
}

void
options_parse(int argc, char **argv, struct options *out)
{
	*out = (struct options){.jobs = 1};
	read_words(argc, argv, out);
	take_card(out);
	if (!out->front_of)
		open_folders(out);
	check_files(out);
	check_recordings(out);
	check_draw(out);
}
