/*
 * Verbs of paraph ca with a file of their own.
 */
#pragma once

/* argv: what stands behind "reconcile". Exit status: 0 they agree, now at
 * least; 1 it could not be done; 2 wrong use; 3 they differ, and nothing was
 * changed. */
int ca_reconcile(int argc, char **argv);
