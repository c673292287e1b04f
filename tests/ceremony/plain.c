/*
 * What tests of LCP begin with: an instance, its signer, and judges.
 */
#include "plain.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

struct instance here;
struct signer signer;

void
must(enum err result)
{
	if (result != OK)
		fail_msg("%s", err_explanation());
}

int
plain_set_up(void **state)
{
	size_t repaired;

	(void)state;
	instance_init(&here, "\n[signer]\nrate_per_hour = 200\n");
	must(signer_open(here.conf, &signer, &repaired));
	assert_int_equal(repaired, 0);
	instance_shell(&here,
	    "for n in root issuing-l ocsp-l; do "
	    "openssl x509 -inform der -in ca/$n.cer -out $n.pem; done; "
	    "openssl crl -inform der -in ca/root.crl -out root.crl.pem");
	return 0;
}

int
plain_tear_down(void **state)
{
	(void)state;
	signer_close(&signer);
	instance_clear(&here);
	return 0;
}

void
reopen(void)
{
	size_t repaired;

	signer_close(&signer);
	must(signer_open(here.conf, &signer, &repaired));
	assert_int_equal(repaired, 0);
}

enum err
issue(const struct order *o, struct issue_result *out)
{
	struct issue_work w = {.order = o, .result = out};
	static struct order told;

	told = *o;
	told.known = *records_mark(signer.records);
	w.order = &told;
	signer_issue(&signer, &w, 1);
	return w.outcome;
}

void
issue_number(unsigned number, struct issue_result *out)
{
	struct order o;

	instance_order(number, &o);
	must(issue(&o, out));
}

struct status_order
status_of(const struct issue_result *r, int64_t revoked_at, uint8_t reason)
{
	struct status_order o = {.serial_size = r->serial_size,
	    .revoked_at = revoked_at,
	    .reason = reason};

	memcpy(o.issuer, r->issuer, sizeof(o.issuer));
	memcpy(o.serial, r->serial, r->serial_size);
	return o;
}

void
expect_shell(int expected, const char *said, const char *command)
{
	int status = instance_shell(&here, "%s", command);

	if (status != expected || !strstr(instance_said(&here), said))
		fail_msg(
		    "%s: %d, said %s", command, status, instance_said(&here));
}

/* In what the last command printed. */
void
expect_said(const char *text)
{
	if (!strstr(instance_said(&here), text))
		fail_msg("not said: %s, but %s", text, instance_said(&here));
}

uint64_t list_number = 1;

enum err
publish(const struct issue_result *revoked, size_t count, uint64_t number)
{
	AUTO(buf_clear) struct buf list, entries;
	struct crl_order o = {
	    .issuer = "issuing-l", .number = number, .count = count};
	struct crl_result result;

	buf_init(&list, 0);
	buf_init(&entries, 8 * CRL_ENTRY_SIZE_MAX);
	for (size_t i = 0; i < count; i++) {
		struct crl_entry e = {.serial_size = revoked[i].serial_size};

		memcpy(e.serial, revoked[i].serial, e.serial_size);
		must(crl_entry_put(&entries, &e));
	}
	o.entries = span_of_buf(&entries);
	enum err outcome = signer_publish(&signer, &o, &list, &result);
	if (outcome != OK)
		return outcome;
	list_number = number;
	assert_int_equal(result.number, number);
	instance_write(&here, "issuing-l.crl", span_of_buf(&list));
	instance_shell(&here,
	    "openssl crl -inform der -in issuing-l.crl -out issuing-l.crl.pem");
	return OK;
}

void
write_leaf(const struct issue_result *r, struct span ocsp)
{
	instance_write(
	    &here, "leaf.cer", SPAN(r->certificate, r->certificate_size));
	instance_write(&here, "leaf.ocsp", ocsp);
	expect_shell(0, "",
	    "openssl x509 -inform der -in leaf.cer -out "
	    "leaf.pem; cat root.pem issuing-l.pem > both.pem; cat leaf.pem "
	    "issuing-l.pem root.pem > chain.pem; cat root.crl.pem "
	    "issuing-l.crl.pem > lists.pem 2>/dev/null; true");
}
