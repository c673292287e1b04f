/*
 * The tables of this folder as names and rules.
 */
#include "flow/flow.h"

#include "base/enum.h"

static const char *const states[STATE_COUNT] = {
#define STATE(name, terminal, text) [STATE_##name] = #name,
#include "flow/states.def"
};
static const char *const state_texts[STATE_COUNT] = {
#define STATE(name, terminal, text) [STATE_##name] = text,
#include "flow/states.def"
};
static const bool terminals[STATE_COUNT] = {
#define STATE(name, terminal, text) [STATE_##name] = terminal,
#include "flow/states.def"
};
static const char *const events[EVENT_COUNT] = {
#define EVENT(name) [EVENT_##name] = #name,
#include "flow/events.def"
#undef EVENT
};
static const char *const actors[ACTOR_COUNT] = {
#define ACTOR(name) [ACTOR_##name] = #name,
#include "flow/actors.def"
#undef ACTOR
};
const char *const feature_names[FEATURE_COUNT] = {
#define FEATURE(name) #name,
#include "flow/features.def"
#undef FEATURE
};

static const char *const steps[STEP_COUNT] = {
#define STEP(name, title) [STEP_##name] = #name,
#include "flow/steps.def"
#undef STEP
};
static const char *const step_titles[STEP_COUNT] = {
#define STEP(name, title) [STEP_##name] = title,
#include "flow/steps.def"
#undef STEP
};
static const char *const mails[MAIL_COUNT] = {
#define MAIL(name, recipient) [MAIL_##name] = #name,
#include "flow/mails.def"
#undef MAIL
};
static const char *const recipients[MAIL_COUNT] = {
#define MAIL(name, recipient) [MAIL_##name] = #recipient,
#include "flow/mails.def"
#undef MAIL
};
static const struct level levels[] = {
#define LEVEL(name, rank, profile, proof, operator, pin, title)                \
	{#name, rank, profile, proof, operator, pin, title},
#include "flow/levels.def"
#undef LEVEL
};

struct move {
	enum state from;
	enum event event;
	enum state to;
	enum actor_kind actor;
};

static const struct move moves[] = {
#define MOVE(from, event, to, actor)                                           \
	{STATE_##from, EVENT_##event, STATE_##to, ACTOR_##actor},
#include "flow/states.def"
};

const char *
state_name(enum state s)
{
	return s < STATE_COUNT ? states[s] : "";
}

enum state
state_of(const char *name)
{
	return (enum state)enum_find(states, STATE_COUNT, name);
}

const char *
state_text(enum state s)
{
	return s < STATE_COUNT ? state_texts[s] : "";
}

bool
state_is_terminal(enum state s)
{
	return s >= STATE_COUNT || terminals[s];
}

const char *
event_name(enum event e)
{
	return e < EVENT_COUNT ? events[e] : "";
}

const char *
actor_kind_name(enum actor_kind k)
{
	return k < ACTOR_COUNT ? actors[k] : "";
}

const char *
step_name_text(enum step_name s)
{
	return s < STEP_COUNT ? steps[s] : "";
}

const char *
step_title(enum step_name s)
{
	return s < STEP_COUNT ? step_titles[s] : "";
}

const char *
mail_kind_name(enum mail_kind k)
{
	return k < MAIL_COUNT ? mails[k] : "";
}

bool
mail_to_participant(enum mail_kind k)
{
	return k < MAIL_COUNT && strcmp(recipients[k], "participant") == 0;
}

const struct level *
level_find(const char *name)
{
	for (size_t i = 0; name && i < COUNT_OF(levels); i++)
		if (strcmp(levels[i].name, name) == 0)
			return &levels[i];
	return NULL;
}

char
level_letter(const struct level *l)
{
	return "lqs"[l - levels];
}

RESULT
state_after(enum state from, enum event event, enum actor_kind actor,
    enum state *out)
{
	for (size_t i = 0; i < COUNT_OF(moves); i++) {
		const struct move *m = &moves[i];
		if (m->from != from || m->event != event || m->actor != actor)
			continue;
		*out = m->to;
		return OK;
	}
	return FAIL(ERR_WRONG_STATE, "%s does not take %s by %s",
	    state_name(from), event_name(event), actor_kind_name(actor));
}
