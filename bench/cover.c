/*
 * What is measured of covered faces (vision/film/cover.h) in single pictures, a
 * line each: for choosing lines. Outside the cage: for pictures of one's own.
 *
 *     build/tests/vision/bench_cover LANDMARKS PICTURE...
 */
#include "vision/film/cover.h"
#include "vision/film/signals.h"
#include "vision/pixels/opencv.h"
#include "vision/still/still.h"

#include <stdio.h>

static RESULT
show(const struct faces *faces, const char *path)
{
	AUTO(buf_clear) struct buf bytes;
	AUTO(still_clear) struct still s = {0};
	struct face found[FACES_MAX];
	struct face_parts p;
	struct signals now;
	size_t count;
	buf_init(&bytes, STILL_FILE_MAX);
	TRY(buf_add_file(&bytes, path));
	TRY(still_decode(span_of_buf(&bytes), false, &s));
	TRY(faces_find(faces, &s.grey, 0, found, &count));
	if (count == 0)
		return FAIL(ERR_NOT_FOUND, "no face");
	TRY(faces_points(faces, &s.grey, &found[0]));
	TRY(cover_measure(&s.colour, &found[0], &p));
	signals_of(&found[0], &now);
	printf("%s nose %.3f lips %.3f eyes %.3f sight %.3f mouth %.3f "
	    "chin %.3f gap %.2f\n", path, (double)p.nose, (double)p.lips,
	    (double)p.eyes, (double)p.sight, (double)p.mouth,
	    (double)p.chin, (double)now.mouth);
	return OK;
}

int
main(int argc, char **argv)
{
	AUTO(faces_free) struct faces *faces = NULL;
	opencv_start();
	if (argc < 3 || faces_load(argv[1], "", &faces) != OK) {
		fprintf(stderr, "usage: bench_cover LANDMARKS PICTURE...\n");
		return 2;
	}
	for (int i = 2; i < argc; i++)
		if (show(faces, argv[i]) != OK)
			printf("%s %s\n", argv[i], err_explanation());
	return 0;
}
