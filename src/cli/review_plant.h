/*
 * A verb of paraph review that has a file of its own.
 */
#pragma once

#include "cli/admin.h"

int cmd_plant_dossier(int argc, char **argv);
