/*
 * What opening, certifying and listing (root.c, root_certify.c, root_list.c)
 * share; nobody else includes it.
 */
#pragma once

#include "signer/root.h"

#include "pki/ceremony.h"

#define ROOT_LIST_MAX ((size_t)1 << 20)

/* Where its files lie, and its name: root, root_2, ... Borrowed. */
const char *root_folder(const struct root *r);
const char *root_name(const struct root *r);

/* What this root would be made with today, by the settings. */
struct ceremony_plan root_plan(struct root *r);

/* {name}{ending} into the root's folder, and into folder unless it is NULL. */
RESULT root_write(struct root *r, const char *name, const char *ending,
    struct span bytes, const char *folder);
