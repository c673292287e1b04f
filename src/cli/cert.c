/*
 * paraph cert: looks at any certificate, ours or not.
 */
#include "cli/show.h"
#include "cli/words.h"

#include "base/enum.h"
#include "pki/lint.h"
#include "pki/oids.h"
#include "pki/signing.h"

static const char usage[] =
    "usage: paraph cert show [--json] FILE...\n"
    "       paraph cert lint [--json] [--profile NAME] [--issuer FILE]\n"
    "                        [--base-url URL] [--policy OID] FILE...\n"
    "       paraph cert profile [NAME]\n"
    "       paraph cert rules [--json]\n"
    "\n"
    "show     prints certificates in DER or PEM, all that are in a file.\n"
    "lint     holds them against a profile, rule by rule; without --profile\n"
    "         against the one they seem to be of. A finding is an error (a\n"
    "         standard forbids it), a warning (it advises against it), of the\n"
    "         profile (allowed, but not in ours) or a notice. The issuer is\n"
    "         --issuer, or another certificate of the same file; with it the\n"
    "         signature is verified. Exit status 1: a wrong signature, or\n"
    "         findings that are more than notices.\n"
    "profile  prints one profile, or the names of all.\n"
    "rules    prints what lint holds: weight, name, clause, what it finds.\n";

#define FILES_MAX 64

struct request {
	bool json;
	const struct profile *profile;
	struct lint_context context;
	struct buf issuer;
	const char *files[FILES_MAX];
	size_t file_count;
};

static void
show_extensions(struct show *s, const struct certificate *c)
{
	AUTO(buf_clear) struct buf text;

	buf_init(&text, 8192);
	for (size_t i = 0; i < c->extension_count; i++)
		if (buf_add_format(&text, "%s%s%s", i ? " " : "",
			c->extensions[i].oid,
			c->extensions[i].critical ? "!" : "") != OK)
			err_clear();
	show_text(s, "extensions", buf_text(&text));
}

static void
show_statements(struct show *s, const struct certificate *c)
{
	const struct extension *e = certificate_extension(c, OID_QC_STATEMENTS);
	AUTO(buf_clear) struct buf text;
	struct qc qc;

	if (!e)
		return;
	buf_init(&text, 1024);
	if (qc_parse(e->value, &qc) != OK) {
		err_clear();
		show_text(s, "qcStatements", "(not readable)");
		return;
	}
	for (unsigned i = 0; i < QC_COUNT; i++)
		if (qc.of[i].count > 0 &&
		    buf_add_format(&text, "%s%s", text.size ? " " : "",
			qc_title((enum qc_id)i)) != OK)
			err_clear();
	show_text(s, "qcStatements", buf_text(&text));
}

static int
print_rules(struct request *r)
{
	fputs(r->json ? "[" : "", stdout);
	for (unsigned i = 0; i < LINT_RULE_COUNT; i++) {
		enum lint_rule rule = (enum lint_rule)i;
		const char *const texts[] = {
		    lint_weight_name(lint_rule_weight(rule)),
		    lint_rule_name(rule), lint_rule_clause(rule),
		    lint_rule_text(rule)};
		struct show s = {.out = stdout, .json = r->json};

		if (!r->json) {
			printf("%-8s %s [%s]: %s\n", texts[0], texts[1],
			    texts[2], texts[3]);
			continue;
		}
		fputs(i ? ",\n {" : "{", stdout);
		show_text(&s, "weight", texts[0]);
		show_text(&s, "rule", texts[1]);
		show_text(&s, "clause", texts[2]);
		show_text(&s, "text", texts[3]);
		fputs("}", stdout);
	}
	fputs(r->json ? "]\n" : "", stdout);
	return 0;
}

static RESULT
show_one(struct request *r, const struct show_bundle *all, struct span der,
    struct show *s, bool *good)
{
	struct certificate c;

	(void)r;
	(void)all;
	TRY(show_certificate(s, der));
	TRY(certificate_parse(der, &c));
	show_extensions(s, &c);
	show_statements(s, &c);
	*good = true;
	return OK;
}

static void
print_finding(struct show *s, const struct profile *p,
    const struct lint_finding *f, bool first)
{
	AUTO(buf_clear) struct buf rule;

	buf_init(&rule, 512);
	/* fits: names and clauses are our own tables' */
	IGNORE(lint_rule_format(f->rule, p, &rule));
	if (!s->json) {
		fprintf(s->out, "  %s %s: %s%s%s\n",
		    lint_weight_name(lint_rule_weight(f->rule)),
		    buf_text(&rule), lint_rule_text(f->rule),
		    f->detail[0] ? ": " : "", f->detail);
		return;
	}
	fputs(first ? "{\"weight\": " : ", {\"weight\": ", s->out);
	json_text(s->out, lint_weight_name(lint_rule_weight(f->rule)));
	fputs(", \"rule\": ", s->out);
	json_text(s->out, buf_text(&rule));
	fputs(", \"text\": ", s->out);
	json_text(s->out, lint_rule_text(f->rule));
	fputs(", \"detail\": ", s->out);
	json_text(s->out, f->detail);
	fputs("}", s->out);
}

static void
print_report(
    struct show *s, const struct profile *p, const struct lint_report *report)
{
	if (s->json)
		fputs(", \"findings\": [", s->out);
	for (size_t i = 0; i < report->count; i++)
		print_finding(s, p, &report->findings[i], i == 0);
	if (s->json)
		fputs("]", s->out);
	else if (report->count == 0)
		fputs("  no findings\n", s->out);
}

/* Without --policy an own policy that stands first is taken for granted. */
static void
guess_policy(const struct certificate *c, char own[DER_OID_TEXT_SIZE],
    struct lint_context *context)
{
	const struct extension *e = certificate_extension(c, OID_POLICIES);
	struct span list, policy, oid, value = e ? e->value : SPAN(NULL, 0);

	own[0] = '\0';
	if (der_take(&value, DER_SEQUENCE, &list) == OK &&
	    der_take(&list, DER_SEQUENCE, &policy) == OK &&
	    der_take(&policy, DER_OID, &oid) == OK &&
	    der_oid_format(oid, own) == OK && list.size > 0)
		context->own_policy = own;
	err_clear();
}

/* One that bears the issuer's name and whose key has the identifier, if there
 * is one: of two generations of a name the right one. */
static struct span
issuer_among(const struct show_bundle *all, const struct certificate *c)
{
	const struct extension *e = certificate_extension(c, OID_AUTHORITY_KEY);
	struct certificate other;
	struct span found = SPAN(NULL, 0);

	for (size_t i = 0; i < all->count; i++) {
		if (certificate_parse(all->of[i], &other) != OK ||
		    !span_equal(other.subject.der, c->issuer.der))
			continue;
		const struct extension *id =
		    certificate_extension(&other, OID_SUBJECT_KEY);
		bool same = e && id && id->value.size > 2 &&
			    memmem(e->value.data, e->value.size,
				id->value.data + 2, id->value.size - 2);
		if (same || found.size == 0)
			found = all->of[i];
		if (same)
			break;
	}
	err_clear();
	return found;
}

/* No rule: the signer verifies what it signs by itself, and once. */
static bool
tell_signature(struct show *s, const struct certificate *c, struct span issuer)
{
	struct certificate i;

	if (issuer.size == 0 || certificate_parse(issuer, &i) != OK) {
		err_clear();
		show_text(s, "signature", "not verified: no issuer is given");
		return true;
	}
	enum err result = signature_verify(
	    i.public_key, c->algorithm, c->tbs, c->signature);
	err_clear();
	show_text(s, "signature", result == OK ? "holds"
	    : result == ERR_DENIED ? "WRONG: not by the issuer's key"
				   : "not verified: of another kind than ours");
	return result != ERR_DENIED;
}

static RESULT
lint_one(struct request *r, const struct show_bundle *all, struct span der,
    struct show *s, bool *good)
{
	struct lint_context context = r->context;
	const struct profile *p = r->profile;
	char own[DER_OID_TEXT_SIZE];
	struct lint_report report;
	struct certificate c;
	bool holds = true;
	bool read = certificate_parse(der, &c) == OK;

	err_clear();
	if (read) {
		p = p ? p : lint_guess(&c);
		if (!context.own_policy)
			guess_policy(&c, own, &context);
		if (context.issuer.size == 0)
			context.issuer = issuer_among(all, &c);
	}
	p = p ? p : &profile_lcp;
	show_text(s, "profile", read ? p->name : "none: it cannot be read");
	if (read)
		holds = tell_signature(s, &c, context.issuer);
	lint_certificate(der, p, &context, &report);
	print_report(s, p, &report);
	*good = holds && report.count == lint_count(&report, WEIGHT_notice);
	return OK;
}

typedef enum err looker(struct request *r, const struct show_bundle *all,
    struct span der, struct show *s, bool *good);

static int
each_certificate(struct request *r, const char *path, looker *look, bool *begun)
{
	AUTO(show_bundle_clear) struct show_bundle all = {0};
	enum err result = show_read_all(path, &all);
	int status = 0;

	for (size_t i = 0; i < (result == OK ? all.count : 1); i++) {
		struct show s = {.out = stdout, .json = r->json};
		bool good = false;

		if (r->json)
			fputs(*begun ? ",\n {" : "[{", stdout);
		else if (*begun)
			putchar('\n');
		*begun = true;
		show_text(&s, "file", path);
		if (all.count > 1)
			show_number(&s, "certificate", (long long)i + 1);
		if (result == OK)
			result = look(r, &all, all.of[i], &s, &good);
		if (result != OK)
			status = show_failure("paraph cert");
		result = OK;
		err_clear();
		if (!good)
			status = 1;
		fputs(r->json ? "}" : "", stdout);
	}
	return status;
}

static int
each_file(struct request *r, looker *look)
{
	bool begun = false;
	int status = 0;

	for (size_t i = 0; i < r->file_count; i++)
		if (each_certificate(r, r->files[i], look, &begun) != 0)
			status = 1;
	if (r->json)
		printf("]\n");
	return status;
}

static int
print_profiles(struct request *r)
{
	AUTO(buf_clear) struct buf text;
	const struct profile *p;

	buf_init(&text, 8192);
	for (size_t i = 0; (p = profile_at(i)) && r->file_count == 0; i++)
		printf("%-12s %s\n", p->name, p->title);
	if (r->file_count == 0)
		return 0;
	p = profile_find(r->files[0]);
	if (!p)
		words_wrong("no such profile: '%s'", r->files[0]);
	if (profile_print(p, &text) != OK)
		return show_failure("paraph cert");
	fputs(buf_text(&text), stdout);
	return 0;
}

static int
read_issuer(struct request *r, const char *path)
{
	if (show_read(path, &r->issuer) != OK)
		return show_failure("paraph cert");
	r->context.issuer = span_of_buf(&r->issuer);
	return 0;
}

static int
run_show(struct request *r)
{
	return each_file(r, show_one);
}

static int
run_lint(struct request *r)
{
	return each_file(r, lint_one);
}

static const struct {
	const char *name;
	int (*run)(struct request *r);
	size_t min, max; /* files, or names */
	bool lints;
} verbs[] = {{"show", run_show, 1, FILES_MAX, false},
    {"lint", run_lint, 1, FILES_MAX, true},
    {"profile", print_profiles, 0, 1, false},
    {"rules", print_rules, 0, 0, false}};

static int
run(int argc, char **argv, struct request *r)
{
	const char *json = NULL, *profile = NULL, *issuer = NULL;
	const struct word_option options[] = {{"--json", &json, true},
	    {"--profile", &profile, false}, {"--issuer", &issuer, false},
	    {"--base-url", &r->context.base_url, false},
	    {"--policy", &r->context.own_policy, false}};
	const char *name = words_verb(argc, argv);
	size_t v = 0;

	while (strcmp(verbs[v].name, name) != 0)
		v++;
	r->file_count = words_read(argc - 1, argv + 1, options,
	    verbs[v].lints ? COUNT_OF(options) : 1, r->files, verbs[v].min,
	    verbs[v].max);
	r->json = json != NULL;
	r->profile = profile ? profile_find(profile) : NULL;
	if (profile && !r->profile)
		words_wrong("no such profile: '%s'", profile);
	if (issuer && read_issuer(r, issuer) != 0)
		return 1;
	return verbs[v].run(r);
}

int
main(int argc, char **argv)
{
	struct request r = {0};

	words_of("paraph cert", usage);
	int status = run(argc - 1, argv + 1, &r);
	buf_clear(&r.issuer);
	return words_done(status);
}
