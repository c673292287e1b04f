/*
 * Files and tokens of a key ceremony, which are made when they are not there.
 *
 * Two tokens: the signer's, which it opens every day with a PIN from a file,
 * and the root's, whose PIN the signer is never told. They may be two of one
 * module, of two modules, or of two machines.
 */
#pragma once

#include "base/conf.h"
#include "signer/token.h"
#include "status/issuer.h"

#include <stdbool.h>
#include <sys/types.h>

#define PLACE_PATH 4096

struct token_place place_of_signer(const struct conf *conf);
/* The label is the caller's to free. */
struct token_place place_of_root(const struct conf *conf, char **label);

/* What the settings want keys to be. ERR_INVALID: no such kind. */
RESULT place_issuing_key(const struct conf *conf, enum key_kind *out);
RESULT place_root_key(const struct conf *conf, enum key_kind *out);
RESULT place_check_padding(const struct conf *conf);

RESULT place_path(
    const char *dir, const char *name, const char *ending, char out[PLACE_PATH]);
bool place_has(const char *path);
/* After a rename: the folder of a path to the disk, or its old file may stand
 * there again after a power cut. */
RESULT place_settle(const char *path);
/* Whole or not at all: to a file beside it, synced, then renamed, and the
 * folder synced. */
RESULT place_write(const char *path, struct span bytes, mode_t mode);
/* A file of at most max octets; out is initialised here. ERR_NOT_FOUND. */
RESULT place_read(const char *path, size_t max, struct buf *out);
/* The folder that a path lies in, if it is not there. */
RESULT place_folder_of(const char *path);

/* Opens the signer's token; make: makes it first when it is not there. One
 * that is made closes all that are open. */
RESULT place_open_signer(
    const struct conf *conf, bool make, struct token **out);
/* The same of the root's, with the PIN from pki.root_pin_file. */
RESULT place_open_root_by_file(
    const struct conf *conf, bool make, struct token **out);
/* The same with PINs that are given; so_pin of size 0: only open. */
RESULT place_open_root(const struct conf *conf, struct span pin,
    struct span so_pin, struct token **out);

/* What paraph init wrote to files. */
RESULT place_root_pins(
    const struct conf *conf, struct secret *pin, struct secret *so_pin);
RESULT place_change_root_pins(
    const struct conf *conf, const struct token_pin_change *change);

/* What has to be the same on both machines of a ceremony, in words. */
RESULT place_settings(const struct conf *conf, struct buf *out);

/* Finds the key, or makes it. */
RESULT place_take_key(struct token *t, const char *label, enum key_kind kind,
    struct token_key *out);
/* What the signer's token has besides keys of authorities. */
RESULT place_take_secrets(struct token *t);

static inline struct span
place_key(const struct token_key *k)
{
	return SPAN(k->public_key, k->public_key_size);
}
