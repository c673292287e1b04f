/*
 * paraph ca ceremony: steps of a key ceremony, each explained, noted in
 * minutes, and good to be done again.
 */
#pragma once

/* argv: what stands behind "ceremony"; the exit status. */
int ceremony_main(int argc, char **argv);
