/*
 * How fast the signer is: certificates a second with the ledger's syncs, one
 * at a time and in batches, and what lint costs. Makes an instance of its own
 * under /tmp and removes it.
 *
 *     meson test -C build --benchmark signer -v
 */
#include "instance.h"

#include "base/clock.h"
#include "pki/lint.h"

#include <stdio.h>
#include <time.h>

#define BATCH 32
#define OPERATOR "mem_11111111111111111111111111"

static struct instance here;
static struct signer signer;
static struct issue_result results[BATCH];
static struct order orders[BATCH];
static unsigned number;

static double
cpu_seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

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

static void
measure_issue(const char *name, size_t batch, int64_t ms)
{
	int64_t begun = clock_ticks(), spent = 0;
	double cpu = cpu_seconds();
	size_t made = 0;

	for (; spent < ms; spent = clock_ticks() - begun) {
		issue(batch);
		made += batch;
	}
	cpu = cpu_seconds() - cpu;
	printf("%-24s %6.0f /s   %6.0f /CPU-s   (%zu in %.1f s)\n", name,
	    (double)made * 1000 / (double)spent, (double)made / cpu, made,
	    (double)spent / 1000);
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
	    .issuer = span_of_buf(&signer.issuing[AUTHORITY_issuing_l].certificate)};
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

int
main(void)
{
	size_t repaired;

	instance_init(&here, "\n[signer]\nrate_per_hour = 100000000\n");
	if (signer_open(here.conf, &signer, &repaired) != OK)
		return 1;
	measure_issue("issue, one at a time", 1, 5000);
	measure_issue("issue, batches of 32", BATCH, 5000);
	measure_lint();
	measure_answers();
	measure_qualified();
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
