/*
 * Replays inputs to a fuzz target without libFuzzer: each argument is a file
 * or a folder of files. No input at all is a failure: a test that ran nothing
 * says so.
 *
 * Each input lies in a block of its own size, so that a sanitizer sees a read
 * past its end.
 */
#include "base/auto.h"
#include "base/fuzz.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#define INPUT_MAX ((size_t)16 * 1024 * 1024)

static size_t replayed;

static int
replay_file(const char *path)
{
	AUTO(close) int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;

	if (fd < 0 || fstat(fd, &st) != 0 || (size_t)st.st_size > INPUT_MAX) {
		fprintf(stderr, "cannot read %s\n", path);
		return 1;
	}
	size_t size = (size_t)st.st_size;
	AUTO(free) uint8_t *data = malloc(size);
	if ((!data && size > 0) || read(fd, data, size) != (ssize_t)size) {
		fprintf(stderr, "cannot read %s\n", path);
		return 1;
	}
	fprintf(stderr, "%s\n", path);
	LLVMFuzzerTestOneInput(data, size);
	replayed++;
	return 0;
}

static void
close_folder(DIR *d)
{
	closedir(d);
}

DEFINE_AUTO(close_folder, DIR *)

static int
replay(const char *path)
{
	AUTO(close_folder) DIR *folder = opendir(path);
	struct dirent *entry;
	int failed = 0;

	if (!folder)
		return replay_file(path);
	while ((entry = readdir(folder)) != NULL) {
		char full[4096];
		if (entry->d_name[0] == '.')
			continue;
		snprintf(full, sizeof(full), "%s/%s", path, entry->d_name);
		failed += replay_file(full);
	}
	return failed;
}

int
main(int argc, char **argv)
{
	int failed = 0;

	LLVMFuzzerTestOneInput((const uint8_t *)"", 0);
	for (int i = 1; i < argc; i++)
		failed += replay(argv[i]);
	fprintf(stderr, "%zu inputs replayed\n", replayed);
	return failed > 0 || replayed == 0;
}
