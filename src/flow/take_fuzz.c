/*
 * Moments that a page claims: what is taken is spelled as we spell it.
 */
#include "base/fuzz.h"
#include "flow/take.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char text[128] = {0}, again[128] = {0};
	uint32_t times[CHALLENGE_MAX];
	size_t count, used = 0;

	if (size >= sizeof(text))
		return 0;
	if (size > 0)
		memcpy(text, data, size);
	if (take_times_parse(text, times, &count) != OK)
		return 0;
	for (size_t i = 0; i < count; i++)
		used += (size_t)snprintf(again + used, sizeof(again) - used,
		    "%s%u", i ? " " : "", times[i]);
	if (strcmp(text, again) != 0)
		abort();
	return 0;
}
