/*
 * Making and removing throw-away instances.
 */
#include "instance.h"

#include "signer/setup.h"

#include <ftw.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/wait.h>

void
instance_write(const struct instance *i, const char *name, struct span bytes)
{
	char path[256];

	snprintf(path, sizeof(path), "%s/%s", i->dir, name);
	AUTO(fclose) FILE *f = fopen(path, "wb");
	if (!f || fwrite(bytes.data, 1, bytes.size, f) != bytes.size)
		abort();
}

void
instance_init(struct instance *i, const char *more)
{
	char text[2048], path[256];
	AUTO(buf_clear) struct buf record;
	bool done;

	snprintf(i->dir, sizeof(i->dir), "/tmp/paraph-ceremony-XXXXXX");
	if (!mkdtemp(i->dir))
		abort();
	snprintf(text, sizeof(text),
	    "[pki]\nbase_url = http://pki.example.com\n"
	    "organisation = TEST Paraph\n%s",
	    more);
	instance_write(i, "paraph.conf", span_of_text(text));
	snprintf(path, sizeof(path), "%s/paraph.conf", i->dir);
	buf_init(&record, 65536);
	if (conf_load(path, &i->conf) != OK ||
	    setup_run(i->conf, &done, &record) != OK || !done) {
		fprintf(stderr, "instance: %s\n", err_explanation());
		abort();
	}
}

static int
remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

void
instance_clear(struct instance *i)
{
	conf_free(i->conf);
	nftw(i->dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

void
instance_order(unsigned number, struct order *out)
{
	*out = (struct order){.level = "lcp",
	    .profile = "lcp",
	    .given_names = "Zoé Anaïs",
	    .surname = "Lefèvre",
	    .common_name = "Zoé Anaïs Lefèvre",
	    .country = "FR"};
	/* ids are 26 letters of an alphabet without vowels */
	snprintf(
	    out->registration, sizeof(out->registration), "reg_%026u", number);
	snprintf(
	    out->person_serial, sizeof(out->person_serial), "P%08u", number);
}

int
instance_shell(const struct instance *i, const char *format, ...)
{
	char command[4096], whole[4600];
	va_list args;

	va_start(args, format);
	vsnprintf(command, sizeof(command), format, args);
	va_end(args);
	snprintf(whole, sizeof(whole), "cd %s && { %s ; } >said 2>&1", i->dir,
	    command);
	int status = system(whole);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

const char *
instance_said(const struct instance *i)
{
	static char text[8192];
	char path[256];

	snprintf(path, sizeof(path), "%s/said", i->dir);
	AUTO(fclose) FILE *f = fopen(path, "rb");
	text[f ? fread(text, 1, sizeof(text) - 1, f) : 0] = '\0';
	return text;
}
