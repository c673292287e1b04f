/* Recordings of any bytes; the magic decides. */
#include "vision/film/video.h"

#include <assert.h>

#define FRAMES 40 /* what comes after is more of the same */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO(video_free) struct video *v = NULL;
	struct video_frame f;
	int64_t before = 0;
	if (video_open(SPAN(data, size), &v) != OK)
		return 0;
	for (int i = 0; i < FRAMES && video_next(v, &f); i++) {
		AUTO(raster_clear) struct raster seen = {0};
		assert(f.time_us >= before);
		before = f.time_us;
		if (f.picked && video_picture(v, 320, &seen) == OK)
			assert(seen.width <= 320);
	}
	return 0;
}
