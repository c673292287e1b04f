/*
 * What a file went through: the line of three checks.
 */
#pragma once

/*
 * Nats by which a place speaks for one rounding in a file of two. Files saved
 * twice and not changed, of pages of another drawer, reach 45.
 */
#define HISTORY_MOST 55
