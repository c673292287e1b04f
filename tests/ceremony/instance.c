/*
 * Making and removing throw-away instances.
 */
#include "instance.h"

#include "approval/approval.h"
#include "base/clock.h"
#include "base/codec.h"
#include "signer/setup.h"

#include <ftw.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/wait.h>

void
instance_write(const struct instance *i, const char *name, struct span bytes)
{
	char path[256];

	snprintf(path, sizeof(path), "%s/%s", i->dir, name);
	AUTO(fclose) FILE *f = fopen(path, "wb");
	if (!f || fwrite(bytes.data, 1, bytes.size, f) != bytes.size)
		abort();
}

void
instance_init(struct instance *i, const char *more)
{
	char text[2048], path[256];
	AUTO(buf_clear) struct buf record;
	bool done;

	snprintf(i->dir, sizeof(i->dir), "/tmp/paraph-ceremony-XXXXXX");
	if (!mkdtemp(i->dir))
		abort();
	snprintf(text, sizeof(text),
	    "[pki]\nbase_url = http://pki.example.com\n"
	    "organisation = TEST Paraph\n[signer]\nsecond_percent = 0\n%s",
	    more);
	instance_write(i, "paraph.conf", span_of_text(text));
	snprintf(path, sizeof(path), "%s/paraph.conf", i->dir);
	buf_init(&record, 65536);
	if (conf_load(path, &i->conf) != OK ||
	    setup_run(i->conf, &done, &record) != OK || !done) {
		fprintf(stderr, "instance: %s\n", err_explanation());
		abort();
	}
}

void
instance_again(struct instance *i)
{
	char path[256];

	snprintf(path, sizeof(path), "%s/paraph.conf", i->dir);
	conf_free(i->conf);
	if (conf_load(path, &i->conf) != OK) {
		fprintf(stderr, "instance: %s\n", err_explanation());
		abort();
	}
}

static int
remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

void
instance_clear(struct instance *i)
{
	conf_free(i->conf);
	nftw(i->dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

void
instance_order(unsigned number, struct order *out)
{
	*out = (struct order){.level = "lcp",
	    .profile = "lcp",
	    .given_names = "Zoé Anaïs",
	    .surname = "Lefèvre",
	    .common_name = "Zoé Anaïs Lefèvre",
	    .country = "FR",
	    .workspace = WORKSPACE,
	    .requested_by = "apk_00000000000000000000000000",
	    .address = approval_address("zoe@example.com"),
	    .attempt = 1,
	    .made_at = clock_now()};
	/* ids are 26 letters of an alphabet without vowels */
	snprintf(
	    out->registration, sizeof(out->registration), "reg_%026u", number);
	snprintf(
	    out->person_serial, sizeof(out->person_serial), "P%08u", number);
}

const struct span instance_passphrases[CUSTODIANS] = {
    {(const uint8_t *)"correct horse battery", 21},
    {(const uint8_t *)"another long sentence", 21}};

static void
must(enum err result)
{
	if (result == OK)
		return;
	fprintf(stderr, "instance: %s\n", err_explanation());
	abort();
}

static void
take_custodians(const char *dir, struct custodians *out)
{
	static const char *const names[CUSTODIANS] = {"Anna Eins", "Bert Zwei"};

	if (custodians_load(dir, out) != OK)
		must(custodians_make(dir, names, instance_passphrases, out));
}

void
instance_enrol(const struct instance *i, const char *operator_id,
    const struct test_authenticator *a)
{
	/* a person for each id */
	instance_enrol_as(i, operator_id, a, operator_id, "");
}

void
instance_enrol_as(const struct instance *i, const char *operator_id,
    const struct test_authenticator *a, const char *person,
    const char *workspace)
{
	const char *dir = conf_text(i->conf, CONF_signer_dir);
	AUTO(operators_clear) struct operators list;
	AUTO(secret_clear) struct secret key = {0};
	struct operator_key k = {
	    .credential_id_size = sizeof(a->credential_id),
	    .public_key_size = a->public_key.size,
	    .enrolled_at = (uint64_t)clock_now()};
	struct custodians c;

	take_custodians(dir, &c);
	must(custodians_unlock(&c, instance_passphrases, &key));
	must(operators_load(dir, &c, &list));
	snprintf(k.operator_id, sizeof(k.operator_id), "%s", operator_id);
	memcpy(k.credential_id, a->credential_id, sizeof(a->credential_id));
	memcpy(k.public_key, a->public_key.data, a->public_key.size);
	snprintf(k.person, sizeof(k.person), "%s", person);
	k.address = approval_address(person);
	k.workspace_count = workspace[0] != '\0';
	snprintf(k.workspaces[0], sizeof(k.workspaces[0]), "%s", workspace);
	must(operators_add(&list, &k));
	must(operators_save(dir, &list, &key));
}

void
instance_approve(struct order *o, const char *operator_id,
    struct test_authenticator *a, const struct relying_party *rp)
{
	struct csr csr;
	const struct approval x = {.registration = o->registration,
	    .workspace = o->workspace,
	    .requested_by = o->requested_by,
	    .address = o->address,
	    .level = o->level,
	    .profile = o->profile,
	    .given_names = o->given_names,
	    .surname = o->surname,
	    .common_name = o->common_name,
	    .country = o->country,
	    .person_serial = o->person_serial,
	    .evidence = o->evidence,
	    .own_key = o->csr_size > 0 &&
		    csr_look(SPAN(o->csr, o->csr_size), &csr) == OK
		? &csr.key
		: NULL,
	    .decision = "approve",
	    .needed = o->needed,
	    .attempt = o->attempt,
	    .made_at = o->made_at,
	    .withdrawal = SPAN(o->withdrawal, o->withdrawal_size)};
	AUTO(buf_clear) struct buf credential;
	struct test_answer answer;
	struct digest d;

	must(approval_digest(&x, &d));
	test_authenticator_sign(a, rp, SPAN(d.bytes, DIGEST_SIZE), &answer);
	buf_init(&credential, 2 * CREDENTIAL_ID_MAX);
	must(base64url_encode(answer.assertion.credential_id, &credential));
	must(order_add_approval(o, operator_id, buf_text(&credential),
	    answer.assertion.authenticator_data, answer.assertion.client_data,
	    answer.assertion.signature));
	test_answer_clear(&answer);
}

int
instance_shell(const struct instance *i, const char *format, ...)
{
	char command[4096], whole[4600];
	va_list args;

	va_start(args, format);
	vsnprintf(command, sizeof(command), format, args);
	va_end(args);
	snprintf(whole, sizeof(whole), "cd %s && { %s ; } >said 2>&1", i->dir,
	    command);
	int status = system(whole);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

const char *
instance_said(const struct instance *i)
{
	static char text[8192];
	char path[256];

	snprintf(path, sizeof(path), "%s/said", i->dir);
	AUTO(fclose) FILE *f = fopen(path, "rb");
	text[f ? fread(text, 1, sizeof(text) - 1, f) : 0] = '\0';
	return text;
}
