/*
 * Puts registrations into a stopped instance that are approved and confirmed
 * and wait for their certificate, for tests/crash/agree: copies of one that
 * was issued there. What they miss is what led to the approval.
 *
 *     orders CONF COUNT
 */
#include "base/clock.h"
#include "flow/registration.h"

static struct store *store;
static struct arena arena;

static void
must(enum err result)
{
	if (result == OK)
		return;
	fprintf(stderr, "orders: %s\n", err_explanation());
	exit(1);
}

static void
put_one(const struct registration *model, const struct step *steps,
    size_t step_count, unsigned number)
{
	struct registration r = *model;
	char id[ID_SIZE], email[64], person[64];

	snprintf(id, sizeof(id), "reg_%026u", number);
	snprintf(email, sizeof(email), "waits%u@mail.example", number);
	r.id = id;
	r.email = r.email_folded = email;
	r.state = state_name(STATE_approved);
	r.state_at = r.confirmed_at = clock_now();
	snprintf(person, sizeof(person), "%.20s%u", model->person_serial, number);
	r.person_serial = person;
	r.version = 1;
	must(registration_insert(store, &r));
	for (size_t i = 0; i < step_count; i++) {
		struct step s = steps[i];

		if (strcmp(s.name, "certificate") == 0)
			s.state = "todo";
		must(step_save(store, id, &s));
	}
	must(job_add(store, "issue", id, clock_now()));
}

int
main(int argc, char **argv)
{
	AUTO(conf_free) struct conf *conf = NULL;
	struct certificate *some;
	struct registration model;
	struct step *steps;
	size_t count, step_count;

	if (argc != 3)
		return 2;
	arena_init(&arena, (size_t)64 << 20);
	must(conf_load(argv[1], &conf));
	must(store_open(conf_text(conf, CONF_store_path), true, &store));
	must(certificate_after(store, &arena, "", &some, &count));
	if (count == 0)
		return 1;
	must(registration_load(store, &arena, some[0].registration, &model));
	must(step_list(store, &arena, model.id, &steps, &step_count));
	must(store_begin(store));
	for (unsigned i = 0; i < (unsigned)strtoul(argv[2], NULL, 10); i++)
		put_one(&model, steps, step_count, i);
	must(store_commit(store));
	store_close(store);
	arena_clear(&arena);
	return 0;
}
