/* Loading, before any cage, and letting go. */
#include "vision/inspector.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <unistd.h>

#define MODEL_MAX ((size_t)16 * 1024 * 1024)

static const char *const models[] = {
#define MODEL(name) #name,
#include "vision/models.def"
#undef MODEL
};

static RESULT
load_net(const char *folder, const char *name, struct net **out)
{
	char path[PATH_MAX];
	AUTO(buf_clear) struct buf bytes;
	buf_init(&bytes, MODEL_MAX);
	snprintf(path, sizeof(path), "%s/%s.onnx", folder, name);
	if (buf_add_file(&bytes, path) != OK)
		return FAIL(ERR_UNAVAILABLE, "no network at '%s'", path);
	if (net_load(span_of_buf(&bytes), out) != OK)
		return FAIL(ERR_UNAVAILABLE, "'%s' is no network", path);
	return OK;
}

/* Without them no face on a document is known to be one: less is said. */
static void
load_cascade(const char *path, struct cascade **out)
{
	AUTO(buf_clear) struct buf bytes;
	buf_init(&bytes, MODEL_MAX);
	if (buf_add_file(&bytes, path) != OK ||
	    cascade_load(span_of_buf(&bytes), out) != OK)
		err_clear();
}

/* As RLIMIT_DATA counts it. */
void
inspector_weigh(struct inspector *i)
{
	AUTO(fclose) FILE *file = fopen("/proc/self/statm", "r");
	unsigned long pages = 0;
	if (!file || fscanf(file, "%*s %*s %*s %*s %*s %lu", &pages) != 1)
		pages = 0;
	i->memory = pages * (size_t)sysconf(_SC_PAGESIZE);
}

RESULT
inspector_load(const char *folder, struct inspector *out)
{
	AUTO(inspector_clear) struct inspector made = {.nowhere = -1};
	opencv_start();
	for (size_t i = 0; i < MODEL_COUNT; i++)
		TRY(load_net(folder, models[i], &made.nets[i]));
	load_cascade(INSPECT_CASCADE, &made.cascades.quick);
	load_cascade(INSPECT_CASCADE_AGAIN, &made.cascades.again);
	inspector_weigh(&made);
	made.nowhere = open("/dev/null", O_RDWR | O_CLOEXEC);
	if (made.nowhere < 0)
		return FAIL(ERR_UNAVAILABLE, "/dev/null: %m");
	*out = made;
	made = (struct inspector){.nowhere = -1};
	return OK;
}

void
inspector_clear(struct inspector *i)
{
	if (i->recordings)
		i->recordings->clear(i);
	for (size_t k = 0; k < MODEL_COUNT; k++)
		net_free(i->nets[k]);
	cascade_free(i->cascades.quick);
	cascade_free(i->cascades.again);
	if (i->nowhere >= 0)
		close(i->nowhere);
	*i = (struct inspector){.nowhere = -1};
}
