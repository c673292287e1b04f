/*
 * Making and finding what a ceremony works on. Everything looks first what is
 * there, so that a step that was cut short is done again to the end.
 */
#include "signer/place.h"

#include "base/codec.h"
#include "base/digest.h"
#include "base/secret.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>

#define PIN_OCTETS 18 /* 24 letters of base64 */

struct token_place
place_of_signer(const struct conf *conf)
{
	return (struct token_place){
	    .module = conf_text(conf, CONF_pki_module),
	    .softhsm_conf = conf_text(conf, CONF_pki_softhsm_conf),
	    .label = conf_text(conf, CONF_pki_token),
	    .pss = strcmp(conf_text(conf, CONF_pki_rsa_padding), "pss") == 0,
	};
}

struct token_place
place_of_root(const struct conf *conf, char **label)
{
	const char *module = conf_text(conf, CONF_pki_root_module);
	const char *softhsm = conf_text(conf, CONF_pki_root_softhsm_conf);
	const char *given = conf_text(conf, CONF_pki_root_token);
	struct token_place place = place_of_signer(conf);

	if (asprintf(label, given[0] ? "%s" : "%s-root",
		given[0] ? given : place.label) < 0)
		abort();
	place.label = *label;
	if (module[0] && !softhsm[0])
		place.softhsm_conf = ""; /* another module's token */
	if (module[0])
		place.module = module;
	if (softhsm[0])
		place.softhsm_conf = softhsm;
	return place;
}

static const struct {
	const char *name;
	enum key_kind kind;
} kinds[] = {{"p256", KEY_p256}, {"p384", KEY_p384}, {"rsa3072", KEY_rsa3072},
    {"rsa4096", KEY_rsa4096}};

static RESULT
read_kind(const struct conf *conf, enum conf_key key,
    const struct profile *p, enum key_kind *out)
{
	const char *text = conf_text(conf, key);

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (strcmp(kinds[i].name, text) == 0 &&
		    p->keys & (1u << kinds[i].kind)) {
			*out = kinds[i].kind;
			return OK;
		}
	return FAIL(ERR_INVALID, "%s: no such kind", conf_key_name(key));
}

RESULT
place_issuing_key(const struct conf *conf, enum key_kind *out)
{
	return read_kind(conf, CONF_pki_issuing_key, &profile_issuing_l, out);
}

RESULT
place_root_key(const struct conf *conf, enum key_kind *out)
{
	return read_kind(conf, CONF_pki_root_key, &profile_root, out);
}

RESULT
place_check_padding(const struct conf *conf)
{
	const char *text = conf_text(conf, CONF_pki_rsa_padding);

	if (strcmp(text, "pkcs1") != 0 && strcmp(text, "pss") != 0)
		return FAIL(ERR_INVALID, "pki.rsa_padding is pkcs1 or pss");
	return OK;
}

/* ---- files ---- */

RESULT
place_path(
    const char *dir, const char *name, const char *ending, char out[PLACE_PATH])
{
	int size = snprintf(out, PLACE_PATH, "%s/%s%s", dir, name, ending);

	return size > 0 && size < PLACE_PATH
		   ? OK
		   : FAIL(ERR_INVALID, "the path of a folder is too long");
}

bool
place_has(const char *path)
{
	return access(path, F_OK) == 0;
}

RESULT
place_folder_of(const char *path)
{
	AUTO(free) char *copy = strdup(path);
	char *slash = copy ? strrchr(copy, '/') : NULL;

	if (!slash || slash == copy)
		return OK;
	*slash = '\0';
	if (mkdir(copy, 0700) == 0 || errno == EEXIST)
		return OK;
	return FAIL(ERR_UNAVAILABLE, "cannot make %s: %m", copy);
}

RESULT
place_settle(const char *path)
{
	AUTO(free) char *copy = strdup(path);
	char *slash = copy ? strrchr(copy, '/') : NULL;

	if (slash)
		slash[slash == copy] = '\0';
	AUTO(close)
	int fd = open(slash ? copy : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	/* a carried folder may be of a kind that cannot */
	if (fd < 0 || (fsync(fd) != 0 && errno != EINVAL))
		return FAIL(ERR_UNAVAILABLE, "the folder of %s: %m", path);
	return OK;
}

RESULT
place_write(const char *path, struct span bytes, mode_t mode)
{
	AUTO(free) char *part = NULL;

	if (asprintf(&part, "%s.part", path) < 0)
		abort();
	TRY(place_folder_of(path));
	AUTO(close)
	int fd = open(
	    part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, mode);
	if (fd < 0 || fchmod(fd, mode) != 0 ||
	    write(fd, bytes.data, bytes.size) != (ssize_t)bytes.size ||
	    fsync(fd) != 0 || rename(part, path) != 0)
		return FAIL(ERR_UNAVAILABLE, "cannot write %s: %m", path);
	return place_settle(path);
}

RESULT
place_read(const char *path, size_t max, struct buf *out)
{
	uint8_t *room;

	buf_init(out, max + 1);
	AUTO(fclose) FILE *file = fopen(path, "rbe");
	if (!file && errno == ENOENT)
		return FAIL(ERR_NOT_FOUND, "there is no %s", path);
	if (!file)
		return FAIL(ERR_UNAVAILABLE, "cannot read %s: %m", path);
	TRY(buf_extend(out, max + 1, &room));
	out->size = fread(room, 1, max + 1, file);
	if (ferror(file))
		return FAIL(ERR_UNAVAILABLE, "cannot read %s: %m", path);
	if (out->size > max)
		return FAIL(ERR_TOO_LARGE, "%s is too large", path);
	return OK;
}

/* ---- tokens ---- */

static RESULT
make_pin(const char *path)
{
	AUTO(buf_wipe) struct buf text;
	uint8_t octets[PIN_OCTETS];

	if (place_has(path))
		return OK;
	buf_init(&text, 64);
	random_bytes(octets, sizeof(octets));
	TRY(base64url_encode(SPAN(octets, sizeof(octets)), &text));
	return place_write(path, span_of_buf(&text), 0600);
}

static RESULT
write_softhsm_conf(const char *path)
{
	AUTO(buf_clear) struct buf text;
	const char *slash = strrchr(path, '/');

	if (!path[0] || place_has(path))
		return OK;
	if (!slash)
		return FAIL(ERR_INVALID, "the file of SoftHSM is no path");
	buf_init(&text, 8192);
	TRY(buf_add_format(&text,
	    "directories.tokendir = %.*s\n"
	    "objectstore.backend = file\nlog.level = ERROR\n"
	    "slots.removable = false\n",
	    (int)(slash - path), path));
	return place_write(path, span_of_buf(&text), 0600);
}

static RESULT
load_pin(const char *path, struct secret *out)
{
	TRY(secret_load(path, out));
	while (out->size > 0 && out->data[out->size - 1] == '\n')
		out->size--;
	return OK;
}

static RESULT
open_made(const struct token_place *place, struct span pin, struct span so_pin,
    struct token **out)
{
	TRY(write_softhsm_conf(place->softhsm_conf));
	if (so_pin.size > 0) {
		enum err made = token_make(place, so_pin, pin);

		if (made != OK && made != ERR_CONFLICT)
			return made;
		err_clear();
	}
	return token_open(place, pin, out);
}

/* It was tried once, and no more: tokens lock themselves. */
static RESULT
name_file(enum err opened, const char *pin_file)
{
	if (opened != ERR_DENIED)
		return opened;
	char why[192];

	snprintf(why, sizeof(why), "%s", err_explanation());
	return FAIL(ERR_DENIED,
	    "%s. Put the right one into %s before you try again: tokens lock "
	    "themselves after a few tries",
	    why, pin_file);
}

static RESULT
open_by_file(
    struct token_place *place, const char *pin_file, bool make,
    struct token **out)
{
	AUTO(secret_clear) struct secret pin = {0};
	AUTO(secret_clear) struct secret so_pin = {0};
	AUTO(free) char *so_file = NULL;

	if (asprintf(&so_file, "%s.so", pin_file) < 0)
		abort();
	if (make)
		TRY(make_pin(pin_file));
	TRY(load_pin(pin_file, &pin));
	place->pin_file = pin_file;
	if (!make)
		return name_file(open_made(place, span_of_secret(&pin),
				     SPAN(NULL, 0), out),
		    pin_file);
	TRY(make_pin(so_file));
	TRY(load_pin(so_file, &so_pin));
	return open_made(
	    place, span_of_secret(&pin), span_of_secret(&so_pin), out);
}

RESULT
place_open_signer(const struct conf *conf, bool make, struct token **out)
{
	struct token_place place = place_of_signer(conf);

	TRY(place_check_padding(conf));
	return open_by_file(
	    &place, conf_text(conf, CONF_pki_pin_file), make, out);
}

RESULT
place_open_root_by_file(const struct conf *conf, bool make, struct token **out)
{
	AUTO(free) char *label = NULL;
	struct token_place place = place_of_root(conf, &label);

	return open_by_file(
	    &place, conf_text(conf, CONF_pki_root_pin_file), make, out);
}

RESULT
place_open_root(const struct conf *conf, struct span pin, struct span so_pin,
    struct token **out)
{
	AUTO(free) char *label = NULL;
	struct token_place place = place_of_root(conf, &label);

	TRY(place_check_padding(conf));
	return open_made(&place, pin, so_pin, out);
}

RESULT
place_root_pins(
    const struct conf *conf, struct secret *pin, struct secret *so_pin)
{
	const char *file = conf_text(conf, CONF_pki_root_pin_file);
	AUTO(free) char *so_file = NULL;

	if (asprintf(&so_file, "%s.so", file) < 0)
		abort();
	TRY(load_pin(file, pin));
	return load_pin(so_file, so_pin);
}

RESULT
place_change_root_pins(
    const struct conf *conf, const struct token_pin_change *change)
{
	AUTO(free) char *label = NULL;
	struct token_place place = place_of_root(conf, &label);

	return token_change_pins(&place, change);
}

RESULT
place_take_key(struct token *t, const char *label, enum key_kind kind,
    struct token_key *out)
{
	enum err found = token_key_find(t, label, kind, out);

	if (found != ERR_NOT_FOUND)
		return found;
	err_clear();
	return token_key_make(t, label, kind, out);
}

RESULT
place_take_secrets(struct token *t)
{
	TRY(token_pin_secret_make(t));
	enum err made = token_wrapping_make(t);
	if (made != OK && made != ERR_CONFLICT)
		return made;
	err_clear();
	return token_wrapping_check(t);
}

RESULT
place_settings(const struct conf *conf, struct buf *out)
{
	return buf_add_format(out, "pki.base_url = %s\n",
	    conf_text(conf, CONF_pki_base_url));
}
