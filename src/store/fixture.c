#include "store/fixture.h"

#include "base/clock.h"

#include <stdlib.h>
#include <unistd.h>

int
bench_setup(void **state)
{
	struct bench *b = calloc(1, sizeof(*b));

	snprintf(b->dir, sizeof(b->dir), "/tmp/store-test-XXXXXX");
	if (!mkdtemp(b->dir))
		return -1;
	snprintf(b->path, sizeof(b->path), "%s/db", b->dir);
	arena_init(&b->a, (size_t)64 << 20);
	*state = b;
	struct workspace w = {"wsp_a", "Notaires", true, "never", "fr",
	    "aide@example.org", "", 1};
	if (store_open(b->path, true, &b->s) != OK ||
	    workspace_save(b->s, &w) != OK)
		return -1;
	w.id = "wsp_b";
	return workspace_save(b->s, &w) == OK ? 0 : -1;
}

int
bench_teardown(void **state)
{
	static const char *const tails[] = {"", "-wal", "-shm"};
	struct bench *b = *state;
	char path[128];

	store_close(b->s);
	for (size_t i = 0; i < 3; i++) {
		snprintf(path, sizeof(path), "%s%s", b->path, tails[i]);
		unlink(path);
	}
	rmdir(b->dir);
	arena_clear(&b->a);
	free(b);
	return 0;
}

struct registration
bench_sample(const char *id, const char *email, int64_t at)
{
	return (struct registration){.id = id,
	    .workspace = "wsp_a",
	    .level = "lcp",
	    .state = "created",
	    .version = 1,
	    .email = email,
	    .email_folded = email,
	    .fullname = "Zoë Élan",
	    .fullname_type = "suggestion",
	    .name_folded = "zoe elan",
	    .phone = "+33612345678",
	    .phone_type = "",
	    .language = "fr",
	    .redirect_url = "",
	    .metadata = "{}",
	    .requested_by = "mem_a",
	    .requested_by_name = "Ida",
	    .country = "",
	    .kind = "",
	    .given_names = "",
	    .surname = "",
	    .nationality = "",
	    .person_serial = "",
	    .created_at = at,
	    .state_at = at,
	    .expires_at = at + 7 * DAY};
}
