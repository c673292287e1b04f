/*
 * What is measured of a face in every looked-at picture of a recording, as
 * columns: for choosing lines, and for seeing why one was crossed. In this
 * process, outside the cage: for recordings of one's own.
 *
 *     build/tests/vision/bench_motions LANDMARKS RECORDING
 */
#include "vision/film/depth.h"
#include "vision/film/watch.h"
#include "vision/still/still.h"

#include <stdio.h>

static RESULT
show(const char *landmarks, const char *path)
{
	AUTO(buf_clear) struct buf bytes, film;
	AUTO(watch_clear) struct watch w = {0};
	AUTO(faces_free) struct faces *faces = NULL;
	buf_init(&film, FILM_MAX);
	opencv_start();
	buf_init(&bytes, VIDEO_FILE_MAX);
	TRY(buf_add_file(&bytes, path));
	TRY(faces_load(landmarks, "", &faces));
	struct inspector tools = {.faces = faces, .nowhere = -1};
	TRY(film_begin(&film));
	TRY(watch_face(&tools, span_of_buf(&bytes), &film, &w));
	struct event events[EVENTS_MAX];
	struct signals rest;
	struct depth d;
	if (signals_at_rest(w.moments, w.count, 0, &rest)) {
		size_t n = events_find(w.moments, w.count, 0, events);
		depth_measure(&w, events, n, &rest, &d);
		for (size_t i = 0; i < n; i++)
			printf("%s %u to %u, %.3f\n",
			    prompt_text(events[i].name), events[i].from_ms,
			    events[i].to_ms, (double)events[i].peak);
		printf("turns %zu flat %.4f ground %.3f tilted %.3f gap "
		    "%.1f\n", d.turns, d.flat, d.follows, d.tilted, d.gap);
	}
	puts("ms sure second jaw yaw up mouth chin eyes roll light blur strays, "
	    "and 68 points");
	for (size_t i = 0; i < w.count; i++) {
		const struct moment *m = &w.moments[i];
		const struct signals *s = &m->signals;
		printf("%u %.2f %.2f %.1f %.1f %.3f %.3f %.3f %.3f %.1f "
		       "%.2f %.2f %.3f",
		    m->time_ms, m->has_face ? (double)m->face.sure : -9.0,
		    (double)m->second, (double)s->jaw, (double)s->yaw,
		    (double)s->up, (double)s->mouth, (double)s->chin,
		    (double)s->eyes, (double)s->roll, (double)m->light,
		    (double)m->blur, (double)m->face.strays);
		for (int k = 0; m->has_face && m->face.has_points &&
		    k < FACE_POINTS; k++)
			printf(" %.1f %.1f", (double)m->face.points[k][0],
			    (double)m->face.points[k][1]);
		puts("");
	}
	return OK;
}

int
main(int argc, char **argv)
{
	if (argc != 3) {
		fprintf(stderr, "usage: bench_motions LANDMARKS RECORDING\n");
		return 2;
	}
	if (show(argv[1], argv[2]) == OK)
		return 0;
	fprintf(stderr, "%s\n", err_explanation());
	return 1;
}
