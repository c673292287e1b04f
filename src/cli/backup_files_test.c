/*
 * Parts of a backup: what is whole, what never was finished, what changed.
 */
#include "cli/backup_copy.h"
#include "cli/backup_files.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include <cmocka.h>

static char root[64], from[PATH_MAX], copy[PATH_MAX], back[PATH_MAX];

static void
write_file(const char *dir, const char *name, const char *text)
{
	char path[PATH_MAX];

	assert_int_equal(backup_path(dir, name, path), OK);
	FILE *f = fopen(path, "w");
	assert_non_null(f);
	fputs(text, f);
	assert_int_equal(fclose(f), 0);
}

static int
set_up(void **state)
{
	(void)state;
	snprintf(root, sizeof(root), "/tmp/paraph-parts-XXXXXX");
	assert_non_null(mkdtemp(root));
	snprintf(from, sizeof(from), "%s/from", root);
	snprintf(copy, sizeof(copy), "%s/copy", root);
	snprintf(back, sizeof(back), "%s/back", root);
	assert_int_equal(mkdir(from, 0700), 0);
	write_file(from, "one", "1");
	write_file(from, "two", "22");
	return 0;
}

static int
tear_down(void **state)
{
	char command[128];

	(void)state;
	snprintf(command, sizeof(command), "rm -rf '%s'", root);
	return system(command);
}

static void
begin(struct part *p)
{
	memset(p, 0, sizeof(*p));
	assert_int_equal(
	    part_begin(copy, PART_secrets, "name", CLOCK_FOREVER, p), OK);
	assert_int_equal(part_copy(p, from, "keys", NULL), OK);
}

static enum err
check(size_t *files)
{
	struct part_facts facts;
	enum err result = part_check(copy, PART_secrets, &facts);

	*files = facts.files;
	return result;
}

static void
what_was_finished_is_whole_and_comes_back(void **state)
{
	struct part p;
	struct stat st;
	size_t files;

	(void)state;
	begin(&p);
	assert_int_equal(part_end(&p), OK);
	assert_int_equal(check(&files), OK);
	assert_int_equal(files, 2);
	assert_int_equal(part_put_back(copy, PART_secrets, back), OK);
	snprintf(back, sizeof(back), "%s/back/keys/two", root);
	assert_int_equal(stat(back, &st), 0);
	assert_int_equal(st.st_size, 2);
}

/* A full disk, or the power: every file that is noted is there and right, and
 * others never came. */
static void
what_was_never_finished_is_not_whole(void **state)
{
	struct part p;
	size_t files;

	(void)state;
	begin(&p);
	assert_int_equal(fclose(p.manifest), 0);
	assert_int_equal(check(&files), ERR_INVALID);
}

static void
a_line_that_is_lacking_is_missed(void **state)
{
	char path[PATH_MAX], text[4096] = "";
	struct part p;
	size_t files;

	(void)state;
	begin(&p);
	assert_int_equal(part_end(&p), OK);
	snprintf(path, sizeof(path), "%s/copy/secrets/" MANIFEST, root);
	FILE *f = fopen(path, "r");
	assert_non_null(f);
	assert_true(fread(text, 1, sizeof(text) - 1, f) > 0);
	fclose(f);
	char *end = strstr(text, "\nend 2\n"), *line = end;
	assert_non_null(end);
	while (line[-1] != '\n')
		line--;
	memmove(line, end + 1, strlen(end + 1) + 1);
	snprintf(path, sizeof(path), "%s/copy/secrets", root);
	write_file(path, MANIFEST, text);
	assert_int_equal(check(&files), ERR_INVALID);
	assert_int_equal(files, 1);
}

static void
what_changed_since_the_look_does_not_come_back(void **state)
{
	char path[PATH_MAX];
	struct part p;

	(void)state;
	begin(&p);
	assert_int_equal(part_end(&p), OK);
	snprintf(path, sizeof(path), "%s/copy/secrets/keys", root);
	write_file(path, "two", "23");
	assert_int_equal(part_put_back(copy, PART_secrets, back), ERR_INVALID);
}

static void
a_link_is_not_followed(void **state)
{
	char path[PATH_MAX];
	struct part p;

	(void)state;
	snprintf(path, sizeof(path), "%s/from/link", root);
	assert_int_equal(symlink("/etc/passwd", path), 0);
	memset(&p, 0, sizeof(p));
	assert_int_equal(
	    part_begin(copy, PART_secrets, "name", CLOCK_FOREVER, &p), OK);
	assert_int_equal(part_copy(&p, from, "keys", NULL), ERR_INVALID);
	assert_int_equal(fclose(p.manifest), 0);
}

/* Only what is not there may be left out. */
static void
what_cannot_be_read_is_not_left_out(void **state)
{
	char path[PATH_MAX];
	struct part p;

	(void)state;
	begin(&p);
	snprintf(path, sizeof(path), "%s/from/none", root);
	assert_int_equal(part_copy(&p, path, "x", NULL), ERR_NOT_FOUND);
	snprintf(path, sizeof(path), "%s/from/one/vault", root);
	assert_int_equal(part_copy(&p, path, "x", NULL), ERR_UNAVAILABLE);
	assert_int_equal(fclose(p.manifest), 0);
}

static atomic_bool writing;
static char object[PATH_MAX];

/* As SoftHSM does, and slower. */
static void *
cut_and_write_again(void *data)
{
	const struct timespec between = {.tv_nsec = 30 * 1000000};

	(void)data;
	for (int i = 0; i < 20; i++) {
		FILE *f = fopen(object, "w");

		assert_non_null(f);
		atomic_store(&writing, true);
		nanosleep(&between, NULL);
		fputs("whole", f);
		assert_int_equal(fclose(f), 0);
	}
	return NULL;
}

static void
an_object_of_the_token_that_is_being_written_is_waited_for(void **state)
{
	char path[PATH_MAX], found[16] = "";
	pthread_t writer;
	struct part p;

	(void)state;
	snprintf(object, sizeof(object), "%s/from/key.object", root);
	assert_int_equal(
	    pthread_create(&writer, NULL, cut_and_write_again, NULL), 0);
	while (!atomic_load(&writing))
		usleep(1000);
	begin(&p);
	assert_int_equal(pthread_join(writer, NULL), 0);
	assert_int_equal(part_end(&p), OK);
	snprintf(path, sizeof(path), "%s/copy/secrets/keys/key.object", root);
	FILE *f = fopen(path, "r");
	assert_non_null(f);
	assert_int_equal(fread(found, 1, sizeof(found) - 1, f), 5);
	fclose(f);
	assert_string_equal(found, "whole");
}

#define OF_PARTS(name)                                                         \
	cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    OF_PARTS(what_was_finished_is_whole_and_comes_back),
	    OF_PARTS(what_was_never_finished_is_not_whole),
	    OF_PARTS(a_line_that_is_lacking_is_missed),
	    OF_PARTS(what_changed_since_the_look_does_not_come_back),
	    OF_PARTS(a_link_is_not_followed),
	    OF_PARTS(what_cannot_be_read_is_not_left_out),
	    OF_PARTS(an_object_of_the_token_that_is_being_written_is_waited_for),
	};

	return cmocka_run_group_tests_name("backup files", tests, NULL, NULL);
}
