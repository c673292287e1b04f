/*
 * For tests of takes: a participant of a qualified level and their page.
 */
#pragma once

#include "flow/fixture.h"
#include "flow/take.h"

#define TAKING_WEBM "video/webm;codecs=vp8"
#define TAKING_FIRST "\x1a\x45\xdf\xa3 first"
#define TAKING_SECOND "and the second"

/* The passport is photographed and read. */
struct registration taking_photographed(struct bench *b);
struct take taking_begun(struct bench *b, const char *id, enum part part);
/* Two chunks, finished. */
struct take taking_sent(struct bench *b, const char *id, enum part part);
/* As it is now. */
struct take taking_stored(struct bench *b, const char *take);

struct take_prompt taking_prompted(struct bench *b, const struct take *t,
    int64_t position);
/* Asks for everything, each as soon as it may be; the clock goes on. */
void taking_ask_all(struct bench *b, const struct take *t);
/* For all but the first. */
void taking_ask_rest(struct bench *b, const struct take *t);

/* The mac of a chunk that follows on the take's chain as it is passed. */
const char *taking_mac(struct bench *b, const struct take *t,
    int64_t position, const char *text);
enum err taking_send_as(struct bench *b, const struct take *t,
    int64_t position, const char *text, const char *mac);
/* The chunk at a place, with the mac that belongs there now. */
enum err taking_send(struct bench *b, const struct take *t, int64_t position,
    const char *text);
enum err taking_finish(struct bench *b, const struct take *t);

size_t taking_chunks(struct bench *b, const char *take, struct chunk **out);
bool taking_file_exists(struct bench *b, const char *id);
