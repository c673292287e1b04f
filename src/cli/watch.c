/*
 * paraph-watch: what paraph inspect starts when its files are recordings.
 * A program of its own, so that looking at a picture does not load the
 * libraries of films and faces.
 */
#include "cli/inspect.h"
#include "cli/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "vision/pixels/threads.h"

static RESULT
load(const struct options *o, struct inspector *tools)
{
	const char *landmarks = o->landmarks ? o->landmarks :
	    getenv("PARAPH_LANDMARKS");
	TRY(load_models(o, tools));
	return inspector_load_faces(landmarks ? landmarks :
	    INSPECT_LANDMARKS, "", tools);
}

int
main(int argc, char **argv)
{
	struct options o;
	struct inspector tools = {.nowhere = -1};
	threads_off(argv);
	options_parse(argc, argv, &o);
	if (!o.recording) {
		fprintf(stderr, "paraph-watch reads recordings for "
		    "paraph inspect\ntry: paraph inspect --help\n");
		return STATUS_WRONG_USE;
	}
	if (load(&o, &tools) != OK) {
		fprintf(stderr, "paraph inspect: %s\n", err_explanation());
		return STATUS_WRONG_USE;
	}
	int status = words_done(inspect_recordings(&tools, &o));
	_exit(status); /* the libraries' own farewells take time */
}
