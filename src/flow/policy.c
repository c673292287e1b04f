/*
 * Filling policy texts. Nothing here says that a service is qualified: that
 * is for the trusted list to say.
 */
#include "flow/policy.h"

#include "base/digest.h"
#include "base/embedded.h"
#include "base/enum.h"
#include "base/text.h"

#include <string.h>

#define TEXT_MAX ((size_t)128 * 1024)

extern const struct embedded policy_texts[];

const char *const policy_languages[] = {"en", "fr", NULL};

static const char *const names[] = {
    [POLICY_CPS] = "cps",
    [POLICY_PDS] = "pds",
};

/* {{name}} in the texts, and the setting that fills it. */
static const struct {
	const char *name;
	enum conf_key key;
} settings[] = {
    {"address", CONF_policy_address},
    {"audit", CONF_policy_audit},
    {"availability", CONF_policy_availability},
    {"complaints", CONF_policy_complaints},
    {"continuity", CONF_policy_continuity},
    {"controls", CONF_policy_controls},
    {"email", CONF_policy_email},
    {"goals", CONF_policy_goals},
    {"law", CONF_policy_law},
    {"liability", CONF_policy_liability},
    {"privacy", CONF_policy_privacy},
    {"refund", CONF_policy_refund},
    {"supervisor", CONF_policy_supervisor},
    {"telephone", CONF_policy_telephone},
    {"termination", CONF_policy_termination},
    {"token", CONF_policy_token},
    {"version", CONF_policy_version},
};
_Static_assert(COUNT_OF(settings) == POLICY_SETTINGS, "POLICY_SETTINGS");

/* Sentences that depend on a setting, in both languages. */
static const struct sentences {
	const char *test, *status, *status_claimed;
	const char *own_policy; /* and the identifier */
	const char *hole;	/* after the setting's name */
	const char *day, *days, *year, *years;
	const char *random, *document; /* the serial number of a name */
} sentences[] = {
    {"This is a test service. Its certificates prove nothing and must not be "
     "relied upon.",
	"The service is not qualified, and none of its certificates is a "
	"qualified certificate in the sense of Regulation (EU) No 910/2014, "
	"whatever policy it follows.",
	"Whether the service is qualified in the sense of Regulation (EU) No "
	"910/2014, and since when, is said by the trusted list of the country "
	"where the provider is established, and by nothing else: look there "
	"before relying on it.",
	"Beside the policy identifier of ETSI, certificates carry the "
	"provider's own:",
	": not filled in]", "day", "days", "year", "years",
	"drawn at random for each registration",
	"that of the passport or identity card, declared as EN 319 412-1 has "
	"it, or, for other documents, drawn at random for each registration"},
    {"Ce service est un service de test. Ses certificats ne prouvent rien et "
     "il ne faut pas s'y fier.",
	"Le service n'est pas qualifié, et aucun de ses certificats n'est un "
	"certificat qualifié au sens du règlement (UE) n° 910/2014, quelle que "
	"soit la politique suivie.",
	"La qualification éventuelle du service au sens du règlement (UE) n° "
	"910/2014, et sa date, sont indiquées par la liste de confiance du "
	"pays où le prestataire est établi, et par rien d'autre : il faut s'y "
	"reporter avant de s'y fier.",
	"À côté de l'identifiant de politique de l'ETSI, les certificats "
	"portent celui du prestataire :",
	" : non renseigné]", "jour", "jours", "an", "ans",
	"tiré au sort pour chaque enregistrement",
	"celui du passeport ou de la carte d'identité, déclaré selon la norme "
	"EN 319 412-1, ou, pour d'autres pièces, tiré au sort pour chaque "
	"enregistrement"},
};

const char *
policy_name(enum policy_kind kind)
{
	return names[kind];
}

bool
policy_is_test(const struct conf *conf)
{
	return strstr(conf_text(conf, CONF_pki_organisation), "TEST") != NULL;
}

size_t
policy_missing(const struct conf *conf, enum conf_key out[POLICY_SETTINGS])
{
	size_t count = 0;

	for (size_t i = 0; i < POLICY_SETTINGS; i++)
		if (!*conf_text(conf, settings[i].key))
			out[count++] = settings[i].key;
	return count;
}

static const struct sentences *
sentences_of(const char *language)
{
	for (size_t i = 0; policy_languages[i]; i++)
		if (strcmp(policy_languages[i], language) == 0)
			return &sentences[i];
	return NULL;
}

static const char *
years(struct arena *a, const struct sentences *s, int64_t count)
{
	return arena_format(a, "%lld %s", (long long)count,
	    count == 1 ? s->year : s->years);
}

static const char *
length(struct arena *a, const struct sentences *s, int64_t days)
{
	int64_t whole = days / 365;

	/* leap days are no reason to count in days: 2557 are seven years */
	return whole > 0 && days % 365 <= whole / 4 + 1
		   ? years(a, s, whole)
		   : arena_format(a, "%lld %s", (long long)days,
		     days == 1 ? s->day : s->days);
}

static size_t
computed(const struct conf *conf, struct arena *a, const struct sentences *s,
    struct text_value *out)
{
	const char *oid = conf_text(conf, CONF_pki_policy_oid);
	const char *id = conf_text(conf, CONF_pki_organisation_id);
	const struct text_value values[] = {
	    {"test", policy_is_test(conf) ? s->test : ""},
	    {"status", conf_flag(conf, CONF_trust_qualified)
		    ? s->status_claimed : s->status},
	    {"own_policy", *oid ? arena_format(a, "%s %s.",
				    s->own_policy, oid) : ""},
	    {"serial", strcmp(conf_text(conf, CONF_pki_serial_number),
			   "document") == 0 ? s->document : s->random},
	    {"organisation", conf_text(conf, CONF_pki_organisation)},
	    {"identifier", *id ? arena_format(a, "(%s)", id) : ""},
	    {"country", conf_text(conf, CONF_pki_country)},
	    {"base_url", conf_text(conf, CONF_pki_base_url)},
	    {"web_url", conf_text(conf, CONF_web_base_url)},
	    {"crl_hours", conf_text(conf, CONF_pki_crl_hours)},
	    {"ocsp_hours", conf_text(conf, CONF_pki_ocsp_hours)},
	    {"validity",
		length(a, s, conf_number(conf, CONF_pki_validity_days))},
	    {"retention",
		length(a, s, conf_number(conf, CONF_retention_issued_days))},
	    {"recordings",
		length(a, s, conf_number(conf, CONF_retention_recordings_days))},
	    {"days", length(a, s, conf_number(conf, CONF_registration_days))},
	    {"review_hours", conf_text(conf, CONF_registration_review_hours)},
	    {"abandoned", length(a, s,
		conf_number(conf, CONF_retention_abandoned_days))},
	};

	memcpy(out, values, sizeof(values));
	return COUNT_OF(values);
}

#define COMPUTED_MAX 24

static RESULT
fill(const struct conf *conf, struct arena *a, const char *template,
    const struct sentences *s, struct policy *out)
{
	struct text_value values[POLICY_SETTINGS + COMPUTED_MAX];
	size_t count = computed(conf, a, s, values);
	AUTO(buf_clear) struct buf text;

	for (size_t i = 0; i < POLICY_SETTINGS; i++) {
		const char *value = conf_text(conf, settings[i].key);
		const char *hole = arena_format(a, "{{%s}}",
		    settings[i].name);

		if (!*value) {
			value = arena_format(a, POLICY_HOLE "%s%s",
			    settings[i].name, s->hole);
			out->missing += strstr(template, hole) != NULL;
		}
		values[count++] = (struct text_value){settings[i].name, value};
	}
	buf_init(&text, TEXT_MAX);
	TRY(text_fill(template, values, count, TEXT_PLAIN, &text));
	struct digest d = digest_sha256(span_of_buf(&text));
	digest_format(&d, out->sha256);
	out->text = arena_text(a, buf_text(&text));
	out->title = arena_text_of(a,
	    SPAN(out->text, strcspn(out->text, "\n")));
	return OK;
}

RESULT
policy_load(const struct conf *conf, struct arena *a, enum policy_kind kind,
    const char *language, struct policy *out)
{
	const struct sentences *s = sentences_of(language);
	struct policy p = {.language = language};

	if (!s)
		return FAIL(ERR_NOT_FOUND, "not in this language");
	const char *template = embedded_find(policy_texts,
	    arena_format(a, "%s.%s.txt", names[kind], language));
	if (!template)
		return FAIL(ERR_INTERNAL, "no policy is built in");
	TRY(fill(conf, a, template, s, &p));
	*out = p;
	return OK;
}
