/*
 * paraph.conf: sections and keys, one table (conf.def) for names, types,
 * defaults, who may know a key and what it is for.
 *
 *     [web]
 *     listen = 127.0.0.1:8080
 *
 * Relative paths are relative to the folder of the file. An unknown key, a
 * key given twice and a value of a wrong type are errors with their line.
 */
#pragma once

#include "base/buf.h"

#include <stdbool.h>
#include <stdint.h>

enum conf_key {
#define KEY(section, name, type, preset, programs, doc) CONF_##section##_##name,
#include "base/conf.def"
#undef KEY
	CONF_COUNT
};

struct conf;

/* Reads and checks a file; *out is the caller's to free. */
RESULT conf_load(const char *path, struct conf **out);

/* The same from memory; dir stands for the file's folder. */
RESULT conf_parse(struct span text, const char *dir, struct conf **out);

void conf_free(struct conf *c);

/* Text and paths (made absolute); "" when empty. Borrowed from c. */
const char *conf_text(const struct conf *c, enum conf_key key);
int64_t conf_number(const struct conf *c, enum conf_key key);
bool conf_flag(const struct conf *c, enum conf_key key);

/*
 * The part that one program may know, as a text for conf_parse: the others
 * never see it. letter as in conf.def.
 */
RESULT conf_extract(const struct conf *c, char letter, struct buf *out);

/* For manuals and messages. */
const char *conf_key_name(enum conf_key key);

DEFINE_AUTO(conf_free, struct conf *)
