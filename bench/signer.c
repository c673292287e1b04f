/*
 * How fast the signer is: certificates a second with the ledger's syncs, one
 * at a time and in batches, beside what the disk allows and what OpenSSL alone
 * signs; a list of a hundred thousand; what lint costs. Makes an instance of
 * its own under /tmp and removes it.
 *
 *     meson test -C build --benchmark signer -v
 *
 * With the word "issue" behind its name it measures issuing alone.
 */
#include "signer_bench.h"

#include "instance.h"

#include "base/clock.h"
#include "pki/certificate.h"
#include "pki/crl.h"
#include "pki/lint.h"
#include "pki/test_key.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>

#define BATCH 32
#define OPERATOR "mem_11111111111111111111111111"

static struct instance here;
static struct signer signer;
static struct issue_result results[BATCH];
static struct order orders[BATCH];
static unsigned number;

/* Turn behind turn, as the signer takes them from a channel. */
static struct streaming {
	struct issue_result results[ISSUE_TURNS][BATCH];
	struct order orders[ISSUE_TURNS][BATCH];
	struct issue_work works[ISSUE_TURNS][BATCH];
	int64_t until;
	size_t made;
} streaming;

static struct test_authenticator passkey;

/* Of an operator: what they sign is made before the clock starts. */
static void
approve(struct order *o)
{
	memcpy(o->level, "qcp", 4);
	memcpy(o->profile, "qcp_n", 6);
	o->needed = 1;
	instance_approve(o, OPERATOR, &passkey, &signer.relying_party);
}

static void
issue_orders(size_t count)
{
	struct issue_work works[BATCH];

	for (size_t i = 0; i < count; i++) {
		orders[i].known = *records_mark(signer.records);
		works[i] = (struct issue_work){
		    .order = &orders[i], .result = &results[i]};
	}
	signer_issue(&signer, works, count);
	for (size_t i = 0; i < count; i++)
		if (works[i].outcome != OK) {
			fprintf(stderr, "%s\n", works[i].explanation);
			exit(1);
		}
}

static void
issue(size_t count)
{
	for (size_t i = 0; i < count; i++)
		instance_order(number++, &orders[i]);
	issue_orders(count);
}

static bool
take_turn(void *data, size_t slot, struct issue_turn *out)
{
	struct streaming *t = data;

	if (clock_ticks() >= t->until)
		return false;
	for (size_t i = 0; i < BATCH; i++) {
		instance_order(number++, &t->orders[slot][i]);
		t->orders[slot][i].known = *records_mark(signer.records);
		t->works[slot][i] = (struct issue_work){
		    .order = &t->orders[slot][i],
		    .result = &t->results[slot][i]};
	}
	*out = (struct issue_turn){t->works[slot], BATCH};
	return true;
}

static void
give_turn(void *data, size_t slot, const struct issue_turn *turn)
{
	struct streaming *t = data;

	(void)slot;
	for (size_t i = 0; i < turn->count; i++)
		if (turn->works[i].outcome != OK) {
			fprintf(stderr, "%s\n", turn->works[i].explanation);
			exit(1);
		}
	results[0] = *turn->works[0].result;
	t->made += turn->count;
}

static size_t
issue_in_turns(int64_t ms)
{
	const struct issue_stream stream = {take_turn, give_turn, &streaming};

	streaming.until = clock_ticks() + ms;
	streaming.made = 0;
	signer_issue_stream(&signer, &stream);
	return streaming.made;
}

static size_t
issue_singly(int64_t ms)
{
	int64_t until = clock_ticks() + ms;
	size_t made = 0;

	for (; clock_ticks() < until; made++)
		issue(1);
	return made;
}

static double
measure_issue(const char *name, size_t (*run)(int64_t ms), int64_t ms)
{
	int64_t begun = clock_ticks();
	double cpu = cpu_seconds(), own = own_seconds();
	size_t made = run(ms);
	int64_t spent = clock_ticks() - begun;

	cpu = cpu_seconds() - cpu;
	own = own_seconds() - own;
	printf("%-24s %6.0f /s   %6.0f /CPU-s   %6.0f /CPU-s of the busiest "
	       "thread   (%zu in %.1f s)\n",
	    name, (double)made * 1000 / (double)spent, (double)made / cpu,
	    (double)made / own, made, (double)spent / 1000);
	return (double)made * 1000 / (double)spent;
}

/* As many octets as the ledger takes for a certificate, with as many syncs
 * for a batch, and nothing else: what this disk allows. */
static double
measure_disk(size_t size, size_t batch, int64_t ms)
{
	int64_t begun = clock_ticks(), spent = 0;
	static uint8_t octets[65536];
	char path[256];
	size_t made = 0;

	snprintf(path, sizeof(path), "%s/disk", here.dir);
	AUTO(close) int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0 || size > sizeof(octets))
		exit(1);
	for (; spent < ms; spent = clock_ticks() - begun) {
		for (size_t half = 0; half < 2; half++) {
			for (size_t i = 0; i < batch; i++)
				if (write(fd, octets, size / 2) < 0)
					exit(1);
			if (fdatasync(fd) != 0)
				exit(1);
		}
		made += batch;
	}
	printf("%-24s %6.0f /s   of %zu octets, batches of %zu\n",
	    "bare group commits", (double)made * 1000 / (double)spent, size,
	    batch);
	return (double)made * 1000 / (double)spent;
}

static size_t
ledger_size(void)
{
	char path[256];
	struct stat st;

	snprintf(path, sizeof(path), "%s/ledger",
	    conf_text(here.conf, CONF_signer_dir));
	return stat(path, &st) == 0 ? (size_t)st.st_size : 0;
}

/* In turns, so that both meet the same disk. */
static void
measure_against_disk(void)
{
	double ours = 0, disk = 0;

	for (int i = 0; i < 3; i++) {
		size_t before = ledger_size();
		unsigned first = number;
		ours += measure_issue("issue, batches of 32", issue_in_turns, 2000);
		disk += measure_disk(
		    (ledger_size() - before) / (number - first), BATCH, 2000);
	}
	printf("%-24s %6.0f %%\n", "  of what the disk allows",
	    100 * ours / disk);
}

#define LISTED 100000

static void
measure_list(void)
{
	struct issuing *l = signer_issuing(&signer, AUTHORITY_issuing_l);
	struct crl_item *items = calloc(LISTED, sizeof(*items));
	uint8_t *serials = calloc(LISTED, 16);
	struct signing_key key = token_key_signing(&l->key);
	AUTO(buf_clear) struct buf list;
	int64_t now = clock_now() / SECOND * SECOND;

	if (!items || !serials)
		exit(1);
	random_bytes(serials, LISTED * (size_t)16);
	for (size_t i = 0; i < LISTED; i++)
		items[i] = (struct crl_item){
		    SPAN(serials + 16 * i, 16), now - SECOND, 1};
	AUTO(crl_entries_clear) struct crl_entries entries = {.count = 0};
	const struct crl_facts f = {.issuer_certificate =
					span_of_buf(&l->certificate),
	    .number = 7,
	    .this_update = now,
	    .next_update = now + DAY,
	    .entries = &entries,
	    .keeps_expired = true};
	buf_init(&list, crl_size_max(LISTED));
	double cpu = cpu_seconds();
	if (crl_entries_add(&entries, items, LISTED) != OK)
		exit(1);
	double encoded = cpu_seconds();
	if (crl_build(&f, &key, &list) != OK)
		exit(1);
	printf("%-24s %6.0f CPU-ms and %.0f for the first, %.2f MB\n",
	    "a list of 100 000", (cpu_seconds() - encoded) * 1000,
	    (encoded - cpu) * 1000, (double)list.size / 1e6);
	free(items);
	free(serials);
}

static int
by_size(const void *a, const void *b)
{
	int64_t one = *(const int64_t *)a, other = *(const int64_t *)b;

	return one < other ? -1 : one > other;
}

/* From an approved order to its certificate, one at a time. */
static void
measure_qualified(void)
{
	static int64_t times[1000];
	const size_t rounds = sizeof(times) / sizeof(times[0]);

	test_authenticator_init(&passkey, false);
	instance_enrol(&here, OPERATOR, &passkey);
	for (size_t i = 0; i < rounds; i++) {
		instance_order(number++, &orders[0]);
		approve(&orders[0]);
		int64_t begun = clock_micros();
		issue_orders(1);
		times[i] = clock_micros() - begun;
	}
	qsort(times, rounds, sizeof(times[0]), by_size);
	printf("%-24s %6.1f ms median, %.1f ms p99 of %zu\n", "approved QCP-n",
	    (double)times[rounds / 2] / 1000,
	    (double)times[rounds * 99 / 100] / 1000, rounds);
	test_authenticator_clear(&passkey);
}

static void
measure_lint(void)
{
	struct lint_context context = {.base_url = "http://pki.example.com",
	    .issuer =
		span_of_buf(&signer.issuing[AUTHORITY_issuing_l].certificate)};
	struct span der =
	    SPAN(results[0].certificate, results[0].certificate_size);
	struct lint_report report;
	const size_t rounds = 20000;
	double cpu = cpu_seconds();

	for (size_t i = 0; i < rounds; i++)
		lint_certificate(der, &profile_lcp, &context, &report);
	cpu = cpu_seconds() - cpu;
	printf("%-24s %6.1f us a certificate, %zu findings\n", "lint",
	    cpu / (double)rounds * 1e6, report.count);
}

static void
measure_answers(void)
{
	static struct status_result answer;
	struct status_order o = {.serial_size = results[0].serial_size};
	const size_t rounds = 3000;
	double cpu = cpu_seconds();

	snprintf(o.issuer, sizeof(o.issuer), "issuing-l");
	memcpy(o.serial, results[0].serial, o.serial_size);
	for (size_t i = 0; i < rounds; i++)
		if (signer_answer(&signer, &o, &answer) != OK)
			exit(1);
	cpu = cpu_seconds() - cpu;
	printf("%-24s %6.0f /CPU-s\n", "OCSP answers", (double)rounds / cpu);
}

/* As many as the word "ledger COUNT" behind the name says. */
static uint32_t kept = 100000;

/* Copies of one certificate, in a ledger of its own. */
static void
fill_ledger(const char *dir)
{
	static const struct digest none, order = {{1}};
	static const struct approved nobody;
	struct issue_result r = results[0];
	struct records *records;
	size_t repaired;

	if (records_open(dir, clock_now(), &records, &repaired) != OK)
		exit(1);
	for (uint32_t i = 0; i < kept; i++) {
		struct record intent = {.order = order,
		    .authority = AUTHORITY_issuing_l,
		    .profile = "lcp",
		    .serial_size = r.serial_size};

		snprintf(r.registration, sizeof(r.registration), "reg_%026u", i);
		memcpy(intent.registration, r.registration, ID_SIZE);
		memcpy(r.serial + 1, &i, sizeof(i));
		memcpy(intent.serial, r.serial, r.serial_size);
		if (records_intend(records, &intent, &none, &none, &nobody,
			clock_now()) != OK ||
		    records_issue(records, &r, clock_now()) != OK)
			exit(1);
	}
	records_close(records);
}

static void
measure_opening(const char *path)
{
	struct records_summary sum;
	struct records *records;
	size_t repaired;

	int64_t begun = clock_ticks();
	double cpu = cpu_seconds();
	if (records_open(path, clock_now(), &records, &repaired) != OK)
		exit(1);
	records_summary(records, &sum);
	printf("%-24s %6.2f CPU-s, %.2f s, of %llu certificates\n",
	    "reading a ledger", cpu_seconds() - cpu,
	    (double)(clock_ticks() - begun) / 1000,
	    (unsigned long long)sum.issued);
	records_close(records);
}

/* What a start has to read. */
static void
measure_reading(void)
{
	struct stat st = {0};
	char path[256];

	snprintf(path, sizeof(path), "%s/many", here.dir);
	if (mkdir(path, 0700) != 0)
		exit(1);
	double cpu = cpu_seconds();
	fill_ledger(path);
	double filled = cpu_seconds() - cpu;
	measure_opening(path);
	snprintf(path, sizeof(path), "%s/many/ledger", here.dir);
	(void)stat(path, &st);
	printf("%-24s %6.0f MB, %.2f CPU-s to write\n", "  which has",
	    (double)st.st_size / 1e6, filled);
}

int
main(int argc, char **argv)
{
	bool all = argc < 2 || strcmp(argv[1], "issue") != 0;
	size_t repaired;

	if (argc > 2 && strcmp(argv[1], "read") == 0) {
		measure_opening(argv[2]); /* a folder with a ledger */
		return 0;
	}
	if (argc > 1 && strcmp(argv[1], "keys") == 0) {
		measure_keys();
		return 0;
	}
	instance_init(&here, "\n[signer]\nrate_per_hour = 100000000\n");
	if (signer_open(here.conf, &signer, &repaired) != OK)
		return 1;
	if (argc > 1 && strcmp(argv[1], "answers") == 0) {
		issue(1);
		measure_answers();
		return 0;
	}
	if (argc > 2 && strcmp(argv[1], "ledger") == 0) {
		issue(1);
		kept = (uint32_t)strtoul(argv[2], NULL, 10);
		measure_reading();
		return 0;
	}
	(void)measure_issue("issue, one at a time", issue_singly, 3000);
	measure_against_disk();
	measure_reading();
	if (all) {
		measure_keys();
		measure_list();
		measure_lint();
		measure_answers();
		measure_qualified();
	}
	int64_t begun = clock_ticks();
	signer_close(&signer);
	if (signer_open(here.conf, &signer, &repaired) != OK)
		return 1;
	printf("%-24s %6lld ms for %u certificates\n", "start",
	    (long long)(clock_ticks() - begun), number);
	signer_close(&signer);
	instance_clear(&here);
	return 0;
}
