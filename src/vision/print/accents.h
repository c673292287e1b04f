/*
 * Accents by the alphabet of the country that printed them.
 */
#pragma once

#include "vision/print/prints.h"

/*
 * Exchanges letters for others of the same base letter where the votes are
 * near and alphabets.def knows the country's: an ö that Estonians write õ.
 * Nothing a zone would spell otherwise changes; "" or an unknown country: no
 * change at all.
 */
void accents_settle(struct prints *prints, const char *country);
