/*
 * One service to a place: two on the same folders would each work on the
 * other's database.
 */
#pragma once

#include "base/conf.h"

#define SERVING_FOLDERS 2

struct serving {
	int folders[SERVING_FOLDERS]; /* descriptors; -1: none */
};

/*
 * Takes the folders of signer and database, for as long as this process lives
 * or until serving_end(). ERR_CONFLICT, with the folder and the process: another
 * has one of them. A folder that is not there is passed over: who needs it says
 * so.
 */
RESULT serving_begin(const struct conf *conf, struct serving *out);
void serving_end(struct serving *s);
