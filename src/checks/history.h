/*
 * What a file went through: the line of three checks.
 */
#pragma once

/*
 * Nats by which a place speaks for one rounding in a file of two. Of 96 files
 * that were not changed (24 pages of another drawer, as they were, saved
 * again, smaller, cut; 24 of them had a history that could be read) one place
 * reached 64, the others none; no piece of print any. Of 197 with a field or
 * a digit changed 84 lie above.
 */
#define HISTORY_MOST 65
