/*
 * What each rule of retention.def says, and the digest that stands for all of
 * it when it is approved.
 */
#include "flow/retention_rule.h"

#include "base/clock.h"
#include "flow/journey_act.h"

static const struct retention_rule rules[] = {
#define RETENTION(name, states, recordings, setting, least, doc)               \
	{#name, states, doc, RECORDINGS_##recordings, setting, least},
#include "flow/retention.def"
#undef RETENTION
};

const struct retention_rule *
retention_rule(enum retention_class r)
{
	return &rules[r];
}

const char *
retention_name(enum retention_class r)
{
	return rules[r].name;
}

const char *
retention_doc(enum retention_class r)
{
	return rules[r].doc;
}

enum retention_class
retention_of(const char *name)
{
	enum retention_class r = 0;

	while (r < RETENTION_COUNT && strcmp(rules[r].name, name) != 0)
		r++;
	return r;
}

int64_t
retention_kept(const struct conf *conf, enum retention_class r)
{
	int64_t kept = conf_number(conf, rules[r].setting) * DAY;

	return kept < rules[r].least ? rules[r].least : kept;
}

int64_t
retention_days(const struct conf *conf, enum retention_class r)
{
	return retention_kept(conf, r) / DAY;
}

void
retention_digest(const struct conf *conf, enum retention_class r,
    char out[DIGEST_TEXT_SIZE])
{
	AUTO(buf_clear) struct buf text;

	buf_init(&text, 4096);
	IGNORE(buf_add_format(&text, "paraph retention 1\n%s\n%s\n%d\n%lld\n",
	    rules[r].name, rules[r].states, (int)rules[r].recordings,
	    (long long)retention_kept(conf, r)));
	struct digest d = digest_sha256(span_of_buf(&text));
	digest_format(&d, out);
}
