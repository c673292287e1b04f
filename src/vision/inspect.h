/*
 * Reading identity documents: the face of this library.
 *
 *	struct inspector tools;
 *	struct inspect_result r;
 *	TRY(inspector_load("/usr/share/paraph/models", &tools));
 *	inspect_file(&tools, bytes, &(struct inspect_wish){0}, &r);
 *	puts(inspect_verdict_text(r.verdict));
 *	inspect_result_clear(&r);
 *	inspector_clear(&tools);
 *
 * Whoever calls is safe from the file: it is parsed in a process of its own
 * that is forked, locked in and ended with it (vision/reading.h). Call
 * opencv through nothing but this; fork no thread before
 * inspector_load(). An inspector may serve any number of readings, several at
 * a time, of one thread. What is looked at stands in looks.def.
 */
#pragma once

#include <sys/types.h>

#include "ident/finding.h"
#include "ident/mrz.h"
#include "proc/inspection.h"
#include "vision/inspector.h"

enum inspect_verdict {
	INSPECT_READ,      /* all that this side tells, surely */
	INSPECT_DOUBTFUL,  /* something, but not surely */
	INSPECT_UNREADABLE
};

struct inspect_wish {
	enum inspection_kind kind; /* front (or photo page) unless said */
	struct span detail;        /* of a recording: challenge_put */
	bool picture; /* wants the upright picture, or the film, too */
	bool uncaged; /* read even where the kernel offers no cage */
};

struct inspect_result {
	enum inspect_verdict verdict;
	enum err code;         /* OK, or why there are no findings: */
	char explanation[256]; /* fit to be shown, no personal data */
	struct findings findings;
	struct mrz mrz;        /* of the lines as reported; may be NONE */
	struct raster picture; /* when wished for: boxes are in its pixels */
	struct buf film;       /* of a recording, when wished for */
	int64_t total_ms;      /* with starting the process */
};

/*
 * Reads one file of at most inspect_file_max() bytes. A recording has no
 * zone, and is READ when it could be. Always leaves a whole result, the
 * caller's to clear; a file that is refused is UNREADABLE with code
 * ERR_MEDIA_TYPE, ERR_TOO_LARGE or ERR_UNREADABLE, a machine that cannot read
 * now ERR_UNAVAILABLE.
 */
void inspect_file(const struct inspector *i, struct span file,
    const struct inspect_wish *wish, struct inspect_result *out);
void inspect_result_clear(struct inspect_result *r);
size_t inspect_file_max(enum inspection_kind kind);

/* The same in two steps, for several at a time: begin copies the file. */
struct inspect_pending {
	enum err code; /* of beginning: end tells it */
	char explanation[256];
	bool picture;
	enum inspection_kind kind;
	pid_t pid;
	int reply;
	int64_t begun;
};

void inspect_begin(const struct inspector *i, struct span file,
    const struct inspect_wish *wish, struct inspect_pending *out);
/* Waits. Each that was begun is ended once. */
void inspect_end(struct inspect_pending *p, struct inspect_result *out);

/*
 * What findings amount to; mrz gets the zone, parsed again (may be NONE).
 * READ: a zone without a wrong digit or flaw, nothing repaired, its letters
 * sure; or, on a side without one, every printed field.
 */
enum inspect_verdict inspect_judge(const struct findings *f,
    struct mrz *mrz);
const char *inspect_verdict_text(enum inspect_verdict verdict);

/*
 * The reading itself, in this process: for those that are locked in. A
 * picture without a document is no error: its findings say so. Errors are
 * those of still_decode(). seen gets the picture turned so that the document
 * stands upright, at most STILL_CLEAN_SIDE pixels long; boxes are in its
 * pixels. NULL: nobody wants it.
 */
RESULT inspect_picture(const struct inspector *i, struct span file,
    bool back, struct findings *out, struct raster *seen);

DEFINE_AUTO_CLEAR(inspect_result_clear, struct inspect_result)
