/* Films: every picture that is handed out lies within the file. */
#include "base/fuzz.h"
#include "ident/film.h"

#include <assert.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct film_picture p;
	struct film f;
	size_t count = 0;

	if (film_open(SPAN(data, size), &f) != OK)
		return 0;
	while (film_next(&f, &p)) {
		assert(p.jpeg.data >= data);
		assert(p.jpeg.data + p.jpeg.size <= data + size);
		count++;
	}
	assert(count == f.count);
	return 0;
}
