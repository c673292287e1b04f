/*
 * paraph repository: what relying parties fetch from here. The authorities'
 * files come from a key ceremony, on this machine or another; web serves what
 * is in the store.
 */
#include "cli/admin.h"

#include "status/crl_outline.h"
#include "status/issuer.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>

static const char usage[] =
    "usage: paraph repository publish\n"
    "\n"
    "Takes the certificates of all authorities, and newer lists of roots, from\n"
    "pki.ca_dir into the store, where the service serves them from at once.\n"
    "What is published already stays as it is. Lists of issuing authorities\n"
    "come from the service itself, which looks for new ones when it starts.\n"
    "Options everywhere: --config FILE.\n";

/* ERR_NOT_FOUND: no such file. */
static enum err
read_file(struct admin *a, const char *name, const char *ending,
    struct buf *out)
{
	const char *path = arena_format(&a->arena, "%s/%s%s",
	    conf_text(a->conf, CONF_pki_ca_dir), name, ending);
	AUTO(close) int fd = open(path, O_RDONLY | O_CLOEXEC);
	uint8_t *place;
	struct stat st;

	if (fd < 0 && errno == ENOENT)
		return FAIL(ERR_NOT_FOUND, "there is no %s", path);
	if (fd < 0 || fstat(fd, &st) != 0)
		return FAIL(ERR_DENIED, "cannot read %s", path);
	TRY(buf_extend(out, (size_t)st.st_size, &place));
	if (read(fd, place, out->size) != (ssize_t)out->size)
		return FAIL(ERR_INTERNAL, "%s ended early", path);
	return OK;
}

/* The first list of one that issues, every newer one of a root: the clerk
 * renews the former, a ceremony the latter. */
static enum err
publish_list(struct admin *a, enum authority authority, bool *newer)
{
	const char *name = authority_name(authority);
	int64_t this_update, next_update;
	AUTO(buf_clear) struct buf der;
	struct crl_outline list;
	struct span last;
	uint64_t number = 0;

	buf_init(&der, 1 << 20);
	*newer = false;
	TRY(read_file(a, name, ".crl", &der));
	TRY(crl_outline(span_of_buf(&der), &list));
	enum err found = crl_load(a->store, &a->arena, name, &last, &number,
	    &this_update, &next_update);
	if (found != OK && found != ERR_NOT_FOUND)
		return found;
	if (found == OK &&
	    (authority_issues(authority) || list.number <= number))
		return OK;
	*newer = true;
	return crl_save(a->store, name, list.number, span_of_buf(&der),
	    list.this_update, list.next_update);
}

static enum err
publish_authority(struct admin *a, enum authority authority, bool *newer)
{
	const char *name = authority_name(authority);
	AUTO(buf_clear) struct buf certificate;
	struct issuer read;
	struct span last;

	buf_init(&certificate, 1 << 16);
	*newer = false;
	enum err found = read_file(a, name, ".cer", &certificate);
	if (found == ERR_NOT_FOUND) {
		err_clear();
		return OK;
	}
	TRY(found);
	TRY(issuer_init(name, span_of_buf(&certificate), &read));
	bool known =
	    ca_certificate_load(a->store, &a->arena, name, &last) == OK;
	if (known && !span_equal(last, span_of_buf(&certificate)))
		return FAIL(ERR_CONFLICT, "another %s is published", name);
	if (!known)
		TRY(ca_certificate_save(
		    a->store, name, span_of_buf(&certificate)));
	TRY(publish_list(a, authority, newer));
	*newer = *newer || !known;
	return OK;
}

enum err
repository_publish(struct admin *a, size_t *count)
{
	*count = 0;
	for (unsigned i = 0; i < AUTHORITY_COUNT; i++) {
		bool newer;

		TRY(publish_authority(a, (enum authority)i, &newer));
		*count += newer;
	}
	return OK;
}

static int
cmd_publish(int argc, char **argv)
{
	struct admin a;
	size_t count;

	admin_options(argc, argv, NULL, 0, NULL, 0, 0);
	if (!admin_open(&a))
		return 1;
	int status = repository_publish(&a, &count) == OK
			 ? 0
			 : admin_fail("cannot publish");
	admin_close(&a);
	if (status == 0)
		printf(count ? "%zu authorities have something new.\n"
			     : "Nothing is new.\n",
		    count);
	return status;
}

int
cmd_repository(int argc, char **argv)
{
	static const struct admin_verb verbs[] = {{"publish", cmd_publish}};

	return admin_verbs("paraph repository", usage, argc, argv, verbs);
}
